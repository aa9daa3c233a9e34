/** Every symbol of the shipped models with the models that have it, as one text: to tell where a symbol is that a kernel lacks. */

/** Line 1 names the models; each further line is a symbol and a hexadecimal number with a bit for each model that has it. */
export function writeSymbolIndex(models: ReadonlyMap<string, Iterable<string>>): string {
  const masks = new Map<string, number>();
  let bit = 0;
  for (const symbols of models.values()) {
    for (const symbol of symbols) masks.set(symbol, (masks.get(symbol) ?? 0) | (1 << bit));
    bit++;
  }
  const lines = [...masks]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, mask]) => `${symbol} ${mask.toString(16)}`);
  return `${[...models.keys()].join(' ')}\n${lines.join('\n')}\n`;
}

/** Names of the models that have a symbol, such as `6.12-arm64`. */
export function modelsWith(index: string, symbol: string): string[] {
  const at = index.indexOf(`\n${symbol} `);
  if (at < 0) return [];
  const start = at + symbol.length + 2;
  const mask = Number.parseInt(index.slice(start, index.indexOf('\n', start)), 16);
  const names = index.slice(0, index.indexOf('\n')).split(' ');
  return names.filter((_, bit) => (mask & (1 << bit)) !== 0);
}

/** Release and architecture of a model's name. */
export function partsOf(name: string): { readonly series: string; readonly arch: string } {
  const cut = name.indexOf('-');
  return { series: name.slice(0, cut), arch: name.slice(cut + 1) };
}

const bySeries = (a: string, b: string): number => {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0);
};

/**
 * Where a symbol is that the model of a release (`6.12`) and arch lacks: `gone since 6.1`, `came with 7.2`, `only on arm64`; empty where
 * no model has it.
 */
export function elsewhereInWords(index: string, symbol: string, series: string, arch: string): string {
  const having = modelsWith(index, symbol).map(partsOf);
  if (having.length === 0) return '';
  const here = having.filter((each) => each.arch === arch).map((each) => each.series);
  const before = here
    .filter((each) => bySeries(each, series) < 0)
    .sort(bySeries)
    .at(-1);
  const after = here.filter((each) => bySeries(each, series) > 0).sort(bySeries)[0];
  if (before !== undefined) return `${before} still had it`;
  const arches = [...new Set(having.filter((each) => each.series === series).map((each) => each.arch))];
  if (after !== undefined && arches.length === 0) return `it comes with a later release (${after} has it)`;
  if (arches.length > 0) return `only ${arches.join(', ')} ${arches.length === 1 ? 'has' : 'have'} it`;
  const some = [...new Set(having.map((each) => `${each.series} on ${each.arch}`))];
  return `${some.slice(0, 2).join(', ')} ${some.length === 1 ? 'has' : 'have'} it`;
}
