/** What once brought a reader down, and must not again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/corpus.ts';
import { targets } from './targets.ts';

const folder = join(root, 'test/fuzz/crashes');
const crashes = existsSync(folder) ? readdirSync(folder) : [];

describe('fuzzing', () => {
  it.each(targets.map((target) => [target.name, target] as const))('%s takes its own seeds', (_name, target) => {
    const seeds = target.seeds(root);
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds.slice(0, 5)) expect(() => target.run(seed)).not.toThrow();
  });

  it.skipIf(crashes.length === 0).each(crashes)('%s does no harm any more', (name) => {
    const target = targets.find((each) => name.startsWith(`${each.name}-`));
    expect(target).toBeDefined();
    expect(() => target?.run(readFileSync(join(folder, name)))).not.toThrow();
  });
});
