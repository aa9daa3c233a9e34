/** YAML as it is read: values with their places, limits from both sides, and what is refused where. */
import { describe, expect, it } from 'vitest';
import { type Tree, treeLimits } from '../../src/artifacts/tree.ts';
import { faultAt, offsetOfPath, readYaml, readYamlTrees, type YamlFile, yamlLimits } from '../../src/profiles/yaml.ts';
import { createSource } from '../../src/source.ts';

const read = (text: string) => readYaml(createSource('f.yaml', text));
const file = (text: string): YamlFile => {
  const found = read(text);
  if (!('value' in found)) throw new Error(found[0]?.message);
  return found;
};
const faults = (text: string) => {
  const found = read(text);
  return 'value' in found ? [] : found.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe('a fault', () => {
  it('has a place, and help where there is some', () => {
    const source = createSource('f.yaml', 'ab\ncd\n');
    expect(faultAt(source, 4, 'bad')).toEqual({ path: 'f.yaml', line: 2, column: 2, message: 'bad' });
    expect(faultAt(source, 99, 'bad', 'mend')).toEqual({
      path: 'f.yaml',
      line: 3,
      column: 1,
      message: 'bad',
      help: 'mend',
    });
  });
});

describe('of many faults', () => {
  it('the first twenty are told, and errors made elsewhere have their traces', () => {
    const told = faults('a: b\n}\n'.repeat(500));
    expect(told).toHaveLength(20);
    expect(told[0]).toMatch(/^2:1 /);
    expect(Error.stackTraceLimit).toBeGreaterThan(0);
  });
});

describe('a file', () => {
  it('holds texts, lists and mappings without a prototype', () => {
    const { value } = file('a: 1\nb: [x, "y", ~]\nc: {d: true, e: }\nf:\n  - g: null\n');
    expect(value).toEqual({ a: '1', b: ['x', 'y', '~'], c: { d: 'true', e: '' }, f: [{ g: 'null' }] });
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(file('').value).toBe(null);
    expect(file('x').value).toBe('x');
    expect(file('<<: {a: 1}\n').value).toEqual({ '<<': { a: '1' } });
  });

  it.each([
    ['sequences', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['mappings', (depth: number) => `${'{a: '.repeat(depth)}x${'}'.repeat(depth)}`],
    ['keys', (depth: number) => `${'? ['.repeat(depth)}${']'.repeat(depth)}`],
    ['dashes', (depth: number) => `${'- '.repeat(depth)}x`],
    ['indents', (depth: number) => Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ])('may nest %s to a limit, and no deeper', (_, text) => {
    const tooDeep = /^\d+:\d+ nested more than 64 levels deep$/;
    expect(faults(text(300))[0]).toMatch(tooDeep);
    expect(faults(text(300))).toHaveLength(1);
    expect(faults(text(20)).filter((message) => tooDeep.test(message))).toEqual([]);
  });

  it('may nest 64 levels exactly', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}x${']'.repeat(depth)}`;
    expect(faults(nested(64))).toEqual([]);
    expect(faults(nested(65))).toEqual(['1:65 nested more than 64 levels deep']);
    expect(faults(`a: 1\nb: ${nested(63)}`)).toEqual([]);
    expect(faults(`a: 1\nb: ${nested(64)}`)).toEqual(['2:67 nested more than 64 levels deep']);
  });

  it('may be as large as the limit, and have as many keys', () => {
    const sized = (size: number) => `a: ${'x'.repeat(size - 4)}\n`;
    expect(faults(sized(yamlLimits.size))).toEqual([]);
    expect(faults(sized(yamlLimits.size + 1))).toEqual(['1:1 the file is larger than 1048576 bytes']);
    const keys = (count: number) => `top:\n${Array.from({ length: count }, (_, i) => `  k${i}: 1\n`).join('')}`;
    expect(faults(keys(5000))).toEqual([]);
    expect(faults(keys(5001))).toEqual(['2:3 more than 5000 keys in one mapping']);
  });

  it.each([
    ['a: &x 1\nb: [*x]\n', '2:5 aliases are not allowed here'],
    ['a:\n  b: 1\n  b: 2\n', '3:3 "b" stands here twice'],
    ['a: 1\n? [x]\n: 2\n', '2:3 a key must be plain text'],
    [': 1\n? \n: 2\n', '2:3 "" stands here twice'],
    ['a: !!x y\n', '1:4 Unresolved tag: tag:yaml.org,2002:x'],
    ['a: 1\n--- \nb: 2\n', '2:1 a second document starts here'],
  ])('is refused: %j', (text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });
});

describe('a path', () => {
  const text = 'a: 1\nb:\n  - x\n  - {c: y, d: }\ne: {f: {g: z}}\n';
  const to = (path: readonly (string | number)[], onKey = false) =>
    text.slice(offsetOfPath(file(text), path, onKey)).split('\n')[0];

  it.each<[readonly (string | number)[], boolean, string | undefined]>([
    [[], false, 'a: 1'],
    [['a'], false, '1'],
    [['a'], true, 'a: 1'],
    [['b', 1], false, '{c: y, d: }'],
    [['b', 1, 'c'], false, 'y, d: }'],
    [['b', 1, 'c'], true, 'c: y, d: }'],
    [['e', 'f', 'g'], true, 'g: z}}'],
    [['e', 'f'], true, 'f: {g: z}}'],
    // Where a path leads out of the file, as far as it goes.
    [['b', 1, 'gone', 'c'], true, '{c: y, d: }'],
    [['e', 'gone'], false, '{f: {g: z}}'],
    [['gone'], true, 'a: 1'],
    [['a', 'b', 'c'], false, '1'],
  ])('%j leads to its place (on the key: %j)', (path, onKey, expected) => {
    expect(to(path, onKey)).toBe(expected);
  });

  it('leads nowhere in an empty file', () => {
    expect(offsetOfPath(file(''), ['a'])).toBe(0);
    expect(offsetOfPath(file('- a\n'), [5])).toBe(0);
    expect(offsetOfPath(file('1: a\n'), [1])).toBe(3);
    // A key without a value has none to point at.
    expect(offsetOfPath(file('{b: 1, a}'), ['a'])).toBe(7);
  });
});

describe('a stream of documents', () => {
  const trees = (text: string) => {
    const found = readYamlTrees(createSource('f.yaml', text));
    if (!Array.isArray(found)) throw new Error('message' in found ? found.message : '');
    return found as readonly Tree[];
  };
  const fault = (text: string) => {
    const found = readYamlTrees(createSource('f.yaml', text));
    return 'message' in found ? [found.offset, found.message] : [];
  };
  const plainly = (tree: Tree): unknown => {
    if (tree.kind === 'map') return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plainly(value)]));
    return tree.kind === 'list' ? tree.items.map(plainly) : tree.isNull ? null : tree.value;
  };

  it('is one tree each, also where a document is empty', () => {
    expect(trees('a: 1\n---\n---\n# nothing\n---\n- b\n').map(plainly)).toEqual([{ a: '1' }, null, null, ['b']]);
    expect(trees('')).toEqual([]);
    expect(trees('# only a comment\n')).toEqual([]);
    expect(trees('---\n').map(plainly)).toEqual([null]);
  });

  it('has every part with its place', () => {
    expect(trees('a: [x, "y"]\n')).toEqual([
      {
        kind: 'map',
        span: { start: 0, end: 12 },
        entries: [
          {
            key: 'a',
            keySpan: { start: 0, end: 1 },
            value: {
              kind: 'list',
              span: { start: 3, end: 11 },
              items: [
                { kind: 'text', span: { start: 4, end: 5 }, value: 'x', isNull: false, isQuoted: false },
                { kind: 'text', span: { start: 7, end: 10 }, value: 'y', isNull: false, isQuoted: true },
              ],
            },
          },
        ],
      },
    ]);
  });

  it.each([
    ['a:', true],
    ['a: ~', true],
    ['a: null', true],
    ['a: Null', true],
    ['a: NULL', true],
    ['a: nULL', false],
    ['a: "null"', false],
    ["a: ''", false],
    ['a: nullx', false],
    ['a: xnull', false],
    ['a: |\n  null', false],
    ['a: x', false],
  ])('%j is nothing: %j', (text, isNull) => {
    expect((trees(text)[0] as Extract<Tree, { kind: 'map' }>).entries[0]?.value).toMatchObject({
      kind: 'text',
      isNull,
    });
  });

  it('has a place for what is not there', () => {
    expect(trees('{a, b: 1}')).toMatchObject([
      { entries: [{ key: 'a', value: { kind: 'text', span: { start: 2, end: 2 }, value: '', isNull: true } }, {}] },
    ]);
    expect(trees('- \n- x\n').map(plainly)).toEqual([[null, 'x']]);
  });

  it('takes aliases for what their anchors held before them', () => {
    expect(trees('a: &x {b: 1}\nc: *x\nd: [*x]\ne: &x 2\nf: *x\n').map(plainly)).toEqual([
      { a: { b: '1' }, c: { b: '1' }, d: [{ b: '1' }], e: '2', f: '2' },
    ]);
    expect(fault('a: *x\n')[0]).toBe(3);
    expect(fault('a: &x [*x]\n')).toEqual([7, 'there is no anchor "x" before this']);
    expect(fault('a: &x 1\n---\nb: *x\n')[0]).toBe(15);
  });

  it.each<[string, string, number, string | RegExp]>([
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 10, '"a" stands here twice'],
    ['a key that is no text', 'a: 1\n? [b]\n: 2\n', 7, 'a key must be plain text'],
    ['the first of several faults', '? [b]\n: 2\nc: 1\nc: 2\n', 2, 'a key must be plain text'],
    ['broken syntax', 'a: [1\n', 6, /^Flow sequence/],
    ['broken syntax in a later document', 'a: 1\n---\nb: "x\n', 15, /quote/],
    ['a fault in a later document', 'a: 1\n---\nb: 1\nb: 2\n', 14, '"b" stands here twice'],
    ['too deep a nest', '['.repeat(80), 64, 'nested more than 64 levels deep'],
    [
      'too many documents',
      '--- a\n'.repeat(yamlLimits.documents + 1),
      0,
      `more than ${yamlLimits.documents} documents in one file`,
    ],
    ['too large a file', ' '.repeat(yamlLimits.size + 1), 0, 'the file is larger than 1048576 bytes'],
  ])('is refused for %s', (_, text, offset, message) => {
    const found = fault(text);
    expect(found[0]).toBe(offset);
    if (typeof message === 'string') expect(found[1]).toBe(message);
    else expect(found[1]).toMatch(message);
  });

  it('may be as large as the limits allow', () => {
    expect(trees(`a: ${'x'.repeat(yamlLimits.size - 3)}`)).toHaveLength(1);
    const items = `[${'1,'.repeat(treeLimits.nodes + 1)}]`;
    expect(fault(items)).toEqual([1 + 2 * treeLimits.nodes, `the document holds more than ${treeLimits.nodes} values`]);
  });
});
