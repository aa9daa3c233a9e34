/** Reads the fields of a manifest and notes what is wrong with them, each with its place. */
import type { Location, SourceText, Span } from '../source.ts';
import { didYouMean } from '../suggest.ts';
import type { Trait } from '../traits.ts';
import { type PlacedText, spelledText } from './cmdline-text.ts';
import type { ManifestProblem, ManifestProblemCode } from './machine.ts';
import { at, entryOf, type Tree } from './tree.ts';

export interface ManifestReader {
  readonly source: SourceText;
  readonly problems: ManifestProblem[];
  readonly devices: Trait[];
}

export function createReader(source: SourceText): ManifestReader {
  return { source, problems: [], devices: [] };
}

export function placeOf({ source }: ManifestReader, { span }: { readonly span: Span }): Location {
  return { source, span };
}

export function report(
  reader: ManifestReader,
  code: ManifestProblemCode,
  node: { readonly span: Span },
  message: string,
  more: Pick<ManifestProblem, 'severity' | 'related'> = {},
): void {
  reader.problems.push({ code, message, location: placeOf(reader, node), ...more });
}

export function addDevice(
  reader: ManifestReader,
  node: { readonly span: Span },
  name: string,
  value?: string,
  written = `${name}${value === undefined ? '' : ` ${value}`}`,
): void {
  reader.devices.push({ name, value, written, location: placeOf(reader, node) });
}

/** A folder of the host under the tag by which the guest mounts it. */
export function addSharedFolder(reader: ManifestReader, node: { readonly span: Span }, tag: string): void {
  const words = `file system "${tag}" over virtiofs`;
  addDevice(reader, node, 'fs', 'virtiofs', words);
  addDevice(reader, node, 'fs-tag', tag, words);
}

/** Keys that are not among the known ones; platforms ignore or refuse them. */
export function checkFields(
  reader: ManifestReader,
  tree: Tree | undefined,
  where: string,
  known: readonly string[],
): void {
  if (tree?.kind !== 'map') return;
  for (const { key, keySpan } of tree.entries) {
    if (known.includes(key)) continue;
    const near = didYouMean(key, known);
    report(
      reader,
      'unknown-field',
      { span: keySpan },
      `${where} has no field "${key}"${near === '' ? '' : `; ${near}`}`,
    );
  }
}

/** The text of a field; what is there and no text is a wrong value, what must be there and is not a missing one. */
export function readText(
  reader: ManifestReader,
  tree: Tree | undefined,
  where: string,
  key: string,
  options: { readonly required?: boolean; readonly choices?: readonly string[]; readonly why?: string } = {},
): { readonly value: string; readonly node: Tree } | undefined {
  const node = at(tree, key);
  if (node === undefined || (node.kind === 'text' && node.value.trim() === '')) {
    const place = entryOf(tree, key)?.value ?? headOf(tree);
    if (options.required === true && place !== undefined)
      report(
        reader,
        'missing-field',
        place,
        `${where} lacks ${key}${options.why === undefined ? '' : `: ${options.why}`}`,
      );
    return undefined;
  }
  if (node.kind !== 'text') {
    report(reader, 'wrong-value', node, `${fieldOf(where, key)} must be a text`);
    return undefined;
  }
  const { choices } = options;
  if (choices !== undefined && !choices.includes(node.value)) {
    const near = didYouMean(node.value, choices);
    report(
      reader,
      'wrong-value',
      node,
      `${fieldOf(where, key)} cannot be "${node.value}"; ${near === '' ? `one of ${choices.join(', ')}` : near}`,
    );
    return undefined;
  }
  return { value: node.value, node };
}

/** `spec.kernel.image`, but `bus of the disk "a"`. */
function fieldOf(where: string, key: string): string {
  return where.includes(' ') ? `${key} of ${where}` : `${where}.${key}`;
}

/** The start of a mapping, so that not all of it is marked. */
function headOf(tree: Tree | undefined): { span: Span } | undefined {
  if (tree === undefined) return undefined;
  const first = tree.kind === 'map' ? tree.entries[0]?.keySpan : undefined;
  return { span: first ?? { start: tree.span.start, end: Math.min(tree.span.start + 1, tree.span.end) } };
}

/** The entries of a list field; what is there and no list is a wrong value. */
export function readList(reader: ManifestReader, tree: Tree | undefined, where: string, key: string): readonly Tree[] {
  const node = at(tree, key);
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items;
  report(reader, 'wrong-value', node, `${fieldOf(where, key)} must be a list`);
  return [];
}

/** A command line out of a manifest, whatever the quotes and folds. */
export function placedCommandLine({ source }: ManifestReader, node: Tree, value: string): PlacedText {
  return spelledText(source, node.span, value, source.path);
}

/** Names that several entries share; the place of each second one is noted. */
export function checkNames(
  reader: ManifestReader,
  items: readonly Tree[],
  where: string,
  key = 'name',
): Map<string, Tree> {
  const known = new Map<string, Tree>();
  for (const item of items) {
    const name = readText(reader, item, where, key, { required: true });
    if (name === undefined) continue;
    const before = known.get(name.value);
    if (before === undefined) known.set(name.value, item);
    else
      report(reader, 'duplicate-name', name.node, `another entry of ${where} is called "${name.value}"`, {
        related: [{ location: placeOf(reader, before), message: 'the first one' }],
      });
  }
  return known;
}

/** `vda`, `vdb` … `vdaa`, as the kernel numbers disks of one kind. */
export function deviceName(prefix: string, index: number): string {
  let letters = '';
  for (let n = index; n >= 0; n = Math.floor(n / 26) - 1) letters = String.fromCharCode(97 + (n % 26)) + letters;
  return prefix + letters;
}
