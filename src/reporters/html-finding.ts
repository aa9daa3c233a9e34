/** Findings of the HTML report: each a line that opens to its cause, its reason, its place, its fix and its sources. */
import type { Finding, Severity, Unknown } from '../finding.ts';
import { type Location, lineIndexOf, lineSpanOf, lineStartsOf, positionOf, textBetween } from '../source.ts';
import { type Group, membersOf } from './groups.ts';
import type { AskedBy } from './matrix.ts';
import { isLink, plural } from './reporter.ts';
import { escapeXml } from './xml.ts';

export interface FindingStyle {
  /** Starts the ids of a file's findings. */
  readonly id: string;
  readonly asked: AskedBy;
  /** Ids by rule, so that a cause can be a link. */
  readonly idOfRule: ReadonlyMap<string, string>;
}

const word: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Beyond these a line or a list is cut, and says so. */
const longestLine = 200;
const mostAlike = 40;
const mostRelated = 12;
const mostAdvice = 40;
const mostUnknowns = 300;

/** `index` counts the findings of the file in the order in which they are printed. */
export function groupHtml(group: Group, index: number, style: FindingStyle): string {
  const { head, alike, title } = group;
  const others = membersOf(group).slice(1);
  const inside = others.map(
    (finding, i) => `<li>${findingHtml(finding, finding.message, [], index + 1 + i, style)}</li>`,
  );
  const nested =
    others.length === 0
      ? ''
      : `<details class="more"><summary>${plural(others.length, 'finding')} with the same cause</summary><ul>${inside.join('\n')}</ul></details>`;
  return `<li class="group">${findingHtml(head, title ?? head.message, alike, index, style)}${nested}</li>\n`;
}

function findingHtml(
  finding: Finding,
  message: string,
  alike: readonly Finding[],
  index: number,
  { id, asked, idOfRule }: FindingStyle,
): string {
  const { severity, rule, location } = finding;
  const { line, column } = positionOf(location.source, location.span.start);
  const profiles = rule.id.includes('/') ? profilesOf(finding, asked) : '*';
  return (
    `<details class="finding" id="${id}-${index}" data-severity="${severity}" data-profiles="${profiles}">` +
    `<summary><span class="tag ${severity}">${word[severity]}</span><span class="message">${escapeXml(message)}</span>` +
    `<span class="place"><span class="unseen">line </span>${line}:${column}</span></summary>\n<div class="body">` +
    (message === finding.message ? '' : `<p>${escapeXml(finding.message)}</p>`) +
    (rule.explanation === '' ? '' : `<p>${escapeXml(rule.explanation)}</p>`) +
    excerptHtml(finding) +
    adviceHtml(finding.advice) +
    factsHtml(finding, alike, idOfRule) +
    '</div></details>'
  );
}

function profilesOf({ rule, sameAs }: Finding, asked: AskedBy): string {
  return [...new Set([rule, ...sameAs].flatMap(({ id }) => asked(id)))].join(' ');
}

/** The line that a finding is about, with those around it; nothing where the finding is about what is not there. */
function excerptHtml({ location, symbol }: Finding): string {
  const { source, span } = location;
  const at = lineIndexOf(source, span.start);
  const lines = lineStartsOf(source).length;
  const textOf = (index: number) => {
    const { start, end } = lineSpanOf(source, index);
    const text = escapeXml(textBetween(source, start, Math.min(end, start + longestLine)));
    return end - start > longestLine ? `${text}…` : text;
  };
  const own = textOf(at);
  if (own === '' || (symbol !== undefined && !own.includes(symbol))) return '';
  const rows: string[] = [];
  for (let index = Math.max(0, at - 1); index <= Math.min(lines - 1, at + 1); index++) {
    if (index === lines - 1 && index !== at && textOf(index) === '') continue;
    const text = `<span class="number">${index + 1}</span>${index === at ? own : textOf(index)}`;
    rows.push(index === at ? `<span class="at">${text}</span>` : text);
  }
  return `<div><h4>In the file</h4><div class="box"><pre>${rows.join('\n')}</pre></div></div>`;
}

function adviceHtml(advice: readonly string[]): string {
  if (advice.length === 0) return '';
  const lines = advice.slice(0, mostAdvice).map((line) => `${escapeXml(line)}\n`);
  const left = advice.length > mostAdvice ? `<p>And ${plural(advice.length - mostAdvice, 'more line')}.</p>` : '';
  return `<div><h4>Fix</h4><div class="box fix"><pre>${lines.join('')}</pre><button type="button" class="needs-script" data-copy="one" hidden>Copy</button></div>${left}</div>`;
}

function factsHtml(
  { rule, cause, related, sameAs }: Finding,
  alike: readonly Finding[],
  idOfRule: ReadonlyMap<string, string>,
): string {
  const rows: string[] = [];
  const add = (term: string, html: string) => rows.push(`<dt>${term}</dt><dd>${html}</dd>`);
  // A root that is no finding of its own stands in the heading of those that share it.
  const target = cause === undefined ? undefined : idOfRule.get(cause);
  if (cause !== undefined && target !== undefined) {
    add('Follows from', `<a href="#${target}"><span class="rule">${escapeXml(cause)}</span></a>`);
  }
  if (alike.length > 0) {
    const lines = alike.slice(0, mostAlike).map(({ location }) => lineOf(location));
    add('Also on', `${plural(alike.length, 'line')}: ${lines.join(', ')}${alike.length > mostAlike ? ' …' : ''}`);
  }
  for (const { location, message } of related.slice(0, mostRelated)) {
    add('See', `line ${lineOf(location)}: ${escapeXml(message)}`);
  }
  add('Rule', `<span class="rule">${escapeXml(rule.id)}</span>`);
  if (sameAs.length > 0) {
    add('Asked too by', sameAs.map(({ id }) => `<span class="rule">${escapeXml(id)}</span>`).join(', '));
  }
  for (const reference of rule.references) add('Source', referenceHtml(reference));
  return `<dl class="facts">${rows.join('')}</dl>`;
}

function lineOf({ source, span }: Location): number {
  return lineIndexOf(source, span.start) + 1;
}

function referenceHtml(reference: string): string {
  const text = escapeXml(reference);
  return isLink(reference) ? `<a href="${text}" rel="noopener noreferrer">${text}</a>` : text;
}

/** What could not be judged, and what would settle it. */
export function unknownsHtml(unknowns: readonly Unknown[], settle: string, asked: AskedBy): string {
  if (unknowns.length === 0) return '';
  const rows = unknowns.slice(0, mostUnknowns).map(({ rule, expected, reason }) => {
    const profiles = asked(rule.id).join(' ');
    return `<li data-severity="unknown" data-profiles="${profiles}"><code>${escapeXml(expected)}</code> <span class="why">${escapeXml(reason)} (${escapeXml(rule.id)})</span></li>\n`;
  });
  const left = unknowns.length > mostUnknowns ? `<p>And ${unknowns.length - mostUnknowns} more.</p>` : '';
  const what = `${plural(unknowns.length, 'requirement')} not known`;
  return `<details class="more unknowns"><summary><span><span class="tag unknown">?</span> ${what}</span></summary><p>${escapeXml(settle)}</p><ul>${rows.join('')}</ul>${left}</details>\n`;
}
