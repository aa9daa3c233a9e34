/** Windows line endings. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'carriage-return',
  title: 'Windows line endings',
  severity: 'info',
  explanation:
    'The kernel strips one carriage return at the end of a line, but grep, sed and merge_config.sh do not: "=y" and "=y" with a carriage return are different values to them. Mixed endings are worse, because half of the file works.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const carriageReturn: Check = {
  info,
  bad: { text: 'CONFIG_PSI=y\r\nCONFIG_XEN=y\r\n' },
  good: { text: 'CONFIG_PSI=y\nCONFIG_XEN=y\n' },
  find: (input) =>
    fromProblems(info, input, ['carriage-return'], (draft, { harmless }) => ({
      ...draft,
      severity: harmless ? 'info' : 'warning',
    })),
};
