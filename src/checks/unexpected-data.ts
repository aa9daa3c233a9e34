/** Line that is neither a setting nor a comment. */
import type { RuleInfo } from '../finding.ts';
import { textBetween } from '../source.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'unexpected-data',
  title: 'Line that is neither a setting nor a comment',
  severity: 'error',
  explanation:
    'The kernel\'s reader warns about such a line and skips it ("unexpected data"); older kernels skip some without a word. Whatever it was meant to set is not set.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

/** Characters of a line that are told. */
const longestLine = 200;

export const unexpectedData: Check = {
  info,
  bad: { text: 'CONFIG_PSI\nCONFIG_XEN=y\n' },
  good: { text: 'CONFIG_PSI=y\nCONFIG_XEN=y\n' },
  find: (input) =>
    fromProblems(info, input, ['unexpected-data', 'odd-symbol-name'], (draft) => {
      const { source, span } = draft.location;
      return { ...draft, actual: textBetween(source, span.start, Math.min(span.end, span.start + longestLine)) };
    }),
};
