/** Which inputs of a run are those of one shard: told by their contents alone. */

/** What the user asked for cannot be done, and what to do instead. */
export interface Complaint {
  readonly message: string;
  readonly help: string;
}

export interface ShardChoice {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** More parts than this are a slip of the finger. */
const mostShards = 100_000;

/** Reads `3/8`. */
export function parseShard(text: string): ShardChoice | Complaint {
  const [, first, second] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const help = 'write it like --shard 3/8: the third of eight, counted from 1';
  if (first === undefined || second === undefined) return { message: `"${text}" is not a shard`, help };
  const [index, of] = [Number(first), Number(second)];
  if (of === 0 || of > mostShards) return { message: `a run cannot be cut into ${of} shards`, help };
  if (index === 0) return { message: 'shards are counted from 1, there is no shard 0', help };
  if (index > of) return { message: `there is no shard ${index} of ${of}`, help };
  return { index, of };
}

/** The shard, from 1, that takes content with this digest (hexadecimal, evenly spread). */
export function shardOf(digest: string, of: number): number {
  // 48 bits: a number that counts exactly, and as good as even for any number of shards.
  return (Number.parseInt(digest.slice(0, 12), 16) % of) + 1;
}

/** What is known of one input before it is read. */
export interface Fingerprinted {
  readonly path: string;
  /** Undefined where it cannot be read. */
  readonly digest: string | undefined;
}

export interface Share {
  readonly paths: readonly string[];
  /** The place of each input in the whole run. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * The inputs of a shard, in their order. What cannot be read is in each of them: it may be readable elsewhere, and then nobody would
 * have looked at it.
 */
export function shareOf(inputs: readonly Fingerprinted[], { index, of }: ShardChoice): Share {
  const mine = inputs.filter(({ digest }) => digest === undefined || shardOf(digest, of) === index);
  return { paths: mine.map(({ path }) => path), places: new Map(inputs.map(({ path }, i) => [path, i])) };
}
