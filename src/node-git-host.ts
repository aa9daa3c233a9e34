/** Objects of a git repository on Node, read by the user's own git. */
import type { GitEntry, GitError, GitHost, ReadError } from './host.ts';
import { decode } from './node-host.ts';

/** Bytes that the list of files of a commit may have; the kernel's own has 7 MB. */
const listLimit = 64 << 20;
const timeout = 30_000;

/**
 * Arguments before every command. A repository may name a program to watch its files or to run beside a command: none is started.
 */
const always = ['--no-optional-locks', '--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** What git may know: where programs and the user's own settings are, and nothing that points it elsewhere or lets it fetch. */
function environment(): Record<string, string> {
  const kept: Record<string, string> = {
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  };
  for (const name of ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** What git printed, or why it could not. */
function git(words: readonly string[], maxBuffer: number): Buffer | GitError {
  // Loaded where it is needed: it takes as long as all the rest of this program.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const result = spawnSync('git', [...always, ...words], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    timeout,
    maxBuffer,
  });
  const { code } = (result.error ?? {}) as { code?: string };
  if (code === 'ENOENT') return { error: 'no-git', detail: 'there is no program git on the PATH' };
  if (code === 'ENOBUFS') return { error: 'too-large', detail: `more than ${maxBuffer} bytes` };
  if (result.error !== undefined) return { error: 'failed', detail: code ?? result.error.message };
  if (result.status === 0) return result.stdout;
  const said = result.stderr.toString('utf8').trim();
  return { error: /not a git repository/.test(said) ? 'no-repository' : 'failed', detail: said.split('\n')[0] ?? '' };
}

export function createGitHost(): GitHost {
  const lists = new Map<string, ReadonlyMap<string, GitEntry> | GitError>();
  return {
    root: () => {
      const said = git(['rev-parse', '--show-toplevel'], 1 << 16);
      return 'error' in said ? said : said.toString('utf8').replace(/\n$/, '');
    },
    commit: (ref) => {
      const said = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], 1 << 16);
      if (!('error' in said)) return said.toString('latin1').trim();
      return said.error === 'failed' ? { error: 'no-ref', detail: said.detail } : said;
    },
    files: (commit) => {
      const known = lists.get(commit);
      if (known !== undefined) return known;
      const said = git(['ls-tree', '-r', '-z', '--full-tree', commit], listLimit);
      const found = 'error' in said ? said : entriesOf(said.toString('utf8'));
      lists.set(commit, found);
      return found;
    },
    read: (path, object, { limit }) => {
      const said = git(['cat-file', 'blob', object], limit);
      return 'error' in said ? readError(said) : decode(path, said);
    },
  };
}

/** Lines `MODE TYPE OBJECT\tPATH`, each ended by a NUL. */
function entriesOf(text: string): ReadonlyMap<string, GitEntry> {
  const entries = new Map<string, GitEntry>();
  for (const line of text.split('\0')) {
    const [, mode = '', type, object = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (path !== '')
      entries.set(path, { kind: type !== 'blob' ? 'other' : mode === '120000' ? 'link' : 'file', object });
  }
  return entries;
}

function readError({ error, detail }: GitError): ReadError {
  return { error: error === 'too-large' ? 'too-large' : 'io', detail };
}
