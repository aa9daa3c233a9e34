/** Whether the numbers of a model that was read from bytes can be relied on. */
import { Op } from './expression.ts';
import type { KconfigModel } from './model.ts';

/** True where all numbers point to what there is, and expressions only to what stands before them. */
export function isSound({ symbols, expressions, entries, titles, files, modules, ...rest }: KconfigModel): boolean {
  const { length, op, left, right } = expressions;
  const within = (column: Int32Array, from: number, to: number): boolean =>
    column.every((value) => value >= from && value < to);
  for (let e = 1; e < length; e++) {
    const o = op[e] as number;
    const [l, r] = [left[e] as number, right[e] as number];
    const nested = o === Op.and || o === Op.or || o === Op.not;
    if (o < Op.symbol || o > Op.greaterEqual || l < 0 || r < 0) return false;
    if (nested ? l >= e || l === 0 || r >= e : l >= symbols.count || r >= symbols.count) return false;
  }
  const rows = (starts: Int32Array, columns: readonly Int32Array[]): boolean =>
    starts.length === symbols.count + 1 &&
    starts.every((value, i) => value >= (starts[i - 1] ?? 0)) &&
    columns.every((column) => column.length === starts.at(-1));
  const { prompts, defaults, ranges, selects, implies, members } = rest;
  const conditions = [prompts, defaults, ranges, selects, implies].map((each) => each.conditions);
  return (
    modules >= 0 &&
    modules < symbols.count &&
    [symbols.types, symbols.flags, symbols.dependencies, symbols.choices].every(
      (each) => each.length === symbols.count,
    ) &&
    [entries.flags, entries.ends, entries.titles, entries.files, entries.lines].every(
      (each) => each.length === entries.count,
    ) &&
    [
      ...conditions,
      symbols.dependencies,
      defaults.values,
      entries.conditions,
      entries.visibilities,
      entries.dependencies,
    ].every((column) => within(column, 0, length)) &&
    [ranges.lowers, ranges.uppers, selects.selectors, implies.selectors, members.symbols].every((column) =>
      within(column, 0, symbols.count),
    ) &&
    within(symbols.choices, -1, entries.count) &&
    within(entries.symbols, -1, symbols.count) &&
    within(entries.titles, 0, titles.length) &&
    within(entries.files, 0, files.length) &&
    entries.ends.every((end, entry) => end > entry && end <= entries.count) &&
    rows(prompts.starts, [prompts.conditions]) &&
    rows(defaults.starts, [defaults.values, defaults.conditions]) &&
    rows(ranges.starts, [ranges.lowers, ranges.uppers, ranges.conditions]) &&
    rows(selects.starts, [selects.selectors, selects.conditions]) &&
    rows(implies.starts, [implies.selectors, implies.conditions]) &&
    rows(members.starts, [members.symbols])
  );
}
