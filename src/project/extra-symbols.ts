/** Symbols that a kernel has by patches: named one by one, by pattern, or by files that name them. */
import type { Host } from '../host.ts';
import { type Glob, hasGlob, tidy } from './inputs.ts';
import type { UsageError } from './prepare.ts';

/** Bytes of a file of names at most. */
const fileLimit = 4 << 20;
const mostFiles = 1000;

/** `config NAME` of a Kconfig file, `CONFIG_NAME` of a config, or a bare name on a line. */
const named = /^[ \t]*(?:(?:menu)?config[ \t]+|(?:#[ \t]*)?CONFIG_)?([A-Za-z0-9_]+)(?=[ \t=\r]|$)/;

/**
 * Tells the symbols that `choices` name: each is a symbol, a pattern of symbols (`OPENPAX_*`), or a file or a pattern of files, which
 * may be Kconfig files, configs, or lists with a name on each line.
 */
export function extraSymbols(
  choices: readonly string[],
  host: Host,
  glob: Glob,
): ((symbol: string) => boolean) | UsageError {
  const names = new Set<string>();
  const patterns: RegExp[] = [];
  for (const choice of choices) {
    const paths = filesOf(choice, host, glob);
    if (paths.length > 0) {
      const fault = readNames(paths, host, names);
      if (fault !== undefined) return fault;
      continue;
    }
    const symbol = choice.replace(/^CONFIG_/, '');
    if (/^[A-Za-z0-9_]+$/.test(symbol) && !/[a-z]/.test(symbol)) names.add(symbol);
    else if (/^[A-Z0-9_*?]+$/.test(symbol)) {
      patterns.push(new RegExp(`^${symbol.replaceAll('*', '.*').replaceAll('?', '.')}$`));
    } else {
      return {
        path: choice,
        message: 'no file and no symbol has this name',
        help: 'name a symbol (OPENPAX), a pattern (OPENPAX_*), or a file or pattern of files that name symbols',
      };
    }
  }
  if (names.size === 0 && patterns.length === 0) return () => false;
  return (symbol) => names.has(symbol) || patterns.some((pattern) => pattern.test(symbol));
}

function filesOf(choice: string, host: Host, glob: Glob): readonly string[] {
  if (host.pathKind(tidy(choice)) === 'file') return [tidy(choice)];
  return hasGlob(choice) ? glob(choice).slice(0, mostFiles) : [];
}

function readNames(paths: readonly string[], host: Host, names: Set<string>): UsageError | undefined {
  for (const path of paths) {
    const read = host.readSource(path, { limit: fileLimit, unzippedLimit: fileLimit, keep: true });
    if ('error' in read) return { path, message: `it cannot be read (${read.detail})`, help: 'check --extra-symbols' };
    const isKconfig = /^[ \t]*(?:menu)?config[ \t]+\w+/m.test(read.text);
    for (const line of read.text.split('\n')) {
      // In a Kconfig file only its own entries count, not the words of its help texts.
      if (isKconfig && !/^[ \t]*(?:menu)?config[ \t]/.test(line)) continue;
      const name = named.exec(line)?.[1];
      if (name !== undefined && !(line.trimStart().startsWith('#') && !line.includes('CONFIG_'))) names.add(name);
    }
  }
  return undefined;
}
