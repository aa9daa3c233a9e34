/** A report for a job summary or a pull request: the table of scores, then the findings. */
import type { Finding, InputFailure, Report, RunSummary } from '../finding.ts';
import { visible } from '../invisible.ts';
import { positionOf } from '../source.ts';
import { countsInWords, inParts, isLink, plural, type Reporter, type ReportStyle } from './reporter.ts';
import { archInWords, eachTarget } from './words.ts';

/** GitHub drops a summary above 1 MiB whole. */
const largest = 900_000;

export function markdownReporter(style: ReportStyle): Reporter {
  let size = 0;
  let left = 0;
  let files = 0;
  const failures: InputFailure[] = [];
  const add = (text: string) => {
    if (size + text.length > largest) {
      left++;
      return '';
    }
    size += text.length;
    return (files++ === 0 ? '# Kernel config report\n\n' : '') + text;
  };
  return inParts((report) => fileText(report, style.quiet), add, {
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: (summary) => endText(summary, failures, left),
  });
}

const kindNames: Readonly<Record<Exclude<Report['kind'], 'bundle'>, string>> = {
  complete: 'complete config',
  fragment: 'fragment',
  manifest: 'VM manifest',
  'command-line': 'command line',
};

function kindInWords({ kind, kindBecause }: Report): string {
  return kind === 'bundle' ? escapeText(kindBecause) : kindNames[kind];
}

function fileText(report: Report, quiet: boolean): string {
  const { counts, scores } = report;
  const verdict = counts.error > 0 ? '❌' : counts.warning > 0 ? '⚠️' : counts.unknown > 0 ? '❔' : '✅';
  let text = `## ${verdict} ${code(report.source.path)}\n\n`;
  const { targets = [report.target] } = report;
  const release = eachTarget(targets, (target) => target.release);
  const kernel = release === undefined ? 'Kernel version not known' : `Linux ${escapeText(release)}`;
  const arch = eachTarget(targets, (target) => archInWords(target.arch)) ?? 'architecture not known';
  text += `${report.about === undefined ? `${kernel}, ${arch}, ${kindInWords(report)}` : escapeText(report.about)}.\n\n`;
  if (scores.length > 0) {
    text += '| profile | met | unmet | not known | not applicable |\n|---|--:|--:|--:|--:|\n';
    for (const { profile, met, unmet, unknown, notApplicable } of scores) {
      text += `| ${escapeText(profile)} | ${met} | ${unmet} | ${unknown} | ${notApplicable} |\n`;
    }
    text += '\n';
  }
  const findings = quiet ? report.findings.filter(({ severity }) => severity === 'error') : report.findings;
  if (findings.length > 0) {
    text += '| | place | finding | fix |\n|---|---|---|---|\n';
    for (const finding of findings) text += findingRow(finding);
    text += '\n';
  }
  if (report.unknowns.length > 0) {
    text += `<details><summary>${plural(report.unknowns.length, 'requirement')} not known</summary>\n\n`;
    for (const { rule, expected, reason } of report.unknowns)
      text += `- ${code(expected)}: ${escapeText(reason)} (${escapeText(rule.id)})\n`;
    text += '\n</details>\n\n';
  }
  return text;
}

function findingRow({ severity, location, message, rule, advice, cause }: Finding): string {
  const { line, column } = positionOf(location.source, location.span.start);
  const mark = severity === 'error' ? '❌' : severity === 'warning' ? '⚠️' : 'ℹ️';
  const reference = rule.references.find(isLink);
  const id = reference === undefined ? escapeText(rule.id) : `[${escapeText(rule.id)}](<${reference}>)`;
  const because = cause === undefined ? '' : ` Follows from ${escapeText(cause)}.`;
  const fix = advice.slice(0, 8).map(code).join('<br>');
  return `| ${mark} | ${line}:${column} | ${escapeText(message)}<br>${escapeText(rule.explanation)}${because} ${id} | ${fix} |\n`;
}

function endText({ files, counts }: RunSummary, failures: readonly InputFailure[], left: number): string {
  let text = '';
  for (const { path, message, help } of failures)
    text += `- ❌ ${code(path)}: ${escapeText(message)}. ${escapeText(help)}\n`;
  if (left > 0) text += `\n${plural(left, 'more file')} left out: the report would be too long.\n`;
  const said = countsInWords(counts);
  const unread = failures.length === 0 ? '' : `; **${plural(failures.length, 'input')} could not be checked**`;
  const found = said === '' ? (failures.length === 0 ? 'nothing wrong' : 'nothing found') : said;
  return `${text}\n**${found}** in ${plural(files, 'file')}${unread}.\n`;
}

/** Text that cannot become markup, a table cell or a mention. */
export function escapeText(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replaceAll('@', '&#64;');
}

/** Code in a table cell: a bar would end the cell even within backticks. */
export function code(text: string): string {
  const clean = visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<code>${clean.replaceAll('|', '&#124;').replaceAll('`', '&#96;').replaceAll('@', '&#64;')}</code>`;
}
