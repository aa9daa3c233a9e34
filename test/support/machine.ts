/** Texts that ask much of the scan in WebAssembly. */
import type { Scan } from '../../src/config/scan.ts';

export const memoryOf = ({ table }: Scan) => table.line.buffer;

/** Comments behind a setting, `length` bytes in all. */
export const filled = (length: number): Uint8Array =>
  Buffer.from(`CONFIG_A=y\n${`${'#'.repeat(99)}\n`.repeat(Math.ceil(length / 100))}`.slice(0, length));

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => i.toString(36).toUpperCase().padStart(3, '0'));
/** `count` settings of names that differ. */
export const settings = (count: number): string =>
  names(count)
    .map((name) => `CONFIG_${name}=y\n`)
    .join('');

/** All that the memory has room for: lines, places of duplicates, of lines that need a closer look, of control characters. */
export function fullest(capacity: number): string {
  const one = names(1000).map((name) => `CONFIG_${name}=y\n`);
  const twice = names(1000).map((name) => `# CONFIG_${name} is not set\n`);
  const lines = [...one, ...Array.from({ length: 100 }, () => '#\u0001\n'), ...twice];
  for (let i = 0; i < 1999; i++) lines.push('!\n');
  // One line that is open stands at the very end, of what room is left.
  const most = 64 + capacity / 8 - 1;
  const last = 'CONFIG_LAST="';
  let left = capacity - lines.join('').length - 2 * (most - lines.length - 1);
  while (lines.length < most - 1) {
    const length = Math.max(0, Math.min(left - last.length, 60));
    lines.push(`#${'-'.repeat(length)}\n`);
    left -= length;
  }
  return `${lines.join('')}${last.padEnd(left, '-')}`;
}
