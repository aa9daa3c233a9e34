/** Bytes that are not UTF-8. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'not-utf8',
  title: 'Bytes that are not UTF-8',
  severity: 'info',
  explanation:
    'The kernel does not care about the encoding of strings and comments, but editors and code review do. The file is read byte by byte and nothing is changed.',
  references: ['https://www.unicode.org/versions/latest/'],
};

export const notUtf8: Check = {
  info,
  bad: { text: '' },
  good: { text: '# caf\u00e9\nCONFIG_PSI=y\n' },
  find: (input) => fromProblems(info, input, ['not-utf8']),
};
