/** A case with its exit code and the first thing that is said, as the golden files hold it. */
import type { HostileCase } from './hostile-case.ts';
import type { CaseResult } from './run-case.ts';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number; readonly column: number } };
  readonly advice: readonly string[];
  readonly reason: string;
}

/** Lines of a message that are kept; a line is cut where it is longer. */
const mostLines = 4;
const longest = 300;

const cut = (line: string): string => (line.length > longest ? `${line.slice(0, longest)} …` : line);

export function goldenOf({ name, args, sort }: HostileCase, result: CaseResult): string {
  const { exit, out, err } = result.plain;
  const said = err === '' ? firstFinding(result, out) : err.split('\n').filter((line) => line !== '');
  const lines = said.slice(0, sort === 'good' && exit === 0 && err === '' ? 2 : mostLines);
  const shown = args.map((word) => (/[^\w./=:,@+-]/.test(word) || word === '' ? JSON.stringify(cut(word)) : cut(word)));
  return `## ${sort}: ${name}\n$ kconfig-lint ${shown.join(' ')}\nexit ${exit}\n${lines.map((line) => `  ${cut(line)}\n`).join('')}`;
}

/** The worst finding by the JSON report, with what to do; what stands on standard output for the commands without one. */
function firstFinding({ byFormat }: CaseResult, out: string): string[] {
  const report = byFormat.has('sarif') ? JSON.parse(byFormat.get('json')?.out ?? '{}') : undefined;
  const rank = ['error', 'warning', 'info'];
  const findings: Finding[] = (report?.files ?? []).flatMap(({ findings: own }: { findings: Finding[] }) => own);
  findings.sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
  const first = findings[0];
  if (first === undefined) return out.split('\n').filter((line) => line !== '');
  const { severity, message, rule, location, reason, advice } = first;
  return [
    `${asJson(location.path)}:${location.start.line}:${location.start.column}: ${severity}: ${asJson(message)} [${asJson(rule)}]`,
    ...(reason === '' ? [] : [`  why: ${asJson(reason)}`]),
    ...(advice.length === 0 ? [] : [`  fix: ${asJson(advice[0] as string)}`]),
  ];
}

/** With the escapes of JSON, and without its quotes. */
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
