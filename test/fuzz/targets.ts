/** What is fuzzed: readers of what strangers write. Each must give a result or one of its own errors, whatever it is given. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sourceOf } from '../../src/artifacts/archive/bytes.ts';
import { pvhEntry, readElf } from '../../src/artifacts/bundle/elf.ts';
import { jsonFields } from '../../src/artifacts/bundle/json-places.ts';
import { readMetadata } from '../../src/artifacts/bundle/metadata.ts';
import { readSquashfs } from '../../src/artifacts/bundle/squashfs.ts';
import { unpack } from '../../src/artifacts/compression/index.ts';
import { configIn } from '../../src/artifacts/config-in.ts';
import { linesOf, parseConfig, settingsOf } from '../../src/config/document.ts';
import { limits } from '../../src/config/limits.ts';
import { decodeModel, encodeModel, ModelFormatError, mergeConfigs } from '../../src/kconfig/index.ts';
import { createArchiveHost } from '../../src/node-archive-host.ts';
import { createNodeHost } from '../../src/node-host.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { emptyDraft, loadProfile, loadSymbols } from '../../src/profiles/load.ts';
import { readCapabilities } from '../../src/profiles/read-capabilities.ts';
import { readYaml } from '../../src/profiles/yaml.ts';
import { configsInArchive } from '../../src/project/archive-configs.ts';
import { reporters } from '../../src/reporters/index.ts';
import { createSource } from '../../src/source.ts';
import { arm64Image, bzImage, noise, vmlinux, zbootImage } from '../support/images.ts';
import { compile, model, olddefconfig } from '../support/kconfig.ts';
import { builtIn, judgeText } from '../support/library.ts';
import { packer } from '../support/packers.ts';
import { dockerSave, ociLayout, tarOfFiles } from '../support/tars.ts';
import { projectTargets } from './project-targets.ts';

export interface Target {
  readonly name: string;
  /** Real input to start from. */
  readonly seeds: (root: string) => readonly Uint8Array[];
  /** Words that the language is made of. */
  readonly words: readonly string[];
  /** Milliseconds that a run may take, where it is more than one reading. */
  readonly milliseconds?: number;
  /** Throws where something is wrong. */
  readonly run: (bytes: Uint8Array) => void;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytesOf = (text: string): Uint8Array => Buffer.from(text);

function filesIn(root: string, folder: string, end: string, most = 40, size = 8000): Uint8Array[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .sort()
    .slice(0, most)
    .map((name) => readFileSync(join(root, folder, name)).subarray(0, size));
}

