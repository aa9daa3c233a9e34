/** What tells a comment that accepts findings; apart from the rest, because every file is asked for it. */
import type { SourceText } from '../source.ts';

/** What such comments begin with. */
export const marker = 'kconfig-lint-disable';

const dash = marker.indexOf('-');

/** Looks at the codes, for the text of most files is never decoded; dashes are rare in configs. */
export function hasInlineWaivers({ codes }: SourceText): boolean {
  for (let at = codes.indexOf(45); at >= 0; at = codes.indexOf(45, at + 1))
    if (isMarkerAt(codes, at - dash)) return true;
  return false;
}

function isMarkerAt(codes: SourceText['codes'], start: number): boolean {
  for (let i = 0; i < marker.length; i++) if (codes[start + i] !== marker.charCodeAt(i)) return false;
  return true;
}
