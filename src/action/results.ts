/** Reads the JSON report of a run line by line, one file at a time, and keeps what annotations and summary need. */

export interface Place {
  readonly path: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** As in schemas/report.schema.json. */
export interface FindingJson {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly reason: string;
  readonly advice: readonly string[];
  readonly location: Place;
}

export interface ScoreJson {
  readonly profile: string;
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly errors: number;
  readonly warnings: number;
}

export interface FailureJson {
  readonly path: string | null;
  readonly message: string;
  readonly help: string;
  readonly line?: number;
  readonly column?: number;
}

interface FileJson {
  readonly path: string;
  readonly findings: readonly FindingJson[];
  readonly profiles: readonly ScoreJson[];
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number };
}

interface EndJson {
  readonly failures: readonly FailureJson[];
  readonly summary: Summary;
}

export interface Summary {
  readonly files: number;
  readonly failures: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly unknown: number;
}

export interface Row {
  readonly path: string;
  /** What the checks found in the file itself, for whatever platform. */
  readonly own: { readonly errors: number; readonly others: number };
  /** Findings that nobody accepted: none where every one was waived. */
  readonly findings: { readonly errors: number; readonly all: number };
  /** Several of a profile, where kernels differ. */
  readonly cells: readonly ScoreJson[];
}

export interface Results {
  readonly summary: Summary;
  readonly failures: readonly FailureJson[];
  /** The first ones of each severity. */
  readonly findings: Readonly<Record<FindingJson['severity'], readonly FindingJson[]>>;
  readonly rows: readonly Row[];
}

/** `kept` findings of each severity; undefined where the lines are no whole report. */
export function readResults(lines: Iterable<string>, kept: number): Results | undefined {
  const findings = { error: [] as FindingJson[], warning: [] as FindingJson[], info: [] as FindingJson[] };
  const rows: Row[] = [];
  let end: EndJson | undefined;
  for (const line of lines) {
    // The reporter writes its head, each file and its end on lines of their own.
    if (line.startsWith('],')) end = JSON.parse(`{${line.slice(2)}`) as EndJson;
    else if (line.startsWith('{"schemaVersion"')) {
      if (line.endsWith('}')) end = JSON.parse(line) as EndJson;
    } else if (line !== '') {
      const { path, findings: found, profiles, counts } = JSON.parse(line.replace(/,$/, '')) as FileJson;
      const own = found.filter(({ rule }) => !rule.includes('/'));
      const errors = own.filter(({ severity }) => severity === 'error').length;
      rows.push({
        path,
        own: { errors, others: own.length - errors },
        findings: { errors: counts.error, all: counts.error + counts.warning + counts.info },
        cells: profiles,
      });
      for (const finding of found) {
        const list = findings[finding.severity];
        if (list.length < kept) list.push(finding);
      }
    }
  }
  return end === undefined ? undefined : { summary: end.summary, failures: end.failures, findings, rows };
}
