/** What YAML, JSON and xl.cfg have in common: mappings, lists and texts, each with its place. */
import type { Span } from '../source.ts';

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree;
}

export type Tree =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly Tree[] }
  /** `isNull` for what stands there without a value; numbers and booleans as they are written. */
  | {
      readonly kind: 'text';
      readonly span: Span;
      readonly value: string;
      readonly isNull: boolean;
      readonly isQuoted: boolean;
    };

export interface TreeFault {
  readonly offset: number;
  readonly message: string;
}

export const treeLimits = { depth: 64, nodes: 200_000 } as const;

export function entryOf(tree: Tree | undefined, key: string): Entry | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key) : undefined;
}

/** What a path of keys leads to; undefined where it leads nowhere, or to nothing. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let node = tree;
  for (const key of path) node = entryOf(node, key)?.value;
  return node?.kind === 'text' && node.isNull ? undefined : node;
}

/** The text of a scalar that is there and not empty. */
export function textAt(tree: Tree | undefined, ...path: readonly string[]): string | undefined {
  const node = at(tree, ...path);
  return node?.kind === 'text' && node.value !== '' ? node.value : undefined;
}

export function itemsAt(tree: Tree | undefined, ...path: readonly string[]): readonly Tree[] {
  const node = at(tree, ...path);
  return node?.kind === 'list' ? node.items : [];
}

export function isTrue(tree: Tree | undefined, ...path: readonly string[]): boolean {
  return /^(?:true|yes|on|1)$/i.test(textAt(tree, ...path) ?? '');
}
