/** Says what is the matter with an irregular line, and what the kernel makes of it. */
import { invisibleCharacters } from '../invisible.ts';
import { type Location, lineSpanOf, type SourceText, textBetween } from '../source.ts';
import { limits as usual } from './limits.ts';
import type { ConfigProblem, ConfigProblemCode } from './problem.ts';
import type { Scan } from './scan.ts';

/** What people write for y, m and n, in small letters, and which of them they mean. */
export const spelledOut: ReadonlyMap<string, string> = new Map([
  ['yes', 'y'],
  ['true', 'y'],
  ['on', 'y'],
  ['enable', 'y'],
  ['enabled', 'y'],
  ['builtin', 'y'],
  ['built-in', 'y'],
  ['no', 'n'],
  ['false', 'n'],
  ['off', 'n'],
  ['disable', 'n'],
  ['disabled', 'n'],
  ['none', 'n'],
  ['mod', 'm'],
  ['module', 'm'],
  ['y', 'y'],
  ['m', 'm'],
  ['n', 'n'],
]);

/** Problems of the file as a whole: its bytes, its limits, its end. */
export function classifyFile(source: SourceText, scanned: Scan, problems: ConfigProblem[], limits = usual): void {
  const { codes } = source;
  const add = (code: ConfigProblemCode, message: string, start: number, end: number, extra: Extra = {}) => {
    const span = { start, end: Math.min(end, codes.length) };
    problems.push({ code, message, location: { source, span }, ...extra });
  };
  if (codes.length === 0) return add('empty', 'the file is empty', 0, 0);
  // Data that has a NUL is no text.
  if (scanned.lines === 1 && codes.includes(13) && !codes.includes(10) && !codes.includes(0))
    return add('cr-only', 'the lines end in CR alone, as on old Macs: the kernel reads the file as one line', 0, 1);
  if (scanned.exceeded !== undefined) {
    const { limit, at } = scanned.exceeded;
    const message =
      limit === 'line-too-long'
        ? `a line is longer than ${limits.lineLength} characters`
        : limit === 'too-many-lines'
          ? `there are more than ${limits.lines} lines`
          : `there are more than ${limits.symbols} settings`;
    add(limit, message, at, at + 1);
  }
  for (const at of scanned.controls) {
    const c = codes[at] as number;
    if (c === 0) {
      const wide = looksUtf16(codes);
      if (wide) add('utf-16', 'the text is UTF-16, which the kernel cannot read', 0, 1);
      else add('nul-byte', `there is a NUL byte at offset ${at}`, at, at + 1);
      break;
    }
  }
  for (const at of scanned.controls) {
    const c = codes[at] as number;
    if (c !== 0) add('invisible-character', `control character U+${hex(c)}`, at, at + 1, { replacement: '' });
  }
  if (source.encoding === 'latin1') {
    // A text that was read so and changed may have lost such bytes.
    const at = codes.findIndex((c) => c > 127);
    if (at >= 0) add('not-utf8', `byte 0x${(codes[at] as number).toString(16)} is not valid UTF-8`, at, at + 1);
  } else if (codes instanceof Uint16Array) {
    for (const match of source.text.matchAll(invisibleCharacters)) {
      const at = match.index;
      if (at === 0 && match[0] === '\ufeff')
        add('byte-order-mark', 'a byte order mark starts the file', 0, 1, { replacement: '' });
      else
        add('invisible-character', `invisible character U+${hex(match[0].charCodeAt(0))}`, at, at + 1, {
          replacement: '',
        });
    }
  }
  if (scanned.carriageReturns > 0) {
    const all = scanned.carriageReturns === scanned.lines;
    const at = codes.indexOf(13);
    const count = all ? 'every line ends' : `${scanned.carriageReturns} of ${scanned.lines} lines end`;
    add('carriage-return', `${count} in CR LF`, at, at + 1, all ? { harmless: true } : {});
  }
  if (codes[codes.length - 1] !== 10) {
    add('missing-final-newline', 'the last line has no newline at its end', codes.length, codes.length, {
      replacement: '\n',
    });
  }
  const contentOfNoConfig = scanned.irregular.length > 0 && scanned.table.count === 0;
  if (contentOfNoConfig && !mentionsConfig(source, scanned)) {
    add('not-a-config', 'no line sets a CONFIG_ symbol', 0, lineSpanOf(source, 0).end);
  }
}

