/** Fuzz targets around a project: what is committed beside configs, what kernels are started with, what editors send. */

import { sourceOf } from '../../src/artifacts/archive/bytes.ts';
import { parseCommandLine } from '../../src/artifacts/cmdline.ts';
import { readManifest } from '../../src/artifacts/manifest.ts';
import { parseConfig } from '../../src/config/document.ts';
import { createFrames } from '../../src/lsp/framing.ts';
import { createArchiveHost } from '../../src/node-archive-host.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { readParameters } from '../../src/profiles/parameters.ts';
import { readYamlTrees } from '../../src/profiles/yaml.ts';
import { configsInArchive } from '../../src/project/archive-configs.ts';
import { baselineText, readBaseline } from '../../src/project/baseline.ts';
import { readProject } from '../../src/project/project-config.ts';
import { createSource } from '../../src/source.ts';
import { inlineWaivers } from '../../src/waivers/inline.ts';
import { memoryHost } from '../support/host.ts';
import { compile } from '../support/kconfig.ts';
import { sha256, tarOfFiles } from '../support/tars.ts';
import { handMessages, lspSeeds } from './lsp-target.ts';
import type { Target } from './targets.ts';

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const words = (text: string): string[] =>
  text.split('|').map((word) => word.replaceAll('\\n', '\n').replaceAll('\\t', '\t'));

const manifests = [
  'apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nmetadata:\n  name: a\nspec:\n  instance:\n    kernel: { image: k, cmdline: "console=ttyS0 root=/dev/vda rw" }\n    disks:\n      - name: d\n    interfaces:\n      - name: pod\n  volumes:\n    - name: d\n      containerDisk: { image: x }\n',
  'apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nspec:\n  template:\n    spec:\n      domain:\n        firmware: { kernelBoot: { container: { image: k }, kernelArgs: console=ttyS0 } }\n        devices:\n          disks: [{ name: d, disk: { bus: virtio } }]\n      volumes: [{ name: d, containerDisk: { image: x } }]\n',
  '{"boot-source":{"kernel_image_path":"k","boot_args":"console=ttyS0 pci=off"},"drives":[{"drive_id":"r","path_on_host":"/x","is_root_device":true,"is_read_only":false}],"network-interfaces":[],"vsock":{"guest_cid":3}}',
  '{"payload":{"kernel":"k","cmdline":"console=hvc0"},"disks":[{"path":"x"}],"net":[{"tap":"t"}],"fs":[{"tag":"f","socket":"s"}],"cpus":{"boot_vcpus":2}}',
  'cloud-hypervisor --kernel k --cmdline "console=hvc0 root=/dev/vda1" \\\n  --disk path=a.raw,readonly=on --net tap=,mac= --fs tag=f,socket=s\n',
  'name = "a"\ntype = "pvh"\nkernel = "k"\nextra = "root=/dev/xvda"\ndisk = [ "phy:/dev/x,xvda,w" ]\nvif = [ "bridge=b" ]\nmemory = 512\n# words\n',
];
const lines = [
  'console=ttyS0,115200 root=PARTUUID=1234-01 rootflags="a b" ro init=/bin/sh -- single x=y',
  '"quoted=a b" dm-mod.create="root,,,ro, 0 8 linear /dev/vda 0" psi=1 systemd.unified_cgroup_hierarchy=1',
];
const project =
  '# yaml-language-server: $schema=x\ndefaults:\n  base: defconfig\nfiles:\n  guests:\n    paths: ["configs/{arch}/*.config", "!configs/old.config"]\n    kernels: [6.1-6.12, "7.2"]\n    profiles: krata-zone\n    kind: fragment\n  more:\n    paths: x.config\n    stack-on: guests\nwaivers:\n  - rule: krata-zone/*\n    symbol: CONFIG_XEN*\n    files: [guests, configs/**]\n    kernels: ">=6.1"\n    reason: because\n    expires: 2027-01-01\nseverities:\n  duplicate-assignment: error\nextra-symbols: [OPENPAX_*]\nbaseline: base.json\n';
