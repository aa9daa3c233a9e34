/** The table of bench/README.md. */

const verdict = (holds) => (holds === undefined ? '' : holds ? 'met' : '**missed**');

/** A gate, and how many times worse a figure would have to be to reach it. */
const gateOf = ({ limit, margin }) => `${limit} (margin ${margin.toFixed(1)})`;

export function tableOf({ sections, skipped }, when) {
  const parts = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, prose, rows }) => {
      const body = rows.map(
        ({ what, ours = '', theirs = '', measured, goal = '', holds, gate }) =>
          `| ${[what, ours, theirs, measured, goal, verdict(holds), gate === undefined ? '' : gateOf(gate)].join(' | ')} |\n`,
      );
      const head = '| what | ours | theirs | measured | goal | | gate |\n|---|---|---|---|---|---|---|\n';
      return `### ${title}\n\n${prose}\n\n${head}${body.join('')}`;
    });
  const not = skipped.length === 0 ? '' : `Not measured: ${skipped.join('; ')}.\n\n`;
  return `\nMeasured ${when}.\n\n${not}${parts.join('\n')}\n`;
}
