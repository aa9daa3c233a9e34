/** Every limit of docs/limits.md: the page says what the code does, and each holds on both sides; only the command line raises any. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archiveLimits } from '../../src/artifacts/archive/limits.ts';
import { largestWindow } from '../../src/artifacts/compression/zstd.ts';
import { imageLimits } from '../../src/artifacts/image.ts';
import { readJson } from '../../src/artifacts/json.ts';
import { manifestLimit } from '../../src/artifacts/manifest.ts';
import { treeLimits } from '../../src/artifacts/tree.ts';
import { usualLimits } from '../../src/cli/limits.ts';
import { commands } from '../../src/cli/run.ts';
import { maximumDepth } from '../../src/kconfig/expression.ts';
import { kconfigLimits } from '../../src/kconfig/index.ts';
import {
  maximumArguments,
  maximumExpanded,
  maximumExpansions,
  maximumLength,
  maximumNesting,
} from '../../src/kconfig/macro.ts';
import { modelLimits, treeFileLimit } from '../../src/node-kernel-host.ts';
import { readYaml, readYamlTrees, yamlLimits } from '../../src/profiles/yaml.ts';
import { sizeLimit } from '../../src/project/baseline.ts';
import { fileLimit, mostFiles as mostNameFiles } from '../../src/project/extra-symbols.ts';
import { mostFiles } from '../../src/project/own-profiles.ts';
import { createSource } from '../../src/source.ts';
import { root } from '../support/corpus.ts';
import { elfHeader, embedded, noise, vmlinux } from '../support/images.ts';
import { compile, problemsOf } from '../support/kconfig.ts';
import { ociLayout, tarOfFiles } from '../support/tars.ts';
import { good } from './hostile-case.ts';
import { runCase } from './run-case.ts';

const inCode: Readonly<Record<string, number>> = {
  'compressions around a kernel or a config': imageLimits.depth,
  'bytes of a window of zstd': largestWindow,
  'files and folders of an archive': archiveLimits.entries,
  'bytes that an archive or a layer unfolds to': archiveLimits.unpacked,
  'bytes that an xz, zstd or bzip2 archive unfolds to': archiveLimits.wholeUnpacked,
  'bytes of an index or manifest of a container image': archiveLimits.json,
  'layers of a container image': archiveLimits.layers,
  'images in an archive': archiveLimits.images,
  'indexes within indexes': archiveLimits.nesting,
  'links on the way to a file in an archive': archiveLimits.links,
  'bytes of a profile or a project file': yamlLimits.size,
  'levels of YAML within one another': yamlLimits.depth,
  'keys of a mapping': yamlLimits.keys,
  'profile files that extend each other': mostFiles,
  'bytes of a baseline': sizeLimit,
  'bytes of a VM manifest or a command line': manifestLimit,
  'documents of a VM manifest': yamlLimits.documents,
  'values of a VM manifest': treeLimits.nodes,
  'levels of JSON within one another': treeLimits.depth,
  'bytes of a file of `--extra-symbols`': fileLimit,
  'files of a pattern of `--extra-symbols`': mostNameFiles,
  'files of a kernel tree': kconfigLimits.files,
  'bytes of a file of a kernel tree': treeFileLimit,
  'characters of all files of a kernel tree': kconfigLimits.text,
  'files and blocks of Kconfig within one another': kconfigLimits.nesting,
  'entries and symbols of a kernel tree': kconfigLimits.entries,
  'levels of an expression of Kconfig': maximumDepth,
  'macros of Kconfig within one another': maximumNesting,
  'arguments of a macro': maximumArguments,
  'characters of one expansion of a macro': maximumLength,
  'expansions of all macros of a tree': maximumExpansions,
  'characters of all expansions of a tree': maximumExpanded,
  'bytes of a compiled model': modelLimits.packed,
  'bytes of a compiled model, unpacked': modelLimits.unpacked,
};

describe('docs/limits.md', () => {
  const rows = [
    ...readFileSync(join(root, 'docs/limits.md'), 'utf8').matchAll(/^\| (.+?) \| (\d+) \| (?:`(.+?)` )?\|$/gm),
  ];

  it('tells what can be raised, and from where', () => {
    const raised = rows.filter(([, , , name]) => name !== undefined);
    expect(Object.fromEntries(raised.map(([, , usual, name]) => [name, Number(usual)]))).toEqual(usualLimits);
  });

  it('tells every other limit', () => {
    const fixed = rows.filter(([, , , name]) => name === undefined);
    expect(Object.fromEntries(fixed.map(([, what, usual]) => [what, Number(usual)]))).toEqual(inCode);
  });
});

type Files = Parameters<typeof good>[2];
const run = (args: string, files: Files = {}, env: Readonly<Record<string, string>> = {}) => {
  const { exit, err, out } = runCase(good('', `${args} -f text`, files, { env })).plain;
  return { exit, err, out };
};

const head = 'CONFIG_A=y\n';
const ofSize = (bytes: number): Buffer => {
  const text = Buffer.alloc(bytes, '#\n');
  // Few lines: only the size is to count.
  const line = `# ${'x'.repeat(60_000)}\n`;
  for (let at = 0; at + line.length <= bytes; at += line.length) text.write(line, at);
  text.write(head);
  text.write('#', head.length);
  return text;
};
const ofLines = (lines: number): string => `${head}${'\n'.repeat(lines - 1)}`;
const ofSettings = (count: number): string => Array.from({ length: count }, (_, i) => `CONFIG_A${i}=y\n`).join('');
const ofLine = (length: number): string => `${head}# ${'x'.repeat(length - 2)}\n`;
const withPlaces = (count: number): Buffer => {
  const place = Buffer.concat([Buffer.from('IKCFG_ST'), Buffer.from([0x1f, 0x8b, 8]), noise(40)]);
  return Buffer.concat([elfHeader(62), ...Array.from({ length: count }, () => place), embedded(head)]);
};

/** A config at a limit, one beyond it, and what raises that. */
const raisable: readonly (readonly [
  name: string,
  at: () => Uint8Array | string,
  beyond: () => Uint8Array | string,
  more: string,
])[] = [
  ['config-size', () => ofSize(8 << 20), () => ofSize((8 << 20) + 1), '9M'],
  ['config-unpacked', () => gzipSync(ofSize(16 << 20)), () => gzipSync(ofSize((16 << 20) + 1)), '17M'],
  ['line-length', () => ofLine(65_536), () => ofLine(65_537), '65537'],
  ['lines', () => ofLines(200_000), () => ofLines(200_001), '200001'],
  ['settings', () => ofSettings(100_000), () => ofSettings(100_001), '100001'],
  ['image-places', () => withPlaces(127), () => withPlaces(128), '256'],
];

