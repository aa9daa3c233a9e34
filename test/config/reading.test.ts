/** Reading configs: the last assignment counts, nothing is lost, and every broken line is named for what it is. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveSettings, linesOf, parseConfig, parseConfigText, settingOf } from '../../src/config/document.ts';
import { limits } from '../../src/config/limits.ts';
import { createNodeHost, encodeSource } from '../../src/node-host.ts';
import { createAsciiSource, createSource, lineStartsOf, positionOf, type SourceText } from '../../src/source.ts';
import { corpusFiles, corpusPath, hasCorpus } from '../support/corpus.ts';
import { readPlainly } from '../support/oracle.ts';

const host = createNodeHost('.');

function read(path: string): SourceText {
  const source = host.readSource(path, { limit: limits.fileSize, unzippedLimit: limits.decompressedSize, keep: true });
  if ('error' in source) throw new Error(`${path}: ${source.detail}`);
  return source;
}

function asMap(source: SourceText): Map<string, string> {
  const found = [...effectiveSettings(parseConfig(source))];
  return new Map(found.map(([symbol, setting]) => [symbol, setting.kind === 'set' ? setting.value : 'n']));
}

/** The text put together again from the spans of its lines and what lies between them. */
function rebuilt(source: SourceText): string {
  let text = '';
  let at = 0;
  for (const { span } of linesOf(parseConfig(source))) {
    const gap = source.text.slice(at, span.start);
    expect(['', '\n', '\r\n']).toContain(gap);
    text += gap + source.text.slice(span.start, span.end);
    at = span.end;
  }
  expect(['', '\n', '\r\n', '\r']).toContain(source.text.slice(at));
  return text + source.text.slice(at);
}

