/** The conductor: one document, the chosen profiles and the checks make one report. Pure, sorted, no duplicates. */
import type { Check, KernelView } from './checks/check.ts';
import type { ConfigDocument } from './config/document.ts';
import {
  countOf,
  type Finding,
  type NotApplicable,
  type ProfileScore,
  type Report,
  type Severity,
  severityRank,
  type Unknown,
} from './finding.ts';
import { type Condition, type KernelKnowledge, type Situation, Verdict } from './profiles/condition.ts';
import {
  findingOf,
  type Judgement,
  notApplicableOf,
  type RequirementFinding,
  ruleOf,
  unknownOf,
} from './profiles/evaluate.ts';
import { type Judged, judgePlan } from './profiles/judge.ts';
import { makePlan, type Plan, type PlanEntry } from './profiles/plan.ts';
import { type ChosenProfile, type Library, platformLabel, type Requirement } from './profiles/profile.ts';
import { rivalFinder } from './profiles/rivals.ts';
import type { BootFact, Target } from './target.ts';

export interface LintInput {
  readonly document: ConfigDocument;
  /** What the user said of the target; it wins over what the file says. */
  readonly target?: Target;
  /** The same array for every document of a run, so that what follows from it is worked out once. */
  readonly profiles?: readonly ChosenProfile[];
  readonly library: Library;
  readonly checks: readonly Check[];
  /** Boot facts the user stated, and those the user denied against a profile's own. */
  readonly boot?: ReadonlySet<BootFact>;
  readonly bootDenied?: ReadonlySet<BootFact>;
  /** What the Kconfig of the target's kernel makes of the document, where a model speaks for it. */
  readonly kernel?: (KernelView & KernelKnowledge) | undefined;
  /** Found already, by what looks at more than the document. */
  readonly found?: readonly Finding[];
}

const noFacts: ReadonlySet<BootFact> = new Set();
const noProfiles: readonly ChosenProfile[] = [];
const plans = new WeakMap<
  readonly ChosenProfile[],
  { boot: ReadonlySet<BootFact>; denied: ReadonlySet<BootFact>; plan: Plan }
>();

/** The plan of a run, made once for the same array of profiles. */
export function planFor(
  profiles: readonly ChosenProfile[] = noProfiles,
  boot: ReadonlySet<BootFact> = noFacts,
  bootDenied: ReadonlySet<BootFact> = noFacts,
): Plan {
  const known = plans.get(profiles);
  if (known !== undefined && known.boot === boot && known.denied === bootDenied) return known.plan;
  const plan = makePlan(profiles, boot, bootDenied);
  plans.set(profiles, { boot, denied: bootDenied, plan });
  return plan;
}

export function lint(input: LintInput): Report {
  const { document, library, kernel } = input;
  const target = { ...document.target, ...input.target };
  const findings: Finding[] = [];
  // One by one: a config may have more findings than a call takes arguments.
  for (const check of input.checks)
    for (const finding of check.find({ document, target, kernel })) findings.push(finding);
  findings.sort(byPlace);
  for (const finding of input.found ?? []) findings.push(finding);
  const plan = planFor(input.profiles, input.boot, input.bootDenied);
  const judged = judgePlan(plan, document, target, library, kernel);
  const { findings: failed, byEntry } = findingsOf(plan, judged, library);
  if (kernel !== undefined) shareRoots(failed, findings);
  for (const finding of failed) findings.push(finding);
  findings.sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  let unknowns: readonly Unknown[] | undefined;
  let notApplicables: readonly NotApplicable[] | undefined;
  return {
    source: document.source,
    kind: document.kind,
    kindBecause: document.kindBecause,
    symbols: document.settings,
    target,
    ...(kernel === undefined ? {} : { kconfig: kconfigOf(kernel) }),
    findings,
    get unknowns() {
      unknowns ??= indexesWith(Verdict.unknown, judged).map((index) =>
        unknownOf(...detailOf(plan, judged, index), library),
      );
      return unknowns;
    },
    get notApplicable() {
      notApplicables ??= indexesWith(Verdict.notApplicable, judged).map((index) =>
        notApplicableOf(...detailOf(plan, judged, index), library),
      );
      return notApplicables;
    },
    scores: scoresOf(plan, judged, byEntry),
    counts: {
      ...countOf(findings),
      unknown: countWith(Verdict.unknown, judged),
      notApplicable: countWith(Verdict.notApplicable, judged),
    },
  };
}

