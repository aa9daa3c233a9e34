/** Which shard takes what: by content alone, all of it, each once, about as much for each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesInWords } from '../../src/shards/nodes.ts';
import { parseShard, shardOf, shareOf } from '../../src/shards/shard.ts';

const digests = fc.stringMatching(/^[0-9a-f]{64}$/);
const inputs = fc.uniqueArray(fc.record({ path: fc.string(), digest: fc.option(digests, { nil: undefined }) }), {
  selector: ({ path }) => path,
});

describe('the inputs of shards', () => {
  it('are each in exactly one of them, unless nobody can read them', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 20 }), (all, of) => {
        const shares = Array.from({ length: of }, (_, i) => shareOf(all, { index: i + 1, of }));
        for (const [place, { path, digest }] of all.entries()) {
          const holding = shares.filter(({ paths }) => paths.includes(path));
          expect(holding.length).toBe(digest === undefined ? of : 1);
          expect(holding[0]?.places.get(path)).toBe(place);
        }
      }),
    );
  });

  it('hang on their content, whatever stands beside them, whatever they are called', () => {
    fc.assert(
      fc.property(digests, inputs, fc.integer({ min: 1, max: 20 }), (digest, others, of) => {
        const index = shardOf(digest, of);
        expect(index).toBeGreaterThanOrEqual(1);
        expect(index).toBeLessThanOrEqual(of);
        const all = [
          ...others.map(({ path, digest }) => ({ path: `x${path}`, digest })),
          { path: 'me', digest },
          { path: 'my twin', digest },
        ];
        const { paths } = shareOf(all, { index, of });
        expect(paths).toContain('me');
        expect(paths).toContain('my twin');
      }),
    );
  });

  it('are about as many for each', () => {
    const sizes = Array.from({ length: 8 }, () => 0);
    for (let i = 0; i < 8000; i++) {
      const digest = Math.imul(i + 1, 0x9e3779b1)
        .toString(16)
        .replace('-', '')
        .padStart(8, '0')
        .repeat(8);
      sizes[shardOf(digest, 8) - 1] = (sizes[shardOf(digest, 8) - 1] ?? 0) + 1;
    }
    for (const size of sizes) expect(Math.abs(size - 1000)).toBeLessThan(200);
  });
});

describe('the words of --shard', () => {
  it('are two numbers, the first no greater than the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2, max: 200_000 }), fc.integer({ min: -2, max: 200_000 }), (index, of) => {
        const isRight = index >= 1 && of >= 1 && index <= of && of <= 100_000;
        expect('index' in parseShard(`${index}/${of}`)).toBe(isRight);
      }),
    );
    for (const text of ['', '/', '1/', '/2', '1/2/3', ' 1/2', '1/2 ', '1.5/2', '1e1/20', 'a/b', '１/２'])
      expect(parseShard(text)).toHaveProperty('message');
  });
});

describe('machines in words', () => {
  it.each([
    [['a'], 1, 'on a'],
    [['a'], 3, 'on 1 of 3 machines: a'],
    [['a', 'b'], 2, 'on 2 machines'],
    [['a', 'b'], 500, 'on 2 of 500 machines: a, b'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 9, 'on 7 of 9 machines: a, b, c, d, e and 2 more'],
  ])('%j of %d', (nodes, all, words) => {
    expect(nodesInWords(nodes, all)).toBe(words);
  });
});