const name = fc.stringMatching(/^[A-Z0-9_]{1,12}$/);
const oddName = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf');
const value = fc.oneof(
  fc.constantFrom('y', 'm', 'n', 'Y', 'yes', '"y"', '0x1F', '-3', '42', '""', '"a b"', '"a\\"b"', '"open', 'x y', ''),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '')),
);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.oneof(name, oddName), value).map(([n, v]) => `CONFIG_${n}=${v}`) },
  { weight: 3, arbitrary: fc.oneof(name, oddName).map((n) => `# CONFIG_${n} is not set`) },
  { weight: 1, arbitrary: fc.tuple(name, value).map(([n, v]) => `#CONFIG_${n}=${v}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '#',
      '# comment',
      ' CONFIG_A=y',
      'CONFIG_A',
      'CONFIG_=y',
      '# CONFIG_A is not set.',
      '#\nCONFIG_X=y',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const config = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, ending, closed]) => lines.join(ending) + (closed ? ending : ''));

describe('what a config says', () => {
  it('is what a plain reading says, for whatever text', () => {
    fc.assert(
      fc.property(config, (text) => {
        expect(asMap(createSource('.config', text))).toEqual(readPlainly(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('does not depend on whether bytes or text were read', () => {
    fc.assert(
      fc.property(config, (text) => {
        fc.pre(/^[\0-\x7f]*$/.test(text));
        const bytes = createAsciiSource('.config', Buffer.from(text, 'latin1'), (b) =>
          Buffer.from(b).toString('latin1'),
        );
        expect(asMap(bytes)).toEqual(asMap(createSource('.config', text)));
        expect(parseConfig(bytes).problems.map(({ code, location }) => [code, location.span])).toEqual(
          parseConfig(createSource('.config', text)).problems.map(({ code, location }) => [code, location.span]),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on an earlier document whose memory is used again', () => {
    fc.assert(
      fc.property(config, config, (first, second) => {
        const reuse = parseConfigText(first);
        const again = parseConfigText(second, '.config', { reuse });
        expect(new Map(effectiveSettings(again))).toEqual(new Map(effectiveSettings(parseConfigText(second))));
      }),
      { numRuns: 300 },
    );
  });

  it('takes the last of two assignments', () => {
    const document = parseConfigText('CONFIG_A=y\n# CONFIG_A is not set\nCONFIG_B=n\nCONFIG_B="x"\n');
    expect(settingOf(document, 'A')).toMatchObject({ kind: 'not-set', location: { span: { start: 11, end: 32 } } });
    expect(settingOf(document, 'B')).toMatchObject({ kind: 'set', value: 'x', valueSpan: { start: 53, end: 56 } });
    expect(settingOf(document, 'C')).toEqual({ kind: 'absent', symbol: 'C' });
  });

  it('does not mistake names of Object.prototype for settings', () => {
    const document = parseConfigText('CONFIG_constructor=y\n');
    expect(settingOf(document, 'constructor').kind).toBe('set');
    expect(settingOf(document, 'toString').kind).toBe('absent');
  });

  it.skipIf(!hasCorpus).each(corpusFiles)('%s reads as a plain reading does', (file) => {
    const source = read(corpusPath(file));
    expect(asMap(source)).toEqual(readPlainly(source.text));
  });
});

describe('nothing is lost', () => {
  it('of any text', () => {
    fc.assert(
      fc.property(config, (text) => {
        const source = createSource('.config', text);
        expect(rebuilt(source)).toBe(text);
        const starts = [...lineStartsOf(source)];
        expect(starts).toEqual([0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]);
      }),
      { numRuns: 800 },
    );
  });

  it.skipIf(!hasCorpus).each(corpusFiles)('of %s, to the byte', (file) => {
    const source = read(corpusPath(file));
    expect(rebuilt(source)).toBe(source.text);
    expect(encodeSource(source).equals(readFileSync(corpusPath(file)))).toBe(true);
  });
});

/** Code, line, symbol and replacement of each problem. */
function problems(text: string): unknown[] {
  return parseConfigText(text).problems.map(({ code, location, symbol, replacement }) => [
    code,
    positionOf(location.source, location.span.start).line,
    symbol,
    replacement,
  ]);
}

describe('problems', () => {
  it.each([
    ['junk', [['unexpected-data', 1, undefined, undefined]]],
    ['CONFIG_A', [['unexpected-data', 1, 'A', undefined]]],
    ['CONFIG_=y', [['unexpected-data', 1, undefined, undefined]]],
    ['  CONFIG_A=y', [['unexpected-data', 1, 'A', 'CONFIG_A=y']]],
    ['A=y', [['missing-prefix', 1, 'A', 'CONFIG_A=y']]],
    ['config_a=y', [['missing-prefix', 1, 'A', 'CONFIG_A=y']]],
    ['CONFIG_A-B=y', [['odd-symbol-name', 1, undefined, undefined]]],
    ['CONFIG_A =y', [['space-around-equals', 1, 'A', 'CONFIG_A=y']]],
    ['CONFIG_A= y', [['space-around-equals', 1, 'A', 'CONFIG_A=y']]],
    ['CONFIG_A=Y', [['value-spelling', 1, 'A', 'CONFIG_A=y']]],
    ['CONFIG_A=false', [['value-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['CONFIG_A="m"', [['value-spelling', 1, 'A', 'CONFIG_A=m']]],
    ['CONFIG_A="n"', [['value-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['CONFIG_A=', [['empty-value', 1, 'A', undefined]]],
    ['CONFIG_A=-zone', [['unquoted-string', 1, 'A', 'CONFIG_A="-zone"']]],
    ['CONFIG_A=0xZZ', [['unquoted-string', 1, 'A', 'CONFIG_A="0xZZ"']]],
    ['CONFIG_A="open', [['malformed-string', 1, 'A', 'CONFIG_A="open"']]],
    ['CONFIG_A="a"b"', [['malformed-string', 1, 'A', 'CONFIG_A="a\\"b"']]],
    ['CONFIG_A="a" b', [['malformed-string', 1, 'A', 'CONFIG_A="a"']]],
    ['CONFIG_A="a" # c', [['comment-after-value', 1, 'A', 'CONFIG_A="a"']]],
    ['CONFIG_A=n # c', [['comment-after-value', 1, 'A', '# CONFIG_A is not set']]],
    ['CONFIG_A=12 c', [['comment-after-value', 1, 'A', 'CONFIG_A=12']]],
    ['CONFIG_A=yCONFIG_B=y', [['glued-lines', 1, 'A', 'CONFIG_A=y\nCONFIG_B=y']]],
    ['CONFIG_A="x"CONFIG_B=y', [['glued-lines', 1, 'A', 'CONFIG_A="x"\nCONFIG_B=y']]],
    ['#CONFIG_A is not set', [['not-set-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['# CONFIG_A is not set.', [['not-set-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['# CONFIG_A is not set here', [['not-set-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['#  CONFIG_A is not set', [['not-set-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['CONFIG_A is not set', [['not-set-spelling', 1, 'A', '# CONFIG_A is not set']]],
    ['# CONFIG_A=n', [['commented-assignment', 1, 'A', '# CONFIG_A is not set']]],
    ['# CONFIG_A=y', [['commented-assignment', 1, 'A', undefined]]],
    ['CONFIG_A="\u200b"', [['invisible-character', 1, undefined, '']]],
    ['# bell \x07', [['invisible-character', 1, undefined, '']]],
    ['# see CONFIG_ and CONFIG_X', []],
    ['# CONFIG_X: what it does', []],
    ['#', []],
  ])('of %j', (text, expected) => {
    expect(problems(`${text}\nCONFIG_REST=y\n`)).toEqual(expected);
  });

  it('of the file as a whole', () => {
    const codes = (text: string) => parseConfigText(text).problems.map(({ code }) => code);
    expect(codes('')).toEqual(['empty']);
    expect(codes('just\nprose\n')).toContain('not-a-config');
    expect(codes('CONFIG_A=y\0\n')).toContain('nul-byte');
    expect(codes('C\0O\0N\0F\0I\0G\0_\0')).toContain('utf-16');
    expect(codes('CONFIG_A=y')).toEqual(['missing-final-newline']);
    expect(codes('\ufeffCONFIG_A=y\n')).toEqual(['byte-order-mark']);
    expect(codes('CONFIG_A=y\r\n')).toEqual(['carriage-return']);
    expect(codes('# only\n# comments\n')).toEqual([]);
    expect(codes('CONFIG_A=y\rCONFIG_B=m\r')).toContain('cr-only');
    expect(codes(`# a long one\r${'CONFIG_A=y\r'.repeat(7000)}`)).toEqual(['cr-only']);
    expect(codes('CONFIG_A=y\r\0')).not.toContain('cr-only');
  });

  it('of what passes a limit, and none just below', () => {
    const codes = (text: string) => parseConfigText(text).problems.map(({ code }) => code);
    expect(codes(`# ${'x'.repeat(limits.lineLength - 2)}\n`)).toEqual([]);
    expect(codes(`# ${'x'.repeat(limits.lineLength - 1)}\n`)).toEqual(['line-too-long']);
    expect(codes('#\n'.repeat(limits.lines))).toEqual([]);
    expect(codes('#\n'.repeat(limits.lines + 1))).toEqual(['too-many-lines']);
    const settings = (count: number) => Array.from({ length: count }, (_, i) => `CONFIG_A${i}=y\n`).join('');
    expect(codes(settings(limits.symbols))).toEqual([]);
    expect(codes(settings(limits.symbols + 1))).toEqual(['too-many-symbols']);
  });

  it('are found behind thousands of other lines that need a closer look', () => {
    expect(parseConfigText(`CONFIG_A=y\n${'junk\n'.repeat(5000)}`).problems).toHaveLength(5000);
    const asides = Array.from({ length: 5000 }, (_, i) => `#CONFIG_A${i}=y\n`).join('');
    const { problems } = parseConfigText(`CONFIG_A=y\n${asides}CONFIG_PSI = y\n#CONFIG_MODULES is not set\n`);
    const mistakes = problems.map(({ code }) => code).filter((code) => code !== 'commented-assignment');
    expect(mistakes).toEqual(['space-around-equals', 'not-set-spelling']);
  });

  it.skipIf(!hasCorpus)('are in real configs only where somebody made them', () => {
    const found = corpusFiles.flatMap((file) =>
      parseConfig(read(corpusPath(file))).problems.map(
        ({ code, location }) => `${file}:${positionOf(location.source, location.span.start).line} ${code}`,
      ),
    );
    expect(found).toEqual([
      'firecracker/debug.config:2 commented-assignment',
      'firecracker/debug.config:3 commented-assignment',
      'liquidmetal/firecracker/configs/linux-x86_64-5.10.77.config:3792 missing-final-newline',
    ]);
  });
});
