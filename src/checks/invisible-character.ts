/** Character that cannot be seen. */
import type { RuleInfo } from '../finding.ts';
import { type Location, lineIndexOf, lineSpanOf } from '../source.ts';
import { type Check, fromProblems } from './check.ts';

const info: RuleInfo = {
  id: 'invisible-character',
  title: 'Character that cannot be seen',
  severity: 'warning',
  explanation:
    'Control, zero-width and direction-changing characters make a line read differently from how it looks. In a setting they are part of the name or the value.',
  references: ['https://www.unicode.org/reports/tr36/'],
};

/** In a comment it only misleads the reader. */
function onComment({ source, span }: Location): boolean {
  return source.codes[lineSpanOf(source, lineIndexOf(source, span.start)).start] === 35;
}

export const invisibleCharacter: Check = {
  info,
  bad: { text: 'CONFIG_PSI=y\u200b\n' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: (input) =>
    fromProblems(info, input, ['invisible-character'], (draft) => ({
      ...draft,
      severity: onComment(draft.location) ? 'warning' : 'error',
    })),
};
