/** A fragment that makes the rows of profiles hold on one kernel and that olddefconfig keeps, with the rows that none could. */
import { type ConfigDocument, parseConfigText } from '../config/document.ts';
import { type FixPlan, proposeFix } from '../fix/propose.ts';
import {
  type Base,
  type Evaluation,
  holds,
  isDefined,
  lineFor,
  type ModelFile,
  resolveConfig,
  symbolNamed,
  valueIn,
} from '../kconfig/index.ts';
import { type Condition, judge, type Situation, Verdict } from '../profiles/condition.ts';
import { findingOf, type Judgement, unknownOf } from '../profiles/evaluate.ts';
import { type Judged, judgePlan } from '../profiles/judge.ts';
import { entryOf, type Plan, type PlanEntry } from '../profiles/plan.ts';
import type { Library, Requirement } from '../profiles/profile.ts';
import type { Target } from '../target.ts';

export interface FragmentInput {
  /** One model, or the two between which the kernel lies, the older one first. */
  readonly models: readonly ModelFile[];
  readonly base: Base;
  readonly plan: Plan;
  readonly library: Library;
  /** Rows of other severities are left alone. */
  readonly severities: ReadonlySet<string>;
  readonly target: Target;
  /** The first one that the model knows where it is absent. */
  readonly toolchain?: string;
  readonly arch?: string;
}

export interface FragmentLine {
  readonly symbol: string;
  readonly value: string;
  /** As a config has it. */
  readonly line: string;
  /** Ids of the rows that it is for; never empty. */
  readonly rules: readonly string[];
  /** The base comes to the same without it. */
  readonly isDefault: boolean;
}

