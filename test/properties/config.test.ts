/** Properties of reading and editing configs. */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  effectiveSettings,
  effectiveValues,
  linesOf,
  parseConfig,
  parseConfigText,
  repeatedRows,
  settingOf,
  settingsOf,
  symbolAt,
} from '../../src/config/document.ts';
import { applyEdits, editsFor } from '../../src/config/edits.ts';
import { anyText, distinctLines, quoted, regularLine, regularLines, sourceOf, symbol, textOf } from './arbitraries.ts';
import { property } from './property.ts';

const valuesOf = (text: string): [string, string][] => [...effectiveValues(parseConfigText(text))].sort();

/** What the lines cover, with what stands between them. */
function printed(text: string): string {
  const document = parseConfig(sourceOf(text));
  let out = '';
  let at = 0;
  for (const { span } of linesOf(document)) {
    out += text.slice(at, span.start) + text.slice(span.start, span.end);
    expect(text.slice(at, span.start)).toMatch(/^(?:\r?\n)?$/);
    at = span.end;
  }
  return out + text.slice(at);
}

describe('reading a config', () => {
  property('parse∘print is the identity, and only line ends stand between lines', anyText, (text) => {
    expect(printed(text)).toBe(text);
  });

  property('what was written plainly is what is read', regularLines, (lines) => {
    const found = [...settingsOf(parseConfigText(textOf(lines)))];
    expect(found.map(({ symbol: name }) => name)).toEqual(lines.map(({ symbol: name }) => name));
    expect(found.map((each) => (each.kind === 'set' ? each.value : 'n'))).toEqual(lines.map(({ value }) => value));
  });

  property('the last line of a symbol counts', fc.tuple(anyText, regularLine), ([text, line]) => {
    const values = new Map(valuesOf(`${text}\n${line.text}\n`));
    expect(values.get(line.symbol)).toBe(line.value);
  });

  property(
    'the order of lines of different symbols does not matter',
    fc.tuple(distinctLines, fc.nat()),
    ([lines, turn]) => {
      const by = lines.length === 0 ? 0 : turn % lines.length;
      const turned = [...lines.slice(by), ...lines.slice(0, by)].reverse();
      expect(valuesOf(textOf(turned))).toEqual(valuesOf(textOf(lines)));
    },
  );

  property('reading two texts in a row is merging what each says', fc.tuple(anyText, anyText), ([first, second]) => {
    const merged = new Map([...valuesOf(`${first}\n`), ...valuesOf(second)]);
    expect(valuesOf(`${first}\n${second}`)).toEqual([...merged].sort());
  });

  property(
    'comments and blank lines say nothing',
    fc.tuple(
      regularLines,
      fc.array(fc.constantFrom('', '#', '# words', '# CONFIG is not set, they say'), { maxLength: 8 }),
    ),
    ([lines, comments]) => {
      const mixed = lines.flatMap((line, i) => [{ text: comments[i % (comments.length || 1)] ?? '' }, line]);
      expect(valuesOf(textOf(mixed))).toEqual(valuesOf(textOf(lines)));
    },
  );

  property('carriage returns at line ends change no value', regularLines, (lines) => {
    expect(valuesOf(textOf(lines, '\r\n'))).toEqual(valuesOf(textOf(lines)));
  });

  property('a missing line end at the very end changes no value', regularLines, (lines) => {
    expect(valuesOf(textOf(lines).slice(0, -1))).toEqual(valuesOf(textOf(lines)));
  });

  property('each repetition is told, and nothing else', anyText, (text) => {
    const document = parseConfig(sourceOf(text));
    const names = [...settingsOf(document)].map(({ symbol: name }) => name);
    const pairs = [...repeatedRows(document)];
    expect(pairs.length).toBe(names.length - new Set(names).size);
    for (const [earlier, later] of pairs) {
      expect(earlier).toBeLessThan(later);
      expect(symbolAt(document, earlier)).toBe(symbolAt(document, later));
    }
  });

  property('asking for one symbol and listing all agree', fc.tuple(anyText, symbol), ([text, name]) => {
    const document = parseConfig(sourceOf(text));
    const one = settingOf(document, name);
    expect(one).toEqual(effectiveSettings(document).get(name) ?? { kind: 'absent', symbol: name });
  });

  property('problems lie within the text, in order', anyText, (text) => {
    const { problems, source } = parseConfig(sourceOf(text));
    let before = 0;
    for (const { location } of problems) {
      expect(location.span.start).toBeGreaterThanOrEqual(before);
      expect(location.span.end).toBeLessThanOrEqual(source.codes.length);
      before = location.span.start;
    }
  });
});

const change = fc
  .tuple(symbol, fc.constantFrom('=y', '=m', ' is not set', '=7', `=${quoted('a "b"')}`))
  .map(([name, spelling]) => ({
    symbol: name,
    line: spelling.startsWith('=') ? `CONFIG_${name}${spelling}` : `# CONFIG_${name}${spelling}`,
  }));
const changes = fc.uniqueArray(change, { minLength: 1, maxLength: 4, selector: (each) => each.symbol });
const edited = (text: string, wanted: readonly { symbol: string; line: string }[]): string => {
  const document = parseConfig(sourceOf(text));
  return applyEdits(document.source, editsFor(document, wanted));
};

describe('editing a config', () => {
  property('no edits leave every byte', anyText, (text) => {
    expect(applyEdits(sourceOf(text), [])).toBe(text);
    expect(edited(text, [])).toBe(text);
  });

  property('what was to be set is set, and every other symbol stays', fc.tuple(anyText, changes), ([text, wanted]) => {
    const before = effectiveValues(parseConfig(sourceOf(text)));
    const after = effectiveValues(parseConfig(sourceOf(edited(text, wanted))));
    const asked = effectiveValues(parseConfigText(wanted.map(({ line }) => `${line}\n`).join('')));
    for (const [name, value] of asked) expect(after.get(name)).toBe(value);
    for (const [name, value] of before) if (!asked.has(name)) expect(after.get(name)).toBe(value);
    for (const name of after.keys()) expect(before.has(name) || asked.has(name)).toBe(true);
  });

  property('doing it again changes nothing', fc.tuple(anyText, changes), ([text, wanted]) => {
    const once = edited(text, wanted);
    expect(edited(once, wanted)).toBe(once);
  });

  property('other lines keep their bytes and their place', fc.tuple(anyText, changes), ([text, wanted]) => {
    const asked = new Set<string>(wanted.map((each) => each.symbol));
    const kept = (of: string): string[] =>
      [...linesOf(parseConfig(sourceOf(of)))]
        .filter((line) => line.kind !== 'setting' || !asked.has(line.setting.symbol))
        // At the end of a file a carriage return becomes part of the line end that a further line needs.
        .map(({ span }) => of.slice(span.start, span.end).replace(/\r$/, ''))
        .filter((line) => line.trim() !== '');
    expect(kept(edited(text, wanted))).toEqual(kept(text));
  });

  property('a file of one kind of line end stays of that kind', fc.tuple(regularLines, changes), ([lines, wanted]) => {
    const after = edited(textOf(lines, '\r\n'), wanted);
    if (lines.length > 0) expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(edited(textOf(lines), wanted)).not.toContain('\r');
  });

  property(
    'a symbol that is taken out is gone where it stood once',
    fc.tuple(distinctLines, symbol),
    ([lines, name]) => {
      const after = edited(textOf(lines), [{ symbol: name, line: '' }]);
      expect(after).toBe(textOf(lines.filter((line) => line.symbol !== name)));
    },
  );
});
