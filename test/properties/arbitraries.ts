/** What the properties are tried on: configs, conditions, profiles, trees and reports that nobody would write by hand. */
import fc from 'fast-check';
import { hashName } from '../../src/config/scan.ts';
import type { Finding, Report } from '../../src/finding.ts';
import { Accept, type Condition } from '../../src/profiles/condition.ts';
import { createSource, type SourceText } from '../../src/source.ts';
import { type GeneratedCase, generateCase } from '../conformance/generate.ts';
import { hostileText } from '../support/hostile.ts';

/** Few names, so that they meet; among them those that objects have by themselves. */
export const symbolNames = ['A', 'B', 'C', 'D', '64BIT', '__proto__', 'constructor', 'LONG_NAME_OF_A_SYMBOL'] as const;
export const symbol = fc.constantFrom(...symbolNames);

export interface Line {
  readonly symbol: string;
  /** As the kernel reads it, `n` for what is not set. */
  readonly value: string;
  readonly text: string;
}

const plainText = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  maxLength: 12,
});
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A value and how a config spells it. */
const value = fc.oneof(
  fc.constantFrom('y', 'm').map((text) => [text, `=${text}`] as const),
  fc.constantFrom(' is not set', '=n').map((spelling) => ['n', spelling] as const),
  fc.integer({ min: -9, max: 9999 }).map((number) => [String(number), `=${number}`] as const),
  fc
    .integer({ min: 0, max: 0xffff })
    .map((number) => [`0x${number.toString(16)}`, `=0x${number.toString(16)}`] as const),
  plainText.filter((text) => !['y', 'm', 'n'].includes(text)).map((text) => [text, `=${quoted(text)}`] as const),
);

const lineOf = (name: string, [kernelValue, spelling]: readonly [string, string]): Line => ({
  symbol: name,
  value: kernelValue,
  text: spelling.startsWith('=') ? `CONFIG_${name}${spelling}` : `# CONFIG_${name}${spelling}`,
});

/** Lines that mean what they look like. */
export const regularLine = fc.tuple(symbol, value).map(([name, spelled]) => lineOf(name, spelled));
export const regularLines = fc.array(regularLine, { maxLength: 14 });
/** The same with every symbol once. */
export const distinctLines = fc.uniqueArray(regularLine, { maxLength: 8, selector: (line) => line.symbol });
export const textOf = (lines: readonly { readonly text: string }[], ending = '\n'): string =>
  lines.map(({ text }) => text + ending).join('');

/** Lines that are wrong in all the ways that the checks know, and some that only a fuzzer writes. */
const oddLine = fc.oneof(
  fc.constantFrom(
    'CONFIG_A = y',
    ' CONFIG_A=y',
    'CONFIG_B=Y',
    'CONFIG_B=yes',
    'CONFIG_C="y"',
    'CONFIG_C=text',
    'CONFIG_D="open',
    'CONFIG_D=',
    '#CONFIG_A is not set',
    '# CONFIG_B is  not set',
    '# CONFIG_B=y',
    'CONFIG_A=y # why',
    'CONFIG_A=yCONFIG_B=y',
    'A=y',
    'CONFIG_C=0X1F',
    '<<<<<<< HEAD',
    'CONFIG_A=y\u00a0',
    'CONFIG_\u0410=y',
    '',
    '#',
    '# a comment',
    '\t',
  ),
  plainText,
  fc.string({
    unit: fc
      .integer({ min: 1, max: 255 })
      .filter((code) => code !== 10)
      .map((code) => String.fromCharCode(code)),
    maxLength: 12,
  }),
);
const ending = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '');
/** Any text that could be taken for a config, with characters up to U+00FF. */
export const anyText = fc
  .array(fc.tuple(fc.oneof({ weight: 2, arbitrary: regularLine.map(({ text }) => text) }, oddLine), ending), {
    maxLength: 16,
  })
  .map((lines) => lines.map(([text, end]) => text + end).join(''));

/** A text as the host reads it from a file with these bytes: what is no UTF-8 is read byte by byte. */
export function sourceOf(text: string, path = '.config'): SourceText {
  const isUtf8 = Buffer.from(Buffer.from(text, 'latin1').toString('utf8')).equals(Buffer.from(text, 'latin1'));
  return createSource(path, text, isUtf8 ? 'utf-8' : 'latin1');
}

