/** A run over the files of a project: one report a file, with waivers, baseline and the verdicts of another commit taken off. */
import type { ConfigDocument } from '../config/document.ts';
import { type Finding, fingerprintsOf, type InputFailure, noCounts, nothingSettled, type Report } from '../finding.ts';
import type { Host } from '../host.ts';
import type { Location, SourceText } from '../source.ts';
import { applyWaivers, waiverFindings } from '../waivers/apply.ts';
import { faultyFinding, inlineWaivers } from '../waivers/inline.ts';
import { hasInlineWaivers } from '../waivers/marker.ts';
import { faultyWaiver, untrustedWaiver, type Waiver } from '../waivers/waiver.ts';
import { textMatches } from '../wildcard.ts';
import { type Baseline, type BaselineEntry, beyond, entriesOf, takeAll } from './baseline.ts';
import { bySeverity, type Judge, type Judged } from './judge.ts';
import { mergeReports, type Part, withFindings } from './merge-reports.ts';
import type { UsageError } from './prepare.ts';
import { type Project, pathInProject } from './project-config.ts';
import { readDocument } from './read.ts';

export interface RunInput {
  readonly project: Project;
  readonly host: Host;
  readonly judge: Judge;
  readonly used: Set<Waiver>;
  readonly today: string;
  /** All files of the project are checked, by nothing but its own settings: what is not found then is not there. */
  readonly isWhole: boolean;
  readonly baseline?: Baseline | undefined;
  /** Everything found goes into a new baseline. */
  readonly isUpdating: boolean;
  /** Nobody asks for the findings of all files at the end: each would keep its whole config in memory. */
  readonly forgets?: boolean;
  /** The commit that verdicts are compared with. */
  readonly since?: { readonly judge: Judge; readonly host: Host; readonly waivers: readonly Waiver[] } | undefined;
  /** The commit whose waivers count, and no others. */
  readonly trusted?: { readonly ref: string; readonly host: Host } | undefined;
  /** Ids of checks that need the Kconfig of a kernel. */
  readonly kernelChecks: ReadonlySet<string>;
  readonly knowsRule: (pattern: string) => boolean;
}

export interface ProjectRun {
  readonly reportOf: (document: ConfigDocument, path: string) => Report | InputFailure | readonly UsageError[];
  /** One report for each machine on which the kernel is started. */
  readonly reportsOf: (
    document: ConfigDocument,
    path: string,
  ) => readonly Report[] | InputFailure | readonly UsageError[];
  /** What the last call of `reportsOf` did besides, and the same again for a file that was judged elsewhere. */
  readonly effects: () => Effects;
  readonly repeat: (effects: Effects) => void;
  /** What is to be said of the project file itself, once all files were read. */
  readonly closing: (failures: number) => readonly Report[];
  readonly fixed: () => { readonly known: number; readonly unchanged: number };
  /** Findings by file, before the baseline was taken off, by paths from the project's folder; none where `forgets` says so. */
  readonly found: ReadonlyMap<string, readonly Finding[]>;
}

/** What judging one file says of the run, as plain data. */
export interface Effects {
  /** The file, by its path from the project's folder. */
  readonly name: string;
  /** Waivers of the project that spoke, by their place in the project file. */
  readonly waivers: readonly number[];
  readonly fixed: { readonly known: number; readonly unchanged: number };
}

const noEffects: Effects = { name: '', waivers: [], fixed: { known: 0, unchanged: 0 } };

export function createProjectRun(input: RunInput): ProjectRun {
  const found = new Map<string, readonly Finding[]>();
  const fixed = { known: 0, unchanged: 0 };
  let effects = noEffects;
  /** Notes what a call adds to what is known of the run. */
  const noted = <T>(path: string, judge: () => T): T => {
    const before = { ...fixed, used: [...input.used] };
    input.used.clear();
    const made = judge();
    effects = {
      name: nameOf(path, input),
      waivers: input.project.waivers.flatMap((waiver, i) => (input.used.has(waiver) ? [i] : [])),
      fixed: { known: fixed.known - before.known, unchanged: fixed.unchanged - before.unchanged },
    };
    for (const waiver of before.used) input.used.add(waiver);
    return made;
  };
  return {
    found,
    fixed: () => fixed,
    reportOf: (document, path) => {
      const made = reportsOf(document, path, false, input, found, fixed);
      if (!('length' in made)) return made;
      const [first] = made;
      return first !== undefined && 'counts' in first ? first : (made as readonly UsageError[]);
    },
    reportsOf: (document, path) => noted(path, () => reportsOf(document, path, true, input, found, fixed)),
    effects: () => effects,
    repeat: ({ name, waivers, fixed: more }) => {
      for (const i of waivers) input.used.add(input.project.waivers[i] as Waiver);
      fixed.known += more.known;
      fixed.unchanged += more.unchanged;
      if (!found.has(name)) found.set(name, []);
    },
    closing: (failures) => closingReports(input, found, failures),
  };
}