const baseline = baselineText([
  { path: 'a', rule: 'krata-zone/XEN', symbol: 'XEN', fingerprint: '0123456789abcdef0123456789abcdef', count: 1 },
  { path: 'b', rule: 'duplicate-assignment', fingerprint: 'fedcba9876543210fedcba9876543210', count: 2 },
]);
const macros = [
  'empty :=\nspace := $(empty) $(empty)\nname = $(1)-$(2)\nloop = $(loop2)\nloop2 = $(name,$(3))\nmore += $(more)x\nconfig A\n\tstring "a"\n\tdefault "$(name,a,b)$(loop,1,2,3)"\n',
  'cc-option = $(success,$(CC) -Werror $(1))\nsuccess = $(if-success,$(1),y,n)\nif-success = $(shell,{ $(1); } && echo "$(2)" || echo "$(3)")\nconfig B\n\tdef_bool $(cc-option,-fx)\n$(info,hello)\n$(warning-if,n,w)\n$(error-if,$(B),e)\n',
  'A := $(lineno)$(filename)\nB = $($(A))\n"$(B)" := x\nconfig C\n\tbool "$(A)$(C)$(ENV)"\n\tdepends on $(B) = "$(A)"\n',
];

export const projectTargets: readonly Target[] = [
  {
    name: 'manifest',
    words: words(
      'apiVersion: |kind: |{|}|[|]|"|: |- |\\n|  |&a |*a|--kernel |--disk |= |\\\\\\n|$(x)|\\\'|boot_args|cmdline',
    ),
    seeds: () => manifests.map(bytesOf),
    run: (bytes) => void readManifest(createSource('fuzz', utf8(bytes)), readYamlTrees),
  },
  {
    name: 'cmdline',
    words: words('"| |=|--|\\n|\\t|.|-|\u00a0|root=|rootflags="'),
    seeds: () => lines.map(bytesOf),
    run: (bytes) => {
      const { parameters, init, text } = parseCommandLine(utf8(bytes));
      let at = 0;
      for (const { start, end } of [...parameters.map(({ span }) => span), ...init]) {
        if (start < at || end > text.length) throw new Error(`an argument from ${start} to ${end}`);
        at = end;
      }
    },
  },
  {
    name: 'macros',
    words: words(
      '$(|)|,|$|:= |+= |= |$(1)|$(0)|$(shell,touch PWNED)|$(if-success,|\\n|"|#|$(name,a,b)|\\\\\\n|$$|config D\\n|\\tstring "x"\\n',
    ),
    seeds: () => macros.map(bytesOf),
    run: (bytes) => void compile({ files: { Kconfig: utf8(bytes) }, environment: { ENV: 'e', CC: 'gcc' } }),
  },
  {
    name: 'project',
    words: words(
      'files:|paths: |stack-on: |waivers:|severities:|baseline:|- |: |[|]|{|}|"|\\n|  |*|!|**/|{arch}|../|expires: |kernels: |6.1-|>=|&a |*a|off',
    ),
    seeds: () => [bytesOf(project)],
    run: (bytes) => {
      const found = readProject('.kconfig-lint.yaml', memoryHost({ files: { '.kconfig-lint.yaml': utf8(bytes) } }));
      if (Array.isArray(found) && found.length === 0) throw new Error('refused without a word');
    },
  },
  {
    name: 'parameters',
    words: words(': |- |{|}|[|]|"|\\n|  '),
    seeds: () => [bytesOf('parameters:\n  - name: psi\n    overrides: [a]\n')],
    run: (bytes) => void readParameters(createSource('fuzz.yaml', utf8(bytes))),
  },
  {
    name: 'baseline',
    words: words(
      '{|}|[|]|"|:|,|"findings"|"count": |"fingerprint": |"path": |"schemaVersion": |\\n|1e999|-1|null|__proto__',
    ),
    seeds: () => [bytesOf(baseline), bytesOf(baselineText([]))],
    run: (bytes) => {
      const found = readBaseline('base.json', memoryHost({ files: { 'base.json': utf8(bytes) } }));
      // What was taken as one can be written and is taken again.
      if (found.some((each) => 'message' in each)) return;
      const again = readBaseline('base.json', memoryHost({ files: { 'base.json': baselineText(found as never) } }));
      if (again.length !== found.length) throw new Error('what was read and written is not what was read');
    },
  },
  {
    name: 'waivers',
    words: words(
      '# kconfig-lint-disable|-next-line| -- |reason|,|*|\\n|CONFIG_A=y\\n|# CONFIG_B is not set\\n|\\t|\\r\\n|kconfig-lint-',
    ),
    seeds: () => [
      bytesOf(
        '# kconfig-lint-disable duplicate-assignment, krata-zone/* -- known\nCONFIG_A=y\n# kconfig-lint-disable-next-line unknown-symbol -- ours\nCONFIG_B=y\n',
      ),
    ],
    run: (bytes) => {
      const { source } = parseConfig(createSource('fuzz.config', utf8(bytes)));
      for (const { location, reason } of inlineWaivers(source).waivers) {
        if (reason === '' || location.span.end > source.text.length)
          throw new Error('a waiver without reason or place');
      }
    },
  },
  {
    name: 'oci',
    words: words(
      '{|}|[|]|"|,|:|"layers"|"manifests"|"config"|"digest"|sha256:|"size":|"mediaType"|"platform"|../|null|1e99',
    ),
    seeds: () => {
      const layer = tarOfFiles({ 'boot/config-6.12.0': 'CONFIG_A=y\n' });
      const type = 'application/vnd.oci.image.layer.v1.tar';
      const config = {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: `sha256:${sha256('{}')}`,
        size: 2,
      };
      const each = { mediaType: type, digest: `sha256:${sha256(layer)}`, size: layer.length };
      return [
        bytesOf(
          JSON.stringify({
            schemaVersion: 2,
            mediaType: 'application/vnd.oci.image.manifest.v1+json',
            config,
            layers: [each],
          }),
        ),
      ];
    },
    run: (bytes) => {
      const layer = tarOfFiles({ 'boot/config-6.12.0': 'CONFIG_A=y\n' });
      const manifest = {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: `sha256:${sha256(bytes)}`,
        size: bytes.length,
      };
      const layout = tarOfFiles({
        'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
        'index.json': JSON.stringify({ schemaVersion: 2, manifests: [manifest] }),
        [`blobs/sha256/${sha256(bytes)}`]: bytes,
        [`blobs/sha256/${sha256(layer)}`]: layer,
        [`blobs/sha256/${sha256('{}')}`]: '{}',
        'blobs/manifest.json': bytes,
      });
      const archives = createArchiveHost();
      configsInArchive('fuzz.tar', { ...archives, open: () => ({ ...sourceOf(layout), close: () => {} }) }, nodeZlib);
      const saved = tarOfFiles({ 'manifest.json': bytes, 'layer.tar': layer });
      configsInArchive('fuzz.tar', { ...archives, open: () => ({ ...sourceOf(saved), close: () => {} }) }, nodeZlib);
    },
  },
  {
    name: 'frames',
    words: [
      'Content-Length: ',
      'content-length:9',
      '\r\n\r\n',
      '\r\n',
      '{"jsonrpc":"2.0"}',
      '99999999999',
      '\0',
      'Content-Type: x',
    ],
    seeds: () => {
      const frame = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      return [
        bytesOf(
          [{ id: 1, method: 'initialize' }, { method: 'exit' }, { id: 2, result: '\u20ac' }]
            .map((each) => frame(JSON.stringify(each)))
            .join(''),
        ),
      ];
    },
    run: (bytes) => {
      const whole = createFrames()(Buffer.from(bytes));
      const take = createFrames();
      const pieces = [];
      for (let at = 0; at < bytes.length; at += 97) pieces.push(...take(Buffer.from(bytes.subarray(at, at + 97))));
      const messages = (found: typeof whole) => JSON.stringify(found.filter((each) => 'message' in each));
      // A stream in order means the same however it is cut; one out of order is found again in one place or another.
      if (
        whole.every((each) => 'message' in each) &&
        pieces.every((each) => 'message' in each) &&
        messages(whole) !== messages(pieces)
      )
        throw new Error('the same bytes in pieces are other messages');
    },
  },
  {
    name: 'lsp',
    words: words(
      '"line":|"character":|"text":|"uri":|99999|-1|1e9|\\\\n|\\\\r|CONFIG_|=y|null|{}|[]|\\\\ud83d|"method":"textDocument/hover"',
    ),
    // A session of some twenty messages.
    milliseconds: 500,
    seeds: () => lspSeeds,
    run: (bytes) => handMessages(utf8(bytes)),
  },
];
