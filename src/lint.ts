/** The conductor: one document, the chosen profiles and the checks make one report. Pure, sorted, no duplicates. */
import type { Check } from './checks/check.ts';
import type { ConfigDocument } from './config/document.ts';
import type { Counts, Finding, NotApplicable, ProfileScore, Report, Unknown } from './finding.ts';
import { severityRank } from './finding.ts';
import { type Condition, holdsPlainly, type Situation, Verdict } from './profiles/condition.ts';
import {
  type FindingDraft,
  findingOf,
  type Judgement,
  judgeRequirement,
  notApplicableOf,
  ruleOf,
  unknownOf,
} from './profiles/evaluate.ts';
import { type ChosenProfile, type Library, platformLabel, type Requirement } from './profiles/profile.ts';
import type { BootFact, Target } from './target.ts';

export interface LintInput {
  readonly document: ConfigDocument;
  /** What the user said of the target; it wins over what the file says. */
  readonly target?: Target;
  readonly profiles?: readonly ChosenProfile[];
  readonly library: Library;
  readonly checks: readonly Check[];
  /** Boot facts the user stated, and those the user denied against a profile's own. */
  readonly boot?: ReadonlySet<BootFact>;
  readonly bootDenied?: ReadonlySet<BootFact>;
}

export function lint(input: LintInput): Report {
  const { document } = input;
  const target = { ...document.target, ...input.target };
  const findings: Finding[] = [];
  for (const check of input.checks) findings.push(...check.find({ document, target }));
  const profiles = input.profiles ?? [];
  const run: Run = {
    library: input.library,
    verdicts: new Map(),
    byId: new Map(),
    findings: new Map(),
    unknowns: [],
    notApplicable: [],
  };
  const scores = profiles.map((chosen) => judgeProfile(chosen, situationOf(input, target, chosen), run));
  findings.sort(byPlace);
  findings.push(...withCauses(run, profiles));
  findings.sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  let unknowns: readonly Unknown[] | undefined;
  let notApplicable: readonly NotApplicable[] | undefined;
  return {
    source: document.source,
    kind: document.kind,
    kindBecause: document.kindBecause,
    symbols: document.settings,
    target,
    findings,
    get unknowns() {
      unknowns ??= run.unknowns.map((judged) => unknownOf(...judged, input.library));
      return unknowns;
    },
    get notApplicable() {
      notApplicable ??= run.notApplicable.map((judged) => notApplicableOf(...judged, input.library));
      return notApplicable;
    },
    scores,
    counts: countOf(findings, run.unknowns.length, run.notApplicable.length),
  };
}

function situationOf(
  { document, library, boot, bootDenied }: LintInput,
  target: Target,
  chosen: ChosenProfile,
): Situation {
  const facts = new Set<BootFact>(chosen.boot);
  for (const fact of bootDenied ?? []) facts.delete(fact);
  for (const fact of boot ?? []) facts.add(fact);
  return { document, target, boot: facts, symbols: library.symbols };
}

type Judged = readonly [Requirement, Judgement, Situation];

/** What a run has found so far. */
interface Run {
  readonly library: Library;
  /** Verdicts by requirement and by what besides the document they depend on: profiles share rows. */
  readonly verdicts: Map<Requirement, { readonly key: string; readonly verdict: Verdict }>;
  /** Failed requirements by id. */
  readonly byId: Map<string, Requirement>;
  /** Requirements that ask for the same thing share one finding, under the same key. */
  readonly findings: Map<string, FindingDraft>;
  readonly unknowns: Judged[];
  readonly notApplicable: Judged[];
}

function judgeProfile(chosen: ChosenProfile, common: Situation, run: Run): ProfileScore {
  const count = [0, 0, 0, 0];
  const boot = [...common.boot].sort().join();
  let owner = '';
  let situation = common;
  let key = boot;
  for (const requirement of chosen.requirements) {
    if (plainlyMet(requirement, common)) {
      count[Verdict.met] = (count[Verdict.met] as number) + 1;
      continue;
    }
    if (owner !== requirement.profile) {
      owner = requirement.profile;
      const platform = chosen.platforms.get(owner);
      situation =
        platform === undefined ? common : { ...common, platform: platform.number, platformName: platform.name };
      key = `${boot} ${platform?.number}`;
    }
    const known = run.verdicts.get(requirement);
    const verdict =
      known !== undefined && known.key === key ? known.verdict : judgeOnce(requirement, situation, key, run);
    count[verdict] = (count[verdict] as number) + 1;
  }
  const [met = 0, unmet = 0, unknown = 0, notApplicable = 0] = count;
  const { id, title } = chosen.profile;
  const platform = platformLabel(chosen);
  return { profile: id, title, ...(platform === undefined ? {} : { platform }), met, unmet, unknown, notApplicable };
}