function reportsOf(
  document: ConfigDocument,
  path: string,
  isByMachine: boolean,
  input: RunInput,
  found: Map<string, readonly Finding[]>,
  fixed: { known: number; unchanged: number },
): readonly Report[] | InputFailure | readonly UsageError[] {
  const { waivers, faults } = ownWaivers(document.source, path, input);
  const judged = input.judge.judge(document, { inline: waivers });
  if (!('parts' in judged)) return judged;
  const compared = compare(judged, path, input);
  fixed.unchanged += compared.fixed;
  const about = waiverFindings(waivers, input.used, input.today, (waiver) => couldSpeak(waiver, judged, input));
  const fresh = [...faults, ...about].filter(({ location }) => !compared.lines.has(lineAt(location)));
  const own = bySeverity(fresh, input.project.severities).findings;
  const machines = new Set(compared.parts.map((part) => (isByMachine ? part.machine : 0)));
  const reports = [...machines].map((machine, i) => {
    const parts = isByMachine ? compared.parts.filter((part) => part.machine === machine) : compared.parts;
    const merged = mergeReports(parts, judged.kconfig);
    // What is wrong with comments is said once, and so is what is as before.
    return withFindings(merged, i === 0 ? [...merged.findings, ...own] : merged.findings, {
      ...(merged.settled ?? nothingSettled),
      unchanged: i === 0 ? compared.unchanged : 0,
    });
  });
  return withBaseline(reports, nameOf(path, input), input, found, fixed);
}

function lineAt({ source, span }: Location): string {
  return source.text.slice(span.start, span.end);
}

function nameOf(path: string, { project, host }: RunInput): string {
  return pathInProject(project, path, host) ?? path;
}

/** Comments of the file that count as waivers, and findings about those that do not. */
function ownWaivers(source: SourceText, path: string, { trusted, knowsRule }: Pick<RunInput, 'trusted' | 'knowsRule'>) {
  if (!hasInlineWaivers(source)) return { waivers: [], faults: [] };
  const { waivers, faults } = inlineWaivers(source);
  const known = waivers.filter(({ rules }) => rules.every(knowsRule));
  const unknown = waivers.flatMap((waiver) =>
    waiver.rules
      .filter((rule) => !knowsRule(rule))
      .map((rule) => faultyFinding(faultyWaiver, waiver.location, `there is no rule "${rule}"`)),
  );
  if (trusted === undefined) return { waivers: known, faults: [...faults, ...unknown] };
  const before = readDocument(path, trusted.host, { kind: 'auto', stdinName: path, keep: true });
  const there = new Set('scanned' in before ? inlineWaivers(before.source).waivers.map(identityOf) : []);
  const isThere = (waiver: Waiver): boolean => there.has(identityOf(waiver));
  const untrusted = known
    .filter((waiver) => !isThere(waiver))
    .map(({ location }) =>
      faultyFinding(untrustedWaiver, location, `this waiver is not in ${trusted.ref}, so it does not count yet`),
    );
  return { waivers: known.filter(isThere), faults: [...faults, ...unknown, ...untrusted] };
}

/** The same waiver, wherever in the file it stands. */
function identityOf({ rules, symbols, reason, expires, line }: Waiver): string {
  return JSON.stringify([rules, symbols, reason, expires ?? null, line === undefined ? null : (line.symbol ?? '')]);
}

/** False where the rules of a waiver had no say in this run. */
function couldSpeak(
  { rules }: Waiver,
  judged: Pick<Judged, 'rules' | 'kconfig'>,
  { kernelChecks }: Pick<RunInput, 'kernelChecks'>,
): boolean {
  const speaking = [...judged.rules].filter((rule) => judged.kconfig !== undefined || !kernelChecks.has(rule));
  return rules.some((pattern) => speaking.some((rule) => textMatches(pattern, rule)));
}

/** A report without what the comments of its file accept, for a run that knows of no project. */
export function waiveOwn(
  report: Report,
  input: Pick<RunInput, 'today' | 'kernelChecks' | 'knowsRule'> & { readonly rules: ReadonlySet<string> },
): Report {
  const { waivers, faults } = ownWaivers(report.source, report.source.path, input);
  const used = new Set<Waiver>();
  const { kept, waived } = applyWaivers(report.findings, waivers, report.target.kernel, input.today, used);
  const judged = { rules: input.rules, kconfig: report.kconfig };
  const about = waiverFindings(waivers, used, input.today, (waiver) => couldSpeak(waiver, judged, input));
  const own = withFindings(report, [...kept, ...faults, ...about], { ...nothingSettled, waived: waived.length });
  return Object.defineProperty(own, 'waived', { value: waived, enumerable: true });
}

interface Compared {
  readonly parts: readonly Part[];
  readonly unchanged: number;
  readonly fixed: number;
  /** The lines of the file at the other commit. */
  readonly lines: ReadonlySet<string>;
}

