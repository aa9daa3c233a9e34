/** Reports and fixes that are to be written where they must not, and files that are not as they were. */
import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { expect } from 'vitest';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const wrong = 'CONFIG_A = y\nCONFIG_B=y\n';
const right = 'CONFIG_A=y\nCONFIG_B=y\n';
const files = { 'x.config': wrong };
const reads = (path: string, text: string) => (): void => expect(readFileSync(path, 'utf8')).toBe(text);
const unchanged = reads('x.config', wrong);
const report = (name: string, args: string, rest: Parameters<typeof bad>[3] = {}): HostileCase =>
  bad(name, `x.config ${args}`, files, { after: unchanged, ...rest });
/** Both roads to a fix. */
const fixes = (name: string, content: string | Uint8Array, make?: () => void): readonly HostileCase[] =>
  ['fix x.config --write', 'check x.config --fix'].map((args) =>
    bad(
      `${name} (${args.split(' ').includes('--fix') ? 'check --fix' : 'fix --write'})`,
      args,
      { 'x.config': content },
      make === undefined ? {} : { make },
    ),
  );

export const outputCases: readonly HostileCase[] = [
  report('a report over the input', '-o x.config'),
  report('a report over the input by another path', '-o ./././x.config'),
  report('a report over the input by a link', '-o link', { make: () => symlinkSync('x.config', 'link') }),
  report('a report over the input by a hard link', '-o link', { make: () => linkSync('x.config', 'link') }),
  report('a report through a link', '-o link', {
    make: () => symlinkSync('target', 'link'),
    after: () => expect(lstatSync('link').isSymbolicLink()).toBe(true),
  }),
  report('a report into a pipe', '-o pipe', { make: () => void execFileSync('mkfifo', ['pipe']) }),
  report('a report over a folder', '-o .'),
  report('a report into a folder that is not there', '-o nowhere/report'),
  report('a report below a file', '-o x.config/report'),
  report('a report over a device', '-o /dev/full'),
  report('a report in /proc', '-o /proc/self/report'),
  report('a report of a format that there is not', '-o xml=report'),
  report('a report without a name', '-o json='),
  report('a report of a name with a NUL', '-o json=a\0b'),
  report('a report of a name with an escape sequence, in no folder', '-o json=nowhere/\u001b[2J'),
  report('a report of a name of three hundred letters', `-o ${'x'.repeat(300)}`),
  report('two reports, and one of them cannot be', '-o json=good.json -o sarif=nowhere/x'),
  ...fixes('a file with another name', wrong, () => linkSync('x.config', 'y.config')),
  ...fixes('a file without a right to write', wrong, () => execFileSync('chmod', ['444', 'x.config'])),
  ...fixes('a packed file', execFileSync('gzip', ['-c', '-n'], { input: wrong })),
  ...fixes('a folder', wrong, () => execFileSync('sh', ['-c', 'rm x.config && mkdir x.config'])),
  ...fixes('a file that is not there', wrong, () => execFileSync('rm', ['x.config'])),
  ...fixes('a file with a NUL', '\0'),
  ...fixes('an empty file', ''),
  ...fixes('a pipe', wrong, () => execFileSync('sh', ['-c', 'rm x.config && mkfifo x.config'])),
  bad(
    'a fragment resolved over its own input',
    'resolve x.config --kernel 6.12 --arch x86_64 --base allnoconfig -o x.config',
    { 'x.config': right },
    { after: reads('x.config', right) },
  ),
  bad(
    'a fragment resolved into no folder',
    'resolve x.config --kernel 6.12 --arch x86_64 --base allnoconfig -o nowhere/x',
    { 'x.config': right },
  ),
  bad(
    'a fix through a link',
    'fix x.config --write',
    { 'y.config': wrong },
    { make: () => symlinkSync('y.config', 'x.config'), after: reads('y.config', wrong) },
  ),
  bad(
    'a fix by check through a link',
    'check x.config --fix',
    { 'y.config': wrong },
    { make: () => symlinkSync('y.config', 'x.config'), after: reads('y.config', wrong) },
  ),
  bad('a model into no folder', 'model build --tree tree --arch x86_64 -o nowhere/x.kmodel', {
    'tree/Kconfig': 'config A\n\tbool "a"\n',
  }),
  bad('a baseline into no folder', 'x.config --baseline nowhere/known.json --update-baseline', files),
  bad('a baseline over the input', 'x.config --baseline x.config --update-baseline', files, { after: unchanged }),
  bad(
    'a baseline through a link',
    'x.config --baseline link --update-baseline',
    { ...files, target: '{"schemaVersion":1,"findings":[]}' },
    { make: () => symlinkSync('target', 'link') },
  ),
  bad(
    'a baseline while an input cannot be read',
    'x.config gone.config --baseline known.json --update-baseline',
    files,
  ),
  bad('init over a folder', 'init --yes', { 'x.config': right }, { make: () => mkdirSync('.kconfig-lint.yaml') }),
  bad(
    'init over a project file',
    'init --yes',
    { 'x.config': right, '.kconfig-lint.yaml': '# mine\n' },
    { after: reads('.kconfig-lint.yaml', '# mine\n') },
  ),

  good(
    'a fix of what a link leads to, as told',
    'fix x.config --write --follow-symlinks',
    { 'y.config': wrong },
    {
      make: () => symlinkSync('y.config', 'x.config'),
      after: () => {
        expect(lstatSync('x.config').isSymbolicLink()).toBe(true);
        expect(readFileSync('y.config', 'utf8')).toBe(right);
      },
    },
  ),
  good('a fix that is written', 'fix x.config --write', files, { after: reads('x.config', right) }),
  good('a fix by check', 'check x.config --fix', files, { after: reads('x.config', right) }),
  good(
    'a fix that keeps the line ends of Windows',
    'fix x.config --write',
    { 'x.config': wrong.replaceAll('\n', '\r\n') },
    { after: reads('x.config', right.replaceAll('\n', '\r\n')) },
  ),
  good(
    'a fix that keeps bytes that are no UTF-8',
    'fix x.config --write',
    { 'x.config': Buffer.from(`# caf\u00e9\n${wrong}`, 'latin1') },
    { after: () => expect(readFileSync('x.config', 'latin1')).toBe(`# caf\u00e9\n${right}`) },
  ),
  good('a fix of nothing', 'fix x.config --write', { 'x.config': right }, { after: reads('x.config', right) }),
  good(
    'a report over an old one',
    'x.config -o json=report.json',
    { 'x.config': right, 'report.json': 'old' },
    { after: () => expect(JSON.parse(readFileSync('report.json', 'utf8')).schemaVersion).toBe(1) },
  ),
  good(
    'a report of a name with an equals sign',
    'x.config -o json=a=b',
    { 'x.config': right },
    { after: () => expect(lstatSync('a=b').isFile()).toBe(true) },
  ),
];
