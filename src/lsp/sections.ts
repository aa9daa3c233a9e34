/** The sections of a config by the headings that Kconfig and people write into it as comments. */
import { lineStarts } from './positions.ts';

export interface Section {
  readonly title: string;
  /** Lines from 0: where it starts, where its title stands, and its last one. */
  readonly start: number;
  readonly titleLine: number;
  readonly end: number;
}

interface Growing {
  readonly title: string;
  readonly start: number;
  readonly titleLine: number;
  end: number;
  /** Kconfig says where it ends. */
  readonly closed: boolean;
}

/** In file order; those within another follow it and end before it does. */
export function sectionsOf(text: string): Section[] {
  const starts = lineStarts(text);
  const lines = starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length).trimEnd());
  const ends = new Map<string, number[]>();
  lines.forEach((line, i) => {
    const title = /^# end of (.+)$/.exec(line)?.[1];
    if (title !== undefined) ends.set(title, [...(ends.get(title) ?? []), i]);
  });
  const last = lines.at(-1) === '' ? lines.length - 2 : lines.length - 1;
  const all: Growing[] = [];
  const open: Growing[] = [];
  const closeUpTo = (depth: number, line: number): void => {
    for (const each of open.splice(depth)) each.end = Math.min(each.end, line);
  };
  for (let i = 0; i < lines.length; i++) {
    const title = headingAt(lines, i);
    if (title === undefined) continue;
    const start = lines[i - 1] === '#' ? i - 1 : i;
    const end = ends.get(title)?.find((line) => line > i);
    // What is open and has ended is behind us; a heading without an end gives way to the next one.
    const keep = open.findIndex((each) => each.end < start || !each.closed);
    if (keep >= 0) closeUpTo(keep, start - 1);
    const section = { title, start, titleLine: i, end: end ?? open.at(-1)?.end ?? last, closed: end !== undefined };
    all.push(section);
    open.push(section);
  }
  return all.map(({ title, start, titleLine, end }) => ({ title, start, titleLine, end }));
}

/** A heading stands between two empty comments, as Kconfig writes it; or alone between blank lines and settings, as people do. */
function headingAt(lines: readonly string[], i: number): string | undefined {
  const line = lines[i] as string;
  const title = /^#+[ \t]*([^#\s].*?)[ \t]*#*$/.exec(line)?.[1];
  if (title === undefined || /^CONFIG_|^end of |^kconfig-lint|is not set$|^Automatically generated/.test(title))
    return undefined;
  if (lines[i - 1] === '#' && lines[i + 1] === '#') return title;
  const [before = '', after = ''] = [lines[i - 1], lines[i + 1]];
  return before.trim() === '' && /^(?:# )?CONFIG_/.test(after) ? title : undefined;
}
