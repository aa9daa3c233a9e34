/** What to type to make a condition hold, and where in the file it goes. */
import { type ConfigDocument, settingOf } from '../config/document.ts';
import { editsFor } from '../config/edits.ts';
import type { Fix } from '../finding.ts';
import {
  Accept,
  boundOf,
  type Condition,
  decidingSetting,
  judge,
  nameIn,
  passes,
  type Situation,
  type SymbolCondition,
  Verdict,
} from './condition.ts';
import { writeValue } from './condition-words.ts';
import { isHidden } from './symbols.ts';

/** Lines that make an unmet condition hold, as far as a config can; fewest first where there is a choice. */
export function adviceFor(condition: Condition, situation: Situation): string[] {
  switch (condition.kind) {
    case 'symbol':
      return judge(condition, situation) === Verdict.unmet ? symbolAdvice(condition, situation) : [];
    case 'all':
      return onceEach(
        unique(condition.of.flatMap((member) => adviceFor(member, situation))),
        condition.of.filter((member) => member.kind === 'symbol'),
        situation,
      );
    case 'any':
      return condition.of
        .filter((member) => judge(member, situation) === Verdict.unmet)
        .map((member) => adviceFor(member, situation))
        .filter((lines) => lines.length > 0)
        .reduce((best, lines) => (best.length === 0 || lines.length < best.length ? lines : best), [] as string[]);
    case 'not':
      return condition.of.kind === 'symbol' && condition.of.accept === (Accept.y | Accept.m)
        ? [offLine(nameIn(condition.of.symbol, situation))]
        : [];
    default:
      return [];
  }
}

export function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}

/** One line for each symbol, where several conditions ask for values of it: the list of all, or the last value that fits all. */
function onceEach(lines: readonly string[], members: readonly SymbolCondition[], situation: Situation): string[] {
  const kept = new Map<string, string>();
  for (const line of lines) {
    const symbol = symbolOfLine(line);
    const asked = members.filter((member) => nameIn(member.symbol, situation) === symbol);
    const known = kept.get(symbol);
    if (known === undefined || asked.length < 2) kept.set(asked.length < 2 ? line : symbol, line);
    else if (asked.every(({ values }) => values[0]?.test === 'includes')) {
      const [list, more] = [known, line].map((each) => /"(.*)"/.exec(each)?.[1] ?? '');
      kept.set(symbol, `CONFIG_${symbol}="${(more as string).split(',').reduce(withItem, list as string)}"`);
    } else if (fitsAll(line, asked, situation)) kept.set(symbol, line);
  }
  return [...kept.values()];
}

function fitsAll(line: string, asked: readonly SymbolCondition[], { document }: Situation): boolean {
  const value = /=(.*)$/.exec(line)?.[1] ?? '';
  return asked.every(
    ({ values: [test] }) => test === undefined || passes(test.test, value, boundOf(test, document), false),
  );
}

function offLine(symbol: string): string {
  return `# CONFIG_${symbol} is not set`;
}

function symbolAdvice(condition: SymbolCondition, situation: Situation): string[] {
  const facts = situation.symbols.get(condition.symbol);
  if (isHidden(facts, situation.target)) {
    // What selects it must go, and only its owner knows whether it can.
    if ((condition.accept & (Accept.y | Accept.m)) === 0) return [];
    return (facts?.follows ?? []).flatMap((text) => {
      const [symbol = '', value = 'y'] = text.split('=');
      const name = nameIn(symbol, situation);
      const setting = settingOf(situation.document, name);
      const has = setting.kind === 'set' && (setting.value === value || (value === 'm' && setting.value === 'y'));
      return has ? [] : [`CONFIG_${name}=${value}`];
    });
  }
  const name = nameIn(condition.symbol, situation);
  if (condition.accept & Accept.y) return [`CONFIG_${name}=y`];
  if (condition.accept & Accept.m) return [`CONFIG_${name}=m`];
  const test = condition.values[0];
  if (test === undefined) return [offLine(name)];
  const setting = decidingSetting(condition, situation);
  if (test.test !== 'includes') {
    const bound = boundOf(test, situation.document);
    if (bound === undefined) return [];
    // Of a number in quotes only the quotes are wrong.
    const isRight = setting.kind === 'set' && passes(test.test, setting.value, bound, false);
    return [`CONFIG_${name}=${writeValue(isRight ? setting.value : bound)}`];
  }
  const before = setting.kind === 'set' ? setting.value : '';
  return [`CONFIG_${name}="${withItem(before, test.value)}"`];
}

/** A comma-separated list with one more item, and without the blanks that keep the kernel from knowing the others. */
export function withItem(list: string, item: string): string {
  const items = list.split(',').map((each) => each.trim());
  return [...new Set([...items, item])].filter((each) => each !== '').join(',');
}

/** The symbol a config line sets or turns off. */
function symbolOfLine(line: string): string {
  return /CONFIG_(\w+)/.exec(line)?.[1] ?? '';
}

/** Edits that put `lines` into a document: in place of the setting that counts now, else at the end. */
export function fixOf(document: ConfigDocument, lines: readonly string[]): Fix | undefined {
  if (lines.length === 0) return undefined;
  const edits = editsFor(
    document,
    lines.map((line) => ({ symbol: symbolOfLine(line), line })),
  );
  return { title: lines.length === 1 ? `Set ${lines[0]}` : `Set ${lines.length} options`, edits };
}