const isRow = (name: string, accept: number): Condition => ({
  kind: 'symbol',
  symbol: name,
  hash: hashName(name),
  accept,
  values: [],
});
const valueRow = fc
  .tuple(
    symbol,
    fc.constantFrom('is', 'at-least', 'at-most', 'includes', 'same-as'),
    fc.integer({ min: 0, max: 99 }),
    symbol,
  )
  .map(
    ([name, test, number, other]): Condition => ({
      kind: 'symbol',
      symbol: name,
      hash: hashName(name),
      accept: 0,
      values: [{ test, value: test === 'same-as' ? other : String(number) }] as Extract<
        Condition,
        { kind: 'symbol' }
      >['values'],
    }),
  );
const acceptRow = fc.tuple(symbol, fc.integer({ min: 1, max: 7 })).map(([name, accept]) => isRow(name, accept));
const targetRow = fc.oneof(
  fc.constantFrom('x86_64', 'arm64').map((arch): Condition => ({ kind: 'arch', names: [arch] })),
  fc
    .constantFrom(5_010_000, 6_012_000)
    .map((version): Condition => ({ kind: 'kernel', range: [{ op: '>=', value: version, parts: 2 }] })),
  fc.constant<Condition>({ kind: 'boot', facts: ['initrd'] }),
);

/** Conditions without a negation: what they ask for is only ever asked for. */
export const positiveCondition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    symbol.map((name) => isRow(name, Accept.y)),
    symbol.map((name) => isRow(name, Accept.y + Accept.m)),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
      .map(([kind, of]): Condition => ({ kind, of })),
  ),
})).tree;

/** Any condition on symbols and target. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: acceptRow },
    valueRow,
    targetRow,
    tie('tree').map((of): Condition => ({ kind: 'not', of })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
      .map(([kind, of]): Condition => ({ kind, of })),
  ),
})).tree;

/** Small Kconfig trees that compile, with a config for each. */
export const kconfigCase: fc.Arbitrary<GeneratedCase & { readonly tree: string; readonly text: string }> = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seed) => generateCase(seed, false))
  .map((each) => ({ ...each, tree: each.blocks.join('\n'), text: each.config.map((line) => `${line}\n`).join('') }));

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    hostileText,
    '\n::add-path::/tmp',
    '::stop-commands::x',
    '##[error]x',
    'a%0Ab',
    '<zzz onload=1>',
    ']]>',
    '\u001b]0;x\u0007',
    '\u202e',
    '| --- |',
    '\ud800',
    'a,b:c',
  ),
);

const severity = fc.constantFrom('error' as const, 'warning' as const, 'info' as const);

/** A finding in a text of three lines. */
const findingIn = (source: Report['source']): fc.Arbitrary<Finding> =>
  fc
    .record({
      id: hostile,
      title: hostile,
      severity,
      symbol: fc.option(hostile, { nil: undefined }),
      message: hostile,
      advice: fc.array(
        hostile.map((text) => `CONFIG_A="${text}"`),
        { maxLength: 2 },
      ),
      from: fc.nat(),
      length: fc.nat(20),
      cause: fc.option(hostile, { nil: undefined }),
    })
    .map(({ id, title, severity: level, symbol: name, message, advice, from, length, cause }) => {
      const start = from % (source.codes.length + 1);
      const location = { source, span: { start, end: Math.min(source.codes.length, start + length) } };
      const rule = { id, title, severity: level, explanation: message, references: [`https://example.org/${id}`, id] };
      return {
        rule,
        severity: level,
        symbol: name,
        message,
        location,
        related: [{ location, message }],
        cause,
        sameAs: [],
        advice,
        fix: { title, edits: [{ location, newText: message }] },
      };
    });

/** Reports of which every string tries to break out, with paths that differ. */
export const hostileReports: fc.Arbitrary<readonly Report[]> = fc
  .uniqueArray(hostile, { maxLength: 3, minLength: 1 })
  .chain((paths) =>
    fc.tuple(
      ...paths.map((path) => {
        const source = createSource(path === '' ? 'x' : path, 'CONFIG_A=y\n# caf\u00e9 \ud83d\ude00\nCONFIG_B=m\n');
        return fc.tuple(fc.array(findingIn(source), { maxLength: 4 }), hostile).map(([findings, words]): Report => {
          const counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
          for (const { severity: level } of findings) counts[level]++;
          return {
            source,
            kind: 'complete',
            kindBecause: words,
            symbols: 2,
            target: { release: words },
            findings,
            unknowns: [],
            notApplicable: [],
            scores: [],
            counts,
          };
        });
      }),
    ),
  );
