/** The matrix as a picture of its own: SVG that needs nothing else, in light and dark, with words for those who cannot see it. */
import { type Cell, cellInWords, isTall, legend, mark, type Row, rowInWords, stateOf } from './matrix.ts';
import { plural } from './reporter.ts';
import { escapeXml } from './xml.ts';

const cellWidth = 46;
const cellHeight = 26;
const gap = 4;
const margin = 16;
/** Of the letters at 12 px; names are cut at `longestName` so that no name makes the picture unreadable. */
const letter = 7.3;
const longestName = 60;
/** Cells that a viewer still shows without stuttering. */
const mostCells = 20_000;

const style = `text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1d2126}
.about{fill:#5c636d;font-size:11px}.cell text{text-anchor:middle;font-weight:600}
.page{fill:#fff}.error rect{fill:#fde4e1}.error text{fill:#9c1c13}.warning rect{fill:#fdeecb}.warning text{fill:#7a4b00}
.unknown rect{fill:#e7e5fb}.unknown text{fill:#463a9c}.met rect{fill:#dcf3e2}.met text{fill:#14612f}.none rect{fill:#ececea}.none text{fill:#565b62}
@media(prefers-color-scheme:dark){text{fill:#e7e9ec}.about{fill:#a2a9b3}.page{fill:#15181c}
.error rect{fill:#4a1d1a}.error text{fill:#ffb3aa}.warning rect{fill:#44330d}.warning text{fill:#f5cf7f}
.unknown rect{fill:#2c2960}.unknown text{fill:#c8c3ff}.met rect{fill:#163a24}.met text{fill:#9be0b1}.none rect{fill:#2a2e34}.none text{fill:#b3b9c1}}`;

interface Line {
  readonly name: string;
  readonly about: string;
  readonly cells: readonly Cell[];
}

export function matrixSvg(all: readonly Row[]): string {
  const rows = all.slice(0, Math.max(1, Math.floor(mostCells / Math.max(1, all[0]?.cells.length ?? 1))));
  const profiles = rows[0]?.cells.map(({ profile }) => profile) ?? [];
  const isTurned = isTall(rows);
  const lines: Line[] = isTurned
    ? profiles.map((name, i) => ({ name, about: '', cells: rows.map(({ cells }) => cells[i] as Cell) }))
    : rows.map((row) => ({ name: row.path, about: rowInWords(row), cells: row.cells }));
  const heads = isTurned ? rows.map(({ path }) => path) : profiles;
  const left = margin + Math.max(60, ...lines.map(({ name, about }) => Math.max(width(name), about.length * 6.7))) + 12;
  const top = margin + Math.max(20, ...heads.map(width)) * 0.71 + 14;
  const lineHeight = isTurned ? cellHeight + gap : cellHeight + 12;
  const right = heads.length * (cellWidth + gap) + Math.max(0, width(heads.at(-1) ?? '') * 0.71 - cellWidth / 2);
  const [w, h] = [Math.ceil(Math.max(left + right + margin, 720)), Math.ceil(top + lines.length * lineHeight + 44)];
  const summary = describe(rows, profiles.length, all.length - rows.length);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="title desc">\n` +
    `<title id="title">Kernel configs by profiles</title>\n<desc id="desc">${escapeXml(summary)}</desc>\n<style>${style}</style>\n` +
    `<rect class="page" width="${w}" height="${h}" rx="8"/>\n` +
    heads.map((head, i) => headText(head, left + i * (cellWidth + gap) + cellWidth / 2, top - 10)).join('') +
    lines.map((line, i) => lineText(line, left, top + i * lineHeight)).join('') +
    legendText(h - 18) +
    '</svg>\n'
  );
}

function shorten(name: string): string {
  return name.length <= longestName ? name : `…${name.slice(1 - longestName)}`;
}

function width(name: string): number {
  return Math.min(name.length, longestName) * letter;
}

function headText(head: string, x: number, y: number): string {
  return `<text transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(-45)">${escapeXml(shorten(head))}</text>\n`;
}

function lineText({ name, about, cells }: Line, left: number, y: number): string {
  const middle = y + cellHeight / 2;
  const label =
    about === ''
      ? `<text x="${margin}" y="${middle + 4}">${escapeXml(shorten(name))}</text>`
      : `<text x="${margin}" y="${middle - 2}">${escapeXml(shorten(name))}</text><text class="about" x="${margin}" y="${middle + 12}">${escapeXml(about)}</text>`;
  const marks = cells.map((cell, i) => {
    const x = left + i * (cellWidth + gap);
    return (
      `<g class="cell ${stateOf(cell)}"><title>${escapeXml(`${cell.profile}: ${cellInWords(cell)}`)}</title>` +
      `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${cellWidth}" height="${cellHeight}" rx="5"/>` +
      `<text x="${(x + cellWidth / 2).toFixed(1)}" y="${(middle + 4).toFixed(1)}">${mark(cell)}</text></g>`
    );
  });
  return `<g>${label}${marks.join('')}</g>\n`;
}

function legendText(y: number): string {
  let x = margin;
  let text = '';
  for (const [state, sign, words] of legend) {
    text += `<g class="cell ${state}"><rect x="${x}" y="${y - 13}" width="18" height="18" rx="4"/><text x="${x + 9}" y="${y}">${sign}</text></g>`;
    text += `<text class="about" x="${x + 23}" y="${y}">${words}</text>`;
    x += 23 + words.length * 6.6 + 14;
  }
  return `${text}\n`;
}

/** All of it in words, as far as anyone would listen. */
function describe(rows: readonly Row[], profiles: number, left: number): string {
  const cells = rows.flatMap(({ cells: own }) => own);
  const count = (state: string) => cells.filter((cell) => stateOf(cell) === state).length;
  const worst = rows
    .filter(({ cells: own }) => own.some(({ errors }) => errors > 0))
    .slice(0, 20)
    .map(
      ({ path, cells: own }) =>
        `${path} fails ${own
          .filter(({ errors }) => errors > 0)
          .map(({ profile }) => profile)
          .slice(0, 10)
          .join(', ')}`,
    );
  return [
    `${plural(rows.length, 'config')} by ${plural(profiles, 'profile')}: ${count('error')} cells with errors, ${count('warning')} with warnings only, ${count('unknown')} not known, ${count('met')} all met, ${count('none')} to which nothing applies.`,
    ...(worst.length === 0 ? [] : [`${worst.join('; ')}.`]),
    ...(left > 0 ? [`${plural(left, 'more config')} left out.`] : []),
  ].join(' ');
}
