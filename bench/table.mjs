/** The table of bench/README.md. */

const verdict = (holds) => (holds === undefined ? '' : holds ? 'met' : '**missed**');

export function tableOf({ sections, skipped }, when) {
  const parts = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, prose, rows }) => {
      const body = rows.map(
        ({ what, ours = '', theirs = '', measured, goal = '', holds, gate }) =>
          `| ${[what, ours, theirs, measured, goal, verdict(holds), gate?.limit ?? ''].join(' | ')} |\n`,
      );
      const head = '| what | ours | theirs | measured | goal | | gate |\n|---|---|---|---|---|---|---|\n';
      return `### ${title}\n\n${prose}\n\n${head}${body.join('')}`;
    });
  const not = skipped.length === 0 ? '' : `\nNot measured: ${skipped.join('; ')}.\n`;
  return `\nMeasured ${when}.\n${not}\n${parts.join('\n')}\n`;
}
