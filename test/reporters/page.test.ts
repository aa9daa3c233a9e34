/** The HTML page and the pictures of the matrix: complete, closed to what an input holds, bounded. A real browser is asked by scripts/browser-check.mjs. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/finding.ts';
import { htmlReporter, largest } from '../../src/reporters/html.ts';
import { askedBy, isTall, mark, type Row, rowOf, stateOf } from '../../src/reporters/matrix.ts';
import { matrixPage } from '../../src/reporters/matrix-html.ts';
import { matrixSvg } from '../../src/reporters/matrix-svg.ts';
import { hostileFailure, hostileFinding, hostileReport, hostileText, unsafeCharacters } from '../support/hostile.ts';
import { allReports, failures, print, profiles, style } from '../support/reports.ts';
import { elementsOf, parseXml } from '../support/xml.ts';

const reports = allReports();
const asked = new Map(
  profiles.map(({ profile, requirements }) => [profile.id, new Set(requirements.map(({ id }) => id))]),
);
const page = (of: readonly Report[], change = {}) => print(htmlReporter, of, failures, { asked, ...change });

/** Names of all elements, and of all attributes, that a page opens; strings of its style and script aside. */
function markupOf(html: string): { tags: Set<string>; attributes: Set<string> } {
  const body = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  const tags = new Set<string>();
  const attributes = new Set<string>();
  for (const [, tag, rest = ''] of body.matchAll(/<([a-zA-Z!/][^\s>]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
    tags.add((tag as string).replace('/', ''));
    for (const [, name] of rest.matchAll(/([\w:-]+)(?:="[^"]*")?/g)) attributes.add(name as string);
  }
  const left = body.replace(/<[a-zA-Z!/][^\s>]*(?:\s+[\w:-]+(?:="[^"]*")?)*\s*\/?>/g, '');
  expect(left).not.toMatch(/[<>"'`]/);
  return { tags, attributes };
}

describe('the page', () => {
  const html = page(reports);

  it('holds every finding once, everything that is not known, and every input that was not checked', () => {
    const own = reports.reduce((sum, { findings }) => sum + findings.length, 0);
    const alike = [...html.matchAll(/<dt>Also on<\/dt><dd>(\d+) lines?/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(html.match(/<details class="finding"/g)?.length).toBe(own - alike);
    const unknown = reports.reduce((sum, { unknowns }) => sum + unknowns.length, 0);
    expect(html.match(/<li data-severity="unknown"/g)?.length).toBe(unknown);
    expect(html).toContain('<bdi>gone.config</bdi>');
    expect(html).toContain('odd\\u{A}::error::x');
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('says of a finding what is, why, where, what to type, what it follows from and whose words these are', () => {
    const report = reports.find(({ source }) => source.path.startsWith('dir')) as Report;
    const own = page([report]);
    const xen = own.slice(own.indexOf('CONFIG_XEN is not set, must be y'));
    const finding = xen.slice(0, xen.indexOf('</details>'));
    expect(finding).toContain('<span class="unseen">line </span>3:1');
    expect(finding).toContain('<span class="number">3</span># CONFIG_XEN is not set');
    expect(finding).toContain('<pre>CONFIG_XEN=y\n</pre><button type="button"');
    expect(finding).toMatch(
      /<dt>Follows from<\/dt><dd><a href="#f1-\d+"><span class="rule">krata-zone\/HYPERVISOR_GUEST/,
    );
    expect(finding).toMatch(/<dt>Source<\/dt><dd><a href="https:[^"]+" rel="noopener noreferrer">/);
  });

  it('allows its own style and script by their hashes and nothing else', () => {
    const policy = /content="(default-src [^"]+)"/.exec(html)?.[1] ?? '';
    for (const [name, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ] as const) {
      const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(html)?.[1] as string;
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(policy).toMatch(/^default-src 'none';.* base-uri 'none'; form-action 'none'$/);
    expect(html).not.toMatch(/ style="| on\w+="|<link rel="stylesheet"|src="(?!data:)/);
  });

  it('is made of the same elements and attributes whatever an input holds', () => {
    const hostile = print(htmlReporter, [hostileReport], [hostileFailure], { profiles: [hostileText] });
    const usual = markupOf(html);
    const { tags, attributes } = markupOf(hostile);
    expect([...tags].filter((tag) => !usual.tags.has(tag))).toEqual([]);
    expect([...attributes].filter((name) => !usual.attributes.has(name))).toEqual([]);
    expect(hostile).not.toMatch(unsafeCharacters);
    expect(hostile).not.toMatch(/href="(?!#|https?:|data:,")/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const finding = { ...hostileFinding, message: text, symbol: text, advice: [text] };
        const made = print(htmlReporter, [{ ...hostileReport, findings: [finding] }], [], { profiles: [text] });
        for (const tag of markupOf(made).tags) expect(usual.tags).toContain(tag);
      }),
      { numRuns: 50 },
    );
  });

  it('says what it has no room for', () => {
    const big = reports.reduce((a, b) =>
      b.findings.length + b.unknowns.length > a.findings.length + a.unknowns.length ? b : a,
    );
    const reporter = htmlReporter({ ...style, asked });
    for (let i = 0; i < 1200; i++) expect(reporter.file(big)).toBe('');
    const text = reporter.end({ files: 1200, failures: 0, counts: big.counts, exitCode: 1 });
    expect(text.length).toBeLessThan(2 * largest);
    expect(text).toContain('This page has no room for all of it.');
    expect(text).toMatch(/\d+ files stand in the picture only\. 200 more files are only in the sums\./);
  });

  it('shows only errors where only they are wanted, and is whole without any file', () => {
    const quiet = page(reports, { quiet: true });
    expect(quiet).not.toMatch(/data-severity="(?!error)/);
    expect(quiet).toContain('Only errors are shown.');
    expect(markupOf(print(htmlReporter, [])).tags).toContain('main');
  });
});

describe('the matrix', () => {
  const rows: Row[] = reports.map((report) => rowOf(report, style.profiles, askedBy(style.profiles, asked)));

  it('counts a finding for every profile that asks for it, by how severe it is to that one', () => {
    const rule = { ...hostileFinding.rule, id: 'a/x', severity: 'error' as const };
    const mild = { ...rule, id: 'b/x', severity: 'warning' as const };
    const finding = { ...hostileFinding, rule, sameAs: [mild], severity: 'error' as const };
    const names = ['a', 'b', 'c', 'd'];
    const has = (...ids: string[]) => new Set(ids);
    const wanted = new Map([
      ['a', has('a/x')],
      ['b', has('b/x')],
      ['c', has('a/x', 'b/x')],
      ['d', has('d/x')],
    ]);
    const { cells } = rowOf({ ...hostileReport, findings: [finding] }, names, askedBy(names, wanted));
    expect(cells.map(({ errors, warnings }) => [errors, warnings])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
  });

  it('shows the worst of a cell by a sign and a number', () => {
    const cell = { profile: 'p', met: 1, unmet: 0, unknown: 0, notApplicable: 0, errors: 0, warnings: 0 };
    expect(mark(cell)).toBe('✔');
    expect(mark({ ...cell, unknown: 3 })).toBe('? 3');
    expect(mark({ ...cell, unknown: 3, warnings: 2 })).toBe('▲ 2');
    expect(mark({ ...cell, errors: 1, warnings: 2 })).toBe('✖ 1');
    expect(mark({ ...cell, met: 0, notApplicable: 4 })).toBe('–');
    expect(stateOf({ ...cell, met: 0 })).toBe('none');
  });

  it('is a standalone SVG with a title and a description that say what it shows', () => {
    const svg = parseXml(matrixSvg(rows));
    expect(svg.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'title desc' });
    expect(elementsOf(svg, 'desc')[0]?.text).toMatch(
      /^\d+ configs by 4 profiles: \d+ cells with errors,.* fails .*krata-zone/,
    );
    expect(elementsOf(svg, 'g').filter(({ attributes }) => attributes['class']?.startsWith('cell '))).toHaveLength(
      rows.length * 4 + 5,
    );
    expect(matrixSvg(rows)).not.toMatch(/href|url\(|<script|<image|<foreignObject/);
    expect(parseXml(matrixSvg([])).name).toBe('svg');
  });

  it('turns where there are many profiles and few configs', () => {
    const cell = rows[0]!.cells[0]!;
    const wide = [{ ...rows[0]!, cells: Array.from({ length: 60 }, (_, i) => ({ ...cell, profile: `p${i}` })) }];
    expect(isTall(wide)).toBe(true);
    expect(isTall(rows)).toBe(false);
    expect(matrixPage(wide, '1').match(/<tr>/g)).toHaveLength(61);
    expect(matrixPage(rows, '1').match(/<tr>/g)).toHaveLength(rows.length + 1);
    expect(parseXml(matrixSvg(wide)).attributes['height']).not.toBe(parseXml(matrixSvg(rows)).attributes['height']);
  });

  it('is closed to hostile names, and bounded', () => {
    const row: Row = {
      ...rows[0]!,
      path: hostileText,
      release: hostileText,
      arch: hostileText,
      cells: rows[0]!.cells.map((cell) => ({ ...cell, profile: hostileText })),
    };
    const names = new Set<string>();
    const todo = [parseXml(matrixSvg([row]))];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      names.add(next.name);
      todo.push(...next.children);
    }
    expect([...names].sort()).toEqual(['desc', 'g', 'rect', 'style', 'svg', 'text', 'title']);
    for (const text of [matrixSvg([row]), matrixPage([row], '1')]) expect(text).not.toMatch(unsafeCharacters);
    expect(markupOf(matrixPage([row], '1')).tags).not.toContain('script');
    const many = Array.from({ length: 30_000 }, () => rows[0]!);
    expect(matrixSvg(many)).toContain('25000 more configs left out.');
    expect(matrixPage(many, '1')).toContain('25000 more configs left out.');
  });
});
