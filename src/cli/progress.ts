/** One line on standard error that tells how far a long run is; only a terminal ever sees it, and nothing of it stays. */
import type { Host } from '../host.ts';
import { plural } from '../reporters/reporter.ts';
import type { Progress } from './services.ts';

/** Milliseconds before it says anything, and between two lines. */
const patience = 1000;
const pause = 100;

/** Undefined where nobody watches, or where the terminal cannot rewrite a line. */
export function startProgress(files: number, { errorTerminal, env, writeError }: Host): Progress | undefined {
  if (errorTerminal === undefined || files < 2 || env['TERM'] === 'dumb' || env['CI']) return undefined;
  const { now, columns } = errorTerminal;
  const started = now();
  let drawn = 0;
  let next = started + patience;
  return {
    show: (done, findings) => {
      const time = now();
      if (time < next || done >= files) return;
      next = time + pause;
      const line = words(done, files, findings, time - started).slice(0, Math.max(0, columns - 1));
      writeError(`\r${line.padEnd(drawn)}`);
      drawn = line.length;
    },
    hide: () => {
      if (drawn === 0) return;
      writeError(`\r${' '.repeat(drawn)}\r`);
      drawn = 0;
      // Whatever is printed now pushes the line away; it comes back with the next file.
      next = 0;
    },
  };
}

function words(done: number, files: number, findings: number | undefined, spent: number): string {
  const left = done === 0 ? '' : `, ${inWords((spent / done) * (files - done))} left`;
  const found = findings === undefined ? '' : `, ${plural(findings, 'finding')}`;
  return `${done} of ${plural(files, 'file')}${found}${left}`;
}

/** `12 s`, `3 min`. */
function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
