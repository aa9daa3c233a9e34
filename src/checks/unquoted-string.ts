/** Text without quotes. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems, isLost, typeOf, writtenValue } from './check.ts';

const info: RuleInfo = {
  id: 'unquoted-string',
  title: 'Text without quotes',
  severity: 'error',
  explanation:
    'A string must stand in double quotes: without them the kernel silently ignores the line. If a bool or tristate was meant, only a first letter y, m or n would be read.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const unquotedString: Check = {
  info,
  bad: { text: 'CONFIG_LOCALVERSION=-zone\n' },
  good: { text: 'CONFIG_LOCALVERSION="-zone"\n' },
  find: (input) =>
    fromProblems(info, input, ['unquoted-string'], (draft, { symbol }) => {
      const type = typeOf(input.kernel, symbol);
      // What a known type wants there is told with the loss.
      if (type !== undefined && isLost(input.kernel, symbol)) return undefined;
      // A lone word may as well be a mistake for a bool or a number, which quotes would only hide.
      return type === undefined && /^[a-z]\w*$/i.test(writtenValue(draft.location))
        ? { ...draft, fix: undefined }
        : draft;
    }),
};
