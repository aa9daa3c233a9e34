/** Reads reports that a run of this program wrote, as JSON or as lines of it, file by file and against their schema. */
import type { InputFailure } from '../finding.ts';
import type { ByteFile } from '../host.ts';
import { type Line, linesOf, longestLine } from './lines.ts';
import { readStreams } from './read-lines.ts';
import { type Fault, faultIn, isFault, jsonOf, reportFault } from './report-fault.ts';
import type { FileJson, PartReport, PlacedFile, ShardJson, SummaryJson } from './report-json.ts';
import { isSarif, readSarif, type SarifPart } from './sarif-log.ts';
import { faultInFile, faultInReport } from './schema.generated.js';

/** A report that is not written line by line is held as a whole; it may have so many bytes. */
const largestWhole = longestLine;

export interface ReadReports {
  readonly parts: readonly PartReport[];
  readonly logs: readonly SarifPart[];
  readonly failures: readonly InputFailure[];
}

/** A whole report without its files. */
interface Frame {
  readonly tool: { readonly version: string };
  readonly failures: readonly InputFailure[];
  readonly summary: SummaryJson;
  readonly node?: string;
  readonly shard?: ShardJson & { readonly places: readonly number[]; readonly failurePlaces: readonly number[] };
}

/** `name` is the file as the user named it. */
export function readReports(name: string, file: ByteFile): ReadReports {
  const first = firstRecord(file);
  const read = first === undefined ? nothingIn(name, file) : byShape(name, file, first);
  return isFault(read) ? { parts: [], logs: [], failures: [reportFault(name, read)] } : read;
}

/** Logs of a cluster may hold what went to standard error before the report. */
function firstRecord(file: ByteFile): Line | undefined {
  for (const line of linesOf(file)) if (line === undefined || line.text.startsWith('{')) return line;
  return undefined;
}

function nothingIn(_: string, { size }: ByteFile): Fault {
  return size === 0
    ? { message: 'the file is empty: the run was stopped before it wrote anything' }
    : { message: 'this is no report', help: 'name what --format json, ndjson or sarif wrote' };
}

function byShape(name: string, file: ByteFile, first: Line): ReadReports | Fault {
  if (/^\{"type":"start"/.test(first.text)) return { logs: [], ...readStreams(name, file) };
  if (/^\{"schemaVersion":.*"files":\[$/.test(first.text)) {
    const part = readByLine(name, file, first);
    return isFault(part) ? part : { parts: [part], logs: [], failures: [] };
  }
  if (file.size > largestWhole) {
    const help = 'reports that this program wrote are read line by line, whatever their size; do not lay them out anew';
    return { message: `a report that is not written line by line may have ${largestWhole} bytes`, help };
  }
  const read = jsonOf(new TextDecoder().decode(file.read(0, file.size)));
  if (isFault(read)) return read;
  const { value } = read;
  if (isSarif(value)) {
    const logs = readSarif(name, value);
    return isFault(logs) ? logs : { parts: [], logs, failures: [] };
  }
  const part = readWhole(name, value);
  return isFault(part) ? part : { parts: [part], logs: [], failures: [] };
}

function readWhole(name: string, value: unknown): PartReport | Fault {
  const wrong = faultInReport(value);
  if (wrong !== undefined) return faultIn(wrong);
  const { files, ...frame } = value as Frame & { readonly files: readonly FileJson[] };
  return partOf(name, frame, files.length, () => files);
}

/** A report whose files stand on lines of their own, as this program writes it. */
function readByLine(name: string, file: ByteFile, first: Line): PartReport | Fault {
  let frame: Frame | undefined;
  let count = 0;
  for (const line of linesOf(file, first.next, first.number + 1)) {
    if (line === undefined) return { message: 'a line is too long to be of a report' };
    if (frame !== undefined) return { message: 'something follows the end of the report', line: line.number };
    if (line.text.startsWith(']')) {
      const end = jsonOf(first.text + line.text, line.number);
      if (isFault(end)) return end;
      const wrong = faultInReport(end.value);
      if (wrong !== undefined) return faultIn(wrong, line.number);
      frame = end.value as Frame;
      continue;
    }
    const read = jsonOf(line.text.replace(/,$/, ''), line.number);
    if (isFault(read)) return read;
    const wrong = faultInFile(read.value);
    if (wrong !== undefined) return faultIn(wrong, line.number);
    count++;
  }
  if (frame === undefined) {
    const help = 'run it again: what it did not come to was not checked';
    return { message: 'the report ends early: its run was cut off, or its disk was full', help };
  }
  return partOf(name, frame, count, () => filesByLine(file, first));
}

function* filesByLine(file: ByteFile, first: Line): Generator<FileJson> {
  for (const line of linesOf(file, first.next)) {
    if (line === undefined || line.text.startsWith(']')) return;
    yield JSON.parse(line.text.replace(/,$/, '')) as FileJson;
  }
}

function partOf(name: string, frame: Frame, count: number, files: () => Iterable<FileJson>): PartReport | Fault {
  const { tool, failures, summary, node, shard } = frame;
  const [usage] = failures;
  if (summary.exitCode === 2)
    return {
      message: `its run was called wrongly and checked nothing (${usage?.message ?? ''})`,
      help: usage?.help ?? '',
    };
  const { places = [], failurePlaces = [], ...own } = shard ?? {};
  if (shard !== undefined && (places.length !== count || failurePlaces.length !== failures.length))
    return { message: `the report has ${count} files, and places for ${places.length}` };
  return {
    name,
    version: tool.version,
    node,
    shard: shard === undefined ? undefined : (own as ShardJson),
    summary,
    failures: failures.map((failure, i) => ({ failure, place: failurePlaces[i] })),
    files: function* (): Generator<PlacedFile> {
      let i = 0;
      for (const file of files()) yield { file, place: places[i++] };
    },
  };
}
