/** The matrix as a table of a page: a picture to look at, rows and columns to a screen reader. */
import { type Cell, cellInWords, fileColumn, isTall, legend, mark, type Row, rowInWords, stateOf } from './matrix.ts';
import { pageHtml } from './page.ts';
import { plural } from './reporter.ts';
import { escapeXml } from './xml.ts';

/** Names of ids that the cells lead to, or nothing where they lead nowhere. */
export type TargetOf = (row: number) => string | undefined;

/** Cells that a browser still shows at once. */
const mostCells = 20_000;
/** More columns than this have their names set upright. */
const mostLevelColumns = 5;

export function matrixTable(rows: readonly Row[], targetOf: TargetOf = () => undefined): string {
  const profiles = rows[0]?.cells.map(({ profile }) => profile) ?? [];
  const cell = (row: number, column: number) => cellHtml((rows[row] as Row).cells[column] as Cell, targetOf(row));
  const isTurned = isTall(rows);
  const [across, down] = isTurned
    ? [rows.map((row, i) => pathHead(row, targetOf(i), 'col')), profiles.map((profile) => profileHead(profile, 'row'))]
    : [profiles.map((profile) => profileHead(profile, 'col')), rows.map((row, i) => pathHead(row, targetOf(i), 'row'))];
  const upright = across.length > mostLevelColumns ? ' upright' : '';
  const body = down.map((head, r) => {
    const cells = across.map((_, c) => (isTurned ? cell(c, r) : cell(r, c)));
    return `<tr>${head}${cells.join('')}</tr>\n`;
  });
  return (
    '<div class="scroll" role="region" aria-label="Table of verdicts" tabindex="0">\n' +
    `<table class="matrix${upright}"><caption class="unseen">Verdict of each config for each profile</caption>\n` +
    `<thead><tr><td></td>${across.join('')}</tr></thead>\n<tbody>\n${body.join('')}</tbody></table>\n</div>\n${legendHtml()}`
  );
}

function pathHead(row: Row, target: string | undefined, scope: 'col' | 'row'): string {
  const name = `<bdi>${escapeXml(row.path)}</bdi>`;
  const link = target === undefined ? name : `<a href="#${target}" data-file="${target}">${name}</a>`;
  return `<th scope="${scope}"><span class="name">${link}</span> <span class="about">${escapeXml(rowInWords(row))}</span></th>`;
}

function profileHead(profile: string, scope: 'col' | 'row'): string {
  return `<th scope="${scope}"><span class="name">${escapeXml(profile)}</span></th>`;
}

function cellHtml(cell: Cell, target: string | undefined): string {
  const state = stateOf(cell);
  const isFile = cell.profile === fileColumn;
  const words = isFile ? fileInWords(cell) : cellInWords(cell);
  const inside = `<span aria-hidden="true">${mark(cell)}</span><span class="unseen">${words}</span>${isFile ? '' : bar(cell)}`;
  const attributes = `class="cell ${state}" title="${words}"`;
  return target === undefined
    ? `<td><span ${attributes}>${inside}</span></td>`
    : `<td><a ${attributes} href="#${target}" data-file="${target}" data-profile="${isFile ? '' : escapeXml(cell.profile)}">${inside}</a></td>`;
}

function fileInWords({ errors, warnings }: Cell): string {
  return errors + warnings === 0 ? 'nothing wrong' : `${errors} errors, ${warnings} warnings`;
}

/** Shares of met, unmet and not known as one stripe; drawn, because the page allows no inline styles. */
export function bar({ met, unmet, unknown }: Pick<Cell, 'met' | 'unmet' | 'unknown'>): string {
  const all = met + unmet + unknown;
  if (all === 0) return '';
  const [a, b] = [(met / all) * 100, (unmet / all) * 100];
  const part = (name: string, x: number, width: number) =>
    width === 0 ? '' : `<rect class="${name}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="4"/>`;
  return `<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${part('met', 0, a)}${part('unmet', a, b)}${part('unknown', a + b, 100 - a - b)}</svg>`;
}

function legendHtml(): string {
  const items = legend.map(
    ([state, sign, words]) => `<li><span class="cell ${state}" aria-hidden="true">${sign}</span> ${words}</li>`,
  );
  return `<ul class="legend" aria-label="Signs">${items.join('')}</ul>\n`;
}

/** The matrix as a page of its own. */
export function matrixPage(rows: readonly Row[], version: string): string {
  const shown = rows.slice(0, Math.max(1, Math.floor(mostCells / Math.max(1, rows[0]?.cells.length ?? 1))));
  const title = `${plural(rows.length, 'kernel config')} by ${plural(rows[0]?.cells.length ?? 0, 'profile')}`;
  const left = rows.length - shown.length;
  const note = left === 0 ? '' : `<p class="note">${plural(left, 'more config')} left out.</p>\n`;
  const body = `<header><div class="wrap"><p class="brand">kconfig-lint matrix</p>\n<h1 id="matrix-title">${title}</h1></div></header>
<main class="wrap"><section class="part" aria-labelledby="matrix-title">${note}${matrixTable(shown)}</section></main>`;
  return pageHtml({ title: `${title} – kconfig-lint`, body, version, isInteractive: false });
}
