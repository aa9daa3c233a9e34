/** Opens the reports that are to be merged: files, folders of them, patterns, standard input. */
import type { InputFailure } from '../finding.ts';
import type { ArchiveHost, ByteFile, Host } from '../host.ts';
import { type Glob, hasGlob, missingHelp, tidy } from '../project/inputs.ts';
import { fileOfBytes } from '../shards/lines.ts';

export interface OpenedReports {
  readonly files: readonly { readonly name: string; readonly file: ByteFile }[];
  readonly failures: readonly InputFailure[];
}

/** Standard input is held as a whole; it may have so many bytes. */
const largestInput = 1 << 28;
const endings = ['.json', '.ndjson', '.jsonl', '.sarif'];

export function openReports(
  args: readonly string[],
  host: Host,
  { archives, glob }: { readonly archives: ArchiveHost; readonly glob: Glob },
): OpenedReports {
  const failures: InputFailure[] = [];
  const files: { name: string; file: ByteFile }[] = [];
  const fail = (path: string, code: string, message: string, help: string) =>
    failures.push({ path, code, message, help });
  for (const path of pathsOf(args, host, glob, fail)) {
    if (path === '-') {
      const read = host.readSource('-', { limit: largestInput, unzippedLimit: largestInput, keep: true });
      if ('error' in read) fail('<stdin>', read.error, `it cannot be read (${read.detail})`, 'name files instead');
      else files.push({ name: '<stdin>', file: fileOfBytes(new TextEncoder().encode(read.text)) });
      continue;
    }
    const opened = archives.open(path);
    if (!('error' in opened)) files.push({ name: path, file: opened });
    else if (opened.error === 'missing') fail(path, 'missing', 'no such file', missingHelp(path, host));
    else fail(path, opened.error, `it cannot be read (${opened.detail})`, 'name a report of kconfig-lint');
  }
  return { files, failures };
}

function pathsOf(
  args: readonly string[],
  host: Host,
  glob: Glob,
  fail: (path: string, code: string, message: string, help: string) => void,
): readonly string[] {
  const paths = new Set<string>();
  for (const argument of args) {
    if (argument === '-') {
      paths.add(argument);
      continue;
    }
    const path = tidy(argument);
    const kind = host.pathKind(path);
    if (kind === 'folder') {
      const names = (host.list(path) ?? []).filter((name) => endings.some((ending) => name.endsWith(ending)));
      if (names.length === 0)
        fail(
          path,
          'no-report',
          'no report in this folder',
          `files named ${endings.map((ending) => `*${ending}`).join(', ')} are looked for`,
        );
      for (const name of names) paths.add(path === '.' ? name : `${path === '/' ? '' : path}/${name}`);
    } else if (kind === 'missing' && hasGlob(argument)) {
      const found = glob(argument);
      if (found.length === 0) fail(argument, 'no-match', 'no file matches this pattern', 'check the pattern');
      for (const file of [...found].sort()) paths.add(file);
    } else paths.add(path);
  }
  return [...paths];
}
