/** `merge-reports` of SARIF logs. */

import type { InputFailure } from '../finding.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import { visible } from '../invisible.ts';
import { type LoadLibrary, type Prepared, prepare, type UsageError } from '../project/prepare.ts';
import type { ReporterFactory } from '../reporters/reporter.ts';
import { maxResults } from '../reporters/sarif.ts';
import { gather } from '../shards/belong.ts';
import type { ReadReports } from '../shards/read-report.ts';
import { mergeLogs, type SarifPart } from '../shards/sarif-log.ts';
import { expectedOf, failureLines, withThresholds } from './merging.ts';
import { type RawOptions, rawList, textOption } from './options.ts';
import { exitCodeOf, finish, openOutputs } from './outputs.ts';
import { reportUsage } from './usage.ts';

interface MergeServices {
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  readonly loadLibrary: LoadLibrary;
}

export function mergeSarif(read: ReadReports, raw: RawOptions, host: Host, services: MergeServices): ExitCode {
  const { logs } = read;
  const [json] = read.parts;
  const others = rawList(raw, 'output').filter((choice) => /^[a-z]+=/.test(choice) && !choice.startsWith('sarif='));
  if (json !== undefined || textOption(raw, 'format') !== 'sarif' || others.length > 0) {
    const message =
      json === undefined
        ? `${logs[0]?.name} is a SARIF log, of which only --format sarif can be made`
        : `${logs[0]?.name} is a SARIF log, and ${json.name} is none`;
    return reportUsage([{ message, help: 'merge reports of --format json for any other format' }], raw, host);
  }
  const gathered = gather(logs, expectedOf(raw), (a, b) => JSON.stringify(a.run) === JSON.stringify(b.run));
  if ('message' in gathered) return reportUsage([gathered], raw, host);
  for (const note of gathered.notes) host.writeError(`kconfig-lint: ${visible(note)}\n`);
  const failures = [...read.failures, ...gathered.missing];
  for (const failure of failures) host.writeError(failureLines(failure));
  const [first] = gathered.parts;
  if (first === undefined) return Exit.unreadable;
  return writeSarif(first, gathered.parts, failures, raw, host, services);
}

function writeSarif(
  first: SarifPart,
  parts: readonly SarifPart[],
  failures: readonly InputFailure[],
  raw: RawOptions,
  host: Host,
  services: MergeServices,
): ExitCode {
  const merged = mergeLogs(parts, failures, maxResults);
  const { counts } = merged;
  const unread = merged.notifications.length;
  const { shard } = first;
  const own = withThresholds(raw, shard?.failOn, shard?.maxWarnings ?? undefined);
  const exitCode = exitCodeOf(own, counts, unread);
  const text = merged.write(first, exitCode);
  const reporter = { file: () => '', failure: () => '', end: () => text };
  const outputs = openOutputs(
    { ...raw, format: 'sarif' },
    host,
    { reporters: Object.fromEntries(Object.keys(services.reporters).map((name) => [name, () => reporter])) },
    prepare({ kind: 'auto', boot: [], profiles: [] }, services.loadLibrary) as Prepared,
    raw.files,
  );
  if (!Array.isArray(outputs)) return reportUsage([outputs as UsageError], raw, host);
  return finish(outputs, { files: 0, failures: unread, counts, exitCode }, host);
}