const words = (text: string): string[] =>
  text.split('|').map((word) => word.replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
const configWords = [
  ...words('CONFIG_|# CONFIG_| is not set|=y|=m|="|\\"|\\n|0x|#|\\t'),
  '\r\n',
  '\u202e',
  '\ufeff',
  '\0',
];
const kconfigWords = [
  ...words(
    'config A\\n|\\tbool "a"\\n|\\ttristate\\n|\\tdepends on |\\tselect B if |\\timply C\\n|\\tdefault y if !A\\n|choice\\n|endchoice\\n',
  ),
  ...words(
    'menu "m"\\n|endmenu\\n|if A\\n|endif\\n|source "Kconfig"\\n|source "$(A)"\\n|$(shell,touch PWNED)|$(|)|:= |+= |\\trange 0 9\\n',
  ),
  ...words(
    '\\thelp\\n\\t  text\\n|&&|!=|>=|(|\\tmodules\\n|\\tvisible if B\\n|comment "c"\\n|\\ttransitional\\n|$(error-if,y,x)',
  ),
  '||',
  '\\\n',
];
const yamlWords = words(': |- |{|}|[|]|&a |*a|!!binary |>-\\n|? |---\\n|...\\n|"|\'|#|<<: |\\t|require|any|not');

const kconfig =
  'config A\n\tbool "a"\nconfig B\n\ttristate "b"\n\tdepends on A\nconfig MODULES\n\tbool\n\tdefault y\n\tmodules\n' +
  'config S\n\tstring "s"\nconfig N\n\tint "n"\n\trange 1 9\nchoice\n\tprompt "c"\nconfig C\n\tbool "c"\nconfig D\n\tbool "d"\nendchoice\n';
const small = model(kconfig);

const style = { color: false, width: 80, verbose: true, quiet: false, version: '0', rules: [], profiles: [] };
/** Formats that people read in a terminal, or that a runner takes for commands. */
const plain = ['text', 'github', 'unix'];

function forbidden(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isControl = (code < 0x20 && code !== 0x0a && code !== 0x09) || (code >= 0x7f && code < 0xa0);
    if (isControl || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return code;
  }
  return 0;
}

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const host = createNodeHost('.');
const archives = createArchiveHost();

const ruleWords = [
  ...yamlWords,
  ...words('requirements:|kernel: |arch: |platform: |when: |at-least: |same-as: |extends: |boot: |else: |symbols: '),
];

export const targets: readonly Target[] = [
  {
    name: 'config',
    words: configWords,
    seeds: (root) => filesIn(root, 'fixtures', '.config'),
    run: (bytes) => {
      const source = createSource('fuzz.config', latin1(bytes));
      const document = parseConfig(source);
      let at = 0;
      for (const { span } of linesOf(document)) {
        if (span.start < at || span.end > source.text.length)
          throw new Error(`a line from ${span.start} to ${span.end}`);
        at = span.end;
      }
      for (const { symbol } of settingsOf(document))
        if (!/^\w+$/.test(symbol)) throw new Error(`the symbol "${symbol}"`);
    },
  },
  {
    name: 'report',
    words: configWords,
    seeds: (root) => filesIn(root, 'fixtures', '.config', 20, 2000),
    run: (bytes) => {
      const target = { kernel: 6012000, arch: 'x86_64' } as const;
      const report = judgeText(builtIn.library, ['kubernetes-psi'], utf8(bytes), {
        kind: 'complete',
        target,
        path: 'a\u001b[31m\n::error::b.config',
      });
      for (const [name, make] of Object.entries(reporters)) {
        const text = make(style).file(report);
        if (plain.includes(name) && forbidden(text) !== 0)
          throw new Error(`${name} lets U+${forbidden(text).toString(16)} through`);
        if (
          name === 'github' &&
          text.split('\n').some((line) => line !== '' && !/^::(?:error|warning|notice) /.test(line))
        )
          throw new Error(`a line that is no annotation: ${text}`);
      }
    },
  },
  {
    name: 'yaml',
    words: yamlWords,
    seeds: (root) => filesIn(root, 'rules', '.yaml', 20, 3000),
    run: (bytes) => void readYaml(createSource('fuzz.yaml', utf8(bytes))),
  },
  {
    name: 'profile',
    words: ruleWords,
    seeds: (root) => filesIn(root, 'rules', '.yaml', 30, 3000),
    run: (bytes) => void loadProfile(emptyDraft(), 'fuzz', createSource('fuzz.yaml', utf8(bytes))),
  },
  {
    name: 'facts',
    words: ruleWords,
    seeds: (root) => ['rules/symbols', 'rules/capabilities'].flatMap((name) => filesIn(root, name, '.yaml', 15, 3000)),
    run: (bytes) => {
      const source = createSource('fuzz.yaml', utf8(bytes));
      loadSymbols(emptyDraft(), source);
      readCapabilities(source);
    },
  },
  {
    name: 'kconfig',
    words: kconfigWords,
    seeds: (root) => [bytesOf(kconfig), ...filesIn(root, 'src/checks', 'Example.kconfig')],
    run: (bytes) => void compile(latin1(bytes)),
  },
  {
    name: 'olddefconfig',
    words: configWords,
    seeds: () => [bytesOf('CONFIG_A=y\nCONFIG_B=m\nCONFIG_S="x"\nCONFIG_N=3\n# CONFIG_C is not set\nCONFIG_D=y\n')],
    run: (bytes) => {
      const text = latin1(bytes);
      const once = olddefconfig(kconfig, text).join('\n');
      const twice = olddefconfig(kconfig, `${once}\n`).join('\n');
      if (once !== twice) throw new Error(`not the same the second time:\n${once}\n--\n${twice}`);
      mergeConfigs([text, 'CONFIG_A=y\n']);
    },
  },
  {
    name: 'model',
    words: [],
    seeds: () => [
      encodeModel({ model: small, configs: { defconfig: 'CONFIG_A=y\n' }, toolchains: {}, source: 'fuzz' }),
    ],
    run: (bytes) => {
      try {
        decodeModel(bytes);
      } catch (error) {
        if (!(error instanceof ModelFormatError)) throw error;
      }
    },
  },
  {
    name: 'gzip',
    words: [],
    seeds: (root) => filesIn(root, 'fixtures', '.config', 5).map((bytes) => gzipSync(bytes)),
    run: (bytes) => {
      const path = join(folder, 'input');
      writeFileSync(path, bytes);
      const source = host.readSource(path, {
        limit: limits.fileSize,
        unzippedLimit: limits.decompressedSize,
        keep: false,
      });
      if (!('error' in source)) parseConfig(source);
    },
  },
  {
    name: 'archive',
    words: words(
      'ustar|./|../|!<arch>\\n|`\\n|070701|TRAILER!!!|.wh.|.wh..wh..opq|manifest.json|index.json|oci-layout|sha256:|"Layers"|boot/config-',
    ),
    seeds: () => [
      tarOfFiles({ 'boot/config-6.12.0': 'CONFIG_A=y\n', 'boot/vmlinuz-6.12.0': 'x' }),
      tarOfFiles(ociLayout([{ layers: [tarOfFiles({ 'boot/config-6.12.0': 'CONFIG_A=y\n' })] }])),
      dockerSave([gzipSync(tarOfFiles({ 'kernel/config.gz': gzipSync('CONFIG_A=y\n') }))]),
      gzipSync(tarOfFiles({ a: 'x' })),
    ],
    run: (bytes) => {
      const open = () => ({ ...sourceOf(bytes), close: () => {} });
      configsInArchive('fuzz.tar', { ...archives, open }, nodeZlib);
    },
  },
  {
    name: 'bundle',
    words: words('KERNEL_ARCH=|KERNEL_CONFIG=sha256:|hsqs|\\n|"capabilities": [|"kernel": |{|}|,|Xen'),
    seeds: (root) => [
      ...filesIn(root, 'fixtures/bundles', 'metadata'),
      ...filesIn(root, 'fixtures/bundles', '.squashfs'),
      bytesOf('{ "kernel": "6.12.11", "capabilities": ["vsock", "tun"], "sha256_vmlinux": "00" }\n'),
    ],
    run: (bytes) => {
      readMetadata(createSource('metadata', utf8(bytes)));
      readSquashfs(bytes);
      const elf = readElf(bytes);
      if (elf !== undefined) pvhEntry(elf);
      jsonFields(utf8(bytes));
    },
  },
  {
    name: 'unpack',
    words: [],
    seeds: (root) => {
      // Without checksums, so that damage gets as far as it can.
      const packers = [
        packer('gzip'),
        packer('bzip2'),
        packer('xz', '--check=none', '-0'),
        packer('lzma', '-0'),
        packer('lzop', '-F'),
        packer('lz4', '-l'),
        packer('lz4', '--no-frame-crc'),
        packer('zstd', '--no-check'),
        packer('zstd', '--no-check', '-19'),
      ];
      const texts = [...filesIn(root, 'fixtures', '.config', 2), noise(3000)];
      return packers.filter(({ available }) => available).flatMap(({ pack }) => texts.map(pack));
    },
    run: (bytes) => {
      const unpacked = unpack(bytes, 0, { limit: 1 << 20, zlib: nodeZlib });
      if ('bytes' in unpacked && unpacked.bytes.length > 1 << 20) throw new Error('more than the limit');
    },
  },
  {
    name: 'image',
    words: ['IKCFG_ST', '\x1f\x8b\x08', 'HdrS', 'zimg', '\x7fELF', 'Linux version 6.1'],
    seeds: (root) => {
      const [config = noise(9)] = filesIn(root, 'fixtures', '.config', 1);
      const parts = { config: Buffer.from(config), filler: noise(400) };
      return [
        vmlinux(parts),
        bzImage(gzipSync(vmlinux(parts))),
        zbootImage(gzipSync(arm64Image(parts)), 'gzip'),
        gzipSync(gzipSync(arm64Image(parts))),
      ];
    },
    run: (bytes) => void configIn(bytes, nodeZlib),
  },
  ...projectTargets,
];
