/** Symbols that the kernel does not have: misspelled, of another release or architecture, or out of tree. */
import { settingOf } from '../config/document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import type { Wanted } from '../kconfig/index.ts';
import type { Location } from '../source.ts';
import { type Check, type CheckInput, finding, type KernelView } from './check.ts';

const info: RuleInfo = {
  id: 'unknown-symbol',
  title: 'Symbol that this kernel does not have',
  severity: 'error',
  explanation:
    'Kconfig skips a line for a symbol that it does not know, without a word: a misspelled option is simply not there. Symbols of other releases and architectures, and those of patches, are told apart from misspelled ones.',
  references: ['https://docs.kernel.org/kbuild/kconfig.html'],
};

const kconfig = 'config XEN_BLKDEV_FRONTEND\n\tbool "Xen block device"\n';

export const unknownSymbol: Check = {
  info,
  bad: { text: 'CONFIG_XEN_BLKDEV_FRONTENT=y\n', kconfig },
  good: { text: 'CONFIG_XEN_BLKDEV_FRONTEND=y\n', kconfig },
  find: (input) => {
    const { kernel } = input;
    if (kernel === undefined) return [];
    return kernel.mode === 'complete' ? inComplete(input, kernel) : inFragment(input, kernel);
  },
};

/** Names listed in a summary. */
const listed = 12;

function placeOf(symbol: string, { document }: CheckInput): Location {
  const setting = settingOf(document, symbol);
  return setting.kind === 'absent' ? { source: document.source, span: { start: 0, end: 0 } } : setting.location;
}

/** What Kconfig wrote into a complete config was there for the kernel that it was written for. */
function inComplete(input: CheckInput, kernel: KernelView): Finding[] {
  const words = (count: number): string =>
    `${count} ${count === 1 ? 'symbol is' : 'symbols are'} unknown to ${kernel.name}: of another release, or of patches`;
  return summary(kernel.unknown, input, 'info', words);
}

function inFragment(input: CheckInput, kernel: KernelView): Finding[] {
  const misspelled: Finding[] = [];
  const foreign: Wanted[] = [];
  const nowhere: Wanted[] = [];
  for (const loss of kernel.unknown) {
    const { near, isSlip, elsewhere } = kernel.whereabouts(loss.symbol);
    if (elsewhere !== '') foreign.push(loss);
    else if (near.length === 0) nowhere.push(loss);
    else misspelled.push(misspelling(loss, near, isSlip, input, kernel));
  }
  return [
    ...misspelled,
    ...summary(
      nowhere,
      input,
      'warning',
      (count) =>
        `${count === 1 ? 'one symbol is' : `${count} symbols are`} in no kernel known here; name ${count === 1 ? 'it' : 'them'} with --extra-symbols if a patch brings ${count === 1 ? 'it' : 'them'}`,
    ),
    ...summary(
      foreign,
      input,
      'info',
      (count) => {
        const first = kernel.whereabouts((foreign[0] as Wanted).symbol).elsewhere;
        return count === 1
          ? `CONFIG_${foreign[0]?.symbol} is not in ${kernel.name}: ${first}`
          : `${count} symbols of other releases and architectures are not in ${kernel.name}`;
      },
      (symbol) => kernel.whereabouts(symbol).elsewhere,
    ),
  ];
}

/** One letter off is a slip; two may also be the name of something that a patch brings. */
function misspelling(
  { symbol, value }: Wanted,
  near: readonly string[],
  isSlip: boolean,
  input: CheckInput,
  kernel: KernelView,
): Finding {
  const [first = ''] = near;
  const location = placeOf(symbol, input);
  const line = value === 'n' ? `# CONFIG_${first} is not set` : `CONFIG_${first}=${value}`;
  const isClear = near.length === 1 && settingOf(input.document, first).kind === 'absent';
  return finding(info, {
    severity: isSlip ? 'error' : 'warning',
    symbol,
    message: `${kernel.name} has no CONFIG_${symbol}; did you mean ${near.map((name) => `CONFIG_${name}`).join(' or ')}?`,
    location,
    expected: `CONFIG_${first}`,
    actual: 'unknown',
    ...(isClear ? { advice: [line] } : {}),
  });
}

/** One finding for all of them. */
function summary(
  losses: readonly Wanted[],
  input: CheckInput,
  severity: 'warning' | 'info',
  words: (count: number) => string,
  note: (symbol: string) => string = () => '',
): Finding[] {
  const [first, ...rest] = losses;
  if (first === undefined) return [];
  const names = losses.slice(0, listed).map(({ symbol }) => `CONFIG_${symbol}`);
  const more = losses.length > listed ? ` and ${losses.length - listed} more` : '';
  const list = losses.length === 1 && words(1).includes(names[0] as string) ? '' : ` (${names.join(', ')}${more})`;
  return [
    finding(info, {
      severity,
      symbol: first.symbol,
      subjects: losses.map(({ symbol }) => symbol),
      message: `${words(losses.length)}${list}`,
      location: placeOf(first.symbol, input),
      related: rest.map(({ symbol }) => ({
        location: placeOf(symbol, input),
        message: `CONFIG_${symbol}${note(symbol) === '' ? '' : `: ${note(symbol)}`}`,
      })),
    }),
  ];
}