function detailOf(
  { entries }: Plan,
  { judgements, situations }: Judged,
  index: number,
): [Requirement, Judgement, Situation] {
  const { requirement, circumstance } = entries[index] as PlanEntry;
  return [requirement, judgements[index] as Judgement, situations[circumstance] as Situation];
}

function indexesWith(verdict: Verdict, { verdicts }: Judged): number[] {
  const found: number[] = [];
  for (let i = 0; i < verdicts.length; i++) if (verdicts[i] === verdict) found.push(i);
  return found;
}

function countWith(verdict: Verdict, { verdicts }: Judged): number {
  let count = 0;
  for (let i = 0; i < verdicts.length; i++) if (verdicts[i] === verdict) count++;
  return count;
}

const keys = new WeakMap<Condition, string>();

/** Equal for conditions that say the same. */
function keyOf(condition: Condition): string {
  let key = keys.get(condition);
  if (key === undefined) {
    // The usual condition in short.
    const isPlain = condition.kind === 'symbol' && condition.values.length === 0;
    key = isPlain ? `${condition.symbol} ${condition.accept}` : JSON.stringify(condition);
    keys.set(condition, key);
  }
  return key;
}

/** Where two rules ask for the same, the more severe one speaks and the other is named beside it. */
function findingsOf(
  plan: Plan,
  judged: Judged,
  library: Library,
): { readonly findings: RequirementFinding[]; readonly byEntry: readonly (RequirementFinding | undefined)[] } {
  const findings: RequirementFinding[] = [];
  const byKey = new Map<string, RequirementFinding>();
  const byEntry: (RequirementFinding | undefined)[] = new Array(plan.entries.length);
  const rivalOf = rivalFinder(plan, judged, library);
  const unmet = indexesWith(Verdict.unmet, judged);
  for (const index of unmet) {
    const { requirement } = plan.entries[index] as PlanEntry;
    const { decidedBy } = judged.judgements[index] as Judgement;
    const rival = rivalOf(index);
    const key = rival === undefined ? keyOf(decidedBy) : `${keyOf(decidedBy)} ${rival.id}`;
    let finding = byKey.get(key);
    if (finding === undefined) {
      finding = findingOf(...detailOf(plan, judged, index), library, rival);
      findings.push(finding);
      byKey.set(key, finding);
    } else addRule(finding, requirement, library, rival !== undefined);
    byEntry[index] = finding;
  }
  const failedBy = failuresByName(unmet, plan);
  for (const index of unmet) {
    const finding = byEntry[index] as RequirementFinding;
    finding.cause ??= causeOf(index, finding, failedBy, plan, byEntry)?.rule.id;
  }
  return { findings, byEntry };
}

/**
 * A requirement that fails because the kernel drops the setting for it has the root of that loss, and so has what needs it. That a
 * symbol has no prompt is no such root: what is said of the line tells nothing of what the requirement is for.
 */
function shareRoots(failed: readonly RequirementFinding[], found: readonly Finding[]): void {
  const roots = new Map<string, string>();
  for (const { symbol, cause, causeTitle, rule } of found) {
    if (rule.id === 'hidden-symbol') continue;
    if (symbol !== undefined && cause !== undefined && causeTitle !== undefined) roots.set(symbol, cause);
  }
  if (roots.size === 0) return;
  const byRule = new Map<string, string>();
  for (const finding of failed) {
    const root = finding.symbol === undefined ? undefined : roots.get(finding.symbol);
    if (root === undefined) continue;
    finding.cause = root;
    byRule.set(finding.rule.id, root);
  }
  for (const finding of failed) {
    const root = finding.cause === undefined ? undefined : byRule.get(finding.cause);
    if (root !== undefined) finding.cause = root;
  }
}

