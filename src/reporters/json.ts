/** The report for programs; its shape is schemas/report.schema.json and changes only with `schemaVersion`. */
import type { Finding, InputFailure, Report, RunSummary, WaivedFinding } from '../finding.ts';
import { type Location, positionOf } from '../source.ts';
import { formatKernelVersion, type Target } from '../target.ts';
import { inParts, type Reporter, type ReportStyle } from './reporter.ts';

export const schemaVersion = 1;

export function jsonReporter(style: ReportStyle): Reporter {
  const failures: InputFailure[] = [];
  let files = 0;
  const opening = () => jsonOpening(style.version);
  const add = (file: string) => `${files++ === 0 ? opening() : ','}\n${file}`;
  return inParts((report) => JSON.stringify(fileJson(report)), add, {
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: (summary) => `${files === 0 ? opening() : '\n'}${jsonEnd(failures, summary)}}\n`,
  });
}

/** What stands before the files, and behind them up to the last brace. */
export function jsonOpening(version: string): string {
  return `{"schemaVersion":${schemaVersion},"tool":${JSON.stringify({ name: 'kconfig-lint', version })},"files":[`;
}

export function jsonEnd(failures: readonly InputFailure[], summary: RunSummary): string {
  return `],"failures":${JSON.stringify(failures)},"summary":${JSON.stringify(summaryJson(summary))}`;
}

export function summaryJson({ files, failures, counts, exitCode, settled, fixed }: RunSummary) {
  return {
    files,
    failures,
    ...counts,
    ...(settled === undefined ? {} : { settled }),
    ...(fixed === undefined ? {} : { fixed }),
    exitCode,
  };
}

export function targetJson({ kernel, release, arch, flavour, kernelFrom, archFrom, commandLine, machine }: Target) {
  return {
    kernel: kernel === undefined ? null : formatKernelVersion(kernel),
    release: release ?? null,
    kernelFrom: kernelFrom ?? null,
    arch: arch ?? null,
    archFrom: archFrom ?? null,
    flavour: flavour ?? null,
    commandLine: commandLine?.text ?? null,
    machine: machine === undefined ? null : { ...machine, initrd: machine.initrd ?? null },
  };
}

/** What the report of a run says of one file. */
export function fileJson(report: Report) {
  return {
    path: report.source.path,
    artifact: report.source.container ?? null,
    encoding: report.source.encoding,
    kind: report.kind,
    kindBecause: report.kindBecause,
    settings: report.symbols,
    target: targetJson(report.target),
    ...(report.targets === undefined ? {} : { targets: report.targets.map(targetJson) }),
    kconfig:
      report.kconfig === undefined ? null : { kernel: report.kconfig.name, base: report.kconfig.base?.trim() ?? null },
    profiles: report.scores,
    counts: report.counts,
    findings: findingsJson(report.findings),
    ...(report.settled === undefined ? {} : { settled: report.settled }),
    ...(report.waived === undefined || report.waived.length === 0 ? {} : { waived: report.waived.map(waivedJson) }),
    unknowns: report.unknowns.map(({ rule, ...rest }) => ({ rule: rule.id, verdict: 'unknown', ...rest })),
    notApplicable: report.notApplicable.map(({ rule, reason }) => ({
      rule: rule.id,
      verdict: 'not-applicable',
      reason,
    })),
  };
}

function findingsJson(findings: readonly Finding[]) {
  const sharing = new Map<string, number>();
  for (const { cause, causeTitle } of findings)
    if (cause !== undefined && causeTitle !== undefined) sharing.set(cause, (sharing.get(cause) ?? 0) + 1);
  return findings.map((finding) => findingJson(finding, sharing));
}

/** `sharing` says how many findings have a root whose title is to be said. */
function findingJson(finding: Finding, sharing?: ReadonlyMap<string, number>) {
  const { rule, fix, causeTitle } = finding;
  const count = finding.cause === undefined ? undefined : sharing?.get(finding.cause);
  return {
    rule: rule.id,
    verdict: 'unmet',
    severity: finding.severity,
    symbol: finding.symbol ?? null,
    message: finding.message,
    ...(finding.targets === undefined ? {} : { targets: finding.targets }),
    expected: finding.expected ?? null,
    actual: finding.actual ?? null,
    reason: rule.explanation,
    references: rule.references,
    cause: finding.cause ?? null,
    ...(causeTitle === undefined || count === undefined ? {} : { causeTitle: causeTitle(count) }),
    sameAs: finding.sameAs.map(({ id }) => id),
    location: locationJson(finding.location),
    related: finding.related.map(({ location, message }) => ({ message, location: locationJson(location) })),
    advice: finding.advice,
    fix:
      fix === undefined
        ? null
        : {
            title: fix.title,
            edits: fix.edits.map(({ location, newText }) => ({ ...locationJson(location), newText })),
          },
  };
}

function waivedJson({ finding, reason, owner, expires, inSource, location }: WaivedFinding) {
  return {
    finding: findingJson(finding),
    reason,
    owner: owner ?? null,
    expires: expires ?? null,
    inSource,
    waiver: locationJson(location),
  };
}

/** Lines and columns from 1, columns and offsets in UTF-16 units, ends exclusive. */
export function locationJson({ source, span }: Location) {
  const start = positionOf(source, span.start);
  const end = positionOf(source, span.end);
  return {
    path: source.path,
    start: { ...start, offset: span.start },
    end: { ...end, offset: span.end },
  };
}
