/** What a kernel meets besides its config: parameters of its command line and devices of its machine, each with its place. */
import type { Location } from './source.ts';

export interface Trait {
  /** `-` and `_` are the same in it, as they are for the kernel. */
  readonly name: string;
  readonly value?: string | undefined;
  /** As a person would name it: `root=/dev/vda`, `disk on the scsi bus`. */
  readonly written: string;
  readonly location: Location;
}

/** What the kernel is started with, as far as it is known. */
export interface KernelCommandLine {
  readonly text: string;
  /** The parameters that count: of those that override one another only the one that wins. */
  readonly parameters: readonly Trait[];
}

/** The name as the kernel compares it. */
export function parameterName(name: string): string {
  return name.replaceAll('-', '_');
}

/** `NAME` is any value or none, `NAME=` none, `NAME=VALUE` that one; in names and values `*` is any text, `?` any character, `[a-z]` one of these. */
export function matchesTrait(pattern: string, { name, value }: Pick<Trait, 'name' | 'value'>): boolean {
  const equals = pattern.indexOf('=');
  const wanted = equals === -1 ? pattern : pattern.slice(0, equals);
  if (!matchesGlob(parameterName(wanted), parameterName(name))) return false;
  if (equals === -1) return true;
  const wantedValue = pattern.slice(equals + 1);
  return value === undefined ? wantedValue === '' : matchesGlob(wantedValue, value);
}

/** Goes back to the last `*` only, so that it takes no more steps than the lengths multiplied. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const step = p < pattern.length ? stepOf(pattern, p, text[t] as string) : 0;
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (step > 0) {
      p += step;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** How many characters of the pattern take this one of the text; 0 where they do not. */
function stepOf(pattern: string, at: number, character: string): number {
  const own = pattern[at] as string;
  if (own === '?') return 1;
  if (own !== '[') return own === character ? 1 : 0;
  const end = pattern.indexOf(']', at + 2);
  if (end === -1) return character === '[' ? 1 : 0;
  for (let i = at + 1; i < end; i++) {
    if (pattern[i + 1] === '-' && i + 2 < end) {
      if (character >= (pattern[i] as string) && character <= (pattern[i + 2] as string)) return end - at + 1;
      i += 2;
    } else if (pattern[i] === character) return end - at + 1;
  }
  return 0;
}
