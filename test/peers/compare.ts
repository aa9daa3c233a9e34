/** Holds the verdicts of a peer against ours, symbol by symbol, and every difference against a table of explanations. */

import { matchesName } from '../../src/profiles/condition.ts';
import { archMatches, inRange, parseRange, type Range, type Target } from '../../src/target.ts';
import type { OurVerdict, OurView, Silence } from './ours.ts';

/** One row of a peer on one config. */
export interface PeerRow {
  /** The symbol, or `LSM:yama` for an entry of a list. */
  readonly key: string;
  readonly isContent: boolean;
  /** Where the peer sorts it: `required`, `optional`, or who decided it. */
  readonly group: string;
}

export interface Compared extends PeerRow {
  readonly peer: string;
  readonly config: string;
  readonly target: Target;
  readonly we: OurVerdict;
  readonly silence?: Silence | undefined;
  readonly rows: readonly string[];
}

export const classes = {
  'their-bug': 'their bug',
  'different-question': 'a different question',
  'only-there': 'a row that only they have',
  'only-here': 'a row that only we have',
} as const;
export type ExplanationClass = keyof typeof classes;

/** One line of the table: which differences it explains, and why they are right. */
export interface Explanation {
  readonly peers: readonly string[];
  /** Keys of symbols; for `only-here` ids of our rows, where `*` stands for any text. */
  readonly rows: readonly string[];
  readonly class: ExplanationClass;
  readonly groups?: readonly string[];
  readonly peerSays?: 'ok' | 'fail';
  readonly weSay?: readonly OurVerdict[];
  /** Why we ask for nothing. */
  readonly because?: Silence;
  readonly kernel?: Range;
  readonly arch?: readonly string[];
  readonly config?: readonly string[];
  readonly why: string;
  readonly references: readonly string[];
}

/** Joins a peer's rows with our views; a symbol on which we have no row is kept as such. */
export function join(
  peer: string,
  config: string,
  target: Target,
  rows: readonly PeerRow[],
  views: ReadonlyMap<string, OurView>,
): Compared[] {
  return rows.map((row) => {
    const view: OurView = views.get(row.key) ?? { verdict: 'no-row', rows: [] };
    return { ...row, peer, config, target, we: view.verdict, silence: view.silence, rows: view.rows };
  });
}

/** Both complain, or neither does; a row that only one side has is never an agreement. */
export function agrees({ we, isContent }: Compared): boolean {
  if (we === 'no-row' || we === 'unknown') return false;
  return isContent === (we !== 'unmet');
}

export function explains(explanation: Explanation, compared: Compared): boolean {
  const { peers, rows, groups, peerSays, weSay, because, kernel, arch, config } = explanation;
  if (explanation.class === 'only-here' || !peers.includes(compared.peer)) return false;
  if ((explanation.class === 'only-there') !== (compared.we === 'no-row')) return false;
  if (!rows.some((pattern) => matchesName(pattern, compared.key))) return false;
  if (groups !== undefined && !groups.includes(compared.group)) return false;
  if (peerSays !== undefined && (peerSays === 'ok') !== compared.isContent) return false;
  if (weSay !== undefined && !weSay.includes(compared.we)) return false;
  if (because !== undefined && because !== compared.silence) return false;
  const { target } = compared;
  if (kernel !== undefined && !(target.kernel !== undefined && inRange(kernel, target.kernel))) return false;
  if (arch !== undefined && !(target.arch !== undefined && archMatches(arch, target.arch))) return false;
  return config === undefined || config.some((pattern) => matchesName(pattern, compared.config));
}

export interface Outcome {
  readonly agreeing: number;
  /** How many rows each explanation of the table accounts for. */
  readonly explained: readonly number[];
  readonly unexplained: readonly Compared[];
}

/** The first explanation that fits counts. */
export function weigh(compared: readonly Compared[], table: readonly Explanation[]): Outcome {
  const explained = table.map(() => 0);
  const unexplained: Compared[] = [];
  let agreeing = 0;
  for (const each of compared) {
    if (agrees(each)) {
      agreeing++;
      continue;
    }
    const at = table.findIndex((explanation) => explains(explanation, each));
    if (at < 0) unexplained.push(each);
    else explained[at] = (explained[at] as number) + 1;
  }
  return { agreeing, explained, unexplained };
}

/** Which of our rows on symbols a peer never asks for, with the place in the table that says why, or -1. */
export function onlyHere(
  peer: string,
  ourRows: ReadonlyMap<string, ReadonlySet<string>>,
  theirKeys: ReadonlySet<string>,
  table: readonly Explanation[],
): { readonly row: string; readonly at: number }[] {
  const found = [];
  for (const [row, keys] of ourRows) {
    if (keys.size === 0 || [...keys].some((key) => theirKeys.has(key))) continue;
    const at = table.findIndex(
      (explanation) =>
        explanation.class === 'only-here' &&
        explanation.peers.includes(peer) &&
        explanation.rows.some((pattern) => matchesName(pattern, row)),
    );
    found.push({ row, at });
  }
  return found;
}

/** Reads the table; a fault in it is thrown with its place in words. */
export function readTable(value: unknown): Explanation[] {
  if (!Array.isArray(value)) throw new Error('the table of differences is not a list');
  return value.map((each, i) => readExplanation(each, `entry ${i + 1}`));
}

const keys = [
  'peer',
  'rows',
  'class',
  'groups',
  'peer-says',
  'we-say',
  'because',
  'kernel',
  'arch',
  'config',
  'why',
  'references',
];

function readExplanation(value: unknown, place: string): Explanation {
  if (typeof value !== 'object' || value === null) throw new Error(`${place} is not a mapping`);
  const entry = value as Readonly<Record<string, unknown>>;
  const stray = Object.keys(entry).find((key) => !keys.includes(key));
  if (stray !== undefined) throw new Error(`${place} has a key "${stray}"; it knows ${keys.join(', ')}`);
  const list = (key: string): string[] | undefined => {
    const given = entry[key];
    return given === undefined ? undefined : (Array.isArray(given) ? given : [given]).map(String);
  };
  const rows = list('rows') ?? [];
  const kind = String(entry['class']);
  const why = String(entry['why'] ?? '');
  const says = entry['peer-says'];
  const range = entry['kernel'] === undefined ? undefined : parseRange(String(entry['kernel']));
  if (rows.length === 0 || why === '') throw new Error(`${place} needs rows and why`);
  if (!(kind in classes)) throw new Error(`${place} (${rows[0]}): class is one of ${Object.keys(classes).join(', ')}`);
  if (says !== undefined && says !== 'ok' && says !== 'fail') throw new Error(`${place}: peer-says is ok or fail`);
  if (entry['because'] !== undefined && !['not-in-kernel', 'other-case'].includes(String(entry['because'])))
    throw new Error(`${place}: because is not-in-kernel or other-case`);
  if (entry['kernel'] !== undefined && range === undefined) throw new Error(`${place}: kernel is no range`);
  const optional = {
    groups: list('groups'),
    peerSays: says,
    weSay: list('we-say') as OurVerdict[] | undefined,
    because: entry['because'] as Silence | undefined,
    kernel: range,
    arch: list('arch'),
    config: list('config'),
  };
  return {
    peers: list('peer') ?? [],
    rows,
    class: kind as ExplanationClass,
    why,
    references: list('references') ?? [],
    ...Object.fromEntries(Object.entries(optional).filter(([, given]) => given !== undefined)),
  };
}
