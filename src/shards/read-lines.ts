/** Reads streams of --format ndjson; a file may hold several of them, as the log of many machines does. */
import { countOf, type InputFailure } from '../finding.ts';
import type { ByteFile } from '../host.ts';
import { linesOf } from './lines.ts';
import { type Fault, faultIn, isFault, jsonOf, reportFault } from './report-fault.ts';
import type {
  FileJson,
  FindingJson,
  PartReport,
  PlacedFailure,
  PlacedFile,
  ShardJson,
  SummaryJson,
} from './report-json.ts';
import { faultInFile, faultInReport } from './schema.generated.js';

interface Record {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The part of a stream that was read so far. */
interface Stream {
  readonly name: string;
  readonly start: Record;
  /** The first byte behind the start record, and its line. */
  readonly from: number;
  readonly failures: PlacedFailure[];
  readonly counts: { error: number; warning: number; info: number };
  file: Record | undefined;
  findings: FindingJson[];
  fault: Fault | undefined;
}

export function readStreams(
  name: string,
  file: ByteFile,
): { readonly parts: readonly PartReport[]; readonly failures: readonly InputFailure[] } {
  const parts: PartReport[] = [];
  const failures: InputFailure[] = [];
  let stream: Stream | undefined;
  let number = 0;
  const leave = (why: Fault | undefined) => {
    const fault = stream?.fault ?? why;
    if (fault !== undefined) failures.push(reportFault(stream?.name ?? name, fault));
    stream = undefined;
  };
  for (const line of linesOf(file)) {
    if (line === undefined) {
      leave({ message: 'a line is too long to be of a report' });
      return { parts, failures };
    }
    number = line.number;
    // What else went to the same log.
    if (!line.text.startsWith('{')) continue;
    const read = jsonOf(line.text, number);
    const record = isFault(read) ? undefined : (read.value as Record);
    if (record?.type === 'start') {
      if (stream !== undefined) leave(cutOff(number));
      stream = open(name, record, line.next, parts.length + failures.length);
      continue;
    }
    if (stream === undefined) {
      leave({ message: 'a record stands before the start of a report', line: number });
      return { parts, failures };
    }
    stream.fault ??= isFault(read) ? read : take(stream, read.value as Record, number);
    if (record?.type !== 'end') continue;
    if (stream.fault === undefined) parts.push(partOf(stream, record, file, line.next));
    else leave(undefined);
    stream = undefined;
  }
  if (stream !== undefined) leave(cutOff(number));
  return { parts, failures };
}

function cutOff(line: number): Fault {
  return {
    message: 'the report ends early, without an end record: its run was cut off',
    help: 'run it again: what it did not come to was not checked',
    line,
  };
}

function open(name: string, start: Record, from: number, count: number): Stream {
  const { node, shard } = start as { readonly node?: unknown; readonly shard?: { readonly index?: unknown } };
  const own = typeof node === 'string' ? ` (${node})` : shard === undefined ? '' : ` (shard ${shard.index})`;
  return {
    name: count === 0 && own === '' ? name : `${name}${own === '' ? ` (report ${count + 1})` : own}`,
    start,
    from,
    failures: [],
    counts: { error: 0, warning: 0, info: 0 },
    file: undefined,
    findings: [],
    fault: undefined,
  };
}

function take(stream: Stream, record: Record, line: number): Fault | undefined {
  if (record.type === 'finding') {
    const { type, file, ...finding } = record;
    if (stream.file === undefined || file !== stream.file['path'])
      return { message: 'a finding does not follow the file that it is of', line };
    stream.findings.push(finding as unknown as FindingJson);
    return undefined;
  }
  const wrong = closeFile(stream, line);
  if (wrong !== undefined) return wrong;
  switch (record.type) {
    case 'file':
      stream.file = record;
      return undefined;
    case 'failure': {
      const { type, place, ...failure } = record;
      stream.failures.push({ failure: failure as unknown as InputFailure, place: place as number | undefined });
      return undefined;
    }
    case 'end':
      return faultInFrame(stream, record, line);
    default:
      return { message: `there is no record of the type "${record.type}"`, line };
  }
}

/** Looks at a file once all its findings are there. */
function closeFile(stream: Stream, line: number): Fault | undefined {
  const { file, findings, counts } = stream;
  if (file === undefined) return undefined;
  const whole = fileOf(file, findings);
  stream.file = undefined;
  stream.findings = [];
  const wrong = faultInFile(whole);
  if (wrong !== undefined) return faultIn(wrong, line - 1);
  const own = countOf(findings);
  for (const key of ['error', 'warning', 'info'] as const) {
    counts[key] += own[key];
    if (own[key] !== whole.counts[key])
      return { message: `of ${whole.counts[key]} findings (${key}) of ${whole.path} the report has ${own[key]}`, line };
  }
  return undefined;
}

/** With its findings where the report as one document has them. */
function fileOf({ type, place, ...file }: Record, findings: readonly FindingJson[]): FileJson {
  const whole: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(file)) {
    whole[key] = value;
    if (key === 'counts') whole['findings'] = findings;
  }
  return whole as unknown as FileJson;
}

function faultInFrame({ start, failures, counts }: Stream, end: Record, line: number): Fault | undefined {
  const { type, shard, ...head } = start;
  const { type: _, shard: more, ...tail } = end;
  const places = { places: [], failurePlaces: [] };
  const whole = shard === undefined ? {} : { shard: { ...(shard as object), ...places, ...(more as object) } };
  const wrong = faultInReport({
    ...head,
    files: [],
    failures: failures.map(({ failure }) => failure),
    ...tail,
    ...whole,
  });
  if (wrong !== undefined) return faultIn(wrong, line);
  const summary = end['summary'] as SummaryJson;
  const differs = (['error', 'warning', 'info'] as const).find((key) => counts[key] !== summary[key]);
  return differs === undefined
    ? undefined
    : { message: `the report sums up ${summary[differs]} findings (${differs}) and has ${counts[differs]}`, line };
}

function partOf(stream: Stream, end: Record, file: ByteFile, to: number): PartReport {
  const { name, start, from, failures } = stream;
  const { tool, node, shard } = start as unknown as {
    readonly tool: { readonly version: string };
    readonly node?: string;
    readonly shard?: object;
  };
  return {
    name,
    version: tool.version,
    node,
    shard: shard === undefined ? undefined : ({ ...shard, ...(end['shard'] as object) } as ShardJson),
    summary: end['summary'] as SummaryJson,
    failures,
    files: () => filesOf(file, from, to),
  };
}

function* filesOf(bytes: ByteFile, from: number, to: number): Generator<PlacedFile> {
  let file: Record | undefined;
  let findings: FindingJson[] = [];
  for (const line of linesOf(bytes, from)) {
    if (line === undefined || line.next > to) break;
    if (!line.text.startsWith('{')) continue;
    const record = JSON.parse(line.text) as Record;
    if (record.type === 'finding') {
      const { type, file: _, ...finding } = record;
      findings.push(finding as unknown as FindingJson);
    } else {
      if (file !== undefined) yield placed(file, findings);
      [file, findings] = [record.type === 'file' ? record : undefined, []];
    }
  }
}

function placed(file: Record, findings: readonly FindingJson[]): PlacedFile {
  return { file: fileOf(file, findings), place: file['place'] as number | undefined };
}
