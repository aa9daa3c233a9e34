/** One report of the same file on many machines: what is equal is said once, with the machines that it is true of. */
import { countOf, type ProfileScore } from '../finding.ts';
import type { FileJson, FindingJson, NotApplicableJson, TargetJson, UnknownJson } from './report-json.ts';

/** What several machines say alike. */
export interface NodeFile {
  readonly file: FileJson;
  /** The machines; of a report without the name of one, where it was read from. */
  readonly names: string[];
  readonly isNamed: boolean;
}

/** The files of one path. Those of another kind, such as a command line, are none of the config's. */
export function mergeNodes(files: readonly NodeFile[]): readonly FileJson[] {
  const kinds = new Set(files.map(({ file }) => file.kind));
  return [...kinds].map((kind) => mergeKind(files.filter(({ file }) => file.kind === kind)));
}

function mergeKind(files: readonly NodeFile[]): FileJson {
  const nodes = [...new Set(files.flatMap(({ names }) => names))].sort();
  const [{ file: first, isNamed }] = files as [NodeFile];
  if (nodes.length === 1 && !isNamed) return first;
  const findings = gatherBy(files, ({ findings }) => findings, keyOf).map(([finding, on]) => withNodes(finding, on));
  const waived = gatherBy(
    files,
    ({ waived = [] }) => waived,
    ({ finding }) => keyOf(finding),
  ).map(([each]) => each);
  const unknowns = gatherBy(files, ({ unknowns }) => unknowns, unknownKey).map(([each]) => each);
  const notApplicable = gatherBy(files, ({ notApplicable }) => notApplicable, ruleOf)
    .filter(([, on]) => on.length === nodes.length)
    .map(([each]) => each);
  const targets = [
    ...new Map(files.map(({ file }) => [JSON.stringify(withoutBoot(file.target)), withoutBoot(file.target)])).values(),
  ];
  const { path, artifact, encoding, kind, kindBecause, settings, kconfig, settled, target } = first;
  findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
  return {
    path,
    nodes,
    ...(artifact === undefined ? {} : { artifact }),
    encoding,
    kind,
    kindBecause,
    settings,
    target: targets.length === 1 && nodes.length > 1 ? withoutBoot(target) : target,
    ...(targets.length > 1 ? { targets } : {}),
    kconfig,
    profiles: scoresOf(files, nodes.length),
    counts: { ...countOf(findings), unknown: unknowns.length, notApplicable: notApplicable.length },
    findings,
    ...(settled === undefined ? {} : { settled: { ...settled, waived: waived.length } }),
    ...(waived.length === 0 ? {} : { waived }),
    unknowns,
    notApplicable,
  };
}

export const rank = { error: 0, warning: 1, info: 2 } as const;

/** Machines of one kernel differ in their command lines, which name their disks. */
export function withoutBoot(target: TargetJson): TargetJson {
  return { ...target, commandLine: null, machine: null };
}

/** Equal for findings that say the same, wherever in the file they stand. */
function keyOf({ rule, severity, symbol, message, expected, actual }: FindingJson): string {
  return JSON.stringify([rule, severity, symbol, message, expected, actual]);
}

const unknownKey = ({ rule, reason }: UnknownJson): string => `${rule} ${reason}`;
const ruleOf = ({ rule }: NotApplicableJson): string => rule;

/** What several files hold, in their order, each with the machines that hold it. */
function gatherBy<T>(
  files: readonly NodeFile[],
  listOf: (file: FileJson) => readonly T[],
  key: (each: T) => string,
): readonly (readonly [each: T, nodes: readonly string[]])[] {
  const found = new Map<string, { readonly each: T; readonly on: Set<string> }>();
  for (const { file, names } of files) {
    // The same twice in one file stays twice.
    const times = new Map<string, number>();
    for (const each of listOf(file)) {
      const own = key(each);
      const time = (times.get(own) ?? 0) + 1;
      times.set(own, time);
      const known = found.get(`${time} ${own}`);
      if (known === undefined) found.set(`${time} ${own}`, { each, on: new Set(names) });
      else for (const name of names) known.on.add(name);
    }
  }
  return [...found.values()].map(({ each, on }) => [each, [...on].sort()]);
}

function withNodes(finding: FindingJson, nodes: readonly string[]): FindingJson {
  const { targets, ...others } = finding;
  const entries = Object.entries(others).flatMap(([key, value]) =>
    key === 'message'
      ? [[key, value], ...(targets === undefined ? [] : [['targets', targets]]), ['nodes', nodes]]
      : [[key, value]],
  );
  return Object.fromEntries(entries) as FindingJson;
}

function scoresOf(files: readonly NodeFile[], all: number): readonly ProfileScore[] {
  const scores = gatherBy(
    files,
    ({ profiles }) => profiles,
    (score) => JSON.stringify(score),
  );
  return scores.map(([score, on]) =>
    on.length === all ? score : { ...score, targets: [`${on.length} of ${all} machines`] },
  );
}

/** `on 500 machines`, `on 2 of 500 machines: a, b`; `all` are those of the file. */
export function nodesInWords(nodes: readonly string[], all: number): string {
  if (nodes.length === 1) return all === 1 ? `on ${nodes[0]}` : `on 1 of ${all} machines: ${nodes[0]}`;
  if (nodes.length === all) return `on ${all} machines`;
  const shown = nodes.slice(0, 5).join(', ');
  return `on ${nodes.length} of ${all} machines: ${shown}${nodes.length > 5 ? ` and ${nodes.length - 5} more` : ''}`;
}
