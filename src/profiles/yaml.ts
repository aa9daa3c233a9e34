/**
 * Reads YAML that may come from a stranger. The yaml package composes documents recursively and can abort the whole
 * process on two deeply nested ones, and checks keys in quadratic time; so depth is measured first on its token stream,
 * which is made without recursion, and keys are checked here.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  parseAllDocuments,
  parseDocument,
  visit,
} from 'yaml';
import { type Tree, type TreeFault, treeLimits } from '../artifacts/tree.ts';
import { positionOf, type SourceText, type Span } from '../source.ts';

export const yamlLimits = { size: 1024 * 1024, depth: 64, keys: 5000, documents: 1000 } as const;

/** Of what is wrong with a file, so much is said: the rest mostly follows from it. */
export const mostFaults = 20;

/** A fault in a YAML file, with its place. */
export interface YamlFault {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly help?: string;
}

export interface YamlFile {
  readonly source: SourceText;
  readonly document: Document;
  /** Every scalar a string, mappings as prototype-free objects. */
  readonly value: unknown;
}

export function faultAt(source: SourceText, offset: number, message: string, help?: string): YamlFault {
  const { line, column } = positionOf(source, Math.min(offset, source.codes.length));
  return { path: source.path, line, column, message, ...(help === undefined ? {} : { help }) };
}

export function readYaml(source: SourceText): YamlFile | readonly YamlFault[] {
  if (source.codes.length > yamlLimits.size) {
    return [
      faultAt(source, 0, `the file is larger than ${yamlLimits.size} bytes`, 'split it; is this the right file?'),
    ];
  }
  const tooDeep = deepestOffset(source.text);
  if (tooDeep !== undefined)
    return [
      faultAt(
        source,
        tooDeep,
        `nested more than ${yamlLimits.depth} levels deep`,
        'write it flatter; is this the right file?',
      ),
    ];
  const document = withoutTraces(() =>
    parseDocument(source.text, {
      schema: 'failsafe',
      merge: false,
      uniqueKeys: false,
      lineCounter: new LineCounter(),
      prettyErrors: false,
      strict: true,
    }),
  );
  const faults = [...document.errors, ...document.warnings]
    .slice(0, mostFaults)
    .map((error) =>
      faultAt(
        source,
        error.pos[0],
        error.code === 'MULTIPLE_DOCS' ? 'a second document starts here' : error.message,
        'one document of plain YAML is read; nothing of the file was taken',
      ),
    );
  if (faults.length > 0) return faults;
  faults.push(...checkNodes(source, document));
  if (faults.length > 0) return faults;
  return { source, document, value: plain(document.contents as Node | null) };
}

/** To the yaml package each mistake is an Error, and to note where inside the package it was made is most of the work. */
function withoutTraces<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where the nesting passes the limit, measured on tokens; undefined where it does not. */
function deepestOffset(text: string): number | undefined {
  type Token = { readonly [key: string]: unknown; readonly offset: number };
  const stack: { token: Token; depth: number }[] = [];
  for (const token of new Parser().parse(text)) stack.push({ token: token as unknown as Token, depth: 0 });
  while (stack.length > 0) {
    const { token, depth } = stack.pop() as { token: Token; depth: number };
    if (depth > yamlLimits.depth) return token.offset;
    const nested = token['items'] !== undefined ? depth + 1 : depth;
    for (const key of ['value', 'key'] as const) {
      const child = token[key];
      if (child !== null && typeof child === 'object') stack.push({ token: child as Token, depth: nested });
    }
    const items = token['items'];
    if (Array.isArray(items)) {
      for (const item of items as Token[]) stack.push({ token: { ...item, offset: token.offset }, depth: nested });
    }
  }
  return undefined;
}

function checkNodes(source: SourceText, document: Document): YamlFault[] {
  const faults: YamlFault[] = [];
  visit(document, {
    Alias: (_, node) => {
      faults.push(
        faultAt(source, offsetOf(node), 'aliases are not allowed here', 'write out what the anchor stands for'),
      );
    },
    Map: (_, map) => {
      if (map.items.length > yamlLimits.keys) {
        const message = `more than ${yamlLimits.keys} keys in one mapping`;
        faults.push(faultAt(source, offsetOf(map), message, 'split it into several files'));
      }
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const text = textOf(key);
        const offset = offsetOf(key);
        if (text === undefined)
          faults.push(faultAt(source, offset, 'a key must be plain text', 'write it as one word'));
        else if (seen.has(text))
          faults.push(faultAt(source, offset, `"${text}" stands here twice`, 'take one of them out'));
        else seen.add(text);
      }
    },
  });
  return faults;
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

