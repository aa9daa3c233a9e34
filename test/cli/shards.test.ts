/** Eight shards as eight processes: their union is the single run, a lost one is named, what does not belong is refused. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../support/corpus.ts';

// Each of them starts processes, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const bin = join(root, 'dist/kconfig-lint.cjs');
const count = 8;
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-shards-'));
const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const isReport = new Ajv2020().compile(JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')));
const isRecord = new Ajv2020().compile(JSON.parse(readFileSync(join(root, 'schemas/ndjson.schema.json'), 'utf8')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], cwd = folder, input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    input: input ?? '',
    maxBuffer: 1 << 28,
  });
  return { exit: status, out: stdout, err: stderr };
}

/** A process of its own, beside others. */
function start(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: 'ignore' }).on('close', resolve);
  });
}

const shards = Array.from({ length: count }, (_, i) => i + 1);
const reports = (ending: string, but: readonly number[] = []) =>
  shards.filter((i) => !but.includes(i)).map((i) => `out/s${i}.${ending}`);

/** Configs of every kind: real, fragments, equal ones, packed, faulty, unreadable; and a profile of the user's own. */
function layInputs(): void {
  for (const name of ['configs/deep', 'out', 'project/configs']) mkdirSync(at(name), { recursive: true });
  const real = readdirSync(join(root, 'fixtures/real')).filter((name) => name.endsWith('.config'));
  for (const name of real.slice(0, 3)) cpSync(join(root, 'fixtures/real', name), at(`configs/${name}`));
  cpSync(join(root, 'fixtures/real', real[0] as string), at('configs/deep/same.config'));
  for (let i = 0; i < 24; i++)
    writeFileSync(
      at(`configs/f${i}.config`),
      `CONFIG_PCI=y\nCONFIG_A${i % 20}=y\nCONFIG_XEN=y\nCONFIG_XEN=${i % 2 ? 'n' : 'y'}\n`,
    );
  writeFileSync(at('configs/packed.config'), gzipSync('CONFIG_VIRTIO_BLK=m\nCONFIG_É=y\n'));
  mkdirSync(at('kernels/boot'), { recursive: true });
  for (const i of [1, 2]) cpSync(at(`configs/f${i}.config`), at(`kernels/boot/config-6.${i}.0`));
  execFileSync('tar', ['--create', '--file', at('kernels.tar'), '--directory', at('kernels'), 'boot']);
  writeFileSync(at('configs/bad.config'), 'garbage\n');
  writeFileSync(at('configs/empty.config'), '');
  writeFileSync(at('configs/own.config'), 'CONFIG_PCI=y\n# kconfig-lint-disable duplicate-assignment -- nothing\n');
  writeFileSync(
    at('own.yaml'),
    'title: Own\ndescription: A profile of my own.\nrequirements:\n  pci-is-off:\n    require: { PCI: n }\n    reason: No bus is wanted.\n    references: [https://example.org/]\n',
  );
}

const booted = ['--cmdline', 'console=ttyS0 nosuchparameter=1'];
const inputs = [
  'kernels.tar',
  'configs/deep',
  'configs/*.config',
  'gone.config',
  'nowhere/*.config',
  ...booted,
  '-p',
  'kvm-guest',
  '-p',
  './own.yaml',
];
const machine = (prefix: string) =>
  ['json', 'sarif', 'ndjson', 'junit', 'markdown', 'text'].flatMap((format) => [
    '-o',
    `${format}=out/${prefix}.${format}`,
  ]);

