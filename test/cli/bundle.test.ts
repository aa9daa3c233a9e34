/** `bundle`: each layout in order and broken in every way, in folders and in images, and every message. */
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import {
  dockerSave,
  hasTool,
  ociLayout,
  sha256,
  tarOf,
  tarOfFiles,
  temporaryFolder,
  writeFiles,
} from '../support/archives.ts';
import {
  armKernel,
  type BundleFiles,
  bzKernel,
  configFor,
  elfProgram,
  folderOf,
  initramfs,
  krataBundle,
  krataFields,
  krataSquashfs,
  kubevirtBundle,
  metadata,
  pvhKernel,
  squashfs,
  superblock,
  virtinkBundle,
  vzBundle,
} from '../support/bundles.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { elfMachine, vmlinux } from '../support/images.ts';

const kernels = createKernelHost(join(root, 'models'));

function cli(...args: string[]) {
  const host = memoryHost();
  const exit = run(['bundle', '--kconfig', 'off', ...args], host, kernels);
  return { exit, out: host.out(), err: host.err() };
}

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number; readonly column: number } };
}

/** What is said of the bundle itself, one finding a line; what is said of its config stays out. */
function said(path: string, ...args: string[]): string[] {
  const { out } = cli(path, ...args, '--format', 'json');
  const [report] = (JSON.parse(out) as { files: { findings: JsonFinding[] }[] }).files;
  return (report?.findings ?? []).map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
}

/** The places of the findings of a rule. */
function places(path: string, id: string): string[] {
  const [report] = (JSON.parse(cli(path, '--format', 'json').out) as { files: { findings: JsonFinding[] }[] }).files;
  return (report?.findings ?? [])
    .filter(({ rule }) => rule === id)
    .map(({ location: { path: file, start } }) => `${file.slice(path.length)}:${start.line}:${start.column}`);
}

const hasMksquashfs = hasTool('mksquashfs');

