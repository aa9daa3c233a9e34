/** From one text to another by lines, so that an editor moves no more than what changes. */
import { diffArrays } from 'diff';

export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** More changes than this are made as one. */
const mostChanges = 5000;

export function lineEdits(before: string, after: string): LineEdit[] {
  if (before === after) return [];
  const parts = diffArrays(linesOf(before), linesOf(after), { maxEditLength: mostChanges });
  if (parts === undefined) return [{ start: 0, end: before.length, newText: after }];
  const edits: LineEdit[] = [];
  let at = 0;
  let open: { start: number; end: number; newText: string } | undefined;
  for (const { added, removed, value } of parts) {
    const text = value.join('');
    if (!added && !removed) {
      if (open !== undefined) edits.push(open);
      open = undefined;
      at += text.length;
      continue;
    }
    open ??= { start: at, end: at, newText: '' };
    if (added) open.newText += text;
    else {
      at += text.length;
      open.end = at;
    }
  }
  if (open !== undefined) edits.push(open);
  return edits;
}

/** Lines with their endings. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
