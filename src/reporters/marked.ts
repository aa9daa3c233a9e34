/** Reports for programs that also say of which run they are a part, so that they can be merged. */
import { type InputFailure, noCounts, type Report, type RuleInfo, severityRank } from '../finding.ts';
import type { RunMark } from '../run-mark.ts';
import { fileJson, jsonReporter } from './json.ts';
import { ndjsonReporter } from './ndjson.ts';
import type { Reporter, ReporterFactory, ReportStyle } from './reporter.ts';
import { acceptedRank, maxResults, sarifReporter } from './sarif.ts';

export interface MarkSource {
  readonly mark: (style: ReportStyle) => RunMark;
  /** The number of the input that is being read, from 0. */
  readonly place: () => number;
  /** Reports of what is no config, which only all shards together can tell. */
  readonly closing: () => readonly Report[];
}

export function markedReporters(source: MarkSource): Readonly<Record<string, ReporterFactory>> {
  return {
    json: (style) => markedJson(style, source),
    ndjson: (style) => markedNdjson(style, source),
    sarif: (style) => markedSarif(style, source),
  };
}

function markedJson(style: ReportStyle, source: MarkSource): Reporter {
  const inner = jsonReporter(style);
  const notes = takeNotes(style, source);
  return {
    file: (report) => {
      notes.file(report);
      return inner.file(report);
    },
    failure: (failure) => {
      notes.failure(failure);
      return inner.failure(failure);
    },
    end: (summary) => {
      const { node, shard } = source.mark(style);
      const text = inner.end(summary).slice(0, -2);
      const { ruleFirst, ...all } = notes.all();
      const own = shard === undefined ? undefined : { ...shard, ...all, rules: style.rules.map(plainRule) };
      return `${text}${node === undefined ? '' : `,"node":${JSON.stringify(node)}`}${own === undefined ? '' : `,"shard":${JSON.stringify(own)}`}}\n`;
    },
  };
}

function markedNdjson(style: ReportStyle, source: MarkSource): Reporter {
  const mark = source.mark(style);
  const isShard = mark.shard !== undefined;
  const notes = takeNotes(style, source);
  const inner = ndjsonReporter(style, {
    mark,
    place: () => (isShard ? source.place() : undefined),
    rules: () => (isShard ? style.rules.map(plainRule) : undefined),
    closing: () => {
      const { lateRules, closing } = notes.all();
      return isShard ? { shard: { lateRules, closing } } : {};
    },
  });
  // Not to be taken apart: where a file belongs is known only while it is being judged.
  return {
    file: (report) => {
      notes.rules(report);
      return inner.file(report);
    },
    failure: inner.failure,
    end: inner.end,
  };
}

/** A log whose run has the places of its results among its properties; all else is as without a mark. */
function markedSarif(style: ReportStyle, source: MarkSource): Reporter {
  const inner = sarifReporter(style);
  const notes = takeNotes(style, source);
  let rows: { readonly rank: number; readonly place: number }[] = [];
  let total = 0;
  // The reporter keeps the worst, in their order; so the places are kept.
  const worst = () => rows.toSorted((a, b) => a.rank - b.rank).slice(0, maxResults);
  return {
    file: (report) => {
      const place = source.place();
      const { findings, waived = [] } = report;
      for (const { severity } of findings) rows.push({ rank: severityRank(severity), place });
      for (let i = 0; i < waived.length; i++) rows.push({ rank: acceptedRank, place });
      total += findings.length + waived.length;
      if (rows.length > 4 * maxResults) rows = worst();
      notes.file(report);
      return inner.file(report);
    },
    failure: (failure) => {
      notes.failure(failure);
      return inner.failure(failure);
    },
    end: (summary) => {
      const log = JSON.parse(inner.end(summary)) as { runs: [{ properties?: object }] };
      const { node, shard } = source.mark(style);
      const { failurePlaces, lateRules, ruleFirst } = notes.all();
      const { settled, fixed, ...counted } = summary;
      const own =
        shard === undefined
          ? {}
          : {
              shard: {
                ...shard,
                places: worst().map(({ place }) => place),
                failurePlaces,
                lateRules: lateRules.map(({ id }, i) => ({ id, place: ruleFirst[i] })),
                results: total,
                summary: counted,
                ...closingOf(style, source.closing()),
              },
            };
      log.runs[0].properties = { ...(node === undefined ? {} : { node }), ...own };
      return `${JSON.stringify(log, null, 1)}\n`;
    },
  };
}

/** Words of a rule may be made when they are read, and so are no properties of its own. */
function plainRule({ id, title, severity, explanation, references }: RuleInfo): RuleInfo {
  return { id, title, severity, explanation, references };
}

/** Results that this log does not hold, and their rules. */
function closingOf(style: ReportStyle, reports: readonly Report[]) {
  const reporter = sarifReporter({ ...style, rules: [] });
  for (const report of reports) reporter.file(report);
  const summary = { files: 0, failures: 0, counts: noCounts, exitCode: 0 };
  const log = JSON.parse(reporter.end(summary)) as {
    runs: [{ results: object[]; tool: { driver: { rules: object[] } } }];
  };
  const [{ results, tool }] = log.runs;
  return { closing: results, closingRules: tool.driver.rules };
}

/** Where each file and failure belongs in the whole run, and which rules spoke that were not announced. */
function takeNotes({ rules }: ReportStyle, { place, closing }: MarkSource) {
  const announced = new Set(rules.map(({ id }) => id));
  const late = new Map<string, { readonly rule: RuleInfo; readonly place: number }>();
  const places: number[] = [];
  const failurePlaces: number[] = [];
  const hear = (rule: RuleInfo) => {
    if (!announced.has(rule.id) && !late.has(rule.id)) late.set(rule.id, { rule, place: place() });
  };
  const hearAll = ({ findings, waived = [] }: Report) => {
    for (const { rule } of findings) hear(rule);
    for (const { finding } of waived) hear(finding.rule);
  };
  return {
    rules: hearAll,
    file: (report: Report) => {
      places.push(place());
      hearAll(report);
    },
    failure: (_: InputFailure) => {
      failurePlaces.push(place());
    },
    all: () => {
      const last = closing();
      last.forEach(hearAll);
      return {
        places,
        failurePlaces,
        lateRules: [...late.values()].map(({ rule }) => plainRule(rule)),
        ruleFirst: [...late.values()].map((each) => each.place),
        closing: last.map(fileJson),
      };
    },
  };
}
