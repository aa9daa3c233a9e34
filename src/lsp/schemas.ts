/** What the published schemas say of a place in a profile or a project config: its keys, its values, what it is for. */
import type { Host } from '../host.ts';
import type { DocumentKind } from './documents.ts';

interface Node {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly string[];
  readonly $defs?: Readonly<Record<string, Node>>;
}

export interface SchemaPlace {
  readonly keys: ReadonlyMap<string, string>;
  readonly values: readonly string[];
  readonly description: string | undefined;
  /** Keys here are symbols. */
  readonly takesSymbols: boolean;
  /** What stands here is the value of a symbol. */
  readonly isOfSymbol: boolean;
}

const schemas = new Map<string, Node | undefined>();

/** The schema of a kind of document, read from beside the profiles that ship. */
function schemaFor(kind: DocumentKind, rules: string, host: Host): Node | undefined {
  const path = kind === 'profile' ? `${rules}/schema.json` : `${rules}/../schemas/project.schema.json`;
  if (!schemas.has(path)) {
    const read = host.readSource(path, { limit: 1 << 20, unzippedLimit: 1 << 20, keep: true });
    schemas.set(path, 'error' in read ? undefined : (JSON.parse(read.text) as Node));
  }
  return schemas.get(path);
}

export function schemaPlace(path: readonly string[], kind: DocumentKind, rules: string, host: Host): SchemaPlace {
  const root = schemaFor(kind, rules, host);
  const keys = new Map<string, string>();
  const values = new Set<string>();
  const nodes =
    root === undefined
      ? []
      : path.reduce((all, step) => all.flatMap((node) => stepInto(node, step, root)), resolve(root, root));
  for (const node of nodes) {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const [first] = root === undefined ? [] : resolve(child, root);
      keys.set(key, child.description ?? first?.description ?? '');
    }
    for (const value of node.enum ?? []) values.add(value);
  }
  return {
    keys,
    values: [...values],
    description: nodes.find((node) => node.description !== undefined)?.description,
    takesSymbols: nodes.some(({ patternProperties }) => patternProperties !== undefined),
    isOfSymbol: nodes.some(({ description }) => description?.startsWith('y, m, n (') === true),
  };
}

/** A node with its reference followed and its alternatives beside it; references do not go round in circles before an object. */
function resolve(node: Node, root: Node): Node[] {
  const found: Node[] = [];
  const todo = [node];
  for (let each = todo.pop(); each !== undefined && found.length < 50; each = todo.pop()) {
    found.push(each);
    const name = each.$ref?.replace('#/$defs/', '');
    const referred = name === undefined ? undefined : root.$defs?.[name];
    if (referred !== undefined) todo.push(referred);
    todo.push(...(each.anyOf ?? []));
  }
  return found;
}

function stepInto(node: Node, step: string, root: Node): Node[] {
  if (step === '[]') return node.items === undefined ? [] : resolve(node.items, root);
  const own = node.properties !== undefined && Object.hasOwn(node.properties, step) ? node.properties[step] : undefined;
  if (own !== undefined) return resolve(own, root);
  for (const [pattern, child] of Object.entries(node.patternProperties ?? {}))
    if (new RegExp(pattern).test(step)) return resolve(child, root);
  const { additionalProperties } = node;
  return typeof additionalProperties === 'object' ? resolve(additionalProperties, root) : [];
}
