/** Writes action.yml, and the tables of its inputs and outputs in docs/github-action.md, from the table that the action itself reads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadTs, root } from './load-ts.mjs';

const page = 'docs/github-action.md';

export async function generateAction() {
  const { inputs, outputs } = await loadTs('src/action/inputs.ts');
  const action = {
    name: 'kconfig-lint',
    description: 'Checks Linux kernel configs for the platforms they are to run on',
    author: 'kconfig-lint contributors',
    branding: { icon: 'check-square', color: 'blue' },
    inputs: Object.fromEntries(
      inputs.map(({ name, describe, default: initial }) => [
        name,
        { description: describe, required: false, ...(initial === undefined ? {} : { default: initial }) },
      ]),
    ),
    outputs: Object.fromEntries(outputs.map(({ name, describe }) => [name, { description: describe }])),
    runs: { using: 'node24', main: 'dist/action.cjs' },
  };
  const inputTable = inputs.map(({ name, describe, default: initial }) => [`\`${name}\``, describe, initial ?? '']);
  const outputTable = outputs.map(({ name, describe }) => [`\`${name}\``, describe]);
  const text = readFileSync(join(root, page), 'utf8');
  return new Map([
    [
      'action.yml',
      `# Made by scripts/generate-action.mjs from src/action/inputs.ts.\n${stringify(action, { lineWidth: 0 })}`,
    ],
    [
      page,
      between(
        between(text, 'inputs', table(['input', 'what it says', 'default'], inputTable)),
        'outputs',
        table(['output', 'what it says'], outputTable),
      ),
    ],
  ]);
}

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}

function between(text, name, content) {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- end of ${name} -->)`);
  if (!marks.test(text)) throw new Error(`${page} has no place for ${name}`);
  return text.replace(marks, (_all, begin, end) => `${begin}\n${content}${end}`);
}
