/** Findings that are known: read from a file, counted off, and written back sorted. */
import { type Finding, fingerprintsOf } from '../finding.ts';
import type { Host } from '../host.ts';
import { schemaFaults } from '../profiles/load.ts';
import { validateBaseline } from '../profiles/schema.generated.js';
import { faultAt, readYaml, type YamlFault } from '../profiles/yaml.ts';
import type { SourceText } from '../source.ts';
import type { UsageError } from './prepare.ts';
import { readFailure } from './read.ts';

/** Bytes that a baseline may have: some 30,000 findings. */
export const sizeLimit = 8 << 20;

export interface BaselineEntry {
  /** From the project's folder. */
  readonly path: string;
  readonly rule: string;
  readonly symbol?: string;
  readonly fingerprint: string;
  readonly count: number;
}

export type Baseline = readonly BaselineEntry[];

/** A baseline, or what is wrong with it. */
export function readBaseline(path: string, host: Host): Baseline | readonly UsageError[] {
  const read = host.readSource(path, { limit: sizeLimit, unzippedLimit: sizeLimit, keep: true });
  if ('error' in read) {
    const help =
      read.error === 'missing' ? 'write it once with --update-baseline' : 'name another file with --baseline';
    return [{ path, message: `the baseline cannot be read: ${readFailure(path, read, host).message}`, help }];
  }
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    return faultsIn(read, [{ ...faultAt(read, 0, 'this is no JSON, so no baseline') }]);
  }
  const errors = validateBaseline(value);
  if (errors.length > 0) return faultsIn(read, [faultAt(read, 0, 'this is no baseline of kconfig-lint')]);
  const { findings } = value as { findings: readonly BaselineEntry[] };
  const seen = new Set<string>();
  for (const entry of findings) {
    const key = keyOf(entry);
    if (seen.has(key)) {
      const message = `the finding ${entry.rule} of ${entry.path} stands here twice`;
      return [{ ...faultAt(read, read.text.lastIndexOf(entry.fingerprint), message), help }];
    }
    seen.add(key);
  }
  return findings;
}

const help = 'write it anew with --update-baseline';

/** Faults with their places, which only a reader that keeps places can tell; JSON is YAML. */
function faultsIn(source: SourceText, otherwise: readonly YamlFault[]): readonly UsageError[] {
  const file = readYaml(source);
  const found = 'value' in file ? schemaFaults(file, validateBaseline(typed(file.value)), 'the baseline') : file;
  return (found.length > 0 ? found : otherwise).map(({ path, line, column, message }) => ({
    path,
    line,
    column,
    message,
    help,
  }));
}

/** Numbers are texts to the YAML reader; those of a baseline are told by their keys. */
function typed(value: unknown): unknown {
  const number = (each: unknown): unknown => (typeof each === 'string' && /^\d{1,9}$/.test(each) ? Number(each) : each);
  const isMap = (each: unknown): each is Record<string, unknown> =>
    typeof each === 'object' && each !== null && !Array.isArray(each);
  if (!isMap(value)) return value;
  const whole: Record<string, unknown> = { ...value };
  if ('schemaVersion' in whole) whole['schemaVersion'] = number(whole['schemaVersion']);
  if (Array.isArray(whole['findings']))
    whole['findings'] = whole['findings'].map((entry: unknown) =>
      isMap(entry) && 'count' in entry ? { ...entry, count: number(entry['count']) } : entry,
    );
  return whole;
}

function keyOf({ path, fingerprint }: Pick<BaselineEntry, 'path' | 'fingerprint'>): string {
  return `${path}\0${fingerprint}`;
}

/** The findings of one file, as a baseline holds them: one entry for each symbol. */
export function entriesOf(path: string, findings: readonly Finding[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const { symbol, subjects = [symbol], rule } = finding;
    for (const [i, fingerprint] of fingerprintsOf(finding, path).entries()) {
      const count = (entries.get(fingerprint)?.count ?? 0) + 1;
      const of = subjects[i];
      entries.set(fingerprint, {
        path,
        rule: rule.id,
        ...(of === undefined ? {} : { symbol: of }),
        fingerprint,
        count,
      });
    }
  }
  return [...entries.values()];
}

/** Findings of one file that the baseline does not hold, and how many of its own it holds that are gone. */
export function beyond(baseline: Baseline, path: string, findings: readonly Finding[]) {
  const left = new Map(
    baseline.filter((entry) => entry.path === path).map((entry) => [entry.fingerprint, entry.count]),
  );
  const fresh = findings.filter((finding) => !takeAll(left, fingerprintsOf(finding, path)));
  const gone = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { fresh, known: findings.length - fresh.length, gone };
}

/** Counts off one of each key; true where each was there. */
export function takeAll(left: Map<string, number>, keys: readonly string[]): boolean {
  let isThere = true;
  for (const key of keys) {
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    else isThere = false;
  }
  return isThere;
}

/** What is both in the baseline and found still. */
export function pruned(baseline: Baseline, path: string, findings: readonly Finding[]): readonly BaselineEntry[] {
  const now = new Map(entriesOf(path, findings).map((entry) => [entry.fingerprint, entry.count]));
  return baseline.flatMap((entry) => {
    const count = entry.path === path ? Math.min(entry.count, now.get(entry.fingerprint) ?? 0) : 0;
    return count === 0 ? [] : [{ ...entry, count }];
  });
}

/** Sorted, one finding a line, so that changes read well in a patch. */
export function baselineText(baseline: Baseline): string {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const lines = baseline
    .toSorted(
      (a, b) =>
        order(a.path, b.path) ||
        order(a.rule, b.rule) ||
        order(a.symbol ?? '', b.symbol ?? '') ||
        order(a.fingerprint, b.fingerprint),
    )
    .map(({ path, rule, symbol, fingerprint, count }) => {
      const entry = { path, rule, ...(symbol === undefined ? {} : { symbol }), fingerprint, count };
      return `    ${JSON.stringify(entry)}`;
    });
  const body = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "$schema": "https://kconfig-lint.dev/schemas/baseline-1.json",\n  "schemaVersion": 1,\n  "findings": ${body}\n}\n`;
}
