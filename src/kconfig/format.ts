/**
 * Models as bytes: a line of JSON for what is text, then the columns of numbers, byte by byte of all their rows, because like next
 * to like compresses best. Compression is left to whoever stores the bytes.
 */
import type { Question } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { Op } from './expression.ts';
import type { KconfigModel } from './model.ts';

/** Raised when the layout changes; other numbers are refused. */
export const formatVersion = 1;

/** Named configs that come with a release: its defconfigs, and the fragments of kernel/configs. */
export type NamedConfigs = Readonly<Record<string, string>>;

/** Answers of a toolchain to the questions of a model, in their order; null for what it was not asked. */
export type Toolchains = Readonly<Record<string, readonly (string | null)[]>>;

/** A model with what was compiled along with it. */
export interface ModelFile {
  readonly model: KconfigModel;
  readonly configs: NamedConfigs;
  readonly toolchains: Toolchains;
  /** What it was made of, for people: `Debian linux-source-6.12 6.12.117-1`. */
  readonly source: string;
}

interface Header extends Omit<ModelFile, 'model'> {
  readonly format: number;
  readonly release: string;
  readonly arch: string;
  readonly dialect: Dialect;
  readonly title: string;
  readonly questions: readonly Question[];
  readonly modules: number;
  /** Lists of texts, joined by newlines, which none of them can hold. */
  readonly names: string;
  readonly titles: string;
  readonly files: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly length: number;
  /** Bytes of each number. */
  readonly width: number;
  /** Each number is stored as the difference from the one before. */
  readonly grows: boolean;
}

/** Thrown where bytes are no model, or one of another format. */
export class ModelFormatError extends Error {}

const magic = 'kconfig-model\n';

const columnNames = [
  'symbols.types',
  'symbols.flags',
  'symbols.dependencies',
  'symbols.choices',
  'expressions.op',
  'expressions.left',
  'expressions.right',
  'prompts.starts',
  'prompts.conditions',
  'defaults.starts',
  'defaults.values',
  'defaults.conditions',
  'ranges.starts',
  'ranges.lowers',
  'ranges.uppers',
  'ranges.conditions',
  'selects.starts',
  'selects.selectors',
  'selects.conditions',
  'implies.starts',
  'implies.selectors',
  'implies.conditions',
  'members.starts',
  'members.symbols',
  'entries.symbols',
  'entries.flags',
  'entries.ends',
  'entries.conditions',
  'entries.visibilities',
  'entries.dependencies',
  'entries.titles',
  'entries.files',
  'entries.lines',
] as const;
type ColumnName = (typeof columnNames)[number];

const growing = /starts$|^entries\.(?:symbols|ends|files|lines)$/;

/** Numbers with their sign in the lowest bit, so that small ones are short. */
const folded = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** Lays a model out as bytes. */
export function encodeModel({ model, ...rest }: ModelFile): Uint8Array {
  const columns: Column[] = [];
  const parts: Uint8Array[] = [];
  for (const name of columnNames) {
    const [group, field] = name.split('.') as [keyof KconfigModel, string];
    const values = (model[group] as unknown as Record<string, ArrayLike<number>>)[field] as ArrayLike<number>;
    const grows = growing.test(name);
    const stored = Uint32Array.from(values, (value, i) =>
      folded(grows && i > 0 ? value - (values[i - 1] as number) : value),
    );
    const largest = stored.reduce((a, b) => Math.max(a, b), 0);
    const width = largest < 256 ? 1 : largest < 65_536 ? 2 : largest < 16_777_216 ? 3 : 4;
    columns.push({ name, length: stored.length, width, grows });
    parts.push(planesOf(stored, width));
  }
  const { release, arch, dialect, title, questions, modules, symbols, titles, files } = model;
  const names = symbols.names.join('\n');
  const texts = { names, titles: titles.join('\n'), files: files.join('\n') };
  const header: Header = {
    format: formatVersion,
    release,
    arch,
    ...rest,
    dialect,
    title,
    questions,
    modules,
    ...texts,
    columns,
  };
  const text = new TextEncoder().encode(`${magic}${JSON.stringify(header)}\n`);
  const out = new Uint8Array(text.length + parts.reduce((sum, part) => sum + part.length, 0));
  out.set(text);
  let at = text.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The lowest bytes of all numbers, then the next ones: like stands next to like, which compresses. */
function planesOf(values: Uint32Array, width: number): Uint8Array {
  const planes = new Uint8Array(values.length * width);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0; i < values.length; i++) planes[plane * values.length + i] = (values[i] as number) >>> (8 * plane);
  }
  return planes;
}

