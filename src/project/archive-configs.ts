/** From an archive to the configs in it, each with its place; or to what stood in the way. */
import { type ArchiveFault, isFault } from '../artifacts/archive/fault.ts';
import { type Candidate, kernelInterest, lookedFor } from '../artifacts/archive/kernel-files.ts';
import { type FileView, filesOf, resolveFile } from '../artifacts/archive/view.ts';
import { limits } from '../config/limits.ts';
import type { InputFailure } from '../finding.ts';
import type { ArchiveHost, Zlib } from '../host.ts';
import type { SourceText } from '../source.ts';
import { innerSource } from './inner-source.ts';
import { type OpenedFiles, openFiles, wholeUnpacker } from './open-files.ts';
import type { ArchiveConfigs } from './read.ts';

/** Bytes that a kernel image in an archive may have. */
const kernelLimit = 512 << 20;

/** Undefined for what is no archive. */
export function configsInArchive(path: string, host: ArchiveHost, zlib: Zlib): ArchiveConfigs | undefined {
  const opened = openFiles(path, { host, unpackWhole: wholeUnpacker(zlib) }, kernelInterest);
  if (opened === undefined) return undefined;
  if (isFault(opened)) return { sources: [], failures: [failureOf(path, opened)] };
  // A folder of files is looked through by name elsewhere.
  if (opened.kind === 'folder') return undefined;
  const sources: SourceText[] = [];
  const failures: InputFailure[] = [];
  for (const place of opened.places) {
    const view = place.open();
    if (isFault(view)) failures.push(failureOf(place.name, view));
    else readView(view, path, opened, zlib, sources, failures);
  }
  opened.close();
  return { sources, failures };
}

function failureOf(path: string, { fault, message, help }: ArchiveFault): InputFailure {
  return { path, code: fault, message, help };
}

interface Found {
  readonly path: string;
  readonly candidate: Candidate;
  /** `6.12.0-1-amd64`, from the path. */
  readonly release: string | undefined;
  readonly folder: string;
}

function readView(
  view: FileView,
  container: string,
  opened: OpenedFiles,
  zlib: Zlib,
  sources: SourceText[],
  failures: InputFailure[],
): void {
  for (const each of view.faults) failures.push(failureOf(view.name, each));
  const found = candidatesIn(view);
  const wanted = found.filter((each) => each.candidate === 'config' || !hasConfig(each, found));
  const read = view.read(
    wanted.map(({ path, candidate }) => ({ path, limit: candidate === 'config' ? limits.fileSize : kernelLimit })),
  );
  const seen = new Set<string>();
  const known = new Set<string | undefined>();
  const without: { readonly failure: InputFailure; readonly release: string | undefined }[] = [];
  for (const [i, { path, candidate, release }] of wanted.entries()) {
    const name = `${view.name}!${path}`;
    const bytes = read[i] as Uint8Array | ArchiveFault;
    const config = isFault(bytes) ? failureOf(name, bytes) : innerSource(bytes, name, container, zlib);
    if ('code' in config) {
      // Of a file that only has the name of a kernel nothing is expected.
      const isKernel = candidate === 'config' || config.code !== 'no-kernel';
      if (isKernel) without.push({ failure: { ...config, path: name }, release });
      continue;
    }
    known.add(release);
    const { source } = config;
    if (seen.has(source.text)) continue;
    seen.add(source.text);
    sources.push(source);
  }
  // A kernel whose config lies elsewhere lacks nothing.
  for (const { failure, release } of without)
    if (failure.code !== 'no-ikconfig' || release === undefined || !known.has(release)) failures.push(failure);
  if (known.size === 0 && failures.length === 0) failures.push(nothingIn(view, opened));
}

/** Links lead to files that are candidates themselves, or to what is not there. */
function candidatesIn(view: FileView): Found[] {
  const found: Found[] = [];
  const taken = new Set<string>();
  for (const path of filesOf(view)) {
    const target = resolveFile(view, path);
    if (isFault(target) || taken.has(target.path)) continue;
    const isLink = view.entryAt(path)?.kind === 'link';
    const candidate = isLink ? kernelInterest.classify(path, new Uint8Array(0)) : view.markOf(path);
    if (candidate !== 'config' && candidate !== 'kernel') continue;
    taken.add(target.path);
    const release = /\d+\.\d+[^/]*/.exec(target.path)?.[0];
    const folder = target.path.slice(0, target.path.lastIndexOf('/') + 1);
    found.push({ path: target.path, candidate, release, folder });
  }
  return found;
}

/** True for a kernel whose config lies in a file of its own. */
function hasConfig({ release, folder }: Found, all: readonly Found[]): boolean {
  return all.some(
    (each) =>
      each.candidate === 'config' &&
      (release === undefined ? each.folder === folder && each.release === undefined : each.release === release),
  );
}

function nothingIn(view: FileView, { kind, facts }: OpenedFiles): InputFailure {
  const what = {
    deb: 'this Debian package',
    rpm: 'this RPM package',
    image: 'this container image',
    tar: 'this archive',
    folder: 'this folder',
  }[kind];
  const named = facts === undefined || facts.name === '' ? what : `${what} (${facts.name} ${facts.version})`;
  const kernels = (facts?.depends ?? []).filter((name) => /^(?:linux-(?:image|config)|kernel)/.test(name));
  const help =
    kernels.length > 0
      ? `it depends on ${kernels.slice(0, 3).join(', ')}: check that`
      : /^linux-(?:image|modules|headers)|^kernel/.test(facts?.name ?? '')
        ? 'its config may be in a package beside it: linux-modules, linux-headers or kernel-core'
        : 'name an archive that holds a kernel or its config';
  return {
    path: view.name,
    code: 'no-config-in-archive',
    message: `there is no config in ${named}; looked for ${lookedFor}`,
    help,
  };
}