describe('a limit that can be raised', () => {
  it.each(raisable)('%s', (name, at, beyond, more) => {
    const file = 'x.config --kconfig off';
    expect(run(file, { 'x.config': at() })).toMatchObject({ exit: 0, err: '' });
    const config = { 'x.config': beyond() };
    const refused = run(file, config);
    expect(refused.exit).toBe(3);
    const figure = usualLimits[name as keyof typeof usualLimits];
    expect(refused.err).toMatch(new RegExp(`more than ${figure} |longer than ${figure} `));
    expect(refused.err).toContain(`--limit ${name}=NUMBER`);
    expect(run(`${file} --limit ${name}=${more}`, config)).toMatchObject({ exit: 0, err: '' });
    // Nothing but the command line raises it.
    for (const key of ['limit', 'limits', name]) {
      const project = { ...config, '.kconfig-lint.yaml': `${key}: ${name}=${more}\n` };
      expect(run(file, project)).toMatchObject({ exit: 2, err: expect.stringContaining(`unknown key "${key}"`) });
    }
    const names = [
      'LIMIT',
      'KCONFIG_LINT_LIMIT',
      name.toUpperCase(),
      `KCONFIG_LINT_${name.toUpperCase().replaceAll('-', '_')}`,
    ];
    const env = Object.fromEntries(names.map((each) => [each, `${name}=${more}`]));
    expect(run(file, config, env)).toEqual(refused);
  });

  it('is not raised by a comment in the file, nor by a profile', () => {
    const waived = `# kconfig-lint-disable line-too-long -- it is that long\n# kconfig-lint-limit line-length=1M\n${ofLine(65_537)}`;
    expect(run('x.config', { 'x.config': waived }).exit).toBe(3);
    const profile =
      'title: O\ndescription: D.\nlimit: [line-length=1M]\nrequirements:\n  a: { require: { A: y }, reason: R., references: ["https://example.org/"] }\n';
    expect(run('x.config -p ./own.yaml', { 'x.config': ofLine(65_537), 'own.yaml': profile })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('unknown key "limit"'),
    });
  });

  it.each([['config-size=9M', 'line-length=1M', 'lines=300000', 'settings=200000']])(
    'also in fix, which reads what it wrote',
    (...limits) => {
      const config = `CONFIG_A = y\n${ofLine(65_537)}`;
      const raise = limits.map((each) => `--limit ${each}`).join(' ');
      expect(runCase(good('', `fix x.config --write ${raise}`, { 'x.config': config })).plain).toMatchObject({
        exit: 0,
        err: '',
      });
      expect(runCase(good('', 'fix x.config --write', { 'x.config': config })).plain.exit).toBe(3);
    },
  );

  it('of an image', () => {
    const image = {
      vmlinuz: Buffer.concat([
        elfHeader(62),
        gzipSync(Buffer.alloc(imageLimits.payload + 1)),
        vmlinux({ config: head, filler: noise(100) }),
      ]),
    };
    expect(run('vmlinuz', image).exit).toBe(0);
    const alone = { vmlinuz: Buffer.concat([elfHeader(62), gzipSync(Buffer.alloc(imageLimits.payload + 1))]) };
    expect(run('vmlinuz', alone)).toMatchObject({
      exit: 3,
      err: expect.stringMatching(/unfolds to more than 268435456 bytes[\s\S]*--limit image-part=NUMBER/),
    });
    // Looked at whole, there is nothing in it.
    expect(run('vmlinuz --limit image-part=300M', alone).err).not.toContain('image-limit');
  });

  it.each([
    ['size=1', 'there is no limit "size" that can be raised'],
    ['constructor=1', 'there is no limit "constructor" that can be raised'],
    ['config-size', '--limit cannot be "config-size"'],
    ['config-size=', '--limit cannot be "config-size="'],
    ['config-size=-1', '--limit cannot be "config-size=-1"'],
    ['config-size=1e99', '--limit cannot be "config-size=1e99"'],
    ['config-size=3G', '--limit cannot be "config-size=3G"'],
    ['config-size=9999999999G', '--limit cannot be "config-size=9999999999G"'],
    ['config-size=1', '--limit config-size is 8388608 as it is'],
  ])('not by %s', (value, message) => {
    const { exit, err } = run(`x.config --limit ${value}`, { 'x.config': head });
    expect([exit, err.split('\n')[0]]).toEqual([2, `kconfig-lint: ${message}`]);
    expect(err).toMatch(/^ {2}help: \S/m);
  });

  it('in every command that reads configs', () => {
    const able = commands.filter(({ options }) => options.some(({ name }) => name === 'limit')).map(({ name }) => name);
    expect(able).toEqual([
      'check',
      'running',
      'fix',
      'explain',
      'diff',
      'matrix',
      'resolve',
      'stack',
      'upgrade',
      'capabilities',
      'extract',
    ]);
  });
});

