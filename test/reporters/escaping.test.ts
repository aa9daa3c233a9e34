/** What a reader of markdown, XML or GitHub's log gets to see of hostile text, down to the character. */
import { describe, expect, it } from 'vitest';
import { annotations, mostOfAKind } from '../../src/action/annotations.ts';
import type { FindingJson, Results } from '../../src/action/results.ts';
import type { Finding, Report, RunSummary } from '../../src/finding.ts';
import { visible, visibleJson } from '../../src/invisible.ts';
import { annotation, failureCommand, githubReporter, workflowCommand } from '../../src/reporters/github.ts';
import { code, escapeText, markdownReporter } from '../../src/reporters/markdown.ts';
import type { ReportStyle } from '../../src/reporters/reporter.ts';
import { attribute, escapeXml, xmlReporter } from '../../src/reporters/xml.ts';
import { createSource } from '../../src/source.ts';
import { elementsOf, parseXml } from '../support/xml.ts';

const style: ReportStyle = {
  color: false,
  width: 100,
  verbose: false,
  quiet: false,
  version: '1.2.3',
  rules: [],
  profiles: [],
};
const source = createSource('a b.config', 'CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n');
const rule = { id: 'p/A', title: 'A', severity: 'error' as const, explanation: 'Because *A*.', references: [] };
const finding: Finding = {
  rule,
  severity: 'error',
  message: 'CONFIG_A is off',
  location: { source, span: { start: 0, end: 10 } },
  related: [],
  sameAs: [],
  advice: ['CONFIG_A=y'],
};
const counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
const report: Report = {
  source,
  kind: 'complete',
  kindBecause: 'its header',
  symbols: 3,
  target: { release: '6.12.1', arch: 'x86_64' },
  findings: [finding],
  unknowns: [],
  notApplicable: [],
  scores: [],
  counts: { ...counts, error: 1 },
};
const summary: RunSummary = { files: 1, failures: 0, counts: { ...counts, error: 1 }, exitCode: 1 };
const gone = { path: 'gone|.config', code: 'missing', message: 'no such <file>', help: 'look_here' };

describe('JSON for a log', () => {
  it('holds nothing that cannot be seen, and the same value', () => {
    expect(visibleJson('{"a":"b"}')).toBe('{"a":"b"}');
    const value = { a: 'b\u202ec\u001b[2J' };
    const shown = visibleJson(JSON.stringify(value));
    expect(shown).toBe('{"a":"b\\u202ec\\u001b[2J"}');
    expect(JSON.parse(shown)).toEqual(value);
  });
});

