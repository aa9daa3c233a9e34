/**
 * Reads a plain `check` or `resolve` without yargs, which costs more than the whole check. Whatever is not plain (another command,
 * help, an unknown or a wrong option) is left to yargs: this parser never reports an error, it only declines.
 */
import { checkOptions, type OptionSpec, type RawOptions, resolveOptions } from './options.ts';

/** Every command but `check`. */
export const otherCommands: ReadonlySet<string> = new Set([
  'running',
  'extract',
  'fix',
  'init',
  'profiles',
  'explain',
  'diff',
  'matrix',
  'resolve',
  'stack',
  'upgrade',
  'fragment',
  'capabilities',
  'bundle',
  'rules',
  'model',
  'merge-reports',
  'lsp',
  'completion',
]);

/** The options of a plain check, or undefined. */
export function parsePlain(argv: readonly string[]): RawOptions | undefined {
  const first = argv[0];
  if (first !== undefined && otherCommands.has(first)) return undefined;
  const raw = parseWords(first === 'check' ? argv.slice(1) : argv, checkOptions);
  return raw?.files.length === 0 ? undefined : raw;
}

/** The options of a plain `resolve`, or undefined. */
export function parsePlainResolve(argv: readonly string[]): RawOptions | undefined {
  return argv[0] === 'resolve' ? parseWords(argv.slice(1), resolveOptions) : undefined;
}

function parseWords(words: readonly string[], options: readonly OptionSpec[]): RawOptions | undefined {
  const values: Record<string, string | number | boolean | string[]> = {};
  const files: string[] = [];
  for (const { name, default: initial, type } of options) {
    if (initial !== undefined) values[name] = initial;
    else if (type === 'list') values[name] = [];
  }
  const given = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '-' || !word.startsWith('-')) {
      files.push(word);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const flag = equals === -1 ? word : word.slice(0, equals);
    const option = options.find(
      ({ name, alias }) => flag === `--${name}` || (alias !== undefined && flag === `-${alias}`),
    );
    if (option === undefined || (option.type !== 'list' && given.has(option.name))) return undefined;
    given.add(option.name);
    if (option.type === 'flag') {
      if (equals !== -1) return undefined;
      values[option.name] = true;
      continue;
    }
    const value = equals === -1 ? words[++i] : word.slice(equals + 1);
    if (value === undefined || value === '' || (equals === -1 && value.startsWith('-'))) return undefined;
    if (option.choices !== undefined && !option.choices.includes(value)) return undefined;
    if (option.type === 'number') {
      if (!/^\d{1,9}$/.test(value)) return undefined;
      values[option.name] = Number(value);
    } else if (option.type === 'list') (values[option.name] as string[]).push(value);
    else values[option.name] = value;
  }
  return { ...values, files };
}
