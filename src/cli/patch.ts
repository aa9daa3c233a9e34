/** Two texts as a unified diff. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Changed lines after which a textual patch is given up: its cost grows with their square. */
const mostEdits = 20_000;

/** Undefined where the texts differ too much. */
export function patchBetween(oldName: string, newName: string, oldText: string, newText: string): string | undefined {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, maxEditLength: mostEdits, timeout: 10_000 };
  return createTwoFilesPatch(oldName, newName, oldText, newText, '', '', options);
}