/** A row that the fragment does not make hold. */
export interface LeftOut {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

export interface ProfileFragment {
  readonly lines: readonly FragmentLine[];
  readonly leftOut: readonly LeftOut[];
  /** Rows that hold with the fragment, and those that do not concern the target. */
  readonly met: number;
  readonly notApplicable: number;
  /** What is assumed to compile the kernel. */
  readonly toolchain?: string;
}

interface Outcome extends Judged {
  readonly evaluation: Evaluation;
}

const empty: ConfigDocument = parseConfigText('', 'fragment', { kind: 'fragment' });

/** Throws UnknownName, as `resolveConfig` does. */
export function fragmentFor(given: FragmentInput): ProfileFragment {
  const toolchain = given.toolchain ?? usualToolchain(given.models);
  const input = { ...given, ...(toolchain === undefined ? {} : { toolchain }) };
  const newest = input.models.slice(-1);
  const proposal = proposalFor(input, newest);
  const bare = outcomeOf(input, newest, proposal.text);
  const needed = new Map(proposal.changes.map(({ symbol, because }) => [symbol, because]));
  const all = linesOf(input, bare, needed);
  const full = outcomeOf(input, newest, textOf(all));
  // What holds by itself is only spelled out where that does no harm.
  const isSound = all.every((line) => holds(full.evaluation, line)) && unmetIn(full).every((i) => isUnmet(bare, i));
  const lines = isSound ? all : all.filter(({ symbol }) => needed.has(symbol));
  const last = isSound ? full : bare;
  const obstacles = new Map(proposal.unfixed.map(({ goal, obstacle }) => [goal, obstacle.message]));
  const leftOut = [...leftOutOf(input, last, obstacles), ...onlyOnNewest(input, lines, last)];
  const count = (verdict: Verdict): number => last.verdicts.reduce((sum, each) => sum + (each === verdict ? 1 : 0), 0);
  return {
    lines,
    leftOut,
    met: count(Verdict.met),
    notApplicable: count(Verdict.notApplicable),
    ...(toolchain === undefined ? {} : { toolchain }),
  };
}

/** A fragment says nothing of the compiler; one that the models were asked about stands for it. */
function usualToolchain(models: readonly ModelFile[]): string | undefined {
  return Object.keys(models.at(-1)?.toolchains ?? {})[0];
}

/** Rows that come to concern the config by what others ask for may do so again, so many times. */
const mostRounds = 4;
const weight: Readonly<Record<string, number>> = { error: 1e6, warning: 1e3, info: 1 };

/** A fix of the empty fragment for all rows; where errors or warnings stay open, errors are settled first and the others on top of them. */
function proposalFor(input: FragmentInput, newest: readonly ModelFile[]): FixPlan {
  const { plan } = input;
  const all = settle(input, newest, plan);
  if (all.cost < (weight['warning'] ?? 0)) return all.proposal;
  // What holds by itself is never given up, not even for an error.
  const severe = plan.entries.filter(({ requirement }) => requirement.severity === 'error');
  const { proposal: errors } = settle(input, newest, { ...plan, entries: severe });
  const document = parseConfigText(errors.text, 'fragment', { kind: 'fragment' });
  const rest = proposeFix({ ...input, models: newest, document, fragments: [document] });
  const staged = { ...rest, changes: [...errors.changes, ...rest.changes] };
  return price(plan, outcomeOf(input, newest, staged.text)) < all.cost ? staged : all.proposal;
}

/**
 * A fix refuses whatever makes another row fail, and a row that asks for something only where another is met fails as soon as that one
 * is. So those rows are asked for from the start, as far as they come into play; where that leaves more open, they are not.
 */
function settle(given: FragmentInput, newest: readonly ModelFile[], plan: Plan): { proposal: FixPlan; cost: number } {
  const input = { ...given, plan };
  const propose = (entries: readonly PlanEntry[]): FixPlan =>
    proposeFix({ ...input, models: newest, document: empty, fragments: [empty], plan: { ...plan, entries } });
  const first = outcomeOf(input, newest, '');
  const isAsleep = (index: number): boolean => first.verdicts[index] === Verdict.notApplicable;
  const roused = new Set<number>();
  let best = propose(plan.entries);
  let least = price(plan, outcomeOf(input, newest, best.text));
  for (let round = 0; round < mostRounds && least > 0; round++) {
    const awake = plan.entries.flatMap((entry, i) => (!isAsleep(i) ? [entry] : roused.has(i) ? [plainly(entry)] : []));
    const proposal = propose(awake);
    const outcome = outcomeOf(input, newest, proposal.text);
    const cost = price(plan, outcome);
    if (cost < least) [best, least] = [proposal, cost];
    const woken = unmetIn(outcome).filter((i) => isAsleep(i) && !roused.has(i));
    if (woken.length === 0) break;
    for (const index of woken) roused.add(index);
  }
  return { proposal: best, cost: least };
}

/** What is left open, the severe first. */
function price({ entries }: Plan, outcome: Outcome): number {
  return unmetIn(outcome).reduce((sum, i) => sum + (weight[entries[i]?.requirement.severity ?? ''] ?? 0), 0);
}

/** A row without its condition. */
function plainly({ requirement, circumstance }: PlanEntry): PlanEntry {
  const { when: _when, otherwise: _otherwise, ...rest } = requirement;
  return entryOf(rest, circumstance);
}

const textOf = (lines: readonly FragmentLine[]): string => lines.map(({ line }) => `${line}\n`).join('');
const isUnmet = ({ verdicts }: Judged, index: number): boolean => verdicts[index] !== Verdict.met;
const unmetIn = ({ verdicts }: Judged): number[] => [...verdicts.keys()].filter((i) => verdicts[i] === Verdict.unmet);

/** What a kernel makes of a fragment, and of the rows with it. */
function outcomeOf(input: FragmentInput, models: readonly ModelFile[], text: string): Outcome {
  const { base, plan, library, target, toolchain, arch } = input;
  const resolved = resolveConfig({
    models,
    base,
    fragments: [text],
    output: 'config',
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(arch === undefined ? {} : { arch }),
  });
  const document = parseConfigText(resolved.text, 'fragment', { kind: 'complete' });
  const uncertain = new Set(resolved.disagreements.map(({ symbol }) => symbol));
  const knowledge = {
    name: 'the kernel',
    resolved: { document, files: [empty], uncertain },
    adviceFor: () => undefined,
  };
  const judged = judgePlan(plan, document, target, library, knowledge);
  return { ...judged, evaluation: resolved.evaluations[0] as Evaluation };
}

/** The settings that were found, then those that rows rely on and that the base has by itself. */
function linesOf(
  { plan, library }: FragmentInput,
  outcome: Outcome,
  needed: ReadonlyMap<string, readonly string[]>,
): FragmentLine[] {
  const { evaluation, verdicts, situations } = outcome;
  const rules = new Map<string, Set<string>>([...needed].map(([symbol, because]) => [symbol, new Set(because)]));
  for (const [index, { requirement, circumstance }] of plan.entries.entries()) {
    if (verdicts[index] !== Verdict.met) continue;
    const situation = situations[circumstance] as Situation;
    for (const name of reliedOn(wantedOf(requirement, situation), situation)) {
      const symbol = [name, ...(library.symbols.get(name)?.otherNames ?? [])].find((each) => isOpen(evaluation, each));
      if (symbol === undefined) continue;
      const known = rules.get(symbol);
      if (known === undefined) rules.set(symbol, new Set([requirement.id]));
      else known.add(requirement.id);
    }
  }
  return [...rules].map(([symbol, ids]) => {
    const value = valueIn(evaluation, symbol) ?? 'n';
    const line = lineFor(evaluation.model, symbolNamed(evaluation.model, symbol) ?? 0, value, false);
    return { symbol, value, line, rules: [...ids], isDefault: !needed.has(symbol) };
  });
}

function wantedOf({ require, when, otherwise }: Requirement, situation: Situation): Condition {
  if (when === undefined || otherwise === undefined) return require;
  return judge(when, situation, true) === Verdict.met ? require : otherwise;
}

/** The symbols by whose values a condition holds. */
function reliedOn(condition: Condition, situation: Situation): string[] {
  if (judge(condition, situation) !== Verdict.met) return [];
  if (condition.kind === 'symbol') return [condition.symbol];
  if (condition.kind === 'all') return condition.of.flatMap((member) => reliedOn(member, situation));
  if (condition.kind !== 'any') return [];
  const holding = condition.of.find((member) => judge(member, situation) === Verdict.met);
  return holding === undefined ? [] : reliedOn(holding, situation);
}

/** True where a person can set the symbol as things stand. */
function isOpen(evaluation: Evaluation, name: string): boolean {
  const symbol = symbolNamed(evaluation.model, name);
  if (symbol === undefined || !isDefined(evaluation.model, symbol)) return false;
  evaluation.textOf(symbol);
  return evaluation.visibilityOf(symbol) > 0 && evaluation.isWritten(symbol);
}

function leftOutOf(
  { plan, library, severities }: FragmentInput,
  { verdicts, judgements, situations }: Outcome,
  obstacles: ReadonlyMap<string, string>,
): LeftOut[] {
  const found: LeftOut[] = [];
  for (const [index, entry] of plan.entries.entries()) {
    const { requirement, circumstance } = entry as PlanEntry;
    const { id: rule, severity } = requirement;
    if (!severities.has(severity)) continue;
    const [judgement, situation] = [judgements[index] as Judgement, situations[circumstance] as Situation];
    if (verdicts[index] === Verdict.unmet) {
      const said = findingOf(requirement, judgement, situation, library).message;
      const why = obstacles.get(rule);
      found.push({ rule, severity, message: why === undefined || !said.includes('CONFIG_') ? said : why });
    } else if (verdicts[index] === Verdict.unknown) {
      found.push({ rule, severity, message: unknownOf(requirement, judgement, situation, library).reason });
    }
  }
  return found;
}

/** Where the kernel lies between two models: what holds by the newer one alone. */
function onlyOnNewest(input: FragmentInput, lines: readonly FragmentLine[], last: Outcome): LeftOut[] {
  return input.models.slice(0, -1).flatMap((file) => {
    const older = outcomeOf(input, [file], textOf(lines));
    return input.plan.entries.flatMap(({ requirement: { id: rule, severity } }, index) =>
      last.verdicts[index] === Verdict.met && isUnmet(older, index) && input.severities.has(severity)
        ? [
            {
              rule,
              severity,
              message: `holds by the Kconfig of ${last.evaluation.model.release}, but not by that of ${file.model.release}`,
            },
          ]
        : [],
    );
  });
}
