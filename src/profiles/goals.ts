/** From a condition on symbols to the ways in which a kernel could be made to meet it. */
import type { GoalPart } from '../kconfig/index.ts';
import {
  Accept,
  type Condition,
  decidingSetting,
  judge,
  type Situation,
  type SymbolCondition,
  type ValueTest,
  Verdict,
} from './condition.ts';
import { nameOn } from './symbols.ts';

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
  const symbol = nameOn(condition.symbol, situation.target, situation.symbols);
  const all = Accept.y | Accept.m | Accept.n;
  const accept = hold ? condition.accept : all & ~condition.accept;
  const ways = levelWays(symbol, accept);
  if (!hold) return condition.values.length > 0 ? [] : ways;
  return [...ways, ...condition.values.map((test) => [textPart(symbol, test, condition, situation)])];
}

function levelWays(symbol: string, accept: number): Way[] {
  const has = (bit: number): boolean => (accept & bit) !== 0;
  const way = (least: 'n' | 'm' | 'y', most: 'n' | 'm' | 'y'): Way => [{ symbol, least, most }];
  const on = has(Accept.m)
    ? has(Accept.y)
      ? way('m', 'y')
      : way('m', 'm')
    : has(Accept.y)
      ? way('y', 'y')
      : undefined;
  return [...(on === undefined ? [] : [on]), ...(has(Accept.n) ? [way('n', 'n')] : [])];
}

function textPart(
  symbol: string,
  { test, value }: ValueTest,
  condition: SymbolCondition,
  situation: Situation,
): GoalPart {
  if (test !== 'includes') return { symbol, text: value };
  const setting = decidingSetting(condition, situation);
  const before = setting.kind === 'set' && setting.value !== '' ? setting.value.split(',') : [];
  return { symbol, text: [...before, value].join(',') };
}
