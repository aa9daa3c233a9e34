/** Runs in a project: plain, with files, from a folder below, with waivers, baselines and other commits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { GitHost } from '../../src/host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { memoryGit } from '../support/git.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';

const kernel = createKernelHost(join(root, 'models'));
const isReport = new Ajv2020().compile(JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8')));
const noGit = memoryGit({});
type Files = Readonly<Record<string, string>>;

function cli(line: string, files: Files, options: MemoryOptions = {}, git: GitHost = noGit) {
  const host = memoryHost({ files: { '.git/HEAD': '', ...files }, ...options });
  const exit = run(
    line.split(' ').filter((word) => word !== ''),
    host,
    kernel,
    git,
  );
  return { exit, out: host.out(), err: host.err(), written: host.written };
}

interface Said {
  readonly rule: string;
  readonly severity: string;
  readonly symbol: string | null;
  readonly message: string;
  readonly targets?: readonly string[];
}

function report(line: string, files: Files, options: MemoryOptions = {}, git: GitHost = noGit) {
  const { out, err, exit } = cli(`${line} -f json`, files, options, git);
  if (out === '') throw new Error(err);
  const data = JSON.parse(out);
  const isValid: boolean = isReport(data);
  if (!isValid) throw new Error(JSON.stringify(isReport.errors));
  const said = (path: string): string[] =>
    data.files
      .filter((file: { path: string }) => file.path === path)
      .flatMap(({ findings }: { findings: Said[] }) => findings)
      .map(({ severity, rule, symbol, targets }: Said) =>
        [severity, rule, symbol ?? '-', ...(targets ?? [])].join(' '),
      );
  return { exit, err, data, said, paths: data.files.map(({ path }: { path: string }) => path), summary: data.summary };
}

const guest = 'CONFIG_HYPERVISOR_GUEST=y\nCONFIG_PARAVIRT=y\nCONFIG_XEN=y\n';
/** Two flavours on two architectures and a variant. */
const flavours: Files = {
  '.kconfig-lint.yaml': `defaults:
  base: none
  toolchain: gcc-12
files:
  zone:
    paths: configs/{arch}/zone.config
    kernels: 6.1–6.12
    profiles: xen-guest
  variant:
    paths: configs/{arch}/zone-*.config
    stack-on: zone
    kernels: 6.12
`,
  'configs/x86_64/zone.config': guest,
  'configs/aarch64/zone.config': 'CONFIG_XEN=y\nCONFIG_PARAVIRT=y\n',
  'configs/x86_64/zone-gpu.config': 'CONFIG_XEN_BALLOON=y\nCONFIG_MODULES=y\n',
};