/** True when at least half of the odd lines look like settings gone wrong rather than like some other text. */
function mentionsConfig(source: SourceText, scanned: Scan): boolean {
  const lines = scanned.irregular.slice(0, 1000);
  const attempts = lines.filter((line) => {
    const { start, end } = lineSpanOf(source, line);
    return /^[ \t\ufeff]*(?:#[ \t]*)?(?:CONFIG_\w|[A-Z][A-Z0-9_]*=)/i.test(
      textBetween(source, start, Math.min(end, start + 300)),
    );
  });
  return attempts.length * 2 >= lines.length;
}

function looksUtf16(codes: Uint8Array | Uint16Array): boolean {
  let low = 0;
  let high = 0;
  const n = Math.min(codes.length, 200);
  for (let i = 0; i < n; i++) if (codes[i] === 0) i % 2 === 0 ? low++ : high++;
  // At every other place; a block of NULs is something else, and so is UTF-32.
  return n > 3 && Math.max(low, high) > n / 4 && Math.min(low, high) < n / 16;
}

function hex(c: number): string {
  return c.toString(16).toUpperCase().padStart(4, '0');
}

/** Problems of one irregular line. */
export function classifyLine(source: SourceText, line: number, problems: ConfigProblem[], limits = usual): void {
  const span = lineSpanOf(source, line);
  if (span.end - span.start > limits.lineLength) return;
  const text = source.text.slice(span.start, span.end);
  const add: Add = (code, message, extra = {}) => {
    const location: Location = { source, span };
    problems.push({ code, message, location, ...extra });
  };
  // A byte order mark before the first line is a problem of the file; the line behind it is judged by itself.
  if (text.startsWith('\ufeff')) return;
  const settings = settingsIn(text);
  if (settings.length > 1) classifyGlued(settings, add);
  else if (text.startsWith('#')) classifyComment(text, add);
  else classifyAssignment(text, add);
}

type Extra = Partial<Pick<ConfigProblem, 'symbol' | 'replacement' | 'harmless'>>;
type Add = (code: ConfigProblemCode, message: string, extra?: Extra) => void;

function offLine(symbol: string): string {
  return `# CONFIG_${symbol} is not set`;
}

