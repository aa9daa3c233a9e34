/** The conductor: one document, the chosen profiles and the checks make one report. Pure, sorted, no duplicates. */
import type { Check } from './checks/check.ts';
import type { ConfigDocument } from './config/document.ts';
import type { Counts, Finding, NotApplicable, ProfileScore, Report, Unknown } from './finding.ts';
import { severityRank } from './finding.ts';
import { type Situation, Verdict } from './profiles/condition.ts';
import {
  findingOf,
  type Judgement,
  judgeRequirement,
  notApplicableOf,
  ruleOf,
  unknownOf,
} from './profiles/evaluate.ts';
import { type ChosenProfile, type Library, ownerOf, platformLabel, type Requirement } from './profiles/profile.ts';
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
  const { document, library } = input;
  const target = { ...document.target, ...input.target };
  const findings: Finding[] = [];
  for (const check of input.checks) findings.push(...check.find({ document, target }));
  const run: Run = { byId: new Map(), findings: new Map(), unknowns: new Map(), notApplicable: new Map() };
  const scores = (input.profiles ?? []).map((chosen) =>
    judgeProfile(chosen, situationOf(input, target, chosen), library, run),
  );
  findings.push(...withCauses(run, input.profiles ?? []));
  findings.sort(compareFindings);
  const unknowns = [...run.unknowns.values()];
  const notApplicable = [...run.notApplicable.values()];
  return {
    source: document.source,
    kind: document.kind,
    kindBecause: document.kindBecause,
    symbols: document.settings,
    target,
    findings,
    unknowns,
    notApplicable,
    scores,
    counts: countOf(findings, unknowns, notApplicable),
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

/** What a run has found so far. Requirements that ask for the same thing share one entry, under the same key. */
interface Run {
  /** The requirement, as last judged, that each unmet id stands for. */
  readonly byId: Map<string, Requirement>;
  readonly findings: Map<string, Finding>;
  readonly unknowns: Map<string, Unknown>;
  readonly notApplicable: Map<string, NotApplicable>;
}

function judgeProfile(chosen: ChosenProfile, common: Situation, library: Library, run: Run): ProfileScore {
  const count = [0, 0, 0, 0];
  let owner = '';
  let situation = common;
  for (const requirement of chosen.requirements) {
    if (owner !== ownerOf(requirement)) {
      owner = ownerOf(requirement);
      const platform = chosen.platforms.get(owner);
      situation =
        platform === undefined ? common : { ...common, platform: platform.number, platformName: platform.name };
    }
    const judgement = judgeRequirement(requirement, situation);
    count[judgement.verdict] = (count[judgement.verdict] as number) + 1;
    if (judgement.verdict !== Verdict.met) record(requirement, judgement, situation, library, run);
  }
  const [met = 0, unmet = 0, unknown = 0, notApplicable = 0] = count;
  const { id, title } = chosen.profile;
  const platform = platformLabel(chosen);
  return { profile: id, title, ...(platform === undefined ? {} : { platform }), met, unmet, unknown, notApplicable };
}

function record(
  requirement: Requirement,
  judgement: Judgement,
  situation: Situation,
  library: Library,
  run: Run,
): void {
  if (judgement.verdict === Verdict.unmet) {
    const key = JSON.stringify(judgement.decidedBy);
    run.byId.set(requirement.id, requirement);
    const found = run.findings.get(key);
    if (found === undefined) run.findings.set(key, findingOf(requirement, judgement, situation, library));
    else run.findings.set(key, merge(found, requirement, judgement, situation, library));
  } else if (judgement.verdict === Verdict.unknown) {
    if (!run.unknowns.has(requirement.id)) {
      run.unknowns.set(requirement.id, unknownOf(requirement, judgement, situation, library));
    }
  } else if (!run.notApplicable.has(requirement.id)) {
    run.notApplicable.set(requirement.id, notApplicableOf(requirement, judgement, situation, library));
  }
}

/** Two rules ask for the same: the more severe one speaks, the other is named beside it. */
function merge(
  found: Finding,
  requirement: Requirement,
  judgement: Judgement,
  situation: Situation,
  library: Library,
): Finding {
  const known = found.rule.id === requirement.id || found.sameAs.some(({ id }) => id === requirement.id);
  if (known) return found;
  if (severityRank(requirement.severity) >= severityRank(found.severity)) {
    return { ...found, sameAs: [...found.sameAs, ruleOf(requirement, library)] };
  }
  const stronger = findingOf(requirement, judgement, situation, library);
  return { ...stronger, sameAs: [found.rule, ...found.sameAs] };
}

/** Follows `needs` from each failed requirement to the failed one that explains it. */
function withCauses(run: Run, profiles: readonly ChosenProfile[]): Finding[] {
  const findings = [...run.findings.values()];
  const speaker = new Map<string, string>();
  for (const finding of findings) {
    for (const { id } of [finding.rule, ...finding.sameAs]) speaker.set(id, finding.rule.id);
  }
  return findings.map((finding) => {
    const cause = rootOf(finding, run, profiles, speaker);
    return cause === undefined ? finding : { ...finding, cause };
  });
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
        const owner = idOf.get(need);
        const spoken = owner === undefined ? undefined : speaker.get(owner);
        if (spoken !== undefined && spoken !== ids[0]) return spoken;
      }
    }
  }
  return undefined;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    a.location.span.start - b.location.span.start ||
    (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

function countOf(findings: readonly Finding[], unknowns: readonly Unknown[], na: readonly NotApplicable[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, unknown: unknowns.length, notApplicable: na.length };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
