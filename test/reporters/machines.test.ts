/** The reports for other programs: JUnit, GitLab, Checkstyle, reviewdog. Valid, complete, and not to be broken out of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import type { Finding, Report } from '../../src/finding.ts';
import { checkstyleReporter } from '../../src/reporters/checkstyle.ts';
import { gitlabReporter } from '../../src/reporters/gitlab.ts';
import { junitReporter } from '../../src/reporters/junit.ts';
import { rdjsonlReporter } from '../../src/reporters/rdjsonl.ts';
import { createSource, type SourceText } from '../../src/source.ts';
import { root } from '../support/corpus.ts';
import { applyFix } from '../support/edits.ts';
import { hostileFailure, hostileReport, hostileText, unsafeCharacters } from '../support/hostile.ts';
import { allReports, failures, print } from '../support/reports.ts';
import { elementsOf, parseXml } from '../support/xml.ts';

const reports = allReports();
const findings = reports.flatMap((report) => report.findings);
const hostile = [hostileReport];
const hostileFailures = [hostileFailure];
const sameFinding = (source: SourceText, finding: Partial<Finding>): Report => ({
  ...hostileReport,
  source,
  findings: [
    { ...(hostileReport.findings[0] as Finding), location: { source, span: { start: 0, end: 1 } }, ...finding },
  ],
});

describe('JUnit', () => {
  /** What readers of JUnit XML know: elements with their attributes, the required ones first. */
  const known: Readonly<Record<string, readonly [required: readonly string[], optional: readonly string[]]>> = {
    testsuites: [[], ['name', 'time', 'tests', 'failures', 'errors']],
    testsuite: [['name', 'tests', 'failures', 'errors'], ['skipped']],
    properties: [[], []],
    property: [['name', 'value'], []],
    testcase: [['name'], ['classname', 'time']],
    failure: [[], ['type', 'message']],
    error: [[], ['type', 'message']],
    skipped: [[], ['type', 'message']],
    'system-out': [[], []],
  };
  const suites = (text: string) => {
    const tree = parseXml(text);
    for (const [name, [required, optional]] of Object.entries(known)) {
      for (const { attributes } of elementsOf(tree, name)) {
        for (const each of required) expect(Object.keys(attributes)).toContain(each);
        for (const each of Object.keys(attributes)) expect([...required, ...optional]).toContain(each);
      }
    }
    const all = elementsOf(tree, 'testsuite');
    for (const suite of all) {
      const count = (name: string) => elementsOf(suite, name).length;
      expect(suite.attributes).toMatchObject({
        tests: String(count('testcase')),
        failures: String(count('failure')),
        errors: String(count('error')),
        skipped: String(count('skipped')),
      });
      const names = elementsOf(suite, 'testcase').map(({ attributes }) => attributes['name']);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThan(0);
    }
    return all;
  };

  it('has a suite for each file and each input that was not checked, a case for each finding', () => {
    const all = suites(print(junitReporter, reports, failures));
    expect(all.map(({ attributes }) => attributes['name'])).toEqual([
      ...reports.map(({ source }) => source.path),
      'gone.config',
      'odd\\u{A}::error::x',
    ]);
    const failed = all.flatMap((suite) => elementsOf(suite, 'failure'));
    expect(failed).toHaveLength(findings.filter(({ severity }) => severity === 'error').length);
    expect(all.flatMap((suite) => elementsOf(suite, 'system-out'))).toHaveLength(findings.length - failed.length);
    expect(all.flatMap((suite) => elementsOf(suite, 'error')).map(({ text }) => text)).toEqual([
      'gone.config: no such file; near it is x',
      'odd\\u{A}::error::x:1:1: no line sets a CONFIG_ symbol; name a .config',
    ]);
  });

  it('fails where the run does', () => {
    const failed = (failOn: 'warning' | 'info' | 'never') =>
      suites(print(junitReporter, reports, [], { failOn })).flatMap((suite) => elementsOf(suite, 'failure'));
    expect(failed('never')).toEqual([]);
    expect(failed('info')).toHaveLength(findings.length);
    expect(failed('warning')).toHaveLength(findings.filter(({ severity }) => severity !== 'info').length);
  });

  it('says why, what to type and where it is from', () => {
    const report = reports.find(({ source }) => source.path.startsWith('dir')) as Report;
    const [suite] = suites(print(junitReporter, [report]));
    const xen = elementsOf(suite!, 'testcase').find(({ attributes }) => attributes['name'] === 'krata-zone/XEN');
    expect(xen?.children[0]?.attributes).toEqual({ type: 'error', message: 'CONFIG_XEN is not set, must be y' });
    expect(xen?.children[0]?.text).toMatch(
      /^dir\/with space#%\?\/x\.config:3:1: CONFIG_XEN is not set, must be y\nwhy: .+\nfollows from: krata-zone\/HYPERVISOR_GUEST\nfix: CONFIG_XEN=y\nsee: https:/,
    );
    expect(elementsOf(suite!, 'property').map(({ attributes }) => attributes['name'])).toEqual([
      'krata-zone',
      'kubernetes-node',
      'kubernetes-psi',
    ]);
  });

  it('shows a file without findings as one case that passes, and only errors where only they are wanted', () => {
    const clean = reports.at(-1) as Report;
    const [suite] = suites(print(junitReporter, [clean]));
    expect(suite?.children.map(({ name, children }) => [name, children.length])).toEqual([['testcase', 0]]);
    const quiet = suites(print(junitReporter, reports, [], { quiet: true }));
    expect(quiet.flatMap((each) => elementsOf(each, 'skipped'))).toEqual([]);
    expect(parseXml(print(junitReporter, [])).children).toEqual([]);
  });
});

