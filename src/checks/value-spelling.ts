/** Value other than y, m or n in letters. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems, isLogic, isLost, needingQuotes, typeOf, writtenValue } from './check.ts';

const info: RuleInfo = {
  id: 'value-spelling',
  title: 'Value other than y, m or n in letters',
  severity: 'error',
  explanation:
    'For a bool or tristate only a small y, m or n in front counts. "yes" happens to work, "Y", "true" and "1" are rejected and the option falls back to its default.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const valueSpelling: Check = {
  info,
  bad: { text: 'CONFIG_PSI=Y\n' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: (input) =>
    fromProblems(info, input, ['value-spelling'], (draft, { harmless, symbol = '' }) => {
      const type = typeOf(input.kernel, symbol);
      const written = writtenValue(draft.location);
      if (type === undefined && written.startsWith('"')) {
        // It may well be a string, such as CONFIG_NLS_DEFAULT="n"; then a fix would destroy it.
        const message = `${written} is a string: if CONFIG_${symbol} is a bool or tristate, the kernel rejects it`;
        return { ...draft, message, severity: 'warning', fix: undefined };
      }
      if (type !== undefined && !isLogic(type)) {
        // What another type wants there is told with the loss; for a string, quotes are as it should be.
        if (type !== 'string' || written.startsWith('"') || isLost(input.kernel, symbol)) return undefined;
        return needingQuotes(draft, symbol, written);
      }
      return { ...draft, severity: harmless ? 'warning' : 'error' };
    }),
};