/** A setting as far as its value, anywhere in a line; a string is passed over whole. What may follow is optional, or a long name takes long. */
const heads = /"(?:\\.|[^"\\])*"?|(#[ \t]*)?CONFIG_\w+(=| is not set)?/gs;
/** A setting with nothing behind it; text in a trailing comment is none. */
const whole = /^(?:#[ \t]*CONFIG_\w+ is not set|CONFIG_\w+=(?:"(?:\\.|[^"\\])*"|(?:[^"#/]|\/(?![/*]))*))$/s;

/** The settings that a line is made of; empty where it is anything else. */
function settingsIn(text: string): string[] {
  const starts: number[] = [];
  for (const { 1: hash, 2: sign, index } of text.matchAll(heads))
    if (sign !== undefined && (sign === '=') === (hash === undefined)) starts.push(index);
  if (starts[0] !== 0) return [];
  const settings = starts.map((at, i) => text.slice(at, starts[i + 1]).trimEnd());
  const isPure = settings.every((each, i) => whole.test(each) || (i === settings.length - 1 && !each.startsWith('#')));
  return isPure ? settings : [];
}

function classifyGlued(settings: readonly string[], add: Add): void {
  const symbols = settings.map((each) => (/CONFIG_(\w+)/.exec(each) as RegExpExecArray)[1] as string);
  const replacement = settings
    .map((each, i) => (/^(?:#|\w+=n$)/.test(each) ? offLine(symbols[i] as string) : each))
    .join('\n');
  const [first = ''] = settings;
  // Behind y, m, n and a string the kernel drops the rest; anything else is lost together with it.
  const lost = symbols.slice(/^\w+=[ymn"]/.test(first) ? 1 : 0).map((symbol) => `CONFIG_${symbol}`);
  const shown = lost.length > 4 ? [...lost.slice(0, 3), `${lost.length - 3} more`] : lost;
  const named = shown.length === 1 ? `${shown[0]} is` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)} are`;
  const stand = `${settings.length === 2 ? 'two' : settings.length} settings stand on one line`;
  const comment = first.startsWith('#') ? ', a comment to the kernel' : '';
  add('glued-lines', `${stand}${comment}; ${named} lost`, { symbol: symbols[0] as string, replacement });
}

function classifyComment(text: string, add: Add): void {
  const match = /^#[ \t]*CONFIG_(\w+)(.*)$/s.exec(text);
  if (match === null) return;
  const [, symbol = '', written = ''] = match;
  const rest = written.replaceAll('\u00a0', ' ');
  const off = { symbol, replacement: offLine(symbol) };
  if (/^[ \t]*(?:is[ \t]+)?(?:not[ \t]+set|unset|disabled)[ \t.;!]*$/i.test(rest)) {
    add('not-set-spelling', `this comment does not turn CONFIG_${symbol} off`, off);
  } else if (/^ is not set(?!\w)(?:[ \t]*[#;(/-].*|\s*\S+(?:\s+\S+){0,2}\s*)$/s.test(written)) {
    // A remark; a longer text is prose about the symbol.
    add('not-set-spelling', 'the text after "is not set" makes this line a comment', off);
  } else if (/^[ \t]*=/.test(rest)) {
    const value = rest.replace(/^[ \t]*=[ \t]*/, '');
    if (value === 'n') add('commented-assignment', `this comment does not turn CONFIG_${symbol} off`, off);
    else add('commented-assignment', `CONFIG_${symbol} is set only in a comment`, { symbol });
  }
}

function classifyAssignment(text: string, add: Add): void {
  const match = /^([ \t]*)(config_)([^=]*?)([ \t]*)=([ \t]*)(.*)$/is.exec(text);
  if (match === null) return classifyOther(text, add);
  const [, indent = '', prefix = '', name = '', before = '', after = '', value = ''] = match;
  if (name === '') return add('unexpected-data', 'there is no symbol between CONFIG_ and =');
  if (!/^\w+$/.test(name)) return add('odd-symbol-name', `"CONFIG_${name}" is not the name of a symbol`);
  // Who writes config_net means NET; in CONFIG_net the capitals may be a patch's own.
  const meant = prefix !== 'CONFIG_' && name === name.toLowerCase() ? name.toUpperCase() : name;
  const tidy = { symbol: meant, replacement: `CONFIG_${meant}=${value.trimEnd()}` };
  if (indent !== '') add('unexpected-data', 'the line starts with a blank, so the kernel skips it', tidy);
  else if (prefix !== 'CONFIG_') add('missing-prefix', `"${prefix}" must be written CONFIG_, in capitals`, tidy);
  else if (before !== '') {
    add('space-around-equals', `a blank stands before the =: the kernel looks for a symbol named "${name} "`, tidy);
  } else if (after !== '') {
    add('space-around-equals', 'a blank stands after the =: the kernel takes it for the value', tidy);
  } else classifyValue(name, value, add);
}

function classifyOther(text: string, add: Add): void {
  const bare = /^[ \t]*([A-Z][A-Z0-9_]*)=(y|m|n|\d+|0x[\da-f]+|".*")[ \t]*$/i.exec(text);
  if (bare !== null) {
    const [, symbol = '', value = ''] = bare;
    const replacement = `CONFIG_${symbol}=${value}`;
    return add('missing-prefix', `"${symbol}" is not a setting without CONFIG_ in front`, { symbol, replacement });
  }
  const unset = /^[ \t]*CONFIG_(\w+)[ \t]+is[ \t]+not[ \t]+set[ \t]*$/i.exec(text);
  if (unset !== null) {
    const [, symbol = ''] = unset;
    const message = `CONFIG_${symbol} is not turned off without "# " in front`;
    return add('not-set-spelling', message, { symbol, replacement: offLine(symbol) });
  }
  const named = /^CONFIG_(\w+)$/.exec(text)?.[1];
  if (named !== undefined) add('unexpected-data', `CONFIG_${named} is given no value`, { symbol: named });
  else add('unexpected-data', 'this is neither a setting nor a comment');
}

function classifyValue(symbol: string, value: string, add: Add): void {
  const set = (v: string) => (v === 'n' ? offLine(symbol) : `CONFIG_${symbol}=${v}`);
  if (value.trim() === '') return add('empty-value', `CONFIG_${symbol} is given an empty value`, { symbol });
  if (value.startsWith('"')) return classifyString(symbol, value, add);
  const commented = /^([ymn]|-?\d+|0[xX][\da-fA-F]+)(?:[ \t]+.*|[ \t]*(?:#|\/\/|\/\*|;).*)$/s.exec(value);
  if (commented !== null) {
    const [, kept = ''] = commented;
    const extra = { symbol, replacement: set(kept) };
    if (/^[ymn]$/.test(kept)) {
      add('comment-after-value', `text follows the value; the kernel happens to read "${kept}"`, {
        ...extra,
        harmless: true,
      });
    } else add('comment-after-value', 'text follows the number, so the kernel rejects it', extra);
    return;
  }
  // CONFIG_A==y: the second = is part of the value.
  const single = value.replace(/^=+[ \t]*/, '');
  const meant = spelledOut.get(single.toLowerCase());
  if (meant !== undefined) {
    const extra = { symbol, replacement: set(meant) };
    if (value.startsWith(meant)) {
      add('value-spelling', `the kernel reads only the first letter of "${value}"`, { ...extra, harmless: true });
    } else add('value-spelling', `"${value}" is not y, m or n: the kernel rejects it and the setting is lost`, extra);
    return;
  }
  const isWell = /^(?:-?\d+|0[xX][\da-fA-F]+|"(?:\\.|[^"\\])*")$/.test(single);
  const replacement = `CONFIG_${symbol}=${isWell ? single : `"${value.replace(/[\\"]/g, '\\$&')}"`}`;
  const message = `"${value}" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it`;
  add('unquoted-string', message, { symbol, replacement });
}

function classifyString(symbol: string, value: string, add: Add): void {
  const letter = /^"([ymn])"$/.exec(value)?.[1];
  if (letter !== undefined) {
    const replacement = letter === 'n' ? offLine(symbol) : `CONFIG_${symbol}=${letter}`;
    const message = `${value} is a string: for a bool or tristate the kernel rejects it and the setting is lost`;
    return add('value-spelling', message, { symbol, replacement });
  }
  let at = 1;
  while (at < value.length && value.charAt(at) !== '"') at += value.charAt(at) === '\\' ? 2 : 1;
  if (at >= value.length) {
    const replacement = `CONFIG_${symbol}=${value}"`;
    return add('malformed-string', 'the string has no closing quote: the kernel drops the setting', {
      symbol,
      replacement,
    });
  }
  const rest = value.slice(at + 1);
  const lone = rest === '' ? /^(?:[^\\]|\\["\\])*(\\[^"\\])/su.exec(value)?.[1] : undefined;
  if (lone !== undefined) {
    const replacement = `CONFIG_${symbol}=${value.replace(/\\(["\\])?/g, (pair, next) => (next === undefined ? '\\\\' : pair))}`;
    const message = `the kernel drops the backslash of ${lone}; one that is to stay is written \\\\`;
    return add('lone-backslash', message, { symbol, replacement });
  }
  const closed = `CONFIG_${symbol}=${value.slice(0, at + 1)}`;
  if (/^[ \t]*(?:#.*)?$/s.test(rest)) {
    const extra: Extra = { symbol, replacement: closed, harmless: true };
    return add('comment-after-value', 'text follows the closing quote; the kernel drops it', extra);
  }
  const escaped = `CONFIG_${symbol}="${value.slice(1, -1).replace(/(?<!\\)"/g, '\\"')}"`;
  const replacement = rest.length > 1 && rest.endsWith('"') ? escaped : closed;
  add('malformed-string', `the string ends at its second quote; ${JSON.stringify(rest)} is lost`, {
    symbol,
    replacement,
  });
}
