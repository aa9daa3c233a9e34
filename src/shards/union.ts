/** Files of several reports as those of one run: shards in the order of their inputs, machines side by side. */
import { countOf } from '../finding.ts';
import { beforeInputs } from '../run-mark.ts';
import { agreedOn } from './agreed.ts';
import { mergeNodes, type NodeFile, rank, withoutBoot } from './nodes.ts';
import type { FileJson, PartReport, PlacedFailure, PlacedFile } from './report-json.ts';

/** All files of the shards of one run, in the order of its inputs; nothing is held but one file of each. */
export function* filesOfShards(parts: readonly PartReport[]): Generator<PlacedFile> {
  const streams = parts.map(({ files }) => files()[Symbol.iterator]());
  const heads = streams.map((stream) => stream.next());
  const said = new Set<string>();
  for (;;) {
    let least = -1;
    for (const [i, head] of heads.entries())
      if (!head.done && (least === -1 || placeOf(head.value) < placeOf((heads[least] as { value: PlacedFile }).value)))
        least = i;
    if (least === -1) break;
    const { file, place } = (heads[least] as { value: PlacedFile }).value;
    heads[least] = (streams[least] as Iterator<PlacedFile>).next();
    // Each shard says what comes before the first input.
    if (place === beforeInputs) {
      const text = JSON.stringify(file);
      if (said.has(text)) continue;
      said.add(text);
    }
    yield { file, place };
  }
  for (const file of closingOf(parts)) yield { file, place: Infinity };
}

const placeOf = ({ place }: PlacedFile): number => place ?? 0;

/** What only all shards together can tell: that a waiver is of no use holds where each of them says so. */
function closingOf(parts: readonly PartReport[]): readonly FileJson[] {
  const byPath = new Map<string, FileJson[]>();
  for (const { shard } of parts)
    for (const file of shard?.closing ?? []) byPath.set(file.path, [...(byPath.get(file.path) ?? []), file]);
  return [...byPath.values()].flatMap((files) => {
    const [first] = files as [FileJson];
    // Of a manifest all say the same.
    if (first.kind !== 'fragment') return [first];
    const findings = agreedOn(
      files.map(({ findings }) => findings),
      parts.length,
      ({ rule, location }) => `${rule} ${location.start.offset}`,
    ).toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.location.start.offset - b.location.start.offset);
    return findings.length === 0 ? [] : [{ ...first, counts: { ...first.counts, ...countOf(findings) }, findings }];
  });
}

/**
 * Files of whole runs. Those that only one report has are passed on as they are; of those that several have, such as the config of
 * each machine, one is made that names the machines.
 */
export function* filesOfRuns(parts: readonly PartReport[]): Generator<PlacedFile> {
  const times = new Map<string, number>();
  for (const { files } of parts) {
    const paths = new Set<string>();
    for (const { file } of files()) paths.add(file.path);
    for (const path of paths) times.set(path, (times.get(path) ?? 0) + 1);
  }
  // Machines of one kernel say the same, so what is held grows with the kernels and not with the machines.
  const shared = new Map<string, Map<string, NodeFile>>();
  for (const { files, name, node } of parts) {
    for (const { file } of files()) {
      if (times.get(file.path) === 1) yield { file: node === undefined ? file : named(file, node), place: undefined };
      else {
        const known = shared.get(file.path) ?? new Map<string, NodeFile>();
        shared.set(file.path, known);
        const key = JSON.stringify({ ...file, target: withoutBoot(file.target) });
        const same = known.get(key);
        if (same === undefined) known.set(key, { file, names: [node ?? name], isNamed: node !== undefined });
        // Without the name of a machine, equal reports are the same report.
        else if (node !== undefined) same.names.push(node);
      }
    }
  }
  for (const files of shared.values())
    for (const file of mergeNodes([...files.values()])) yield { file, place: undefined };
}

function named({ path, ...file }: FileJson, node: string): FileJson {
  return { path, nodes: [node], ...file };
}

export interface MergedFailures {
  /** In the order of a single run, each once. */
  readonly failures: readonly PlacedFailure[];
  /** How many inputs they are of. */
  readonly count: number;
  readonly files: number;
  readonly fixed: { readonly known: number; readonly unchanged: number } | undefined;
}

/** What can be summed up before any file is read. */
export function mergeEnds(parts: readonly PartReport[]): MergedFailures {
  const all = parts.flatMap(({ failures, node, shard }) =>
    failures.map(({ failure, place }) => ({
      place: place ?? beforeInputs,
      failure: node === undefined || shard !== undefined ? failure : { ...failure, path: `${node}: ${failure.path}` },
    })),
  );
  all.sort((a, b) => a.place - b.place);
  const texts = all.map(({ failure }) => JSON.stringify(failure));
  const repeated = parts.reduce((sum, { summary, failures }) => sum + summary.failures - failures.length, 0);
  // What each shard says of the same place is said of one input.
  const places = new Set(all.map(({ place }, i) => `${place} ${texts[i]}`));
  const said = new Set<string>();
  const unique = all.filter((_, i) => {
    const isNew = !said.has(texts[i] as string);
    said.add(texts[i] as string);
    return isNew;
  });
  const before = beforeOf(parts[0]);
  const files = parts.reduce((sum, part) => sum + part.summary.files - (part.shard === undefined ? 0 : before), 0);
  const fixed = parts.flatMap(({ summary }) => (summary.fixed === undefined ? [] : [summary.fixed]));
  return {
    failures: unique,
    count: places.size + repeated,
    files: files + (parts[0]?.shard === undefined ? 0 : before),
    fixed:
      fixed.length === 0
        ? undefined
        : {
            known: fixed.reduce((sum, each) => sum + each.known, 0),
            unchanged: fixed.reduce((sum, each) => sum + each.unchanged, 0),
          },
  };
}

/** Reports that come before the first input are the same in each shard. */
function beforeOf(part: PartReport | undefined): number {
  let count = 0;
  for (const { place } of part?.files() ?? []) {
    if (place !== beforeInputs) break;
    count++;
  }
  return count;
}
