/** Findings with the least that a finding may have, as a library user might make them. */
import { expect, it } from 'vitest';
import type { Finding, Report } from '../../src/finding.ts';
import { githubReporter } from '../../src/reporters/github.ts';
import { markdownReporter } from '../../src/reporters/markdown.ts';
import { sarifReporter } from '../../src/reporters/sarif.ts';
import { textReporter } from '../../src/reporters/text.ts';
import { createSource } from '../../src/source.ts';
import { print } from '../support/reports.ts';

const source = createSource('x', 'ab\ncd\n');
const finding: Finding = {
  rule: { id: 'own', title: 'Own rule', severity: 'info', explanation: '', references: [] },
  severity: 'info',
  message: 'over two lines',
  location: { source, span: { start: 1, end: 4 } },
  related: [],
  sameAs: ['a', 'b', 'c'].map((id) => ({ id, title: id, severity: 'info' as const, explanation: id, references: [] })),
  advice: [],
};
const report: Report = {
  source,
  kind: 'complete',
  kindBecause: 'made',
  symbols: 0,
  target: {},
  findings: [finding],
  unknowns: [{ rule: finding.rule, expected: 'kernel >=5', reason: 'the kernel version is not known', missing: [] }],
  notApplicable: [],
  scores: [],
  counts: { error: 0, warning: 0, info: 1, unknown: 1, notApplicable: 0 },
};

it('an annotation over several lines names no columns', () => {
  expect(print(githubReporter, [report])).toBe('::notice file=x,line=1,endLine=2,title=own::over two lines%0A\n');
});

it('a table names a rule without a source', () => {
  expect(print(markdownReporter, [report])).toContain('| ℹ️ | 1:2 | over two lines<br> own |  |');
});

it('SARIF falls back on the title, and on the line of a failure without a column', () => {
  const [run] = JSON.parse(
    print(sarifReporter, [report], [{ path: 'x', code: 'c', message: 'm', help: 'h', line: 3 }]),
  ).runs;
  expect(run.tool.driver.rules.find(({ id }: { id: string }) => id === 'own')).toMatchObject({
    fullDescription: { text: 'Own rule' },
  });
  expect(run.invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation.region).toEqual({
    startLine: 3,
  });
});

it('text names two rules, counts the others, and asks for what is missing', () => {
  const text = print(textReporter, [report]);
  expect(text).toContain('  rule   own, a and 2 more\n');
  expect(text).toMatch(
    /not known {2}1 requirement\n {2}settle Name the kernel with --kernel\. Name the architecture with --arch\.\n/,
  );
  expect(print(textReporter, [report], [], { verbose: true })).toContain('own, a, b, c');
});