/** What a scalar says: the schema makes no numbers of them. */
function textOf(node: unknown): string | undefined {
  return isScalar(node) ? (node.value as string) : undefined;
}

/** Depth was bounded above. */
function plain(node: Node | null): unknown {
  if (isMap(node)) {
    const object: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.items) object[textOf(key) as string] = plain(value as Node | null);
    return object;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node | null));
  return textOf(node) ?? null;
}

/** The offset of what `path` (keys and indexes) leads to; `onKey` points at the last key instead of its value. */
export function offsetOfPath(file: YamlFile, path: readonly (string | number)[], onKey = false): number {
  let node: unknown = file.document.contents;
  let offset = offsetOf(node);
  for (const [i, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => textOf(key) === String(step));
      if (pair === undefined) break;
      offset = onKey && i === path.length - 1 ? offsetOf(pair.key) : offsetOf(pair.value ?? pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = offsetOf(node);
    } else break;
  }
  return offset;
}

/** Every document of a stream as a tree with places; aliases are what their anchors hold. */
export function readYamlTrees(source: SourceText): readonly Tree[] | TreeFault {
  if (source.codes.length > yamlLimits.size)
    return { offset: 0, message: `the file is larger than ${yamlLimits.size} bytes` };
  const tooDeep = deepestOffset(source.text);
  if (tooDeep !== undefined) return { offset: tooDeep, message: `nested more than ${yamlLimits.depth} levels deep` };
  const options = { schema: 'failsafe', merge: false, uniqueKeys: false, prettyErrors: false, strict: true } as const;
  const documents = withoutTraces(() => parseAllDocuments(source.text, options)) as readonly Document[];
  if (documents.length > yamlLimits.documents)
    return { offset: 0, message: `more than ${yamlLimits.documents} documents in one file` };
  const trees: Tree[] = [];
  for (const { errors, contents } of documents) {
    const [error] = errors;
    if (error !== undefined) return { offset: error.pos[0], message: error.message };
    const tree = treeOf(contents as Node);
    if ('message' in tree) return tree;
    trees.push(tree);
  }
  return trees;
}

/** Depth was bounded above. */
function treeOf(root: Node): Tree | TreeFault {
  const anchors = new Map<string, Tree>();
  let nodes = 0;
  let fault: TreeFault | undefined;
  const spanOf = ({ range }: Node): Span => {
    const [start, end] = range as readonly [number, number, number];
    return { start, end };
  };
  const nothing = (start: number): Tree => ({
    kind: 'text',
    span: { start, end: start },
    value: '',
    isNull: true,
    isQuoted: false,
  });
  const fail = (offset: number, message: string): Tree => {
    fault ??= { offset, message };
    return nothing(offset);
  };
  const make = (node: Node | null, start: number): Tree => {
    if (node === null) return nothing(start);
    const span = spanOf(node);
    if (nodes++ > treeLimits.nodes) return fail(span.start, `the document holds more than ${treeLimits.nodes} values`);
    if (isAlias(node))
      return anchors.get(node.source) ?? fail(span.start, `there is no anchor "${node.source}" before this`);
    const tree = inner(node, span);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, tree);
    return tree;
  };
  const inner = (node: Node, span: Span): Tree => {
    if (isSeq(node))
      return { kind: 'list', span, items: node.items.map((item) => make(item as Node | null, span.start)) };
    if (isMap(node)) {
      const seen = new Set<string>();
      const entries = node.items.map(({ key, value }) => {
        const text = textOf(key);
        const keySpan = spanOf(key as Node);
        if (text === undefined) fail(offsetOf(key), 'a key must be plain text');
        else if (seen.has(text)) fail(keySpan.start, `"${text}" stands here twice`);
        else seen.add(text);
        return { key: text ?? '', keySpan, value: make(value as Node | null, keySpan.end) };
      });
      return { kind: 'map', span, entries };
    }
    const value = textOf(node) as string;
    const isQuoted = isScalar(node) && node.type !== 'PLAIN';
    return { kind: 'text', span, value, isQuoted, isNull: !isQuoted && /^(?:|~|null|Null|NULL)$/.test(value) };
  };
  const tree = make(root, 0);
  return fault ?? tree;
}
