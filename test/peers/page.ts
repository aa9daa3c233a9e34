/** docs/peers.md: what the comparison with peers came to, in numbers and in the reasons for every difference. */
import { parse } from 'yaml';
import { formatRange } from '../../src/target.ts';
import { classes, type Explanation, type ExplanationClass, readTable } from './compare.ts';
import { readKnownGood } from './known-good.ts';

/** The numbers of one full comparison; test/peers/results.json keeps them. */
export interface Summary {
  readonly configs: number;
  readonly releases: Readonly<Record<string, number>>;
  readonly arches: Readonly<Record<string, number>>;
  readonly peers: readonly {
    readonly peer: string;
    readonly version: string;
    readonly profiles: readonly string[];
    readonly configs: number;
    readonly rows: number;
    readonly agreeing: number;
    readonly theirBug: number;
    readonly question: number;
    readonly onlyThere: number;
    /** Our rows on symbols that the peer never asks for. */
    readonly onlyHere: number;
  }[];
  /** How often each explanation of the table was needed. */
  readonly used: readonly number[];
  /** How many pairs of config and profile each entry of the kernels known to serve came to. */
  readonly knownGood: readonly number[];
}

export const peerNames: Readonly<Record<string, string>> = {
  'kernel-hardening-checker': 'kernel-hardening-checker',
  docker: "Docker's check-config.sh",
  lxc: 'lxc-checkconfig',
  kubeadm: "kubeadm's system validators",
  k3s: "K3s's check-config.sh",
};

export function pageOf(summary: Summary, differences: string, knownGood: string): string {
  const table = readTable(parse(differences, { schema: 'failsafe' }));
  const good = readKnownGood(parse(knownGood, { schema: 'failsafe' }));
  const sum = (pick: (each: Summary['peers'][number]) => number): number =>
    summary.peers.reduce((total, each) => total + pick(each), 0);
  const differing = sum(({ theirBug, question, onlyThere }) => theirBug + question + onlyThere);
  const pairs = summary.knownGood.reduce((total, each) => total + each, 0);
  return `# What peers say of the same kernels

Made by \`npm run peers -- --full\` and held fresh by the tests. Every peer judges the same real configs, and each of its rows is held against what the
matching profiles of kconfig-lint say of that symbol: ${thousands(summary.configs)} configs of ${Object.keys(summary.releases).length} kernel releases and ${
    Object.keys(summary.arches).length
  } architectures, ${thousands(sum(({ rows }) => rows))} rows.
${thousands(sum(({ agreeing }) => agreeing))} agree, ${thousands(differing)} differ, and each of those is explained below. A difference that nothing explains fails the suite,
and so does an explanation that nothing needs. Differences that were mistakes of ours are not here: the rules were mended.

The configs are Debian's own of every series and architecture it has, those that kernel-hardening-checker collects from distributions and of
the kernel's defconfigs, and published ones of hypervisors.

${grid(
  [
    'peer',
    'version',
    'profiles',
    'configs',
    'rows',
    'agree',
    'their bug',
    'different question',
    'only there',
    'only here',
  ],
  summary.peers.map((each) => [
    peerNames[each.peer] ?? each.peer,
    each.version,
    each.profiles.join(', '),
    ...[each.configs, each.rows, each.agreeing, each.theirBug, each.question, each.onlyThere, each.onlyHere].map(
      thousands,
    ),
  ]),
)}

\`agree\`: both complain of the symbol, or neither does. \`only there\` counts rows on symbols that none of those profiles asks for, \`only here\`
rows of ours on symbols that the peer never asks for. Docker's script takes the release from the running machine; here it is told that of the config.
The script of K3s is in no package; its list is worked through as the script does. kernel-hardening-checker knows x86, Arm and RISC-V only.

${grid(['release', 'configs'], counts(summary.releases))}

${grid(['architecture', 'configs'], counts(summary.arches))}

## Every difference, and why

${(Object.keys(classes) as ExplanationClass[]).map((kind) => section(kind, table, summary.used)).join('\n')}
## Kernels that are known to serve

What distributions and projects ship for a platform raises no error in its profile: ${thousands(pairs)} pairs of config and profile. Exceptions are
errors that are right all the same; one that nothing needs fails the suite.

${good
  .map(({ configs, profiles, boot, why, exceptions }, i) => {
    const at = boot.length === 0 ? '' : `, with --boot ${boot.join(',')}`;
    const lines = exceptions.map(
      (each) => `  - except ${codes(each.rules)} on ${codes(each.configs)}: ${oneLine(each.why)}`,
    );
    return [
      `- ${codes(configs)} in ${codes(profiles)}${at} (${thousands(summary.knownGood[i] ?? 0)} pairs). ${oneLine(why)}`,
      ...lines,
    ].join('\n');
  })
  .join('\n')}
`;
}

const titles: Readonly<Record<ExplanationClass, string>> = {
  'their-bug': 'The peer is mistaken',
  'different-question': 'Both are right about different questions',
  'only-there': 'Rows that only the peer has',
  'only-here': 'Rows that only kconfig-lint has',
};

function section(kind: ExplanationClass, table: readonly Explanation[], used: readonly number[]): string {
  const rows = table.flatMap((each, i) =>
    each.class === kind
      ? [[each.peers.join(', '), codes(each.rows), caseOf(each), thousands(used[i] ?? 0), wordsOf(each)]]
      : [],
  );
  return `### ${titles[kind]}\n\n${grid(['peer', 'rows', 'where', 'times', 'why'], rows)}\n`;
}

/** Where a difference is met, and what each side says. */
function caseOf({ peerSays, weSay, because, kernel, arch, config, groups }: Explanation): string {
  const parts = [
    ...(groups === undefined ? [] : [`sorted as ${groups.join(', ')}`]),
    ...(kernel === undefined ? [] : [`kernel ${formatRange(kernel)}`]),
    ...(arch === undefined ? [] : [arch.join(', ')]),
    ...(config === undefined ? [] : [config.join(', ')]),
    ...(peerSays === undefined ? [] : [`they: ${peerSays}`]),
    ...(weSay === undefined ? [] : [`we: ${weSay.join(' or ')}`]),
    ...(because === undefined
      ? []
      : [because === 'not-in-kernel' ? 'the kernel has no such option' : 'the row is for another case']),
  ];
  return parts.join('; ');
}

function wordsOf({ why, references }: Explanation): string {
  const links = references.map((url, i) => `[${i + 1}](${url})`).join(' ');
  return `${oneLine(why)}${links === '' ? '' : ` ${links}`}`;
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const thousands = (count: number): string => String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
const counts = (of: Readonly<Record<string, number>>): string[][] =>
  Object.entries(of).map(([name, count]) => [name, thousands(count)]);

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
