/**
 * The smallest set of changes to a config that makes its failing requirements hold and its lost settings take effect: found on a
 * model, judged by the same code as the findings, and held against a fresh resolution before it is offered.
 */
import { type ConfigDocument, effectiveSettings, parseConfigText } from '../config/document.ts';
import { applyEdits, editsFor } from '../config/edits.ts';
import type { Finding } from '../finding.ts';
import {
  type Base,
  type Disagreement,
  type Evaluation,
  failing,
  type Goal,
  goalOf,
  isDefined,
  type ModelFile,
  type Outcome,
  type Resolved,
  resolveAsRecorded,
  resolveConfig,
  type SatisfyInput,
  type Settings,
  type Solution,
  satisfy,
  symbolsNamed,
  UnknownName,
  type Wanted,
  writeSome,
} from '../kconfig/index.ts';
import { type Situation, Verdict } from '../profiles/condition.ts';
import { findingOf, type Judgement } from '../profiles/evaluate.ts';
import { waysFor } from '../profiles/goals.ts';
import { type Judged, judgePlan } from '../profiles/judge.ts';
import type { Plan, PlanEntry } from '../profiles/plan.ts';
import type { Library } from '../profiles/profile.ts';
import { rivalFinder } from '../profiles/rivals.ts';
import { symbolsWatchedBy } from '../profiles/watched.ts';
import type { Target } from '../target.ts';
import { broughtAlong, type Change, changesOf } from './changes.ts';
import { type Obstacle, obstacleTo } from './obstacle.ts';
import { statedIn } from './stated.ts';

export interface FixInput {
  /**
   * One model, or the two between which the kernel lies, the older one first. Changes are sought, and requirements judged, on the newer
   * one; a setting that the older one keeps is not lost.
   */
  readonly models: readonly ModelFile[];
  readonly base: Base;
  /** Merged onto the base in order; empty where the base itself is what is to be changed. */
  readonly fragments: readonly ConfigDocument[];
  /** What is changed: the last fragment, or the base. */
  readonly document: ConfigDocument;
  readonly toolchain?: string;
  readonly arch?: string;
  /** What is required, and of which severities; others are left alone. */
  readonly plan: Plan;
  readonly library: Library;
  readonly severities: ReadonlySet<string>;
  /** Where the kernel will run. */
  readonly target: Target;
  /** Findings that are not to be mended. */
  readonly accepts?: ((finding: Finding, kernel: Target['kernel']) => boolean) | undefined;
  /** Settings that may stay without effect. */
  readonly acceptedSettings?: ReadonlySet<string> | undefined;
  /** The document and its base as they are resolved already. */
  readonly resolved?: Resolved;
  /** A first look: see `SatisfyInput`; nothing is held against a fresh resolution, and nothing is said of what stays open. */
  readonly isQuick?: boolean;
}

/** A goal that no change was found for. */
export interface Unfixed {
  /** Id of the rule, or `CONFIG_X=y` for a setting. */
  readonly goal: string;
  /** A requirement that is only a note. */
  readonly isMild: boolean;
  readonly obstacle: Obstacle;
}

export interface FixPlan {
  readonly changes: readonly Change[];
  /** Goals that were open before: ids of rules, and `CONFIG_X=y` for settings that were lost. */
  readonly fixed: readonly string[];
  readonly unfixed: readonly Unfixed[];
  /** The text of the document with the changes. */
  readonly text: string;
}

export type { Change };

const spelled = ({ symbol, value }: Wanted): string =>
  value === 'n' ? `# CONFIG_${symbol} is not set` : `CONFIG_${symbol}=${value}`;

