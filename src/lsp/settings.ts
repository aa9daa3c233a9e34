/** The settings of an editor as options of a check: the same names, the same meaning, the same code from there on. */
import type { RawOptions } from '../project/raw-options.ts';

/** Section of the settings. */
export const section = 'kconfigLint';

export interface Settings {
  readonly raw: RawOptions;
  /** Milliseconds of quiet before a file is judged. */
  readonly delay: number;
  /** What is wrong with the settings, in words. */
  readonly faults: readonly string[];
}

type Kind = 'text' | 'list' | 'flag' | 'number';

/** Names of settings, the option each stands for, and the type of its value. */
const known: Readonly<Record<string, readonly [option: string, kind: Kind]>> = {
  profiles: ['profile', 'list'],
  kernel: ['kernel', 'text'],
  arch: ['arch', 'text'],
  kind: ['kind', 'text'],
  boot: ['boot', 'list'],
  base: ['base', 'text'],
  toolchain: ['toolchain', 'text'],
  model: ['model', 'text'],
  tree: ['tree', 'text'],
  extraSymbols: ['extra-symbols', 'list'],
  kconfig: ['kconfig', 'text'],
  redundant: ['redundant', 'flag'],
  delay: ['delay', 'number'],
};

const choices: Readonly<Record<string, readonly string[]>> = {
  kind: ['auto', 'complete', 'fragment'],
  kconfig: ['auto', 'off'],
};

const usualDelay = 120;
const longestDelay = 10_000;

export const noSettings: Settings = { raw: { files: [] }, delay: usualDelay, faults: [] };

/** Reads what a client sent for the section; null and undefined stand for nothing set. */
export function readSettings(value: unknown): Settings {
  if (value === undefined || value === null) return noSettings;
  if (typeof value !== 'object' || Array.isArray(value))
    return { ...noSettings, faults: [`${section} takes an object of settings`] };
  const raw: { -readonly [Key in keyof RawOptions]: RawOptions[Key] } = { files: [] };
  const faults: string[] = [];
  let delay = usualDelay;
  for (const [name, given] of Object.entries(value)) {
    const entry = Object.hasOwn(known, name) ? known[name] : undefined;
    if (entry === undefined) faults.push(`there is no setting ${section}.${name}`);
    if (entry === undefined || given === null || given === undefined || given === '') continue;
    const [option, kind] = entry;
    const read = readValue(given, kind);
    const allowed = choices[name];
    if (read === undefined) faults.push(`${section}.${name} takes ${wordsFor[kind]}`);
    else if (allowed !== undefined && !allowed.includes(String(read)))
      faults.push(`${section}.${name} is one of ${allowed.join(', ')}`);
    else if (typeof read === 'number') delay = Math.min(read, longestDelay);
    else if (read !== false && !(Array.isArray(read) && read.length === 0)) raw[option] = read;
  }
  return { raw, delay, faults };
}

const wordsFor: Readonly<Record<Kind, string>> = {
  text: 'a text',
  list: 'a list of texts',
  flag: 'true or false',
  number: 'a number of milliseconds',
};

function readValue(given: unknown, kind: Kind): string | number | boolean | readonly string[] | undefined {
  switch (kind) {
    // Editors write 6.12 without quotes, which JSON and Lua make a number of.
    case 'text':
      return typeof given === 'string' ? given : typeof given === 'number' ? String(given) : undefined;
    case 'list': {
      const all: unknown[] = Array.isArray(given) ? given : [given];
      return all.every((item) => typeof item === 'string') ? (all as string[]) : undefined;
    }
    case 'flag':
      return typeof given === 'boolean' ? given : undefined;
    case 'number':
      return typeof given === 'number' && given >= 0 ? given : undefined;
  }
}
