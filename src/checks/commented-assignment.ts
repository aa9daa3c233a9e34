/** Assignment of n in a comment. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems, meantAsOff } from './check.ts';

const info: RuleInfo = {
  id: 'commented-assignment',
  title: 'Assignment of n in a comment',
  severity: 'warning',
  explanation:
    '"# CONFIG_X=n" is a comment: it does not turn the option off. The line is reported only where no other line turns the option off or sets it further down; a commented "=y" is taken for what it is, a setting somebody switched off.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const commentedAssignment: Check = {
  info,
  bad: { text: '# CONFIG_MODULES=n\n' },
  good: { text: '# CONFIG_MODULES is not set\n# CONFIG_KGDB=y\n' },
  find: (input) =>
    fromProblems(info, input, ['commented-assignment'], (draft, { replacement }) =>
      replacement?.endsWith('is not set') ? meantAsOff(input.document, draft) : undefined,
    ),
};