describe('a run without files', () => {
  it('checks every group for each of its kernels and architectures, on what it stacks on', () => {
    const { paths, data } = report('', flavours);
    expect(paths).toEqual([
      'configs/aarch64/zone.config',
      'configs/x86_64/zone.config',
      'configs/x86_64/zone-gpu.config',
    ]);
    const [arm, zone, gpu] = data.files;
    expect(zone.targets.map((each: { kernel: string }) => each.kernel)).toEqual(['6.1', '6.6', '6.12']);
    expect(arm.targets.map((each: { arch: string }) => each.arch)).toEqual(['arm64', 'arm64', 'arm64']);
    expect(gpu.target).toMatchObject({ kernel: '6.12', kernelFrom: '.kconfig-lint.yaml', arch: 'x86_64' });
    expect(gpu.kconfig).toEqual({ kernel: 'Linux 6.12.117 x86_64', base: 'on no base + configs/x86_64/zone.config' });
    expect(gpu.profiles.map((each: { profile: string }) => each.profile)).toEqual(['xen-guest']);
  });

  it('judges a variant on its flavour: without it, its settings founder', () => {
    const on = { ...flavours, '.kconfig-lint.yaml': flavours['.kconfig-lint.yaml'] as string };
    const alone = {
      ...on,
      '.kconfig-lint.yaml': (on['.kconfig-lint.yaml'] as string).replace('    stack-on: zone\n', ''),
    };
    const path = 'configs/x86_64/zone-gpu.config';
    expect(report('', on).said(path)).not.toContain('error unmet-dependency XEN_BALLOON');
    expect(report('', alone).said(path)).toContain('error unmet-dependency XEN_BALLOON');
  });

  it('says once what is true of all kernels, and names the kernels of the rest', () => {
    const files = {
      '.kconfig-lint.yaml':
        'files:\n  a: {paths: a.config, kernels: [6.1, 6.12], arches: x86_64, base: defconfig, toolchain: gcc-12}\n',
      'a.config':
        '# CONFIG_NETWORK_FILESYSTEMS is not set\nCONFIG_NFS_FS=y\nCONFIG_XENN=y\nCONFIG_CACHESTAT_SYSCALL=y\n',
    };
    const { said, data } = report('', files);
    const all = said('a.config');
    expect(all).toContain('error unmet-dependency NFS_FS');
    expect(all.filter((line) => line.includes('XENN'))).toEqual(['error unknown-symbol XENN']);
    // One of the kernels has it, so that it is no stranger.
    expect(all.filter((line) => line.includes('CACHESTAT'))).toEqual([]);
    const [file] = data.files;
    expect(file.kconfig.kernel).toBe('Linux 6.1.192 and 6.12.117 x86_64');
    const { out } = cli('', files);
    expect(out).toContain('Linux 6.1 and 6.12 (.kconfig-lint.yaml), x86_64 (.kconfig-lint.yaml)');
  });

  it('says where a finding holds for some kernels only', () => {
    const files = {
      '.kconfig-lint.yaml':
        'files:\n  a: {paths: a.config, kernels: [6.1, 6.12], arches: x86_64, base: none, toolchain: gcc-12}\n',
      'a.config':
        'CONFIG_BLOCK=y\nCONFIG_BLK_DEV=y\nCONFIG_SYSFS=y\nCONFIG_ZRAM=y\nCONFIG_CRYPTO=y\nCONFIG_CRYPTO_ZSTD=y\nCONFIG_ZRAM_DEF_COMP_ZSTD=y\n',
    };
    const { said, data } = report('', files);
    expect(said('a.config')).toContain('error unmet-dependency ZRAM_DEF_COMP_ZSTD 6.12');
    const [first] = data.files[0].findings;
    expect(first.message).toMatch(/ \(on 6\.12\)$/);
    expect(cli('-f unix', files).out).toContain('(on 6.12)');
  });

  it('fails for a group whose files are not there', () => {
    const { exit, err } = cli('', {
      ...flavours,
      '.kconfig-lint.yaml': 'files:\n  gone: {paths: "no/*.config"}\n  a: {paths: configs/x86_64/zone.config}\n',
    });
    expect(exit).toBe(3);
    expect(err).toContain(
      '.kconfig-lint.yaml:2:3: error[no-match]: group gone has no files: nothing matches no/*.config',
    );
  });

  it('says what to do where there is nothing to check', () => {
    expect(cli('', {})).toMatchObject({
      exit: 2,
      err: expect.stringContaining('"kconfig-lint init" writes a project file'),
    });
    expect(cli('', { '.kconfig-lint.yaml': 'fail-on: never\n' }).err).toContain(
      'say under "files:" in .kconfig-lint.yaml',
    );
  });

  it('takes the architecture of a folder only where the group is for it', () => {
    const files = {
      ...flavours,
      '.kconfig-lint.yaml': 'files:\n  zone: {paths: "configs/{arch}/zone.config", arches: arm64}\n',
    };
    expect(report('', files).paths).toEqual(['configs/aarch64/zone.config']);
  });

  it('judges a file of two groups for both', () => {
    const files = {
      '.kconfig-lint.yaml':
        'files:\n  a: {paths: x.config, kernels: 6.12, arches: x86_64, base: defconfig, profiles: xen-guest}\n  b: {paths: "*.config", kernels: 6.12, arches: x86_64, base: none}\n',
      'x.config': 'CONFIG_XEN=y\n',
    };
    const { said } = report('', files);
    expect(said('x.config')).toContain('error unmet-dependency XEN b');
  });
});