function addRule(finding: RequirementFinding, requirement: Requirement, library: Library, gaveWay: boolean): void {
  finding.join(requirement);
  const rule = ruleOf(requirement, library);
  if (finding.rule === rule || finding.sameAs.includes(rule)) return;
  if (gaveWay || severityRank(requirement.severity) >= severityRank(finding.severity)) {
    finding.sameAs = [...finding.sameAs, rule];
  } else {
    finding.sameAs = [finding.rule, ...finding.sameAs];
    finding.rule = rule;
    finding.severity = requirement.severity;
  }
}

/** The failed entries by the name of their requirement, which is how others say that they need it. */
function failuresByName(unmet: readonly number[], { entries }: Plan): ReadonlyMap<string, readonly number[]> {
  const failed = new Map<string, number[]>();
  for (const index of unmet) {
    const { name } = (entries[index] as PlanEntry).requirement;
    const known = failed.get(name);
    if (known === undefined) failed.set(name, [index]);
    else known.push(index);
  }
  return failed;
}

/** Follows `needs` from a failed requirement to the last failed one, which explains it. */
function causeOf(
  index: number,
  own: Finding,
  failedBy: ReadonlyMap<string, readonly number[]>,
  plan: Plan,
  byEntry: readonly (RequirementFinding | undefined)[],
): Finding | undefined {
  const needsOf = (at: number) => (plan.entries[at] as PlanEntry).requirement.needs;
  // Most need nothing.
  if (needsOf(index).length === 0) return undefined;
  const seen = new Set<Finding>([own]);
  const failedNeed = (at: number): number | undefined =>
    needsOf(at)
      .flatMap((name) => failedBy.get(name) ?? [])
      .find((need) => !seen.has(byEntry[need] as Finding));
  let cause: Finding | undefined;
  for (let at = failedNeed(index); at !== undefined; at = failedNeed(at)) {
    cause = byEntry[at] as Finding;
    seen.add(cause);
  }
  return cause;
}

function scoresOf(
  { profiles, entries: all }: Plan,
  { verdicts }: Judged,
  byEntry: readonly (Finding | undefined)[],
): ProfileScore[] {
  return profiles.map(({ chosen, entries }) => {
    const count = [0, 0, 0, 0];
    const unmetBy = { error: 0, warning: 0, info: 0 };
    for (const index of entries) {
      const verdict = verdicts[index] as number;
      count[verdict] = (count[verdict] as number) + 1;
      const finding = byEntry[index];
      // A rule of another profile may ask for the same more severely; one that gave way is milder than it says.
      if (finding !== undefined) unmetBy[milder(finding.severity, (all[index] as PlanEntry).requirement.severity)]++;
    }
    const [met = 0, unmet = 0, unknown = 0, notApplicable = 0] = count;
    const platform = platformLabel(chosen);
    const { id, title } = chosen.profile;
    const { error: errors, warning: warnings } = unmetBy;
    const label = platform === undefined ? {} : { platform };
    return { profile: id, title, ...label, met, unmet, unknown, notApplicable, errors, warnings };
  });
}

function milder(a: Severity, b: Severity): Severity {
  return severityRank(a) > severityRank(b) ? a : b;
}

function kconfigOf({ name, base }: KernelView): NonNullable<Report['kconfig']> {
  return base === undefined ? { name } : { name, base };
}

/** For findings of checks; requirements keep the order of their profiles, in which parents come first. */
function byPlace(a: Finding, b: Finding): number {
  return a.location.span.start - b.location.span.start || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0);
}
