/** Many files: with a cache and with several threads a run says, byte for byte, what it says without. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/cli/options.ts';
import { root } from '../support/corpus.ts';

const cli = join(root, 'dist/kconfig-lint.cjs');
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const header = '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 6.12.0 Kernel Configuration\n#\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-fleet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** A folder of its own with these files, and the user's cache folder beside it. */
function lay(files: Readonly<Record<string, string | Buffer>>): string {
  const own = join(folder, String(made++), 'work');
  mkdirSync(own, { recursive: true });
  for (const [name, content] of Object.entries(files)) put(own, name, content);
  return own;
}

function put(cwd: string, name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), content);
}

const homeOf = (cwd: string): string => join(cwd, '../home');
const resultsOf = (cwd: string): string => join(homeOf(cwd), 'kconfig-lint/results');

interface Result {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function lint(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    env: { ...environment, XDG_CACHE_HOME: homeOf(cwd), ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { exit: status, out: stdout, err: stderr };
}

const segments = (cwd: string): string[] =>
  existsSync(resultsOf(cwd)) ? readdirSync(resultsOf(cwd)).filter((name) => name.endsWith('.results')) : [];

/** A run that had to judge something anew leaves results behind. */
function isMiss(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  const before = segments(cwd).length;
  const cached = lint(cwd, args, env);
  const plain = lint(
    cwd,
    args.filter((word) => !word.startsWith('--cache')),
    env,
  );
  expect(cached).toEqual(plain);
  return segments(cwd).length > before;
}

/** Configs of every kind, good and bad, and some that cannot be read. */
function mixed(): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = {
    'complete.config': `${header}CONFIG_X86_64=y\nCONFIG_NET=y\nCONFIG_PSI = y\nCONFIG_NO_SUCH_THING=y\n`,
    'part.fragment': 'CONFIG_PSI=y\nCONFIG_PSI=m\nCONFIG_CGROUPS=n\nPSI=y\n',
    'waived.config': 'CONFIG_A=y # kconfig-lint-disable-line no-such-rule: because\nCONFIG_A=y\n',
    'linux-arm64-6.1.config': '# Linux/x86 5.10.0 Kernel Configuration\nCONFIG_CMDLINE="quiet psi=1"\nCONFIG_PSI=y\n',
    'latin.config': Buffer.from('CONFIG_DEFAULT_HOSTNAME="f\xfcr"\nCONFIG_PSI=y\n', 'latin1'),
    'utf8 name ✖.config': 'CONFIG_DEFAULT_HOSTNAME="für ✖"\nCONFIG_PSI=y\r\n',
    'empty.config': '',
    'prose.config': 'dear diary\n',
    'nul.config': 'CONFIG_A=y\0\n',
    'packed.config': gzipSync('CONFIG_PSI=y\nCONFIG_PSI=y\n'),
    'deep/er/.config': 'CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n',
  };
  for (let i = 0; i < 30; i++)
    files[`many/${i}.config`] = `CONFIG_PSI=${i % 3 === 0 ? 'n' : 'y'}\nCONFIG_NUMBER_${i}=y\n`;
  return files;
}

describe('a run over many files says the same', () => {
  it.each(formats)(
    'in the format %s',
    (format) => {
      const cwd = lay(mixed());
      const args = ['.', 'missing.config', '-p', 'kubernetes-psi', '-p', 'container-host', '-f', format];
      const plain = lint(cwd, [...args, '--jobs', '1']);
      expect(plain.exit).toBe(3);
      expect(lint(cwd, [...args, '--jobs', '3'])).toEqual(plain);
      expect(lint(cwd, [...args, '--cache', '--jobs', '2'])).toEqual(plain);
      expect(segments(cwd)).toHaveLength(1);
      expect(lint(cwd, [...args, '--cache'])).toEqual(plain);
      expect(lint(cwd, [...args, '--cache', '--jobs', '3'])).toEqual(plain);
      // All was found that can be.
      expect(segments(cwd)).toHaveLength(1);
    },
    120_000,
  );

  it('quietly, in full, in colour, and into several files at once', () => {
    const cwd = lay(mixed());
    const first = ['.', '-p', 'all'];
    for (const more of [['-q'], ['-v'], ['--color', 'always'], ['-o', 'sarif=a.sarif', '-o', 'b.txt', '-f', 'json']]) {
      const args = [...first, ...more];
      const written = () =>
        ['a.sarif', 'b.txt'].map((name) => existsSync(join(cwd, name)) && readFileSync(join(cwd, name), 'utf8'));
      const plain = [lint(cwd, args), written()];
      for (const way of [['--jobs', '2'], ['--cache'], ['--cache']])
        expect([lint(cwd, [...args, ...way]), written()]).toEqual(plain);
    }
  }, 120_000);

  it('in a project with groups, waivers, a baseline and manifests', () => {
    const project = [
      'files:',
      '  guests:',
      '    paths: guests/*.config',
      '    profiles: [kubernetes-psi, ./own.yaml]',
      '    cmdline: psi=1 quiet quiet',
      '  parts:',
      '    paths: parts/*.fragment',
      '    kernels: ["6.12"]',
      '    arches: [x86_64]',
      '    base: ./base.config',
      '    profiles: [kubernetes-psi]',
      'waivers:',
      '  - rule: own/A',
      '    files: [guests/1.config]',
      '    reason: known',
      '  - rule: own/A',
      '    files: [guests/nowhere.config]',
      '    reason: of no use',
      'baseline: known.json',
    ].join('\n');
    const files: Record<string, string> = {
      '.kconfig-lint.yaml': `${project}\n`,
      'own.yaml': own('A'),
      'base.config': `${header}CONFIG_X86_64=y\nCONFIG_NET=y\n`,
    };
    for (let i = 0; i < 6; i++) files[`guests/${i}.config`] = `CONFIG_NUMBER_${i}=y\nCONFIG_A=${i === 5 ? 'y' : 'n'}\n`;
    for (let i = 0; i < 2; i++) files[`parts/${i}.fragment`] = `CONFIG_PSI=y\nCONFIG_KVM_XEN=y\nCONFIG_NUMBER_${i}=y\n`;
    const cwd = lay(files);
    const known = lint(cwd, ['--update-baseline']);
    expect([known.exit, known.err]).toEqual([0, expect.stringContaining('known.json holds')]);
    put(cwd, 'guests/1.config', 'CONFIG_A=n\nCONFIG_A=n\n');
    put(cwd, 'guests/2.config', 'CONFIG_A=y\n');
    const plain = lint(cwd, []);
    expect(plain.out).toContain('of the baseline');
    expect(lint(cwd, ['--jobs', '3'])).toEqual(plain);
    expect(lint(cwd, ['--cache'])).toEqual(plain);
    expect(segments(cwd)).toHaveLength(1);
    expect(lint(cwd, ['--cache'])).toEqual(plain);
    expect(lint(cwd, ['--cache', '--jobs', '2'])).toEqual(plain);
    expect(segments(cwd)).toHaveLength(1);
    // Each of these is something that verdicts hang on.
    for (const [name, before, after] of [
      ['own.yaml', 'A: y', 'A: m'],
      ['base.config', 'CONFIG_NET=y', '# CONFIG_NET is not set'],
      ['.kconfig-lint.yaml', 'reason: known', 'reason: well known'],
      ['.kconfig-lint.yaml', 'psi=1', 'psi=0'],
      ['known.json', '"version"', ' "version"'],
    ] as const) {
      const text = readFileSync(join(cwd, name), 'utf8');
      if (!text.includes(before)) continue;
      put(cwd, name, text.replace(before, after));
      expect([name, isMiss(cwd, ['--cache'])]).toEqual([name, true]);
    }
    expect(isMiss(cwd, ['--cache'])).toBe(false);
  }, 120_000);
});

const own = (symbol: string): string =>
  `title: O\ndescription: D.\nrequirements:\n  ${symbol}: { require: { ${symbol}: y }, reason: R., references: ["https://x.org"] }\n`;

it('the file that a variant is stacked on counts for the variant', () => {
  const cwd = lay({
    '.kconfig-lint.yaml':
      'files:\n  zone:\n    paths: a-zone.fragment\n    kernels: "6.12"\n    arches: x86_64\n    base: allnoconfig\n    profiles: kubernetes-psi\n' +
      '  variant:\n    paths: b-variant.fragment\n    stack-on: zone\n    kernels: "6.12"\n    arches: x86_64\n    profiles: kubernetes-psi\n',
    'a-zone.fragment': 'CONFIG_PSI=y\n',
    'b-variant.fragment': 'CONFIG_CGROUPS=y\n',
  });
  expect(isMiss(cwd, ['--cache'])).toBe(true);
  expect(isMiss(cwd, ['--cache'])).toBe(false);
  put(cwd, 'a-zone.fragment', '# CONFIG_PSI is not set\n');
  expect(isMiss(cwd, ['b-variant.fragment', '--cache'])).toBe(true);
  put(cwd, 'a-zone.fragment', 'CONFIG_PSI=y\n');
  expect(isMiss(cwd, ['--cache'])).toBe(false);
  put(cwd, 'a-zone.fragment', 'CONFIG_PSI=m\n');
  expect(isMiss(cwd, ['--cache'])).toBe(true);
}, 60_000);

describe('a cached result is used only where nothing that matters is another', () => {
  const args = ['a.config', '-p', './own.yaml', '--manifest', 'vm.json', '--base', 'base.config', '--cache'];
  const target = ['--kernel', '6.12', '--arch', 'x86_64'];
  const start = () => {
    const cwd = lay({
      'a.config': 'CONFIG_A=n\nCONFIG_PSI=y\n',
      'own.yaml': own('A'),
      'vm.json':
        '{"boot-source":{"kernel_image_path":"k","boot_args":"quiet"},"drives":[],"machine-config":{"vcpu_count":1,"mem_size_mib":128}}',
      'base.config': `${header}CONFIG_X86_64=y\nCONFIG_NET=y\n`,
    });
    expect(isMiss(cwd, [...args, ...target])).toBe(true);
    expect(isMiss(cwd, [...args, ...target])).toBe(false);
    return cwd;
  };

  it('of the files', () => {
    const cwd = start();
    for (const [name, before, after] of [
      ['a.config', 'CONFIG_A=n', 'CONFIG_A=m'],
      ['own.yaml', 'reason: R.', 'reason: Really.'],
      ['vm.json', 'quiet', 'loud'],
      ['base.config', 'CONFIG_NET=y', 'CONFIG_NET=m'],
    ] as const) {
      const text = readFileSync(join(cwd, name), 'utf8');
      put(cwd, name, text.replace(before, after));
      expect([name, isMiss(cwd, [...args, ...target])]).toEqual([name, true]);
      put(cwd, name, text);
      // What it was is still known.
      expect([name, isMiss(cwd, [...args, ...target])]).toEqual([name, false]);
    }
    cpSync(join(cwd, 'a.config'), join(cwd, 'linux-arm64.config'));
    expect(isMiss(cwd, ['linux-arm64.config', ...args.slice(1), ...target])).toBe(true);
  }, 120_000);

  it('of the options', () => {
    const cwd = start();
    const all = [...args, ...target];
    for (const other of [
      all.map((word) => (word === '6.12' ? '6.1' : word)),
      all.map((word) => (word === 'x86_64' ? 'arm64' : word)),
      all.map((word) => (word === 'base.config' ? 'none' : word)),
      [...all, '-p', 'kubernetes-psi'],
      [...all, '--kind', 'complete'],
      [...all, '--boot', 'initrd'],
      [...all, '--boot', 'no-initrd'],
      [...all, '--kconfig', 'off'],
      [...all, '--redundant'],
      [...all, '--toolchain', 'gcc-12'],
      [...all, '--extra-symbols', 'A'],
      [...all, '-q'],
      [...all, '-v'],
      [...all, '-f', 'json'],
      [...all, '--color', 'always'],
    ])
      expect([other.join(' '), isMiss(cwd, other)]).toEqual([other.join(' '), true]);
    // What only counts against the run does not.
    expect(isMiss(cwd, [...all, '--fail-on', 'info'])).toBe(false);
    expect(isMiss(cwd, [...all, '--max-warnings', '0'])).toBe(false);
  }, 180_000);

  it('of the files that a pattern of symbols finds, and of a model', () => {
    const cwd = lay({
      'a.config': `${header}CONFIG_X86_64=y\nCONFIG_VENDOR_A=y\n`,
      'Kconfig.one': 'config VENDOR_B\n\tbool "B"\n',
    });
    const all = ['a.config', '--extra-symbols', 'Kconfig.*', '--cache'];
    expect(isMiss(cwd, all)).toBe(true);
    expect(isMiss(cwd, all)).toBe(false);
    put(cwd, 'Kconfig.two', 'config VENDOR_A\n\tbool "A"\n');
    expect(isMiss(cwd, all)).toBe(true);
    cpSync(join(root, 'models/6.12-x86_64.kmodel'), join(cwd, 'own.kmodel'));
    const model = ['a.config', '--model', 'own.kmodel', '--cache'];
    expect(isMiss(cwd, model)).toBe(true);
    expect(isMiss(cwd, model)).toBe(false);
    cpSync(join(root, 'models/6.1-x86_64.kmodel'), join(cwd, 'own.kmodel'));
    expect(isMiss(cwd, model)).toBe(true);
  }, 120_000);

  it('of the day on which a waiver ends, and of no other day', () => {
    const cwd = lay({
      'a.config': 'CONFIG_A=y # kconfig-lint-disable-line duplicate-assignment until 2999-01-01: because\nCONFIG_A=n\n',
    });
    // The clock of the program, shifted.
    put(
      cwd,
      'clock.cjs',
      'const D=Date;const by=Number(process.env.SHIFT)*864e5;globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(D.now()+by)}static now(){return D.now()+by}};',
    );
    const on = (days: number) => ({ NODE_OPTIONS: `--require=${join(cwd, 'clock.cjs')}`, SHIFT: String(days) });
    const all = ['a.config', '--cache'];
    expect(isMiss(cwd, all, on(0))).toBe(true);
    expect(isMiss(cwd, all, on(1))).toBe(false);
    expect(isMiss(cwd, all, on(365 * 1100))).toBe(true);
  }, 60_000);

  it('and neither with --no-cache, nor where files are changed or compared', () => {
    const cwd = lay({ 'a.config': 'CONFIG_A=y\n' });
    for (const more of ['--no-cache', '--fix']) {
      lint(cwd, ['a.config', '--cache', more]);
      expect([more, segments(cwd)]).toEqual([more, []]);
    }
  });
});

describe('a cache that is not what it was', () => {
  const files = { 'a.config': 'CONFIG_PSI = y\n', 'b.config': 'CONFIG_B=y\nCONFIG_B=n\n', 'c.config': 'CONFIG_C=y\n' };
  const args = ['.', '-p', 'kubernetes-psi', '--kernel', '6.12', '--kconfig', 'off', '--cache'];

  it('counts as none where it is damaged, cut off, empty, or no file', () => {
    const cwd = lay(files);
    const plain = lint(cwd, args.slice(0, -1));
    expect(lint(cwd, args)).toEqual(plain);
    const path = join(resultsOf(cwd), segments(cwd)[0] as string);
    const whole = readFileSync(path);
    const changed = [0, 40, whole.length >> 1, whole.length - 90, whole.length - 70, whole.length - 3].map((at) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 1;
      return copy;
    });
    const cut = [0, 1, 80, whole.length - 1].map((length) => whole.subarray(0, length));
    for (const content of [...changed, ...cut, Buffer.concat([whole, whole.subarray(0, 9)]), Buffer.alloc(500)]) {
      for (const name of segments(cwd)) rmSync(join(resultsOf(cwd), name));
      writeFileSync(path, content);
      expect(lint(cwd, args)).toEqual(plain);
    }
    for (const name of segments(cwd)) rmSync(join(resultsOf(cwd), name));
    mkdirSync(path);
    expect(lint(cwd, args)).toEqual(plain);
  }, 120_000);

  it('counts as none where somebody else made it, in a checkout too', () => {
    const mine = lay(files);
    const theirs = lay({ ...files, 'a.config': 'CONFIG_PSI=y\n' });
    const inside = [...args, '--cache-dir', '.cache'];
    const plain = lint(mine, args.slice(0, -1));
    expect(plain.exit).toBe(1);
    lint(theirs, inside);
    // The same results, but about a config without faults: a planted one says that the one at hand has none.
    const planted = join(theirs, '.cache/results');
    const forged = readFileSync(join(planted, readdirSync(planted)[0] as string), 'latin1');
    lint(mine, inside);
    const ownFolder = join(mine, '.cache/results');
    for (const name of readdirSync(ownFolder)) writeFileSync(join(ownFolder, name), forged, 'latin1');
    expect(lint(mine, inside)).toEqual(plain);
  });

  it('is said once to be missing where it cannot be made, and the run goes on', () => {
    const cwd = lay({ ...files, plain: 'a file\n' });
    const plain = lint(cwd, args.slice(0, -1));
    const { exit, out, err } = lint(cwd, [...args, '--cache-dir', 'plain/sub']);
    expect({ exit, out }).toEqual({ exit: plain.exit, out: plain.out });
    expect(err.match(/this run has no cache/g)).toHaveLength(1);
  });

  it('is right for several runs at once', async () => {
    const cwd = lay(mixed());
    const plain = lint(cwd, ['.', '-p', 'kubernetes-psi']);
    const runs = Array.from(
      { length: 4 },
      () =>
        new Promise<Result>((done) => {
          const child = spawn(process.execPath, [cli, '.', '-p', 'kubernetes-psi', '--cache'], {
            cwd,
            env: { ...environment, XDG_CACHE_HOME: homeOf(cwd) },
          });
          let [out, err] = ['', ''];
          child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
          child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
          child.on('close', (exit) => done({ exit, out, err }));
        }),
    );
    for (const result of await Promise.all(runs)) expect(result).toEqual(plain);
    expect(readdirSync(resultsOf(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 60_000);
});

describe('--jobs', () => {
  it('names each file over which a thread died, judges the others, and ends with 70', () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 60; i++) files[`${i}.config`] = `CONFIG_NUMBER_${i}=y\n`;
    const cwd = lay(files);
    // Every thread but the first ends as soon as it reads a config.
    put(
      cwd,
      'hook.cjs',
      "const fs=require('node:fs');if(!require('node:worker_threads').isMainThread){const open=fs.openSync;fs.openSync=(path,...more)=>{if(String(path).endsWith('.config'))throw Object.assign(new Error('out of luck'),process.exit(9));return open(path,...more)}}",
    );
    const { exit, out, err } = lint(cwd, ['.', '--jobs', '3', '-f', 'json', '--cache'], {
      NODE_OPTIONS: `--require=${join(cwd, 'hook.cjs')}`,
    });
    const report = JSON.parse(out) as {
      files: { path: string }[];
      failures: { path: string; code: string }[];
      summary: { exitCode: number };
    };
    expect(exit).toBe(70);
    expect(report.summary.exitCode).toBe(70);
    expect(report.failures.length).toBeGreaterThan(0);
    for (const { path, code } of report.failures) {
      expect(code).toBe('internal');
      expect(err).toContain(`${path}: error[internal]`);
    }
    const all = [...report.files, ...report.failures].map(({ path }) => path);
    expect(all.toSorted()).toEqual(Object.keys(files).toSorted());
    // What a thread did not live to say is not taken for clean the next time.
    const again = JSON.parse(lint(cwd, ['.', '--jobs', '1', '-f', 'json', '--cache']).out) as typeof report;
    expect(again.files).toHaveLength(60);
  }, 60_000);

  it.each(['0', '-1', 'many', '1.5', ''])('refuses %j', (jobs) => {
    const cwd = lay({ 'a.config': 'CONFIG_A=y\n' });
    const { exit, err } = lint(cwd, ['a.config', `--jobs=${jobs}`]);
    expect(exit).toBe(2);
    expect(err).toContain('--jobs');
  });
});
