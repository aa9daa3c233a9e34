/** Progress of long runs: after a second, on a terminal only, and gone before anything else is printed. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';

/** A clock that goes on by `step` whenever it is looked at. */
function clock(step: number, columns = 80) {
  let time = 5000;
  return { columns, now: () => (time += step) };
}

const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c/${i}.config`, 'CONFIG_PSI = y\n']));

function cli(line: string, options: MemoryOptions) {
  const host = memoryHost({ files, ...options });
  run(line.split(' '), host, createKernelHost(join(root, 'models')));
  return { out: host.out(), err: host.err() };
}

/** What stands on a terminal after all of it. */
function screen(text: string): string {
  const lines = [''];
  let column = 0;
  for (const c of text) {
    if (c === '\n') {
      lines.push('');
      column = 0;
    } else if (c === '\r') column = 0;
    else {
      const line = lines.at(-1) as string;
      lines[lines.length - 1] = line.slice(0, column).padEnd(column) + c + line.slice(column + 1);
      column++;
    }
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

describe('progress', () => {
  it('says after a second how many files are done, with how many findings, and how long the rest will take', () => {
    const { err } = cli('c -f json', { errorTerminal: clock(200) });
    const lines = err.split('\r').filter((part) => part.trim() !== '');
    expect(lines[0]?.trim()).toBe('5 of 50 files, 5 findings, 9 s left');
    expect(lines.at(-1)?.trim()).toBe('49 of 50 files, 49 findings, 1 s left');
    expect(screen(err)).toBe('');
  });

  it('leaves nothing on a terminal that the report is printed to as well', () => {
    let seen = '';
    const host = memoryHost({ files, isTerminal: true, errorTerminal: clock(200), env: { NO_COLOR: '1' } });
    const both = {
      ...host,
      write: (text: string) => {
        seen += text;
        return host.write(text);
      },
      writeError: (text: string) => {
        seen += text;
      },
    };
    run(['c', '-p', 'kubernetes-psi'], both, createKernelHost(join(root, 'models')));
    expect(seen).toContain(' of 50 files');
    expect(seen).not.toContain('\u001b');
    expect(screen(seen)).toBe(host.out().replace(/[^\S\n]+$/gm, ''));
  });

  it.each<[string, string, MemoryOptions]>([
    ['in a pipe', 'c', {}],
    ['within a second', 'c', { errorTerminal: clock(10) }],
    ['on a terminal that cannot rewrite a line', 'c', { errorTerminal: clock(200), env: { TERM: 'dumb' } }],
    ['in continuous integration', 'c', { errorTerminal: clock(200), env: { CI: 'true' } }],
    ['where only errors are wanted', 'c -q', { errorTerminal: clock(200) }],
    ['for one file', 'c/1.config', { errorTerminal: clock(5000) }],
  ])('is not shown %s', (_, line, options) => {
    expect(cli(line, options).err).toBe('');
  });

  it('goes away before a file that cannot be read is named', () => {
    const { err } = cli('c gone.config c/7.config -f json', { errorTerminal: clock(200) });
    expect(screen(err)).toMatch(/^gone\.config: error\[missing\]: no such file/);
  });

  it('is shown by the matrix too, never wider than the terminal, in minutes where it takes long', () => {
    const { err } = cli('matrix c -p kubernetes-psi -f json', { errorTerminal: clock(200) });
    expect(err).toContain('10 of 50 files, ');
    expect(screen(err)).toBe('');
    expect(screen(cli('capabilities c -f json', { errorTerminal: clock(200) }).err)).toBe('');
    expect(cli('capabilities c -f json', { errorTerminal: clock(200) }).err).toContain('10 of 50 files, ');
    const host = memoryHost({ errorTerminal: clock(4000, 20) });
    startProgress(100, host)?.show(1, 2);
    expect(host.err()).toBe('\r1 of 100 files, 2 f');
    const wide = memoryHost({ errorTerminal: clock(4000) });
    startProgress(100, wide)?.show(1);
    expect(wide.err()).toBe('\r1 of 100 files, 7 min left');
  });
});
