/** Byte order mark. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'byte-order-mark',
  title: 'Byte order mark',
  severity: 'warning',
  explanation: 'The mark becomes part of the first line. If that is a setting, the kernel skips it as unexpected data.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const byteOrderMark: Check = {
  info,
  bad: { text: '\ufeffCONFIG_PSI=y\n' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: (input) =>
    fromProblems(info, input, ['byte-order-mark'], (draft) => ({
      ...draft,
      severity: input.document.source.text.startsWith('#', 1) ? 'warning' : 'error',
    })),
};
