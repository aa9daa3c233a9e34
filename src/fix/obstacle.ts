/** Why nothing makes a goal hold, in words. */
import {
  createPlanner,
  type Evaluation,
  findLosses,
  type Goal,
  type GoalPart,
  isDefined,
  planSettings,
  type SatisfyInput,
  type Solution,
  stateInWords,
  symbolNamed,
  waysOf,
} from '../kconfig/index.ts';

export interface Obstacle {
  readonly kind: 'no-symbol' | 'never' | 'conflict' | 'not-found';
  readonly message: string;
}

/** Says what stands in the way of a goal that `solution` leaves open. */
export function obstacleTo(goal: Goal, input: SatisfyInput, solution: Solution): Obstacle {
  const { evaluation } = solution.outcome;
  const lacking = goal.ways.map((way) => way.find((part) => isLacking(part, evaluation))?.symbol);
  const whole = goal.ways[lacking.indexOf(undefined)];
  if (whole === undefined && lacking.length > 0) {
    return { kind: 'no-symbol', message: `this kernel has no CONFIG_${lacking[0]}` };
  }
  const planner = createPlanner(evaluation, () => 1);
  const ways = waysOf(goal, evaluation);
  const plans = ways.map((way) => planner(way)).filter((plan) => plan !== undefined);
  const [plan] = plans.sort((a, b) => a.cost - b.cost);
  if (plan === undefined) return { kind: 'never', message: whatHinders(goal.id, whole ?? [], evaluation, planner) };
  const settings = new Map([...solution.settings, ...planSettings(plan, evaluation.model)]);
  const { unmet } = input.evaluate(settings);
  const lost = [...unmet].filter((id) => !solution.outcome.unmet.has(id));
  if (unmet.has(goal.id) || lost.length === 0) {
    return { kind: 'not-found', message: 'nothing that was tried makes it hold' };
  }
  const some = lost.slice(0, 3).join(', ');
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : '';
  return { kind: 'conflict', message: `what it takes would undo ${some}${more}` };
}

function isLacking(part: GoalPart, { model }: Evaluation): boolean {
  const id = symbolNamed(model, part.symbol);
  return (id === undefined || !isDefined(model, id)) && ('text' in part || part.least !== 'n');
}

/** The first part that nothing brings about, with the end of the chain that it founders on. */
function whatHinders(
  id: string,
  parts: readonly GoalPart[],
  evaluation: Evaluation,
  planner: ReturnType<typeof createPlanner>,
): string {
  const stuck = parts.filter((part) => !waysOf({ id, ways: [[part]] }, evaluation).some((way) => planner(way)));
  const [loss] = (stuck.length > 0 ? stuck : parts).flatMap((part) =>
    findLosses(evaluation, [{ symbol: part.symbol, value: 'text' in part ? part.text : part.most }]),
  );
  if (loss === undefined) return 'nothing that a config can set decides it';
  const { symbol, value, reason, chain } = loss;
  const name = `CONFIG_${symbol}`;
  if (reason === 'hidden-symbol') return `${name} has no prompt, and nothing that can be set brings it to ${value}`;
  if (reason === 'invalid-value') return `${name} cannot be ${value}`;
  const last = chain.at(-1);
  if (last === undefined) return `${name} cannot be ${value} on this architecture`;
  if (last.other === '') return `${name} hangs on what the toolchain can do`;
  const state = stateInWords(last, evaluation.model);
  return `${name} founders on CONFIG_${last.other}, ${state}${state.startsWith('which is ') ? ' and cannot be changed' : ''}`;
}
