/** What is shown of a symbol, a finding or a rule when the pointer rests on it. */
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { Finding } from '../finding.ts';
import type { KernelHost } from '../host.ts';
import { titleOf } from '../profiles/evaluate.ts';
import type { Library, Requirement } from '../profiles/profile.ts';
import { demandsOn, factLines, limitsOf } from '../project/rows.ts';
import { newestWith, pageRows, symbolPage } from '../project/symbol-page.ts';
import { entriesIn, type TreeEntry } from '../project/tree-entry.ts';
import type { Assembly } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { isAboutPlace, type Judged } from './judging.ts';
import { knowledgeOf, treeOf } from './knowledge.ts';
import { symbolAt, type Word } from './words.ts';

/** Demands shown in full. */
const mostDemands = 6;
/** Lines of a help text that are shown. */
const mostHelp = 24;

export interface HoverInput {
  readonly open: OpenDocument;
  readonly assembly: Assembly;
  readonly judged: Judged;
  readonly kernel: KernelHost;
  readonly markdown: boolean;
}

export function hoverAt(offset: number, input: HoverInput): Hover | null {
  const { open } = input;
  const shift = open.disk.hasMark ? 1 : 0;
  const word = symbolAt(open, offset - shift);
  const findings = findingsAt(offset, input.judged);
  if (word === undefined && findings.length === 0) return null;
  const parts = findings.map(findingText);
  if (word !== undefined) parts.unshift(...symbolParts(word.text, input));
  const value = parts.filter((part) => part !== '').join('\n\n---\n\n');
  if (value === '') return null;
  return {
    contents: input.markdown
      ? { kind: MarkupKind.Markdown, value }
      : { kind: MarkupKind.PlainText, value: plain(value) },
    ...(word === undefined ? {} : { range: rangeOf(open, word) }),
  };
}

function rangeOf({ places, disk }: OpenDocument, { start, end }: Word) {
  const shift = disk.hasMark ? 1 : 0;
  return places.rangeOf({ start: start + shift, end: end + shift });
}

/** Findings about what stands at the place; those about what the file lacks are shown at its start and are not about that line. */
function findingsAt(offset: number, judged: Judged): readonly Finding[] {
  if (judged.kind !== 'report') return [];
  const { path } = judged.document.source;
  return judged.report.findings.filter((finding) => {
    const { source, span } = finding.location;
    return (
      source.path === path &&
      span.start <= offset &&
      offset <= span.end &&
      span.end > span.start &&
      isAboutPlace(finding)
    );
  });
}

/** The same for the documentation of a completion. */
export function symbolText(symbol: string, input: Omit<HoverInput, 'judged'>): string {
  const text = symbolParts(symbol, input).join('\n\n');
  return input.markdown ? text : plain(text);
}

function symbolParts(symbol: string, { open, assembly, kernel }: Omit<HoverInput, 'judged'>): string[] {
  const knowledge = knowledgeOf(open, assembly);
  const { model, library, chosen } = knowledge;
  const isIn = model?.model.symbols.names.includes(symbol) === true;
  const speaking = isIn ? model : newestWith(symbol, kernel);
  const page = symbolPage(symbol, speaking?.model, isIn ? knowledge.evaluation : undefined, kernel);
  const facts = library.symbols.get(symbol);
  const isKnown = page.description !== undefined || page.where.some(({ releases }) => releases.length > 0);
  const demands = demandsOn(symbol, library);
  const title = `### CONFIG_${symbol}`;
  if (!isKnown && facts === undefined && demands.length === 0)
    return [`${title}\n\nNo kernel that is known here has this symbol.`];
  const entries = wordsInTree(symbol, page.description?.definitions ?? [], open, assembly);
  const prompt = entries.find((each) => each.prompt !== undefined)?.prompt;
  const note = facts === undefined ? [] : factLines(facts, library.textOf(`CONFIG_${symbol}`).reason);
  const lacks = model !== undefined && !isIn ? [`Not in Linux ${model.model.release} ${model.model.arch}.`] : [];
  const rows = pageRows(page).map(([label, text]) => `- **${label}** ${asText(text)}`);
  const parts = [
    [`${title}${prompt === undefined ? '' : ` — ${asText(prompt)}`}`, ...[...lacks, ...note].map(asText)].join('\n\n'),
    rows.join('\n'),
  ];
  const help = entries.flatMap((each) => each.help);
  if (help.length > 0) parts.push(['```text', ...cut(help), '```'].join('\n'));
  return [...parts, demandText(demands, library, chosen)];
}

function wordsInTree(
  symbol: string,
  definitions: readonly { readonly file: string }[],
  open: OpenDocument,
  assembly: Assembly,
): TreeEntry[] {
  const found = definitions.length === 0 ? undefined : treeOf(open, assembly);
  return found === undefined
    ? []
    : entriesIn(
        found.tree,
        symbol,
        definitions.map(({ file }) => file),
      );
}

function cut(lines: readonly string[]): readonly string[] {
  return lines.length > mostHelp ? [...lines.slice(0, mostHelp), '…'] : lines;
}

/** Rows of the chosen profiles in full, the others by name. */
function demandText(demands: readonly Requirement[], library: Library, chosen: ReadonlySet<Requirement>): string {
  if (demands.length === 0) return 'No profile asks for it.';
  const own = demands.filter((row) => chosen.has(row));
  const others = demands.filter((row) => !chosen.has(row));
  const lines = own.slice(0, mostDemands).map((row) => {
    const { reason, references } = library.textOf(row.id);
    const limits = limitsOf(row);
    const link = references[0] === undefined ? '' : ` [source](${references[0]})`;
    return `- **${asText(row.id)}** (${row.severity}): ${asText(titleOf(row))}${limits === '' ? '' : `, only ${asText(limits)}`}. ${asText(reason)}${link}`;
  });
  if (own.length > mostDemands) lines.push(`- … and ${own.length - mostDemands} more`);
  const also = others.slice(0, 2 * mostDemands).map(({ id }) => asText(id));
  const more = others.length > also.length ? ` and ${others.length - also.length} more` : '';
  if (also.length > 0)
    lines.push(
      `- ${own.length > 0 ? 'also asked for by' : 'not chosen here, but asked for by'} ${also.join(', ')}${more}`,
    );
  return `**Who asks for it**\n\n${lines.join('\n')}`;
}

function findingText({ rule, severity, message, advice }: Finding): string {
  const write = advice.length === 0 ? '' : `\n\n\`\`\`kconfig\n${advice.slice(0, 12).join('\n')}\n\`\`\``;
  return `**${severity}** ${asText(message)} (\`${rule.id}\`)\n\n${asText(rule.explanation)}${write}`;
}

/** Text of configs and profiles is text, whatever Markdown would make of it. */
function asText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}

function plain(markdown: string): string {
  return markdown
    .replace(/^### |^```\w*\n?|\*\*|\n---\n/gm, '')
    .replace(/\[source\]\(([^)]*)\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\\([\\`*_{}[\]<>#|~])/g, '$1');
}