describe('characters that nobody sees', () => {
  it.each([
    ['', ''],
    ['plain text, with "quotes"\tand tabs', 'plain text, with "quotes"\tand tabs'],
    ['a\nb\rc\u000bd', 'a\\u{A}b\\u{D}c\\u{B}d'],
    ['\u007f\u0080\u009f\u00a0', '\\u{7F}\\u{80}\\u{9F}\u00a0'],
    ['a\u00adb\u202ec', 'a\\u{AD}b\\u{202E}c'],
    ['\ud83d\ude00 \ud83d \ude00', '\u{1f600} \\u{D83D} \\u{DE00}'],
    ['\u200b', '\\u{200B}'],
    ['é', 'é'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('XML', () => {
  it('has every special character as an entity, and none that it forbids', () => {
    expect(escapeXml('<a href="x">&\'`\ufffe\uffff\u0007')).toBe(
      '&lt;a href=&quot;x&quot;&gt;&amp;&#39;&#96;\\u{FFFE}\\u{FFFF}\\u{7}',
    );
    expect(attribute('name', 'a"b') + attribute('n', 0) + attribute('none', undefined)).toBe(' name="a&quot;b" n="0"');
  });

  it('is one document, whatever comes first and however little comes', () => {
    const fresh = () =>
      xmlReporter(
        { opening: '<all>', closing: '</all>' },
        ({ source: { path } }) => `<file${attribute('name', path)}/>\n`,
        ({ path }) => `<failure${attribute('name', path)}/>\n`,
      );
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n<all>\n';
    expect(fresh().end(summary)).toBe(`${head}</all>\n`);
    const one = fresh();
    expect(one.file(report) + one.failure(gone) + one.end(summary)).toBe(
      `${head}<file name="a b.config"/>\n<failure name="gone|.config"/>\n</all>\n`,
    );
    const other = fresh();
    const text = other.failure(gone) + other.file(report) + other.end(summary);
    expect(elementsOf(parseXml(text), 'file')).toHaveLength(1);
    expect(text.startsWith(head)).toBe(true);
  });
});

describe('a workflow command', () => {
  it('is ended by nothing in it', () => {
    expect(workflowCommand('error', { file: 'a:b,c%d\ne', line: 3 }, '100%\r\n::error::x')).toBe(
      '::error file=a%3Ab%2Cc%25d\\u{A}e,line=3::100%25%0D%0A::error::x\n',
    );
    expect(workflowCommand('notice', {}, 'x')).toBe('::notice::x\n');
  });

  it('says where, what, why and the first five lines to type', () => {
    const at = (line: number, column: number) => ({ line, column });
    const given = {
      severity: 'warning' as const,
      path: 'x.config',
      title: 'p/A',
      message: 'off\u001b',
      reason: 'why\u0007',
      advice: ['1\u001b', '2', '3', '4', '5', '6'],
    };
    const text = 'off\\u{1B}%0Awhy\\u{7}%0A1\\u{1B}%0A2%0A3%0A4%0A5\n';
    expect(annotation({ ...given, start: at(2, 3), end: at(2, 9) })).toBe(
      `::warning file=x.config,line=2,endLine=2,col=3,endColumn=9,title=p/A::${text}`,
    );
    // Columns of two lines mean nothing to GitHub; an end before the start is none.
    expect(annotation({ ...given, start: at(2, 3), end: at(4, 1) })).toContain('file=x.config,line=2,endLine=4,title');
    expect(annotation({ ...given, start: at(2, 3), end: at(2, 1) })).toContain('col=3,endColumn=3');
    expect(annotation({ ...given, severity: 'info' })).toBe(`::notice file=x.config,title=p/A::${text}`);
    expect(annotation({ ...given, severity: 'error', start: at(1, 1) })).toBe(
      `::error file=x.config,title=p/A::${text}`,
    );
    const long = annotation({ ...given, message: 'x'.repeat(5000), advice: [] });
    expect(long).toBe(`::warning file=x.config,title=p/A::${'x'.repeat(4000)}\n`);
  });

  it('says of an input that was not read where and why, as far as that is known', () => {
    expect(failureCommand({ path: 'x', message: 'bad\u0007', help: 'mend\u0007' })).toBe(
      '::error file=x,title=not checked::bad\\u{7}%0Amend\\u{7}\n',
    );
    expect(failureCommand({ path: 'x', message: 'bad', help: 'mend', line: 3, column: 7 })).toBe(
      '::error file=x,line=3,col=7,title=not checked::bad%0Amend\n',
    );
  });

  it('comes for every finding, inputs that were not read first, then the worst', () => {
    const reporter = githubReporter();
    const severities = (['info', 'warning', 'error'] as const).map((severity) => ({ ...finding, severity }));
    const inner = createSource('vmlinux!config', source.text);
    const contained: Finding = {
      ...finding,
      location: { source: { ...inner, container: 'vmlinux' }, span: { start: 0, end: 10 } },
    };
    const backwards: Finding = { ...finding, location: { source, span: { start: 14, end: 11 } } };
    expect(reporter.file({ ...report, findings: [...severities, contained, backwards] })).toBe('');
    expect(reporter.failure(gone)).toBe('');
    const what = '::CONFIG_A is off%0ABecause *A*.%0ACONFIG_A=y';
    const where = 'file=a b.config,line=1,endLine=1,col=1,endColumn=11,title=p/A';
    expect(reporter.end(summary).split('\n')).toEqual([
      '::error file=gone|.config,title=not checked::no such <file>%0Alook_here',
      `::error ${where}${what}`,
      // A line of the config in an image is no line of the image.
      `::error file=vmlinux,title=p/A${what}`,
      `::error file=a b.config,line=2,endLine=2,col=4,endColumn=4,title=p/A${what}`,
      `::warning ${where}${what}`,
      `::notice ${where}${what}`,
      '',
    ]);
  });
});

describe('annotations of the action', () => {
  const point = { line: 1, column: 1 };
  const one = (severity: FindingJson['severity'], i: number) =>
    ({
      rule: `r${i}`,
      severity,
      message: 'm',
      reason: 'why',
      advice: [],
      location: { path: 'x.config', start: point, end: point },
    }) as unknown as FindingJson;
  const many = (severity: FindingJson['severity'], count: number) =>
    Array.from({ length: Math.min(count, mostOfAKind) }, (_, i) => one(severity, i));
  const results = (error: number, warning: number, info: number, failures: Results['failures'] = []) =>
    ({
      summary: { error, warning, info },
      findings: { error: many('error', error), warning: many('warning', warning), info: many('info', info) },
      failures,
    }) as unknown as Results;
  const shown = (given: Results) => annotations(given, (path) => `root/${path}`).split('\n');

  it('are as many of a kind as GitHub shows, and the last place counts the rest', () => {
    expect(shown(results(10, 0, 0))).toHaveLength(11);
    expect(shown(results(10, 0, 0)).at(-2)).toMatch(/^::error file=root\/x\.config,.*title=r9::m%0Awhy$/);
    const rest = (noun: string, count: string) =>
      `title=kconfig-lint::${count} more ${noun}: the log and the job summary have them all`;
    const all = shown(results(11, 12, 13));
    expect(all).toHaveLength(31);
    expect(all[9]).toBe(`::error ${rest('errors', '2')}`);
    expect(all[19]).toBe(`::warning ${rest('warnings', '3')}`);
    expect(all[29]).toBe(`::notice ${rest('notes', '4')}`);
    expect(all[8]).toContain('title=r8');
  });

  it('have inputs that were not read before the errors, and count them', () => {
    const failed = [
      { path: 'y.config', message: 'bad', help: 'mend' },
      { path: null, message: 'odd', help: 'see' },
    ] as unknown as Results['failures'];
    const lines = shown(results(1, 0, 0, failed));
    expect(lines.slice(0, 3)).toEqual([
      '::error file=root/y.config,title=not checked::bad%0Amend',
      '::error file=,title=not checked::odd%0Asee',
      expect.stringContaining('title=r0'),
    ]);
    expect(shown(results(9, 0, 0, failed))[9]).toContain('::2 more errors:');
  });
});

describe('markdown', () => {
  it('keeps text from becoming markup, and code from ending its cell', () => {
    expect(escapeText('\\`*_{}[]()#+!|~ <b>&amp;</b> @me\u0007')).toBe(
      '\\\\\\`\\*\\_\\{\\}\\[\\]\\(\\)\\#\\+\\!\\|\\~ &lt;b&gt;&amp;amp;&lt;/b&gt; &#64;me\\\\u\\{7\\}',
    );
    expect(code('a|b`c`<d>&e @me @you\u0007 |`')).toBe(
      '<code>a&#124;b&#96;c&#96;&lt;d&gt;&amp;e &#64;me &#64;you\\u{7} &#124;&#96;</code>',
    );
  });

  const printed = (...reports: readonly Report[]) => {
    const reporter = markdownReporter(style);
    return reports.map((each) => reporter.file(each)).join('') + reporter.end({ ...summary, files: reports.length });
  };

  it('has a heading, a table of findings and the outcome', () => {
    expect(printed(report, { ...report, findings: [], counts })).toBe(
      [
        '# Kernel config report',
        '',
        '## ❌ <code>a b.config</code>',
        '',
        'Linux 6.12.1, x86_64, complete config.',
        '',
        '| | place | finding | fix |',
        '|---|---|---|---|',
        '| ❌ | 1:1 | CONFIG\\_A is off<br>Because \\*A\\*. p/A | <code>CONFIG_A=y</code> |',
        '',
        '## ✅ <code>a b.config</code>',
        '',
        'Linux 6.12.1, x86_64, complete config.',
        '',
        '',
        '**1 error** in 2 files.',
        '',
      ].join('\n'),
    );
  });

  it('says of each file what was judged, and how it stands', () => {
    const { release: _, arch: __, ...nothing } = report.target;
    const first = (change: Partial<Report>) => printed({ ...report, ...change }).split('\n')[4];
    expect(first({ target: nothing })).toBe('Kernel version not known, architecture not known, complete config.');
    expect(first({ target: { release: '6.12-a_b' } })).toBe(
      'Linux 6.12-a\\_b, architecture not known, complete config.',
    );
    expect(first({ kind: 'fragment' })).toContain(', fragment.');
    expect(first({ about: 'the _project_ file' })).toBe('the \\_project\\_ file.');
    expect(first({ kind: 'manifest' })).toContain(', VM manifest.');
    expect(first({ kind: 'command-line' })).toContain(', command line.');
    expect(first({ kind: 'bundle', kindBecause: 'a *folder*' })).toContain(', a \\*folder\\*.');
    const head = (change: Partial<Report['counts']>) =>
      printed({ ...report, counts: { ...counts, ...change } })
        .split('\n')[2]
        ?.slice(3, -'<code>a b.config</code>'.length);
    expect([{ error: 1, warning: 1 }, { warning: 1, unknown: 1 }, { unknown: 1 }, { info: 1 }].map(head)).toEqual([
      '❌ ',
      '⚠️ ',
      '❔ ',
      '✅ ',
    ]);
  });

  it('has the scores of profiles, and what is not known behind a fold', () => {
    const text = printed({
      ...report,
      findings: [],
      scores: [{ profile: 'my_p', title: 'P', met: 1, unmet: 2, unknown: 3, notApplicable: 4, errors: 1, warnings: 1 }],
      unknowns: [{ rule: { ...rule, id: 'a*b' }, expected: 'CONFIG_A=y', reason: 'no_base', missing: [] }],
    });
    expect(text.split('\n').slice(6)).toEqual([
      '| profile | met | unmet | not known | not applicable |',
      '|---|--:|--:|--:|--:|',
      '| my\\_p | 1 | 2 | 3 | 4 |',
      '',
      '<details><summary>1 requirement not known</summary>',
      '',
      '- <code>CONFIG_A=y</code>: no\\_base (a\\*b)',
      '',
      '</details>',
      '',
      '',
      '**1 error** in 1 file.',
      '',
    ]);
  });

  it('links a rule to its first reference that can be a link, names its cause, and gives eight lines to type', () => {
    const row = (change: Partial<Finding>) =>
      printed({ ...report, findings: [{ ...finding, ...change }] }).split('\n')[8];
    const references = ['https://x.org/>a>', 'https://y.org'];
    expect(row({ rule: { ...rule, references }, advice: [], cause: 'q/*' })).toBe(
      '| ❌ | 1:1 | CONFIG\\_A is off<br>Because \\*A\\*. Follows from q/\\*. [p/A](<https://y.org>) |  |',
    );
    expect(row({ severity: 'warning' })).toMatch(/^\| ⚠️ \|/);
    expect(row({ severity: 'info' })).toMatch(/^\| ℹ️ \|/);
    expect(row({ location: { source, span: { start: 13, end: 14 } } })).toContain('| 2:3 |');
    const advice = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    expect(row({ advice })).toContain('| <code>1</code><br><code>2</code><br>');
    expect(row({ advice })).toMatch(/<code>8<\/code> \|$/);
  });

  it('shows only errors where it is to be quiet', () => {
    const reporter = markdownReporter({ ...style, quiet: true });
    const warning: Finding = { ...finding, severity: 'warning', message: 'a warning' };
    const text = reporter.file({ ...report, findings: [finding, warning] });
    expect(text).toContain('CONFIG\\_A is off');
    expect(text).not.toContain('a warning');
    expect(printed({ ...report, findings: [finding, warning] })).toContain('a warning');
  });

  it('names inputs that were not read, and does not call nothing wrong what was not looked at', () => {
    const reporter = markdownReporter(style);
    expect(reporter.failure(gone)).toBe('');
    expect(reporter.end({ ...summary, files: 0, counts })).toBe(
      '- ❌ <code>gone&#124;.config</code>: no such &lt;file&gt;. look\\_here\n\n**nothing found** in 0 files; **1 input could not be checked**.\n',
    );
  });

  it('says that nothing is wrong where all was looked at', () => {
    const end = markdownReporter(style).end({ ...summary, files: 1, failures: 0, counts });
    expect(end).toBe('\n**nothing wrong** in 1 file.\n');
  });

  it('leaves out files where GitHub would drop the whole, and says how many', () => {
    const reporter = markdownReporter(style);
    const long = { ...report, findings: [{ ...finding, message: 'x'.repeat(440_000) }] };
    const kept = [long, long, long, report].map((each) => reporter.file(each));
    expect(kept.map((text) => text.length > 0)).toEqual([true, true, false, true]);
    expect(kept.join('').length).toBeLessThan(900_000);
    expect(reporter.end(summary)).toBe(
      '\n1 more file left out: the report would be too long.\n\n**1 error** in 1 file.\n',
    );
  });
});
