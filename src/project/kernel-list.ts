/** Kernel releases as a project file writes them: one, several, or a range. */
import {
  type Bound,
  formatKernelVersion,
  type KernelVersion,
  parseKernelVersion,
  parseRange,
  type Range,
} from '../target.ts';

export interface Release {
  readonly version: KernelVersion;
  /** As it was written: `6.12`. */
  readonly text: string;
}

/** Series that kernel.org keeps for years; people who name a range build these and its ends. Source: kernel.org/category/releases.html. */
export const longterm: readonly string[] = [
  '3.16',
  '3.18',
  '4.1',
  '4.4',
  '4.9',
  '4.14',
  '4.19',
  '5.4',
  '5.10',
  '5.15',
  '6.1',
  '6.6',
  '6.12',
  '6.18',
];

const release = /^v?\d+\.\d+(?:\.\d+)?$/;
const between = /^(v?\d+\.\d+(?:\.\d+)?)\s*(?:-|–|—|\.\.|\bto\b)\s*(v?\d+\.\d+(?:\.\d+)?)$/;

/** The releases that texts such as `6.12` and `6.1–6.18` stand for, in their order and each once; or what is wrong. */
export function parseReleases(texts: readonly string[]): readonly Release[] | { readonly fault: string } {
  const found = new Map<KernelVersion, Release>();
  for (const text of texts.flatMap((each) => each.split(',')).map((each) => each.trim())) {
    const range = between.exec(text);
    if (range !== null) {
      const [low, high] = [releaseOf(range[1] as string), releaseOf(range[2] as string)];
      if (low.version > high.version) return { fault: `the range ${text} ends before it starts` };
      const inside = longterm.map(releaseOf).filter(({ version }) => isInside(version, low.version, high.version));
      for (const each of [low, ...inside, high]) found.set(each.version, each);
    } else if (release.test(text)) {
      const each = releaseOf(text);
      found.set(each.version, each);
    } else return { fault: `"${text}" is no kernel release: write 6.12, or a range such as 6.1–6.18` };
  }
  return [...found.values()];
}

/** Of another series than the ends of the range. */
function isInside(version: KernelVersion, low: KernelVersion, high: KernelVersion): boolean {
  const series = (each: KernelVersion): number => Math.floor(each / 1e3);
  return series(version) > series(low) && series(version) < series(high);
}

function releaseOf(text: string): Release {
  const plain = text.replace(/^v/, '');
  return { version: parseKernelVersion(plain) ?? 0, text: plain };
}

/** Ranges of releases, of which one must fit: `6.12`, `6.1–6.12`, `>=6.1 <6.9`. */
export function parseRanges(texts: readonly string[]): readonly Range[] | { readonly fault: string } {
  const ranges: Range[] = [];
  for (const text of texts.flatMap((each) => each.split(',')).map((each) => each.trim())) {
    const [, low, high] = between.exec(text) ?? [];
    const range =
      low !== undefined && high !== undefined
        ? [boundOf('>=', low), boundOf('<=', high)]
        : release.test(text)
          ? [boundOf('=', text)]
          : parseRange(text);
    if (range === undefined)
      return { fault: `"${text}" is no range of releases: write 6.12, 6.1–6.12 or ">=6.1 <6.9"` };
    ranges.push(range);
  }
  return ranges;
}

function boundOf(op: Bound['op'], text: string): Bound {
  const { version, text: plain } = releaseOf(text);
  return { op, value: version, parts: plain.split('.').length };
}

/** `6.1, 6.6 and 6.12`. */
export function releasesInWords(versions: readonly KernelVersion[]): string {
  return wordsOf(versions.map(formatKernelVersion));
}

/** `a`, `a and b`, `a, b and c`. */
export function wordsOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
