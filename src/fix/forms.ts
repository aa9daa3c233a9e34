/** The forms in which a fix is handed over: lines of a fragment, and commands for the kernel's own scripts/config. */
import type { Change } from './propose.ts';

/** The lines of a fragment that bring a fix about, with the reasons of each. */
export function asFragment(changes: readonly Change[]): string {
  let text = '';
  for (const { line, symbol, because, before, kind } of changes) {
    const [first = 'the others'] = because;
    const why = kind === 'follows' ? `follows from ${first}` : `for ${first}`;
    const said = before === undefined || before === 'n' ? '' : `, was ${before}`;
    text += line === '' ? `# CONFIG_${symbol} goes: ${why}\n` : `# ${why}${said}\n${line}\n`;
  }
  return text;
}

/** Options of scripts/config, in the order of the changes. */
export function asCommands(changes: readonly Change[], path: string): string {
  const options = changes.map(optionFor);
  if (options.length === 0) return '';
  return `scripts/config --file ${quote(path)} \\\n${options.map((option) => `  ${option}`).join(' \\\n')}\n`;
}

function optionFor({ symbol, after, line }: Change): string {
  if (after === undefined) return `--undefine ${symbol}`;
  if (line.startsWith('#')) return `--disable ${symbol}`;
  const value = line.slice(line.indexOf('=') + 1);
  if (value === 'y') return `--enable ${symbol}`;
  if (value === 'm') return `--module ${symbol}`;
  return value.startsWith('"') ? `--set-str ${symbol} ${quote(after)}` : `--set-val ${symbol} ${quote(value)}`;
}

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
