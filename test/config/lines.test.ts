/** Every line of a config, read as a pattern reads it: what it says of which symbol, where, and which lines need a closer look. */
import { describe, expect, it } from 'vitest';
import { scanText } from '../../src/config/fast-scan.ts';
import { limits } from '../../src/config/limits.ts';
import { type EntryTable, findRow, hashName, scan } from '../../src/config/scan.ts';
import { collidingName } from '../support/collisions.ts';
import { filled } from '../support/machine.ts';
import { asPlain, scanPlainly } from '../support/plain-scan.ts';

const bytes = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
const words = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

/** From both widths of text and from both scans. */
function expectPlain(text: string): void {
  const expected = scanPlainly(text);
  const wide = words(text);
  expect(asPlain(wide, scan(wide))).toEqual(expected);
  if (!/^[\0-\x7f]*$/.test(text)) return;
  const codes = bytes(text);
  expect(asPlain(codes, scan(codes))).toEqual(expected);
  expect(asPlain(codes, scanText(codes))).toEqual(expected);
}

const regular = [
  'CONFIG_AZ_az09=y',
  'CONFIG_B2=m',
  'CONFIG_C=n',
  '# CONFIG_D is not set',
  'CONFIG_STRING="a \\"b\\" \\\\"',
  'CONFIG_EMPTY=""',
  'CONFIG_MINUS=-109',
  'CONFIG_HEX=0x90aFA',
  'CONFIG_HEXA=0X1f',
  '# what it is',
];

/** Each line with one unit less, one more or another in its place, at each place. */
function* misspelt(lines: readonly string[], units: readonly string[]): Generator<string> {
  for (const line of lines) {
    for (let at = 0; at <= line.length; at++) {
      const unit = line.charCodeAt(at);
      const near = [unit - 1, unit + 1, unit ^ 32, unit ^ 256].map((code) => String.fromCharCode(code));
      yield line.slice(0, at) + line.slice(at + 1);
      for (const other of [...units, ...(at < line.length ? near : [])]) {
        yield line.slice(0, at) + other + line.slice(at + 1);
        yield line.slice(0, at) + other + line.slice(at);
      }
    }
  }
}

const values = [
  '',
  'y',
  'm',
  'n',
  'l',
  'z',
  'o',
  '"',
  '\\',
  '0',
  '9',
  '1x',
  '0x',
  '0X',
  '-',
  'g',
  '@',
  '`',
  '[',
  '{',
  '/',
  ':',
];

describe('a line', () => {
  it('one unit away from a setting is told from it', () => {
    expectPlain([...misspelt(regular, [' ', '\t', '\r', '\n', '=', '#', '\0', '\x7f', '\x1f', '~'])].join('\n'));
  });

  it('of more than ASCII is no setting where a name has such a letter', () => {
    expectPlain([...misspelt(regular, ['\u00e9', '\u0143', '\u0120', '\u010a', '\u0122', '\uffff'])].join('\n'));
  });

  it('has any short value', () => {
    const pairs = values.flatMap((a) => values.map((b) => a + b));
    expectPlain(pairs.map((value) => `CONFIG_V=${value}`).join('\r\n'));
    expectPlain(
      pairs.flatMap((value) => [`CONFIG_V="${value}"`, `CONFIG_V=0x${value}`, `CONFIG_V=-${value}`]).join('\n'),
    );
  });

  it('may be the last one, with or without an end', () => {
    for (const line of [
      ...regular,
      '',
      '#',
      '#CONFIG_A',
      '# \t CONFIG_A',
      '#\t',
      'CONFIG_',
      'CONFIG_A',
      '# CONFIG_',
      '# CONFIG_A',
      'CONFIG_=y',
      '\t',
    ]) {
      for (const end of ['', '\n', '\r', '\r\n', '\r\r\n', '\n\r', '\n\n']) expectPlain(`CONFIG_A=y\n${line}${end}`);
      for (let length = 0; length <= line.length; length++) expectPlain(line.slice(0, length));
    }
  });
});

