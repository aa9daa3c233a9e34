/** Where in a YAML file a place is: by which keys it is reached, and what could be typed there. Works on text that is half written. */
import { lineAt } from './words.ts';

export interface YamlPlace {
  /** Keys from the top; `[]` stands for an item of a list. */
  readonly path: readonly string[];
  readonly role: 'key' | 'value';
  /** What is typed already, up to the place. */
  readonly typed: string;
}

const keyLine = /^([ ]*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s#:"'{}[\],][^:#{}[\],]*?)) *:(?: |$)/;
/** Lines above that are looked at. */
const mostLines = 5000;

export function yamlPlaceAt(text: string, offset: number): YamlPlace {
  const line = lineAt(text, offset);
  const before = line.text.slice(0, line.at);
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const path = parentsOf(text.slice(0, line.start), indent + (/^ *- /.test(before) ? 1 : 0));
  return inLine(before.slice(indent), path);
}

/** Keys that lines with less indentation open, the outermost first. */
function parentsOf(text: string, indent: number): string[] {
  const lines = text.split(/\r?\n/).slice(-mostLines);
  const path: string[] = [];
  let depth = indent;
  for (const line of lines.reverse()) {
    if (depth === 0) break;
    const found = keyLine.exec(line);
    if (found === null) continue;
    const [, blanks = '', dashes = '', double, single, bare] = found;
    if (blanks.length >= depth) continue;
    // A key behind a dash is itself deeper than the dash.
    if (blanks.length + dashes.length < depth) path.unshift(double ?? single ?? bare ?? '');
    // A list may stand at the same depth as its key, and other items of it do.
    if (dashes !== '' && depth > blanks.length + 1) path.unshift('[]');
    depth = blanks.length + (dashes === '' ? 0 : 1);
  }
  return path;
}

/** Goes along a line from its first word: dashes, keys, and the braces and brackets of flow style. */
function inLine(before: string, parents: readonly string[]): YamlPlace {
  const path = [...parents];
  let rest = before;
  while (/^- */.test(rest)) {
    path.push('[]');
    rest = rest.replace(/^- */, '');
  }
  const opened: number[] = [];
  let role: 'key' | 'value' = 'key';
  let typed = '';
  /** Length of the path at which the key of the present pair stands. */
  let base = path.length;
  for (const token of rest.matchAll(
    /"[^"]*"?|'[^']*'?|[{}[\],]|:(?= |$|[{[])|[^\s{}[\],:"']+(?::[^\s{}[\],:"']+)*|\s+/g,
  )) {
    const [word] = token;
    if (/^\s+$/.test(word)) {
      if (role === 'key' || typed === '') continue;
      typed += word;
    } else if (word === ':') {
      path.length = base;
      path.push(typed);
      role = 'value';
      typed = '';
    } else if (word === '{' || word === '[') {
      opened.push(base);
      if (word === '[') path.push('[]');
      base = path.length;
      role = word === '[' ? 'value' : 'key';
      typed = '';
    } else if (word === ',') {
      path.length = base;
      role = path.at(-1) === '[]' && opened.length > 0 ? 'value' : 'key';
      typed = '';
    } else if (word === '}' || word === ']') {
      base = opened.pop() ?? parents.length;
      typed = '';
    } else typed = role === 'value' && typed !== '' ? typed + word : word.replace(/^["']/, '');
  }
  return { path, role, typed };
}

/** The rows of a profile by their names, as far as its text tells. */
export function rowsIn(text: string): { readonly name: string; readonly start: number; readonly end: number }[] {
  const heading = /^requirements[ \t]*:[ \t]*(?:#.*)?\r?\n/m.exec(text);
  if (heading === null) return [];
  const from = heading.index + heading[0].length;
  const margin = /^( +)[^\s#]/m.exec(text.slice(from))?.[1] ?? '  ';
  const after = /^[^\s#]/m.exec(text.slice(from));
  const body = text.slice(from, after === null ? undefined : from + after.index);
  return [...body.matchAll(new RegExp(`^${margin}([A-Za-z0-9][\\w.-]*) *:`, 'gm'))].map(({ index, 1: name = '' }) => {
    const start = from + index + margin.length;
    return { name, start, end: start + name.length };
  });
}
