/** Blank beside the equals sign. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'space-around-equals',
  title: 'Blank beside the equals sign',
  severity: 'error',
  explanation:
    'The kernel takes everything up to the equals sign for the name, so a blank before it makes a symbol that does not exist and is dropped without a word. A blank after it becomes part of the value, which is then invalid.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const spaceAroundEquals: Check = {
  info,
  bad: { text: 'CONFIG_PSI = y\n' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: (input) => fromProblems(info, input, ['space-around-equals']),
};