const yaml = (text: string) => readYaml(createSource('x.yaml', text));
const isRead = (text: string): boolean => 'value' in yaml(text);
const isManifest = (text: string): boolean => !('message' in readYamlTrees(createSource('vm', text)));
const isJson = (text: string): boolean => !('message' in readJson(createSource('vm', text)));
const lists = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
const mapping = (keys: number): string => Array.from({ length: keys }, (_, i) => `k${i}: v\n`).join('');
const padded = (text: string, size: number): string => `${text}#${'x'.repeat(size - text.length - 2)}\n`;
const sound = 'config Z\n\tbool "z"\n';
const isCompiled = (text: string, files: Record<string, string> = {}): boolean =>
  compile({ files: { Kconfig: text, ...files } }).model !== undefined;
const chain = (length: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`f${i}`, i === length - 1 ? sound : `source "f${i + 1}"\n`]));
const profiles = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `p${i}.yaml`,
      `title: P\ndescription: D.\n${i === count - 1 ? '' : `extends: [./p${i + 1}.yaml]\n`}requirements:\n  a: { require: { A: y }, reason: R., references: ["https://example.org/"] }\n`,
    ]),
  );
const layers = (count: number): Record<string, Uint8Array> => {
  const layer = tarOfFiles({ 'boot/config-6.12.0': head });
  const files = ociLayout([{ layers: Array.from({ length: count }, () => layer) }]);
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`image/${path}`, bytes]));
};

