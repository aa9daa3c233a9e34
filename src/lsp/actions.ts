/** What can be done about findings: their fixes, all fixes of a file, and a waiver with a reason. */
import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { editsFor } from '../config/edits.ts';
import type { Edit, Finding } from '../finding.ts';
import { fixOn } from '../project/kernels-of.ts';
import { lineIndexOf, lineSpanOf } from '../source.ts';
import type { Assembly } from './assembly.ts';
import { diagnosticSource } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import { isAboutPlace, type Judged } from './judging.ts';
import { knowledgeOf } from './knowledge.ts';
import { lineEdits } from './line-edits.ts';

/** Kinds that this server offers. */
export const actionKinds = [
  CodeActionKind.QuickFix,
  CodeActionKind.SourceFixAll,
  `${CodeActionKind.SourceFixAll}.kconfigLint`,
];
const fixAllKind = `${CodeActionKind.SourceFixAll}.kconfigLint`;

export interface ActionInput {
  readonly open: OpenDocument;
  readonly assembly: Assembly;
  readonly judged: Judged;
  /** Edits that take long to find are asked for when an action is chosen. */
  readonly resolves: boolean;
}

/** What an action that is still without edits is about. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly fixAll: true;
}

type Reported = Extract<Judged, { kind: 'report' }>;

export function actionsFor(
  span: { readonly start: number; readonly end: number },
  only: readonly string[] | undefined,
  diagnostics: readonly Diagnostic[],
  input: ActionInput,
): (CodeAction | Command)[] {
  const { judged } = input;
  if (judged.kind !== 'report') return [];
  const wants = (kind: string): boolean =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = judged.report.findings.filter(({ location }) => touches(location.span, span));
    for (const finding of here) actions.push(...fixesOf(finding, diagnostics, judged, input));
    actions.push(...redundantActions(here, judged, input));
    for (const finding of here) actions.push(waiverFor(finding, diagnostics, judged, input));
  }
  if (wants(fixAllKind)) actions.push(...fixAll(judged, input));
  return withoutTwins(actions);
}

/** Findings that ask for the same are settled by one action. */
function withoutTwins(actions: readonly CodeAction[]): CodeAction[] {
  const byWords = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = JSON.stringify([action.title, action.edit]);
    const known = byWords.get(key);
    const diagnostics = [...(known?.diagnostics ?? []), ...(action.diagnostics ?? [])];
    byWords.set(key, { ...action, ...(action.diagnostics === undefined ? {} : { diagnostics }) });
  }
  return [...byWords.values()];
}

function touches(own: { start: number; end: number }, span: { start: number; end: number }): boolean {
  return own.start <= span.end && span.start <= own.end;
}

/** The diagnostic that the client shows for a finding. */
function shownFor({ rule, message }: Finding, range: Range, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(
    (each) =>
      each.source === diagnosticSource &&
      each.code === rule.id &&
      each.message === message &&
      each.range.start.line === range.start.line,
  );
}

function fixesOf(
  finding: Finding,
  diagnostics: readonly Diagnostic[],
  judged: Reported,
  input: ActionInput,
): CodeAction[] {
  const { open } = input;
  const shown = shownFor(finding, open.places.rangeOf(finding.location.span), diagnostics);
  const action = (title: string, edits: readonly Edit[]): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: shown,
    isPreferred: true,
    edit: editOf(edits, judged, open),
  });
  const { fix } = finding;
  const own = fix?.edits.filter(({ location }) => location.source.path === judged.document.source.path) ?? [];
  if (fix !== undefined && own.length > 0) {
    const title =
      own.length > 1 || fix.title.startsWith('Set ') ? (titleFor(finding.advice, finding) ?? fix.title) : fix.title;
    return [action(title, own)];
  }
  const lines = finding.advice.filter((line) => symbolOf(line) !== undefined);
  if (lines.length === 0) return [];
  const changes = lines.map((line) => ({ symbol: symbolOf(line) ?? '', line }));
  return [action(titleFor(lines, finding) ?? 'Repair', editsFor(judged.document, changes))];
}

const symbolOf = (line: string): string | undefined => /^(?:# )?CONFIG_(\w+)(?:=| is not set)/.exec(line)?.[1];

/** `Set CONFIG_XEN=y`, and for dependencies what they are for. */
function titleFor(lines: readonly string[], { symbol }: Finding): string | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  const more = lines.length > 1 ? ` and ${lines.length - 1} more` : '';
  const isDependency = symbol !== undefined && !lines.some((line) => symbolOf(line) === symbol);
  return isDependency ? `Add ${first}${more}, so that CONFIG_${symbol} holds` : `Set ${first}${more}`;
}