function readColumn(data: Uint8Array, at: number, { length, width, grows }: Column): Int32Array {
  const values = new Int32Array(length);
  for (let plane = 0, shift = 0; plane < width; plane++, shift += 8) {
    const start = at + plane * length;
    for (let i = 0; i < length; i++) values[i] = (values[i] as number) | ((data[start + i] as number) << shift);
  }
  let before = 0;
  for (let i = 0; i < length; i++) {
    const stored = values[i] as number;
    const value = stored & 1 ? -((stored + 1) >>> 1) : stored >>> 1;
    before = grows ? before + value : value;
    values[i] = before;
  }
  return values;
}

/** Reads what `encodeModel` wrote; throws ModelFormatError for anything else. */
export function decodeModel(data: Uint8Array): ModelFile {
  const start = magic.length;
  for (let i = 0; i < start; i++)
    if (data[i] !== magic.charCodeAt(i)) throw new ModelFormatError('not a Kconfig model');
  const end = data.indexOf(10, start);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(data.subarray(start, end)));
  } catch {
    throw new ModelFormatError('the model is damaged');
  }
  if (header.format !== formatVersion) {
    throw new ModelFormatError(
      `the model has format ${header.format}, this program reads ${formatVersion}: build it again`,
    );
  }
  let at = end + 1;
  const table = new Map<string, Int32Array>();
  for (const column of header.columns) {
    if (at + column.length * column.width > data.length) throw new ModelFormatError('the model is cut short');
    table.set(column.name, readColumn(data, at, column));
    at += column.length * column.width;
  }
  const get = (name: ColumnName): Int32Array => {
    const column = table.get(name);
    if (column === undefined) throw new ModelFormatError(`the model lacks ${name}`);
    return column;
  };
  const model = assemble(header, get);
  if (!isSound(model)) throw new ModelFormatError('the model is damaged');
  return {
    model,
    configs: header.configs,
    toolchains: header.toolchains,
    source: header.source,
  };
}

function assemble(header: Header, get: (name: ColumnName) => Int32Array): KconfigModel {
  const { release, arch, dialect, title, questions, modules } = header;
  const small = (name: ColumnName): Uint8Array => Uint8Array.from(get(name));
  const names = header.names.split('\n');
  const op = small('expressions.op');
  return {
    release,
    arch,
    dialect,
    title,
    questions,
    modules,
    symbols: {
      count: names.length,
      names,
      types: small('symbols.types'),
      flags: small('symbols.flags'),
      dependencies: get('symbols.dependencies'),
      choices: get('symbols.choices'),
    },
    expressions: { length: op.length, op, left: get('expressions.left'), right: get('expressions.right') },
    prompts: { starts: get('prompts.starts'), conditions: get('prompts.conditions') },
    defaults: {
      starts: get('defaults.starts'),
      values: get('defaults.values'),
      conditions: get('defaults.conditions'),
    },
    ranges: {
      starts: get('ranges.starts'),
      lowers: get('ranges.lowers'),
      uppers: get('ranges.uppers'),
      conditions: get('ranges.conditions'),
    },
    selects: {
      starts: get('selects.starts'),
      selectors: get('selects.selectors'),
      conditions: get('selects.conditions'),
    },
    implies: {
      starts: get('implies.starts'),
      selectors: get('implies.selectors'),
      conditions: get('implies.conditions'),
    },
    members: { starts: get('members.starts'), symbols: get('members.symbols') },
    entries: {
      count: get('entries.symbols').length,
      symbols: get('entries.symbols'),
      flags: small('entries.flags'),
      ends: get('entries.ends'),
      conditions: get('entries.conditions'),
      visibilities: get('entries.visibilities'),
      dependencies: get('entries.dependencies'),
      titles: get('entries.titles'),
      files: get('entries.files'),
      lines: get('entries.lines'),
    },
    titles: header.titles.split('\n'),
    files: header.files.split('\n'),
  };
}

/** True where all numbers point to what there is, and expressions only to what stands before them. */
function isSound({ symbols, expressions, entries, titles, files, modules, ...rest }: KconfigModel): boolean {
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
