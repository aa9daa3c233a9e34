/** Properties of the reports: whatever is found, in whatever words, no format breaks and none counts otherwise than the others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { visible } from '../../src/invisible.ts';
import { reporters } from '../../src/reporters/index.ts';
import { root } from '../support/corpus.ts';
import { unsafeCharacters } from '../support/hostile.ts';
import { print } from '../support/reports.ts';
import { elementsOf, parseXml } from '../support/xml.ts';
import { hostileReports } from './arbitraries.ts';
import { property } from './property.ts';

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const draft04 = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
addFormats.default(draft04);
const validSarif = draft04.compile(readJson('test/data/sarif-schema-2.1.0.json'));
const validReport = new Ajv2020({ allErrors: true }).compile(readJson('schemas/report.schema.json'));

type Reports = typeof hostileReports extends fc.Arbitrary<infer T> ? T : never;
const countOf = (reports: Reports): number => reports.reduce((sum, { findings }) => sum + findings.length, 0);
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe('whatever is found', () => {
  property(
    'SARIF fits its schema',
    hostileReports,
    (reports) => {
      const log = JSON.parse(print(reporters.sarif, reports));
      expect(validSarif(log), JSON.stringify(validSarif.errors)).toBe(true);
      expect(log.runs[0].results.length).toBe(countOf(reports));
    },
    2,
  );

  property(
    'JSON fits its schema',
    hostileReports,
    (reports) => {
      const report = JSON.parse(print(reporters.json, reports));
      expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
    },
    2,
  );

  property('JUnit and Checkstyle are well-formed, with a case for each finding', hostileReports, (reports) => {
    const cases = elementsOf(parseXml(print(reporters.junit, reports)), 'failure').length;
    expect(cases).toBe(reports.reduce((sum, { counts }) => sum + counts.error, 0));
    expect(elementsOf(parseXml(print(reporters.checkstyle, reports)), 'error').length).toBe(countOf(reports));
  });

  property('a runner sees the commands of its format and no others, one a finding', hostileReports, (reports) => {
    const lines = linesOf(print(reporters.github, reports));
    expect(lines.length).toBe(countOf(reports));
    for (const line of lines) {
      expect(line).toMatch(/^::(?:error|warning|notice) [^\r\n]*::[^\r\n]*$/);
      const properties = (/^::\w+ (.*?)::/.exec(line)?.[1] ?? '')
        .split(',')
        .map((each) => each.split('=')[0] as string);
      for (const name of properties) expect(['file', 'line', 'col', 'endLine', 'endColumn', 'title']).toContain(name);
    }
  });

  property('no other format begins a line with a command', hostileReports, (reports) => {
    for (const name of ['text', 'unix', 'markdown', 'rdjsonl', 'fragment'] as const) {
      if (!(name in reporters)) continue;
      for (const line of linesOf(print(reporters[name as keyof typeof reporters], reports)))
        expect(line, name).not.toMatch(/^\s*(?:::|##\[)/);
    }
  });

  property('terminals and logs get no control and no direction character', hostileReports, (reports) => {
    for (const name of ['text', 'unix', 'github'] as const) {
      const text = print(reporters[name], reports).replaceAll('\n', '');
      expect(text, name).not.toMatch(unsafeCharacters);
      expect(text, name).toBe(text.toWellFormed());
    }
  });

  property('formats of lines have one for each finding', hostileReports, (reports) => {
    expect(linesOf(print(reporters.unix, reports)).length).toBe(countOf(reports));
    const lines = linesOf(print(reporters.rdjsonl, reports));
    expect(lines.length).toBe(countOf(reports));
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  property('all formats count alike', hostileReports, (reports) => {
    const expected = { error: 0, warning: 0, info: 0 };
    for (const { findings } of reports) for (const { severity } of findings) expected[severity]++;
    const json = JSON.parse(print(reporters.json, reports));
    expect(json.summary).toMatchObject(expected);
    const levels = JSON.parse(print(reporters.sarif, reports)).runs[0].results.map(
      ({ level }: { level: string }) => level,
    );
    const count = (of: readonly string[], what: string): number => of.filter((each) => each === what).length;
    expect([count(levels, 'error'), count(levels, 'warning'), count(levels, 'note')]).toEqual(Object.values(expected));
    const commands = linesOf(print(reporters.github, reports)).map((line) => line.split(' ')[0] as string);
    expect([count(commands, '::error'), count(commands, '::warning'), count(commands, '::notice')]).toEqual(
      Object.values(expected),
    );
    expect(JSON.parse(print(reporters.gitlab, reports)).length).toBe(countOf(reports));
  });

  property(
    'the page holds no element, script or link that it did not make',
    hostileReports,
    (reports) => {
      const page = print(reporters.html, reports);
      const names = new Set([...page.matchAll(/<([a-zA-Z][\w-]*)/g)].map(([, name]) => name?.toLowerCase()));
      expect(names.has('zzz')).toBe(false);
      expect(names.has('img')).toBe(false);
      expect([...page.matchAll(/<script/g)].length).toBeLessThanOrEqual(1);
      for (const [, link = ''] of page.matchAll(/(?:href|src)="([^"]*)"/g))
        expect(link).toMatch(/^(?:https?:|#|data:,$|data:image\/svg)/);
      expect(page).not.toMatch(/ on\w+=["']/);
    },
    2,
  );

  property('a table in Markdown stays in its rows', hostileReports, (reports) => {
    const lines = print(reporters.markdown, reports).split('\n');
    for (const line of lines) if (line.startsWith('|')) expect(line.endsWith('|')).toBe(true);
    expect(lines.filter((line) => /<(?:zzz|script|img)\b/.test(line))).toEqual([]);
  });

  property('the order of files changes the order of what is said, not what', hostileReports, (reports) => {
    const said = (of: Reports) => linesOf(print(reporters.unix, of)).sort();
    expect(said(reports.toReversed())).toEqual(said(reports));
  });

  property(
    'the same is said twice in the same words',
    hostileReports,
    (reports) => {
      for (const [name, make] of Object.entries(reporters))
        expect(print(make, reports), name).toBe(print(make, reports));
    },
    4,
  );
});

describe('what is made visible', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  );

  property('holds no character that must reach nobody, and is one line', text, (each) => {
    const shown = visible(each);
    expect(shown).not.toMatch(unsafeCharacters);
    expect(shown).not.toMatch(/[\n\r]/);
    expect(shown).toBe(shown.toWellFormed());
  });

  property('is the same when it is made visible again', text, (each) => {
    expect(visible(visible(each))).toBe(visible(each));
  });

  property('keeps letters, digits and blanks as they are', fc.string({ unit: 'grapheme-ascii' }), (each) => {
    expect(visible(each)).toBe(each);
  });
});