describe('a run with files', () => {
  it('takes the settings of their group', () => {
    const { data } = report('configs/x86_64/zone-gpu.config', flavours);
    expect(data.files).toHaveLength(1);
    expect(data.files[0].kconfig.base).toBe('on no base + configs/x86_64/zone.config');
  });

  it('lets options win, and leaves the project aside where it is told to', () => {
    const path = 'configs/x86_64/zone.config';
    const { data } = report(`${path} --kernel 6.6.30 -p cgroup-v2 --base defconfig`, flavours);
    expect(data.files[0]).toMatchObject({
      target: { kernel: '6.6.30', kernelFrom: '--kernel' },
      kconfig: { base: 'on defconfig' },
    });
    expect(data.files[0].profiles.map((each: { profile: string }) => each.profile)).toEqual(['cgroup-v2']);
    const aside = report(`${path} --no-project`, flavours);
    expect(aside.data.files[0]).toMatchObject({ target: { kernel: null }, profiles: [] });
  });

  it('works from a folder below, with paths from there', () => {
    const files = Object.fromEntries(
      Object.entries(flavours).map(([path, text]) => [
        path.replace(/^configs\/|^(?=\.k)/, (start) => (start === '' ? '../' : '')),
        text,
      ]),
    );
    const host = memoryHost({ files: { '../.git/HEAD': '', ...files } });
    // The memory host knows the files by their paths from here, the project file by the name of this folder.
    const named = {
      ...files,
      '../.kconfig-lint.yaml': (files['../.kconfig-lint.yaml'] as string).replaceAll('configs/', 'work/'),
    };
    const below = memoryHost({ files: { '../.git/HEAD': '', ...named, '../work/x86_64/zone.config': guest } });
    expect(run(['x86_64/zone-gpu.config', '-f', 'json'], below, kernel)).not.toBe(2);
    expect(JSON.parse(below.out()).files[0].kconfig.base).toContain('zone.config');
    expect(host.err()).toBe('');
  });

  it('knows the file on standard input by its name', () => {
    const { data } = report('- --stdin-filename configs/x86_64/zone-gpu.config', flavours, { stdin: 'CONFIG_XEN=y\n' });
    expect(data.files[0].target.kernel).toBe('6.12');
  });

  it('reads another project file where one is named', () => {
    const files = { ...flavours, 'ci.yaml': 'files:\n  all: {paths: configs/x86_64/*.config, kernels: 7.2}\n' };
    expect(report('--config ci.yaml configs/x86_64/zone.config', files).data.files[0].target.kernel).toBe('7.2');
    expect(cli('--config gone.yaml', files)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('gone.yaml: it cannot be read'),
    });
  });

  it('fixes by the settings of the group', () => {
    const { out } = cli('fix configs/x86_64/zone.config', {
      ...flavours,
      'configs/x86_64/zone.config': 'CONFIG_XEN=y\n',
    });
    expect(out).toContain('on Linux 6.12.117 x86_64 on no base');
    expect(out).toContain('CONFIG_HYPERVISOR_GUEST=y');
    const fixed = cli('--fix configs/x86_64/zone.config', {
      ...flavours,
      'configs/x86_64/zone.config': 'CONFIG_XEN=y\n',
    });
    expect(fixed.written.get('configs/x86_64/zone.config')).toContain('CONFIG_HYPERVISOR_GUEST=y\n');
  });
});

const plain = 'files:\n  a: {paths: a.config, kernels: [6.1, 6.12], arches: x86_64, base: none, toolchain: gcc-12}\n';
const founders = { 'a.config': 'CONFIG_XEN=y\nCONFIG_NFS_FS=y\n' };

describe('severities and limits of a project', () => {
  it('are those of the report, the last one that fits', () => {
    const files = { ...founders, '.kconfig-lint.yaml': `${plain}severities:\n  '*': info\n  unmet-*: warning\n` };
    expect(report('', files).said('a.config')).toEqual([
      'warning unmet-dependency XEN',
      'warning unmet-dependency NFS_FS',
    ]);
    expect(report('', files).exit).toBe(0);
  });

  it('may be of one group, and may be off, which is counted', () => {
    const text = plain.replace('gcc-12}', 'gcc-12, severities: {unmet-dependency: off}}');
    const { said, summary, exit } = report('', { ...founders, '.kconfig-lint.yaml': text });
    expect(said('a.config')).toEqual([]);
    expect(summary.settled).toEqual({ waived: 0, off: 2, known: 0, unchanged: 0 });
    expect(exit).toBe(0);
    expect(cli('', { ...founders, '.kconfig-lint.yaml': text }).out).toContain('Not shown: 2 switched off.');
  });

  it('decide the exit code, unless an option does', () => {
    const files = { ...founders, '.kconfig-lint.yaml': `${plain}fail-on: never\n` };
    expect(cli('', files).exit).toBe(0);
    expect(cli('--fail-on error', files).exit).toBe(1);
    const few = {
      ...founders,
      '.kconfig-lint.yaml': `${plain}max-warnings: 1\nseverities: {unmet-dependency: warning}\n`,
    };
    expect(cli('', few).exit).toBe(1);
    expect(cli('--max-warnings 2', few).exit).toBe(0);
  });
});

