/** SARIF logs of several runs as one: results in the order of a single run, rules and fingerprints as it would have them. */
import type { Counts, InputFailure } from '../finding.ts';
import { beforeInputs, type ShardMark } from '../run-mark.ts';
import { agreedOn } from './agreed.ts';
import type { Fault } from './report-fault.ts';

export interface SarifResult {
  readonly ruleId: string;
  readonly level: string;
  readonly message: unknown;
  readonly suppressions?: readonly object[];
  readonly [key: string]: unknown;
}

interface SarifRule {
  readonly id: string;
  readonly [key: string]: unknown;
}

interface Notification {
  readonly descriptor: { readonly id: string };
  readonly [key: string]: unknown;
}

interface Invocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly toolExecutionNotifications: readonly Notification[];
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly semanticVersion: string; readonly rules: readonly SarifRule[] } };
  readonly invocations: readonly [Invocation];
  readonly results: readonly SarifResult[];
  readonly properties?: { readonly node?: string; readonly shard?: SarifShard };
  readonly [key: string]: unknown;
}

export interface SarifShard extends ShardMark {
  readonly places: readonly number[];
  readonly failurePlaces: readonly number[];
  readonly lateRules: readonly { readonly id: string; readonly place: number }[];
  /** Before the least severe ones were left out. */
  readonly results: number;
  readonly summary: {
    readonly files: number;
    readonly failures: number;
    readonly counts: { readonly error: number; readonly warning: number; readonly info: number };
    readonly exitCode: number;
  };
  readonly closing: readonly SarifResult[];
  readonly closingRules: readonly SarifRule[];
}

/** One run of a log. */
export interface SarifPart {
  readonly name: string;
  readonly version: string;
  readonly log: { readonly [key: string]: unknown };
  readonly run: SarifRun;
  readonly node: string | undefined;
  readonly shard: SarifShard | undefined;
}

export function isSarif(value: unknown): boolean {
  return isObject(value) && 'runs' in value;
}

/** The shape is looked at as far as merging relies on it. */
export function readSarif(name: string, value: unknown): readonly SarifPart[] | Fault {
  const log = value as { readonly version?: unknown; readonly runs?: unknown };
  if (log.version !== '2.1.0') return { message: 'this SARIF log is not of the version 2.1.0' };
  if (!Array.isArray(log.runs) || log.runs.length === 0) return { message: '/runs holds no run' };
  const parts: SarifPart[] = [];
  for (const [i, run] of (log.runs as unknown[]).entries()) {
    const wrong = faultInRun(run);
    if (wrong !== undefined)
      return { message: `/runs/${i}${wrong}`, help: 'name logs that kconfig-lint wrote, unchanged' };
    const own = run as SarifRun;
    parts.push({
      name,
      version: own.tool.driver.semanticVersion,
      log,
      run: own,
      node: own.properties?.node,
      shard: own.properties?.shard,
    });
  }
  return parts;
}

function faultInRun(run: unknown): string | undefined {
  if (!isObject(run)) return ' is no run';
  const { tool, invocations, results, properties } = run as Partial<SarifRun>;
  const driver = isObject(tool) ? (tool as { readonly driver?: unknown }).driver : undefined;
  if (!isObject(driver) || (driver as { readonly name?: unknown }).name !== 'kconfig-lint')
    return '/tool/driver is not kconfig-lint';
  const { rules, semanticVersion } = driver as { readonly rules?: unknown; readonly semanticVersion?: unknown };
  if (typeof semanticVersion !== 'string') return '/tool/driver/semanticVersion is missing';
  if (!areAll(rules, 'id')) return '/tool/driver/rules is no list of rules';
  if (!areAll(results, 'ruleId')) return '/results is no list of results';
  const [invocation] = Array.isArray(invocations) ? (invocations as Invocation[]) : [];
  if (!isObject(invocation) || !Array.isArray(invocation?.toolExecutionNotifications))
    return '/invocations does not tell how the run ended';
  if (properties === undefined) return undefined;
  if (!isObject(properties)) return '/properties is no object';
  return properties.shard === undefined ? undefined : faultInShard(properties.shard, results as readonly unknown[]);
}

