/** The report for a person at a terminal: verdict first, then each cause with what to type. */
import { createColors } from 'picocolors';
import type { Counts, Finding, Related, Report, RuleInfo, RunSummary, Severity } from '../finding.ts';
import { visible } from '../invisible.ts';
import { lineIndexOf, positionOf } from '../source.ts';
import { covers, type Group, groupsOf } from './groups.ts';
import { countsInWords, inParts, plural, type Reporter, type ReportStyle } from './reporter.ts';
import { kconfigInWords, settleInWords, startLines, targetInWords } from './words.ts';
import { wrap } from './wrap.ts';

export { wrap };

type Colors = ReturnType<typeof createColors>;

/** Width of the labels in front of each line of a finding. */
const indent = 9;
/** Enough for all that profiles say; what checks say differs from line to line. */
const keptMessages = 2000;
/** Names listed under one cause before the rest is only counted. */
const listed = 8;
/** Characters of a line that are shown. */
const longestExcerpt = 60;
/** Lines to type that are printed for a shared root. */
const mostLines = 16;

export function textReporter(style: ReportStyle): Reporter {
  const colors = createColors(style.color);
  const printer: Printer = {
    style,
    colors,
    width: Math.max(60, Math.min(style.width, 120)),
    why: new Map(),
    explained: new Set(),
    messages: new Map(),
    seen: { profile: false },
  };
  let files = 0;
  const partOf = (report: Report) => ({
    text: style.quiet && report.counts.error === 0 ? '' : fileText(report, printer),
    isForProfile: report.scores.length > 0 || report.kind === 'bundle',
  });
  const add = ({ text, isForProfile }: ReturnType<typeof partOf>) => {
    if (text === '') return '';
    if (isForProfile) printer.seen.profile = true;
    return (files++ > 0 ? '\n' : '') + text;
  };
  return inParts(partOf, add, { failure: () => '', end: (summary) => endText(summary, printer) });
}

interface Printer {
  readonly style: ReportStyle;
  readonly colors: Colors;
  readonly width: number;
  /** The wrapped words of rules: over many files the same few come again and again. */
  readonly why: Map<RuleInfo, string>;
  /** Checks that were explained in this file: what holds for each of their findings is said once. */
  readonly explained: Set<RuleInfo>;
  /** Wrapped messages, for the same reason; never more than `keptMessages`. */
  readonly messages: Map<string, string>;
  /** Some file was held to a profile, which may come with its project or its manifest. */
  readonly seen: { profile: boolean };
}

function fileText(report: Report, printer: Printer): string {
  const { style, colors } = printer;
  printer.explained.clear();
  const groups = groupsOf(report.findings);
  let text = headline(report, groups.length, printer);
  const lines = report.about === undefined ? [targetInWords(report), ...startLines(report)] : [report.about];
  for (const line of lines) text += colors.dim(`  ${wrap(visible(line), 2, printer.width)}`) + '\n';
  const kconfig = kconfigInWords(report);
  if (kconfig !== '') text += colors.dim(`  ${wrap(visible(kconfig), 2, printer.width)}`) + '\n';
  for (const line of scoreLines(report)) text += colors.dim(`  ${wrap(visible(line), 4, printer.width)}`) + '\n';
  const errors = () => report.findings.filter(({ severity }) => severity === 'error');
  for (const group of style.quiet ? groupsOf(errors()) : groups) text += `\n${groupText(group, printer)}`;
  if (!style.quiet)
    text += unknownText(report, printer) + waivedText(report, printer) + notApplicableText(report, printer);
  return text;
}

function headline(report: Report, causes: number, { colors, style }: Printer): string {
  const { counts } = report;
  const path = visible(report.source.path);
  const isConfig = report.kind === 'complete' || report.kind === 'fragment' || report.kind === 'bundle';
  const named = isConfig ? [...new Set(report.scores.map(({ profile }) => profile))] : style.profiles;
  // Those that come with a command line or a manifest are named only where there are no others.
  const own = named.filter((id) => id !== 'cmdline' && id !== 'manifest');
  const profiles = own.length > 0 ? own : named;
  const against = profiles.length > 0 && profiles.length <= 3 ? ` for ${profiles.join(', ')}` : '';
  const all = counts.error + counts.warning + counts.info;
  const said = countsInWords(counts) + (causes < all ? ` from ${plural(causes, 'cause')}` : '');
  if (counts.error > 0) return `${colors.red('✖')} ${colors.bold(path)}: ${colors.red(said)}${against}\n`;
  if (counts.warning > 0) return `${colors.yellow('▲')} ${colors.bold(path)}: ${colors.yellow(said)}${against}\n`;
  if (counts.unknown > 0) {
    const open = `nothing wrong found${against}, ${counts.unknown} not known yet`;
    return `${colors.cyan('?')} ${colors.bold(path)}: ${colors.cyan(open)}\n`;
  }
  return `${colors.green('✔')} ${colors.bold(path)}: ${colors.green(`nothing wrong${against}`)}${said === '' ? '' : `, ${said}`}\n`;
}