describe('waivers of a project', () => {
  const waiver = (more: string) => `${plain}waivers:\n  - {rule: unmet-dependency, reason: we build it so, ${more}}\n`;
  const with_ = (more: string) => ({ ...founders, '.kconfig-lint.yaml': waiver(more) });

  it('accept what they name, count it, and show it where all is asked for', () => {
    const files = with_('symbol: CONFIG_XEN, owner: ada, expires: 2027-01-01');
    const { said, summary, data } = report('', files);
    expect(said('a.config')).toEqual(['error unmet-dependency NFS_FS']);
    expect(summary.settled.waived).toBe(1);
    expect(data.files[0].waived).toMatchObject([
      {
        finding: { rule: 'unmet-dependency', symbol: 'XEN' },
        reason: 'we build it so',
        owner: 'ada',
        expires: '2027-01-01',
        inSource: false,
      },
    ]);
    expect(cli('', files).out).not.toContain('we build it so');
    expect(cli('-v', files).out.replace(/\s+/g, ' ')).toContain(
      'we build it so (unmet-dependency, .kconfig-lint.yaml:4, ada, until 2027-01-01)',
    );
    const sarif = JSON.parse(cli('-f sarif', files).out);
    const accepted = sarif.runs[0].results.filter(
      (each: { suppressions?: unknown }) => each.suppressions !== undefined,
    );
    expect(accepted).toMatchObject([
      { ruleId: 'unmet-dependency', suppressions: [{ kind: 'external', justification: 'we build it so' }] },
    ]);
  });

  it('hold for files, groups, patterns and kernels', () => {
    expect(report('', with_('files: a')).said('a.config')).toEqual([]);
    expect(report('', with_('files: "*.config"')).said('a.config')).toEqual([]);
    expect(report('', with_('files: b.config')).said('a.config')).toHaveLength(2);
    expect(report('', with_('kernels: 6.1')).said('a.config')).toEqual([
      'error unmet-dependency XEN 6.12',
      'error unmet-dependency NFS_FS 6.12',
    ]);
    expect(report('', with_('kernels: 6.1–6.12')).said('a.config')).toEqual([]);
    expect(report('', with_('kernels: ">=6.6"')).said('a.config')).toEqual([
      'error unmet-dependency XEN 6.1',
      'error unmet-dependency NFS_FS 6.1',
    ]);
  });

  it('hold until their day, and then are a finding themselves', () => {
    const files = with_('expires: 2026-11-21');
    expect(report('', files, { today: '2026-11-21' }).said('a.config')).toEqual([]);
    const late = report('', files, { today: '2026-11-22' });
    expect(late.said('a.config')).toHaveLength(2);
    expect(late.said('.kconfig-lint.yaml')).toEqual(['warning expired-waiver -']);
    expect(cli('', files, { today: '2026-11-22' }).out).toContain('at     .kconfig-lint.yaml:4:5');
  });

  it('that accept nothing are a finding, where all of the project was looked at', () => {
    const files = with_('symbol: BLOCK');
    const { said, data } = report('', files);
    expect(said('.kconfig-lint.yaml')).toEqual(['warning unused-waiver -']);
    expect(data.files.at(-1).findings[0].location.start).toMatchObject({ line: 4, column: 5 });
    for (const line of ['a.config', '--kernel 6.12', '--kconfig off'])
      expect(report(line, files).said('.kconfig-lint.yaml')).toEqual([]);
    expect(
      cli('', { ...files, '.kconfig-lint.yaml': `${waiver('symbol: BLOCK')}severities: {unused-waiver: error}\n` })
        .exit,
    ).toBe(1);
  });
});

