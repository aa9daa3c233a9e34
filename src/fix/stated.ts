/** What documents ask a kernel for. */
import { type ConfigDocument, effectiveValues } from '../config/document.ts';
import type { Wanted } from '../kconfig/index.ts';

/** For each symbol the setting that counts, in the order of the files; both say the same. */
export interface Stated {
  readonly list: readonly Wanted[];
  readonly values: ReadonlyMap<string, string>;
}

const known = new WeakMap<ConfigDocument, Stated>();

/** What one document states. It is made once, for whoever asks about a document asks about all of its symbols. */
export function statedBy(document: ConfigDocument): Stated {
  let stated = known.get(document);
  if (stated === undefined) {
    stated = listed(effectiveValues(document));
    known.set(document, stated);
  }
  return stated;
}

/** What several state in the end, the last one counting most. */
export function statedIn(documents: readonly ConfigDocument[]): Stated {
  const [only] = documents;
  if (only !== undefined && documents.length === 1) return statedBy(only);
  return listed(new Map(documents.flatMap((document) => [...statedBy(document).values])));
}

function listed(values: ReadonlyMap<string, string>): Stated {
  const list: Wanted[] = [];
  values.forEach((value, symbol) => void list.push({ symbol, value }));
  return { list, values };
}