function scoreLines({ scores }: Report): string[] {
  const width = Math.max(0, ...scores.map(({ profile }) => profile.length));
  return scores.map(({ profile, platform, met, unmet, unknown, notApplicable, targets }) => {
    const parts = [`${met} met`, `${unmet} unmet`];
    if (unknown > 0) parts.push(`${unknown} not known`);
    if (notApplicable > 0) parts.push(`${notApplicable} not applicable`);
    return `${profile.padEnd(width)}  ${parts.join(', ')}${platform === undefined ? '' : ` (${platform})`}${targets === undefined ? '' : ` on ${targets.join(', ')}`}`;
  });
}

const paint: Readonly<Record<Severity, 'red' | 'yellow' | 'blue'>> = { error: 'red', warning: 'yellow', info: 'blue' };
const word: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function groupText({ head, rest, alike, settled, advice, title }: Group, printer: Printer): string {
  const { colors, style } = printer;
  const { source, span } = head.location;
  const { line, column } = positionOf(source, span.start);
  const place = `${visible(source.path)}:${line}:${column}`;
  const label = colors[paint[head.severity]](word[head.severity].padEnd(indent));
  let text = `${label}${messageText(title ?? head.message, printer)}\n`;
  if (title !== undefined) text += row('', settingsIn([head, ...rest], style.verbose), printer);
  text += row('at', place + excerptOf(head), printer);
  if (alike.length > 0) text += row('also', alsoLines(alike, style.verbose), printer);
  if (!style.verbose) text += settledText(head, settled, printer);
  // What a note about a symbol is for can be looked up by its name.
  if (head.severity !== 'info' || head.symbol === undefined || style.verbose) text += whyText(head.rule, printer);
  for (const related of head.related.slice(0, style.verbose ? 20 : 3)) {
    text += row('see', `${relatedPlace(related, head)}: ${visible(related.message)}`, printer);
  }
  text += adviceText(head, advice, rest, printer);
  const isNamed = ({ symbol, causeTitle }: Finding): boolean =>
    (symbol !== undefined && symbol === head.symbol) || (title !== undefined && causeTitle !== undefined);
  const dependent = rest.filter((finding) => !isNamed(finding));
  if (dependent.length > 0 && !style.verbose) text += row('then', dependants(dependent), printer);
  text += row('rule', colors.dim(ruleLine(head, settled, style.verbose)), printer);
  if (style.verbose)
    for (const finding of [...settled, ...rest])
      text += `\n${groupText({ head: finding, rest: [], alike: [], settled: [], advice: finding.advice }, printer)}`;
  return text;
}

/** Of a line that is nothing at all its text says more than its place. */
function excerptOf({ symbol, rule, actual = '' }: Finding): string {
  if (symbol !== undefined || rule.id !== 'unexpected-data') return '';
  const line = visible(actual.slice(0, longestExcerpt)).trim();
  return line === '' ? '' : `: ${line}${actual.length > longestExcerpt ? '…' : ''}`;
}

/** What more is asked of the head's symbol, by those that the head's lines settle. */
function settledText(head: Finding, settled: readonly Finding[], printer: Printer): string {
  const said = [head];
  let text = '';
  for (const finding of settled) {
    if (said.some((other) => covers(other, finding))) continue;
    said.push(finding);
    text += row('also', visible(`${finding.message} (${finding.rule.id})`), printer);
  }
  return text;
}

/** The settings that share a root. */
function settingsIn(findings: readonly Finding[], all: boolean): string {
  const names = findings
    .filter(({ causeTitle }) => causeTitle !== undefined)
    .map(({ symbol, rule }) => visible(symbol === undefined ? rule.id : `CONFIG_${symbol}`));
  const shown = all ? names : names.slice(0, listed);
  return `${shown.join(', ')}${shown.length < names.length ? ` and ${names.length - shown.length} more (--verbose)` : ''}`;
}