/** `count` settings of names that differ, as short as can be. */
const settings = (count: number): string =>
  Array.from({ length: count }, (_, i) => `CONFIG_${i.toString(36).toUpperCase()}=y\n`).join('');

describe('there is room', () => {
  it('for as many settings as a text can hold', () => {
    for (let count = 0; count < 80; count++) {
      expectPlain('CONFIG_A=y\n'.repeat(count));
      expectPlain('CONFIG_A=y\n'.repeat(count).slice(0, -1));
    }
    expectPlain(settings(3000));
  });

  it('for as many lines', () => {
    for (let count = 0; count < 150; count++) expectPlain('\n'.repeat(count));
    expectPlain(`${'\n'.repeat(2000)}CONFIG_A=y`);
  });

  it('and not much more', () => {
    const codes = filled(100_000);
    const { slots, lineStarts, line, mark } = scan(codes).table;
    expect(slots.byteLength + lineStarts.byteLength + 5 * line.byteLength + mark.byteLength).toBeLessThan(
      3.1 * codes.length,
    );
  });

  it('for a hundred control characters', () => {
    expectPlain('\u0001'.repeat(99));
    expectPlain(`CONFIG_A=y\n${'\u0001'.repeat(150)}`);
  });
});

describe('names', () => {
  const found = (text: string, name: string) =>
    [words(text), bytes(text)].map((codes) => findRow(codes, scan(codes).table, name));

  it('are found by the whole of them', () => {
    expect(found('CONFIG_ABC=y\nCONFIG_AB=y\n', 'ABC')).toEqual([0, 0]);
    expect(found('CONFIG_ABC=y\nCONFIG_AB=y\n', 'AB')).toEqual([1, 1]);
    for (const name of ['A', 'ABCD', 'BC', 'ABD', '', 'ABC=', 'A\u0142C'])
      expect(found('CONFIG_ABC=y\n', name)).toEqual([-1, -1]);
    expect(findRow(bytes('CONFIG_ABC=y\n'), scan(bytes('CONFIG_ABC=y\n')).table, 'ABC', hashName('ABC'))).toBe(0);
  });

  it('of one hash are told apart by length and by every letter', () => {
    const [a, b, c] = [collidingName(1), collidingName(2), collidingName(255)];
    const others = ['JAU51GPX', 'A9EE_F_Z', 'OFTI1JC9I', 'P1IACQVP'];
    expect(new Set(others.map(hashName)).size).toBe(2);
    const text = [a, b, c, b, ...others, others[3], a].map((name) => `CONFIG_${name}=y\n`).join('');
    expectPlain(text);
    expect(found(text, collidingName(3))).toEqual([-1, -1]);
    expect(found(`CONFIG_${others[0]}=y\n`, others[1] as string)).toEqual([-1, -1]);
    expect(found(`CONFIG_${others[2]}=y\n`, others[3] as string)).toEqual([-1, -1]);
  });

  it.each([
    ['HPSJ', 'HPSJAY9'],
    ['HHHH', 'HHHHAAAA'],
  ])('of one hash are told apart where one begins as the other: %s and %s', (short, long) => {
    expect(hashName(short)).toBe(hashName(long));
    for (const names of [[short], [long], [short, long], [long, short, long, short]]) {
      const text = names.map((name) => `CONFIG_${name}=y\n`).join('');
      expectPlain(text);
      for (const name of [short, long]) expect(found(text, name)).toEqual(Array(2).fill(names.lastIndexOf(name)));
    }
  });

  const colliding = (count: number) =>
    Array.from({ length: count }, (_, i) => `CONFIG_${collidingName(i)}=y\n`).join('');

  it('of one hash are kept as ever where they are some hundreds', () => {
    expect(scan(bytes(colliding(1400))).table.named).toBeUndefined();
  });

  it('of one hash without end are kept in another way, and found there', () => {
    const long = 'L'.repeat(1023);
    const text =
      colliding(1500) +
      [long, `${long}O`, `${long}ON`, long.repeat(3), collidingName(7), collidingName(1490), long]
        .map((name) => `# CONFIG_${name} is not set\n`)
        .join('');
    const codes = bytes(text);
    const scanned = scan(codes);
    expect(scanned.table.named).toBeDefined();
    expect(asPlain(codes, scanned)).toEqual(scanPlainly(text));
    expect(findRow(codes, scanned.table, collidingName(1500))).toBe(-1);
    // The next document has its own names.
    const next = bytes('CONFIG_A=y\n');
    expect(asPlain(next, scan(next, scanned.table))).toEqual(scanPlainly('CONFIG_A=y\n'));
  });
});

