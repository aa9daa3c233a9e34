/**
 * Models as bytes: a line of JSON for what is text, then the columns of numbers, each as narrow as it can be so that reading one is a
 * view or a native copy, then a checksum. Compression is left to whoever stores the bytes.
 */
import type { Question } from './answers.ts';
import { checksumOf } from './checksum.ts';
import { aligned, type Column, layOut, readColumn, writeColumn } from './columns.ts';
import type { Dialect } from './dialect.ts';
import type { KconfigModel } from './model.ts';
import { isSound } from './soundness.ts';

/** Raised when the layout changes; other numbers are refused. */
export const formatVersion = 2;

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

/** Bytes of the checksum that ends a model. */
const checksumLength = 4;

/** Lays a model out as bytes. */
export function encodeModel({ model, ...rest }: ModelFile): Uint8Array {
  const columns: Column[] = [];
  const stored: Int32Array[] = [];
  for (const name of columnNames) {
    const [group, field] = name.split('.') as [keyof KconfigModel, string];
    const values = Int32Array.from((model[group] as unknown as Record<string, ArrayLike<number>>)[field] ?? []);
    const laidOut = layOut(name, values, growing.test(name));
    columns.push(laidOut.column);
    stored.push(laidOut.numbers);
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
  const length = columns.reduce((at, column) => aligned(at, column.width) + column.length * column.width, text.length);
  const out = new Uint8Array(length + checksumLength);
  out.set(text);
  let at = text.length;
  columns.forEach((column, i) => {
    at = writeColumn(out, at, column, stored[i] as Int32Array);
  });
  new DataView(out.buffer).setUint32(length, checksumOf(out.subarray(0, length)), true);
  return out;
}

/**
 * Reads what `encodeModel` wrote; throws ModelFormatError for anything else. With `checksum`, the CRC-32 of bytes, a model from whoever
 * is trusted to have used `encodeModel` is taken as sound where its checksum holds: that is faster than to look at every number.
 */
export function decodeModel(data: Uint8Array, checksum?: (bytes: Uint8Array) => number): ModelFile {
  const { header, end } = readHeader(data);
  let at = end + 1;
  const table = new Map<string, () => Int32Array>();
  for (const column of header.columns) {
    const { length, width } = column;
    if (!Number.isInteger(length) || length < 0 || ![1, 2, 4].includes(width))
      throw new ModelFormatError('the model is damaged');
    const start = aligned(at, width);
    at = start + length * width;
    if (at + checksumLength > data.length) throw new ModelFormatError('the model is cut short');
    table.set(column.name, () => readColumn(data, start, column));
  }
  const read = (name: ColumnName): (() => Int32Array) => {
    const column = table.get(name);
    if (column === undefined) throw new ModelFormatError(`the model lacks ${name}`);
    return column;
  };
  const model = assemble(header, read);
  const isAsWritten = (): boolean =>
    at + checksumLength === data.length &&
    checksum?.(data.subarray(0, at)) === new DataView(data.buffer, data.byteOffset + at).getUint32(0, true);
  if (!isAsWritten() && !isSound(model)) throw new ModelFormatError('the model is damaged');
  return {
    model,
    configs: header.configs,
    toolchains: header.toolchains,
    source: header.source,
  };
}

function readHeader(data: Uint8Array): { readonly header: Header; readonly end: number } {
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
  const { names, titles, files, columns } = header;
  if ([names, titles, files].some((text) => typeof text !== 'string') || !Array.isArray(columns))
    throw new ModelFormatError('the model is damaged');
  return { header, end };
}

function assemble(header: Header, read: (name: ColumnName) => () => Int32Array): KconfigModel {
  const { release, arch, dialect, title, questions, modules } = header;
  const get = (name: ColumnName): Int32Array => read(name)();
  const small = (name: ColumnName): Uint8Array => new Uint8Array(get(name));
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
    entries: assembleEntries(read),
    titles: header.titles.split('\n'),
    files: header.files.split('\n'),
  };
}

/** Most of what is known of entries only a config that is written takes: those columns are read when they are first looked at. */
function assembleEntries(read: (name: ColumnName) => () => Int32Array): KconfigModel['entries'] {
  const symbols = read('entries.symbols')();
  const entries = { count: symbols.length, symbols, flags: new Uint8Array(read('entries.flags')()) };
  for (const field of ['ends', 'conditions', 'visibilities', 'dependencies', 'titles', 'files', 'lines'] as const) {
    const column = read(`entries.${field}`);
    Object.defineProperty(entries, field, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = column();
        Object.defineProperty(entries, field, { value, enumerable: true });
        return value;
      },
    });
  }
  return entries as unknown as KconfigModel['entries'];
}