/** `in 75 more lines: 4, 5, 7 …` */
function alsoLines(alike: readonly Finding[], all: boolean): string {
  const lines = alike.map(({ location }) => lineIndexOf(location.source, location.span.start) + 1);
  const shown = all ? lines : lines.slice(0, listed * 2);
  return `on ${plural(lines.length, 'more line')}: ${shown.join(', ')}${shown.length < lines.length ? ' …' : ''}`;
}

/** `line 7`, with the file where it is another one; of a file that is no text its name is enough. */
function relatedPlace({ location: { source, span } }: Related, head: Finding): string {
  const { line, column } = positionOf(source, span.start);
  const { path } = source;
  if (path === head.location.source.path) return `line ${line}`;
  return visible(source.codes.length === 0 ? path : `${path}:${line}:${column}`);
}

function messageText(message: string, { colors, width, messages }: Printer): string {
  let text = messages.get(message);
  if (text === undefined) {
    text = colors.bold(wrap(visible(message), indent, width));
    if (messages.size === keptMessages) messages.clear();
    messages.set(message, text);
  }
  return text;
}

function whyText(rule: RuleInfo, printer: Printer): string {
  if (printer.explained.has(rule)) return '';
  printer.explained.add(rule);
  let text = printer.why.get(rule);
  if (text === undefined) {
    text = row('why', visible(rule.explanation), printer);
    printer.why.set(rule, text);
  }
  return text;
}

const labelNames = ['at', 'also', 'why', 'see', 'fix', '', 'then', 'rule', 'settle'] as const;
type Label = (typeof labelNames)[number];
const labels = Object.fromEntries(labelNames.map((label) => [label, `  ${label}`.padEnd(indent)])) as Record<
  Label,
  string
>;

/** One label and its text, wrapped behind it. */
function row(label: Label, text: string, { colors, width }: Printer): string {
  return `${colors.dim(labels[label])}${wrap(text, indent, width)}\n`;
}

function adviceText(head: Finding, own: readonly string[], rest: readonly Finding[], printer: Printer): string {
  if (rest.length === 0) return adviceLines(own, printer);
  const others = new Set(rest.flatMap(({ advice }) => advice));
  for (const line of own) others.delete(line);
  const most = head.causeTitle === undefined ? 4 : mostLines;
  const lines = others.size > 0 && others.size <= most ? [...own, ...others] : own;
  let text = adviceLines(lines, printer);
  if (lines.length < own.length + others.size) {
    text += row('', `and ${plural(others.size, 'more line')}, which --format fragment prints`, printer);
  }
  return text;
}

function adviceLines(lines: readonly string[], printer: Printer): string {
  let text = '';
  for (const line of lines) text += row(text === '' ? 'fix' : '', printer.colors.green(visible(line)), printer);
  return text;
}

function dependants(rest: readonly Finding[]): string {
  const names = rest.map(({ symbol, rule }) => visible(symbol === undefined ? rule.id : `CONFIG_${symbol}`));
  const more = names.length > listed ? ` and ${names.length - listed} more (--verbose)` : '';
  return `${plural(rest.length, 'more requirement')} can hold only after this: ${names.slice(0, listed).join(', ')}${more}`;
}

/** In a short report the rules of what is settled with it stand here alone. */
function ruleLine({ rule, sameAs }: Finding, settled: readonly Finding[], verbose: boolean): string {
  let line = rule.id;
  const others = verbose ? sameAs : [...sameAs, ...settled.flatMap((finding) => [finding.rule, ...finding.sameAs])];
  const shown = verbose ? others.length : Math.min(others.length, 1);
  for (let i = 0; i < shown; i++) line += `, ${others[i]?.id}`;
  if (shown < others.length) line += ` and ${others.length - shown} more`;
  const { references } = rule;
  for (let i = 0; i < references.length && i < (verbose ? 10 : 1); i++) line += ` ${references[i]}`;
  return visible(line);
}

