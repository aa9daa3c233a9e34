/** Applies the edits of a fix, as an editor would. */
import type { Fix } from '../../src/finding.ts';

export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a, b) => b.location.span.start - a.location.span.start);
  return edits.reduce(
    (result, { location: { span }, newText }) => result.slice(0, span.start) + newText + result.slice(span.end),
    text,
  );
}
