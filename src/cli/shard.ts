/** `--shard` and `--node`: which inputs a run takes, and reports that say of which run they are a part. */

import { limits } from '../config/limits.ts';
import type { Report } from '../finding.ts';
import type { ArchiveHost, Host } from '../host.ts';
import type { Inputs } from '../project/inputs.ts';
import type { UsageError } from '../project/prepare.ts';
import { type MarkSource, markedReporters } from '../reporters/marked.ts';
import { plural, type ReporterFactory } from '../reporters/reporter.ts';
import { beforeInputs, type RunMark, type ShardMark } from '../run-mark.ts';
import { identityOf, type Recorder, recordReads } from '../shards/identity.ts';
import { parseShard, type ShardChoice, shareOf } from '../shards/shard.ts';
import { flagOption, type RawOptions, textOption } from './options.ts';

/** One part of a run, as the run sees it. */
export interface Part {
  /** What it is to check. */
  readonly inputs: Inputs;
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  /** To be told of each input before it is read, and once there is no more. */
  readonly at: (path: string | undefined) => void;
  /** Takes what only the whole run can tell; true where the run is to say nothing of it itself. */
  readonly keeps: (report: Report) => boolean;
}

export interface PartServices {
  readonly host: Host;
  readonly archives: ArchiveHost;
  readonly recorder: Recorder | undefined;
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
}

/** Undefined where the run is a whole one; an error before anything is read. */
export function shardFault(raw: RawOptions): UsageError | undefined {
  const node = textOption(raw, 'node');
  if (node !== undefined && (node === '' || node.length > 253))
    return { message: '--node wants the name of a machine', help: 'such as --node worker-3' };
  const text = textOption(raw, 'shard');
  const kept = ['cache', 'cache-dir'].find((name) => raw[name] !== undefined && raw[name] !== false);
  const many =
    kept ?? (/^\d+$/.test(textOption(raw, 'jobs') ?? '') && textOption(raw, 'jobs') !== '1' ? 'jobs' : undefined);
  if ((text ?? node) !== undefined && many !== undefined)
    return {
      message: `--${text === undefined ? 'node' : 'shard'} does not go with --${many}`,
      help: 'each shard is one thread that judges anew: give a machine as many shards as it has cores',
    };
  if (text === undefined) return undefined;
  const choice = parseShard(text);
  if ('message' in choice) return choice;
  const clash = ['fix', 'watch', 'update-baseline', 'prune-baseline'].find((name) => flagOption(raw, name));
  if (clash === undefined) return undefined;
  const message = `--shard does not go with --${clash}`;
  const help = clash === 'fix' ? 'a changed file would belong to another shard' : 'that needs a run over all inputs';
  return { message, help };
}

export function openPart(raw: RawOptions, all: Inputs, services: PartServices): Part | undefined {
  const node = textOption(raw, 'node');
  const text = textOption(raw, 'shard');
  if (node === undefined && text === undefined) return undefined;
  const shard = text === undefined ? undefined : openShard(raw, parseShard(text) as ShardChoice, all, services);
  let place = beforeInputs;
  const closing: Report[] = [];
  const source: MarkSource = {
    mark: ({ profiles }): RunMark => ({
      ...(node === undefined ? {} : { node }),
      ...(shard === undefined ? {} : { shard: { ...shard.mark, profiles } }),
    }),
    place: () => place,
    closing: () => closing,
  };
  return {
    inputs: shard?.inputs ?? all,
    reporters: { ...services.reporters, ...markedReporters(source) },
    at: (path) => {
      if (shard !== undefined) place = path === undefined ? all.paths.length : (shard.places.get(path) ?? place);
    },
    keeps: (report) => {
      if (shard !== undefined) closing.push(report);
      return shard !== undefined;
    },
  };
}

function openShard(raw: RawOptions, choice: ShardChoice, all: Inputs, { host, archives, recorder }: PartServices) {
  recorder?.ready();
  const digest = textDigest(archives);
  const contentOf = (path: string): string | undefined => {
    if (path !== '-') return digestOf(path, archives);
    // Read once, and kept by the host for the run itself.
    const read = host.readSource('-', standardInput);
    return 'error' in read ? undefined : digest(read.text);
  };
  const inputs = all.paths.map((path) => ({ path, digest: contentOf(path) }));
  const { paths, places } = shareOf(inputs, choice);
  const { index, of } = choice;
  const which = `shard ${index} of ${of}`;
  host.writeError(
    paths.length === 0 && all.failures.length === 0
      ? `kconfig-lint: ${which}: none of ${plural(inputs.length, 'input')} is for it\n`
      : `kconfig-lint: ${which}: ${paths.length} of ${plural(inputs.length, 'input')}\n`,
  );
  const mark: Omit<ShardMark, 'profiles'> = {
    index,
    of,
    inputs: inputs.length,
    taken: paths.length,
    run: identityOf({ ...raw, files: [] }, recorder as Recorder, inputs, digest, (path) => digestOf(path, archives)),
    failOn: textOption(raw, 'fail-on') ?? 'error',
    maxWarnings: typeof raw['max-warnings'] === 'number' ? raw['max-warnings'] : null,
  };
  return { mark, places, inputs: { paths, failures: all.failures } };
}

/** As the run itself reads it. */
const standardInput = {
  limit: limits.fileSize,
  unzippedLimit: limits.decompressedSize,
  keep: true,
  packedLimit: limits.imageSize,
};

/** The host of a shard, which notes what decides the outcome of its run. */
export function recorderFor(raw: RawOptions, host: Host, archives: ArchiveHost): Recorder | undefined {
  return textOption(raw, 'shard') === undefined ? undefined : recordReads(host, textDigest(archives));
}

function textDigest(archives: ArchiveHost): (text: string) => string {
  return (text) => {
    const hash = archives.sha256();
    hash.add(new TextEncoder().encode(text));
    return hash.hex();
  };
}

const pieceSize = 1 << 20;

/** SHA-256 of a file; of a folder that holds container images, of the index that names all their content by digest. */
function digestOf(path: string, archives: ArchiveHost): string | undefined {
  const opened = archives.open(path);
  if ('error' in opened) {
    return opened.error === 'folder' && archives.facts(`${path}/index.json`)?.kind === 'file'
      ? digestOf(`${path}/index.json`, archives)
      : undefined;
  }
  try {
    const hash = archives.sha256();
    for (let at = 0; at < opened.size; at += pieceSize) hash.add(opened.read(at, pieceSize));
    return hash.hex();
  } finally {
    opened.close();
  }
}
