/** What one hostile case is: a folder to lay out, a command line to run in it, and whether the program may accept it. */

export interface HostileCase {
  /** What is odd about it; unique within its family. */
  readonly name: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Lays out what is more than files: links, pipes, modes. Runs with the case's folder as the current one. */
  readonly make?: () => void;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `bad`: it has to be refused or found fault with. `good`: it looks hostile, but is fine, and must come through without any error.
   */
  readonly sort: 'bad' | 'good';
  /** Holds afterwards, in the case's folder. */
  readonly after?: (result: { readonly out: string; readonly err: string }) => void;
}

type Rest = Omit<HostileCase, 'name' | 'args' | 'sort' | 'files'>;
type Files = HostileCase['files'];

/** A command line as one text; words are split at single blanks, so that those with blanks are given as a list. */
type Words = string | readonly string[];
const wordsOf = (words: Words): readonly string[] =>
  typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words;

export const bad = (name: string, args: Words, files: Files = {}, rest: Rest = {}): HostileCase => ({
  name,
  args: wordsOf(args),
  files,
  sort: 'bad',
  ...rest,
});

export const good = (name: string, args: Words, files: Files = {}, rest: Rest = {}): HostileCase => ({
  ...bad(name, args, files, rest),
  sort: 'good',
});

/** A case about what stands in one config. */
export const badConfig = (name: string, config: string | Uint8Array, rest: Rest = {}): HostileCase =>
  bad(name, 'x.config', { 'x.config': config }, rest);
export const goodConfig = (name: string, config: string | Uint8Array, rest: Rest = {}): HostileCase =>
  good(name, 'x.config', { 'x.config': config }, rest);
