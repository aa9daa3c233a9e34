/** Code Quality for GitLab merge requests: one JSON array, a fingerprint and a repository path for every finding. */
import type { Finding, InputFailure, Report, Severity } from '../finding.ts';
import { fingerprint } from '../finding.ts';
import { visible } from '../invisible.ts';
import { positionOf } from '../source.ts';
import { findingsToShow, inParts, type Reporter, type ReportStyle } from './reporter.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

export function gitlabReporter(style: ReportStyle): Reporter {
  let entries = 0;
  const add = (issue: string) => `${entries++ === 0 ? '[' : ','}\n${issue}`;
  const issuesOf = (report: Report) => {
    const path = pathIn(report.source.path, style);
    const said = new Map<string, number>();
    return findingsToShow(report, style).map((finding) => JSON.stringify(issueOf(finding, path, said)));
  };
  return inParts(issuesOf, (issues) => issues.map(add).join(''), {
    failure: (failure) => add(JSON.stringify(failureIssue(failure, style))),
    end: () => (entries === 0 ? '[]\n' : '\n]\n'),
  });
}

/** GitLab drops all but one of the issues that share a fingerprint, so the second of a kind says that it is. */
function issueOf(finding: Finding, path: string, said: Map<string, number>) {
  const { rule, severity, message, symbol, advice, location } = finding;
  const key = [rule.id, symbol ?? message, path].join('\0');
  const before = said.get(key) ?? 0;
  said.set(key, before + 1);
  const start = positionOf(location.source, location.span.start);
  const end = positionOf(location.source, Math.max(location.span.start, location.span.end));
  const todo = advice.length === 0 ? '' : ` Write ${advice.slice(0, 5).join(', ')}.`;
  return {
    description: visible(`${message}. ${rule.explanation}${todo}`).trim(),
    check_name: visible(rule.id),
    fingerprint: fingerprint(before === 0 ? key : `${key}\0${before}`),
    severity: severities[severity],
    location: { path, lines: { begin: start.line, end: end.line } },
  };
}

function failureIssue({ path, code, message, help, line }: InputFailure, style: ReportStyle) {
  const name = pathIn(path, style);
  return {
    description: visible(`Not checked: ${message}. ${help}`),
    check_name: visible(code),
    fingerprint: fingerprint([code, name].join('\0')),
    severity: 'blocker',
    location: { path: name, lines: { begin: line ?? 1, end: line ?? 1 } },
  };
}

/** GitLab knows files by their path from the root of the repository, without a leading `./`. */
function pathIn(path: string, { folder, repository }: ReportStyle): string {
  const root = repository ?? folder;
  if (root === undefined) return visible(path);
  const full = path.startsWith('/') || folder === undefined ? path : `${folder}/${path}`;
  const plain = withoutDots(full);
  return visible(plain.startsWith(`${root}/`) ? plain.slice(root.length + 1) : path);
}

function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
