/** The small words of layer 0: positions, unsafe characters, suggestions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../src/invisible.ts';
import { createAsciiSource, createSource, lineSpanOf, positionOf, textBetween } from '../src/source.ts';
import { didYouMean, distance, nearest } from '../src/suggest.ts';

describe('positions', () => {
  it('count lines and UTF-16 columns from 1', () => {
    const source = createSource('f', 'ab\r\n€c\n');
    expect([0, 2, 4, 5, 7].map((at) => positionOf(source, at))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 3, column: 1 },
    ]);
    expect([0, 1, 2, 9].map((line) => lineSpanOf(source, line))).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
      { start: 7, end: 7 },
      { start: 7, end: 7 },
    ]);
    expect(positionOf(createSource('f', ''), 0)).toEqual({ line: 1, column: 1 });
  });

  it('decode bytes only when the text is asked for', () => {
    let decoded = 0;
    const source = createAsciiSource('f', Buffer.from('abcdef'), (bytes) => {
      decoded++;
      return Buffer.from(bytes).toString('latin1');
    });
    expect(textBetween(source, 1, 3)).toBe('bc');
    expect(decoded).toBe(0);
    expect(source.text + source.text).toBe('abcdefabcdef');
    expect(decoded).toBe(1);
    expect(textBetween(createSource('f', 'x'.repeat(3000)), 1, 2500)).toHaveLength(2499);
  });
});

describe('unsafe characters', () => {
  const bad = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

  it('never come through, whatever the code point', () => {
    const through: number[] = [];
    for (let c = 0; c <= 0x10ffff; c++) {
      const shown = visible(String.fromCodePoint(c));
      if (bad.test(shown) || !shown.isWellFormed()) through.push(c);
    }
    expect(through).toEqual([]);
  });

  it('never come through in any text, and harmless text does unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(bad.test(shown)).toBe(false);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(visible('größe\t"ß" 漢 😀')).toBe('größe\t"ß" 漢 😀');
    expect(visible('\u001b[31m\n\u202e\ud800')).toBe('\\u{1B}[31m\\u{A}\\u{202E}\\u{D800}');
  });
});

describe('suggestions', () => {
  it('are the nearest words first', () => {
    const known = ['krata-zone', 'krata-host', 'xen-guest', 'virtink'];
    expect(nearest('krata-zon', known)).toEqual(['krata-zone']);
    expect(nearest('krata-most', known)).toEqual(['krata-host']);
    expect(nearest('vritink', known)).toEqual(['virtink']);
    expect(nearest('guest', known)).toEqual(['xen-guest']);
    expect(nearest('zzzz', known)).toEqual([]);
    expect(didYouMean('krata', ['krata-zone'])).toBe('did you mean krata-zone?');
    expect(didYouMean('abc', ['abd', 'abe'])).toBe('did you mean abd or abe?');
    expect(didYouMean('zzzz', known)).toBe('');
  });

  it('measure edits with transpositions, up to a limit', () => {
    expect([
      distance('abc', 'acb', 3),
      distance('abc', 'abc', 3),
      distance('abc', 'xyz', 2),
      distance('a', 'abcdef', 2),
    ]).toEqual([1, 0, 3, 3]);
  });
});