describe('a table that is no longer needed', () => {
  const text = `${settings(30)}${settings(30)}CONFIG_A\n`;
  const scanWith = (text: string, reuse: EntryTable | undefined) => scan(bytes(text), reuse);

  it('is used again, without what was in it', () => {
    const { table } = scanWith(text, undefined);
    for (const next of [settings(20), text, 'CONFIG_Z=y\n', '', '\n'.repeat(600)]) {
      const again = scanWith(next, table);
      expect(again.table).toBe(table);
      expect(asPlain(bytes(next), again)).toEqual(scanPlainly(next));
    }
  });

  it('leaves to an earlier document the duplicates it was asked for', () => {
    const first = scanWith(text, undefined);
    const { duplicates } = first.table;
    scanWith('CONFIG_A=y\n', first.table);
    expect(duplicates).toEqual(scanPlainly(text).duplicates);
  });

  it('is not used where it is too small', () => {
    for (let count = 0; count < 140; count += count < 50 || count > 70 ? 7 : 1) {
      const larger = settings(count + 1);
      const { table } = scanWith('CONFIG_A=y\n'.repeat(count), undefined);
      expect(asPlain(bytes(larger), scanWith(larger, table))).toEqual(scanPlainly(larger));
    }
  });
});

describe('a limit', () => {
  const scanned = (text: string, given: Partial<typeof limits>) => {
    const codes = bytes(text);
    return asPlain(codes, scan(codes, undefined, { ...limits, ...given }));
  };
  const text = 'CONFIG_A=y\n#\nCONFIG_B=m\nCONFIG_A=n\n';

  it('holds what reaches it', () => {
    expect(scanned(text, { lines: 4, symbols: 3, lineLength: 10 })).toEqual(scanPlainly(text));
    expect(scanned(settings(64), { symbols: 64 })).toEqual(scanPlainly(settings(64)));
  });

  it('on lines ends the scan where it is passed', () => {
    const { lines, exceeded, rows, lineStarts } = scanned(text, { lines: 3 });
    expect({ lines, exceeded, lineStarts }).toEqual({
      lines: 3,
      exceeded: { limit: 'too-many-lines', at: 24 },
      lineStarts: [0, 11, 13, 24],
    });
    expect(rows).toHaveLength(2);
  });

  it.each([text, text.slice(0, -1), `${text}#\nCONFIG_C=y\n`])(
    'on settings ends the scan where it is passed in %j',
    (text) => {
      const { lines, exceeded, rows, duplicates, lineStarts } = scanned(text, { symbols: 2 });
      expect({ lines, exceeded, duplicates, lineStarts }).toEqual({
        lines: 3,
        exceeded: { limit: 'too-many-symbols', at: 24 },
        duplicates: [],
        lineStarts: [0, 11, 13, 24],
      });
      expect(rows).toHaveLength(2);
    },
  );

  it('on the length of a line is told of the first line that passes it, and all are read', () => {
    const long = `${text}CONFIG_LONG=y\r\n${text}CONFIG_LONGER=y`;
    const expected = scanPlainly(long);
    expect(scanned(long, { lineLength: 13 })).toEqual({ ...expected, exceeded: { limit: 'line-too-long', at: 85 } });
    expect(scanned(long, { lineLength: 12 })).toEqual({ ...expected, exceeded: { limit: 'line-too-long', at: 35 } });
    expect(scanned(long, { lineLength: 12, lines: 6 }).exceeded).toEqual({ limit: 'line-too-long', at: 35 });
    expect(scanned(long, { lineLength: 12, symbols: 5 }).exceeded).toEqual({ limit: 'line-too-long', at: 35 });
  });
});
