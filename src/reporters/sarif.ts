/** SARIF 2.1.0, as GitHub code scanning wants it: every rule in full, a region and a fingerprint for every result. */
import {
  type Finding,
  fingerprintOf,
  type InputFailure,
  type Report,
  type RuleInfo,
  type Severity,
  severityRank,
  type WaivedFinding,
} from '../finding.ts';
import { visible } from '../invisible.ts';
import { type Location, positionOf } from '../source.ts';
import { homepage, inParts, isLink, type Reporter, type ReportStyle } from './reporter.ts';

/** GitHub keeps no more results of one run than this. */
export const maxResults = 5000;

const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export function sarifReporter(style: ReportStyle): Reporter {
  const rules = new Map(style.rules.map((rule) => [rule.id, rule]));
  // Rows are made at once, so that no report, and no source, outlives its turn.
  let rows: Row[] = [];
  let total = 0;
  const failures: InputFailure[] = [];
  const add = (part: ReturnType<typeof partOf>) => {
    for (const rule of part.rules) rules.set(rule.id, rule);
    for (const row of part.rows) rows.push(row);
    total += part.rows.length;
    if (rows.length > 4 * maxResults) rows = worst(rows);
    return '';
  };
  return inParts(partOf, add, {
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: ({ exitCode }) =>
      `${JSON.stringify(log(style, [...rules.values()], worst(rows), total, failures, exitCode), null, 1)}\n`,
  });
}

/** The results of a file, and the rules that they are of. */
function partOf({ findings, waived = [] }: Report): {
  readonly rules: readonly RuleInfo[];
  readonly rows: readonly Row[];
} {
  const rules = [...findings, ...waived.map(({ finding }) => finding)].map(({ rule }) => rule);
  return {
    // Some rules are worded when they are read; data is not.
    rules: [...new Set(rules)].map(({ id, title, severity, explanation, references }) => ({
      id,
      title,
      severity,
      explanation,
      references,
    })),
    rows: [
      ...findings.map((finding) => ({ rank: severityRank(finding.severity), result: resultJson(finding) })),
      // Of too many results the accepted ones go first.
      ...waived.map((each) => ({
        rank: acceptedRank,
        result: { ...resultJson(each.finding), suppressions: [suppression(each)] },
      })),
    ],
  };
}

/** Behind every severity. */
export const acceptedRank = 9;

function suppression({ reason, owner, expires, inSource, location }: WaivedFinding) {
  return {
    kind: inSource ? 'inSource' : 'external',
    status: 'accepted',
    justification: visible(reason),
    location: placeOf(location),
    properties: { owner: owner ?? null, expires: expires ?? null },
  };
}

interface Row {
  readonly rank: number;
  readonly result: { readonly ruleId: string; readonly suppressions?: readonly object[] };
}

/** Array.prototype.sort keeps the order of equals. */
function worst(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.rank - b.rank).slice(0, maxResults);
}

function log(
  style: ReportStyle,
  rules: readonly RuleInfo[],
  rows: readonly Row[],
  total: number,
  failures: readonly InputFailure[],
  exitCode: number,
) {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const notifications = failures.map(failureNotification);
  if (total > rows.length) {
    const text = `${total - rows.length} of ${total} results were left out, the least severe ones; other formats hold them all.`;
    notifications.push({ level: 'warning', descriptor: { id: 'results-truncated' }, message: { text } });
  }
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kconfig-lint',
            semanticVersion: style.version,
            informationUri: homepage,
            rules: rules.map(ruleJson),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `kconfig-lint/${style.profiles.join('+')}/` },
        invocations: [
          { executionSuccessful: failures.length === 0, exitCode, toolExecutionNotifications: notifications },
        ],
        results: rows.map(({ result }) => ({ ...result, ruleIndex: indexOf.get(result.ruleId) })),
      },
    ],
  };
}

interface Notification {
  readonly level: 'error' | 'warning';
  readonly descriptor: { readonly id: string };
  readonly message: { readonly text: string };
  readonly locations?: readonly object[];
}

function failureNotification({ path, code, message, help, line, column }: InputFailure): Notification {
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    level: 'error',
    descriptor: { id: code },
    message: { text: visible(`${path}: ${message}. ${help}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region } }],
  };
}

function ruleJson(rule: RuleInfo) {
  const links = rule.references.filter(isLink);
  const references = links.map((link) => `- <${link}>`).join('\n');
  const explanation = rule.explanation === '' ? rule.title : rule.explanation;
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: visible(rule.title).slice(0, 1024) },
    fullDescription: { text: visible(explanation).slice(0, 1024) },
    help: {
      text: `${visible(explanation)}\n\n${rule.references.map(visible).join('\n')}`,
      markdown: `${visible(explanation)}\n\n${references}`,
    },
    ...(links[0] === undefined ? {} : { helpUri: links[0] }),
    defaultConfiguration: { level: level[rule.severity] },
    properties: {
      tags: ['kernel', rule.id.includes('/') ? (rule.id.split('/')[0] as string) : 'config-syntax'],
      precision: 'very-high',
      'problem.severity': rule.severity === 'info' ? 'recommendation' : rule.severity,
    },
  };
}

function resultJson(finding: Finding) {
  const { rule, severity, message, location, related, fix, advice } = finding;
  const path = location.source.path;
  const todo = advice.length === 0 ? '' : ` Write ${advice.slice(0, 5).join(', ')}.`;
  return {
    ruleId: rule.id,
    level: level[severity],
    message: { text: visible(`${message}. ${rule.explanation}${todo}`) },
    locations: [placeOf(location)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.slice(0, 100).map((at, i) => ({
            id: i + 1,
            message: { text: visible(at.message) },
            ...placeOf(at.location),
          })),
        }),
    partialFingerprints: {
      primaryLocationLineHash: `${fingerprintOf(finding, path)}:1`,
    },
    // What lies in an image cannot be edited there.
    ...(fix === undefined || location.source.container !== undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: visible(fix.title) },
              artifactChanges: [
                {
                  artifactLocation: { uri: uriOf(path) },
                  replacements: fix.edits.map(({ location: at, newText }) => ({
                    deletedRegion: regionOf(at),
                    insertedContent: { text: newText },
                  })),
                },
              ],
            },
          ],
        }),
    properties: {
      symbol: finding.symbol ?? null,
      cause: finding.cause ?? null,
      sameAs: finding.sameAs.map(({ id }) => id),
    },
  };
}

/** A text that lies in another file has its lines and columns in a logical location: they mean nothing in that file. */
function placeOf(location: Location) {
  const { source, span } = location;
  const { container } = source;
  if (container === undefined) {
    return { physicalLocation: { artifactLocation: { uri: uriOf(source.path) }, region: regionOf(location) } };
  }
  const { line, column } = positionOf(source, span.start);
  const name = `${source.path.slice(container.length + 1)}:${line}:${column}`;
  return {
    // Code scanning takes no result without a region.
    physicalLocation: { artifactLocation: { uri: uriOf(container) }, region: { startLine: 1, startColumn: 1 } },
    logicalLocations: [{ fullyQualifiedName: visible(name), kind: 'resource' }],
  };
}

function regionOf({ source, span }: Location) {
  const start = positionOf(source, span.start);
  const end = positionOf(source, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A relative URI reference; nothing of a path can become a scheme, a query or a fragment. */
export function uriOf(path: string): string {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