/** Throws UnknownName, as `resolveConfig` does. */
export function proposeFix(input: FixInput): FixPlan {
  const { document, base, fragments } = input;
  const stack = input.resolved ?? resolvedAsItIs(input);
  const [first] = stack.evaluations as [Evaluation, ...Evaluation[]];
  const stated = statedIn(fragments.length === 0 ? [document] : fragments);
  const isWish = wishTest(document, first);
  const numbers = symbolsNamed(first.model, stated.list);
  const wishes = stated.list.filter(({ value }, i) => isWish(numbers[i] as number, value));
  const judge = judgeWith(input, wishes);
  // A quick look takes the first kernel and toolchain for the one that there is.
  const open = judge(first, input.isQuick === true ? [] : stack.disagreements);
  // A dependency is best named after the setting that needs it.
  const lost = lostByAll(input, lostWishes(wishes, open, first));
  const goals = [...lost.map(wishGoal), ...requirementGoals(input, open)];
  const none: FixPlan = { changes: [], fixed: [], unfixed: [], text: document.source.text };
  if (goals.length === 0) return none;
  const judged = new WeakMap<Evaluation, Verdicts>();
  const wished = new Set(wishes.map(({ symbol }) => symbol));
  const mayYield = (id: string): boolean => id.startsWith(settingGoal) && wished.has(id.slice(settingGoal.length));
  const problem = {
    evaluate: (more: Settings) => {
      const evaluation = more.size === 0 ? first : stack.again(more);
      const verdicts = more.size === 0 ? open : judge(evaluation);
      judged.set(evaluation, verdicts);
      return { evaluation, unmet: verdicts.unmet };
    },
    goals,
    goalIn: (id: string, { evaluation }: Outcome) => {
      return requirementGoal(input, judged.get(evaluation) as Verdicts, id);
    },
    yielding: wishes.length === 0 ? undefined : mayYield,
    stated: stated.values,
    weights: weightsFrom(base, fragments),
    isQuick: input.isQuick ?? false,
  };
  const solution = withWholeLists(satisfy(problem), problem);
  const changes = [
    ...changesOf(solution, first, stated, fragments.length === 0),
    ...(fragments.length === 0 ? broughtAlong(solution, goals, stated) : []),
  ];
  const edited = (): string => applyEdits(document.source, editsFor(document, changes));
  if (input.isQuick === true) {
    const fixed = goals.filter(({ id }) => !solution.outcome.unmet.has(id)).map(({ id }) => id);
    return {
      changes,
      fixed,
      unfixed: [],
      get text() {
        return edited();
      },
    };
  }
  const text = edited();
  const failed = failedIn(input, text, wishes, goals, solution);
  // A setting that gets another value for a requirement is not what stays open.
  const isReplaced = (id: string): boolean =>
    id.startsWith(settingGoal) && solution.settings.has(id.slice(settingGoal.length));
  const unfixed = goals
    .filter(({ id }) => failed.has(id) && !isReplaced(id))
    .map((goal) => ({
      goal: nameOf(goal, wishes),
      isMild: goal.isMild ?? false,
      obstacle: obstacleTo(goal, problem, solution),
    }));
  const fixed = goals.filter(({ id }) => !failed.has(id)).map((goal) => nameOf(goal, wishes));
  return fixed.length === 0 ? { ...none, unfixed } : { changes, fixed, unfixed, text };
}

/**
 * A list that could not be seen before has a default, or what the file says of it, only once it can be seen: items that are asked for
 * are to stand beside those, not in their place.
 */
function withWholeLists(
  solution: Solution,
  { goals, evaluate, goalIn }: Required<Pick<SatisfyInput, 'goals' | 'evaluate' | 'goalIn'>>,
): Solution {
  const texts = goals.flatMap(({ ways }) => ways.flat()).filter((part) => 'text' in part);
  let best = solution;
  for (const [symbol, value] of solution.settings) {
    if (!texts.some((part) => part.symbol === symbol && part.text === value)) continue;
    const settings = new Map(best.settings);
    settings.delete(symbol);
    let outcome = evaluate(settings);
    for (const id of solution.neededBy.get(symbol) as ReadonlySet<string>) {
      const asked = goalIn(id, outcome)?.ways.flat() ?? [];
      for (const part of asked) if (part.symbol === symbol && 'text' in part) settings.set(symbol, part.text);
      outcome = evaluate(settings);
    }
    const isAsGood = [...outcome.unmet].every((id) => best.outcome.unmet.has(id));
    if (isAsGood) best = { ...best, settings, outcome };
  }
  return best;
}

