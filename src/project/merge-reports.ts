/** One report of a file that was judged for several kernels and architectures: what is the same for all of them is said once. */
import {
  countOf,
  type Finding,
  type NotApplicable,
  nothingSettled,
  type ProfileScore,
  type Report,
  severityRank,
  type Unknown,
  type WaivedFinding,
} from '../finding.ts';
import { formatKernelVersion, type Target } from '../target.ts';
import { wordsOf } from './kernel-list.ts';

/** What one kernel on one architecture makes of a file. */
export interface Part {
  readonly report: Report;
  /** Of the report, without those that are waived or switched off. */
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** Those whose severity is off. */
  readonly off: readonly Finding[];
  readonly group: string | undefined;
  readonly target: Target;
  /** Which of the machines that the kernel is started on. */
  readonly machine: number;
}

/** Words of a finding are made when they are first read, so it is wrapped and not copied. */
export function changedFinding(
  finding: Finding,
  { severity = finding.severity, targets }: { severity?: Finding['severity']; targets?: readonly string[] | undefined },
): Finding {
  return {
    rule: finding.rule,
    severity,
    symbol: finding.symbol,
    subjects: finding.subjects,
    expected: finding.expected,
    actual: finding.actual,
    location: finding.location,
    related: finding.related,
    cause: finding.cause,
    causeTitle: finding.causeTitle,
    sameAs: finding.sameAs,
    targets,
    get message() {
      return targets === undefined ? finding.message : `${finding.message} (on ${wordsOf(targets)})`;
    },
    get advice() {
      return finding.advice;
    },
    get fix() {
      return finding.fix;
    },
  };
}

export function mergeReports(parts: readonly Part[], kconfig: Report['kconfig']): Report {
  const labels = labelsOf(parts);
  const last = parts.at(-1) as Part;
  const findings = mergeFindings(
    parts.map((part) => part.findings),
    labels,
  ).map(({ finding }) => finding);
  const waived = mergeWaived(parts, labels);
  const off = Math.max(...parts.map((part) => part.off.length));
  const { report } = last;
  let unknowns: readonly Unknown[] | undefined;
  let notApplicable: readonly NotApplicable[] | undefined;
  const merged = {
    source: report.source,
    kind: report.kind,
    kindBecause: report.kindBecause,
    symbols: report.symbols,
    target: last.report.target,
    ...(parts.length === 1 ? {} : { targets: parts.map((part) => part.report.target) }),
    ...(kconfig === undefined ? {} : { kconfig }),
    findings,
    get unknowns() {
      unknowns ??= parts.length === 1 ? report.unknowns : mergeUnknowns(parts);
      return unknowns;
    },
    get notApplicable() {
      notApplicable ??= parts.length === 1 ? report.notApplicable : applyingNowhere(parts);
      return notApplicable;
    },
    scores: mergeScores(parts, labels),
    waived,
    settled: { ...nothingSettled, waived: waived.length, off },
  };
  const counts =
    parts.length === 1
      ? report.counts
      : { ...report.counts, unknown: mergeUnknowns(parts).length, notApplicable: applyingNowhere(parts).length };
  return withFindings({ ...shallow(merged), counts }, findings);
}

/** The report with other findings, counted anew. */
export function withFindings(report: Report, findings: readonly Finding[], settled = report.settled): Report {
  const counts = { ...report.counts, ...countOf(findings) };
  return { ...shallow(report), findings, counts, ...(settled === undefined ? {} : { settled }) };
}

/** A copy that does not read what is worded late. */
function shallow<T extends object>(report: T): T {
  return Object.defineProperties({}, Object.getOwnPropertyDescriptors(report)) as T;
}