/** Leaves only what the other commit does not find, target by target. */
function compare(judged: Judged, path: string, { since }: RunInput): Compared {
  const { parts } = judged;
  const nothing: Compared = { parts, unchanged: 0, fixed: 0, lines: new Set() };
  if (since === undefined) return nothing;
  const before = readDocument(path, since.host, { kind: 'auto', stdinName: path, keep: true });
  // A new file, or one that was no config then: all of it is new.
  if (!('scanned' in before)) return nothing;
  const lines = new Set(before.source.text.split('\n'));
  const old = since.judge.judge(before, { inline: inlineWaivers(before.source).waivers });
  // What cannot be judged there has no verdict that could stand.
  if (!('parts' in old)) return { ...nothing, lines };
  const left = new Map<string, number>();
  for (const part of old.parts) {
    for (const key of part.findings.flatMap((finding) => keysOf(finding, part, path)))
      left.set(key, (left.get(key) ?? 0) + 1);
  }
  const unchanged = new Set<string>();
  const fresh = parts.map((part) => ({
    ...part,
    findings: part.findings.filter((finding) => {
      const isOld = takeAll(left, keysOf(finding, part, path));
      if (isOld) unchanged.add(`${finding.rule.id} ${finding.location.span.start} ${finding.symbol}`);
      return !isOld;
    }),
  }));
  // What is accepted now is not fixed.
  for (const part of parts) {
    const accepted = [...part.off, ...part.waived.map(({ finding }) => finding)];
    for (const finding of accepted) takeAll(left, keysOf(finding, part, path));
  }
  const gone = new Set([...left].filter(([, count]) => count > 0).map(([key]) => key.split(' ')[0]));
  return { parts: fresh, unchanged: unchanged.size, fixed: gone.size, lines };
}

/** The same for the same finding on the same kernel and architecture. */
function keysOf(finding: Finding, { target }: Part, path: string): readonly string[] {
  const on = `${target.kernel ?? ''} ${target.arch ?? ''}`;
  return fingerprintsOf(finding, path).map((fingerprint) => `${fingerprint} ${on}`);
}

function withBaseline(
  reports: readonly Report[],
  name: string,
  { baseline, isUpdating, forgets = false }: RunInput,
  found: Map<string, readonly Finding[]>,
  fixed: { known: number },
): readonly Report[] {
  const all = onEachMachine(reports, name);
  found.set(name, forgets ? [] : all);
  if (!isUpdating && baseline === undefined) return reports;
  if (baseline !== undefined && !isUpdating) fixed.known += beyond(baseline, name, all).gone;
  return reports.map((report) => {
    const { findings, settled = nothingSettled } = report;
    if (isUpdating || baseline === undefined) return withFindings(report, [], { ...settled, known: findings.length });
    const { fresh, known } = beyond(baseline, name, findings);
    return withFindings(report, fresh, { ...settled, known });
  });
}

/** Findings of a file on all its machines, those that several share once. */
function onEachMachine(reports: readonly Report[], name: string): readonly Finding[] {
  const all: Finding[] = [];
  const counts = new Map<string, number>();
  for (const { findings } of reports) {
    const left = new Map(counts);
    for (const finding of findings) {
      const keys = fingerprintsOf(finding, name);
      if (takeAll(left, keys)) continue;
      all.push(finding);
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return all;
}

/** Waivers of the project file that are of no use, as far as this run can tell. */
function closingReports(
  { project, used, today, isWhole, since }: RunInput,
  found: ReadonlyMap<string, readonly Finding[]>,
  failures: number,
): readonly Report[] {
  const { source, waivers } = project;
  if (source === undefined) return [];
  const paths = [...found.keys()];
  const before = new Set((since?.waivers ?? []).map(identityOf));
  const concerned = waivers.filter(
    (waiver) => (isWhole || paths.some(waiver.coversFile)) && !before.has(identityOf(waiver)),
  );
  const said = waiverFindings(concerned, used, today, () => isWhole && failures === 0);
  const { findings } = bySeverity(said, project.severities);
  if (findings.length === 0) return [];
  const report: Report = {
    source,
    kind: 'fragment',
    kindBecause: 'project file',
    about: 'the project file',
    symbols: 0,
    target: {},
    findings: [],
    unknowns: [],
    notApplicable: [],
    scores: [],
    counts: noCounts,
  };
  return [withFindings(report, findings)];
}

/** The baseline after a run: anew, or without what is gone. Files that were not read keep what they have, unless they are gone. */
export function nextBaseline(
  before: Baseline,
  { found }: ProjectRun,
  exists: (path: string) => boolean,
  of: (baseline: Baseline, path: string, findings: readonly Finding[]) => readonly BaselineEntry[],
): Baseline {
  const others = before.filter(({ path }) => !found.has(path) && exists(path));
  return [...others, ...[...found].flatMap(([path, findings]) => of(before, path, findings))];
}

export const anew = (_: Baseline, path: string, findings: readonly Finding[]): readonly BaselineEntry[] =>
  entriesOf(path, findings);
