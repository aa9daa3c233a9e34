/** No newline at the end of the file. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'missing-final-newline',
  title: 'No newline at the end of the file',
  severity: 'warning',
  explanation:
    'The kernel reads the last line all the same, but whatever is appended, such as the next fragment, is glued onto it and lost.',
  references: ['https://github.com/firecracker-microvm/firecracker/issues/6179'],
};

export const missingFinalNewline: Check = {
  info,
  bad: { text: 'CONFIG_PSI=y' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: (input) =>
    fromProblems(info, input, ['missing-final-newline'], (draft) => ({
      ...draft,
      severity: input.document.kind === 'fragment' ? 'warning' : 'info',
      advice: [],
    })),
};
