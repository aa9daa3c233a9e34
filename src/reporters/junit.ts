/** JUnit XML: a suite for each file, a failed case for each finding that counts against the run, skipped ones for what is not known. */
import { type Finding, type InputFailure, type Report, severityRank } from '../finding.ts';
import { visible } from '../invisible.ts';
import { positionOf } from '../source.ts';
import { findingsToShow, type Reporter, type ReportStyle } from './reporter.ts';
import { attribute, escapeXml, xmlReporter } from './xml.ts';

const root = { opening: '<testsuites name="kconfig-lint">', closing: '</testsuites>' };

export function junitReporter(style: ReportStyle): Reporter {
  return xmlReporter(root, (report) => suiteXml(report, style), failureXml);
}

function suiteXml(report: Report, style: ReportStyle): string {
  const { path } = report.source;
  const names = new Map<string, number>();
  const findings = findingsToShow(report, style);
  const failing = findings.filter((finding) => counts(finding, style));
  const cases = findings.map((finding) => findingXml(finding, path, names, style));
  for (const { rule, expected, reason } of style.quiet ? [] : report.unknowns)
    cases.push(
      `    <testcase${naming(rule.id, path, names)}>\n      <skipped${attribute('message', `not known: ${expected}; ${reason}`)}/>\n    </testcase>\n`,
    );
  // A suite without a case looks like one that did not run.
  if (cases.length === 0) cases.push(`    <testcase${naming('nothing wrong', path, names)}/>\n`);
  const skipped = style.quiet ? 0 : report.unknowns.length;
  return (
    `  <testsuite${attribute('name', path)} tests="${cases.length}" failures="${failing.length}" errors="0" skipped="${skipped}">\n` +
    propertiesXml(report) +
    cases.join('') +
    '  </testsuite>\n'
  );
}

function propertiesXml({ scores }: Report): string {
  if (scores.length === 0) return '';
  const rows = scores.map(({ profile, met, unmet, unknown, notApplicable }) => {
    const value = `${met} met, ${unmet} unmet, ${unknown} not known, ${notApplicable} not applicable`;
    return `      <property${attribute('name', profile)}${attribute('value', value)}/>\n`;
  });
  return `    <properties>\n${rows.join('')}    </properties>\n`;
}

/** True for what makes the exit code 1, so that the tests fail where the run does. */
function counts({ severity }: Finding, { failOn = 'error' }: ReportStyle): boolean {
  return failOn !== 'never' && severityRank(severity) <= severityRank(failOn);
}

function findingXml(finding: Finding, path: string, names: Map<string, number>, style: ReportStyle): string {
  const { severity, message } = finding;
  const text = lines(finding).map(escapeXml).join('\n');
  const body = counts(finding, style)
    ? `<failure${attribute('type', severity)}${attribute('message', message)}>${text}</failure>`
    : `<system-out>${severity}: ${text}</system-out>`;
  return `    <testcase${naming(caseName(finding), path, names)}>\n      ${body}\n    </testcase>\n`;
}

/** A requirement is one case by its name; a check says the same of many symbols. */
function caseName({ rule, symbol }: Finding): string {
  return rule.id.includes('/') || symbol === undefined ? rule.id : `${rule.id} CONFIG_${symbol}`;
}

/** The attributes that name a case; the second of a name says so, because readers take equal names for one case. */
function naming(name: string, path: string, names: Map<string, number>): string {
  const number = (names.get(name) ?? 0) + 1;
  names.set(name, number);
  return attribute('name', number === 1 ? name : `${name} (${number})`) + attribute('classname', path);
}

function lines({ location, message, rule, advice, cause }: Finding): string[] {
  const { line, column } = positionOf(location.source, location.span.start);
  return [
    `${location.source.path}:${line}:${column}: ${message}`,
    ...(rule.explanation === '' ? [] : [`why: ${rule.explanation}`]),
    ...(cause === undefined ? [] : [`follows from: ${cause}`]),
    ...advice.map((each) => `fix: ${each}`),
    ...rule.references.map((reference) => `see: ${reference}`),
  ];
}

function failureXml({ path, code, message, help, line, column }: InputFailure): string {
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return (
    `  <testsuite${attribute('name', path)} tests="1" failures="0" errors="1" skipped="0">\n` +
    `    <testcase${attribute('name', 'can be read')}${attribute('classname', path)}>\n` +
    `      <error${attribute('type', code)}${attribute('message', message)}>${escapeXml(`${visible(path)}${place}: ${message}; ${help}`)}</error>\n` +
    '    </testcase>\n  </testsuite>\n'
  );
}
