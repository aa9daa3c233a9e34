/** What shards say of the project file, where only all of them together know what is true. */

const unusedRule = 'unused-waiver';

/**
 * One finding for each key. That a waiver is of no use holds where all `shards` say so; of an expired one the words of a shard that has
 * a use for it count, which are the shorter ones.
 */
export function agreedOn<T extends { readonly message: unknown; readonly rule?: string; readonly ruleId?: string }>(
  lists: readonly (readonly T[])[],
  shards: number,
  keyOf: (finding: T) => string,
): readonly T[] {
  const found = new Map<string, { finding: T; times: number }>();
  for (const list of lists) {
    for (const finding of list) {
      const known = found.get(keyOf(finding));
      if (known === undefined) found.set(keyOf(finding), { finding, times: 1 });
      else {
        known.times++;
        if (lengthOf(finding) < lengthOf(known.finding)) known.finding = finding;
      }
    }
  }
  return [...found.values()]
    .filter(({ finding, times }) => (finding.rule ?? finding.ruleId) !== unusedRule || times === shards)
    .map(({ finding }) => finding);
}

const lengthOf = ({ message }: { readonly message: unknown }): number => JSON.stringify(message).length;
