/**
 * Reads a plain `check` run without yargs, which costs more than the whole check. Whatever is not plain (another command,
 * help, an unknown or a wrong option) is left to yargs: this parser never reports an error, it only declines.
 */
import { checkOptions, type OptionSpec, type RawOptions } from './options.ts';

const byFlag = new Map<string, OptionSpec>();
for (const option of checkOptions) {
  byFlag.set(`--${option.name}`, option);
  if (option.alias !== undefined) byFlag.set(`-${option.alias}`, option);
}

const otherCommands = new Set(['profiles', 'explain', 'diff', 'matrix', 'resolve', 'model', 'completion']);

/** The options of a plain run, or undefined. */
export function parsePlain(argv: readonly string[]): RawOptions | undefined {
  const values: Record<string, string | number | boolean | string[]> = {};
  const files: string[] = [];
  for (const { name, default: initial, type } of checkOptions) {
    if (initial !== undefined) values[name] = initial;
    else if (type === 'list') values[name] = [];
  }
  const given = new Set<string>();
  const first = argv[0];
  if (first !== undefined && otherCommands.has(first)) return undefined;
  for (let i = first === 'check' ? 1 : 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '-' || !word.startsWith('-')) {
      files.push(word);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const option = byFlag.get(equals === -1 ? word : word.slice(0, equals));
    if (option === undefined || (option.type !== 'list' && given.has(option.name))) return undefined;
    given.add(option.name);
    if (option.type === 'flag') {
      if (equals !== -1) return undefined;
      values[option.name] = true;
      continue;
    }
    const value = equals === -1 ? argv[++i] : word.slice(equals + 1);
    if (value === undefined || value === '' || (equals === -1 && value.startsWith('-'))) return undefined;
    if (option.choices !== undefined && !option.choices.includes(value)) return undefined;
    if (option.type === 'number') {
      if (!/^\d{1,9}$/.test(value)) return undefined;
      values[option.name] = Number(value);
    } else if (option.type === 'list') (values[option.name] as string[]).push(value);
    else values[option.name] = value;
  }
  return files.length === 0 ? undefined : { ...values, files };
}
