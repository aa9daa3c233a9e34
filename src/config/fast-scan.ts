/**
 * Scans a config with the loop of `scan.wat` where that can be done, else with the one of `scan.ts`; both give the same.
 * A program that reads one config runs JavaScript interpreted, WebAssembly compiled.
 */
import type { ConfigLimits } from './limits.ts';
import { scanModule } from './scan.generated.ts';
import { type Columns, type EntryTable, type Scan, scan, tableOf } from './scan.ts';

/** Neither the language's own types nor Node's tell of it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  /** See scan.wat; -1 when the text is one for `scan.ts`. */
  readonly scan: (
    length: number,
    starts: number,
    most: number,
    table: number,
    rows: number,
    slots: number,
    mask: number,
    odd: number,
    twice: number,
    controls: number,
  ) => number;
}

/** Where things lie in the memory, for texts of up to `capacity` units, and views of them. */
interface Layout {
  readonly capacity: number;
  readonly bytes: Uint8Array;
  readonly cells: Int32Array<ArrayBuffer>;
  readonly starts: number;
  readonly most: number;
  readonly table: number;
  readonly rows: number;
  readonly slots: number;
  readonly mask: number;
  readonly odd: number;
  readonly twice: number;
  readonly controls: number;
  /** The columns as `findRow` and its kin read them. */
  readonly views: Columns;
}

/** Shorter texts are scanned before the machine is made. */
const worthwhile = 16 * 1024;
/** Longer ones could pass the limits on lines and symbols, which only `scan.ts` knows. */
const longest = 1024 * 1024;
/** Offset of the text; before it stand the results. */
const textAt = 64;
const pageSize = 65_536;

/** Null where there is no WebAssembly. */
let machine: Machine | null | undefined;
let layout: Layout | undefined;

export interface ScanOptions {
  /** A table of an earlier scan whose document is no longer needed. */
  readonly reuse?: EntryTable | undefined;
  /** The result is needed only until the next scan. */
  readonly transient?: boolean;
  readonly limits?: ConfigLimits;
}

export function scanText(
  codes: Uint8Array | Uint16Array,
  { reuse, transient = false, limits }: ScanOptions = {},
): Scan {
  const { length } = codes;
  if (codes instanceof Uint8Array && length <= longest && (machine !== undefined || length >= worthwhile)) {
    if (machine === undefined) machine = makeMachine();
    const found = machine === null ? undefined : run(machine, codes, transient);
    if (found !== undefined) return found;
  }
  // A table in the machine's memory does not outlive the machine's next run.
  return scan(codes, reuse?.line.buffer === layout?.bytes.buffer ? undefined : reuse, limits);
}

function makeMachine(): Machine | null {
  // It is absent under --jitless; compiling fails on processors without vector instructions.
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(scanModule))).exports as Machine;
  } catch {
    return null;
  }
}

function run(machine: Machine, codes: Uint8Array, transient: boolean): Scan | undefined {
  const { length } = codes;
  if (layout === undefined || layout.capacity < length) layout = makeLayout(machine, length);
  const { bytes, cells, starts, most, table, rows, slots, mask, odd, twice, controls, views } = layout;
  bytes.set(codes, textAt);
  // Ends the last line; the machine looks no further.
  bytes[textAt + length] = 10;
  views.slots.fill(0);
  const count = machine.scan(length, starts, most, table, rows, slots, mask, odd, twice, controls);
  if (count < 0) return undefined;
  const [lines = 0, carriageReturns = 0, odds = 0, controlled = 0, twices = 0] = cells;
  let starting = lines;
  if (codes[length - 1] === 10) views.lineStarts[starting++] = length;
  const read = (at: number, cellCount: number) =>
    cellCount === 0 ? [] : Array.from(cells.subarray(at >> 2, (at >> 2) + cellCount));
  const kept = transient ? views : copyOf(views, count, starting);
  return {
    table: tableOf(kept, count, read(twice, twices)),
    lines,
    lineStarts: kept.lineStarts.subarray(0, Math.max(starting, 1)),
    irregular: read(odd, odds),
    controls: read(controls, controlled),
    carriageReturns,
  };
}

function makeLayout({ memory }: Machine, length: number): Layout {
  const capacity = Math.ceil(length / pageSize) * pageSize;
  // The shortest setting is `CONFIG_A=y` and a newline; scan.ts makes its tables by the same measure.
  const rows = Math.ceil(capacity / 11) + 1;
  const most = 64 + (capacity >> 3);
  let slotCount = 64;
  while (slotCount < rows) slotCount *= 2;
  // The machine loads up to 16 bytes at once, from the line feed behind the text at the latest.
  const starts = textAt + capacity + 64;
  const table = starts + most * 4;
  const slots = table + Math.ceil((rows * 21) / 4) * 4;
  const odd = slots + slotCount * 4;
  const twice = odd + 2000 * 4;
  const controls = twice + 2002 * 4;
  // More than a smaller layout took, so there is always something to add.
  memory.grow(Math.ceil((controls + 100 * 4) / pageSize) - memory.buffer.byteLength / pageSize);
  const { buffer } = memory;
  const column = (index: number) => new Int32Array(buffer, table + index * rows * 4, rows);
  const views = {
    line: column(0),
    nameStart: column(1),
    nameEnd: column(2),
    end: column(3),
    hash: column(4),
    mark: new Uint8Array(buffer, table + rows * 20, rows),
    slots: new Int32Array(buffer, slots, slotCount),
    lineStarts: new Int32Array(buffer, starts, most),
  };
  const mask = slotCount - 1;
  const cells = new Int32Array(buffer);
  return {
    capacity,
    bytes: new Uint8Array(buffer),
    cells,
    starts,
    most,
    table,
    rows,
    slots,
    mask,
    odd,
    twice,
    controls,
    views,
  };
}

/** Out of the machine's memory, which the next scan writes over. */
function copyOf(views: Columns, count: number, starting: number): Columns {
  return {
    line: views.line.slice(0, count),
    nameStart: views.nameStart.slice(0, count),
    nameEnd: views.nameEnd.slice(0, count),
    end: views.end.slice(0, count),
    hash: views.hash.slice(0, count),
    mark: views.mark.slice(0, count),
    slots: views.slots.slice(),
    lineStarts: views.lineStarts.slice(0, Math.max(starting, 1)),
  };
}
