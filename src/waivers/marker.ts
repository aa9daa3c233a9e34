/** Tells whether a config holds waivers as comments; apart from reading them, because most hold none. */
import type { SourceText } from '../source.ts';

/** What every such comment holds. */
export const marker = 'kconfig-lint-disable';

export function hasInlineWaivers({ text }: SourceText): boolean {
  return text.includes(marker);
}
