/** Comment that looks like "is not set" but is not. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems, meantAsOff } from './check.ts';

const info: RuleInfo = {
  id: 'not-set-spelling',
  title: 'Comment that looks like "is not set" but is not',
  severity: 'error',
  explanation:
    'Only "# CONFIG_X is not set", exactly so, turns an option off. Any other spelling is a comment to the kernel, and the option keeps its default, or what a line above gives it. (Up to about 6.1, text behind "is not set" was tolerated.)',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const notSetSpelling: Check = {
  info,
  bad: { text: '#CONFIG_MODULES is not set\n' },
  good: { text: '# CONFIG_MODULES is not set\n' },
  find: (input) => fromProblems(info, input, ['not-set-spelling'], (draft) => meantAsOff(input.document, draft)),
};
