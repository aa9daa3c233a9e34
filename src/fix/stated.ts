/** What a document asks a kernel for. */
import { type ConfigDocument, effectiveValues } from '../config/document.ts';
import type { Wanted } from '../kconfig/index.ts';

const known = new WeakMap<ConfigDocument, readonly Wanted[]>();

/** For each symbol the setting that counts, in file order. The list is made once, for its symbols are looked up in models. */
export function settingsIn(document: ConfigDocument): readonly Wanted[] {
  let settings = known.get(document);
  if (settings === undefined) {
    const made: Wanted[] = [];
    effectiveValues(document).forEach((value, symbol) => void made.push({ symbol, value }));
    settings = made;
    known.set(document, settings);
  }
  return settings;
}
