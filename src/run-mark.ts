/** What a report says of the run that it is a part of: which shard it is, and of which machine. */

/** Digests that are equal for all shards of one run, each of a part of what decides the outcome. */
export interface RunIdentity {
  /** Options, project file, and the files that they name. */
  readonly settings: string;
  /** The rules that ship with the program. */
  readonly rules: string;
  /** Names and contents of all inputs, in their order. */
  readonly inputs: string;
}

export interface ShardMark {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Inputs of the whole run, and of this shard. */
  readonly inputs: number;
  readonly taken: number;
  readonly run: RunIdentity;
  readonly failOn: string;
  readonly maxWarnings: number | null;
  /** Names of the chosen profiles. */
  readonly profiles: readonly string[];
}

export interface RunMark {
  /** Name of the machine that was checked. */
  readonly node?: string;
  readonly shard?: ShardMark;
}

/** Places of what comes before the first input of a run, and behind the last. */
export const beforeInputs = -1;
