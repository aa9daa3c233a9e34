/** Which kernels read which parameters: the decoded models/parameters.index. */
import { archMatches, type Target } from '../target.ts';

/** What is known of one parameter. */
export interface KnownParameter {
  readonly name: string;
  /** Series of kernels in which it was found, such as `6.12`; not all there are. */
  readonly series: readonly string[];
  /** Only the documentation names it; which code reads it is not known. */
  readonly isOnlyDocumented: boolean;
  /** Empty where it is read on all architectures; `other` stands for those that have no name here. */
  readonly arches: readonly string[];
  /** Symbols that bring the code that reads it: any of the lists, all of a list. Empty where nothing is known. */
  readonly needs: readonly (readonly string[])[];
}

export interface ParameterIndex {
  /** All series that were looked at, the oldest first. */
  readonly series: readonly string[];
  readonly find: (name: string) => KnownParameter | undefined;
  readonly names: () => readonly string[];
}

/** The text is the first line of series, then lines of: mask, architectures, symbols, module, names. */
export function readParameterIndex(text: string): ParameterIndex {
  const [head = '', ...lines] = text.split('\n');
  const series = head.split(' ').filter((each) => each !== '');
  const rows = new Map<string, string>();
  for (const line of lines) {
    const fields = line.split('\t');
    const module = fields[3] === undefined || fields[3] === '' ? '' : `${fields[3]}.`;
    for (const name of fields[4]?.split(' ') ?? []) rows.set(module + name, line);
  }
  return {
    series,
    names: () => [...rows.keys()],
    find: (name) => {
      const line = rows.get(name);
      return line === undefined ? undefined : readRow(name, line, series);
    },
  };
}

function readRow(name: string, line: string, series: readonly string[]): KnownParameter {
  const [mask = '', arches = '', needs = ''] = line.split('\t');
  const bits = Number.parseInt(mask, 32);
  return {
    name,
    series: series.filter((_, i) => (bits & (1 << i)) !== 0),
    isOnlyDocumented: mask.endsWith('?'),
    arches: arches === '' ? [] : arches.split(','),
    needs: needs === '' ? [] : needs.split('|').map((list) => list.split('&')),
  };
}

/** The series that speak for a kernel: its own, else those around it. */
export function seriesAround({ kernel }: Target, series: readonly string[]): readonly string[] {
  if (kernel === undefined) return series;
  const numbers = series.map((each) => Number(each.split('.')[0]) * 1e6 + Number(each.split('.')[1]) * 1e3);
  const own = Math.floor(kernel / 1e3) * 1e3;
  const exact = numbers.indexOf(own);
  if (exact !== -1) return [series[exact] as string];
  const above = numbers.findIndex((each) => each > own);
  if (above === -1) return series.slice(-1);
  return series.slice(Math.max(0, above - 1), above + 1);
}

/** Undefined where the architecture is not known or any will do. */
export function isForeign({ arches }: KnownParameter, { arch }: Target): boolean {
  return arches.length > 0 && arch !== undefined && arch !== 'other' && !archMatches(arches, arch);
}
