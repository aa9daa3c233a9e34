/** String with a missing or a stray quote, or a stray backslash. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'malformed-string',
  title: 'String with a missing or a stray quote or backslash',
  severity: 'error',
  explanation:
    'A string ends at its first unescaped double quote. Without one the kernel drops the setting ("invalid string found"); text behind it is lost. Quotes and backslashes inside are written \\" and \\\\; a backslash before anything else is dropped.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const malformedString: Check = {
  info,
  bad: { text: 'CONFIG_CMDLINE="console=ttyS0\n' },
  good: { text: 'CONFIG_CMDLINE="console=ttyS0"\n' },
  find: (input) =>
    fromProblems(info, input, ['malformed-string', 'lone-backslash'], (draft, { code }) =>
      code === 'lone-backslash' ? { ...draft, severity: 'warning' } : draft,
    ),
};
