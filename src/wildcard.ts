/** Patterns with wildcards, matched in no more steps than pattern times text. */

/** True where `text` fits a pattern with `*` and `?`. */
export function textMatches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  return wildMatch(
    [...pattern],
    [...text],
    (want) => want === '*',
    (want, letter) => want === '?' || want === letter,
  );
}

/** The last wildcard that was passed is the only one that may have to take more: no more than pattern times text steps. */
export function wildMatch(
  pattern: readonly string[],
  text: readonly string[],
  isWild: (want: string) => boolean,
  fits: (want: string, part: string) => boolean,
): boolean {
  let at = 0;
  let wildAt = -1;
  let resume = 0;
  for (let i = 0; i < text.length; ) {
    const want = pattern[at];
    if (want !== undefined && isWild(want)) {
      wildAt = at++;
      resume = i;
    } else if (want !== undefined && fits(want, text[i] as string)) {
      at++;
      i++;
    } else if (wildAt !== -1) {
      at = wildAt + 1;
      i = ++resume;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] as string)) at++;
  return at === pattern.length;
}
