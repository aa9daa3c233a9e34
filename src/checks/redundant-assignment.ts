/** A symbol set twice to the same value. */
import { isSameValue, repeatedRows, settingAt, symbolAt } from '../config/document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { lineIndexOf, lineStartsOf, positionOf } from '../source.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'redundant-assignment',
  title: 'Symbol set twice, to the same value',
  severity: 'info',
  explanation: 'The second line changes nothing. Left in place, the two will one day disagree.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const redundantAssignment: Check = {
  info,
  bad: { text: 'CONFIG_CGROUPS=y\nCONFIG_PSI=y\nCONFIG_CGROUPS=y\n' },
  good: { text: 'CONFIG_CGROUPS=y\nCONFIG_PSI=y\n' },
  find: ({ document }) => {
    const findings: Finding[] = [];
    for (const [earlier, later] of repeatedRows(document)) {
      if (!isSameValue(document, earlier, later)) continue;
      const symbol = symbolAt(document, later);
      const first = settingAt(document, earlier, symbol).location;
      const { location } = settingAt(document, later, symbol);
      const { source } = location;
      const index = lineIndexOf(source, location.span.start);
      const span = { start: location.span.start, end: lineStartsOf(source)[index + 1] ?? source.codes.length };
      findings.push(
        finding(info, {
          symbol,
          message: `CONFIG_${symbol} is set to the same value on line ${positionOf(source, first.span.start).line}`,
          location,
          related: [{ location: first, message: 'the first one' }],
          fix: { title: 'Remove the second line', edits: [{ location: { source, span }, newText: '' }] },
        }),
      );
    }
    return findings;
  },
};
