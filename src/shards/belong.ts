/** Whether reports belong together: which shards there are, which are missing, which were given twice. */
import type { InputFailure } from '../finding.ts';
import type { RunIdentity, ShardMark } from '../run-mark.ts';
import type { Complaint } from './shard.ts';

/** What is looked at of a report, whatever its format. */
export interface Belonging {
  readonly name: string;
  readonly version: string;
  readonly node: string | undefined;
  readonly shard: ShardMark | undefined;
}

export interface Gathered<T> {
  /** Each shard once, in their order; reports of no shard in the order in which they were given. */
  readonly parts: readonly T[];
  readonly missing: readonly InputFailure[];
  /** For the reader: what was given twice. */
  readonly notes: readonly string[];
}

/** `areEqual` is asked where a shard is there twice. */
export function gather<T extends Belonging>(
  all: readonly T[],
  expected: number | undefined,
  areEqual: (a: T, b: T) => boolean,
): Gathered<T> | Complaint {
  const shards = all.filter(({ shard }) => shard !== undefined);
  const whole = all.find(({ shard }) => shard === undefined);
  const [first] = shards;
  if (first === undefined) return gatherWhole(all, expected, areEqual);
  if (whole !== undefined) {
    const message = `${first.name} is of shard ${nameOf(first)}, and ${whole.name} is of no shard`;
    return { message, help: 'merge the shards of one run, or reports of whole runs' };
  }
  const stranger = strangerIn(shards, first);
  if (stranger !== undefined) return stranger;
  const { of } = first.shard as ShardMark;
  if (expected !== undefined && expected !== of)
    return {
      message: `${expected} reports are expected, but the run has ${of} shards`,
      help: `take --expect ${of}, or leave it out`,
    };
  const byIndex = new Map<number, T>();
  const notes: string[] = [];
  for (const part of shards) {
    const { index } = part.shard as ShardMark;
    const known = byIndex.get(index);
    if (known === undefined) byIndex.set(index, part);
    else if (areEqual(known, part))
      notes.push(`${part.name} says what ${known.name} says: shard ${index} of ${of} counts once`);
    else {
      const message = `${known.name} and ${part.name} are both of shard ${index} of ${of}, but they differ`;
      return { message, help: 'leave out the one that is old, or run that shard again' };
    }
  }
  return { parts: [...byIndex].sort(([a], [b]) => a - b).map(([, part]) => part), missing: lost(of, byIndex), notes };
}

function nameOf({ shard }: Belonging): string {
  return `${shard?.index} of ${shard?.of}`;
}

/** Many are named one by one up to here, then counted. */
const mostNamed = 1000;

function lost(of: number, there: ReadonlyMap<number, unknown>): readonly InputFailure[] {
  const missing: InputFailure[] = [];
  let more = 0;
  for (let index = 1; index <= of; index++) {
    if (there.has(index)) continue;
    if (missing.length === mostNamed) more++;
    else
      missing.push({
        path: `shard ${index}/${of}`,
        code: 'missing-shard',
        message: `shard ${index} of ${of} is missing: its files were not checked`,
        help: `run it with --shard ${index}/${of} and merge its report as well`,
      });
  }
  if (more > 0)
    missing.push({
      path: `${more} more shards`,
      code: 'missing-shard',
      message: `${more} more shards are missing`,
      help: 'run them too',
    });
  return missing;
}

/** In the order in which they are told: other options may read other rules. */
const parts: Readonly<Record<keyof RunIdentity, readonly [differ: string, help: string]>> = {
  settings: ['other options or another project file', 'run all shards with the same options'],
  rules: ['other rules', 'run all shards with the same build of kconfig-lint'],
  inputs: ['other inputs', 'all shards must see the same files with the same contents, named in the same order'],
};

/** The first report that is of another run than `first`. */
function strangerIn(all: readonly Belonging[], first: Belonging): Complaint | undefined {
  for (const each of all) {
    const mark = each.shard as ShardMark;
    const { of, run } = first.shard as ShardMark;
    const differ = (what: string, help: string): Complaint => ({
      message: `${each.name} is of another run than ${first.name}: ${what}`,
      help,
    });
    if (mark.of !== of) return differ(`it is one of ${mark.of} shards, not of ${of}`, 'merge shards of one run');
    if (each.version !== first.version)
      return differ(`kconfig-lint ${each.version}, not ${first.version}`, 'run all shards with the same version');
    for (const [key, [what, help]] of Object.entries(parts))
      if (mark.run[key as keyof RunIdentity] !== run[key as keyof RunIdentity]) return differ(what, help);
  }
  return undefined;
}

function gatherWhole<T extends Belonging>(
  all: readonly T[],
  expected: number | undefined,
  areEqual: (a: T, b: T) => boolean,
): Gathered<T> | Complaint {
  const kept: T[] = [];
  const notes: string[] = [];
  const byNode = new Map<string, T[]>();
  for (const part of all) {
    const key = part.node ?? '';
    const others = byNode.get(key) ?? [];
    const same = others.find((other) => areEqual(other, part));
    // Machines without a name may well say the same; the report of a machine that ran twice is the same one.
    if (same !== undefined && part.node !== undefined) {
      notes.push(`${part.name} says what ${same.name} says: ${part.node} counts once`);
      continue;
    }
    if (part.node !== undefined && others[0] !== undefined) {
      const message = `${others[0].name} and ${part.name} are both of ${part.node}, but they differ`;
      return { message, help: 'leave out the one that is old' };
    }
    others.push(part);
    byNode.set(key, others);
    kept.push(part);
  }
  const few = expected === undefined ? 0 : expected - kept.length;
  const missing: InputFailure[] =
    few <= 0
      ? []
      : [
          {
            path: `${few} of ${expected} reports`,
            code: 'missing-report',
            message: `${few} of ${expected} expected reports are missing: what they are of was not checked`,
            help: `these are there: ${kept
              .slice(0, 20)
              .map(({ node, name }) => node ?? name)
              .join(', ')}${kept.length > 20 ? ` and ${kept.length - 20} more` : ''}`,
          },
        ];
  if (few < 0) notes.push(`${kept.length} reports are there, ${-few} more than expected`);
  return { parts: kept, missing, notes };
}
