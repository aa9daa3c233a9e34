/** The baseline: what it holds, what it leaves, and what is said of one that is broken. */
import { describe, expect, it } from 'vitest';
import { type Finding, fingerprintsOf } from '../../src/finding.ts';
import {
  type Baseline,
  baselineText,
  beyond,
  entriesOf,
  pruned,
  readBaseline,
  takeAll,
} from '../../src/project/baseline.ts';
import { createSource } from '../../src/source.ts';
import { memoryHost } from '../support/host.ts';

const source = createSource('x.config', 'CONFIG_A=y\n');
const finding = (id: string, symbol?: string, more: Partial<Finding> = {}): Finding => ({
  rule: { id, title: id, severity: 'error', explanation: 'Why.', references: [] },
  severity: 'error',
  symbol,
  message: `message of ${id}`,
  location: { source, span: { start: 0, end: 1 } },
  related: [],
  sameAs: [],
  advice: [],
  ...more,
});
const sum = finding('sum', 'A', { subjects: ['A', 'B'] });
const reads = (text: string) => readBaseline('known.json', memoryHost({ files: { 'known.json': text } }));
const entry = { path: 'a', rule: 'r', symbol: 'A', fingerprint: '0123456789abcdef', count: 1 };
const file = (...findings: readonly object[]) => JSON.stringify({ schemaVersion: 1, findings });

