/** Configs by profiles: the cells that every picture of them is made from. */
import { type Finding, type ProfileScore, type Report, severityRank } from '../finding.ts';
import { plural } from './reporter.ts';

export interface Cell {
  readonly profile: string;
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** Findings, of which those that say the same are one. */
  readonly errors: number;
  readonly warnings: number;
}

export interface Row {
  readonly path: string;
  readonly release: string | null;
  readonly arch: string | null;
  readonly kind: string;
  readonly cells: readonly Cell[];
}

export const cellStates = ['error', 'warning', 'unknown', 'met', 'none'] as const;
export type CellState = (typeof cellStates)[number];

/** The worst that a cell holds. */
export function stateOf({ errors, warnings, unknown, met, unmet }: Cell): CellState {
  if (errors > 0) return 'error';
  if (warnings > 0) return 'warning';
  if (unknown > 0) return 'unknown';
  return met + unmet === 0 ? 'none' : 'met';
}

/** `✖ 3`: a sign and a number, so that colour says nothing that is not there without it. */
export function mark(cell: Cell): string {
  const { errors, warnings, unknown } = cell;
  const signs = { error: `✖ ${errors}`, warning: `▲ ${warnings}`, unknown: `? ${unknown}`, met: '✔', none: '–' };
  return signs[stateOf(cell)];
}

/** `2 errors; 20 met, 2 unmet, 1 not known`. */
export function cellInWords({ errors, warnings, met, unmet, unknown, notApplicable }: Cell): string {
  const wrong = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  const parts = [`${met} met`, `${unmet} unmet`];
  if (unknown > 0) parts.push(`${unknown} not known`);
  if (notApplicable > 0) parts.push(`${notApplicable} not applicable`);
  return `${wrong.length === 0 ? 'nothing wrong' : wrong.join(', ')}; ${parts.join(', ')}`;
}

export const legend: readonly (readonly [state: CellState, sign: string, words: string])[] = [
  ['error', '✖', 'errors'],
  ['warning', '▲', 'warnings only'],
  ['unknown', '?', 'nothing wrong, that many not known'],
  ['met', '✔', 'all met'],
  ['none', '–', 'nothing applies'],
];

/** `Linux 6.12.1, x86_64, complete config`. */
export function rowInWords({ release, arch, kind }: Omit<Row, 'cells' | 'path'>): string {
  const kernel = release === null ? 'kernel not known' : `Linux ${release}`;
  return `${kernel}, ${arch ?? 'architecture not known'}, ${kind === 'complete' ? 'complete config' : 'fragment'}`;
}

/** True where the profiles make the better rows: many of them, and few configs. */
export function isTall(rows: readonly Row[]): boolean {
  const profiles = rows[0]?.cells.length ?? 0;
  return profiles > 12 && profiles > 2 * rows.length;
}

/** Which of the chosen profiles ask for a rule, by their numbers. */
export type AskedBy = (rule: string) => readonly number[];

/** `asked` are the rules of each profile; where they are not known, the name before the slash is taken for the profile. */
export function askedBy(
  profiles: readonly string[],
  asked: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): AskedBy {
  const known = new Map<string, readonly number[]>();
  return (rule) => {
    let found = known.get(rule);
    if (found === undefined) {
      found = profiles.flatMap((profile, i) =>
        (asked.get(profile)?.has(rule) ?? rule.startsWith(`${profile}/`)) ? [i] : [],
      );
      known.set(rule, found);
    }
    return found;
  };
}

/** The row of one report, with a first cell for the checks of the file itself. */
export function rowOf(report: Report, profiles: readonly string[], asked: AskedBy): Row {
  // By profile and rank: errors, warnings, notes; the last is for the checks.
  const counts = Array.from({ length: profiles.length + 1 }, () => [0, 0, 0] as [number, number, number]);
  for (const finding of report.findings) {
    for (const [profile, rank] of ranksOf(finding, profiles.length, asked)) counts[profile]![rank as 0 | 1 | 2]++;
  }
  const scores = new Map(report.scores.map((score) => [score.profile, score]));
  const cells = profiles.map((profile, i) => cellOf(profile, scores.get(profile), counts[i]!));
  const own = { ...cellOf(fileColumn, undefined, counts.at(-1)!), met: 1 };
  const { release = null, arch = null } = report.target;
  return { path: report.source.path, release, arch, kind: report.kind, cells: [own, ...cells] };
}

function cellOf(profile: string, score: ProfileScore | undefined, [errors, warnings]: readonly number[]): Cell {
  const { met = 0, unmet = 0, unknown = 0, notApplicable = 0 } = score ?? {};
  return { profile, met, unmet, unknown, notApplicable, errors: errors as number, warnings: warnings as number };
}

/** How severe a finding is to each profile that asks for it: to one it may be an error, to another that asks for the same a warning. */
function ranksOf({ rule, severity, sameAs }: Finding, checks: number, asked: AskedBy): Map<number, number> {
  const own = severityRank(severity);
  if (!rule.id.includes('/')) return new Map([[checks, own]]);
  const ranks = new Map(asked(rule.id).map((profile) => [profile, own]));
  for (const other of sameAs) {
    const rank = Math.max(own, severityRank(other.severity));
    for (const profile of asked(other.id)) ranks.set(profile, Math.min(rank, ranks.get(profile) ?? rank));
  }
  return ranks;
}

/** The name of that first cell; no profile can have it. */
export const fileColumn = 'the file itself';
