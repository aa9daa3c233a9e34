/** Why nothing makes a goal hold, in words. */
import {
  createPlanner,
  type Evaluation,
  findLosses,
  type Goal,
  type GoalPart,
  isDefined,
  type Link,
  type Loss,
  lossInWords,
  planSettings,
  type SatisfyInput,
  type Solution,
  stateInWords,
  symbolNamed,
  typeNames,
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
  if (plan === undefined)
    return { kind: 'never', message: whatHinders(goal.id, whole ?? [], input, solution, planner) };
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

/** Settings that are tried one after another to see what else is in the way. */
const mostTried = 4;

/** The first part that nothing brings about, with the end of the chain that it founders on: one that nothing changes, where there is. */
function whatHinders(
  id: string,
  parts: readonly GoalPart[],
  input: SatisfyInput,
  { outcome: { evaluation }, settings }: Solution,
  planner: ReturnType<typeof createPlanner>,
): string {
  const stuck = parts.filter((part) => !waysOf({ id, ways: [[part]] }, evaluation).some((way) => planner(way)));
  const lossesIn = (now: Evaluation): readonly Loss[] =>
    (stuck.length > 0 ? stuck : parts).flatMap((part) =>
      findLosses(now, [{ symbol: part.symbol, value: 'text' in part ? part.text : part.most }]),
    );
  const [first] = lossesIn(evaluation);
  if (first === undefined) return 'nothing that a config can set decides it';
  let loss: Loss | undefined = first;
  let tried = settings;
  let now = evaluation;
  for (let i = 0; i < mostTried && loss !== undefined; i++) {
    const last = loss.chain.at(-1);
    if (last === undefined || !isLogic(last.other, now) || last.how === 'hangs on the value of') {
      return lossInFix(loss, now);
    }
    const plan = planPast(last, now);
    if (plan === undefined) return `${lossInFix(loss, now)} and cannot be changed`;
    tried = new Map([...tried, ...planSettings(plan, now.model)]);
    now = input.evaluate(tried).evaluation;
    [loss] = lossesIn(now).filter(({ reason }) => reason === 'unmet-dependency');
  }
  // What was tried can all be changed, at most not together.
  return lossInFix(first, evaluation);
}

function lossInFix(loss: Loss, evaluation: Evaluation): string {
  const { symbol, value, reason, chain } = loss;
  const { model } = evaluation;
  const name = `CONFIG_${symbol}`;
  if (reason === 'hidden-symbol') {
    const id = symbolNamed(model, symbol) as number;
    // Plans do not go by the defaults of a number or text, so it is not known what these could come to.
    return !isLogic(symbol, evaluation) && model.defaults.starts[id] !== model.defaults.starts[id + 1]
      ? lossInWords(loss, model, '', true)
      : `${name} has no prompt, and nothing that can be set brings it to ${value}`;
  }
  if (reason === 'invalid-value') return `${name} cannot be ${value}`;
  const last = chain.at(-1);
  if (last === undefined) return `${name} cannot be ${value} on this architecture`;
  if (last.other === '') return `${name} hangs on what the toolchain can do`;
  return `${name} founders on CONFIG_${last.other}, ${stateInWords(last, model)}`;
}

/** What gives the symbol at the end of a chain another value. Planned anew: a planner on its way to a goal keeps its detours. */
function planPast({ how, other, value }: Link, evaluation: Evaluation): ReturnType<ReturnType<typeof createPlanner>> {
  const symbol = symbolNamed(evaluation.model, other) as number;
  const isWantedOn = how === 'depends on' || how === 'is turned on by' || how === 'can be a module only with';
  const [least, most] = isWantedOn ? [value === 'n' ? 1 : 2, 2] : [0, 0];
  return createPlanner(evaluation, () => 1)([{ symbol, least, most }]);
}

function isLogic(symbol: string, { model }: Evaluation): boolean {
  const id = symbolNamed(model, symbol);
  const type: string = id === undefined ? 'unknown' : typeNames[model.symbols.types[id] as 0];
  return type === 'bool' || type === 'tristate';
}