describe('a baseline', () => {
  const found = [finding('r', 'A'), finding('r', 'B'), finding('r', 'A'), finding('file'), sum];

  it('holds each symbol of each finding once, with how often', () => {
    expect(entriesOf('dir/x', found)).toEqual([
      { path: 'dir/x', rule: 'r', symbol: 'A', fingerprint: fingerprintsOf(found[0]!, 'dir/x')[0], count: 2 },
      { path: 'dir/x', rule: 'r', symbol: 'B', fingerprint: fingerprintsOf(found[1]!, 'dir/x')[0], count: 1 },
      { path: 'dir/x', rule: 'file', fingerprint: fingerprintsOf(found[3]!, 'dir/x')[0], count: 1 },
      { path: 'dir/x', rule: 'sum', symbol: 'A', fingerprint: fingerprintsOf(sum, 'dir/x')[0], count: 1 },
      { path: 'dir/x', rule: 'sum', symbol: 'B', fingerprint: fingerprintsOf(sum, 'dir/x')[1], count: 1 },
    ]);
    expect('symbol' in entriesOf('x', [finding('file')])[0]!).toBe(false);
  });

  it('takes off as many as it holds, and tells what is gone', () => {
    const known = entriesOf('x', found);
    expect(beyond(known, 'x', found)).toEqual({ fresh: [], known: 5, gone: 0 });
    expect(beyond(known, 'y', found)).toEqual({ fresh: found, known: 0, gone: 0 });
    expect(beyond(known, 'x', [])).toEqual({ fresh: [], known: 0, gone: 6 });
    const third = [...found, finding('r', 'A'), finding('r', 'C')];
    expect(beyond(known, 'x', third)).toEqual({ fresh: third.slice(5), known: 5, gone: 0 });
    // A sum is known where every one of its symbols is.
    const wider = finding('sum', 'A', { subjects: ['A', 'B', 'C'] });
    expect(beyond(known, 'x', [wider]).fresh).toEqual([wider]);
  });

  it('counts off each of several keys, there or not', () => {
    const left = new Map([
      ['a', 2],
      ['b', 1],
    ]);
    expect([
      takeAll(left, ['a', 'b']),
      takeAll(left, ['a', 'b']),
      takeAll(left, ['c', 'a']),
      takeAll(left, []),
    ]).toEqual([true, false, false, true]);
    expect([...left]).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('keeps when pruned what is found still, and no more of it', () => {
    const known = entriesOf('x', found);
    const counts = (rest: Baseline) => rest.map(({ rule, symbol, count }) => `${rule} ${symbol ?? '-'} ${count}`);
    expect(counts(pruned(known, 'x', [finding('r', 'A'), sum]))).toEqual(['r A 1', 'sum A 1', 'sum B 1']);
    const more = [finding('r', 'B'), finding('r', 'B'), finding('s', 'A')];
    expect(counts(pruned(known, 'x', more))).toEqual(['r B 1']);
    expect(pruned(known, 'y', found)).toEqual([]);
  });

  it('is written sorted, a finding a line, whatever the order', () => {
    const entries = [
      entry,
      { ...entry, fingerprint: '1123456789abcdef', count: 3 },
      { ...entry, symbol: 'B', fingerprint: '0023456789abcdef' },
      { path: 'a', rule: 's', fingerprint: '0003456789abcdef', count: 1 },
      { ...entry, rule: 's', fingerprint: '0000456789abcdef' },
      { ...entry, path: 'b', rule: 'a', fingerprint: '0000056789abcdef' },
    ];
    const lines = entries.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
    const head =
      '{\n  "$schema": "https://kconfig-lint.dev/schemas/baseline-1.json",\n  "schemaVersion": 1,\n  "findings": ';
    const text = `${head}[\n${lines}\n  ]\n}\n`;
    expect(baselineText(entries)).toBe(text);
    expect(baselineText(entries.toReversed())).toBe(text);
    expect(baselineText([3, 0, 5, 1, 4, 2].map((i) => entries[i]!))).toBe(text);
    expect(baselineText([])).toBe(`${head}[]\n}\n`);
    expect(reads(text)).toEqual(entries);
  });

  it.each([
    [
      'no file',
      undefined,
      [undefined, undefined, 'the baseline cannot be read: no such file', 'write it once with --update-baseline'],
    ],
    [
      'no JSON and no YAML',
      '{"a": [}',
      [1, 8, expect.stringContaining('Flow'), 'write it anew with --update-baseline'],
    ],
    [
      'YAML that is no JSON',
      'schemaVersion: 1\nfindings: []\n',
      [1, 1, 'this is no JSON, so no baseline', 'write it anew with --update-baseline'],
    ],
    ['no mapping', '[]', [1, 1, expect.stringContaining('the baseline'), 'write it anew with --update-baseline']],
    ['a text', '"x"', [1, 1, expect.stringContaining('the baseline'), 'write it anew with --update-baseline']],
    ['null', 'null', [1, 1, expect.stringContaining('the baseline'), 'write it anew with --update-baseline']],
    [
      'no findings',
      '{"schemaVersion": 1}',
      [1, 1, 'the baseline lacks "findings"', 'write it anew with --update-baseline'],
    ],
    [
      'findings that are none',
      '{"schemaVersion": 1, "findings": 3}',
      [1, 34, expect.stringContaining('"findings"'), 'write it anew with --update-baseline'],
    ],
    [
      'an entry that is none',
      '{"schemaVersion": 1,\n"findings": [7]}',
      [2, 14, expect.any(String), 'write it anew with --update-baseline'],
    ],
    [
      'no version',
      '{"findings": []}',
      [1, 1, 'the baseline lacks "schemaVersion"', 'write it anew with --update-baseline'],
    ],
    [
      'another version',
      '{"schemaVersion": 2, "findings": []}',
      [1, 19, expect.stringContaining('"schemaVersion"'), 'write it anew with --update-baseline'],
    ],
    [
      'a version that is no number',
      '{"schemaVersion": "x", "findings": []}',
      [1, 19, expect.stringContaining('"schemaVersion"'), 'write it anew with --update-baseline'],
    ],
    [
      'a misspelled key',
      '{"schemaVersion": 1, "findings": [], "finding": []}',
      [1, 38, 'unknown key "finding" in the baseline', 'write it anew with --update-baseline'],
    ],
    [
      'a count of nothing',
      file({ ...entry, count: 0 }),
      [1, 109, expect.stringContaining('"count"'), 'write it anew with --update-baseline'],
    ],
    [
      'a finding twice',
      file(entry, { ...entry, count: 2 }),
      [1, 163, 'the finding r of a stands here twice', 'write it anew with --update-baseline'],
    ],
  ])('is refused with its place: %s', (_, text, [line, column, message, help]) => {
    const host = memoryHost({ files: text === undefined ? {} : { 'known.json': text } });
    const [fault] = readBaseline('known.json', host);
    expect(fault).toMatchObject({ path: 'known.json', message, help, ...(line === undefined ? {} : { line, column }) });
  });

  it('that is a folder is not the one to be written', () => {
    expect(readBaseline('dir', memoryHost({ files: { 'dir/known.json': '' } }))).toEqual([
      {
        path: 'dir',
        message: 'the baseline cannot be read: this is a folder',
        help: 'name another file with --baseline',
      },
    ]);
  });

  it('may hold the same finding of two files', () => {
    expect(reads(file(entry, { ...entry, path: 'b' }))).toHaveLength(2);
  });
});
