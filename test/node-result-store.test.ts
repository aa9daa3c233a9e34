/** Results on disk: what is given back is what was kept, or nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openResultStore, type ResultStore, userCacheFolder } from '../src/node-result-store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(env: Record<string, string> = { KCONFIG_LINT_CACHE_KEY: 'a secret' }, limit?: number): ResultStore {
  const store = openResultStore(folder, env, limit);
  if (typeof store === 'string') throw new Error(store);
  return store;
}

function keep(store: ResultStore, context: string, entries: Readonly<Record<string, string>>): void {
  const segment = store.create(context);
  for (const [key, text] of Object.entries(entries)) segment.add(key, Buffer.from(text));
  segment.commit(['looks']);
  expect(segment.failure()).toBeUndefined();
}

const names = (): string[] => readdirSync(join(folder, 'results'));

function found(store: ResultStore, context: string, key: string): string | undefined {
  const segments = store.segments(context);
  const text = segments.map((segment) => segment.read(key)?.toString()).find((each) => each !== undefined);
  for (const segment of segments) segment.close();
  return text;
}

describe('results on disk', () => {
  it('come back as they were, for the same context and key alone', () => {
    const store = open();
    keep(store, 'one', { a: 'ä ✖ \u0000', b: '' });
    expect([found(store, 'one', 'a'), found(store, 'one', 'b')]).toEqual(['ä ✖ \u0000', '']);
    expect([found(store, 'one', 'c'), found(store, 'two', 'a')]).toEqual([undefined, undefined]);
    expect(store.segments('one')[0]?.looks).toEqual(['looks']);
    expect(statSync(join(folder, 'results', names()[0] as string)).mode & 0o077).toBe(0);
  });

  it('are as kept or absent, whatever happens to the bytes', () => {
    const store = open();
    keep(store, 'one', { a: 'first', b: 'second', c: 'x'.repeat(300) });
    const path = join(folder, 'results', names()[0] as string);
    const whole = readFileSync(path);
    const wanted: Record<string, string> = { a: 'first', b: 'second', c: 'x'.repeat(300) };
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(whole.length),
        fc.boolean(),
        (at, flip, length, isCut) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] as number) ^ flip;
          writeFileSync(path, isCut ? bytes.subarray(0, length) : bytes);
          for (const key of ['a', 'b', 'c']) expect([undefined, wanted[key]]).toContain(found(store, 'one', key));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of another key, or moved to another context, are absent', () => {
    keep(open(), 'one', { a: 'clean' });
    expect(found(open({ KCONFIG_LINT_CACHE_KEY: 'another' }), 'one', 'a')).toBeUndefined();
    const [name] = names();
    writeFileSync(
      join(folder, 'results', (name as string).replace('one-', 'two-')),
      readFileSync(join(folder, 'results', name as string)),
    );
    expect(found(open(), 'two', 'a')).toBeUndefined();
    expect(found(open(), 'one', 'a')).toBe('clean');
  });

  it('have a key of the user, which others cannot read and must not write', () => {
    const env = { XDG_CACHE_HOME: join(folder, 'home') };
    open(env);
    const path = join(folder, 'home/kconfig-lint/cache.key');
    const { mode, size } = statSync(path);
    expect([mode & 0o777, size]).toEqual([0o600, 32]);
    writeFileSync(path, 'short');
    expect(openResultStore(folder, env)).toContain('damaged');
    open(env);
    expect(statSync(path).size).toBe(32);
  });

  it('stay within their limit: what was not used for longest goes', () => {
    const store = open(undefined, 4000);
    for (const [i, context] of ['old', 'older', 'new'].entries()) {
      keep(store, context, { a: context.padEnd(1200) });
      const name = names().find((each) => each.startsWith(`${context}-`)) as string;
      utimesSync(join(folder, 'results', name), 0, [2000, 1000, 3000][i] as number);
    }
    store.tidy();
    expect(names().map((name) => name.split('-')[0])).toEqual(['new', 'old']);
    // One run alone may take half of it.
    keep(store, 'large', { a: 'x'.repeat(1500), b: 'y'.repeat(1500) });
    expect([found(store, 'large', 'a')?.length, found(store, 'large', 'b')]).toEqual([1500, undefined]);
  });

  it('leave nothing behind where a run does not end, and old scraps are swept', () => {
    const store = open();
    const segment = store.create('one');
    segment.add('a', Buffer.from('text'));
    expect(names()).toHaveLength(1);
    expect(found(store, 'one', 'a')).toBeUndefined();
    segment.abandon();
    expect(names()).toEqual([]);
    writeFileSync(join(folder, 'results/.one-x.tmp'), 'scrap');
    store.tidy();
    expect(names()).toHaveLength(1);
    utimesSync(join(folder, 'results/.one-x.tmp'), 0, 0);
    store.tidy();
    expect(names()).toEqual([]);
  });

  it('have no folder where the home is none', () => {
    expect(userCacheFolder({ XDG_CACHE_HOME: '/var/cache' })).toBe('/var/cache/kconfig-lint');
    // The standard has a relative one ignored: it would lie in a checkout.
    expect(userCacheFolder({ XDG_CACHE_HOME: '.cache' })).not.toContain('.cache/.cache');
    expect(userCacheFolder({ XDG_CACHE_HOME: '.cache' })?.startsWith('/')).toBe(true);
  });
});
