/** From one input of a run to its reports: read, changed where that was asked for, judged. Knows nothing of the inputs before it. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import { limitsWith } from '../config/limits.ts';
import type { InputFailure, Report } from '../finding.ts';
import type { ExitCode, Host } from '../host.ts';
import { visible } from '../invisible.ts';
import { lint } from '../lint.ts';
import { type Prepared, projectOptions, type UsageError } from '../project/prepare.ts';
import { documentOf, isInArchive, isPerhapsArchive, type ReadChoice, readDocument, readText } from '../project/read.ts';
import type { SourceText } from '../source.ts';
import type { BootSession } from './boot.ts';
import { flagOption, type RawOptions, textOption } from './options.ts';
import type { Services } from './services.ts';
import { bootOf, situations, type ViewOf } from './situations.ts';

/** What every input of a run is judged by. */
export interface JudgingInput {
  readonly raw: RawOptions;
  readonly host: Host;
  readonly services: Services;
  readonly prepared: Prepared;
  readonly boot: BootSession | undefined;
  readonly views: ViewOf;
}

/** What came of a config; `unwritten` and `failure` are of this input alone, `stop` ends the run. */
export type Judged =
  | { readonly reports: readonly Report[]; readonly source: SourceText }
  | { readonly failure: InputFailure }
  /** Why `--fix` could not change it; it is judged as it is. */
  | { readonly unwritten: string }
  | { readonly stop: readonly UsageError[] | ExitCode };

/** Of an archive as many as it holds. What is judged is to be done with before the next one is asked for: its memory is used again. */
export type Judging = <Known extends object = never>(path: string, recall?: Recall<Known>) => Iterable<Judged | Known>;

/** What is known already of a text, which then is not even parsed. */
export type Recall<Known> = (source: SourceText) => Known | undefined;

export function createJudging(input: JudgingInput): Judging {
  const { raw, services } = input;
  const { project, inputs: host = input.host } = services;
  const kind = projectOptions(raw).kind;
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  const isFixing = flagOption(raw, 'fix');
  let reuse: ConfigDocument | undefined;
  const choice = (): ReadChoice => ({ kind, stdinName, reuse, keep: isFixing || project !== undefined });
  return function* <Known extends object>(path: string, recall: Recall<Known> = () => undefined) {
    for (const read of documentsAt(path, host, choice, services, recall)) {
      if ('known' in read) {
        yield read.known;
        continue;
      }
      let document: ConfigDocument | InputFailure = read;
      if (isFixing && 'scanned' in document) {
        const fault = fix(path, document, input);
        if (fault !== undefined && typeof fault !== 'string') return yield { stop: [fault] };
        if (fault === undefined) document = readDocument(path, host, { kind: document.kind, stdinName, keep: true });
        else yield { unwritten: `${visible(path)} was not written: ${visible(fault)}` };
      }
      if (!('scanned' in document)) {
        yield { failure: document };
        continue;
      }
      const judged = judge(document, path, input);
      yield judged;
      if ('reports' in judged) reuse = project === undefined ? document : undefined;
    }
  };
}

/** Undefined where the file is as it should be now. */
function fix(
  path: string,
  document: ConfigDocument,
  { raw, services, prepared, boot }: JudgingInput,
): string | UsageError | undefined {
  if (isInArchive(document)) return 'it lies in an archive';
  const [situated] = services.project === undefined ? situations(document, prepared, boot, raw, services) : [];
  return services.fixInPlace?.(path, document, situated?.prepared ?? prepared);
}

function judge(document: ConfigDocument, path: string, input: JudgingInput): Judged {
  const made = input.services.project?.reportsOf(document, path) ?? judgeAlone(document, input);
  if (typeof made === 'number') return { stop: made };
  if ('code' in made) return { failure: made };
  return areReports(made) ? { reports: made, source: document.source } : { stop: made };
}

function areReports(made: readonly Report[] | readonly UsageError[]): made is readonly Report[] {
  return made.every((each) => 'counts' in each);
}

/** The reports of a file by the options of the run alone: one for each way in which its kernel is started. */
function judgeAlone(
  document: ConfigDocument,
  { raw, services, prepared, boot, views }: JudgingInput,
): readonly Report[] | readonly UsageError[] | ExitCode {
  const reports: Report[] = [];
  for (const { prepared: own, findings } of situations(document, prepared, boot, raw, services)) {
    const kernel = views(document, own);
    if (typeof kernel === 'number') return kernel;
    if (kernel !== undefined && 'help' in kernel) return [kernel];
    const { target, chosen } = own;
    const report = lint({ document, checks, target, profiles: chosen, ...bootOf(own), kernel, found: findings });
    reports.push(services.waive(report, own));
  }
  return reports;
}

function cutArchive(path: string): InputFailure {
  const message = 'this begins like an archive, but ends before anything in it can be read';
  return { path, code: 'archive', message, help: 'fetch it again; nothing of it was checked' };
}

/** What is at a path: a document, or of an archive as many as it holds; or why there is none. */
function* documentsAt<Known extends object>(
  path: string,
  host: Host,
  choice: () => ReadChoice,
  { readArchive }: Services,
  recall: Recall<Known>,
): Generator<ConfigDocument | InputFailure | { readonly known: Known }> {
  const made = (source: SourceText, own: ReadChoice) => {
    const known = recall(source);
    return known === undefined ? documentOf(source, own, host.limits && limitsWith(host.limits)) : { known };
  };
  const text = readText(path, host, choice());
  const read = 'codes' in text ? made(text, choice()) : text;
  const isClosed = path === '-' || !('code' in read) || !isPerhapsArchive(read);
  const inside = isClosed ? undefined : readArchive?.(path);
  if (inside === undefined) {
    yield !isClosed && 'code' in read && read.code === 'archive' ? cutArchive(path) : read;
    return;
  }
  yield* inside.failures;
  // Kept: each has a memory of its own, which is not that of the next file.
  for (const source of inside.sources) yield made(source, { ...choice(), keep: true });
}
