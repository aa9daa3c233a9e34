/** The report as one page that needs nothing else: the matrix as a picture, and below it every finding with cause, reason and fix. */
import type { Counts, Finding, InputFailure, Report, RunSummary } from '../finding.ts';
import { groupsOf, membersOf } from './groups.ts';
import { groupHtml, unknownsHtml } from './html-finding.ts';
import { type AskedBy, askedBy, type Row, rowOf } from './matrix.ts';
import { bar, matrixTable } from './matrix-html.ts';
import { pageHtml } from './page.ts';
import { countsInWords, findingsToShow, plural, type Reporter, type ReportStyle } from './reporter.ts';
import { kconfigInWords, settleInWords, targetInWords } from './words.ts';
import { escapeXml } from './xml.ts';

/** Characters of findings that a browser still opens and filters at once; what goes beyond is counted, not shown. */
export const largest = 8_000_000;
/** Cells of the picture, and files in it. */
const mostCells = 20_000;
const mostFiles = 1000;

/** A file of the page: its line in the picture, and its findings as HTML where there was room for them. */
interface Part {
  readonly row: Row;
  readonly html: string | undefined;
}

/** Stands for the id of a file before its place among the others is known; no text of a page can hold it. */
const anyId = '\u0001';

export function htmlReporter(style: ReportStyle): Reporter {
  const asked = askedBy(style.profiles, style.asked);
  const parts: Part[] = [];
  const failures: InputFailure[] = [];
  let [size, shortened, left] = [0, 0, 0];
  // What comes behind a file that did not fit is not even tried.
  let isFull = false;
  const most = Math.min(mostFiles, Math.max(1, Math.floor(mostCells / (style.profiles.length + 1))));
  const whole = (report: Report, id: string) =>
    fileHtml(report, id, asked, findingsToShow(report, style), !style.quiet);
  const short = (report: Report, id: string) => fileHtml(report, id, asked, errorsOf(report), false);
  const add = (rowOf: () => Row, wholeAs: (id: string) => string, shortAs: (id: string) => string) => {
    if (parts.length >= most) {
      left++;
      return '';
    }
    const id = `f${parts.length + 1}`;
    let html = isFull ? undefined : wholeAs(id);
    if (html !== undefined && size + html.length > largest) {
      shortened++;
      html = shortAs(id);
      if (size + html.length > largest) {
        shortened--;
        isFull = true;
        html = undefined;
      }
    }
    size += html?.length ?? 0;
    parts.push({ row: rowOf(), html });
    return '';
  };
  const partOf = (report: Report) => ({
    row: rowOf(report, style.profiles, asked),
    whole: whole(report, anyId),
    short: short(report, anyId),
  });
  return {
    file: (report) =>
      add(
        () => rowOf(report, style.profiles, asked),
        (id) => whole(report, id),
        (id) => short(report, id),
      ),
    parts: {
      of: partOf,
      add: (part) => {
        const made = part as ReturnType<typeof partOf>;
        return add(
          () => made.row,
          (id) => made.whole.replaceAll(anyId, id),
          (id) => made.short.replaceAll(anyId, id),
        );
      },
    },
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: (summary) => {
      const notes = limitNotes(shortened, left, parts);
      const body = bodyHtml(summary, parts, failures, notes, style);
      return pageHtml({ title: titleOf(summary), body, version: style.version, isInteractive: true });
    },
  };
}

function errorsOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function limitNotes(shortened: number, left: number, parts: readonly Part[]): string {
  const without = parts.filter(({ html }) => html === undefined).length;
  const notes = [
    ...(shortened > 0 ? [`Of ${plural(shortened, 'file')} only the errors are shown.`] : []),
    ...(without > 0 ? [`${plural(without, 'file')} stand in the picture only.`] : []),
    ...(left > 0 ? [`${plural(left, 'more file')} are only in the sums.`] : []),
  ];
  if (notes.length === 0) return '';
  return `<p class="note">This page has no room for all of it. ${notes.join(' ')} Check fewer files at a time, or take --format json, which holds everything.</p>\n`;
}

function titleOf({ files, counts, failures }: RunSummary): string {
  return `${verdictOf(counts, failures, files)} – kconfig-lint`;
}