describe('a krata bundle', () => {
  const config = configFor('krata-zone', 'x86', krataSquashfs);
  const fields = krataFields(config);
  const broken = (files: BundleFiles) => said(folderOf({ ...krataBundle(), ...files }));
  const withFields = (changed: Readonly<Record<string, string | undefined>>) =>
    broken({ 'kernel/metadata': metadata({ ...fields, ...changed }) });
  const withConfig = (text: string) =>
    broken({ 'kernel/config.gz': gzipSync(text), 'kernel/metadata': metadata({ ...krataFields(text) }) });

  it('in order is found in order, with its config, for zones', () => {
    const folder = folderOf(krataBundle());
    const { exit, out, err } = cli(folder);
    expect([exit, err]).toEqual([0, '']);
    expect(out.replaceAll(folder, 'DIR')).toBe(`✔ DIR: nothing wrong
  krata kernel image, Linux 6.12.0-edera-zone (kernel/image), x86_64 (kernel/image)

✔ DIR/kernel/config.gz: nothing wrong for krata-zone
  Linux 6.12.0 (header), x86_64 (CONFIG_X86_64), complete config of 127 settings
  krata-zone  53 met, 0 unmet

0 errors, 0 warnings in 2 files
`);
  });

  it.each<[string, (files: ReturnType<typeof krataBundle>) => string]>([
    ['an OCI layout', (files) => writeFiles(temporaryFolder(), ociLayout([{ layers: [tarOfFiles(files)] }]))],
    ['docker save', (files) => archive(dockerSave([tarOfFiles(files)]))],
    ['docker save, through gzip', (files) => archive(gzipSync(dockerSave([tarOfFiles(files)])))],
    ['a plain tar', (files) => archive(tarOfFiles(files))],
  ])('in %s is read in place', (_, make) => {
    const path = make(krataBundle());
    const { exit, out } = cli(path);
    expect(exit).toBe(0);
    expect(out).toContain(`✔ ${path}!kernel/config.gz: nothing wrong for krata-zone`);
  });

  it('of the host is held against the list for hosts', () => {
    const text = configFor('krata-host', 'x86', krataSquashfs);
    const files = {
      ...krataBundle(text),
      'kernel/image': bzKernel({ release: '6.12.0-edera-host' }),
      'kernel/metadata': metadata({ ...krataFields(text), KERNEL_FLAVOR: 'host', KERNEL_UNAME_R: '6.12.0-edera-host' }),
    };
    const { exit, out } = cli(folderOf(files));
    expect(exit).toBe(0);
    expect(out).toContain('kernel/config.gz: nothing wrong for krata-host');
  });

  it.each<[string, BundleFiles, string[]]>([
    [
      'without modules',
      { 'kernel/addons.squashfs': undefined },
      ['error bundle/missing-file: kernel/addons.squashfs is missing (the modules)'],
    ],
    [
      'without metadata',
      { 'kernel/metadata': undefined },
      ['error bundle/missing-file: kernel/metadata is missing (the description of the kernel)'],
    ],
    [
      'with the kernel elsewhere',
      { 'kernel/image': undefined, 'kernel/vmlinuz': bzKernel() },
      ['error bundle/missing-file: kernel/image is missing, the kernel; there is kernel/vmlinuz'],
    ],
    [
      'with no kernel in the image',
      { 'kernel/image': 'text' },
      ['error bundle/not-a-kernel: kernel/image is no kernel image'],
    ],
    ['with an empty kernel', { 'kernel/image': '' }, ['error bundle/not-a-kernel: kernel/image is empty']],
    [
      'with a vmlinux',
      { 'kernel/image': pvhKernel({ release: '6.12.0-edera-zone' }) },
      ['warning bundle/kernel-format: kernel/image is an ELF file; on x86_64 it is to be a bzImage'],
    ],
    [
      'with a kernel for another architecture',
      { 'kernel/image': gzipSync(armKernel({ release: '6.12.0-edera-zone' })) },
      [
        'error bundle/arch-mismatch: kernel/metadata says KERNEL_ARCH=x86_64, and kernel/image is a kernel for arm64',
        'error bundle/arch-mismatch: kernel/config.gz is a config for x86_64, and kernel/image is a kernel for arm64',
      ],
    ],
    [
      'with another release',
      { 'kernel/image': bzKernel({ release: '6.1.55-edera-zone' }) },
      [
        'error bundle/version-mismatch: KERNEL_UNAME_R is "6.12.0-edera-zone", and the kernel calls itself 6.1.55-edera-zone',
        'error bundle/version-mismatch: kernel/metadata says KERNEL_VERSION=6.12.0, and kernel/image calls itself 6.1.55-edera-zone',
        'error bundle/version-mismatch: kernel/config.gz is the config of 6.12.0, and kernel/image calls itself 6.1.55-edera-zone',
      ],
    ],
    [
      'without its config',
      { 'kernel/config.gz': undefined },
      ['warning bundle/no-config: kernel/image holds no config, and none lies beside it'],
    ],
    [
      'with another config embedded',
      {
        'kernel/image': bzKernel({
          release: '6.12.0-edera-zone',
          config: configFor('krata-zone', 'x86', `${krataSquashfs}CONFIG_EXTRA=y\n`),
        }),
      },
      ['error bundle/config-differs: kernel/image differs from kernel/config.gz in CONFIG_EXTRA'],
    ],
  ])('%s', (_, files, messages) => {
    expect(broken(files)).toEqual(messages);
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, string[]]>([
    [
      'without an architecture',
      { KERNEL_ARCH: undefined },
      ['error krata-bundle/metadata-field: kernel/metadata lacks KERNEL_ARCH'],
    ],
    [
      'with an architecture by another name',
      { KERNEL_ARCH: 'amd64' },
      ['error krata-bundle/metadata-field: KERNEL_ARCH is "amd64"; krata knows x86_64 and aarch64'],
    ],
    [
      'with a version that is none',
      { KERNEL_VERSION: 'latest' },
      ['error krata-bundle/metadata-field: KERNEL_VERSION is "latest", which is no kernel version'],
    ],
    ['with an empty flavour', { KERNEL_FLAVOR: '' }, ['error krata-bundle/metadata-field: KERNEL_FLAVOR is empty']],
    [
      'with an old flavour',
      { KERNEL_FLAVOR: 'standard' },
      ['info krata-bundle/flavor: KERNEL_FLAVOR standard is an old name; Edera builds it as zone now'],
    ],
    [
      'with a flavour nobody builds',
      { KERNEL_FLAVOR: 'zome' },
      [
        'info krata-bundle/flavor: Edera builds no flavour "zome"; did you mean zone?; it is checked as a kernel for zones',
      ],
    ],
    [
      'with the flavour of the host on the kernel of zones',
      { KERNEL_FLAVOR: 'host' },
      ['error krata-bundle/flavor: KERNEL_FLAVOR is "host", and the kernel calls itself 6.12.0-edera-zone'],
    ],
    [
      'with a digest of another config',
      { KERNEL_CONFIG: `sha256:${'0'.repeat(64)}` },
      ['error krata-bundle/config-digest: KERNEL_CONFIG is not the digest of kernel/config.gz'],
    ],
    [
      'with a digest in a form of its own',
      { KERNEL_CONFIG: sha256(config).toUpperCase() },
      [
        `error krata-bundle/config-digest: KERNEL_CONFIG is "${sha256(config).toUpperCase()}", which is not sha256: and 64 small hexadecimal digits`,
      ],
    ],
    [
      'with a tag that cannot be one',
      { KERNEL_TAGS: 'latest,a/b' },
      ['warning krata-bundle/metadata-field: KERNEL_TAGS names "a/b", which cannot be a tag'],
    ],
    ['with no tags', { KERNEL_TAGS: '' }, ['warning krata-bundle/metadata-field: KERNEL_TAGS is empty']],
    ['with good tags', { KERNEL_TAGS: 'latest 6.12.0-zone' }, []],
    [
      'with a field of its own',
      { KERNEL_FLAVOUR: 'x' },
      ['info krata-bundle/metadata-unknown: krata knows no field KERNEL_FLAVOUR; did you mean KERNEL_FLAVOR?'],
    ],
    [
      'with quotes',
      { KERNEL_ARCH: '"x86_64"' },
      [
        'error krata-bundle/metadata-syntax: In kernel/metadata the value of KERNEL_ARCH stands in quotes, which become part of it',
        'error krata-bundle/metadata-field: KERNEL_ARCH is ""x86_64""; krata knows x86_64 and aarch64',
      ],
    ],
  ])('%s', (_, changed, messages) => {
    expect(withFields(changed)).toEqual(messages);
  });

  it('with lines that are none', () => {
    const lines = metadata(fields).replace('KERNEL_VERSION', '\n# comment\nKERNEL_ARCH=x86_64\nKERNEL_VERSION');
    expect(broken({ 'kernel/metadata': lines })).toEqual([
      'error krata-bundle/metadata-syntax: In kernel/metadata a line is not KEY=VALUE',
      'error krata-bundle/metadata-syntax: In kernel/metadata KERNEL_ARCH stands there twice',
      'warning krata-bundle/metadata-syntax: In kernel/metadata a line is empty, where KEY=VALUE should stand',
    ]);
    const windows = metadata(fields).replaceAll('\n', '\r\n');
    expect(broken({ 'kernel/metadata': windows })[0]).toBe(
      'error krata-bundle/metadata-syntax: In kernel/metadata a line ends with a carriage return, which becomes part of its value',
    );
  });

  it('names the line and column of a field', () => {
    const folder = folderOf({ ...krataBundle(), 'kernel/metadata': metadata({ ...fields, KERNEL_VERSION: 'new' }) });
    expect(places(folder, 'krata-bundle/metadata-field')).toEqual(['/kernel/metadata:2:1']);
  });

  it('with the digest of the packed config', () => {
    const files = krataBundle();
    const packed = `sha256:${sha256(files['kernel/config.gz'] as Uint8Array)}`;
    expect(said(folderOf({ ...files, 'kernel/metadata': metadata({ ...fields, KERNEL_CONFIG: packed }) }))).toEqual([
      'error krata-bundle/config-digest: KERNEL_CONFIG is the digest of kernel/config.gz as it is packed, not of the config in it',
    ]);
  });

  it.each<[string, Uint8Array | string, string[]]>([
    ['no squashfs', 'text', ['error krata-bundle/squashfs: kernel/addons.squashfs is no squashfs']],
    [
      'a squashfs of version 3',
      superblock(1, { version: 3 }),
      [
        'error krata-bundle/squashfs: kernel/addons.squashfs is no squashfs that a kernel mounts: it is of version 3.0; kernels since 2.6.29 mount version 4.0',
      ],
    ],
    [
      'a squashfs that is cut off',
      superblock(1, { size: 4096 }),
      ['error krata-bundle/squashfs: kernel/addons.squashfs is cut off: it is to have 4096 bytes, and has 96'],
    ],
    [
      'half a superblock',
      superblock(1).subarray(0, 50),
      [
        'error krata-bundle/squashfs: kernel/addons.squashfs is no squashfs that a kernel mounts: it has only 50 bytes, less than its superblock',
      ],
    ],
    [
      'a compressor there is not',
      superblock(9),
      [
        'error krata-bundle/squashfs: kernel/addons.squashfs is no squashfs that a kernel mounts: it names compressor 9, which there is not',
      ],
    ],
    [
      'blocks that cannot be',
      superblock(1, { blockLog: 21 }),
      [
        'error krata-bundle/squashfs: kernel/addons.squashfs is no squashfs that a kernel mounts: its block size of 2097152 bytes cannot be',
      ],
    ],
    [
      'lzma',
      superblock(2),
      ['error krata-bundle/squashfs: kernel/addons.squashfs is compressed with lzma, which no kernel mounts'],
    ],
    [
      'zstd that the kernel lacks',
      superblock(6),
      [
        'error krata-bundle/squashfs-config: kernel/addons.squashfs is compressed with zstd, and CONFIG_SQUASHFS_ZSTD is off',
      ],
    ],
  ])('with %s', (_, bytes, messages) => {
    expect(broken({ 'kernel/addons.squashfs': bytes })).toEqual(messages);
  });

  it.skipIf(!hasMksquashfs).each([
    ['gzip', 'ZLIB'],
    ['lzo', 'LZO'],
    ['xz', 'XZ'],
    ['lz4', 'LZ4'],
    ['zstd', 'ZSTD'],
  ])('knows what mksquashfs makes with %s, and what it needs', (compressor, symbol) => {
    const text = (on: boolean) =>
      configFor(
        'krata-zone',
        'x86',
        `CONFIG_MODULES=y\nCONFIG_SQUASHFS=y\n${on ? `CONFIG_SQUASHFS_${symbol}=y\n` : ''}`,
      );
    const addons = squashfs(compressor);
    const make = (on: boolean) => said(folderOf({ ...krataBundle(text(on)), 'kernel/addons.squashfs': addons }));
    expect(make(true)).toEqual([]);
    expect(make(false)).toEqual([
      `error krata-bundle/squashfs-config: kernel/addons.squashfs is compressed with ${compressor}, and CONFIG_SQUASHFS_${symbol} is off`,
    ]);
  });

  it.skipIf(!hasMksquashfs)('knows the filters that xz was given', () => {
    const text = configFor(
      'krata-zone',
      'x86',
      'CONFIG_MODULES=y\nCONFIG_SQUASHFS=y\nCONFIG_SQUASHFS_XZ=y\n# CONFIG_XZ_DEC_X86 is not set\n',
    );
    const addons = squashfs('xz', ['-Xbcj', 'x86']);
    expect(said(folderOf({ ...krataBundle(text), 'kernel/addons.squashfs': addons }))).toEqual([
      'error krata-bundle/squashfs-config: kernel/addons.squashfs is packed with an xz filter, and CONFIG_XZ_DEC_X86 is off',
    ]);
  });

  it('with squashfs as a module', () => {
    expect(
      withConfig(configFor('krata-zone', 'x86', 'CONFIG_MODULES=y\nCONFIG_SQUASHFS=m\nCONFIG_SQUASHFS_ZLIB=y\n')),
    ).toEqual([
      'error krata-bundle/squashfs-config: kernel/addons.squashfs is a squashfs, and CONFIG_SQUASHFS is a module',
    ]);
  });

  it('without modules in its kernel', () => {
    const text = configFor('krata-zone', 'x86', krataSquashfs).replace(
      'CONFIG_MODULES=y',
      '# CONFIG_MODULES is not set',
    );
    expect(withConfig(text)).toEqual([
      'warning krata-bundle/modules: There are modules in kernel/addons.squashfs, and CONFIG_MODULES is off',
    ]);
  });

  it('with addons that are larger than Edera lets them be', () => {
    const large = Buffer.concat([superblock(1), Buffer.alloc(51 << 20)]);
    expect(broken({ 'kernel/addons.squashfs': large })).toEqual([
      "warning krata-bundle/addons-size: kernel/addons.squashfs has 52 MiB, more than the 50 MiB of Edera's build",
    ]);
  });

  it('says what its config lacks, as check does', () => {
    const text = configFor('krata-zone', 'x86', krataSquashfs).replace('CONFIG_XEN_PVH=y\n', '');
    const { exit, out } = cli(folderOf({ ...krataBundle(text), 'kernel/metadata': metadata(krataFields(text)) }));
    expect(exit).toBe(1);
    expect(out).toContain('error    CONFIG_XEN_PVH is absent, must be y');
  });

  it('takes the config from a file where it has none', () => {
    const file = join(temporaryFolder(), 'my.config');
    writeFileSync(file, config);
    const folder = folderOf({ ...krataBundle(), 'kernel/config.gz': undefined });
    expect(said(folder, '--config', file)).toEqual([]);
    expect(cli(folder, '--config', file).out).toContain(`✔ ${file}: nothing wrong for krata-zone`);
    writeFileSync(file, `${config}CONFIG_EXTRA=y\n`);
    expect(said(folder, '--config', file)).toEqual([
      `error krata-bundle/config-digest: KERNEL_CONFIG is not the digest of ${file}`,
    ]);
  });
});

function archive(bytes: Uint8Array, name = 'image.tar'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

describe('a Virtink bundle', () => {
  const image = (files: Readonly<Record<string, string | Uint8Array>>) =>
    writeFiles(temporaryFolder(), ociLayout([{ layers: [tarOfFiles(files)] }]));

  it('in order is found in order, with the config in its kernel', () => {
    const path = image(virtinkBundle());
    const { exit, out } = cli(path);
    expect(out).toContain(`✔ ${path}!vmlinux!config: nothing wrong for virtink`);
    expect([exit, said(path)]).toEqual([0, []]);
  });

  it('without a PVH note says why there is none', () => {
    const without = (config?: string) => said(image(virtinkBundle(pvhKernel({ config }, { pvh: false }))));
    const note = 'error virtink-bundle/pvh-note: vmlinux is an ELF file without a PVH note (XEN_ELFNOTE_PHYS32_ENTRY)';
    const text = configFor('virtink', 'x86');
    expect(without(text)).toEqual([`${note}; CONFIG_PVH is on, so the note was stripped`]);
    expect(without(text.replace('CONFIG_PVH=y', '# CONFIG_PVH is not set'))).toEqual([`${note}; CONFIG_PVH is off`]);
    expect(without()).toEqual([note, 'warning bundle/no-config: vmlinux holds no config, and none lies beside it']);
  });

  it.each<[string, BundleFiles, string[]]>([
    [
      'with the kernel in another place',
      { vmlinux: undefined, 'boot/vmlinux': pvhKernel() },
      [
        'error bundle/missing-file: vmlinux is missing, the kernel; there is boot/vmlinux',
        'warning bundle/no-config: The bundle holds no config, and none lies beside it',
      ],
    ],
    [
      'with a bzImage',
      { vmlinux: bzKernel({ config: configFor('virtink', 'x86') }) },
      ['warning bundle/kernel-format: vmlinux is a bzImage; on x86_64 it is to be an ELF vmlinux'],
    ],
    [
      'with a kernel that is cut off',
      { vmlinux: pvhKernel({ config: configFor('virtink', 'x86') }).subarray(0, -20) },
      ['error bundle/not-a-kernel: vmlinux is cut off: its headers lead beyond its end'],
    ],
    [
      'that is not based on the base image',
      { 'entrypoint.sh': undefined },
      ['warning virtink-bundle/base-image: entrypoint.sh is missing, which copies /vmlinux out of the image'],
    ],
  ])('%s', (_, changed, messages) => {
    const files = Object.entries({ ...virtinkBundle(), ...changed }).filter(([, content]) => content !== undefined);
    expect(said(image(Object.fromEntries(files) as Record<string, string>), '--layout', 'virtink')).toEqual(messages);
  });

  it('of an architecture that Virtink has no machines for', () => {
    expect(said(image(virtinkBundle(vmlinux({}, elfMachine.riscv))), '--layout', 'virtink').slice(0, 1)).toEqual([
      'error bundle/arch-mismatch: vmlinux is a kernel for riscv; a Virtink kernel image is for x86_64 and arm64',
    ]);
  });

  it('in an image that says it is for another platform', () => {
    const path = writeFiles(
      temporaryFolder(),
      ociLayout([{ layers: [tarOfFiles(virtinkBundle())], architecture: 'arm64' }]),
    );
    expect(said(path)).toEqual([
      'error bundle/arch-mismatch: The container image is for linux/arm64, and vmlinux is a kernel for x86_64',
    ]);
  });
});

describe('a Liquid Metal bundle', () => {
  const config = (builder: string, release: string) => configFor(`liquidmetal-${builder}`, 'x86', '', release);

  it('for Firecracker is an ELF kernel, for Cloud Hypervisor one with a PVH note', () => {
    const fire = folderOf({
      'bin/vmlinux': pvhKernel({ config: config('firecracker', '5.10.77'), release: '5.10.77' }, { pvh: false }),
    });
    expect(said(fire)).toEqual([]);
    expect(cli(fire).out).toContain('bin/vmlinux!config: nothing wrong for liquidmetal-firecracker');
    const cloud = (pvh: boolean) =>
      folderOf({
        'bin/vmlinux.bin': pvhKernel({ config: config('cloud-hypervisor', '5.12.0'), release: '5.12.0' }, { pvh }),
      });
    expect(said(cloud(true))).toEqual([]);
    expect(cli(cloud(true)).out).toContain('for liquidmetal-cloud-hypervisor');
    expect(said(cloud(false))).toEqual([
      'error virtink-bundle/pvh-note: bin/vmlinux.bin is an ELF file without a PVH note (XEN_ELFNOTE_PHYS32_ENTRY); CONFIG_PVH is on, so the note was stripped',
    ]);
  });

  it('is no bzImage', () => {
    expect(said(folderOf({ 'bin/vmlinux': bzKernel({ config: config('firecracker', '6.12.0') }) }))).toEqual([
      'error bundle/kernel-format: bin/vmlinux is a bzImage; on x86_64 it is to be an ELF vmlinux',
    ]);
  });

  it('has the modules of its kernel', () => {
    const kernel = pvhKernel({ config: config('firecracker', '5.10.77'), release: '5.10.77' });
    expect(said(folderOf({ 'bin/vmlinux': kernel, 'lib/modules/5.10.77/modules.dep': '' }))).toEqual([]);
    expect(said(folderOf({ 'bin/vmlinux': kernel, 'lib/modules/5.10.78/a.ko': '' }))).toEqual([
      'error liquidmetal-bundle/modules: The kernel is 5.10.77, and the modules are for 5.10.78',
      'warning liquidmetal-bundle/modules: lib/modules/5.10.78 has no modules.dep, so modprobe finds nothing in it',
    ]);
  });

  it('in the old place is named', () => {
    expect(said(folderOf({ 'boot/vmlinux': pvhKernel() }), '--layout', 'liquidmetal')[0]).toBe(
      'error bundle/missing-file: bin/vmlinux (or bin/vmlinux.bin, bin/image) is missing, the kernel; there is boot/vmlinux',
    );
  });

  const workflow = (fire: string, cloud: string) =>
    `jobs:\n  build-firecracker:\n    strategy:\n      matrix:\n        version: [ ${fire} ]\n    steps:\n      - run: make build-fc\n  build-cloudhypervisor:\n    strategy:\n      matrix:\n        version: [ ${cloud} ]\n    steps:\n      - run: make build-ch\n`;
  const repository = (changed: BundleFiles = {}) => ({
    'kernel/Makefile': 'FC_KERNEL_VERSIONS ?= 4.19.215 5.10.77 # keep in step\nCH_KERNEL_VERSIONS ?= 5.12\n',
    'kernel/firecracker/configs/linux-x86_64-4.19.215.config': config('firecracker', '4.19.215'),
    'kernel/firecracker/configs/linux-x86_64-5.10.77.config': config('firecracker', '5.10.77'),
    'kernel/cloud-hypervisor/configs/linux-x86_64-5.12.config': config('cloud-hypervisor', '5.12.0'),
    '.github/workflows/kernel-images.yml': workflow('4.19.215, 5.10.77', '5.12'),
    '.github/workflows/kernel-images-manual.yml': workflow('4.19.215, 5.10.77', '5.12'),
    ...changed,
  });

  it('of image-builder itself agrees with its lists', () => {
    const folder = folderOf(repository());
    expect(said(folder)).toEqual([]);
    const { out } = cli(folder);
    expect(out).toMatch(
      /kernel\/firecracker\/configs\/linux-x86_64-5\.10\.77\.config: .*\n[^✔✖▲]*liquidmetal-firecracker {2}/,
    );
    expect(out).toMatch(
      /kernel\/cloud-hypervisor\/configs\/linux-x86_64-5\.12\.config: .*\n[^✔✖▲]*liquidmetal-cloud-hypervisor {2}/,
    );
  });

  it.each<[string, BundleFiles, string[]]>([
    [
      'a version without a config',
      {
        'kernel/Makefile': 'FC_KERNEL_VERSIONS ?= 4.19.215 5.10.77 5.15.12\nCH_KERNEL_VERSIONS ?= 5.12\n',
        '.github/workflows/kernel-images.yml': undefined,
        '.github/workflows/kernel-images-manual.yml': undefined,
      },
      [
        'error liquidmetal-bundle/version-list: kernel/Makefile lists 5.15.12, and there is no kernel/firecracker/configs/linux-x86_64-5.15.12.config',
      ],
    ],
    [
      'a config without a version',
      { 'kernel/cloud-hypervisor/configs/linux-x86_64-5.15.12.config': config('cloud-hypervisor', '5.15.12') },
      [
        'warning liquidmetal-bundle/version-list: kernel/cloud-hypervisor/configs/linux-x86_64-5.15.12.config is in no list of kernel/Makefile, so it is not built',
      ],
    ],
    [
      'a workflow that was forgotten',
      { '.github/workflows/kernel-images-manual.yml': workflow('4.19.215', '5.12, 5.15.12') },
      [
        'warning liquidmetal-bundle/version-list: The list in .github/workflows/kernel-images-manual.yml is not that of kernel/Makefile: it lacks 5.10.77',
        'warning liquidmetal-bundle/version-list: The list in .github/workflows/kernel-images-manual.yml is not that of kernel/Makefile: it has 5.15.12 beyond it',
      ],
    ],
    [
      'a version that YAML takes for a number',
      {
        'kernel/Makefile': 'FC_KERNEL_VERSIONS ?= 4.19.215 5.10.77\nCH_KERNEL_VERSIONS ?= 5.10\n',
        'kernel/cloud-hypervisor/configs/linux-x86_64-5.12.config': undefined,
        'kernel/cloud-hypervisor/configs/linux-x86_64-5.10.config': config('cloud-hypervisor', '5.10.0'),
        '.github/workflows/kernel-images.yml': workflow('4.19.215, 5.10.77', '5.10'),
        '.github/workflows/kernel-images-manual.yml': workflow("'4.19.215', '5.10.77'", "'5.10'"),
      },
      [
        'error liquidmetal-bundle/version-list: .github/workflows/kernel-images.yml has 5.10 without quotes, which YAML takes for the number 5.1',
      ],
    ],
    [
      'a config with the name of the other world',
      {
        'kernel/firecracker/configs/linux-aarch64-5.10.77.config': configFor(
          'liquidmetal-firecracker',
          'arm64',
          '',
          '5.10.77',
        ),
      },
      [
        'warning liquidmetal-bundle/config-name: linux-aarch64-5.10.77.config is not named linux-ARCH-VERSION.config; it is arm64 there: linux-arm64-5.10.77.config',
      ],
    ],
  ])('finds %s', (_, changed, messages) => {
    expect(said(folderOf(repository(changed)))).toEqual(messages);
  });
});

describe('a KubeVirt bundle', () => {
  const entries = (owner: object, folder: object = { mode: 0o755 }) => {
    const [kernel, initrd] = Object.entries(kubevirtBundle()) as [[string, Uint8Array], [string, Uint8Array]];
    return tarOf([
      { name: 'boot', type: '5', ...folder },
      { name: kernel[0], content: kernel[1], ...owner },
      { name: initrd[0], content: initrd[1], uid: 107, gid: 107, mode: 0o600 },
    ]);
  };
  const image = (tar: Buffer) => writeFiles(temporaryFolder(), ociLayout([{ layers: [tar] }]));

  it('in order is found in order', () => {
    const path = image(entries({ uid: 107, gid: 107, mode: 0o400 }));
    expect(said(path)).toEqual([]);
    expect(cli(path).out).toContain('boot/vmlinuz-virt!config: nothing wrong for kubevirt-guest');
    expect(said(image(entries({ mode: 0o644 })))).toEqual([]);
    expect(said(image(entries({ gid: 107, mode: 0o640 })))).toEqual([]);
  });

  it('has files that QEMU can read', () => {
    expect(said(image(entries({ mode: 0o600 })))).toEqual([
      'error kubevirt-bundle/owner: boot/vmlinuz-virt belongs to 0:0 with mode 0600, so QEMU (107:107) cannot read it',
    ]);
    expect(said(image(entries({ mode: 0o644 }, { mode: 0o700 })))).toEqual([
      'error kubevirt-bundle/owner: boot belongs to 0:0 with mode 0700, so QEMU (107:107) cannot go through it to boot/vmlinuz-virt',
      'error kubevirt-bundle/owner: boot belongs to 0:0 with mode 0700, so QEMU (107:107) cannot go through it to boot/initramfs-virt',
    ]);
  });

  it('in a folder only warns of what will be owned otherwise', () => {
    const folder = folderOf(kubevirtBundle());
    chmodSync(join(folder, 'boot/vmlinuz-virt'), 0o600);
    expect(said(folder)[0]).toMatch(/^warning kubevirt-bundle\/owner: boot\/vmlinuz-virt belongs to /);
  });

  it.each<[string, Uint8Array | string, string[]]>([
    [
      'no archive',
      'text',
      [
        'error bundle/initrd-format: boot/initramfs-virt is neither a cpio archive nor compressed in a way that kernels unpack',
      ],
    ],
    ['nothing', '', ['error bundle/initrd-format: boot/initramfs-virt is empty']],
    [
      'lz4 of today',
      Buffer.from('04224d18', 'hex'),
      [
        'error bundle/initrd-format: boot/initramfs-virt is compressed with lz4 in the frames of today; kernels unpack only those of lz4 -l',
      ],
    ],
    [
      'zstd that the kernel lacks',
      Buffer.from('28b52ffd', 'hex'),
      ['error bundle/initrd-compression: boot/initramfs-virt is compressed with zstd, and CONFIG_RD_ZSTD is off'],
    ],
    ['plain cpio', '070701', []],
  ])('with an initrd of %s', (_, initrd, messages) => {
    expect(said(folderOf({ ...kubevirtBundle(), 'boot/initramfs-virt': initrd }))).toEqual(messages);
  });

  it('has its files where the user says', () => {
    const files = kubevirtBundle();
    const folder = folderOf({ 'images/bz': files['boot/vmlinuz-virt'], 'images/rd': files['boot/initramfs-virt'] });
    expect(said(folder, '--layout', 'kubevirt', '--kernel-path', '/images/bz', '--initrd-path', '/images/rd')).toEqual(
      [],
    );
    expect(said(folder, '--layout', 'kubevirt', '--kernel-path', '/images/no')[0]).toBe(
      'error bundle/missing-file: images/no is missing, the kernel',
    );
  });

  it('may be an initrd alone, for the kernel of the machine', () => {
    expect(said(folderOf({ 'boot/initramfs-virt': initramfs }), '--layout', 'kubevirt')).toEqual([]);
  });
});

describe('a vz bundle', () => {
  const broken = (version: Readonly<Record<string, unknown>>, files: BundleFiles = {}) =>
    said(folderOf(vzBundle(version, files)));

  it('in order is found in order', () => {
    const folder = folderOf(vzBundle());
    expect(said(folder)).toEqual([]);
    expect(cli(folder).out).toContain('vmlinux!config: nothing wrong for vz-container');
  });

  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['without a required field', { busybox: undefined }, ['error vz-bundle/version-json: version.json lacks busybox']],
    ['with a number for a text', { agent: 1 }, ['error vz-bundle/version-json: agent in version.json is not a text']],
    [
      'with a text for a number',
      { agent_protocol_revision: 'one' },
      ['error vz-bundle/version-json: agent_protocol_revision in version.json is not a number from 0'],
    ],
    [
      'with another kernel',
      { kernel: '6.12.12' },
      ['error bundle/version-mismatch: version.json says kernel 6.12.12, and vmlinux calls itself 6.12.11'],
    ],
    [
      'with no version of a kernel',
      { kernel: 'latest' },
      ['error vz-bundle/version-json: kernel in version.json is "latest", which is no kernel version'],
    ],
    [
      'with the checksum of another file',
      { sha256_vmlinux: '0'.repeat(64) },
      ['error vz-bundle/checksum: vmlinux is not the file that sha256_vmlinux describes'],
    ],
    [
      'with a checksum that is none',
      { sha256_youki: 'abc' },
      ['error vz-bundle/checksum: sha256_youki is not 64 hexadecimal digits'],
    ],
    [
      'without a checksum',
      { sha256_initramfs: undefined },
      [
        'warning vz-bundle/no-checksum: version.json has no sha256_initramfs, so initramfs.img is not checked before it boots',
      ],
    ],
    [
      'with a profile there is not',
      { profile: 'server' },
      ['error vz-bundle/profile: profile is "server"; vz knows developer and container'],
    ],
    [
      'with the other security profile',
      { security_profile: 'developer-nested-virt' },
      [
        'error vz-bundle/profile: security_profile is "developer-nested-virt", and profile container goes with container-hardened',
      ],
    ],
    [
      'without a security profile',
      { security_profile: undefined },
      ['warning vz-bundle/profile: profile is container, and there is no security_profile container-hardened'],
    ],
    [
      'without capabilities',
      { capabilities: undefined },
      [
        'warning vz-bundle/capabilities: version.json declares no capabilities, so vz assumes vsock, virtiofs, hvc0_serial and ext4_root',
      ],
    ],
    [
      'with capabilities that are no list',
      { capabilities: 'vsock' },
      ['error vz-bundle/version-json: capabilities in version.json is not a list of names'],
    ],
  ])('%s', (_, version, messages) => {
    expect(broken(version)).toEqual(messages);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'without a profile',
      { profile: undefined, capabilities: ['vsock'] },
      'warning vz-bundle/profile: version.json names no profile, so vz takes the bundle for neither developer nor container',
    ],
    [
      'without a revision of the protocol',
      { agent_protocol_revision: undefined },
      'warning vz-bundle/version-json: version.json lacks agent_protocol_revision, without which vz starts only where no exact agent is asked for',
    ],
    [
      'with a sandbox for developers',
      { profile: 'developer', security_profile: 'developer-nested-virt' },
      'error vz-bundle/capabilities: container_sandbox is declared, and profile is developer',
    ],
  ])('%s', (_, version, message) => {
    expect(broken(version)).toContain(message);
  });

  it('with a checksum in capitals is not verified', () => {
    const own = vzBundle();
    const sum = sha256(own['youki'] as Uint8Array).toUpperCase();
    expect(broken({ sha256_youki: sum })).toEqual([
      'warning vz-bundle/checksum: sha256_youki is not written in small letters alone, which vz refuses where it verifies a bundle',
    ]);
  });

  it('in an image has a runtime that may be run', () => {
    const files = Object.entries(vzBundle()) as [string, string | Uint8Array][];
    const tar = tarOf(files.map(([name, content]) => ({ name, content })));
    expect(said(writeFiles(temporaryFolder(), ociLayout([{ layers: [tar], architecture: 'arm64' }])))).toEqual([
      'warning vz-bundle/youki: youki may not be run: its mode has no x',
    ]);
  });

  it('says what its kernel has beyond what it declares, and what only a module brings', () => {
    const make = (more: string, declared: string[]) => {
      const text = configFor('vz-container', 'arm64', more, '6.12.11');
      return broken(
        { capabilities: [...names, ...declared] },
        { vmlinux: armKernel({ release: '6.12.11', config: text }) },
      );
    };
    expect(make('CONFIG_INET=y\nCONFIG_USER_NS=y\n', [])).toEqual([
      'info vz-bundle/capabilities: The kernel has user_ns as well, and capabilities does not say so',
    ]);
    expect(make('CONFIG_INET=y\nCONFIG_TUN=m\n', ['tun'])).toEqual([
      'error vz-bundle/capabilities: tun is declared, and takes a module, which the bundle does not have: it needs CONFIG_TUN=y or m',
    ]);
  });

  it('whose config is a fragment is not said to lie', () => {
    const file = join(temporaryFolder(), 'vz.config');
    writeFileSync(file, 'CONFIG_VSOCKETS=y\nCONFIG_VIRTIO_VSOCKETS=y\n');
    const folder = folderOf(vzBundle({}, { vmlinux: armKernel({ release: '6.12.11' }) }));
    const messages = said(folder, '--config', file);
    expect(messages).toContain(
      'info vz-bundle/capabilities: virtiofs is declared, and the config is a fragment that does not settle it',
    );
    expect(messages.filter((message) => message.includes('vsock'))).toEqual([]);
  });

  const names = (JSON.parse(vzBundle()['version.json'] as string) as { capabilities: string[] }).capabilities;

  it('declares what its config brings, and nothing else', () => {
    expect(broken({ capabilities: [...names, 'tun'] })).toEqual([
      'error vz-bundle/capabilities: tun is declared, and is not in the config: it needs CONFIG_TUN=y or m',
    ]);
    expect(broken({ capabilities: [...names, 'vsok'] })).toEqual([
      'error vz-bundle/capabilities: vz knows no capability "vsok", and refuses the whole file; did you mean vsock?',
    ]);
    expect(broken({ capabilities: names.filter((name) => name !== 'nfsd') })).toEqual([
      'warning vz-bundle/capabilities: capabilities lacks nfsd, which vz demands of profile container',
    ]);
  });

  it('names the place of a capability', () => {
    const folder = folderOf(vzBundle({ capabilities: [...names, 'tun'] }));
    expect(places(folder, 'vz-bundle/capabilities')).toEqual([`/version.json:${13 + names.length}:5`]);
  });

  it('requires what it is asked for', () => {
    const folder = folderOf(vzBundle());
    expect(said(folder, '--require-capability', 'vsock,dm_crypt')).toEqual([]);
    expect(said(folder, '--require-capability', 'user_ns')).toEqual([
      'error bundle/required-capability: user_ns is required, and version.json does not declare it',
      'error bundle/required-capability: user_ns is required, and is not in the config: it needs CONFIG_USER_NS=y',
    ]);
  });

  it.each<[string, BundleFiles, string[]]>([
    ['without youki', { youki: undefined }, ['error bundle/missing-file: youki is missing (the container runtime)']],
    [
      'with youki for another machine',
      { youki: elfProgram(62) },
      ['error vz-bundle/youki: youki is a program for another architecture than arm64'],
    ],
    ['with no program for youki', { youki: '#!/bin/sh\n' }, ['error vz-bundle/youki: youki is no ELF program']],
    [
      'with an initramfs of xz',
      { 'initramfs.img': Buffer.from('fd377a585a00', 'hex') },
      ['error bundle/initrd-compression: initramfs.img is compressed with xz, and CONFIG_RD_XZ is off'],
    ],
  ])('%s', (_, files, messages) => {
    expect(broken({}, files).filter((line) => !line.includes('checksum'))).toEqual(messages);
  });

  it('for x86 is none', () => {
    const messages = broken({}, { vmlinux: bzKernel({ release: '6.12.11' }) });
    expect(messages[0]).toBe(
      'error bundle/arch-mismatch: vmlinux is a kernel for x86_64; a vz kernel bundle is for arm64',
    );
  });

  it('with a link is not verified', () => {
    const files = vzBundle();
    const folder = folderOf({ ...files, youki: undefined, 'files/youki': files['youki'] });
    symlinkSync('files/youki', join(folder, 'youki'));
    expect(said(folder)).toEqual(['warning bundle/unreadable-file: youki is a link; vz verifies regular files only']);
  });

  it('with JSON that is none, or says a thing twice', () => {
    const files = vzBundle();
    expect(said(folderOf({ ...files, 'version.json': '{' }))[0]).toMatch(
      /^error vz-bundle\/version-json: version\.json is not JSON: /,
    );
    expect(said(folderOf({ ...files, 'version.json': '[]' }))[0]).toBe(
      'error vz-bundle/version-json: version.json is not an object',
    );
    const twice = (files['version.json'] as string).replace('"busybox"', '"agent": "0.1.0", "busybox"');
    expect(said(folderOf({ ...files, 'version.json': twice }))).toEqual([
      'error vz-bundle/version-json: agent stands in version.json twice, which vz refuses',
    ]);
  });
});

