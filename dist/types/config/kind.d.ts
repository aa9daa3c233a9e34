/** Tells a complete config from a fragment. */
import type { SourceText } from '../source.ts';
import type { Scan } from './scan.ts';
export type KindChoice = 'auto' | 'complete' | 'fragment';
export declare function detectKind(source: SourceText, scanned: Scan, rowOf: (symbol: string) => number, choice: KindChoice): {
    kind: 'complete' | 'fragment';
    because: string;
};