function verdictOf({ error, warning, info, unknown }: Counts, failures: number, files: number): string {
  const where = ` in ${plural(files, 'kernel config')}`;
  const said = countsInWords({ error, warning, info: error + warning > 0 ? 0 : info });
  if (said !== '') return `${said}${where}`;
  if (failures > 0) return `${plural(failures, 'input')} could not be checked`;
  return unknown > 0 ? `Nothing wrong found${where}, ${unknown} not known` : `Nothing wrong${where}`;
}

function bodyHtml(
  summary: RunSummary,
  parts: readonly Part[],
  failures: readonly InputFailure[],
  notes: string,
  style: ReportStyle,
): string {
  const { counts } = summary;
  const findings = counts.error + counts.warning + counts.info + counts.unknown;
  return (
    '<a class="skip" href="#findings-title">Skip to the findings</a>\n' +
    `<header><div class="wrap">${headHtml(summary, style)}</div></header>\n<main class="wrap">\n` +
    failuresHtml(failures) +
    matrixHtml(parts, style.profiles.length > 0) +
    '<section class="part" aria-labelledby="findings-title">\n<h2 id="findings-title" tabindex="-1">Findings</h2>\n' +
    notes +
    '<p id="said" class="unseen" role="status"></p>\n<div class="findings">\n' +
    (findings > 0 ? filterHtml(counts, parts, style) : '') +
    `<div>${parts.map(({ html = '' }) => html).join('')}<p id="nothing" class="nothing" hidden>Nothing fits this filter.</p></div>\n` +
    '</div>\n</section>\n</main>'
  );
}

function headHtml({ files, failures, counts }: RunSummary, style: ReportStyle): string {
  const state =
    counts.error > 0 || failures > 0
      ? 'error'
      : counts.warning > 0
        ? 'warning'
        : counts.unknown > 0
          ? 'unknown'
          : 'met';
  const signs = { error: '✖', warning: '▲', unknown: '?', met: '✔' };
  const tile = (name: string, count: number, words: string) =>
    `<li class="tile ${name}${count > 0 ? ' some' : ''}"><b>${count}</b><span>${words}</span></li>`;
  const { profiles } = style;
  const named = profiles.slice(0, 12).map(escapeXml).join(', ');
  const against =
    profiles.length === 0
      ? 'No profile was chosen, so what a platform needs was not checked.'
      : `Checked for ${named}${profiles.length > 12 ? ` and ${profiles.length - 12} more profiles` : ''}.`;
  return (
    '<p class="brand">kconfig-lint report</p>\n' +
    `<h1><span class="seal ${state}" aria-hidden="true">${signs[state]}</span><span>${escapeXml(verdictOf(counts, failures, files))}</span></h1>\n` +
    `<p class="about-run">${against}${style.quiet ? ' Only errors are shown.' : ''}</p>\n<ul class="tiles" aria-label="Counts">` +
    tile('configs', files, files === 1 ? 'config' : 'configs') +
    tile('error', counts.error, 'errors') +
    tile('warning', counts.warning, 'warnings') +
    tile('info', counts.info, 'notes') +
    tile('unknown', counts.unknown, 'not known') +
    tile('none', counts.notApplicable, 'not applicable') +
    '</ul>\n'
  );
}

function failuresHtml(failures: readonly InputFailure[]): string {
  if (failures.length === 0) return '';
  const rows = failures.map(({ path, message, help, line, column }) => {
    const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
    return `<li><span class="path"><bdi>${escapeXml(path)}</bdi>${place}</span> ${escapeXml(message)}<span class="help">${escapeXml(help)}</span></li>\n`;
  });
  return `<section class="part" aria-labelledby="failed-title">\n<h2 id="failed-title">Not checked</h2>\n<ul class="failed">${rows.join('')}</ul>\n</section>\n`;
}

function matrixHtml(parts: readonly Part[], hasProfiles: boolean): string {
  // One cell is no picture.
  if (parts.length === 0 || (parts.length === 1 && !hasProfiles)) return '';
  const stripe = hasProfiles
    ? ' The stripe below it shows which share of the requirements is met, unmet and not known.'
    : '';
  const table = matrixTable(
    parts.map(({ row }) => row),
    (i) => (parts[i]?.html === undefined ? undefined : `f${i + 1}`),
  );
  return `<section class="part" aria-labelledby="matrix-title">\n<h2 id="matrix-title">Configs by profiles</h2>\n<p class="lead">Each cell leads to its findings.${stripe}</p>\n${table}</section>\n`;
}