describe('bundles of any layout', () => {
  it('are known by their files, or named', () => {
    const { exit, err } = cli(folderOf({ readme: 'x' }));
    expect(exit).toBe(3);
    expect(err).toContain('error[no-layout]: its files are those of no layout that is known; it was not checked');
    expect(err).toContain('known are krata (kernel/metadata)');
  });

  it('do not hold files that cannot be read', () => {
    const files = Object.entries(krataBundle()).map(([name, content]) => ({ name, content }));
    const path = archive(tarOf([...files.slice(1), { name: 'kernel/image', type: '1', link: 'kernel/other' }]));
    expect(said(path)).toEqual([
      'error bundle/unreadable-file: kernel/image is a hard link to a file that is not in the archive'.replace(
        'unreadable',
        'missing',
      ),
    ]);
    const damaged = Buffer.from(bzKernel());
    expect(said(folderOf({ ...krataBundle(), 'kernel/image': damaged.subarray(0, 5000) }))[0]).toMatch(
      /^error bundle\/not-a-kernel: kernel\/image cannot be read as a kernel image: the packed kernel is damaged: /,
    );
  });

  it('are explained rule by rule', () => {
    const host = memoryHost();
    expect(run(['explain', 'krata-bundle/config-digest'], host, kernels)).toBe(0);
    expect(host.out()).toContain('krata-bundle/config-digest  KERNEL_CONFIG is not the digest of the config (error)');
  });

  it('are not links out of the folder', () => {
    const folder = folderOf({ ...krataBundle(), 'kernel/image': undefined });
    symlinkSync('/etc/passwd', join(folder, 'kernel/image'));
    expect(said(folder)[0]).toBe(
      'error bundle/missing-file: kernel/image is a link to /etc/passwd, out of what was named',
    );
  });

  it('do not hold names that lead out, nor files twice', () => {
    const path = archive(
      tarOf([...Object.entries(krataBundle()).map(([name, content]) => ({ name, content })), { name: '../x' }]),
    );
    expect(said(path)).toEqual([
      'error bundle/unsafe-entry: The archive is not sound: it has a file with the name ../x, which leads out of it',
    ]);
    const files = Object.entries(krataBundle()).map(([name, content]) => ({ name, content }));
    const twice = archive(tarOf([...files, ...files.slice(3)]));
    expect(said(twice)).toEqual(['warning bundle/duplicate-entry: kernel/metadata stands in one layer twice']);
  });

  it('are looked at one by one where an archive holds several', () => {
    const arm = krataBundle();
    const path = writeFiles(
      temporaryFolder(),
      ociLayout([{ layers: [tarOfFiles(krataBundle())] }, { layers: [tarOfFiles(arm)], architecture: 'arm64' }]),
    );
    const { out } = cli(path);
    expect(out).toContain(`${path}@linux/amd64: nothing wrong`);
    expect(out).toContain(`${path}@linux/arm64: 1 error`);
    expect(cli(path, '--platform', 'amd64').exit).toBe(0);
    const none = cli(path, '--platform', 'linux/riscv64');
    expect([none.exit, none.err]).toEqual([
      3,
      expect.stringContaining(
        'it has no image for linux/riscv64; it was not checked\n  help: it has linux/amd64, linux/arm64',
      ),
    ]);
  });

  it('take another profile where one is named', () => {
    const { out } = cli(folderOf(krataBundle()), '--profile', 'squash-none');
    expect(out).toBe('');
    expect(cli(folderOf(krataBundle()), '--profile', 'xen-guest').out).toContain('for xen-guest');
  });

  it('are told what they cannot be', () => {
    expect(cli('/nowhere/at-all')).toMatchObject({
      exit: 3,
      err: '/nowhere/at-all: error[missing]: no such file; it was not checked\n  help: check the path\n',
    });
    expect(cli(archive(Buffer.from('text'), 'x.txt')).err).toContain('it is neither a folder nor an archive of files');
    expect(cli()).toMatchObject({ exit: 2, err: expect.stringContaining('no bundle was named') });
    expect(cli('.', '--require-capability', 'vsok')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('there is no capability vsok\n  help: did you mean vsock'),
    });
  });

  it('are reported in every format', () => {
    const folder = folderOf({ ...krataBundle(), 'kernel/metadata': 'KERNEL_ARCH=amd64\n' });
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')),
    );
    validate(JSON.parse(cli(folder, '--format', 'json').out));
    expect(validate.errors).toBeNull();
    const sarif = JSON.parse(cli(folder, '--format', 'sarif').out) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('krata-bundle/metadata-field');
    expect(sarif.runs[0]?.tool.driver.rules.map(({ id }) => id)).toContain('vz-bundle/checksum');
    expect(cli(folder, '--format', 'markdown').out).toContain('krata kernel image.');
    expect(cli(folder, '--format', 'unix').out).toContain(`${folder}/kernel/metadata:1:1: `);
    expect(cli(folder, '--fail-on', 'never').exit).toBe(0);
  });
});
