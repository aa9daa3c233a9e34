/** `merge-reports`: the reports of shards, or of many machines, as the one that a single run would have written. */
import { createSums, type InputFailure, type Report, type RuleInfo, type RunSummary } from '../../finding.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { allRules } from '../../project/open-project.ts';
import { type LoadLibrary, type Prepared, prepare, rulesOf, type UsageError } from '../../project/prepare.ts';
import { type JsonWriter, jsonWriters } from '../../reporters/merged.ts';
import type { ReportStyle } from '../../reporters/reporter.ts';
import { beforeInputs } from '../../run-mark.ts';
import { gather } from '../../shards/belong.ts';
import { type ReadReports, readReports } from '../../shards/read-report.ts';
import { type RebuildChoice, type RuleFinder, rebuildReport } from '../../shards/rebuild.ts';
import type { FileJson, PartReport, PlacedFailure } from '../../shards/report-json.ts';
import { filesOfRuns, filesOfShards, mergeEnds } from '../../shards/union.ts';
import { mergeSarif } from '../merge-sarif.ts';
import { expectedOf, failureLines, withThresholds } from '../merging.ts';
import { checkOptions, type OptionSpec, type RawOptions } from '../options.ts';
import { exitCodeOf, finish, type Output, openOutputs, withoutOwn } from '../outputs.ts';
import { openReports } from '../report-files.ts';
import type { Services } from '../services.ts';
import { reportUsage } from '../usage.ts';

const taken = ['output', 'color', 'fail-on', 'max-warnings', 'quiet', 'verbose'];

export const mergeOptions: readonly OptionSpec[] = [
  { ...(checkOptions.find(({ name }) => name === 'format') as OptionSpec), describe: 'How to report all of it' },
  ...checkOptions
    .filter(({ name }) => taken.includes(name))
    .map(({ default: initial, ...option }) =>
      option.name === 'fail-on' || initial === undefined ? option : { ...option, default: initial },
    ),
  {
    name: 'expect',
    type: 'number',
    placeholder: 'N',
    describe: 'How many reports there must be; without it as many as the shards say',
  },
];

type MergeServices = Pick<Services, 'reporters' | 'styleFor' | 'loadLibrary'> & Parameters<typeof openReports>[2];

export function runMergeReports(raw: RawOptions, host: Host, services: MergeServices): ExitCode {
  if (raw.files.length === 0) {
    const help = 'kconfig-lint merge-reports shard-*.json --format text';
    return reportUsage([{ message: 'no report was named', help }], raw, host);
  }
  const opened = openReports(raw.files, host, services);
  try {
    const read = join(
      opened.files.map(({ name, file }) => readReports(name, file)),
      opened.failures,
    );
    return read.logs.length > 0 ? mergeSarif(read, raw, host, services) : mergeParts(read, raw, host, services);
  } finally {
    for (const { file } of opened.files) file.close();
  }
}

function join(all: readonly ReadReports[], failures: readonly InputFailure[]): ReadReports {
  return {
    parts: all.flatMap(({ parts }) => parts),
    logs: all.flatMap(({ logs }) => logs),
    failures: [...failures, ...all.flatMap((each) => each.failures)],
  };
}

function mergeParts(read: ReadReports, raw: RawOptions, host: Host, services: MergeServices): ExitCode {
  const gathered = gather(read.parts, expectedOf(raw), areEqualParts);
  if ('message' in gathered) return reportUsage([gathered], raw, host);
  const { parts, missing, notes } = gathered;
  for (const note of notes) host.writeError(`kconfig-lint: ${visible(note)}\n`);
  const [first] = parts;
  const shard = first?.shard;
  const ends = mergeEnds(parts);
  const early = [...read.failures, ...missing].map((failure) => ({ failure, place: beforeInputs }));
  const failures = [...early, ...ends.failures];
  const own = withThresholds(raw, shard?.failOn, shard?.maxWarnings ?? undefined);
  const profiles = profilesIn(parts);
  const prepared = preparedFor(profiles, services.loadLibrary);
  const made = openMerged(own, host, services, prepared, parts, shard?.profiles ?? withoutOwn(profiles));
  if ('message' in made) return reportUsage([made], raw, host);
  for (const { failure } of failures) host.writeError(failureLines(failure));
  const { counts, settled, add } = createSums();
  const files = shard === undefined ? filesOfRuns(parts) : filesOfShards(parts);
  let next = 0;
  const failBefore = (place: number) => {
    for (; next < failures.length && (failures[next]?.place ?? 0) <= place; next++)
      made.failure((failures[next] as PlacedFailure).failure);
  };
  for (const { file, place = beforeInputs } of files) {
    failBefore(place);
    add(file);
    if (!made.file(file)) break;
  }
  failBefore(Infinity);
  const count = read.failures.length + missing.length + ends.count;
  const worst = parts.some(({ summary }) => summary.exitCode === Exit.output)
    ? Exit.output
    : exitCodeOf(own, counts, count);
  const { fixed } = ends;
  const summary = { files: ends.files, failures: count, counts, exitCode: worst, settled };
  const code = made.end(
    failures.map(({ failure }) => failure),
    fixed === undefined ? summary : { ...summary, fixed },
  );
  return code;
}

