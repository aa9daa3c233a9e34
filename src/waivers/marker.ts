/** Tells whether a config holds waivers as comments; apart from reading them, because most hold none. */
import type { SourceText } from '../source.ts';

/** What every such comment holds. */
export const marker = 'kconfig-lint-disable';

/** Looks through the code units: to decode the text for this would be a fifth of a run over many configs. */
export function hasInlineWaivers({ codes }: SourceText): boolean {
  const first = marker.charCodeAt(0);
  for (let at = codes.indexOf(first); at !== -1; at = codes.indexOf(first, at + 1))
    if (isMarkerAt(codes, at)) return true;
  return false;
}

function isMarkerAt(codes: Uint8Array | Uint16Array, at: number): boolean {
  for (let i = 1; i < marker.length; i++) if (codes[at + i] !== marker.charCodeAt(i)) return false;
  return true;
}
