/** The job summary of the action: what stands in a cell, what is cut, and what it is made from. */
import { describe, expect, it } from 'vitest';
import { readResults } from '../../src/action/results.ts';
import { largestSummary, summaryOf } from '../../src/action/summary.ts';
import { jsonReporter } from '../../src/reporters/json.ts';
import { allReports, failures, print } from '../support/reports.ts';
import { runAction } from '../support/runner.ts';

describe('the summary', () => {
  const results = readResults(print(jsonReporter, allReports(), failures).split('\n'), 10);
  if (results === undefined) throw new Error('no whole report');
  const report = Array.from({ length: 40 }, (_, i) => `## ❌ file ${i}\n\n${'é'.repeat(30_000)}\n\n`).join('');
  const bytes = (text: string) => Buffer.byteLength(text);

  it('reads every kind of report that the JSON reporter writes', () => {
    expect(results.rows.map(({ path }) => path)).toEqual(allReports().map(({ source }) => source.path));
    expect(results.failures).toHaveLength(failures.length);
    expect(readResults(print(jsonReporter, [], failures).split('\n'), 10)?.failures).toHaveLength(failures.length);
    expect(readResults(print(jsonReporter, allReports(), []).split('\n').slice(0, -2), 10)).toBeUndefined();
  });

  it('stays under the size that GitHub takes, what is there already included, and says what it left out', () => {
    const text = summaryOf(results, report, largestSummary);
    expect(bytes(text)).toBeLessThanOrEqual(900_000);
    expect(bytes(text)).toBeGreaterThan(800_000);
    expect(text).toMatch(/\n\*\*\d+ files are left out: the summary would be too long\./);
    expect(bytes(summaryOf(results, report, 100_000))).toBeLessThanOrEqual(100_000);
    const long = { 'x.config': Array.from({ length: 600 }, (_, i) => `CONFIG_A${i} = y\n`).join('') };
    const step = runAction({ with: { files: 'x.config' }, files: long, summary: 'x'.repeat(890_000) });
    expect(bytes(step.summary)).toBeGreaterThan(890_000);
    expect(bytes(step.summary)).toBeLessThanOrEqual(900_000);
  });

  it('turns a table that is wider than long, and cuts one that is too long', () => {
    const cell = { met: 1, unmet: 0, unknown: 0, errors: 0, warnings: 0 };
    const own = { errors: 0, others: 0 };
    const row = (path: string, count: number) => ({
      path,
      own,
      findings: { errors: 0, all: 0 },
      cells: Array.from({ length: count }, (_, i) => ({ ...cell, profile: `p${i}` })),
    });
    const wide = summaryOf({ ...results, rows: [row('x.config', 9)] }, '', largestSummary);
    expect(wide).toContain('|  | <code>x.config</code> |\n|---|:-:|\n| *the file* | ✔ |\n| p0 | ✔ |\n');
    const rows = Array.from({ length: 9000 }, (_, i) => row(`configs/${i}.config`, 9));
    expect(summaryOf({ ...results, rows }, '', largestSummary)).toMatch(
      /\d+ more rows left out: the table would be too long\./,
    );
  });

  it('marks what is worst in a cell', () => {
    const cell = { profile: 'p', met: 3, unmet: 2, unknown: 1, errors: 1, warnings: 1 };
    const marks = [
      cell,
      { ...cell, errors: 0 },
      { ...cell, unmet: 0 },
      { ...cell, unmet: 0, unknown: 0 },
      { ...cell, met: 0, unmet: 0, unknown: 0 },
    ];
    const findings = { errors: 1, all: 9 };
    const rows = marks.map((each, i) => ({ path: `${i}`, own: { errors: 0, others: i }, findings, cells: [each] }));
    const shown = (given: typeof rows) =>
      summaryOf({ ...results, rows: given }, '', largestSummary).match(/(?<=<\/code> \| ).+(?= \|$)/gm);
    expect(shown(rows)).toEqual(['✔ | ✖ 2', '▲ 1 | ▲ 2', '▲ 2 | ? 1', '▲ 3 | ✔', '▲ 4 | –']);
    const [first] = rows as [(typeof rows)[0]];
    // Of several kernels the worst; what somebody accepted is no error.
    expect(shown([{ ...first, cells: marks.toReversed() }])).toEqual(['✔ | ✖ 2']);
    expect(shown([{ ...first, findings: { errors: 0, all: 1 } }])).toEqual(['✔ | ▲ 2']);
    expect(shown([{ ...first, findings: { errors: 0, all: 0 } }])).toEqual(['✔ | ~ 2']);
  });
});
