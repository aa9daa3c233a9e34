/** Comment that looks like "is not set" but is not. */
import { settingOf } from '../config/document.ts';
import type { RuleInfo } from '../finding.ts';
import { textBetween } from '../source.ts';
import { formatKernelVersion, type KernelVersion } from '../target.ts';
import { type Check, type CheckInput, type Draft, fromProblems, meantAsOff } from './check.ts';

const info: RuleInfo = {
  id: 'not-set-spelling',
  title: 'Comment that looks like "is not set" but is not',
  severity: 'error',
  explanation:
    'Only "# CONFIG_X is not set", exactly so, turns an option off. Any other spelling is a comment to the kernel, and the option keeps its default, or what a line above gives it. (Before 6.8, text behind "is not set" was tolerated.)',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const notSetSpelling: Check = {
  info,
  bad: { text: '#CONFIG_MODULES is not set\n' },
  good: { text: '# CONFIG_MODULES is not set\n' },
  find: (input) =>
    fromProblems(info, input, ['not-set-spelling'], (draft) =>
      isTakenBy(input.target.kernel, draft) ? asRead(input, draft) : meantAsOff(input.document, draft),
    ),
};

/** The release that made Kconfig read configs more precisely. */
const exactSince = 6_008_000;

function isTakenBy(kernel: KernelVersion | undefined, { location: { source, span } }: Draft): boolean {
  if (kernel === undefined || kernel >= exactSince) return false;
  return /^#.CONFIG_\w+ is not set/.test(textBetween(source, span.start, span.end));
}

/** A note where the kernel does what is meant; an error where a line above sets the symbol, which everything else here goes by. */
function asRead({ document, target: { kernel = 0 } }: CheckInput, draft: Draft): Draft {
  const message = `Linux ${formatKernelVersion(kernel)} turns CONFIG_${draft.symbol} off here; from 6.8 on this is a comment`;
  const setting = settingOf(document, draft.symbol ?? '');
  return setting.kind === 'set' && setting.location.span.start < draft.location.span.start
    ? { ...draft, message, related: [{ location: setting.location, message: 'this line sets it' }] }
    : { ...draft, severity: 'info', message };
}
