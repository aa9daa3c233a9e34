/** Goes through archives once and makes a view of them. */
import { collect, type Flow, flowOf, sliceFlow, sourceOf, type Wanted } from './bytes.ts';
import type { EntrySink } from './entry.ts';
import { type ArchiveFault, fault, isFault } from './fault.ts';
import { archiveLimits } from './limits.ts';
import type { PieceReader } from './piece-reader.ts';
import { addEntry, createTree, isFull, type Node, type Tree } from './tree.ts';
import { type FileView, type ReadWanted, unreadable } from './view.ts';

export interface Interest {
  /** Bytes from the start of each file that `classify` is given. */
  readonly headSize: number;
  /** A guess at what a file is; remembered as its mark. */
  readonly classify: (path: string, head: Uint8Array) => string | undefined;
  /** True where the content will probably be read. */
  readonly isLikely: (path: string, size: number) => boolean;
}

export type ArchiveReader = (entries: EntrySink) => PieceReader;

export interface Layer {
  readonly flow: Flow;
  readonly reader: ArchiveReader;
}

export interface ViewOptions {
  readonly isLayered: boolean;
  readonly interest: Interest;
  /** The file on disk, where the view has a name of its own. */
  readonly container?: string;
}

/** A view of layers, the lowest first; a single archive that is no layer knows no whiteouts. */
export function viewOf(
  name: string,
  layers: readonly Layer[],
  { isLayered, interest, container = name }: ViewOptions,
): FileView | ArchiveFault {
  const tree = createTree();
  const budget = { left: archiveLimits.kept };
  for (const [index, layer] of layers.entries()) {
    const problem = readLayer(tree, layer, index + 1, isLayered, interest, budget);
    if (problem !== undefined) return problem;
  }
  return treeView(name, container, tree);
}

function readLayer(
  tree: Tree,
  { flow, reader }: Layer,
  layer: number,
  isLayered: boolean,
  interest: Interest,
  budget: { left: number },
): ArchiveFault | undefined {
  let current:
    | { node: Node; path: string; at: number; bytes: Uint8Array; filled: number; isWhole: boolean }
    | undefined;
  const finish = (): void => {
    if (current === undefined) return;
    const { node, path, at, bytes, filled, isWhole } = current;
    current = undefined;
    const kept = isWhole && filled === node.entry.size ? { bytes: bytes.subarray(0, filled) } : {};
    node.place = { flow, at, ...kept };
    node.mark = interest.classify(path, bytes.subarray(0, filled));
  };
  const { sink, end } = reader({
    entry: (entry, at) => {
      finish();
      const node = addEntry(tree, entry, layer, isLayered);
      if (isFull(tree)) return false;
      if (node === undefined || entry.kind !== 'file') return 0;
      const isWhole =
        interest.isLikely(entry.name, entry.size) && entry.size <= budget.left && entry.size <= archiveLimits.file;
      if (isWhole) budget.left -= entry.size;
      const wanted = isWhole ? entry.size : Math.min(entry.size, interest.headSize);
      current = { node, path: entry.name, at, bytes: new Uint8Array(wanted), filled: 0, isWhole };
      return wanted;
    },
    content: (piece) => {
      if (current === undefined) return;
      current.bytes.set(piece, current.filled);
      current.filled += piece.length;
    },
  });
  const problem = flow(sink) ?? end();
  finish();
  return isFull(tree)
    ? fault('too-many-entries', `it has more than ${archiveLimits.entries} files and folders`)
    : problem;
}

function treeView(name: string, container: string, tree: Tree): FileView {
  const nodeAt = (path: string): Node | undefined => {
    let node: Node | undefined = tree.root;
    if (path === '') return node;
    for (const part of path.split('/')) node = node?.children?.get(part);
    return node;
  };
  return {
    name,
    container,
    isClosed: true,
    entryAt: (path) => nodeAt(path)?.entry,
    namesIn: (path) => [...(nodeAt(path)?.children?.keys() ?? [])].sort(),
    markOf: (path) => nodeAt(path)?.mark,
    read: (wanted) => readNodes(wanted, nodeAt),
    contentOf: (path) => {
      const { entry, place } = nodeAt(path) as Node;
      return place === undefined ? flowOf(sourceOf(new Uint8Array(0))) : sliceFlow(place.flow, place.at, entry.size);
    },
    faults: tree.faults,
    duplicates: [...tree.duplicates],
  };
}

/** Reads files with one pass over each layer that holds some of them. */
function readNodes(
  wanted: readonly ReadWanted[],
  nodeAt: (path: string) => Node | undefined,
): (Uint8Array | ArchiveFault)[] {
  const results: (Uint8Array | ArchiveFault)[] = new Array(wanted.length);
  const byFlow = new Map<Flow, { index: number; part: Wanted }[]>();
  for (const [index, each] of wanted.entries()) {
    const node = nodeAt(each.path) as Node;
    const problem = unreadable(node.entry, each.path, each);
    const size = Math.min(node.entry.size, each.limit);
    if (problem !== undefined) results[index] = problem;
    else if (node.place?.bytes !== undefined) results[index] = node.place.bytes.subarray(0, size);
    else if (node.place === undefined || size === 0) results[index] = new Uint8Array(0);
    else {
      const { flow, at } = node.place;
      const parts = byFlow.get(flow) ?? [];
      parts.push({ index, part: { at, size } });
      byFlow.set(flow, parts);
    }
  }
  for (const [flow, parts] of byFlow) {
    const read = collect(
      flow,
      parts.map(({ part }) => part),
    );
    for (const [i, { index }] of parts.entries()) results[index] = isFault(read) ? read : (read[i] as Uint8Array);
  }
  return results;
}
