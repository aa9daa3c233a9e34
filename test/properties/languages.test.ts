/** Properties of the smaller languages: command lines, YAML, ranges of releases, patterns, positions and messages of editors. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseCommandLine } from '../../src/artifacts/cmdline.ts';
import { unpack } from '../../src/artifacts/compression/index.ts';
import { createFrames } from '../../src/lsp/framing.ts';
import { lineEdits } from '../../src/lsp/line-edits.ts';
import { placesIn } from '../../src/lsp/positions.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { readYaml } from '../../src/profiles/yaml.ts';
import { createSource } from '../../src/source.ts';
import { formatKernelVersion, formatRange, inRange, parseKernelVersion, parseRange } from '../../src/target.ts';
import { textMatches } from '../../src/wildcard.ts';
import { anyText } from './arbitraries.ts';
import { property } from './property.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,9}$/);
const value = fc.stringMatching(/^[a-zA-Z0-9,:/ =-]{0,12}$/);
const parameters = fc.array(fc.tuple(word, fc.option(value, { nil: undefined })), { maxLength: 8 });
type Parameters = readonly (readonly [string, string | undefined])[];
const spelled = (list: Parameters): string =>
  list
    .map(([name, each]) => (each === undefined ? name : `${name}=${each.includes(' ') ? `"${each}"` : each}`))
    .join(' ');
const read = (text: string): [string, string | undefined][] =>
  parseCommandLine(text).parameters.map((each) => [each.name, each.value]);
const asRead = (list: Parameters): [string, string | undefined][] =>
  list.map(([name, each]) => [name.replaceAll('-', '_'), each]);

describe('a command line', () => {
  property('is read as it was spelled, quotes and all', parameters, (list) => {
    expect(read(spelled(list))).toEqual(asRead(list));
  });

  property('put behind another says what both say', fc.tuple(parameters, parameters), ([a, b]) => {
    expect(read(`${spelled(a)} ${spelled(b)}`)).toEqual([...read(spelled(a)), ...read(spelled(b))]);
  });

  property(
    'keeps the place of each parameter, in order and apart',
    fc.string({ unit: fc.constantFrom('a', 'b', '=', '"', ' ', '-', '.', '\t') }),
    (text) => {
      const { parameters: found, init } = parseCommandLine(text);
      let at = 0;
      for (const { start, end } of [...found.map(({ span }) => span), ...init]) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    },
  );

  property('is read alike with a blank and with many', parameters, (list) => {
    expect(read(`  ${spelled(list).replaceAll(/ (?=[a-z][^"]*(?:"[^"]*"[^"]*)*$)/g, ' \t ')}  `)).toEqual(
      read(spelled(list)),
    );
  });
});

const plainYaml = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'grapheme-ascii' }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^\w{1,6}$/), tie('tree'), { maxKeys: 4 }),
  ),
})).tree;

describe('YAML', () => {
  property('that is JSON comes back as it was, every scalar a text', plainYaml, (tree) => {
    const file = readYaml(createSource('x.yaml', JSON.stringify(tree)));
    expect('value' in file ? JSON.parse(JSON.stringify(file.value)) : file).toEqual(JSON.parse(JSON.stringify(tree)));
  });

  property(
    'nested too deep is refused with a place, never by running out of stack',
    fc.tuple(fc.integer({ min: 65, max: 4000 }), fc.constantFrom('[', '{a: ', '- ', '? ')),
    ([depth, open]) => {
      const found = readYaml(createSource('x.yaml', open.repeat(depth)));
      expect(Array.isArray(found) && found[0].line).toBe(1);
    },
    3,
  );

  property(
    'with a key twice is refused',
    fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.array(fc.stringMatching(/^[a-z]{7,9}$/), { maxLength: 4 })),
    ([key, others]) => {
      const text = [key, ...new Set(others), key].map((each) => `${each}: x\n`).join('');
      const found = readYaml(createSource('x.yaml', text));
      expect(Array.isArray(found) && found[0].message).toContain('twice');
    },
  );
});

const bound = fc
  .tuple(
    fc.constantFrom('>=', '<=', '<', '>', '='),
    fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 }),
  )
  .map(([op, parts]) => op + parts.join('.'));
const release = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300 }))
  .map(([a, b, c]) => a * 1e6 + b * 1e3 + c);

describe('releases and ranges', () => {
  property(
    'are written as they are read',
    fc.tuple(fc.array(bound, { minLength: 1, maxLength: 3 }), release),
    ([bounds, version]) => {
      expect(formatRange(parseRange(bounds.join(' ')) ?? [])).toBe(bounds.join(' '));
      expect(parseKernelVersion(formatKernelVersion(version))).toBe(version);
    },
  );

  property(
    'hold where each of their bounds does',
    fc.tuple(fc.array(bound, { minLength: 1, maxLength: 3 }), release),
    ([bounds, version]) => {
      const holds = (text: string): boolean => inRange(parseRange(text) ?? [], version);
      expect(holds(bounds.join(' '))).toBe(bounds.every(holds));
    },
  );

  property('are of two halves: each release is below a bound or not', fc.tuple(bound, release), ([text, version]) => {
    const [, op = '', rest = ''] = /^(\D+)(.*)$/.exec(text) ?? [];
    const opposite = { '>=': '<', '<': '>=', '<=': '>', '>': '<=' }[op];
    if (opposite === undefined) return;
    expect(inRange(parseRange(opposite + rest) ?? [], version)).toBe(!inRange(parseRange(text) ?? [], version));
  });
});

describe('a pattern', () => {
  property(
    'without wildcards fits itself and nothing else',
    fc.tuple(fc.stringMatching(/^\w{0,8}$/), fc.stringMatching(/^\w{0,8}$/)),
    ([a, b]) => {
      expect(textMatches(a, a)).toBe(true);
      expect(textMatches(a, b)).toBe(a === b);
    },
  );

  property(
    'fits what an expression of the same meaning fits',
    fc.tuple(
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }),
    ),
    ([pattern, text]) => {
      const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(textMatches(pattern, text)).toBe(same.test(text));
    },
  );
});

const editorText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', 'a', '\u00e9', '\u20ac', '\ud83d\ude00', '\ufeff', 'CONFIG_A=y'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('an editor', () => {
  property(
    'points at the character that is meant, in every encoding',
    fc.tuple(editorText, fc.constantFrom('utf-8' as const, 'utf-16' as const, 'utf-32' as const), fc.nat(1)),
    ([text, encoding, shift]) => {
      const places = placesIn(text, encoding, shift);
      let at = 0;
      let isEnding = false;
      for (const character of text) {
        // Between the two of a line end no cursor stands.
        if (!isEnding && character !== '\r' && character !== '\n')
          expect(places.offsetAt(places.positionAt(at + shift))).toBe(at + shift);
        isEnding = false;
        at += character.length;
      }
      expect(places.offsetAt(places.positionAt(text.length + shift))).toBeLessThanOrEqual(text.length + shift);
    },
  );

  property(
    'gets no place outside its text for any position',
    fc.tuple(editorText, fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 })),
    ([text, line, character]) => {
      const offset = placesIn(text, 'utf-16').offsetAt({ line, character });
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(text.length);
    },
  );

  property(
    'makes the new text of the old by the edits that it is sent',
    fc.tuple(anyText, anyText),
    ([before, after]) => {
      let text = before;
      for (const { start, end, newText } of lineEdits(before, after).toReversed())
        text = text.slice(0, start) + newText + text.slice(end);
      expect(text).toBe(after);
    },
  );

  property(
    'is understood however its bytes are cut',
    fc.tuple(fc.array(fc.jsonValue(), { maxLength: 4 }), fc.array(fc.nat(40), { maxLength: 12 })),
    ([messages, cuts]) => {
      const bytes = Buffer.concat(
        messages.map((message) => {
          const body = Buffer.from(JSON.stringify(message));
          return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
        }),
      );
      const take = createFrames();
      const found: unknown[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        for (const framed of take(bytes.subarray(at, at + cut)))
          found.push('message' in framed ? framed.message : framed);
        at += cut;
      }
      expect(found).toEqual(JSON.parse(JSON.stringify(messages)));
    },
  );

  property(
    'is understood again after rubbish',
    fc.tuple(fc.string({ unit: 'binary', maxLength: 60 }), fc.jsonValue()),
    ([rubbish, message]) => {
      const body = Buffer.from(JSON.stringify(message));
      const good = Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
      const take = createFrames();
      const found = take(Buffer.concat([Buffer.from(`${rubbish}\r\n\r\n`), good, good, good]));
      expect(found.some((framed) => 'message' in framed)).toBe(true);
    },
  );
});

describe('what was packed', () => {
  property(
    'comes out as it went in, and no byte more than the limit',
    fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 1, max: 3000 })),
    ([bytes, limit]) => {
      const found = unpack(gzipSync(bytes), 0, { limit, zlib: nodeZlib });
      if ('bytes' in found) expect(Buffer.from(found.bytes).equals(Buffer.from(bytes))).toBe(true);
      expect('bytes' in found).toBe(bytes.length <= limit);
    },
  );
});
