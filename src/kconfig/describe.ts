/** Expressions and symbols in the words of Kconfig. */
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { EntryFlag, type KconfigModel } from './model.ts';
import { SymbolFlag, typeNames } from './symbol.ts';

const signs: Readonly<Record<number, string>> = {
  [Op.equal]: '=',
  [Op.notEqual]: '!=',
  [Op.less]: '<',
  [Op.lessEqual]: '<=',
  [Op.greater]: '>',
  [Op.greaterEqual]: '>=',
};

/** `A && (B || !C)`; with an evaluation each symbol is followed by its value, as in `A [=y]`. */
export function describeExpression(model: KconfigModel, e: number, evaluation?: Evaluation): string {
  const { op, left, right } = model.expressions;
  const nameOf = (symbol: number): string => {
    const flag = model.symbols.flags[symbol] as number;
    if (flag & SymbolFlag.answer) return '(the toolchain says so)';
    if (flag & SymbolFlag.choice) return '(its choice)';
    const name = model.symbols.names[symbol] as string;
    if (symbol < 3) return name;
    if (flag & SymbolFlag.constant) return `"${name}"`;
    return evaluation === undefined ? name : `${name} [=${evaluation.textOf(symbol)}]`;
  };
  const write = (x: number, outer: number): string => {
    const o = op[x] as number;
    const [l, r] = [left[x] as number, right[x] as number];
    switch (o) {
      case Op.symbol:
        return nameOf(l);
      case Op.not:
        return `!${write(l, Op.not)}`;
      case Op.and:
      case Op.or: {
        const text = `${write(l, o)} ${o === Op.and ? '&&' : '||'} ${write(r, o)}`;
        return outer === 0 || outer === o ? text : `(${text})`;
      }
      default: {
        const bare = model.symbols.names[r] as string;
        const value = r < 3 || (model.symbols.types[r] as number) === 0 ? bare : nameOf(r);
        const text = `${nameOf(l)}${signs[o]}${value}`;
        return outer === Op.not ? `(${text})` : text;
      }
    }
  };
  return e === 0 ? 'y' : write(e, 0);
}

export interface SymbolDescription {
  readonly symbol: string;
  readonly type: string;
  /** Conditions under which its prompts are shown; empty where it has none. */
  readonly prompts: readonly string[];
  readonly definitions: readonly { readonly file: string; readonly line: number }[];
  readonly dependsOn: string;
  readonly defaults: readonly { readonly value: string; readonly condition: string }[];
  readonly ranges: readonly { readonly lower: string; readonly upper: string; readonly condition: string }[];
  readonly selectedBy: readonly { readonly symbol: string; readonly condition: string }[];
  readonly impliedBy: readonly { readonly symbol: string; readonly condition: string }[];
  readonly selects: readonly string[];
  /** Other members of the choice that it stands in. */
  readonly choice: readonly string[];
  /** What it comes to, where a config was given. */
  readonly value?: string;
}

/** Everything that a model says of a symbol. */
export function describeSymbol(model: KconfigModel, symbol: number, evaluation?: Evaluation): SymbolDescription {
  const { symbols, prompts, defaults, ranges, selects, implies, entries, files, members } = model;
  const words = (e: number): string => describeExpression(model, e, evaluation);
  const rows = (starts: Int32Array): number[] => {
    const found: number[] = [];
    for (let row = starts[symbol] as number; row < (starts[symbol + 1] as number); row++) found.push(row);
    return found;
  };
  const name = (id: number | undefined): string => symbols.names[id ?? 0] as string;
  const definitions: { file: string; line: number }[] = [];
  for (let entry = 0; entry < entries.count; entry++) {
    if (entries.symbols[entry] !== symbol || (entries.flags[entry] as number) & EntryFlag.choice) continue;
    definitions.push({ file: files[entries.files[entry] as number] as string, line: entries.lines[entry] as number });
  }
  const selected = new Set<string>();
  for (let id = 3; id < symbols.count; id++) {
    for (let row = selects.starts[id] as number; row < (selects.starts[id + 1] as number); row++) {
      if (selects.selectors[row] === symbol) selected.add(name(id));
    }
  }
  const choice = symbols.choices[symbol] as number;
  const group = choice < 0 ? -1 : (entries.symbols[choice] as number);
  const by = (relation: typeof selects): { symbol: string; condition: string }[] =>
    rows(relation.starts)
      .filter((row) => (relation.selectors[row] as number) >= 3)
      .map((row) => ({ symbol: name(relation.selectors[row]), condition: words(relation.conditions[row] as number) }));
  return {
    symbol: name(symbol),
    type: typeNames[symbols.types[symbol] as 1],
    prompts: rows(prompts.starts).map((row) => words(prompts.conditions[row] as number)),
    definitions,
    dependsOn: words(symbols.dependencies[symbol] as number),
    defaults: rows(defaults.starts).map((row) => ({
      value: words(defaults.values[row] as number),
      condition: words(defaults.conditions[row] as number),
    })),
    ranges: rows(ranges.starts).map((row) => ({
      lower: name(ranges.lowers[row]),
      upper: name(ranges.uppers[row]),
      condition: words(ranges.conditions[row] as number),
    })),
    selectedBy: by(selects),
    impliedBy: by(implies),
    selects: [...selected],
    choice:
      group < 0
        ? []
        : [...members.symbols.subarray(members.starts[group], members.starts[group + 1])]
            .filter((each) => each !== symbol)
            .map(name),
    ...(evaluation === undefined ? {} : { value: evaluation.textOf(symbol) }),
  };
}