describe('Checkstyle', () => {
  it('has every finding with its place, its severity and its rule', () => {
    const files = elementsOf(parseXml(print(checkstyleReporter, reports, failures)), 'file');
    const rows = files.flatMap((file) => elementsOf(file, 'error')).map(({ attributes }) => attributes);
    expect(rows).toHaveLength(findings.length + failures.length);
    for (const row of rows) {
      expect(row['severity']).toMatch(/^(?:error|warning|info)$/);
      expect(Number(row['line'])).toBeGreaterThanOrEqual(0);
      expect(row['source']).toMatch(/^kconfig-lint\.[\w./-]+$/);
    }
    expect(rows.find(({ source, line }) => source === 'kconfig-lint.krata-zone/XEN' && line === '3')).toMatchObject({
      line: '3',
      column: '1',
      severity: 'error',
      message: 'CONFIG_XEN is not set, must be y',
    });
    expect(rows.at(-2)).toMatchObject({ line: '0', message: 'not checked: no such file; near it is x' });
    expect(elementsOf(parseXml(print(checkstyleReporter, [])), 'file')).toEqual([]);
  });
});

describe('XML', () => {
  it.each([
    ['junit', junitReporter],
    ['checkstyle', checkstyleReporter],
  ])('%s stays well-formed and keeps its shape, whatever a name or a message holds', (_, reporter) => {
    const text = print(reporter, hostile, hostileFailures);
    const names = new Set<string>();
    const todo = [parseXml(text)];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      names.add(next.name);
      todo.push(...next.children);
    }
    expect([...names].filter((name) => /script|img/.test(name))).toEqual([]);
    expect(text).not.toMatch(unsafeCharacters);
    expect(text).not.toMatch(/[\ufffe\uffff]|^::/m);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const own = sameFinding(createSource(message, 'CONFIG_A=y\n'), {
          message,
          location: { source: createSource(message, 'x'), span: { start: 0, end: 1 } },
        });
        parseXml(print(reporter, [own], [{ ...hostileFailure, message }]));
      }),
      { numRuns: 100 },
    );
  });
});

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

describe('GitLab', () => {
  const issues = (text: string) => JSON.parse(text) as Issue[];

  it('has an issue for everything, each with a fingerprint of its own', () => {
    const all = issues(print(gitlabReporter, reports, failures));
    expect(all).toHaveLength(findings.length + failures.length);
    for (const { description, check_name, severity, location, fingerprint } of all) {
      expect(description.length * check_name.length).toBeGreaterThan(0);
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
      expect(location.lines.begin).toBeGreaterThanOrEqual(1);
      expect(location.lines.end).toBeGreaterThanOrEqual(location.lines.begin);
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
    }
    const unique = (of: readonly Issue[]) => new Set(of.map(({ fingerprint }) => fingerprint)).size;
    const paths = new Set(reports.map(({ source }) => source.path));
    for (const path of paths) {
      const own = issues(print(gitlabReporter, reports.filter(({ source }) => source.path === path).slice(0, 1)));
      expect(unique(own)).toBe(own.length);
    }
    expect(all.map(({ severity }) => severity)).toContain('blocker');
    expect(issues(print(gitlabReporter, []))).toEqual([]);
  });

  it('keeps its fingerprints when lines move', () => {
    const of = (text: string) =>
      issues(print(gitlabReporter, [{ ...sameFinding(createSource('a.config', text), { message: 'm' }) }])).map(
        ({ fingerprint }) => fingerprint,
      );
    expect(of('CONFIG_A=y\n')).toEqual(of('\n\nCONFIG_A=y\n'));
  });

  it('names files from the root of the repository', () => {
    const path = (name: string, change: object) =>
      issues(print(gitlabReporter, [sameFinding(createSource(name, 'x'), {})], [], change))[0]?.location.path;
    const inside = { folder: '/b/repo/sub', repository: '/b/repo' };
    expect(path('x.config', inside)).toBe('sub/x.config');
    expect(path('../x.config', inside)).toBe('x.config');
    expect(path('/b/repo/y/./x.config', inside)).toBe('y/x.config');
    expect(path('../../x.config', inside)).toBe('../../x.config');
    expect(path('/b/repository/x.config', inside)).toBe('/b/repository/x.config');
    expect(path('/b/repo/x.config', { folder: '/b/repo' })).toBe('x.config');
    expect(path('sub/x.config', {})).toBe('sub/x.config');
  });

  it('is JSON whatever a name holds, and shows no unsafe character', () => {
    const text = print(gitlabReporter, hostile, hostileFailures);
    expect(issues(text)).toHaveLength(4);
    expect(text).not.toMatch(unsafeCharacters);
  });
});

