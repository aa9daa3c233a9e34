/** Options by their names on the command line, wherever they come from: words, a project config, the settings of an editor. */

/** Values by option name. */
export interface RawOptions {
  readonly files: readonly string[];
  readonly [name: string]: string | number | boolean | readonly string[] | undefined;
}

export function textOption(raw: RawOptions, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(raw: RawOptions, name: string): readonly string[] {
  const value = raw[name];
  // A comma separates too: --profile a,b.
  return Array.isArray(value) ? value.flatMap((item: string) => item.split(',')).filter((item) => item !== '') : [];
}

export function flagOption(raw: RawOptions, name: string): boolean {
  return raw[name] === true;
}

/** Values that may hold commas. */
export function rawList(raw: RawOptions, name: string): readonly string[] {
  const value = raw[name];
  return Array.isArray(value) ? (value as string[]) : [];
}