/** Whether the thing is taken with so much of it. */
const fixed: readonly (readonly [what: string, limit: number, isTaken: (size: number) => boolean])[] = [
  [
    'compressions around a config',
    imageLimits.depth,
    (n) =>
      run('x.config --kconfig off', {
        'x.config': Array.from({ length: n }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from(head)),
      }).exit === 0,
  ],
  ['bytes of a profile or a project file', yamlLimits.size, (n) => isRead(padded('a: b\n', n))],
  ['levels of YAML', yamlLimits.depth, (n) => isRead(lists(n))],
  ['levels of a manifest in YAML', yamlLimits.depth, (n) => isManifest(lists(n))],
  ['keys of a mapping', yamlLimits.keys, (n) => isRead(mapping(n))],
  ['profile files', mostFiles, (n) => run('x.config -p ./p0.yaml', { 'x.config': head, ...profiles(n) }).exit === 0],
  ['bytes of a manifest', manifestLimit, (n) => isManifest(padded('a: b\n', n))],
  ['documents of a manifest', yamlLimits.documents, (n) => isManifest('---\na: b\n'.repeat(n))],
  ['levels of JSON', treeLimits.depth, (n) => isJson(lists(n))],
  ['values of JSON', treeLimits.nodes, (n) => isJson(`[${'1,'.repeat(n - 1)}1]`)],
  [
    'bytes of names of symbols',
    fileLimit,
    (n) => run('x.config --extra-symbols names', { 'x.config': head, names: padded('A\n', n) }).exit === 0,
  ],
  ['layers of an image', archiveLimits.layers, (n) => run('image --kconfig off', layers(n)).exit === 0],
  ['files of Kconfig within one another', kconfigLimits.nesting, (n) => isCompiled('source "f0"\n', chain(n - 1))],
  [
    'blocks of Kconfig within one another',
    kconfigLimits.nesting,
    (n) => isCompiled(`${'menu "m"\n'.repeat(n)}${sound}${'endmenu\n'.repeat(n)}`),
  ],
  ['levels of an expression', maximumDepth, (n) => isCompiled(`${sound}\tdepends on ${'!'.repeat(n - 1)}Y\n`)],
  ['arguments of a macro', maximumArguments, (n) => isCompiled(`f = $(1)\nX := $(f${',a'.repeat(n - 1)})\n${sound}`)],
  [
    'characters of an expansion',
    maximumLength,
    (n) =>
      isCompiled(
        `X0 := ${'x'.repeat(1 << 10)}\n${Array.from({ length: 10 }, (_, i) => `X${i + 1} := $(X${i})$(X${i})\n`).join('')}Y := ${'y'.repeat(n - (1 << 20))}$(X10)\n${sound}`,
      ),
  ],
  ['macros within one another', maximumNesting, (n) => isCompiled(`X := ${'$('.repeat(n)}y${')'.repeat(n)}\n${sound}`)],
];

describe('a limit that stands', () => {
  it.each(fixed)('%s: %d', (_, limit, isTaken) => {
    expect(isTaken(limit)).toBe(true);
    expect(isTaken(limit + 1)).toBe(false);
  });

  it('on expansions of all macros', () => {
    const doubled = (levels: number) =>
      `X0 =\n${Array.from({ length: levels }, (_, i) => `X${i + 1} = $(X${i})$(X${i})\n`).join('')}Y := $(X${levels})\n${sound}`;
    expect(isCompiled(doubled(18))).toBe(true);
    expect(problemsOf(doubled(19))).toEqual(['macro-too-large 21']);
  });
});