describe('reviewdog', () => {
  const valid = new Ajv2020({ allErrors: true }).compile(
    JSON.parse(readFileSync(join(root, 'schemas/rdjsonl.schema.json'), 'utf8')),
  );
  const lines = (text: string) => {
    const all = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    for (const line of all) expect(valid(line), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
    const outside = new RDFormatValidator({ strictMode: true, allowExtraFields: false }).validateObject({
      diagnostics: all,
    });
    expect(outside.errors).toEqual([]);
    return all;
  };

  it('has a line for everything, by its schema and by a validator of the format', () => {
    const all = lines(print(rdjsonlReporter, reports, failures));
    expect(all).toHaveLength(findings.length + failures.length);
    expect(all.filter(({ suggestions }) => suggestions !== undefined).length).toBeGreaterThan(10);
    expect(all.at(-1)).toMatchObject({ severity: 'ERROR', location: { range: { start: { line: 1, column: 1 } } } });
  });

  it('suggests what the fix does', () => {
    for (const { findings: own, source } of reports) {
      for (const finding of own.filter(({ fix }) => fix !== undefined)) {
        const [line] = lines(print(rdjsonlReporter, [{ ...hostileReport, source, findings: [finding] }]));
        if (line.suggestions === undefined) continue;
        const [{ range, text }] = line.suggestions;
        const bytes = Buffer.from(source.text, source.encoding === 'latin1' ? 'latin1' : 'utf8');
        const offset = ({ line: row, column }: { line: number; column: number }) => {
          let at = 0;
          for (let i = 1; i < row; i++) at = bytes.indexOf(10, at) + 1;
          return at + column - 1;
        };
        const suggested = Buffer.concat([
          bytes.subarray(0, offset(range.start)),
          Buffer.from(text, source.encoding === 'latin1' ? 'latin1' : 'utf8'),
          bytes.subarray(offset(range.end)),
        ]).toString(source.encoding === 'latin1' ? 'latin1' : 'utf8');
        expect(suggested).toBe(applyFix(source.text, finding.fix!));
      }
    }
  });

  it('counts columns in bytes', () => {
    const column = (text: string, at: number, encoding: 'utf-8' | 'latin1' = 'utf-8') => {
      const source = createSource('x', text, encoding);
      const report = sameFinding(source, { location: { source, span: { start: at, end: at } }, fix: undefined });
      return lines(print(rdjsonlReporter, [report]))[0].location.range.start.column;
    };
    expect(column('a\u{10400}b', 1)).toBe(2);
    expect(column('a\u{10400}b', 3)).toBe(6);
    expect(column('\u00e4\u20acb', 2)).toBe(6);
    expect(column('\u00e4b', 1, 'latin1')).toBe(2);
  });

  it('makes one suggestion of several edits, and none of a fix that spans half the file', () => {
    const source = createSource('x', `CONFIG_A=y\nCONFIG_B=y\n${'#\n'.repeat(2000)}CONFIG_C=y\n`);
    const edit = (start: number, newText: string) => ({
      location: { source, span: { start, end: start + 10 } },
      newText,
    });
    const of = (...edits: ReturnType<typeof edit>[]) =>
      lines(print(rdjsonlReporter, [sameFinding(source, { fix: { title: 't', edits } })]))[0].suggestions;
    expect(of(edit(11, 'B'), edit(0, 'A'))).toEqual([
      { range: { start: { line: 1, column: 1 }, end: { line: 2, column: 11 } }, text: 'A\nB' },
    ]);
    expect(of(edit(0, 'A'), edit(4022, 'C'))).toBeUndefined();
    expect(of()).toBeUndefined();
  });

  it('shows no unsafe character outside a suggestion', () => {
    const all = lines(print(rdjsonlReporter, hostile, hostileFailures));
    for (const { suggestions: _, ...line } of all) expect(JSON.stringify(line)).not.toMatch(unsafeCharacters);
    expect(all[0].message).toContain('\\u{202E}');
    expect(hostileText).toMatch(unsafeCharacters);
  });
});

it('every one of them says only errors where only they are wanted', () => {
  const document = parseConfigText('CONFIG_A=y\n', 'clean.config');
  expect(document.problems).toEqual([]);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  expect(JSON.parse(print(gitlabReporter, reports, [], { quiet: true }))).toHaveLength(errors);
  expect(print(rdjsonlReporter, reports, [], { quiet: true }).split('\n')).toHaveLength(errors + 1);
  const xml = parseXml(print(checkstyleReporter, reports, [], { quiet: true }));
  expect(elementsOf(xml, 'error')).toHaveLength(errors);
});