function areEqualParts(a: PartReport, b: PartReport): boolean {
  if (JSON.stringify([a.summary, a.failures]) !== JSON.stringify([b.summary, b.failures])) return false;
  const others = b.files()[Symbol.iterator]();
  for (const file of a.files()) {
    const other = others.next();
    if (other.done === true || JSON.stringify(file) !== JSON.stringify(other.value)) return false;
  }
  return others.next().done === true;
}

/** Names of the profiles of the runs, from their files where they do not say themselves. */
function profilesIn(parts: readonly PartReport[]): readonly string[] {
  const names = new Set(parts.flatMap(({ shard }) => shard?.profiles ?? []));
  if (names.size === 0)
    for (const part of parts)
      for (const { file } of part.files()) for (const { profile } of file.profiles) names.add(profile);
  return [...names];
}

/** Those of the profiles that this program has. */
function preparedFor(names: readonly string[], load: LoadLibrary): Prepared {
  const options = { kind: 'auto', boot: [] } as const;
  const chosen = prepare({ ...options, profiles: [] }, load) as Prepared;
  // One by one: a profile of the user's own is not known here.
  const known = names.flatMap((name) => {
    const one = prepare({ ...options, profiles: [name] }, load);
    return 'library' in one ? [one] : [];
  });
  const { library = chosen.library } = known[0] ?? {};
  return { ...chosen, library, chosen: known.flatMap((each) => each.chosen) };
}

interface Merged {
  /** False once nobody listens any more. */
  readonly file: (file: FileJson) => boolean;
  readonly failure: (failure: InputFailure) => void;
  readonly end: (failures: readonly InputFailure[], summary: RunSummary) => ExitCode;
}

/** The outputs that were asked for: what is JSON already is passed on as it is, all else is made anew. */
function openMerged(
  raw: RawOptions,
  host: Host,
  { reporters, styleFor }: MergeServices,
  prepared: Prepared,
  parts: readonly PartReport[],
  named: readonly string[],
): Merged | UsageError {
  const shard = parts[0]?.shard;
  const rules = shard?.rules ?? [];
  const writers = new Map<object, JsonWriter>();
  const single = new Set<object>();
  const version = parts[0]?.version;
  const factories = Object.fromEntries(
    Object.entries(reporters).map(([name, make]) => [
      name,
      (style: ReportStyle) => {
        const own = {
          ...style,
          profiles: named,
          version: version ?? style.version,
          ...(shard === undefined ? {} : { rules }),
        };
        const reporter = make(own);
        const writer = jsonWriters[name];
        if (writer !== undefined) writers.set(reporter, writer(own.version));
        if (name === 'rdjsonl') single.add(reporter);
        return reporter;
      },
    ]),
  );
  const inputs = raw.files;
  const outputs = openOutputs(
    raw,
    host,
    { reporters: factories, ...(styleFor === undefined ? {} : { styleFor }) },
    prepared,
    inputs,
    {
      rules: shard === undefined ? allRules : [],
    },
  );
  if (!Array.isArray(outputs)) return outputs as UsageError;
  const ruleOf = finderOf(parts, prepared);
  return {
    file: (file) => {
      let open = false;
      const made = new Map<boolean, Report>();
      for (const { reporter, write } of outputs) {
        const writer = writers.get(reporter);
        const choice: RebuildChoice = { ruleOf, singleEdits: single.has(reporter) };
        const report = () => {
          const known = made.get(choice.singleEdits) ?? rebuildReport(file, choice);
          made.set(choice.singleEdits, known);
          return known;
        };
        open = write(writer === undefined ? reporter.file(report()) : writer.file(file)) || open;
      }
      return open;
    },
    failure: (failure) => {
      for (const { reporter, write } of outputs) write((writers.get(reporter) ?? reporter).failure(failure));
    },
    end: (failures, summary) =>
      finish(
        outputs.map((output) => ending(output, writers, failures)),
        summary,
        host,
      ),
  };
}

/** JSON lists all failures at its end. */
function ending(output: Output, writers: ReadonlyMap<object, JsonWriter>, failures: readonly InputFailure[]): Output {
  const writer = writers.get(output.reporter);
  if (writer === undefined) return output;
  return { ...output, reporter: { ...output.reporter, end: (summary) => writer.end(failures, summary) } };
}

/** Rules by their ids: those that came with the reports, those of this program, and at last what the finding itself says. */
function finderOf(parts: readonly PartReport[], prepared: Prepared): RuleFinder {
  const rules = new Map<string, RuleInfo>();
  for (const { shard } of parts)
    for (const rule of [...(shard?.rules ?? []), ...(shard?.lateRules ?? [])])
      if (!rules.has(rule.id)) rules.set(rule.id, rule);
  if (rules.size === 0) for (const rule of [...allRules, ...rulesOf(prepared)]) rules.set(rule.id, rule);
  return (id, finding) => {
    const known = rules.get(id);
    // One object a rule: reporters keep their words by it.
    if (known !== undefined && (finding === undefined || known.explanation === finding.reason)) return known;
    const rule = {
      id,
      title: known?.title ?? finding?.message ?? id,
      severity: known?.severity ?? finding?.severity ?? 'warning',
      explanation: finding?.reason ?? '',
      references: finding?.references ?? [],
    };
    if (finding !== undefined) rules.set(id, rule);
    return rule;
  };
}
