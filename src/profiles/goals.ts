/** From a condition on symbols to the ways in which a kernel could be made to meet it. */
import type { GoalPart } from '../kconfig/index.ts';
import { withItem } from './advice.ts';
import {
  Accept,
  boundOf,
  type Condition,
  decidingSetting,
  judge,
  nameIn,
  type Situation,
  type SymbolCondition,
  type ValueTest,
  Verdict,
} from './condition.ts';

type Way = readonly GoalPart[];

/** Ways of one condition beyond these are left out: nobody reads that many alternatives. */
const mostWays = 64;

/** Each way is a set of values; any of them makes the condition hold, as far as a config can. None where it cannot. */
export function waysFor(condition: Condition, situation: Situation): readonly Way[] {
  return waysTo(condition, situation, true);
}

const settled: readonly Way[] = [[]];

function waysTo(condition: Condition, situation: Situation, hold: boolean): readonly Way[] {
  switch (condition.kind) {
    case 'symbol':
      return symbolWays(condition, situation, hold);
    case 'not':
      return waysTo(condition.of, situation, !hold);
    case 'all':
    case 'any': {
      const each = condition.of.map((member) => () => waysTo(member, situation, hold));
      return (condition.kind === 'all') === hold ? allOf(each) : each.flatMap((ways) => ways()).slice(0, mostWays);
    }
    default:
      return (judge(condition, situation, true) === Verdict.met) === hold ? settled : [];
  }
}

/** Every combination of a way of each. */
function allOf(each: readonly (() => readonly Way[])[]): readonly Way[] {
  let found: readonly Way[] = settled;
  for (const ways of each) {
    const next = ways();
    found = found.flatMap((before) => next.map((way) => [...before, ...way])).slice(0, mostWays);
  }
  return found;
}

function symbolWays(condition: SymbolCondition, situation: Situation, hold: boolean): readonly Way[] {
  const verdict = judge(condition, situation);
  if (verdict === Verdict.notApplicable) return hold ? settled : [];
  // The kernel may have it under another name than the facts tell: a way with a symbol that it lacks is none.
  const others = situation.symbols.get(condition.symbol)?.otherNames ?? [];
  const names = [...new Set([nameIn(condition.symbol, situation), condition.symbol, ...others])];
  const all = Accept.y | Accept.m | Accept.n;
  const accept = hold ? condition.accept : all & ~condition.accept;
  const ways = levelWays(names, accept);
  if (!hold) return condition.values.length > 0 ? [] : ways;
  const texts = condition.values.flatMap((test) => {
    const bound = boundOf(test, situation.document);
    return bound === undefined ? [] : names.map((name) => [textPart(name, test.test, bound, condition, situation)]);
  });
  return [...ways, ...texts];
}

function levelWays(names: readonly string[], accept: number): Way[] {
  const has = (bit: number): boolean => (accept & bit) !== 0;
  const ways: Way[] = [];
  if (has(Accept.y) || has(Accept.m)) {
    const [least, most] = [has(Accept.m) ? 'm' : 'y', has(Accept.y) ? 'y' : 'm'] as const;
    ways.push(...names.map((symbol): Way => [{ symbol, least, most }]));
  }
  if (has(Accept.n)) ways.push(names.map((symbol) => ({ symbol, least: 'n', most: 'n' })));
  return ways;
}

function textPart(
  symbol: string,
  test: ValueTest['test'],
  value: string,
  condition: SymbolCondition,
  situation: Situation,
): GoalPart {
  if (test !== 'includes') return { symbol, text: value };
  const setting = decidingSetting(condition, situation);
  return { symbol, text: withItem(setting.kind === 'set' ? setting.value : '', value) };
}
