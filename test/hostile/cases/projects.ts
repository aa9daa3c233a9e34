/** Project files, waivers and baselines that come with a stranger's change. */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const config = { 'x.config': 'CONFIG_A = y\n', 'good.config': 'CONFIG_A=y\n' };
const badProject = (
  name: string,
  project: string | Uint8Array,
  args = 'x.config',
  more: Record<string, string> = {},
): HostileCase => bad(name, args, { ...config, '.kconfig-lint.yaml': project, ...more });
const goodProject = (
  name: string,
  project: string | Uint8Array,
  args = 'good.config',
  more: Record<string, string> = {},
): HostileCase => good(name, args, { ...config, '.kconfig-lint.yaml': project, ...more });
const group = (text: string): string => `files:\n  a:\n    paths: "*.config"\n    ${text}\n`;
const waiver = (text: string): string => `waivers:\n  - { ${text} }\n`;
const baseline = (...findings: object[]): string => JSON.stringify({ schemaVersion: 1, findings });
const known = { path: 'x.config', rule: 'space-around-equals', fingerprint: '0123456789abcdef', count: 1 };
const fragment = (comment: string): Record<string, string> => ({ 'f.fragment': `${comment}\nCONFIG_A = y\n` });

export const projectCases: readonly HostileCase[] = [
  badProject('a project file that is a list', '- a\n'),
  badProject('a project file that is not YAML', 'files: { a\n'),
  badProject('a project file that is a config', 'CONFIG_A=y\n'),
  badProject('a project file of noise', Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 0x80])),
  badProject('a project file a thousand deep', '['.repeat(1000)),
  badProject('aliases in a project file', 'a: &a [1]\nfiles: *a\n'),
  badProject('a project file of more than 1 MiB', `# ${'x'.repeat(1 << 20)}\n`),
  badProject('a key that there is not', 'allow-shell: true\n'),
  badProject('a limit', 'limit: { config-size: 1G }\n'),
  badProject('a limit among the defaults', 'defaults: { limit: config-size=1G }\n'),
  badProject('a limit of a group', group('limit: config-size=1G')),
  badProject('the key __proto__', '__proto__: { a: b }\n'),
  badProject('a group without paths', 'files:\n  a: { profiles: krata-zone }\n'),
  badProject('a group that is a word', 'files:\n  a: b\n'),
  badProject('paths above the project', 'files:\n  a: { paths: ../*.config }\n'),
  badProject('a path from the root', 'files:\n  a: { paths: /etc/* }\n'),
  badProject('a base outside of the repository', group('base: ../../etc/passwd')),
  badProject('a tree outside of the repository', group('tree: /usr/src/linux')),
  badProject('a model outside of the repository', group('model: ../x.kmodel')),
  badProject('a profile outside of the repository', group('profiles: ../own.yaml')),
  badProject('a manifest outside of the repository', group('manifests: /etc/passwd')),
  badProject('names of symbols outside of the repository', 'extra-symbols: [../../etc/*]\n'),
  badProject('a baseline outside of the repository', 'baseline: ../known.json\n'),
  badProject('a profile that there is not', group('profiles: krata-zon')),
  badProject('a kernel that is none', group('kernels: six')),
  badProject('a range of kernels that is upside down', group('kernels: 6.18–6.1')),
  badProject('an architecture that there is not', group('arches: z80')),
  badProject('a fact that there is not', group('boot: floppy')),
  badProject('a group that stacks on itself', group('stack-on: a')),
  badProject(
    'groups that stack on each other',
    'files:\n  a: { paths: x.config, stack-on: b }\n  b: { paths: good.config, stack-on: a }\n',
  ),
  badProject('a group that stacks on what is not there', group('stack-on: gone')),
  badProject('a pattern with a brace that is not closed', 'files:\n  a: { paths: "{a,b" }\n'),
  badProject('a pattern that stands for too much', `files:\n  a: { paths: "${'{a,b,c,d}'.repeat(12)}" }\n`),
  badProject('a severity that there is not', 'severities: { duplicate-assignment: fatal }\n'),
  badProject('a severity of a rule that there is not', 'severities: { duplicate-assignmnt: error }\n'),
  badProject('max-warnings that is no number', 'max-warnings: many\n'),
  badProject('fail-on that there is not', 'fail-on: fatal\n'),
  badProject('a waiver without a reason', waiver('rule: space-around-equals')),
  badProject('a waiver with an empty reason', waiver('rule: space-around-equals, reason: ""')),
  badProject('a waiver for everything', waiver('reason: because')),
  badProject('a waiver of a rule that there is not', waiver('rule: space-round-equals, reason: We know of it.')),
  badProject(
    'a waiver that ends on a day that there is not',
    waiver('rule: space-around-equals, reason: We know of it., expires: 2026-02-30'),
  ),
  badProject(
    'a waiver that ended long ago',
    waiver('rule: space-around-equals, reason: We know of it., expires: 2001-01-01'),
  ),
  badProject('a waiver for a file outside', waiver('rule: space-around-equals, reason: We know of it., files: ../x')),
  bad(
    'a waiver in a comment without a reason',
    'f.fragment',
    fragment('# kconfig-lint-disable-next-line space-around-equals'),
  ),
  bad(
    'a waiver in a comment for a rule that there is not',
    'f.fragment',
    fragment('# kconfig-lint-disable-next-line space-round -- R.'),
  ),
  bad('a waiver in a comment for all rules', 'f.fragment', fragment('# kconfig-lint-disable -- all of it')),
  bad(
    'a waiver in a comment with an escape sequence',
    'f.fragment',
    fragment('# kconfig-lint-disable \u001b[2J -- R.'),
  ),
  bad('a project file that is not there', 'x.config --config gone.yaml', config),
  bad('a project file that is a link to a device', 'x.config', config, {
    make: () => symlinkSync('/dev/zero', '.kconfig-lint.yaml'),
  }),
  bad('a project file that is a pipe', 'x.config', config, {
    make: () => void execFileSync('mkfifo', ['.kconfig-lint.yaml']),
  }),
  bad(
    'a link to a file outside of the repository',
    ' ',
    { '.kconfig-lint.yaml': 'files:\n  a: { paths: "*.config" }\n' },
    { make: () => symlinkSync('/etc/passwd', 'evil.config') },
  ),
  bad('a project whose files are not there', ' ', { '.kconfig-lint.yaml': 'files:\n  a: { paths: gone.config }\n' }),
  bad('no file and no project', ' ', config),
  bad('a baseline that is not there', 'x.config --baseline known.json', config),
  bad('a baseline that is no JSON', 'x.config --baseline known.json', { ...config, 'known.json': 'hello' }),
  bad('a baseline that is cut off', 'x.config --baseline known.json', {
    ...config,
    'known.json': baseline(known).slice(0, -9),
  }),
  bad('a baseline of another version', 'x.config --baseline known.json', {
    ...config,
    'known.json': '{"schemaVersion":2,"findings":[]}',
  }),
  bad('a baseline of another shape', 'x.config --baseline known.json', { ...config, 'known.json': '[]' }),
  bad('a baseline with a finding twice', 'x.config --baseline known.json', {
    ...config,
    'known.json': baseline(known, known),
  }),
  bad('a baseline with a count below nothing', 'x.config --baseline known.json', {
    ...config,
    'known.json': baseline({ ...known, count: -1 }),
  }),
  bad('a baseline a thousand deep', 'x.config --baseline known.json', { ...config, 'known.json': '['.repeat(5000) }),
  bad('a baseline with __proto__', 'x.config --baseline known.json', {
    ...config,
    'known.json': '{"schemaVersion":1,"findings":[],"__proto__":{"a":1}}',
  }),
  bad('a baseline of other findings', 'x.config --baseline known.json', { ...config, 'known.json': baseline(known) }),
  bad('a baseline that is a folder', 'x.config --baseline .', config),
  bad('a commit that there is not', 'x.config --config-ref nowhere', config),
  bad('a commit that is an option of git', 'x.config --config-ref=--upload-pack=touch', config),
  bad('changes since a commit that there is not', 'x.config --since nowhere', config),

  goodProject('an empty project file', ''),
  goodProject('nothing but comments', '# nothing yet\n'),
  goodProject(
    'groups named like properties of every object',
    'files:\n  constructor: { paths: good.config }\n  valueOf: { paths: none.config }\n  toString: { paths: none2.config }\n',
  ),
  goodProject('a pattern of stars', 'files:\n  a: { paths: "**/**/**/*o*o*d*.c*o*n*f*i*g" }\n'),
  goodProject(
    'a waiver that holds',
    waiver('rule: space-around-equals, reason: "<script>alert(1)</script>", expires: 2027-01-01'),
    'x.config',
  ),
  goodProject('line ends of Windows', 'files:\r\n  a:\r\n    paths: good.config\r\n'),
  goodProject('a project file left aside', '[[[', 'good.config --no-project'),
  good(
    'a waiver in a comment',
    'f.fragment',
    fragment('# kconfig-lint-disable-next-line space-around-equals -- the tool wants it'),
  ),
  good('an empty baseline', 'good.config --baseline known.json', { ...config, 'known.json': baseline() }),
];
