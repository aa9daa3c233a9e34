/** What the kernel's own conf made of small random trees, as it was recorded: see scripts/conf-answers.mjs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/finding.ts';
import { dialectOfVersion } from '../../src/kconfig/index.ts';
import { engineOnSmall, kconfigOf, smallCase } from '../conformance/small.ts';
import { root } from '../support/corpus.ts';

interface Recorded {
  readonly release: string;
  /** `major * 1000 + minor`. */
  readonly version: number;
  /** For each seed what conf wrote, as a fingerprint. */
  readonly answers: readonly string[];
}

const recorded: readonly Recorded[] = JSON.parse(readFileSync(join(root, 'test/data/conf-answers.json'), 'utf8'));
const step = 10;

describe.each(recorded.map((each) => [each.release, each] as const))('conf of %s', (_, { version, answers }) => {
  const dialect = dialectOfVersion(version);
  const starts = Array.from({ length: answers.length / step }, (_, i) => i * step);
  it.each(starts)('agrees on the trees from seed %d', (start) => {
    for (let seed = start; seed < start + step; seed++) {
      const small = smallCase(seed, dialect.choices === 'classic');
      const ours = engineOnSmall(small, dialect);
      if (fingerprint(ours) !== answers[seed])
        expect.fail(`seed ${seed}, ${small.mode}:\n${kconfigOf(small.made, dialect)}\n--- ours\n${ours}`);
    }
  });
});