const settingGoal = 'CONFIG_';

function nameOf({ id }: Goal, wishes: readonly Wanted[]): string {
  const wish = id.startsWith(settingGoal) ? wishes.find(({ symbol }) => settingGoal + symbol === id) : undefined;
  return wish === undefined ? id : spelled(wish);
}

/** What the newest of the models makes of the document before anything is changed. */
function resolvedAsItIs(input: FixInput): Resolved {
  const { text } = input.document.source;
  return input.fragments.length === 0 ? resolveAsRecorded(input.models.slice(-1), text) : stackOf(input, text);
}

function stackOf({ base, fragments, models, toolchain, arch }: FixInput, text: string) {
  const texts = fragments.slice(0, -1).map(({ source }) => source.text);
  return resolveConfig({
    models: models.slice(-1),
    base: fragments.length === 0 ? { kind: 'text', text } : base,
    fragments: fragments.length === 0 ? [] : [...texts, text],
    output: 'config',
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(arch === undefined ? {} : { arch }),
  });
}

/**
 * Tells the settings that somebody asked for: all of a fragment's; of a complete config those that have a prompt and are not off, for
 * Kconfig writes the others by itself.
 */
function wishTest(document: ConfigDocument, { model }: Evaluation): (symbol: number, value: string) => boolean {
  if (document.kind === 'fragment') return () => true;
  const { starts } = model.prompts;
  return (symbol, value) => symbol >= 0 && value !== 'n' && (starts[symbol] as number) < (starts[symbol + 1] as number);
}

interface Verdicts extends Judged {
  readonly unmet: ReadonlySet<string>;
}

/** Judges a resolved config as the findings are judged, and which wishes take effect. */
function judgeWith(
  input: FixInput,
  wishes: readonly Wanted[],
): (evaluation: Evaluation, unsettled?: readonly Disagreement[]) => Verdicts {
  const { plan, target, library, severities } = input;
  const { path } = input.document.source;
  const watched = symbolsWatchedBy(plan, library);
  const accepted = acceptanceWith(input);
  return (evaluation, unsettled = []) => {
    const settled = new Set(watched);
    for (const { symbol } of unsettled) settled.delete(symbol);
    const text = writeSome(evaluation, settled);
    const judged = judgePlan(plan, parseConfigText(text, path, { kind: 'complete' }), target, library);
    const rivalOf = rivalFinder(plan, judged, library);
    const unmet = new Set<string>();
    for (const [index, { requirement }] of plan.entries.entries()) {
      if (judged.verdicts[index] !== Verdict.unmet || !severities.has(requirement.severity)) continue;
      // What gives way to a platform is not to be mended, nor does it stand against mending the platform.
      if (rivalOf(index) === undefined && !accepted(index, judged)) unmet.add(requirement.id);
    }
    for (const { symbol } of failing(evaluation, wishes))
      if (input.acceptedSettings?.has(symbol) !== true) unmet.add(settingGoal + symbol);
    return { ...judged, unmet };
  };
}

/** Tells whether somebody accepted what an entry fails on; asked once for each requirement, for a finding is dear. */
function acceptanceWith({ plan, library, target, accepts }: FixInput): (index: number, judged: Judged) => boolean {
  const known = new Map<string, boolean>();
  return (index, { judgements, situations }) => {
    if (accepts === undefined) return false;
    const { requirement, circumstance } = plan.entries[index] as PlanEntry;
    let answer = known.get(requirement.id);
    if (answer === undefined) {
      const situation = situations[circumstance] as Situation;
      answer = accepts(findingOf(requirement, judgements[index] as Judgement, situation, library), target.kernel);
      known.set(requirement.id, answer);
    }
    return answer;
  };
}