describe('waivers in a file', () => {
  const on = '--kernel 6.12 --arch x86_64 --base none --toolchain gcc-12';
  const said = (text: string, line = on) => report(`a.config ${line}`, { 'a.config': text }).said('a.config');

  it('accept findings of the next line, or of the file', () => {
    const next =
      '# kconfig-lint-disable-next-line unmet-dependency -- a later fragment brings it\nCONFIG_XEN=y\nCONFIG_NFS_FS=y\n';
    expect(said(next)).toEqual(['error unmet-dependency NFS_FS']);
    expect(said('# kconfig-lint-disable unmet-* -- on a base of our own\nCONFIG_XEN=y\nCONFIG_NFS_FS=y\n')).toEqual([]);
    expect(said('# kconfig-lint-disable-next-line selected-symbol, unmet-dependency -- both\nCONFIG_XEN=y\n')).toEqual(
      [],
    );
    expect(
      said(
        '# kconfig-lint-disable-next-line unmet-dependency -- a\n# kconfig-lint-disable-next-line wrong-value -- b\nCONFIG_XEN=y\n',
      ),
    ).toEqual(['warning unused-waiver -']);
  });

  it('give a reason, and name rules that there are', () => {
    for (const [comment, message] of [
      ['disable-next-line unmet-dependency', 'gives no reason'],
      ['disable-next-line unmet-dependency --', 'gives no reason'],
      ['disable -- because', 'names no rule'],
      ['disable-nextline unmet-dependency -- because', 'did you mean kconfig-lint-disable-next-line'],
      ['disable unmet-dependancy -- because', 'there is no rule "unmet-dependancy"'],
    ]) {
      const { data, exit } = report(`a.config ${on}`, { 'a.config': `# kconfig-lint-${comment}\nCONFIG_XEN=y\n` });
      const found = data.files[0].findings.find(({ rule }: Said) => rule === 'faulty-waiver');
      expect(found.message).toContain(message);
      expect(found.severity).toBe('error');
      expect(data.files[0].findings.some(({ rule }: Said) => rule === 'unmet-dependency')).toBe(true);
      expect(exit).toBe(1);
    }
  });

  it('that accept nothing are a finding, where their rules had a say', () => {
    const text = '# kconfig-lint-disable unmet-dependency -- because\nCONFIG_64BIT=y\n';
    expect(said(text)).toEqual(['warning unused-waiver -']);
    expect(said(text, '--kconfig off')).toEqual([]);
    expect(said('# kconfig-lint-disable krata-zone/XEN -- because\nCONFIG_64BIT=y\n')).toEqual([]);
  });
});

