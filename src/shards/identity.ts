/** Tells whether two shards are parts of the same run: digests of all that decides what a run finds. */
import { type Host, hostWith } from '../host.ts';
import type { RunIdentity } from '../run-mark.ts';
import type { Fingerprinted } from './shard.ts';

/** Options that decide how something is said and not what, and those by which shards differ. */
const presentation = ['shard', 'node', 'format', 'output', 'color', 'quiet', 'verbose', 'files', 'jobs', 'cache'];

/** Digest of some text, in hexadecimal. */
export type Digest = (text: string) => string;

export interface Recorder {
  /** The same host, which notes what is read through it. */
  readonly host: Host;
  /** Texts that ship with the program, and the user's own, by name. */
  readonly assets: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, string>;
  /** What is read from now on is not noted. */
  readonly ready: () => void;
}

/**
 * A host that keeps the digest of whatever is read before the first input: project file, baseline, profiles, rules.
 */
export function recordReads(host: Host, digest: Digest): Recorder {
  const assets = new Map<string, string>();
  const sources = new Map<string, string>();
  /** Standard input can be read once, and is read for its digest and for the run. */
  let input: ReturnType<Host['readSource']> | undefined;
  let isReady = false;
  const recording = hostWith(host, {
    readSource: (path, options) => {
      if (path === '-') {
        input ??= host.readSource(path, { ...options, keep: true });
        return input;
      }
      const read = host.readSource(path, options);
      if (!isReady) sources.set(path, 'error' in read ? read.error : digest(read.text));
      return read;
    },
    asset: (name) => {
      const text = host.asset(name);
      if (!isReady && !assets.has(name)) assets.set(name, digest(text));
      return text;
    },
  });
  return {
    host: recording,
    assets,
    sources,
    ready: () => {
      isReady = true;
    },
  };
}

/** `digestOf` gives the digest of a file; undefined where it is none. */
export function identityOf(
  raw: Readonly<Record<string, unknown>>,
  { assets, sources }: Recorder,
  inputs: readonly Fingerprinted[],
  digest: Digest,
  digestOf: (path: string) => string | undefined,
): RunIdentity {
  const options = Object.entries(raw)
    .filter(([name]) => !presentation.includes(name))
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const named = options
    .flatMap(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isText);
  const files = [...new Set(named)].map((path) => [path, digestOf(path) ?? null]).filter(([, found]) => found !== null);
  return {
    settings: digest(JSON.stringify([options, files, [...sources].toSorted(byName)])),
    rules: digest(JSON.stringify([...assets].toSorted(byName))),
    inputs: digest(JSON.stringify(inputs.map(({ path, digest: content }) => [path, content ?? null]))),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);