function filterHtml(counts: Counts, parts: readonly Part[], { profiles }: ReportStyle): string {
  const pick = (value: string, words: string, count: number) =>
    count === 0
      ? ''
      : `<label><input type="checkbox" name="severity" value="${value}" checked> ${words} (${count})</label>`;
  const options = profiles.map((profile, i) => `<option value="${i}">${escapeXml(profile)}</option>`).join('');
  const files = parts.flatMap(({ row, html }, i) =>
    html === undefined ? [] : [`<option value="f${i + 1}">${escapeXml(row.path)}</option>`],
  );
  return (
    '<form id="filter" role="search" aria-label="Filter findings" autocomplete="off" hidden>\n' +
    '<div><label for="text">Text</label><input type="search" id="text" name="text" placeholder="symbol, rule, words"></div>\n' +
    `<fieldset><legend>Show</legend><div class="pick">${pick('error', 'errors', counts.error)}${pick('warning', 'warnings', counts.warning)}${pick('info', 'notes', counts.info)}${pick('unknown', 'not known', counts.unknown)}</div></fieldset>\n` +
    `<div><label for="profile">Profile</label><select id="profile" name="profile"><option value="">All</option><option value="-">Checks of the file itself</option>${options}</select></div>\n` +
    (parts.length > 1
      ? `<div><label for="file">File</label><select id="file" name="file"><option value="">All ${parts.length}</option>${files.join('')}</select></div>\n`
      : '') +
    '<div class="buttons"><button type="reset">Clear</button><button type="button" id="open-all">Open all</button><button type="button" id="close-all">Close all</button></div>\n' +
    '<p id="shown" role="status"></p>\n</form>\n'
  );
}

/** One file: what it is, how it scores, its findings by cause, what is not known. */
function fileHtml(
  report: Report,
  id: string,
  asked: AskedBy,
  findings: readonly Finding[],
  withUnknowns: boolean,
): string {
  const groups = groupsOf(findings);
  const idOfRule = new Map<string, string>();
  let index = 1;
  for (const finding of groups.flatMap(membersOf)) {
    if (!idOfRule.has(finding.rule.id)) idOfRule.set(finding.rule.id, `${id}-${index}`);
    index++;
  }
  index = 1;
  const items = groups.map((group) => {
    const html = groupHtml(group, index, { id, asked, idOfRule });
    index += membersOf(group).length;
    return html;
  });
  const kconfig = kconfigInWords(report);
  const hasFix = findings.some(({ advice }) => advice.length > 0);
  return (
    `<section class="file" id="${id}" aria-labelledby="${id}-title">\n` +
    `<h3 id="${id}-title" tabindex="-1"><bdi class="path">${escapeXml(report.source.path)}</bdi></h3>\n` +
    `<p class="target">${escapeXml(report.about ?? targetInWords(report))}.${kconfig === '' ? '' : ` ${escapeXml(kconfig)}.`}</p>\n` +
    scoresHtml(report) +
    (items.length === 0
      ? `<p class="clean">${report.counts.unknown > 0 ? 'Nothing wrong found' : 'Nothing wrong'}.</p>\n`
      : (hasFix
          ? '<div class="file-tools needs-script" hidden><button type="button" data-copy="all">Copy every fix shown here</button></div>\n'
          : '') + `<ul class="group-list">\n${items.join('')}</ul>\n`) +
    (withUnknowns ? unknownsHtml(report.unknowns, settleInWords(report), asked) : '') +
    '</section>\n'
  );
}

function scoresHtml({ scores }: Report): string {
  if (scores.length === 0) return '';
  const rows = scores.slice(0, 100).map((score) => {
    const { profile, platform, met, unmet, unknown } = score;
    const open = unknown > 0 ? `, ${unknown} not known` : '';
    return `<li><span class="profile">${escapeXml(profile)}</span>${platform === undefined ? '' : ` ${escapeXml(platform)}`}: ${met} met, ${unmet} unmet${open}${bar(score)}</li>`;
  });
  return `<ul class="scores" aria-label="Scores">${rows.join('')}</ul>\n`;
}
