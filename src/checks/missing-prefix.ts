/** Symbol without CONFIG_ in front. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'missing-prefix',
  title: 'Symbol without CONFIG_ in front',
  severity: 'error',
  explanation:
    'Every setting starts with CONFIG_ in capitals. The kernel skips any other line, so the option keeps its default.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const missingPrefix: Check = {
  info,
  bad: { text: 'XEN=y\n' },
  good: { text: 'CONFIG_XEN=y\n' },
  find: (input) => fromProblems(info, input, ['missing-prefix']),
};
