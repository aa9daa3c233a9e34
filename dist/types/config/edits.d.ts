/** Changes of settings as edits of a text: only the lines that change are touched. */
import type { Edit } from '../finding.ts';
import { type SourceText } from '../source.ts';
import { type ConfigDocument } from './document.ts';
/** One line of a config to be written in place of the one that counts now, or at the end; an empty one goes. */
export interface LineChange {
    readonly symbol: string;
    readonly line: string;
}
/** Edits that bring changes into a document; in the order of their places. */
export declare function editsFor(document: ConfigDocument, changes: readonly LineChange[]): Edit[];
/** The text with edits made; of edits that overlap the first is made and the others are left out. */
export declare function applyEdits(source: SourceText, edits: readonly Edit[]): string;