describe('a baseline', () => {
  const project = `${plain}baseline: known.json\n`;
  const files = { ...founders, '.kconfig-lint.yaml': project };
  const known = cli('--update-baseline', files).written.get('known.json') as string;

  it('holds what is found, sorted, and shows nothing of it', () => {
    expect(JSON.parse(known)).toMatchObject({
      schemaVersion: 1,
      findings: [
        { path: 'a.config', rule: 'unmet-dependency', symbol: 'NFS_FS', count: 1 },
        { path: 'a.config', rule: 'unmet-dependency', symbol: 'XEN', count: 1 },
      ],
    });
    const { exit, out, err } = cli('--update-baseline', files);
    expect(exit).toBe(0);
    expect(err).toContain('known.json holds 2 findings, before 0');
    expect(out).toContain('Not shown: 2 in the baseline.');
    const again = report('', { ...files, 'known.json': known });
    expect(again).toMatchObject({ exit: 0, summary: { error: 0, settled: { known: 2 }, fixed: { known: 0 } } });
  });

  it('leaves what is new, and tells what is fixed', () => {
    const changed = { ...files, 'known.json': known, 'a.config': 'CONFIG_XEN=y\nCONFIG_CIFS=y\n' };
    expect(report('', changed).said('a.config')).toEqual(['error unmet-dependency CIFS']);
    const { out, exit } = cli('', changed);
    expect(exit).toBe(1);
    expect(out).toContain('1 of the baseline is fixed; --prune-baseline takes it out.');
    const pruned = cli('--prune-baseline', changed).written.get('known.json') as string;
    expect(JSON.parse(pruned).findings).toMatchObject([{ symbol: 'XEN' }]);
  });

  it('knows symbols one by one where a finding sums them up', () => {
    const one = { '.kconfig-lint.yaml': project, 'a.config': 'CONFIG_QQQQ_WWWW=y\nCONFIG_QQQQ_EEEEE=y\n' };
    const first = cli('--update-baseline', one).written.get('known.json') as string;
    expect(JSON.parse(first).findings).toHaveLength(2);
    const fewer = { ...one, 'known.json': first, 'a.config': 'CONFIG_QQQQ_EEEEE=y\n' };
    expect(report('', fewer).summary.warning).toBe(0);
    const more = {
      ...one,
      'known.json': first,
      'a.config': 'CONFIG_QQQQ_WWWW=y\nCONFIG_QQQQ_EEEEE=y\nCONFIG_ZZZZ_UUUU=y\n',
    };
    expect(report('', more).summary.warning).toBe(1);
  });

  it('works without a project, and keeps what was not looked at', () => {
    const own = { 'a.config': 'CONFIG_A = y\n', 'b.config': 'CONFIG_B = y\n' };
    const first = cli('a.config b.config --baseline b.json --update-baseline', own).written.get('b.json') as string;
    expect(JSON.parse(first).findings.map(({ path }: { path: string }) => path)).toEqual(['a.config', 'b.config']);
    const second = cli('a.config --baseline b.json --prune-baseline', {
      ...own,
      'a.config': 'CONFIG_A=y\n',
      'b.json': first,
    });
    expect(
      JSON.parse(second.written.get('b.json') as string).findings.map(({ path }: { path: string }) => path),
    ).toEqual(['b.config']);
  });

  it.each([
    ['no JSON', '{"schemaVersion": 1,\n "findings": [}', 'known.json:2:'],
    ['another shape', '{"schemaVersion": 1,\n "findings": [{"path": "a"}]}', 'known.json:2:'],
    ['another version', '{"schemaVersion": 2, "findings": []}', 'known.json:1:19: "schemaVersion"'],
    [
      'a key too many',
      '{"schemaVersion": 1, "findings": [], "__proto__": {"a": 1}}',
      'known.json:1:38: unknown key "__proto__"',
    ],
    ['a deep nest', `{"schemaVersion": 1, "findings": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 'known.json:'],
    ['a finding twice', known.replace(/^( {4}\{.*\}),$/m, '$1,\n$1,'), 'known.json:6:'],
    ['nothing', '', 'known.json:1:1'],
  ])('that is hostile or broken is an error: %s', (_, text, said) => {
    const { exit, err, out } = cli('', { ...files, 'known.json': text });
    expect(err).toContain(said);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
  });

  it('is not written where something stands against it', () => {
    expect(cli('', files)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('write it once with --update-baseline'),
    });
    expect(cli('a.config --update-baseline', founders)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--update-baseline needs a file'),
    });
    expect(cli('--update-baseline --kernel 6.12', files)).toMatchObject({ exit: 2 });
    const full = cli('--update-baseline', files, { full: 'no space left' });
    expect(full).toMatchObject({ exit: 4, err: expect.stringContaining('known.json was not written: no space left') });
    const lost = cli('--update-baseline', {
      ...files,
      '.kconfig-lint.yaml': `${project.replace('files:\n', 'files:\n  gone: {paths: gone.config}\n')}`,
    });
    expect(lost.written.has('known.json')).toBe(false);
    expect(lost.exit).toBe(4);
  });
});

describe('a tree or a model of a project', () => {
  it.each(['tree: gone', 'model: gone.kmodel'])('%s must be there', (more) => {
    const { exit, err } = cli('', { ...founders, '.kconfig-lint.yaml': plain.replace('base: none', more) });
    expect(exit).toBe(2);
    expect(err).toMatch(/^\.kconfig-lint\.yaml:2:\d+: "gone[^"]*" is not there, or lies outside of the repository/);
  });
});

describe('another commit', () => {
  const files = { ...founders, '.kconfig-lint.yaml': plain };
  const git = memoryGit({
    v1: { '.kconfig-lint.yaml': plain, 'a.config': 'CONFIG_NFS_FS=y\n' },
    'origin/main': {
      '.kconfig-lint.yaml': `${plain}fail-on: never\n`,
      'a.config': '# kconfig-lint-disable unmet-dependency -- known\nCONFIG_XEN=y\n',
    },
  });

  it('is what verdicts are compared with, not lines', () => {
    const { said, summary, exit } = report('--since v1', files, {}, git);
    expect(said('a.config')).toEqual(['error unmet-dependency XEN']);
    expect(summary.settled.unchanged).toBe(1);
    expect(exit).toBe(1);
    const moved = report('--since v1', { ...files, 'a.config': '# moved\n\n\nCONFIG_NFS_FS=y\n' }, {}, git);
    expect(moved).toMatchObject({ exit: 0, summary: { error: 0 } });
    const fixed = report('--since v1', { ...files, 'a.config': 'CONFIG_64BIT=y\n' }, {}, git);
    expect(fixed.summary.fixed).toEqual({ known: 0, unchanged: 1 });
  });

  it('shows all of a file that it does not have', () => {
    const text = plain.replace('a.config', '"*.config"');
    const { said } = report(
      '--since v1',
      { ...files, '.kconfig-lint.yaml': text, 'b.config': 'CONFIG_NFS_FS=y\n' },
      {},
      git,
    );
    expect(said('b.config')).toEqual(['error unmet-dependency NFS_FS']);
  });

  it('is judged by what it asked for then: a kernel that is new has new findings', () => {
    const text = plain.replace('[6.1, 6.12]', '[6.1, 6.12, 7.2]');
    const { said } = report(
      '--since v1',
      { ...files, '.kconfig-lint.yaml': text, 'a.config': 'CONFIG_NFS_FS=y\n' },
      {},
      git,
    );
    expect(said('a.config')).toEqual(['error unmet-dependency NFS_FS 7.2']);
  });

  it('reads what files stack on from there too', () => {
    const stacked =
      'files:\n  low: {paths: low.config, kernels: 6.12, arches: x86_64, base: none}\n  up: {paths: up.config, stack-on: low}\n';
    const before = memoryGit({
      v1: { '.kconfig-lint.yaml': stacked, 'low.config': guest, 'up.config': 'CONFIG_XEN_BALLOON=y\n' },
    });
    const now = {
      '.kconfig-lint.yaml': stacked,
      'low.config': 'CONFIG_64BIT=y\n',
      'up.config': 'CONFIG_XEN_BALLOON=y\n',
    };
    expect(report('--since v1', now, {}, before).said('up.config')).toContain('error unmet-dependency XEN_BALLOON');
    expect(report('--since v1 low.config up.config', now, {}, before).said('up.config')).toContain(
      'error unmet-dependency XEN_BALLOON',
    );
  });

  it('decides by its project file, and a change cannot waive its own findings', () => {
    const loose = { ...files, '.kconfig-lint.yaml': `${plain}severities: {unmet-dependency: off}\n` };
    expect(cli('', loose).exit).toBe(0);
    expect(report('--config-ref v1', loose, {}, git).said('a.config')).toEqual([
      'error unmet-dependency XEN',
      'error unmet-dependency NFS_FS',
    ]);
    expect(cli('--config-ref origin/main', loose, {}, git).exit).toBe(0);
    const waived = { ...files, 'a.config': '# kconfig-lint-disable unmet-dependency -- mine\nCONFIG_XEN=y\n' };
    expect(report('', waived).said('a.config')).toEqual([]);
    expect(report('--config-ref v1', waived, {}, git).said('a.config')).toEqual([
      'error unmet-dependency XEN',
      'warning untrusted-waiver -',
    ]);
    const there = {
      ...files,
      'a.config': 'CONFIG_64BIT=y\n# kconfig-lint-disable unmet-dependency -- known\nCONFIG_XEN=y\n',
    };
    expect(report('--config-ref origin/main', there, {}, git).said('a.config')).toEqual([]);
  });

  it('brings its own baseline', () => {
    const known = cli('--update-baseline --baseline k.json', files).written.get('k.json') as string;
    const based = memoryGit({ v1: { '.kconfig-lint.yaml': `${plain}baseline: k.json\n`, 'k.json': known } });
    const changed = {
      ...files,
      '.kconfig-lint.yaml': `${plain}baseline: k.json\n`,
      'k.json': '{"schemaVersion":1,"findings":[]}',
    };
    expect(cli('', changed).exit).toBe(1);
    expect(cli('--config-ref v1', changed, {}, based).exit).toBe(0);
  });

  it('may be the base of a pull request, as the CI system names it', () => {
    const inCi = (env: Readonly<Record<string, string>>) => cli('--config-ref base', files, { env }, git);
    expect(inCi({ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main' })).toMatchObject({ exit: 0 });
    expect(inCi({ GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'v1' })).toMatchObject({ exit: 1, err: '' });
    expect(inCi({ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: '' })).toMatchObject({
      exit: 1,
      err: expect.stringContaining('of no pull request'),
    });
    expect(inCi({ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'dev' })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('"git fetch --depth=1 origin dev:refs/remotes/origin/dev"'),
    });
    expect(inCi({})).toMatchObject({ exit: 0 });
  });

  it('is the first parent only of the merge that GitHub made', () => {
    const shallow = memoryGit({ HEAD: {}, 'HEAD^1': { '.kconfig-lint.yaml': `${plain}fail-on: never\n` } });
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_BASE_REF: 'main',
      GITHUB_SHA: 'HEAD',
      GITHUB_REF: 'refs/pull/7/merge',
    };
    expect(cli('--config-ref base', files, { env }, shallow).exit).toBe(0);
    expect(cli('--config-ref base', files, { env: { ...env, GITHUB_SHA: 'other' } }, shallow).exit).toBe(2);
    expect(cli('--config-ref base', files, { env: { ...env, GITHUB_REF: 'refs/heads/x' } }, shallow).exit).toBe(2);
  });

  it.each([
    ['--since=-v', 'cannot be "-v"'],
    ['--since v1..v2', 'cannot be "v1..v2"'],
    ['--since gone', 'git does not know gone here'],
    ['--config-ref gone', 'git does not know gone here'],
  ])('%s is an error', (line, said) => {
    expect(cli(line, files, {}, git)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(said) });
  });

  it('is not asked for a link', () => {
    const linked = memoryGit({ v1: { '.kconfig-lint.yaml': plain, 'a.config': '-> /etc/passwd' } });
    expect(report('--since v1', files, {}, linked).said('a.config')).toHaveLength(2);
  });
});

describe('a group with a command line or manifests', () => {
  const vm = `apiVersion: virt.virtink.smartx.com/v1alpha1
kind: VirtualMachine
metadata: { name: web }
spec:
  instance:
    kernel: { image: x, cmdline: "console=ttyS0 root=/dev/vdb rw" }
    disks: [{ name: root }]
  volumes: [{ name: root, containerRootfs: { image: y, size: 4Gi } }]
`;
  const group = (more: string) =>
    `files:\n  a: {paths: a.config, kernels: 6.12, arches: x86_64, base: defconfig, ${more}}\n`;
  const files = (more: string) => ({ 'a.config': 'CONFIG_XEN=y\n', 'vm.yaml': vm, '.kconfig-lint.yaml': group(more) });

  it('is held against them, with places in the project file and the manifest', () => {
    const line = report('', files('cmdline: "console=ttyS0 root=/dev/vda rw nomodules"'));
    const found = line.data.files[0].findings.find(({ rule }: Said) => rule === 'cmdline/unknown-parameter');
    expect(found.location).toMatchObject({ path: '.kconfig-lint.yaml', start: { line: 2 } });
    expect(line.data.files[0].target.commandLine).toBe('console=ttyS0 root=/dev/vda rw nomodules');
    const machine = report('', files('manifests: vm.yaml'));
    expect(machine.data.files[0].profiles.map((each: { profile: string }) => each.profile)).toContain('virtink');
    expect(machine.said('vm.yaml')).toContain('error manifest/root-device -');
  });

  it('fails where a manifest is none, or lies elsewhere', () => {
    expect(cli('', files('manifests: a.config'))).toMatchObject({ exit: 3 });
    expect(cli('', files('manifests: ../vm.yaml'))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('outside of the repository'),
    });
  });

  it('gives way to options', () => {
    const { data } = report('--cmdline quiet a.config', files('cmdline: nomodules'));
    expect(data.files.at(-1).target.commandLine).toBe('quiet');
  });
});

describe('--print-config', () => {
  it('tells what holds for a file, and who says so', () => {
    const { out, exit } = cli('--print-config configs/x86_64/zone-gpu.config --boot initrd', flavours);
    expect(exit).toBe(0);
    const flat = out.replace(/ +/g, ' ');
    expect(flat).toContain('group variant (.kconfig-lint.yaml:9)');
    expect(flat).toContain('base none defaults, .kconfig-lint.yaml:2:9');
    expect(flat).toContain('kernels 6.12 group variant, .kconfig-lint.yaml:12:14');
    expect(flat).toContain('profiles xen-guest group zone, .kconfig-lint.yaml:8:15');
    expect(flat).toContain('stack-on configs/x86_64/zone.config group variant, .kconfig-lint.yaml:11:15');
    expect(flat).toContain('boot initrd --boot');
    expect(flat).toContain('arches x86_64 {arch} of group variant');
    expect(flat).toContain('fail-on error default');
  });

  it('does so as data', () => {
    const { out } = cli('--print-config configs/x86_64/zone.config -f json', flavours);
    const { groups, project, run: whole } = JSON.parse(out);
    expect(project).toBe('.kconfig-lint.yaml');
    expect(groups[0].group).toBe('zone');
    expect(groups[0].settings).toContainEqual({
      key: 'kernels',
      value: ['6.1', '6.6', '6.12'],
      from: 'group zone',
      path: '.kconfig-lint.yaml',
      line: 7,
      column: 14,
    });
    expect(whole).toEqual([{ key: 'fail-on', value: 'error', from: 'default' }]);
  });

  it('says where no project holds, or no group', () => {
    expect(cli('--print-config a.config', founders).out).toContain('no .kconfig-lint.yaml holds here');
    expect(cli('--print-config b.config', { '.kconfig-lint.yaml': plain, 'b.config': guest }).out).toContain(
      'in no group of .kconfig-lint.yaml',
    );
    expect(cli('--print-config gone.config', founders).exit).toBe(3);
  });
});
