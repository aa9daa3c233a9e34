/** The files of an archive, or of the layers of an image on top of each other, as one tree. */
import type { Flow } from './bytes.ts';
import { type Entry, type NamedEntry, pathParts } from './entry.ts';
import { type ArchiveFault, fault } from './fault.ts';
import { archiveLimits } from './limits.ts';

/** Where the content of a file stands. */
export interface Place {
  readonly flow: Flow;
  readonly at: number;
  /** The content, where it was kept, or its start; a guess at what it is, made from its start. */
  readonly bytes?: Uint8Array;
}

export interface Node {
  entry: Entry;
  place: Place | undefined;
  /** What `classify` made of the start of the content. */
  mark: string | undefined;
  /** Undefined for all but folders. */
  children: Map<string, Node> | undefined;
  /** The layer that brought it: whiteouts take away only what is below their own. */
  layer: number;
  /** The last layer that took it away, or all of it but what the layer itself brought. */
  hiddenBy: number;
}

export interface Tree {
  readonly root: Node;
  /** What was wrong with single entries, which are not in the tree. */
  readonly faults: ArchiveFault[];
  /** Paths that stand in one layer twice; the last one counts, as for tar. */
  readonly duplicates: Set<string>;
  /** Files and folders, those too that no archive lists and only the path of a file tells of. */
  entries: number;
}

const folder = (layer: number): Node => ({
  entry: { kind: 'folder', size: 0, mode: 0o755, uid: 0, gid: 0 },
  place: undefined,
  mark: undefined,
  children: new Map(),
  layer,
  hiddenBy: 0,
});

/** Faults of single entries that are told apart; an archive with more is refused all the same. */
const mostFaults = 20;

export function createTree(): Tree {
  return { root: folder(0), faults: [], duplicates: new Set(), entries: 0 };
}

/** A whiteout: what it takes away of the layers below. */
const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

/** True once a tree has more in it than is looked at. */
export function isFull({ entries }: Tree): boolean {
  return entries > archiveLimits.entries;
}

/**
 * Puts an entry into its place; undefined where it has none. `isLayer` gives names that start with `.wh.` their meaning for the layers
 * below; `layer` counts from 1.
 */
export function addEntry(tree: Tree, entry: NamedEntry, layer: number, isLayer: boolean): Node | undefined {
  const parts = pathParts(entry.name);
  if (parts === undefined) {
    report(
      tree,
      fault('unsafe-path', `it has a file with the name ${shorten(entry.name)}, which leads out of it`, entry.name),
    );
    return undefined;
  }
  const name = parts.at(-1);
  if (name === undefined) {
    if (entry.kind === 'folder') tree.root.entry = plain(entry);
    return undefined;
  }
  const parent = openFolder(tree, parts.slice(0, -1), layer);
  if (parent === undefined) {
    report(tree, fault('link-loop', `the folder of ${shorten(entry.name)} is a link that leads nowhere`, entry.name));
    return undefined;
  }
  if (isLayer && name.startsWith(whiteout)) {
    applyWhiteout(parent, name, layer);
    return undefined;
  }
  return placeEntry(tree, parent, name, parts, entry, layer);
}

function placeEntry(
  tree: Tree,
  parent: Node,
  name: string,
  parts: readonly string[],
  entry: NamedEntry,
  layer: number,
): Node | undefined {
  const children = parent.children as Map<string, Node>;
  const before = children.get(name);
  if (entry.kind === 'folder' && before?.children !== undefined) {
    before.entry = plain(entry);
    before.layer = layer;
    return undefined;
  }
  if (before !== undefined && before.layer === layer && before.children === undefined)
    tree.duplicates.add(parts.join('/'));
  const node: Node = {
    entry: plain(entry),
    place: undefined,
    mark: undefined,
    children: entry.kind === 'folder' ? new Map() : undefined,
    layer,
    hiddenBy: 0,
  };
  if (entry.kind === 'hard-link') linkTo(tree, node, entry.link ?? '');
  children.set(name, node);
  tree.entries++;
  return node;
}

/** A hard link is the file that it names. */
function linkTo(tree: Tree, node: Node, link: string): void {
  const parts = pathParts(link);
  const parent = parts === undefined ? undefined : openFolder(tree, parts.slice(0, -1), undefined);
  const target = parent?.children?.get(parts?.at(-1) ?? '');
  if (target === undefined || target.children !== undefined) {
    node.entry = { ...node.entry, kind: 'file', unreadable: 'no hard link target' };
    return;
  }
  node.entry = target.entry;
  node.place = target.place;
  node.mark = target.mark;
}

function plain({ kind, size, mode, uid, gid, link, unreadable }: NamedEntry): Entry {
  return {
    kind,
    size,
    mode,
    uid,
    gid,
    ...(link === undefined ? {} : { link }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

/**
 * The folder that `parts` lead to; links to folders on the way are followed, as when an archive is unpacked. With `layer` folders
 * that are not there are made, and files in the way give way.
 */
function openFolder(tree: Tree, parts: readonly string[], layer: number | undefined): Node | undefined {
  const trail: Node[] = [tree.root];
  const todo = [...parts].reverse();
  for (let links = 0, part = todo.pop(); part !== undefined; part = todo.pop()) {
    const here = trail.at(-1) as Node;
    if (part === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    const next = here.children?.get(part);
    if (next?.entry.kind === 'link') {
      if (++links > archiveLimits.links) return undefined;
      const link = next.entry.link ?? '';
      if (link.startsWith('/')) trail.length = 1;
      todo.push(
        ...link
          .split('/')
          .filter((each) => each !== '' && each !== '.')
          .reverse(),
      );
      continue;
    }
    if (next?.children !== undefined) trail.push(next);
    else {
      if (layer === undefined) return undefined;
      const made = folder(layer);
      tree.entries++;
      here.children?.set(part, made);
      trail.push(made);
    }
  }
  return trail.at(-1);
}

function applyWhiteout(parent: Node, name: string, layer: number): void {
  const children = parent.children as Map<string, Node>;
  if (name === opaque) {
    for (const [child, node] of children) hide(children, child, node, layer);
    return;
  }
  // The rest with this start is bookkeeping of an old file system, and no file.
  if (name.startsWith('.wh..wh.')) return;
  const hidden = name.slice(whiteout.length);
  const node = children.get(hidden);
  if (node !== undefined) hide(children, hidden, node, layer);
}

/** Takes away what the layers below brought; what this layer itself brought into a folder stays, in whatever order it came. */
function hide(children: Map<string, Node>, name: string, node: Node, layer: number): void {
  // Once is enough: what came since is of this layer.
  if (node.hiddenBy === layer) return;
  node.hiddenBy = layer;
  const below: { readonly name: string; readonly node: Node; readonly parent: Map<string, Node> }[] = [];
  const todo = [{ name, node, parent: children }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    below.push(next);
    for (const [child, each] of next.node.children ?? [])
      todo.push({ name: child, node: each, parent: next.node.children as Map<string, Node> });
  }
  // Children stand behind their parents, which are empty once all their children are gone.
  for (const each of below.reverse())
    if (each.node.layer !== layer && (each.node.children?.size ?? 0) === 0) each.parent.delete(each.name);
}

function report(tree: Tree, problem: ArchiveFault): void {
  if (tree.faults.length < mostFaults) tree.faults.push(problem);
}

/** A name for a message. */
function shorten(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 200)}…`;
}