function requirementGoals(input: FixInput, verdicts: Verdicts): Goal[] {
  const goals = new Map<string, Goal>();
  for (const [index, { requirement }] of input.plan.entries.entries()) {
    const goal = goals.has(requirement.id) ? undefined : goalAt(input, verdicts, index);
    if (goal !== undefined) goals.set(requirement.id, goal);
  }
  return [...goals.values()];
}

/** A requirement as it is to be met now; undefined where it is not one that fails. */
function requirementGoal(input: FixInput, judged: Verdicts, id: string): Goal | undefined {
  const index = input.plan.entries.findIndex(
    ({ requirement }, i) => requirement.id === id && judged.verdicts[i] === Verdict.unmet,
  );
  return index < 0 ? undefined : goalAt(input, judged, index);
}

function goalAt({ plan }: FixInput, judged: Verdicts, index: number): Goal | undefined {
  const { requirement, circumstance } = plan.entries[index] as PlanEntry;
  const { id, severity } = requirement;
  if (judged.verdicts[index] !== Verdict.unmet || !judged.unmet.has(id)) return undefined;
  const { decidedBy } = judged.judgements[index] as Judgement;
  const situation = judged.situations[circumstance] as Situation;
  return { id, ways: waysFor(decidedBy, situation), isMild: severity === 'info' };
}

/** Wishes that do not take effect although the kernel has their symbol. */
function lostWishes(wishes: readonly Wanted[], { unmet }: Verdicts, { model }: Evaluation): Wanted[] {
  const numbers = symbolsNamed(model, wishes);
  return wishes.filter(({ symbol }, i) => {
    const id = numbers[i] as number;
    return id >= 0 && isDefined(model, id) && unmet.has(settingGoal + symbol);
  });
}

function wishGoal(wish: Wanted): Goal {
  return { ...goalOf(wish), id: settingGoal + wish.symbol };
}

/** Of what the newer model loses the settings that the older one loses in every case too, as the findings are told. */
function lostByAll(input: FixInput, lost: readonly Wanted[]): readonly Wanted[] {
  // Most configs lose nothing, and to ask another model is a resolution more.
  return lost.length === 0 ? lost : olderEvaluations(input).reduce((left, older) => failing(older, left), lost);
}

function olderEvaluations(input: FixInput): readonly Evaluation[] {
  if (input.resolved !== undefined) {
    const [first, ...others] = input.resolved.evaluations;
    return others.filter(({ model }) => model !== first?.model);
  }
  const models = input.models.slice(0, -1);
  if (models.length === 0) return [];
  try {
    return resolvedAsItIs({ ...input, models }).evaluations;
  } catch (error) {
    // A base that came with a later release is nothing that the older model could speak of.
    if (!(error instanceof UnknownName)) throw error;
    return [];
  }
}

/** What the base sets is changed where there is no cheaper way; what nobody set costs less. */
function weightsFrom(base: Base, fragments: readonly ConfigDocument[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  if (base.kind !== 'text' || fragments.length === 0) return weights;
  for (const [symbol] of effectiveSettings(parseConfigText(base.text))) weights.set(symbol, 2);
  return weights;
}

/** Goals that do not hold when the changed text is read anew, by any assumption on the toolchain. */
function failedIn(
  input: FixInput,
  text: string,
  wishes: readonly Wanted[],
  goals: readonly Goal[],
  solution: Solution,
): Set<string> {
  const failed = new Set<string>();
  if (solution.settings.size === 0) return new Set(goals.map(({ id }) => id));
  const resolved = stackOf(input, text);
  const judge = judgeWith(input, wishes);
  const [first] = resolved.evaluations as [Evaluation];
  const { unmet } = judge(first, resolved.disagreements);
  for (const { id } of goals) if (unmet.has(id)) failed.add(id);
  return failed;
}