/** Edits of the text as the client has it. */
function editOf(edits: readonly Edit[], judged: Reported, open: OpenDocument): WorkspaceEdit {
  const { path } = judged.document.source;
  const own = edits.filter(({ location }) => location.source.path === path && !isHidden(location.span, open));
  return changesIn(
    open,
    own.map(({ location, newText }) => ({ range: open.places.rangeOf(location.span), newText })),
  );
}

/** The byte order mark, which the client does not have. */
function isHidden({ start, end }: { start: number; end: number }, { disk }: OpenDocument): boolean {
  return disk.hasMark && start === 0 && end === 1;
}

/** For the version that the edits were made for, so that a client refuses them where its text is another by now. */
function changesIn({ uri, version }: OpenDocument, edits: TextEdit[]): WorkspaceEdit {
  return { documentChanges: [{ textDocument: { uri, version }, edits }] };
}

const redundantRules: ReadonlySet<string> = new Set(['redundant-assignment', 'redundant-default']);

/** All lines of the file that change nothing, where one of them is asked about. */
function redundantActions(here: readonly Finding[], judged: Reported, { open }: ActionInput): CodeAction[] {
  if (!here.some(({ rule }) => redundantRules.has(rule.id))) return [];
  const all = judged.report.findings.filter(({ rule, fix }) => redundantRules.has(rule.id) && fix !== undefined);
  if (all.length < 2) return [];
  const edits = all.flatMap(({ fix }) => fix?.edits ?? []);
  return [
    {
      title: `Remove all ${all.length} redundant lines`,
      kind: CodeActionKind.QuickFix,
      edit: editOf(withoutOverlaps(edits), judged, open),
    },
  ];
}

function withoutOverlaps(edits: readonly Edit[]): Edit[] {
  const kept: Edit[] = [];
  for (const edit of edits.toSorted((a, b) => a.location.span.start - b.location.span.start)) {
    const last = kept.at(-1);
    if (last === undefined || edit.location.span.start >= last.location.span.end) kept.push(edit);
  }
  return kept;
}

/** Stands where the author is to say why. */
export const reasonPlaceholder = 'say why this is accepted';

function waiverFor(
  finding: Finding,
  diagnostics: readonly Diagnostic[],
  judged: Reported,
  { open }: ActionInput,
): CodeAction {
  const { rule, location } = finding;
  const { source } = judged.document;
  const { start } = lineSpanOf(source, lineIndexOf(source, location.span.start));
  const ending = judged.document.scanned.carriageReturns > 0 ? '\r\n' : '\n';
  const place = open.places.positionAt(start);
  const isHere = isAboutPlace(finding);
  const comment = `# kconfig-lint-disable${isHere ? '-next-line' : ''} ${rule.id} -- ${reasonPlaceholder}`;
  const note = judged.document.kind === 'complete' ? ' (make olddefconfig takes the comment out again)' : '';
  return {
    title: `Waive ${rule.id} ${isHere ? 'here' : 'in this file'}, with a reason${note}`,
    kind: CodeActionKind.QuickFix,
    diagnostics: shownFor(finding, open.places.rangeOf(location.span), diagnostics),
    edit: changesIn(open, [{ range: { start: place, end: place }, newText: comment + ending }]),
  };
}

function fixAll(judged: Reported, input: ActionInput): CodeAction[] {
  const { open, resolves } = input;
  // To know whether there is a fix takes as long as to find it.
  if (judged.report.findings.length === 0) return [];
  const action: CodeAction = { title: 'Fix all that kconfig-lint can fix in this file', kind: fixAllKind };
  const data: ActionData = { uri: open.uri, version: open.version, fixAll: true };
  if (resolves) return [{ ...action, data }];
  const edit = fixAllEdit(judged, input);
  return edit === undefined ? [] : [{ ...action, edit }];
}

/** What `kconfig-lint fix --write` would do to the file; undefined where that is nothing. */
export function fixAllEdit(judged: Judged, { open, assembly }: ActionInput): WorkspaceEdit | undefined {
  if (judged.kind !== 'report') return undefined;
  const { kernel } = knowledgeOf(open, assembly);
  const fixed = kernel === undefined ? undefined : fixOn(judged.document, kernel);
  if (fixed === undefined) return undefined;
  const text = open.disk.hasMark ? fixed.text.replace(/^\ufeff/, '') : fixed.text;
  const edits = lineEdits(open.text, text);
  if (edits.length === 0) return undefined;
  const shift = open.disk.hasMark ? 1 : 0;
  return changesIn(
    open,
    edits.map(({ start, end, newText }) => ({
      range: open.places.rangeOf({ start: start + shift, end: end + shift }),
      newText,
    })),
  );
}
