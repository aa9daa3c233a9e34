/** Setting without a value. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'empty-value',
  title: 'Setting without a value',
  severity: 'warning',
  explanation:
    'Nothing stands after the equals sign. The kernel rejects that for every type of symbol; an empty string is written "".',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const emptyValue: Check = {
  info,
  bad: { text: 'CONFIG_LOCALVERSION=\n' },
  good: { text: 'CONFIG_LOCALVERSION=""\n' },
  find: (input) => fromProblems(info, input, ['empty-value']),
};
