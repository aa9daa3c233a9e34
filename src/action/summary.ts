/** The job summary: configs by platforms, then the report in markdown, cut to what GitHub takes. */
import { code, escapeText } from '../reporters/markdown.ts';
import { countsInWords, plural } from '../reporters/reporter.ts';
import type { Results, Row } from './results.ts';

/** GitHub drops a summary above 1 MiB whole; this leaves room for what other steps of a composite action write. */
export const largestSummary = 900_000;
/** Bytes that the table may take, so that findings are not pushed out by it. */
const largestTable = 300_000;
/** With more columns than this a table is turned, where that makes it narrower. */
const mostColumns = 6;

/** `report` is what `--format markdown` printed; `room` are the bytes that are left in the summary. */
export function summaryOf({ summary, rows }: Results, report: string, room: number): string {
  const { files, failures, error, warning } = summary;
  const mark = failures + error > 0 ? '❌' : warning > 0 ? '⚠️' : '✅';
  const failed = failures === 0 ? '' : `, ${failures} not checked`;
  const said = countsInWords(summary) || 'nothing wrong';
  const head = `# ${mark} Kernel configs: ${said} in ${plural(files, 'file')}${failed}\n\n${table(rows)}`;
  return cut(head + report.replace(/^# .*\n\n?/, ''), Math.min(room, largestSummary));
}

/** What the summary says where nothing was checked. */
export function faultSummary(fault: string): string {
  return `# ❌ Kernel configs: nothing was checked\n\n${fault.slice(0, 4000).split('\n').map(code).join('<br>\n')}\n`;
}

/** The column of what holds for every platform: how the file is written, and what its kernel makes of it. */
const theFile = '*the file*';

const legend =
  '✖ unmet, an error among them · ▲ unmet, warnings and notes · ~ unmet, all accepted · ? not known · ✔ all met · – nothing applies';

function table(rows: readonly Row[]): string {
  const profiles = [...new Set(rows.flatMap(({ cells }) => cells.map(({ profile }) => profile)))];
  if (profiles.length === 0) return '';
  const heads = [theFile, ...profiles.map(escapeText)];
  const cells = rows.map((row) => [ownMark(row), ...profiles.map((profile) => markOf(row, profile))]);
  const paths = rows.map(({ path }) => code(path));
  const isTurned = heads.length > mostColumns && rows.length < heads.length;
  const across = isTurned ? paths : heads;
  const lines = isTurned
    ? heads.map((head, i) => [head, ...cells.map((row) => row[i])])
    : paths.map((path, i) => [path, ...(cells[i] as string[])]);
  let text = `| ${['', ...across].join(' | ')} |\n|---|${across.map(() => ':-:|').join('')}\n`;
  let size = byteLength(text);
  for (const [i, line] of lines.entries()) {
    const row = `| ${line.join(' | ')} |\n`;
    size += byteLength(row);
    if (size > largestTable) {
      text += `\n${plural(lines.length - i, 'more row')} left out: the table would be too long.\n`;
      break;
    }
    text += row;
  }
  return `${text}\n${legend}\n\n`;
}

function ownMark({ own: { errors, others } }: Row): string {
  if (errors > 0) return `✖ ${errors + others}`;
  return others > 0 ? `▲ ${others}` : '✔';
}

/** Of several kernels the worst counts. What a profile calls an error is none where all errors of the file were accepted. */
function markOf({ cells, findings }: Row, profile: string): string {
  const marks = cells
    .filter((cell) => cell.profile === profile)
    .map(({ met, unmet, unknown, errors }) => {
      if (unmet > 0) {
        const rank = findings.all === 0 ? 2 : errors > 0 && findings.errors > 0 ? 5 : 4;
        return { rank, count: unmet };
      }
      return unknown > 0 ? { rank: 3, count: unknown } : { rank: met > 0 ? 1 : 0, count: 0 };
    });
  const [worst] = marks.sort((a, b) => b.rank - a.rank || b.count - a.count);
  if (worst === undefined) return '';
  const sign = ['–', '✔', '~', '?', '▲', '✖'][worst.rank] as string;
  return worst.count === 0 ? sign : `${sign} ${worst.count}`;
}

/** Cut where a file's part begins, so that no table and no details are left open. */
function cut(text: string, most: number): string {
  if (byteLength(text) <= most) return text;
  const note = (left: number) =>
    `\n**${left === 0 ? 'Some findings are' : `${plural(left, 'file')} ${left === 1 ? 'is' : 'are'}`} left out: the summary would be too long. The log and the reports have them all.**\n`;
  const parts = text.split(/^(?=## )/m);
  let kept = '';
  let size = byteLength(note(parts.length));
  for (const [i, part] of parts.entries()) {
    size += byteLength(part);
    if (size > most) return kept + note(i === 0 ? 0 : parts.length - i);
    kept += part;
  }
  return kept;
}

const byteLength = (text: string) => new TextEncoder().encode(text).length;
