/** A value that its symbol cannot have: of another type, or out of its range. */
import type { RuleInfo } from '../finding.ts';
import { cameTo, type Loss } from '../kconfig/index.ts';
import {
  type Check,
  type Draft,
  fromLosses,
  isLogic,
  isMisspelled,
  needingQuotes,
  rewritten,
  typeOf,
  writtenValue,
} from './check.ts';

const info: RuleInfo = {
  id: 'wrong-value',
  title: 'Value of another type, or out of range',
  severity: 'error',
  explanation:
    'Kconfig refuses a value that is not of the type of its symbol and takes the default instead; a number out of its range is dropped likewise, or since 6.8 moved to the nearest bound.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-attributes'],
};

const kconfig = 'config NR_CPUS\n\tint "CPUs"\n\trange 2 512\n\tdefault 64\n';

export const wrongValue: Check = {
  info,
  bad: { text: 'CONFIG_NR_CPUS=1024\n', kconfig },
  good: { text: 'CONFIG_NR_CPUS=256\n', kconfig },
  find: (input) =>
    fromLosses(info, input, ['invalid-value'], (draft, loss) => {
      const type = typeOf(input.kernel, loss.symbol) ?? '';
      if (isLogic(type)) return isMisspelled(input.document, draft) ? undefined : draft;
      const written = writtenValue(draft.location);
      if (type === 'string') return /^[^"]/.test(written) ? needingQuotes(draft, loss.symbol, written, loss) : draft;
      return written.startsWith('"') ? withoutQuotes(draft, loss, type, written) : draft;
    }),
};

function withoutQuotes(draft: Draft, loss: Loss, type: string, written: string): Draft {
  const line = `CONFIG_${loss.symbol}=${loss.value}`;
  const a = type === 'int' ? 'an' : 'a';
  const message = `CONFIG_${loss.symbol}=${written} stands in quotes: it is ${a} ${type}; it comes to ${cameTo(loss)}`;
  return rewritten({ ...draft, message }, line);
}