function faultInShard(shard: SarifShard, results: readonly unknown[]): string | undefined {
  const { index, of, run, places, failurePlaces, lateRules, closing, closingRules, summary } = shard;
  const isNumbered = Number.isInteger(index) && Number.isInteger(of) && index >= 1 && index <= of;
  if (!isNumbered || !isObject(run)) return '/properties/shard does not say which shard of which run it is';
  if (!areNumbers(places) || places.length !== results.length)
    return '/properties/shard/places does not fit the results';
  if (
    !areNumbers(failurePlaces) ||
    !areAll(lateRules, 'id') ||
    !areAll(closing, 'ruleId') ||
    !areAll(closingRules, 'id')
  )
    return '/properties/shard is not complete';
  return isObject(summary) && isObject(summary.counts) ? undefined : '/properties/shard/summary is missing';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areAll(list: unknown, key: string): boolean {
  return (
    Array.isArray(list) && list.every((each) => isObject(each) && typeof each[key as keyof typeof each] === 'string')
  );
}

function areNumbers(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.every((each) => Number.isInteger(each));
}

export interface MergedRun {
  readonly notifications: readonly Notification[];
  readonly counts: Counts;
  /** The text of the log, headed as `first` is. */
  readonly write: (first: SarifPart, exitCode: number) => string;
}

/** Results that several logs hold are held once. `most` results are kept, the worst. */
export function mergeLogs(parts: readonly SarifPart[], failures: readonly InputFailure[], most: number): MergedRun {
  const closing = closingOf(parts);
  const rows = [
    ...withoutDoubles(parts),
    ...closing.map((result) => ({ rank: rankOf(result), place: Infinity, result })),
  ];
  rows.sort((a, b) => a.rank - b.rank || a.place - b.place);
  const results = rows.map(({ result }) => result);
  const known = parts.reduce((sum, { run, shard }) => sum + (shard?.results ?? run.results.length), closing.length);
  const total = known - (parts.reduce((sum, { run }) => sum + run.results.length, closing.length) - rows.length);
  const notifications = [...failures.map(notificationOf), ...notificationsOf(parts)];
  const kept = results.slice(0, most);
  return {
    notifications,
    counts: countsOf(parts, results),
    write: ({ log, run }, exitCode) => {
      const { tool, invocations, results: _, properties, ...others } = run;
      const rules = rulesOf(parts);
      const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
      const toolExecutionNotifications = [
        ...notifications,
        ...(total > kept.length ? [leftOut(total, kept.length)] : []),
      ];
      const whole = {
        tool: { driver: { ...tool.driver, rules } },
        ...others,
        invocations: [{ executionSuccessful: notifications.length === 0, exitCode, toolExecutionNotifications }],
        results: kept.map((result) => ({ ...result, ruleIndex: indexOf.get(result.ruleId) })),
      };
      return `${JSON.stringify({ ...log, runs: [whole] }, null, 1)}\n`;
    },
  };
}

/** Of all results: those that a log left out are in its sums, those that several logs hold are in several. */
function countsOf(parts: readonly SarifPart[], results: readonly SarifResult[]): Counts {
  const counts = levelsOf(results);
  for (const { run, shard } of parts) {
    const held = levelsOf(run.results);
    for (const key of levels) counts[key] += (shard?.summary.counts[key] ?? held[key]) - held[key];
  }
  return { ...counts, unknown: 0, notApplicable: 0 };
}

const levels = ['error', 'warning', 'info'] as const;

function levelsOf(results: readonly SarifResult[]): { error: number; warning: number; info: number } {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const result of results) {
    const key = levels[rankOf(result)];
    if (key !== undefined) counts[key]++;
  }
  return counts;
}