describe('eight shards', () => {
  let single: { exit: number | null; err: string };
  const exits: (number | null)[] = [];

  beforeAll(async () => {
    layInputs();
    single = run(['check', ...inputs, ...machine('single')]);
    exits.push(
      ...(await Promise.all(
        shards.map((i) =>
          start([
            'check',
            ...inputs,
            '--shard',
            `${i}/${count}`,
            ...['json', 'sarif', 'ndjson'].flatMap((format) => ['-o', `${format}=out/s${i}.${format}`]),
          ]),
        ),
      )),
    );
  });

  const shardOf = (i: number) => JSON.parse(text(`out/s${i}.json`));

  it('have work to share: the single run finds, and fails to read', () => {
    const { summary } = JSON.parse(text('out/single.json'));
    expect(single.exit).toBe(3);
    expect(summary.error).toBeGreaterThan(0);
    expect(summary.failures).toBe(4);
    expect(exits).toEqual(shards.map(() => 3));
  });

  it('take each file exactly once, and equal files together', () => {
    type Files = readonly { readonly path: string; readonly kind: string }[];
    // Each says of the command line what there is to say.
    const pathsOf = ({ files }: { files: Files }) =>
      files.filter(({ kind }) => kind !== 'command-line').map(({ path }) => path);
    const paths = shards.flatMap((i) => pathsOf(shardOf(i)));
    const all = pathsOf(JSON.parse(text('out/single.json')));
    expect(paths.toSorted()).toEqual(all.toSorted());
    expect(all.filter((path) => path.startsWith('kernels.tar!'))).toHaveLength(2);
    const holding = (path: string) =>
      shards.find((i) => shardOf(i).files.some((file: { path: string }) => file.path === path));
    for (const i of [0, 1, 2, 3]) expect(holding(`configs/f${i}.config`)).toBe(holding(`configs/f${i + 20}.config`));
    expect(new Set(shards.map((i) => shardOf(i).files.length)).size).toBeGreaterThan(1);
  });

  it('write what their schemas say', () => {
    for (const i of shards) {
      expect(isReport(shardOf(i)), JSON.stringify(isReport.errors)).toBe(true);
      for (const line of text(`out/s${i}.ndjson`).trimEnd().split('\n'))
        expect(isRecord(JSON.parse(line)), JSON.stringify(isRecord.errors)).toBe(true);
    }
    for (const line of text('out/single.ndjson').trimEnd().split('\n')) expect(isRecord(JSON.parse(line))).toBe(true);
  });

  it.each(['json', 'ndjson'])('merged from %s are the single run, byte for byte, in every format', (from) => {
    const { exit, err } = run(['merge-reports', ...reports(from), ...machine('merged'), '-f', 'unix']);
    expect(exit).toBe(single.exit);
    expect(err).toBe(single.err);
    for (const format of ['json', 'sarif', 'ndjson', 'junit', 'markdown', 'text'])
      expect(text(`out/merged.${format}`) === text(`out/single.${format}`), `${format} differs`).toBe(true);
  });

  it('merged from SARIF are the SARIF log of the single run', () => {
    const { exit, out } = run(['merge-reports', ...reports('sarif'), '-f', 'sarif']);
    expect(exit).toBe(3);
    expect(out === text('out/single.sarif')).toBe(true);
  });

  it('may be named in any order, and twice', () => {
    const named = [...reports('json').reverse(), 'out/s3.ndjson', 'out/s5.json', 'out/../out/s5.json'];
    const { out, err } = run(['merge-reports', ...named, '-f', 'json']);
    expect(out === text('out/single.json')).toBe(true);
    expect(err).toContain('shard 3 of 8 counts once');
    expect(err).toContain('shard 5 of 8 counts once');
  });

  it('name a shard that is lost, in every format, and never say that all is well', () => {
    const { exit, out, err } = run([
      'merge-reports',
      ...reports('json', [2, 5]),
      '-f',
      'json',
      '-o',
      'text=out/lost.text',
      '--fail-on',
      'never',
    ]);
    expect(exit).toBe(3);
    expect(err).toContain('shard 5 of 8 is missing: its files were not checked');
    const { failures, summary } = JSON.parse(out);
    expect(failures.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`).slice(0, 2)).toEqual([
      'missing-shard shard 2/8',
      'missing-shard shard 5/8',
    ]);
    expect(summary).toMatchObject({ exitCode: 3, failures: failures.length });
    expect(isReport(JSON.parse(out))).toBe(true);
    const sarif = run(['merge-reports', ...reports('sarif', [5]), '-f', 'sarif']);
    expect(sarif.exit).toBe(3);
    expect(JSON.parse(sarif.out).runs[0].invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 3 });
    expect(sarif.out).toContain('shard 5 of 8 is missing');
  });

  it('name a shard whose report is cut off, whatever the format', () => {
    for (const ending of ['json', 'ndjson']) {
      const whole = text(`out/s4.${ending}`);
      for (const length of [whole.length - 2, Math.floor(whole.length / 2), 100, 0]) {
        writeFileSync(at(`out/cut.${ending}`), whole.slice(0, length));
        const { exit, err } = run(['merge-reports', ...reports(ending, [4]), `out/cut.${ending}`]);
        expect(exit, `${ending} cut at ${length}`).toBe(3);
        expect(err).toContain(`out/cut.${ending}`);
        expect(err).toContain('shard 4 of 8 is missing');
      }
    }
  });

  it('refuse those of another run, and say what differs', () => {
    const other = (words: readonly string[], name: string) =>
      run(['check', ...words, '--shard', '1/8', '-o', `json=out/${name}.json`, '-q']);
    other(inputs.slice(0, -2), 'options');
    other([...inputs, 'own.yaml'], 'inputs');
    writeFileSync(at('own.yaml'), text('own.yaml').replace('{ PCI: n }', '{ PCI: y }'));
    other(inputs, 'profile');
    writeFileSync(at('own.yaml'), text('own.yaml').replace('{ PCI: y }', '{ PCI: n }'));
    run(['check', ...inputs, '--shard', '1/7', '-o', 'json=out/count.json', '-q']);
    writeFileSync(at('out/version.json'), text('out/s1.json').replace('"version":"', '"version":"9'));
    for (const [name, words] of [
      ['options', 'other options'],
      ['inputs', 'other inputs'],
      ['profile', 'other options or another project file'],
      ['count', 'one of 7 shards, not of 8'],
      ['version', 'kconfig-lint 9'],
    ]) {
      const { exit, err } = run(['merge-reports', ...reports('json', [1]), `out/${name}.json`]);
      expect(exit, name).toBe(2);
      expect(err).toContain(`${name}.json`);
      expect(err).toContain(words);
    }
    const twice = text('out/s1.json').replace('"severity":"error"', '"severity":"warning"');
    writeFileSync(at('out/changed.json'), twice);
    if (twice !== text('out/s1.json'))
      expect(run(['merge-reports', ...reports('json'), 'out/changed.json']).err).toContain('but they differ');
  });

  it('refuse what is no report, with the place of the fault', () => {
    writeFileSync(at('out/no.json'), '{"schemaVersion":1}');
    writeFileSync(at('out/noise.json'), 'hello\n');
    const lines = text('out/s1.json').split('\n');
    writeFileSync(
      at('out/wrong.json'),
      lines.map((line, i) => (i === 1 ? line.replace('"settings":', '"setting":') : line)).join('\n'),
    );
    for (const [name, words] of [
      ['no.json', 'must have required property'],
      ['noise.json', 'this is no report'],
      ['wrong.json', 'wrong.json:2'],
      ['gone.json', 'no such file'],
    ]) {
      const { exit, err } = run(['merge-reports', ...reports('json', [1]), `out/${name}`]);
      expect(exit, name).toBe(3);
      expect(err).toContain(words);
      expect(err).toContain('shard 1 of 8 is missing');
    }
  });
});

describe('a shard', () => {
  it.each([
    ['0/8', 'there is no shard 0'],
    ['9/8', 'there is no shard 9 of 8'],
    ['a/b', '"a/b" is not a shard'],
    ['3', '"3" is not a shard'],
    ['1/0', 'cannot be cut into 0 shards'],
    ['-1/8', ''],
    ['1/8/2', 'is not a shard'],
  ])('%s is refused where it makes no sense', (shard, words) => {
    const { exit, err } = run(['check', 'configs', `--shard=${shard}`]);
    expect(exit).toBe(2);
    expect(err).toContain(words);
  });

  it.each(['--fix', '--watch', '--update-baseline', '--prune-baseline'])('does not go with %s', (flag) => {
    const { exit, err } = run(['check', 'configs', '--shard', '1/2', flag]);
    expect(exit).toBe(2);
    expect(err).toContain(`--shard does not go with ${flag}`);
  });

  it('without a file is a success that says so', () => {
    writeFileSync(at('one.config'), 'CONFIG_PCI=y\n');
    const runs = shards.map((i) => run(['check', 'one.config', '--shard', `${i}/8`]));
    expect(runs.map(({ exit }) => exit)).toEqual(shards.map(() => 0));
    expect(runs.filter(({ err }) => err.includes('1 of 1 input')).length).toBe(1);
    expect(runs.filter(({ err }) => err.includes('none of 1 input is for it')).length).toBe(7);
  });

  it('reads standard input like a file of that content', () => {
    const content = 'CONFIG_PCI=y\n';
    const mine = (args: readonly string[], input?: string) =>
      [1, 2].filter((i) => run(['check', ...args, '--shard', `${i}/2`], folder, input).err.includes('1 of 1 input'));
    expect(mine(['-'], content)).toEqual(mine(['one.config']));
    const [index] = mine(['-'], content);
    const { out } = run(['check', '-', '--shard', `${index}/2`, '-f', 'json'], folder, content);
    expect(JSON.parse(out).files[0]).toMatchObject({ path: '<stdin>', settings: 1 });
  });
});

describe('shards of a project', () => {
  it('tell together which waivers are of no use', () => {
    for (let i = 0; i < 6; i++)
      writeFileSync(at(`project/configs/a${i}.config`), `CONFIG_PCI=y\nCONFIG_A${i}=y\nCONFIG_XEN=y\nCONFIG_XEN=n\n`);
    mkdirSync(at('project/.git'), { recursive: true });
    writeFileSync(
      at('project/.kconfig-lint.yaml'),
      `fail-on: warning
files:
  all:
    paths: configs/*.config
    kernels: 6.12
    arches: x86_64
waivers:
  - rule: duplicate-assignment
    files: configs/a3.config
    reason: It is known.
  - rule: unknown-symbol
    symbol: A2
    reason: It is a patch of ours.
  - rule: unknown-symbol
    symbol: NOBODY
    reason: It was a patch of ours.
  - rule: unknown-symbol
    symbol: A4
    expires: 2020-01-01
    reason: It was a patch of ours for a time.
`,
    );
    const cwd = at('project');
    const out = (name: string) =>
      ['json', 'sarif', 'text'].flatMap((format) => ['-o', `${format}=../out/${name}.${format}`]);
    const whole = run([...out('p')], cwd);
    expect(text('out/p.text')).toContain('this waiver of unknown-symbol accepts nothing');
    const of = [1, 2, 3];
    for (const i of of) {
      run(['--shard', `${i}/3`, ...out(`p${i}`)], cwd);
      expect(text(`out/p${i}.text`)).not.toContain('accepts nothing');
    }
    const merged = run([
      'merge-reports',
      ...of.map((i) => `out/p${i}.json`),
      ...out('pm').map((word) => word.replace('../', '')),
    ]);
    expect([merged.exit, whole.exit]).toEqual([1, 1]);
    for (const format of ['json', 'sarif', 'text'])
      expect(text(`out/pm.${format}`) === text(`out/p.${format}`), format).toBe(true);
    const log = run(['merge-reports', ...of.map((i) => `out/p${i}.sarif`), '-f', 'sarif']);
    expect(log.out === text('out/p.sarif')).toBe(true);
  });
});

describe('reports of many machines', () => {
  const report = (node: string, content: string, format: string) => {
    mkdirSync(at(`nodes/${node}`), { recursive: true });
    writeFileSync(at(`nodes/${node}/config`), content);
    return run(
      [
        'check',
        'config',
        '-p',
        'kvm-guest',
        '--kind',
        'complete',
        '--kernel',
        '6.12',
        '--arch',
        'x86_64',
        '--kconfig',
        'off',
        '-f',
        format,
        '--node',
        node,
      ],
      at(`nodes/${node}`),
    ).out;
  };

  it('say once what is true of all, and of which machines the rest is', () => {
    const streams = ['a', 'b', 'c', 'd'].map((node) =>
      report(node, `CONFIG_PCI=y\n${node === 'd' ? 'CONFIG_ACPI=y\n' : ''}`, 'ndjson'),
    );
    const log = streams.map((stream) => `kconfig-lint: a word on standard error\n${stream}`).join('');
    const { exit, out } = run(['merge-reports', '-', '--expect', '4'], folder, log);
    expect(exit).toBe(1);
    expect(out).toContain('on 4 machines');
    const { out: json } = run(['merge-reports', '-', '-f', 'json'], folder, log);
    const data = JSON.parse(json);
    expect(isReport(data), JSON.stringify(isReport.errors)).toBe(true);
    expect(data.files).toHaveLength(1);
    const [file] = data.files as [{ nodes: string[]; findings: { symbol: string; nodes: string[] }[] }];
    expect(file.nodes).toEqual(['a', 'b', 'c', 'd']);
    const nodesOf = (symbol: string) =>
      file.findings.filter((each) => each.symbol === symbol).map(({ nodes }) => nodes.join());
    expect(nodesOf('ACPI')).toEqual(['a,b,c']);
    expect(nodesOf('HYPERVISOR_GUEST')).toEqual(['a,b,c,d']);
    expect(data.summary.error).toBe(
      file.findings.filter((each) => (each as unknown as { severity: string }).severity === 'error').length,
    );
    expect(data.summary.files).toBe(4);
  });

  it('count a machine that reported twice once, and miss those that did not report', () => {
    const stream = report('a', 'CONFIG_PCI=y\n', 'json');
    writeFileSync(at('out/a1.json'), stream);
    writeFileSync(at('out/a2.json'), stream);
    const { exit, err } = run(['merge-reports', 'out/a1.json', 'out/a2.json', '--expect', '3', '--fail-on', 'never']);
    expect(exit).toBe(3);
    expect(err).toContain('a counts once');
    expect(err).toContain('2 of 3 expected reports are missing');
  });

  it('name the machine whose stream was cut off', () => {
    const first = report('a', 'CONFIG_PCI=y\n', 'ndjson');
    const second = report('b', 'CONFIG_PCI=y\n', 'ndjson');
    const cut = first.slice(0, first.lastIndexOf('{"type":"end"'));
    const { exit, err } = run(['merge-reports', '-', '--fail-on', 'never'], folder, cut + second);
    expect(exit).toBe(3);
    expect(err).toContain('(a)');
    expect(err).toContain('without an end record');
    const lines = first.split('\n');
    const lost = lines.filter((line) => !line.includes('"symbol":"ACPI"')).join('\n');
    expect(run(['merge-reports', '-'], folder, lost).err).toMatch(
      /of \d+ findings \(\w+\) of config the report has \d+/,
    );
  });
});
