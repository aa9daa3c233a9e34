/** The outline of a file, and what of it can be folded. */
import {
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { settingsOf } from '../config/document.ts';
import type { Assembly } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { knowledgeOf } from './knowledge.ts';
import { shownRange } from './places.ts';
import { sectionsOf } from './sections.ts';
import { rowsIn } from './yaml-place.ts';

/** Sections by their headings, each with the settings below it. */
export function outlineOf(
  open: OpenDocument,
  assembly: Assembly,
  nested: boolean,
): DocumentSymbol[] | SymbolInformation[] {
  const outline = nestedOutline(open, assembly);
  return nested ? outline : flat(outline, open.uri);
}

function nestedOutline(open: OpenDocument, assembly: Assembly): DocumentSymbol[] {
  if (open.kind === 'profile') return profileOutline(open);
  const { document } = knowledgeOf(open, assembly);
  if (open.kind !== 'config' || document === undefined) return [];
  const { places } = open;
  const settings = [...settingsOf(document)].map(({ symbol, location, ...setting }): DocumentSymbol => {
    const range = places.rangeOf(location.span);
    const detail = setting.kind === 'set' ? setting.value : 'not set';
    return { name: `CONFIG_${symbol}`, detail, kind: SymbolKind.Constant, range, selectionRange: range };
  });
  const roots: DocumentSymbol[] = [];
  const within: { symbol: DocumentSymbol; end: number }[] = [];
  let next = 0;
  const take = (until: number): void => {
    for (; next < settings.length && (settings[next] as DocumentSymbol).range.start.line < until; next++) {
      const line = (settings[next] as DocumentSymbol).range.start.line;
      while (within.length > 0 && (within.at(-1)?.end ?? 0) < line) within.pop();
      (within.at(-1)?.symbol.children ?? roots).push(settings[next] as DocumentSymbol);
    }
  };
  for (const { title, start, end, titleLine } of sectionsOf(open.text)) {
    take(start);
    while (within.length > 0 && (within.at(-1)?.end ?? 0) < start) within.pop();
    const symbol: DocumentSymbol = {
      name: title,
      kind: SymbolKind.Namespace,
      range: { start: { line: start, character: 0 }, end: { line: end + 1, character: 0 } },
      selectionRange: { start: { line: titleLine, character: 0 }, end: { line: titleLine, character: 0 } },
      children: [],
    };
    (within.at(-1)?.symbol.children ?? roots).push(symbol);
    within.push({ symbol, end });
  }
  take(Number.POSITIVE_INFINITY);
  return roots;
}

/** For clients that know of no sections within sections. */
function flat(outline: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  const todo = outline.map((symbol) => ({ symbol, container: '' })).reverse();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { name, kind, range, children = [] } = next.symbol;
    found.push({
      name,
      kind,
      location: { uri, range },
      ...(next.container === '' ? {} : { containerName: next.container }),
    });
    for (const symbol of children.toReversed()) todo.push({ symbol, container: name });
  }
  return found;
}

function profileOutline(open: OpenDocument): DocumentSymbol[] {
  const lineOf = (offset: number): number => open.text.lastIndexOf('\n', offset) + 1;
  return rowsIn(open.text).map(({ name, start, end }, i, all): DocumentSymbol => {
    const next = all[i + 1];
    return {
      name,
      kind: SymbolKind.Object,
      range: shownRange(open, {
        start: lineOf(start),
        end: next === undefined ? open.text.length : lineOf(next.start),
      }),
      selectionRange: shownRange(open, { start, end }),
    };
  });
}

export function foldsOf(open: OpenDocument): FoldingRange[] {
  if (open.kind !== 'config') return [];
  return sectionsOf(open.text).map(({ start, end }) => ({
    startLine: start,
    endLine: end,
    kind: FoldingRangeKind.Region,
  }));
}
