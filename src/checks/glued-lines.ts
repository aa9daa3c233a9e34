/** Two settings on one line. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'glued-lines',
  title: 'Two settings on one line',
  severity: 'error',
  explanation:
    'This happens when files are joined and one of them lacks the newline at its end. The kernel reads a y, m, n or string in front and loses the rest; a line that starts with # is a comment as a whole (up to about 6.1 the first "is not set" was read).',
  references: [
    'https://github.com/firecracker-microvm/firecracker/issues/6179',
    'https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c',
  ],
};

export const gluedLines: Check = {
  info,
  bad: { text: 'CONFIG_MICROVM=yCONFIG_IKCONFIG=y\n' },
  good: { text: 'CONFIG_MICROVM=y\nCONFIG_IKCONFIG=y\n' },
  find: (input) => fromProblems(info, input, ['glued-lines']),
};
