/** The command line: exit codes, what goes where, and what is said to who misspells. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptions, formats, type OptionSpec, resolveOptions } from '../../src/cli/options.ts';
import { parsePlain, parsePlainResolve } from '../../src/cli/plain.ts';
import { commands, parse, run } from '../../src/cli/run.ts';
import { version } from '../../src/cli/version.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';

const files = {
  'good.config': 'CONFIG_PSI=y\n',
  'warn.config': 'CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n',
  'bad.config': 'CONFIG_PSI = y\n',
  'empty.config': '',
  'prose.config': 'dear diary\n',
  'dir/.config': 'CONFIG_A=y\n',
  'dir/config-6.1': 'CONFIG_A=y\n',
  'dir/linux-config-6.1-x86_64': 'CONFIG_A=y\n',
  'dir/sub/x_defconfig': 'CONFIG_A=y\n',
  'dir/sub/y.fragment': 'CONFIG_A=y\n',
  'dir/readme.txt': 'no\n',
  'dir/node_modules/z.config': 'junk\n',
  'other/readme.txt': 'no\n',
  'own.yaml':
    'title: O\ndescription: D.\nextends: [kubernetes-psi, ./base.yaml]\nrequirements:\n  A: { require: { A: y }, reason: R., references: ["https://x.org"] }\n',
  'base.yaml':
    'title: B\ndescription: D.\nrequirements:\n  B: { require: { B: y }, reason: R., references: ["https://x.org"] }\n',
  'broken.yaml':
    'title: O\ndescription: D.\nrequirements:\n  A: { require: { A: y }, resaon: R., references: ["https://x.org"] }\n',
};

function cli(line: string, options: MemoryOptions = {}) {
  const host = memoryHost({ files, ...options });
  const exit = run(
    line.split(' ').filter((word) => word !== ''),
    host,
    createKernelHost(join(root, 'models')),
  );
  return { exit, out: host.out(), err: host.err(), written: host.written };
}

const psi = '--profile kubernetes-psi --kernel 6.12';

describe('exit codes', () => {
  it.each([
    [`good.config ${psi}`, 0],
    [`warn.config ${psi}`, 0],
    [`warn.config ${psi} --fail-on warning`, 1],
    [`warn.config ${psi} --max-warnings 0`, 1],
    [`warn.config ${psi} --max-warnings 1`, 0],
    ['bad.config', 1],
    ['bad.config --fail-on never', 0],
    ['bad.config --quiet', 1],
    ['bad.config --verbose', 1],
    ['', 2],
    ['bad.config --profile nope', 2],
    ['bad.config --nope', 2],
    ['bad.config --kernel six', 2],
    ['bad.config --arch z80', 2],
    ['bad.config --boot initramfs', 2],
    ['bad.config --format xml', 2],
    ['bad.config --max-warnings many', 2],
    ['bad.config --kernel', 2],
    ['bad.config --kernel 5.10 --kernel 6.1', 2],
    ['bad.config --profile broken.yaml', 2],
    ['bad.config --profile ./gone.yaml', 2],
    ['bad.config -o xml=report', 2],
    ['bad.config -o bad.config', 2],
    ['bad.config -o json', 2],
    ['bad.config -o sarif=', 2],
    ['bad.config -o =report', 2],
    ['bad.config -o report.sarif', 2],
    ['bad.config -f sarif -o report.json', 1],
    ['bad.config -o json=report -o sarif=./report', 2],
    ['gone.config', 3],
    ['gone.config bad.config', 3],
    ['empty.config', 3],
    ['prose.config', 3],
    ['other', 3],
    ['dir', 0],
    ['profiles', 0],
    ['profiles nope', 2],
    ['explain', 2],
    ['explain zzzz', 2],
    ['diff good.config', 2],
    ['diff good.config gone.config', 3],
    ['matrix', 2],
    ['matrix gone.config', 3],
    ['completion tcsh', 2],
  ])('%s: %d', (line, exit) => {
    expect(cli(line).exit).toBe(exit);
  });

  it('tell when a report could not be written', () => {
    expect(cli('good.config', { broken: 'ENOSPC' })).toMatchObject({
      exit: 4,
      err: 'kconfig-lint: the output could not be written whole (ENOSPC)\n',
    });
    expect(cli('good.config -o json=out', { full: 'ENOSPC' }).exit).toBe(4);
    expect(cli('profiles', { broken: 'closed' }).exit).toBe(0);
    expect(cli('bad.config', { broken: 'closed' })).toMatchObject({ exit: 1, err: '' });
    expect(cli('matrix good.config -p kubernetes-psi', { broken: 'EIO' }).exit).toBe(4);
    expect(cli('diff good.config warn.config', { broken: 'EIO' }).exit).toBe(4);
  });

  it.each(['profiles', 'profiles --format json', 'explain krata-zone', 'completion bash', '--help', '--version'])(
    'tell when %s could not be written',
    (line) => {
      const err = 'kconfig-lint: the output could not be written whole (ENOSPC)\n';
      expect(cli(line, { broken: 'ENOSPC' })).toMatchObject({ exit: 4, err });
    },
  );

  it('never come without a word', () => {
    const told = (line: string) => cli(`warn.config ${psi} ${line}`);
    const allowed = 'kconfig-lint: 1 warning, and --max-warnings allows 0\n';
    expect(told('--max-warnings 0')).toMatchObject({ exit: 1, err: allowed });
    expect(told('--quiet --max-warnings 0')).toMatchObject({ exit: 1, err: allowed });
    const counted = 'kconfig-lint: 1 warning, which --quiet leaves out and --fail-on warning counts\n';
    expect(told('--quiet --fail-on warning')).toMatchObject({ exit: 1, err: counted });
    expect(told('--quiet')).toMatchObject({ exit: 0, err: '' });
    expect(told('--fail-on warning')).toMatchObject({ exit: 1, err: '' });
  });

  it('come with the inputs that could not be read, in every format', () => {
    const unread = { path: 'gone.config', code: 'missing' };
    expect(JSON.parse(cli('diff good.config gone.config -f json').out)).toMatchObject({ failures: [unread] });
    const { rows, failures } = JSON.parse(cli('matrix good.config gone.config -p kubernetes-psi -f json').out);
    expect([rows.length, failures]).toMatchObject([1, [unread]]);
    const page = cli('matrix good.config gone.config -p kubernetes-psi -f markdown').out;
    expect(page).toMatch(/^\| config \| kubernetes-psi \|\n[\s\S]*\nNot read:\n\n- gone\.config: no such file\n$/);
    expect(cli('matrix gone.config -f markdown').out).toBe('Not read:\n\n- gone.config: no such file\n');
  });
});

describe('what is said to who misspells', () => {
  it.each([
    ['good.config --profile krata-zon', 'did you mean krata-zone?'],
    ['good.config --profil x', 'did you mean --profile?'],
    ['good.config --format sarf', 'did you mean sarif?'],
    ['explian XEN', 'did you mean the command explain?'],
    ['good.config -z', 'there is no option -z'],
    ['good.config -p', '-p lacks a value'],
    ['good.config --arch arm46', 'did you mean arm64'],
    ['good.config --boot initrc', 'did you mean initrd'],
    ['good.config --profile kubernetes-node@1.3', 'it knows 1.31, 1.32'],
    ['good.config --profile krata-zone@1', 'write --profile krata-zone'],
    ['good.config --kernel', '--kernel lacks a value'],
    ['goodd.config', 'near it is good.config'],
    ['dir/config-6.2', 'near it is dir/config-6.1'],
    ['nowhere/x.config', 'the folder nowhere is not there either'],
    ['profiles virtnik', 'did you mean virtink?'],
    ['explain CONFIG_PSY', 'did you mean CONFIG_PSI'],
    ['explain duplicate-assignmnt', 'did you mean duplicate-assignment'],
    ['completion bahs', 'did you mean bash?'],
    ['good.config --profile broken.yaml', 'did you mean reason?'],
  ])('%s', (line, hint) => {
    const { err, out } = cli(line);
    expect(err).toContain(hint);
    expect(out.startsWith('{')).toBe(false);
  });

  it('names file, line and column in a profile', () => {
    expect(cli('good.config --profile broken.yaml').err).toMatch(
      /^broken\.yaml:4:27: unknown key "resaon" in "A"\n {2}help: did you mean reason\?/,
    );
  });

  it('is data where data was asked for', () => {
    const valid = new Ajv2020().compile(JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')));
    for (const line of [
      'x.config --format json --nope',
      'x.config --profile nope -f json',
      'x.config --format=json --kernel six',
      'gone.config -f json',
      'bad.config warn.config -f json -p all',
    ]) {
      const value = JSON.parse(cli(line).out);
      expect(valid(value), `${line} ${JSON.stringify(valid.errors)}`).toBe(true);
    }
  });
});

describe('inputs', () => {
  it('are found in folders by their names, sorted, without node_modules', () => {
    const { out } = cli('dir --format json');
    expect(JSON.parse(out).files.map(({ path }: { path: string }) => path)).toEqual([
      'dir/.config',
      'dir/config-6.1',
      'dir/linux-config-6.1-x86_64',
      'dir/sub/x_defconfig',
      'dir/sub/y.fragment',
    ]);
  });

  it('are read once, however often they are named', () => {
    expect(JSON.parse(cli('good.config ./good.config good.config -f json').out).files).toHaveLength(1);
  });

  it('may be standard input under a name', () => {
    const { out, exit } = cli('- --stdin-filename linux-arm64-6.1.config -f json', { stdin: 'CONFIG_PSI = y\n' });
    expect(JSON.parse(out).files[0]).toMatchObject({
      path: 'linux-arm64-6.1.config',
      target: { arch: 'arm64', kernel: '6.1' },
    });
    expect(exit).toBe(1);
    expect(
      JSON.parse(cli('good.config - bad.config -f json', { stdin: 'CONFIG_A=y\n' }).out).files.map(
        ({ path }: { path: string }) => path,
      ),
    ).toEqual(['good.config', '<stdin>', 'bad.config']);
  });

  it('that cannot be read do not hide the findings of the others', () => {
    const { out, err } = cli('gone.config bad.config -f unix');
    expect(err).toContain('gone.config: error[missing]: no such file');
    expect(out).toContain('bad.config:1:1: error:');
  });

  it('are what the user says they are', () => {
    expect(cli(`good.config -p cgroup-v2 --kind complete --kernel 6.1 -f json`).exit).toBe(1);
    expect(cli(`good.config -p cgroup-v2 --kernel 6.1`).exit).toBe(0);
  });
});

describe('outputs', () => {
  it('go to files as well, each in its format, and standard output stays', () => {
    const { out, written } = cli('bad.config -o sarif=a.sarif -o json=b.json -o md --output unix=c');
    expect(out).toMatch(/^✖ bad\.config/);
    expect(JSON.parse(written.get('a.sarif')!).version).toBe('2.1.0');
    expect(JSON.parse(written.get('b.json')!).schemaVersion).toBe(1);
    expect(written.get('md')).toMatch(/^✖ bad\.config/);
    expect(written.get('c')).toMatch(/^bad\.config:1:1:/);
  });

  it.each(formats)('can be %s', (format) => {
    const { out, exit, err } = cli(`bad.config warn.config ${psi} --format ${format}`);
    expect([exit, err]).toEqual([1, '']);
    expect(out.length).toBeGreaterThan(10);
  });

  it.each([
    ['', {}, true, true],
    ['', {}, false, false],
    ['--color always', {}, false, true],
    ['--color never', {}, true, false],
    ['', { NO_COLOR: '1' }, true, false],
    ['--color always', { NO_COLOR: '1' }, true, true],
    ['', { FORCE_COLOR: '1' }, false, true],
    ['', { FORCE_COLOR: '0' }, true, false],
    ['', { TERM: 'dumb' }, true, false],
  ])('are coloured as asked: %s %j terminal %s: %s', (option, env, isTerminal, colored) => {
    expect(cli(`bad.config ${option}`, { env, isTerminal }).out.includes('\u001b[')).toBe(colored);
  });

  it('never hold colour in files', () => {
    expect(cli('bad.config --color always -o text=x').written.get('x')).not.toContain('\u001b[');
  });
});

describe('profiles of the user', () => {
  it('are read by path, with what they extend by path or by name', () => {
    const { out, exit, err } = cli('good.config -p ./own.yaml -p own.yaml --kind complete --kernel 6.12 -f json');
    expect([exit, err]).toEqual([1, '']);
    const [file] = JSON.parse(out).files;
    expect(file.findings.map(({ rule }: { rule: string }) => rule).sort()).toEqual(['base/B', 'own/A']);
    expect(file.profiles[0]).toMatchObject({ profile: 'own', met: 2, unmet: 2 });
  });

  it('can be shown like any other', () => {
    expect(cli('profiles own.yaml').out).toContain('own/A');
  });
});

describe('commands', () => {
  it.each([
    ...commands.map(({ name }) => `${name} --help`),
    '--help',
    '-h',
    '--version',
    'check --version',
    'completion bash',
    'completion zsh',
    'completion',
  ])('%s ends well', (line) => {
    const { exit, out, err } = cli(line);
    expect([exit, err]).toEqual([0, '']);
    expect(out.length).toBeGreaterThan(4);
  });

  it('name every option in their help', () => {
    const { out } = cli('check --help');
    for (const { name } of checkOptions) expect(out).toContain(`--${name}`);
    expect(cli('--version').out).toBe(`${version}\n`);
  });

  it('profiles: all of them, or every row of one', () => {
    expect(cli('profiles').out).toMatch(/^krata-zone +53 rows {2}krata zone kernel/m);
    expect(JSON.parse(cli('profiles -f json').out).profiles.length).toBeGreaterThan(17);
    const [shown] = JSON.parse(cli('profiles kubernetes-node@1.31 -f json').out).profiles;
    expect(shown).toMatchObject({ id: 'kubernetes-node', platform: 'Kubernetes 1.31' });
    expect(cli('profiles show kubernetes-psi').out).toContain('kubernetes-psi/psi-default-disabled');
  });

  it('explain: a check, a requirement, a profile, a symbol', () => {
    expect(cli('explain glued-lines').out).toContain('CONFIG_MICROVM=yCONFIG_IKCONFIG=y');
    expect(cli('explain krata-zone/XEN').out).toContain('krata-zone/XEN  CONFIG_XEN=y (error)');
    expect(cli('explain kubernetes-psi').out).toContain('Kubernetes pressure metrics');
    expect(cli('explain CONFIG_XEN_PV_SMP').out).toMatch(
      /Only on x86_64[\s\S]*no prompt[\s\S]*follows CONFIG_XEN_PV, CONFIG_SMP/,
    );
    expect(JSON.parse(cli('explain XEN_SAVE_RESTORE -f json').out)).toMatchObject({
      symbol: 'XEN_SAVE_RESTORE',
      facts: { removed: '6.18', hidden: true },
    });
  });

  it('diff: symbols and verdicts; 1 when an error-level requirement starts failing', () => {
    const { out, exit } = cli(`diff good.config warn.config ${psi}`);
    expect(out).toContain('kubernetes-psi/psi-default-disabled: unknown → unmet');
    expect(out).toContain('+ CONFIG_PSI_DEFAULT_DISABLED=y');
    expect(exit).toBe(0);
    const changed = {
      ...files,
      'a.config': 'CONFIG_CGROUPS=y\nCONFIG_HZ=100\nCONFIG_OLD=m\n',
      'b.config': '# CONFIG_CGROUPS is not set\nCONFIG_HZ=250\nCONFIG_NEW="x"\n',
    };
    const worse = cli('diff a.config b.config -p cgroup-v2 --kernel 6.1 -f json', { files: changed });
    expect(worse.exit).toBe(1);
    expect(JSON.parse(worse.out)).toMatchObject({
      changed: [
        { symbol: 'CGROUPS', before: 'y', after: 'n' },
        { symbol: 'HZ', before: '100', after: '250' },
      ],
      added: [{ symbol: 'NEW', after: '"x"' }],
      removed: [{ symbol: 'OLD', before: 'm' }],
    });
    expect(cli('diff b.config a.config -p cgroup-v2 --kernel 6.1', { files: changed }).exit).toBe(0);
    expect(cli('diff a.config b.config -f patch', { files: changed }).out).toBe(
      '--- a.config\n+++ b.config\n@@ -1,3 +1,3 @@\n-CONFIG_CGROUPS=y\n-CONFIG_HZ=100\n-CONFIG_OLD=m\n+# CONFIG_CGROUPS is not set\n+CONFIG_HZ=250\n+CONFIG_NEW="x"\n',
    );
    expect(cli('diff good.config good.config').out).toBe(
      '0 changed, 0 added, 0 removed; 0 requirements changed verdict\n',
    );
  });

  it('matrix: configs by profiles', () => {
    const line = 'matrix good.config warn.config bad.config -p kubernetes-psi -p cgroup-v2 --kernel 6.12';
    expect(cli(line).out).toMatch(/kubernetes-psi +\? 1 +▲ 1 +\? 2\ncgroup-v2 +\? \d+ +\? \d+ +\? \d+/);
    expect(cli(`${line} --format markdown`).out).toContain(
      '| config | kubernetes-psi | cgroup\\-v2 |'.replace('\\-', '-'),
    );
    expect(JSON.parse(cli(`${line} --format json`).out).rows).toHaveLength(3);
    expect([
      cli(line).exit,
      cli(`${line} --fail-on warning`).exit,
      cli(`${line} --kind complete`).exit,
      cli(`${line} --kind complete --fail-on never`).exit,
    ]).toEqual([0, 1, 1, 0]);
  });

  it('complete what could stand there', () => {
    expect(cli('--get-yargs-completions pro').out).toBe('profiles\n');
    expect(cli('--get-yargs-completions check --format s').out).toBe('sarif\n');
    expect(cli('--get-yargs-completions check -p krata').out).toBe('krata-host\nkrata-zone\n');
    expect(cli('--get-yargs-completions check --ker').out).toBe('--kernel\n');
  });
});

describe('the short way', () => {
  const value: Readonly<Record<string, readonly string[]>> = {
    profile: ['krata-zone', 'a,b', './x.yaml'],
    kernel: ['6.12', '5.10.1', 'x'],
    arch: ['arm64'],
    kind: ['auto', 'complete', 'nonsense'],
    boot: ['initrd', 'pci'],
    format: ['text', 'json', 'nope'],
    output: ['json=x', 'y'],
    color: ['never', 'blue'],
    'fail-on': ['warning'],
    'max-warnings': ['0', '17', '-1', 'x'],
    'stdin-filename': ['n'],
  };
  const optionOf = (specs: readonly OptionSpec[]) =>
    fc.constantFrom(...specs).chain((spec) => {
      const flags = spec.alias === undefined ? [`--${spec.name}`] : [`--${spec.name}`, `-${spec.alias}`];
      if (spec.type === 'flag') return fc.constantFrom(...flags).map((flag) => [flag]);
      const values = fc.constantFrom(...(value[spec.name] ?? ['x']));
      return fc.oneof(
        fc.tuple(fc.constantFrom(...flags), values).map(([flag, v]) => [flag, v]),
        values.map((v) => [`--${spec.name}=${v}`]),
      );
    });
  const wordsFor = (specs: readonly OptionSpec[]) =>
    fc
      .array(
        fc.oneof(
          { weight: 2, arbitrary: optionOf(specs) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(['a.config'], ['-'], ['check'], ['b c'], ['--nope'], ['1'], ['--help']),
          },
        ),
        { maxLength: 6 },
      )
      .map((lists) => lists.flat() as string[]);

  it.each([
    ['check', checkOptions, (argv: readonly string[]) => parsePlain(argv)],
    ['resolve', resolveOptions, (argv: readonly string[]) => parsePlainResolve(argv)],
  ] as const)('reads a command line of %s as yargs does, or leaves it to yargs', (name, specs, parsePlainly) => {
    let read = 0;
    fc.assert(
      fc.property(wordsFor(specs), (rest) => {
        const argv = name === 'resolve' ? ['resolve', ...rest] : rest;
        const plain = parsePlainly(argv);
        if (plain === undefined) return;
        read++;
        const full = parse(argv, memoryHost());
        expect(full).not.toHaveProperty('exit');
        if ('raw' in full) expect(plain).toEqual(full.raw);
      }),
      { numRuns: 600 },
    );
    expect(read).toBeGreaterThan(50);
  });
});
