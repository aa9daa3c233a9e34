/**
 * A slow, plain reading of a config, written from what the kernel's reader does (`conf_read_simple` and
 * `conf_set_sym_val` in scripts/kconfig/confdata.c of Linux 6.12, for symbols whose type nobody knows).
 */
import { readValue } from '../../src/config/value.ts';

/** What counts for each symbol: its value as written, `n` for "is not set". */
export function readPlainly(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    const unset = /^# CONFIG_([A-Za-z0-9_]+) is not set$/.exec(content);
    const set = /^CONFIG_([A-Za-z0-9_]+)=(.*)$/s.exec(content);
    if (unset !== null) found.set(unset[1] as string, 'n');
    else if (set !== null) found.set(set[1] as string, readValue(set[2] as string));
  }
  return found;
}
