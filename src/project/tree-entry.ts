/** What the Kconfig files of a tree say of a symbol in words: its place, its prompt and its help text. */
import type { KernelTree } from '../host.ts';

export interface TreeEntry {
  readonly file: string;
  /** From 1, of the `config NAME` line. */
  readonly line: number;
  readonly prompt: string | undefined;
  /** Lines of the help text without their margin. */
  readonly help: readonly string[];
}

/** Lines that are looked at of one entry. */
const mostLines = 400;
const entryStart = /^[ \t]*(?:config|menuconfig|choice|endchoice|menu|endmenu|if|endif|source|comment|mainmenu)\b/;

/** The entries of a symbol in the named files, in their order; files that the tree lacks are left out. */
export function entriesIn(tree: KernelTree, symbol: string, files: Iterable<string>): TreeEntry[] {
  const entries: TreeEntry[] = [];
  const start = new RegExp(`^[ \\t]*(?:menu)?config[ \\t]+${symbol}[ \\t]*(?:#.*)?$`);
  for (const file of new Set(files)) {
    const text = tree.read(file);
    if (text === undefined || !text.includes(symbol)) continue;
    const lines = text.split(/\r?\n/);
    lines.forEach((line, i) => {
      if (start.test(line)) entries.push({ file, line: i + 1, ...wordsOf(lines, i + 1) });
    });
  }
  return entries;
}

function wordsOf(lines: readonly string[], from: number): Pick<TreeEntry, 'prompt' | 'help'> {
  let prompt: string | undefined;
  for (let i = from; i < Math.min(lines.length, from + mostLines); i++) {
    const line = lines[i] as string;
    if (entryStart.test(line)) break;
    if (/^[ \t]*(?:---)?help(?:---)?[ \t]*$/.test(line)) return { prompt, help: helpFrom(lines, i + 1) };
    prompt ??= /^[ \t]*(?:bool|tristate|int|hex|string|prompt)[ \t]+"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  }
  return { prompt, help: [] };
}

/** A help text ends with the first line that is less deep than its first one. */
function helpFrom(lines: readonly string[], from: number): string[] {
  const margin = (line: string): number => {
    let width = 0;
    for (const c of line) {
      if (c === '\t') width = (width & ~7) + 8;
      else if (c === ' ') width++;
      else break;
    }
    return width;
  };
  const help: string[] = [];
  let depth: number | undefined;
  for (const line of lines.slice(from, from + mostLines)) {
    if (line.trim() === '') {
      if (depth !== undefined) help.push('');
      continue;
    }
    depth ??= margin(line);
    if (margin(line) < depth) break;
    help.push(line.trimEnd().replace(/^[ \t]+/, (blanks) => ' '.repeat(Math.max(0, margin(blanks) - (depth ?? 0)))));
  }
  while (help.at(-1) === '') help.pop();
  return help;
}