/** The usual case without ceremony: one symbol, no conditions, and the file gives it a value that will do. */
function plainlyMet({ require, when, applies }: Requirement, { document }: Situation): boolean {
  return when === undefined && applies === undefined && require.kind === 'symbol' && holdsPlainly(require, document);
}

function judgeOnce(requirement: Requirement, situation: Situation, key: string, run: Run): Verdict {
  const judgement = judgeRequirement(requirement, situation);
  const { verdict } = judgement;
  const again = run.verdicts.has(requirement);
  run.verdicts.set(requirement, { key, verdict });
  if (verdict === Verdict.unmet) recordUnmet(requirement, judgement, situation, run);
  else if (verdict !== Verdict.met) {
    const list = verdict === Verdict.unknown ? run.unknowns : run.notApplicable;
    if (!again || !list.some(([other]) => other === requirement)) list.push([requirement, judgement, situation]);
  }
  return verdict;
}

const keys = new WeakMap<Condition, string>();

/** Equal for conditions that say the same. */
function keyOf(condition: Condition): string {
  let key = keys.get(condition);
  if (key === undefined) {
    key = JSON.stringify(condition);
    keys.set(condition, key);
  }
  return key;
}

/** Where two rules ask for the same, the more severe one speaks and the other is named beside it. */
function recordUnmet(requirement: Requirement, judgement: Judgement, situation: Situation, run: Run): void {
  const { library } = run;
  const key = keyOf(judgement.decidedBy);
  run.byId.set(requirement.id, requirement);
  const found = run.findings.get(key);
  if (found === undefined) {
    run.findings.set(key, findingOf(requirement, judgement, situation, library));
    return;
  }
  const rule = ruleOf(requirement, library);
  if (found.rule === rule || found.sameAs.includes(rule)) return;
  if (severityRank(requirement.severity) >= severityRank(found.severity)) {
    found.sameAs = [...found.sameAs, rule];
  } else {
    found.sameAs = [found.rule, ...found.sameAs];
    found.rule = rule;
    found.severity = requirement.severity;
  }
}

/** Follows `needs` from each failed requirement to the failed one that explains it. */
function withCauses(run: Run, profiles: readonly ChosenProfile[]): readonly Finding[] {
  const findings = [...run.findings.values()];
  const speaker = new Map<string, string>();
  for (const finding of findings) {
    for (const { id } of [finding.rule, ...finding.sameAs]) speaker.set(id, finding.rule.id);
  }
  for (const finding of findings) finding.cause = rootOf(finding, run, profiles, speaker);
  return findings;
}

function rootOf(
  finding: Finding,
  run: Run,
  profiles: readonly ChosenProfile[],
  speaker: ReadonlyMap<string, string>,
): string | undefined {
  const seen = new Set([finding.rule.id]);
  let root: string | undefined;
  let ids: readonly string[] = [finding.rule.id, ...finding.sameAs.map(({ id }) => id)];
  for (;;) {
    const next = firstFailedNeed(ids, run, profiles, speaker);
    if (next === undefined || seen.has(next)) return root;
    seen.add(next);
    root = next;
    ids = [next];
  }
}

function firstFailedNeed(
  ids: readonly string[],
  run: Run,
  profiles: readonly ChosenProfile[],
  speaker: ReadonlyMap<string, string>,
): string | undefined {
  for (const id of ids) {
    for (const need of run.byId.get(id)?.needs ?? []) {
      for (const { idOf } of profiles) {
        const owner = idOf(need);
        const spoken = owner === undefined ? undefined : speaker.get(owner);
        if (spoken !== undefined && spoken !== ids[0]) return spoken;
      }
    }
  }
  return undefined;
}

/** For findings of checks; requirements keep the order of their profiles, in which parents come first. */
function byPlace(a: Finding, b: Finding): number {
  return a.location.span.start - b.location.span.start || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0);
}

function countOf(findings: readonly Finding[], unknown: number, notApplicable: number): Counts {
  const counts = { error: 0, warning: 0, info: 0, unknown, notApplicable };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
