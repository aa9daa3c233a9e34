/** Which layout a file system has: named, or known by its files. */
import { isFault } from '../../artifacts/archive/fault.ts';
import { type FileView, resolvePath } from '../../artifacts/archive/view.ts';
import type { InputFailure } from '../../finding.ts';
import { matching } from './inspection.ts';
import { type Layout, layouts } from './layouts.ts';

/** The layout with the most of its signs; of two with as many the one that stands first. */
export function detectLayout(view: FileView): Layout | undefined {
  let best: Layout | undefined;
  let most = 0;
  for (const layout of layouts) {
    const found = layout.signs.filter((sign) => hasSign(view, sign)).length;
    // One file of a name that many things have is no sign.
    if (found > most && (found > 1 || !layout.needsSeveral)) [best, most] = [layout, found];
  }
  return best;
}

function hasSign(view: FileView, sign: string): boolean {
  if (sign.includes('*')) return matching(view, sign).length > 0;
  return view.entryAt(sign) !== undefined || !isFault(resolvePath(view, sign));
}

export function unknownLayout(path: string): InputFailure {
  const signs = layouts.map(({ id, signs: [first] }) => `${id} (${first})`).join(', ');
  return {
    path,
    code: 'no-layout',
    message: 'its files are those of no layout that is known',
    help: `known are ${signs}; name one with --layout to hear what is missing`,
  };
}
