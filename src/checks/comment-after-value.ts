/** Text after the value. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'comment-after-value',
  title: 'Text after the value',
  severity: 'warning',
  explanation:
    'A config has no comments at the end of a line. After y, m or n the kernel happens to ignore the rest; a number with text behind it is rejected and the default is used.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const commentAfterValue: Check = {
  info,
  bad: { text: 'CONFIG_PSI=y # pressure stall information\n' },
  good: { text: '# pressure stall information\nCONFIG_PSI=y\n' },
  find: (input) =>
    fromProblems(info, input, ['comment-after-value'], (draft, { harmless }) => ({
      ...draft,
      severity: harmless ? 'warning' : 'error',
    })),
};