function unknownText(report: Report, printer: Printer): string {
  const { unknowns } = report;
  if (unknowns.length === 0) return '';
  const { style, colors } = printer;
  let text = `\n${colors.cyan('not known'.padEnd(indent + 2))}`;
  const missing = [...new Set(unknowns.flatMap((unknown) => unknown.missing.map((symbol) => `CONFIG_${symbol}`)))];
  if (style.verbose) {
    text = `\n${colors.cyan('not known')}\n`;
    for (const { rule, expected, reason } of unknowns) {
      text += `  ${wrap(`${visible(expected)} ${colors.dim(visible(`(${rule.id}: ${reason})`))}`, 4, printer.width)}\n`;
    }
  } else {
    const names = missing.slice(0, listed * 2).join(', ');
    const more = missing.length > listed * 2 ? ` and ${missing.length - listed * 2} more (--verbose)` : '';
    const what = missing.length === 0 ? '' : `: ${names}${more}`;
    text += `${wrap(`${plural(unknowns.length, 'requirement')}${what}`, indent + 2, printer.width)}\n`;
  }
  return text + row('settle', settleInWords(report), printer);
}

function notApplicableText(report: Report, printer: Printer): string {
  // Asked first, because what is not applicable is worded only when it is read.
  if (!printer.style.verbose) return '';
  const { notApplicable } = report;
  if (notApplicable.length === 0) return '';
  let text = `\n${printer.colors.dim('not applicable')}\n`;
  for (const { rule, reason } of notApplicable) {
    text += printer.colors.dim(`  ${wrap(visible(`${rule.id}: ${reason}`), 4, printer.width)}`) + '\n';
  }
  return text;
}

/** What was accepted, and by what. */
function waivedText({ waived = [] }: Report, { style, colors, width }: Printer): string {
  if (!style.verbose || waived.length === 0) return '';
  let text = `\n${colors.dim('waived')}\n`;
  for (const { finding, reason, owner, expires, location } of waived) {
    const { line } = positionOf(location.source, location.span.start);
    const who = [owner, expires === undefined ? undefined : `until ${expires}`].filter((word) => word !== undefined);
    const by = `${location.source.path}:${line}${who.length === 0 ? '' : `, ${who.join(', ')}`}`;
    text +=
      colors.dim(`  ${wrap(visible(`${finding.message}: ${reason} (${finding.rule.id}, ${by})`), 4, width)}`) + '\n';
  }
  return text;
}

/** What was counted and not shown, and what is gone. */
function settledInWords({ settled, fixed }: RunSummary): string {
  const words: string[] = [];
  if (settled !== undefined) {
    if (settled.waived > 0) words.push(`${settled.waived} waived`);
    if (settled.known > 0) words.push(`${settled.known} in the baseline`);
    if (settled.unchanged > 0) words.push(`${settled.unchanged} as before`);
    if (settled.off > 0) words.push(`${settled.off} switched off`);
  }
  if (fixed !== undefined && fixed.unchanged > 0) words.push(`${fixed.unchanged} fixed`);
  const shown = words.length === 0 ? '' : `Not shown: ${words.join(', ')}.`.replace(/^Not shown: (\d+ fixed\.)$/, '$1');
  if (fixed === undefined || fixed.known === 0) return shown;
  return `${shown} ${fixed.known} of the baseline ${fixed.known === 1 ? 'is' : 'are'} fixed; --prune-baseline takes ${fixed.known === 1 ? 'it' : 'them'} out.`.trim();
}

function endText(summary: RunSummary, { colors, style, width, seen }: Printer): string {
  const { files, failures, counts } = summary;
  if (style.quiet && counts.error === 0) return '';
  const said = summaryInWords(counts);
  const where = `in ${plural(files, 'file')}${failures > 0 ? `; ${plural(failures, 'input')} could not be read` : ''}`;
  const color = counts.error > 0 || failures > 0 ? colors.red : counts.warning > 0 ? colors.yellow : colors.green;
  let text = `\n${wrap(`${color(said)} ${where}`, 0, width)}\n`;
  const settled = settledInWords(summary);
  if (settled !== '') text += `${colors.dim(wrap(settled, 0, width))}\n`;
  if (style.profiles.length === 0 && files > 0 && !seen.profile) {
    const hint =
      'No profile was chosen, so what a platform needs was not checked: "kconfig-lint profiles" lists them, --profile NAME takes one.';
    text += `${colors.dim(wrap(hint, 0, width))}\n`;
  }
  return text;
}

function summaryInWords({ error, warning, info, unknown, notApplicable }: Counts): string {
  const words = [plural(error, 'error'), plural(warning, 'warning')];
  if (info > 0) words.push(plural(info, 'note'));
  if (unknown > 0) words.push(`${unknown} not known`);
  if (notApplicable > 0) words.push(`${notApplicable} not applicable`);
  return words.join(', ');
}