/** What tells each part from the others: `6.12`, `arm64`, `zone 6.12 arm64`. */
function labelsOf(parts: readonly Part[]): readonly string[] {
  const group = ({ group }: Part): string => group ?? '';
  const kernel = ({ target }: Part): string =>
    target.release ?? (target.kernel === undefined ? '' : formatKernelVersion(target.kernel));
  const arch = ({ target }: Part): string => target.arch ?? '';
  const machine = ({ target }: Part): string => target.machine?.words ?? '';
  const telling = [group, kernel, arch, machine].filter((of) => new Set(parts.map(of)).size > 1);
  return parts.map(
    (part) =>
      telling
        .map((of) => of(part))
        .filter((word) => word !== '')
        .join(' ') || 'this target',
  );
}

/** Equal for findings that say the same of the same place. Of a lost setting only what it founders on counts, not by which way. */
function sameness({ rule, severity, location, symbol, message, cause, causeTitle }: Finding): string {
  const said = causeTitle === undefined || cause === undefined ? message : cause;
  return [rule.id, severity, location.source.path, location.span.start, symbol ?? '', said].join('\0');
}

interface Merged {
  readonly finding: Finding;
  /** As one of the parts has it. */
  readonly original: Finding;
}

function mergeFindings(lists: readonly (readonly Finding[])[], labels: readonly string[]): readonly Merged[] {
  const found = new Map<string, { original: Finding; on: string[] }>();
  // The last kernel speaks for all: its order and its advice count.
  for (let i = lists.length - 1; i >= 0; i--) {
    const repeated = new Map<string, number>();
    for (const original of lists[i] as readonly Finding[]) {
      const same = lists.length === 1 ? String(repeated.size) : sameness(original);
      const count = repeated.get(same) ?? 0;
      repeated.set(same, count + 1);
      const entry = found.get(`${same}\0${count}`);
      if (entry === undefined) found.set(`${same}\0${count}`, { original, on: [labels[i] as string] });
      else entry.on.unshift(labels[i] as string);
    }
  }
  return [...found.values()]
    .map(({ original, on }) => ({
      original,
      finding: on.length === lists.length ? original : changedFinding(original, { targets: on }),
    }))
    .sort((a, b) => severityRank(a.finding.severity) - severityRank(b.finding.severity));
}

function mergeWaived(parts: readonly Part[], labels: readonly string[]): readonly WaivedFinding[] {
  const byFinding = new Map(parts.flatMap(({ waived }) => waived.map((each) => [each.finding, each] as const)));
  const lists = parts.map(({ waived }) => waived.map(({ finding }) => finding));
  return mergeFindings(lists, labels).map(({ finding, original }) => ({
    ...(byFinding.get(original) as WaivedFinding),
    finding,
  }));
}

function mergeUnknowns(parts: readonly Part[]): readonly Unknown[] {
  const found = new Map<string, Unknown>();
  for (const { report } of parts.toReversed()) {
    for (const unknown of report.unknowns) {
      const key = `${unknown.rule.id}\0${unknown.expected}\0${unknown.reason}`;
      if (!found.has(key)) found.set(key, unknown);
    }
  }
  return [...found.values()];
}

/** What applies to one of the kernels is not said to be of no concern. */
function applyingNowhere(parts: readonly Part[]): readonly NotApplicable[] {
  const [first, ...others] = parts.map(({ report }) => report.notApplicable);
  const sets = others.map((list) => new Set(list.map(({ rule }) => rule.id)));
  return (first ?? []).filter(({ rule }) => sets.every((set) => set.has(rule.id)));
}

function mergeScores(parts: readonly Part[], labels: readonly string[]): readonly ProfileScore[] {
  const found = new Map<string, { score: ProfileScore; on: string[] }>();
  const judged = new Map<string, number>();
  for (const [i, { report }] of parts.entries()) {
    for (const score of report.scores) {
      const key = JSON.stringify(score);
      judged.set(score.profile, (judged.get(score.profile) ?? 0) + 1);
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { score, on: [labels[i] as string] });
      else entry.on.push(labels[i] as string);
    }
  }
  return [...found.values()].map(({ score, on }) =>
    on.length === judged.get(score.profile) && on.length === parts.length ? score : { ...score, targets: on },
  );
}
