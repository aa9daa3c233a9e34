/** Which of very many names fit best to what was typed so far. */

export interface Ranked {
  readonly names: readonly string[];
  /** Nothing that fits was left out. */
  readonly isAll: boolean;
}

/** Names that begin with `typed` first, then those with it inside, then those that hold its letters in their order. */
export function rankNames(typed: string, names: readonly string[], most: number): Ranked {
  const wanted = typed.toUpperCase();
  const fits: { readonly name: string; readonly rank: number }[] = [];
  for (const name of names) {
    const rank = rankOf(wanted, name);
    if (rank !== undefined) fits.push({ name, rank });
  }
  fits.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return { names: fits.slice(0, most).map(({ name }) => name), isAll: fits.length <= most };
}

/** Smaller is better; undefined where it does not fit. */
function rankOf(wanted: string, name: string): number | undefined {
  if (wanted === '' || name.startsWith(wanted)) return name === wanted ? 0 : 1;
  const at = name.toUpperCase().indexOf(wanted);
  if (at === 0) return 2;
  if (at > 0) return name[at - 1] === '_' ? 3 : 4;
  return wanted.length >= 3 && isWithin(wanted, name) ? 5 : undefined;
}

/** All letters in their order, the first one at the start of a word: `vblk` in `VIRTIO_BLK`. */
function isWithin(wanted: string, name: string): boolean {
  let from = name.startsWith(wanted[0] as string) ? 0 : name.indexOf(`_${wanted[0]}`) + 1;
  if (from === 0 && !name.startsWith(wanted[0] as string)) return false;
  for (const letter of wanted) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