/** In the words of the reporter. */
function leftOut(total: number, kept: number): Notification {
  const text = `${total - kept} of ${total} results were left out, the least severe ones; other formats hold them all.`;
  return { level: 'warning', descriptor: { id: truncated }, message: { text } };
}

/** What several logs hold once; what one log holds twice stays. Inputs belong to one shard, so only what comes before them is doubled. */
function withoutDoubles(parts: readonly SarifPart[]): readonly Row[] {
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    const times = new Map<string, number>();
    return rowsOf(part).filter(({ place, result }) => {
      if (part.shard !== undefined && place !== beforeInputs) return true;
      const key = keyOf(result);
      const time = (times.get(key) ?? 0) + 1;
      times.set(key, time);
      const isNew = !seen.has(`${time} ${key}`);
      seen.add(`${time} ${key}`);
      return isNew;
    });
  });
}

/** The index of its rule differs from log to log. */
function keyOf(result: SarifResult): string {
  return JSON.stringify({ ...result, ruleIndex: 0 });
}

interface Row {
  readonly rank: number;
  readonly place: number;
  readonly result: SarifResult;
}

const ranks: Readonly<Record<string, number>> = { error: 0, warning: 1, note: 2 };

function rowsOf({ run, shard }: SarifPart): readonly Row[] {
  return run.results.map((result, i) => ({ rank: rankOf(result), place: shard?.places[i] ?? 0, result }));
}

function closingOf(parts: readonly SarifPart[]): readonly SarifResult[] {
  const lists = parts.map(({ shard }) => shard?.closing ?? []);
  const placeOf = ({ locations }: SarifResult): string => JSON.stringify(locations);
  return agreedOn(lists, parts.length, (result) => `${result.ruleId} ${placeOf(result)}`).toSorted(
    (a, b) => lineOf(a) - lineOf(b),
  );
}

function lineOf({ locations }: SarifResult): number {
  const [first] = locations as readonly { physicalLocation?: { region?: { startLine?: number } } }[];
  return first?.physicalLocation?.region?.startLine ?? 0;
}

/** The reporter puts accepted results behind all others. */
function rankOf({ level, suppressions }: SarifResult): number {
  return suppressions === undefined ? (ranks[level] ?? 3) : 9;
}

/** Those that were announced, then the others as they came to speak. */
function rulesOf(parts: readonly SarifPart[]): readonly SarifRule[] {
  const late = new Map<string, number>();
  for (const { shard } of parts)
    for (const { id, place } of shard?.lateRules ?? []) late.set(id, Math.min(place, late.get(id) ?? Infinity));
  const all = new Map<string, SarifRule>();
  for (const { run, shard } of parts)
    for (const rule of [...run.tool.driver.rules, ...(shard?.closingRules ?? [])])
      if (!all.has(rule.id)) all.set(rule.id, rule);
  const rules = [...all.values()];
  const first = rules.filter(({ id }) => !late.has(id));
  return [
    ...first,
    ...rules.filter(({ id }) => late.has(id)).sort((a, b) => (late.get(a.id) ?? 0) - (late.get(b.id) ?? 0)),
  ];
}

const truncated = 'results-truncated';

function notificationsOf(parts: readonly SarifPart[]): readonly Notification[] {
  const rows = parts.flatMap(({ run, shard }) =>
    run.invocations[0].toolExecutionNotifications
      .filter(({ descriptor }) => descriptor.id !== truncated)
      .map((notification, i) => ({ notification, place: shard?.failurePlaces[i] ?? 0 })),
  );
  rows.sort((a, b) => a.place - b.place);
  return [...new Map(rows.map(({ notification }) => [JSON.stringify(notification), notification])).values()];
}

function notificationOf({ path, code, message, help }: InputFailure): Notification {
  return { level: 'error', descriptor: { id: code }, message: { text: `${path}: ${message}. ${help}` } };
}
