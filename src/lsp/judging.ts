/** What is said of an open document: exactly what a check, or `rules lint`, of the same file with the same options says. */
import type { ConfigDocument } from '../config/document.ts';
import type { InputFailure, Report } from '../finding.ts';
import type { Host } from '../host.ts';
import { judgeDocument } from '../project/judge-file.ts';
import type { View } from '../project/kernel-view.ts';
import { lintRules, type RuleFault } from '../project/lint-rules.ts';
import type { UsageError } from '../project/prepare.ts';
import { projectFaults } from '../project/project-faults.ts';
import { textOption } from '../project/raw-options.ts';
import { readDocument } from '../project/read.ts';
import type { SourceText } from '../source.ts';
import { type Assembly, pathIn } from './assembly.ts';
import { type OpenDocument, sourceOf } from './documents.ts';

export type Judged =
  | {
      readonly kind: 'report';
      readonly document: ConfigDocument;
      readonly report: Report;
      readonly view: View | undefined;
    }
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
  const tooLarge = { error: 'too-large', detail: 'more than 8388608 bytes' } as const;
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

function judgeConfig(open: OpenDocument, assembly: Assembly): Judged {
  const { prepared, faults, viewOf } = assembly;
  if (prepared === undefined) return { kind: 'usage', faults };
  const document = parseOpen(open, assembly);
  if (!('scanned' in document)) return { kind: 'failure', failure: document };
  const view = viewOf(document);
  if (typeof view === 'number') return { kind: 'usage', faults: [] };
  if (view !== undefined && 'help' in view) return { kind: 'usage', faults: [view] };
  return { kind: 'report', document, view, report: judgeDocument(document, prepared, view) };
}

function judgeProfile(open: OpenDocument, assembly: Assembly): readonly RuleFault[] {
  const path = pathOf(open, assembly);
  return lintRules([path], hostWith(open, path, assembly), assembly.kernel);
}

function judgeProject(open: OpenDocument, assembly: Assembly): Judged {
  const path = pathOf(open, assembly);
  const source: SourceText | undefined = sourceOf(open, path);
  const faults = source === undefined ? [] : projectFaults(source);
  return {
    kind: 'usage',
    faults: faults.map(({ message, help = '', line, column }) => ({ path, message, help, line, column })),
  };
}
