/** Tells a complete config from a fragment. */
import type { SourceText } from '../source.ts';
import type { Scan } from './scan.ts';

export type KindChoice = 'auto' | 'complete' | 'fragment';

/** Symbols without a prompt whose names start so fill every config that Kconfig wrote, and hardly any written by hand. */
const derivedName = /CONFIG_(?:HAVE|ARCH_(?:HAS|WANT|SUPPORTS|USE|HAVE)|GENERIC|CC_HAS|AS_HAS|HAS)_/g;

/** Measured: the smallest complete configs (allnoconfig, tinyconfig) hold over 120 of them, the richest fragment 4. */
const enoughDerived = 60;

export function detectKind(
  source: SourceText,
  scanned: Scan,
  rowOf: (symbol: string) => number,
  choice: KindChoice,
): { kind: 'complete' | 'fragment'; because: string } {
  if (choice !== 'auto') return { kind: choice, because: `--kind ${choice}` };
  const { count } = scanned.table;
  if (count === 0) return { kind: 'fragment', because: 'it sets nothing' };
  // No prompt, no dependency: Kconfig has written it into every complete config since 2.6.
  if (count >= 200 && rowOf('INIT_ENV_ARG_LIMIT') >= 0) {
    return { kind: 'complete', because: 'it holds symbols that only Kconfig itself writes' };
  }
  if (count >= enoughDerived) {
    let derived = 0;
    for (const _ of source.text.matchAll(derivedName)) {
      if (++derived === enoughDerived)
        return { kind: 'complete', because: 'it holds symbols that only Kconfig itself writes' };
    }
  }
  return { kind: 'fragment', because: 'it lacks the symbols that Kconfig writes into every complete config' };
}
