/** A host that shows the repository as it was at a commit. */
import { type GitEntry, type GitError, type GitHost, type Host, hostWith, type PathKind } from '../host.ts';
import { visible } from '../invisible.ts';
import type { UsageError } from './prepare.ts';

/** Repositories whose files at a commit stand for those on disk; what lies elsewhere is not there. */
export function hostAt(host: Host, git: GitHost, root: string, files: ReadonlyMap<string, GitEntry>): Host {
  const folders = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    const parts = path.split('/');
    for (let i = 0; i < parts.length; i++) {
      const folder = parts.slice(0, i).join('/');
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(parts[i] as string));
    }
  }
  /** From the root; undefined outside of it. */
  const inside = (path: string): string | undefined => {
    const full = host.absolute(path);
    return full === root ? '' : full.startsWith(`${root}/`) ? full.slice(root.length + 1) : undefined;
  };
  const kind = (path: string): PathKind => {
    const own = inside(path);
    if (own === undefined) return 'missing';
    // Every project that is looked at this way has its repository.
    if (own === '.git' || folders.has(own)) return 'folder';
    return files.get(own)?.kind ?? 'missing';
  };
  return hostWith(host, {
    pathKind: kind,
    linkKind: kind,
    list: (folder) => {
      const own = inside(folder);
      const names = own === undefined ? undefined : folders.get(own);
      return names === undefined ? undefined : [...names].sort();
    },
    sameFile: (a, b) => host.absolute(a) === host.absolute(b),
    realPath: (path) => (kind(path) === 'missing' ? undefined : host.absolute(path)),
    readSource: (path, options) => {
      const entry = files.get(inside(path) ?? '');
      if (entry === undefined)
        return { error: kind(path) === 'folder' ? 'folder' : 'missing', detail: 'not in that commit' };
      if (entry.kind !== 'file') return { error: 'not-regular', detail: 'a link or a submodule in that commit' };
      return git.read(path, entry.object, options);
    },
  });
}

/** A commit that a run compares with or takes its settings from. */
export interface Commit {
  /** As the user named it. */
  readonly ref: string;
  readonly host: Host;
}

/** Opens a commit by any name that git knows. */
export function openCommit(option: string, ref: string, host: Host, git: GitHost): Commit | UsageError {
  if (ref.startsWith('-') || ref.includes('..') || /[\s\0]/.test(ref))
    return {
      message: `${option} cannot be "${visible(ref)}"`,
      help: 'name a branch, a tag or a commit, such as origin/main',
    };
  const root = git.root();
  if (typeof root !== 'string') return gitFault(option, ref, root);
  const commit = git.commit(ref);
  if (typeof commit !== 'string') return gitFault(option, ref, commit);
  const files = git.files(commit);
  return 'error' in files ? gitFault(option, ref, files) : { ref, host: hostAt(host, git, root, files) };
}

function gitFault(option: string, ref: string, { error, detail }: GitError): UsageError {
  const because = detail === '' ? '' : ` (${visible(detail)})`;
  switch (error) {
    case 'no-git':
      return { message: `${option} needs git, which is not on the PATH`, help: 'install git, or leave the option out' };
    case 'no-repository':
      return {
        message: `${option} needs a git repository, and this folder is in none`,
        help: 'run it in the repository',
      };
    case 'no-ref': {
      const branch = /^origin\/(.+)$/.exec(ref)?.[1];
      const fetch =
        branch === undefined
          ? 'git fetch --unshallow'
          : `git fetch --depth=1 origin ${branch}:refs/remotes/origin/${branch}`;
      return {
        message: `git does not know ${visible(ref)} here, which ${option} names`,
        help: `correct the name; a shallow clone lacks most of them: "${fetch}", or fetch-depth: 0 in actions/checkout`,
      };
    }
    default:
      return {
        message: `git could not read ${visible(ref)} for ${option}${because}`,
        help: 'does "git cat-file -t" know it? Where the folder is another user\'s, see safe.directory of git',
      };
  }
}

/** What stands for the base where no CI system says. */
const localBases = ['origin/HEAD', 'origin/main', 'origin/master'];

/** The first parent of the merge that GitHub checks out for a pull request: the base. */
const mergedInto = 'HEAD^1';

/** Of any other checkout the first parent may be a commit of the change itself. */
function isMerge(env: Host['env']): boolean {
  return /^refs\/pull\/\d+\/merge$/.test(env['GITHUB_REF'] ?? '');
}

/** Names that CI systems give to the branch a change is to be merged into, and the commits that stand for it, the best first. */
export function baseRefs(env: Host['env']): readonly string[] | undefined {
  const github = env['GITHUB_BASE_REF'];
  if (github !== undefined && github !== '') return [`origin/${github}`, ...(isMerge(env) ? [mergedInto] : [])];
  const gitlab = env['CI_MERGE_REQUEST_DIFF_BASE_SHA'];
  if (gitlab !== undefined && gitlab !== '') return [gitlab];
  const named =
    env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'] ?? env['BITBUCKET_PR_DESTINATION_BRANCH'] ?? env['CHANGE_TARGET'];
  if (named !== undefined && named !== '') return [`origin/${named}`];
  const known = ['GITHUB_ACTIONS', 'GITLAB_CI', 'BITBUCKET_BUILD_NUMBER', 'JENKINS_URL'];
  return known.some((name) => (env[name] ?? '') !== '') ? undefined : localBases;
}

/** The commit of `base` or of a name; undefined where a CI run is of no pull request, so that there is nothing to compare with. */
export function openRef(option: string, ref: string, host: Host, git: GitHost): Commit | UsageError | undefined {
  if (ref !== 'base') return openCommit(option, ref, host, git);
  const refs = baseRefs(host.env);
  if (refs === undefined) return undefined;
  let first: UsageError | undefined;
  for (const each of refs) {
    if (each === mergedInto && git.commit('HEAD') !== host.env['GITHUB_SHA']) continue;
    const opened = openCommit(option, each, host, git);
    if ('host' in opened) return opened;
    first ??= opened;
  }
  if (refs === localBases && typeof git.root() === 'string')
    return { message: `nothing tells what the base of ${option} is here`, help: `name it: ${option} main` };
  return first;
}
