/** What is said of an open document: exactly what a check, or `rules lint`, of the same file with the same options says. */
import type { ConfigDocument } from '../config/document.ts';
import { limits } from '../config/limits.ts';
import type { Finding, InputFailure, Report } from '../finding.ts';
import type { Host } from '../host.ts';
import { confine } from '../project/confine.ts';
import { lintRules, type RuleFault } from '../project/lint-rules.ts';
import { allRules } from '../project/open-project.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import type { UsageError } from '../project/prepare.ts';
import { readProject } from '../project/project-config.ts';
import { referenceFaults } from '../project/project-references.ts';
import { textOption } from '../project/raw-options.ts';
import { readDocument } from '../project/read.ts';
import { lineIndexOf, lineSpanOf, textBetween } from '../source.ts';
import { type Assembly, pathIn } from './assembly.ts';
import { type OpenDocument, sourceOf } from './documents.ts';

export type Judged =
  | { readonly kind: 'report'; readonly document: ConfigDocument; readonly report: Report }
  | { readonly kind: 'failure'; readonly failure: InputFailure }
  /** The options are wrong: nothing was checked. */
  | { readonly kind: 'usage'; readonly faults: readonly UsageError[] }
  | { readonly kind: 'rules'; readonly faults: readonly RuleFault[] }
  | { readonly kind: 'nothing' };

export function judge(open: OpenDocument, assembly: Assembly): Judged {
  switch (open.kind) {
    case 'config':
      return judgeConfig(open, assembly);
    case 'profile':
      return { kind: 'rules', faults: judgeProfile(open, assembly) };
    case 'project':
      return judgeProject(open, assembly);
    case 'other':
      return { kind: 'nothing' };
  }
}

/** The path of a document as a run in the folder of its assembly names it. */
export function pathOf(open: OpenDocument, { folder }: Assembly): string {
  return open.path === undefined ? open.name || 'untitled' : pathIn(folder, open.path);
}

/** The host of the assembly, with the text of the document in the place of its file. */
function hostWith(open: OpenDocument, path: string, { host }: Assembly): Host {
  const source = sourceOf(open, path);
  const tooLarge = { error: 'too-large', detail: `more than ${limits.fileSize} bytes` } as const;
  return {
    ...host,
    readSource: (each, options) => (each === path ? (source ?? tooLarge) : host.readSource(each, options)),
    pathKind: (each) => (each === path ? 'file' : host.pathKind(each)),
  };
}

/** The document as the checks see it; or why it cannot be checked. */
export function parseOpen(open: OpenDocument, assembly: Assembly): ConfigDocument | InputFailure {
  const path = pathOf(open, assembly);
  const kind = (textOption(assembly.raw, 'kind') ?? 'auto') as 'auto';
  return readDocument(path, hostWith(open, path, assembly), { kind, stdinName: path, keep: true });
}

/** False for a finding about a symbol that the line it is shown at does not name: the file lacks it. */
export function isAboutPlace({ symbol, location }: Finding): boolean {
  if (symbol === undefined) return true;
  const { source, span } = location;
  const line = lineSpanOf(source, lineIndexOf(source, span.start));
  return textBetween(source, line.start, line.end).includes(symbol);
}

function judgeConfig(open: OpenDocument, assembly: Assembly): Judged {
  const own = assembly.open;
  if (own === undefined) return { kind: 'usage', faults: assembly.faults };
  const document = parseOpen(open, assembly);
  if (!('scanned' in document)) return { kind: 'failure', failure: document };
  // Waivers that spoke are looked at for this one judgement.
  own.used.clear();
  const report = own.run.reportOf(document, document.source.path);
  if ('counts' in report) return { kind: 'report', document, report };
  return 'code' in report ? { kind: 'failure', failure: report } : { kind: 'usage', faults: report };
}

function judgeProfile(open: OpenDocument, assembly: Assembly): readonly RuleFault[] {
  const path = pathOf(open, assembly);
  return lintRules([path], hostWith(open, path, assembly), assembly.kernel);
}

/** As it would be found if the file were saved as it is. */
function judgeProject(open: OpenDocument, assembly: Assembly): Judged {
  const path = pathOf(open, assembly);
  const host = hostWith(open, path, assembly);
  const project = readProject(path, host);
  if (!('groups' in project)) return { kind: 'usage', faults: project };
  return { kind: 'usage', faults: referenceFaults(project, loadWithOwn(confine(host, project.root)), allRules) };
}
