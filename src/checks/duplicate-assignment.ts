/** A symbol set twice to different values. */
import { isSameValue, repeatedRows, settingAt, symbolAt, writtenValueAt } from '../config/document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { positionOf } from '../source.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'duplicate-assignment',
  title: 'Symbol set twice, to different values',
  severity: 'warning',
  explanation:
    'The kernel takes the last line and warns ("override: reassigning to symbol"), exit status 0. One of the two lines does nothing, and whoever reads only the other is misled.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c'],
};

export const duplicateAssignment: Check = {
  info,
  bad: { text: 'CONFIG_PSI=y\n# CONFIG_PSI is not set\n' },
  good: { text: 'CONFIG_PSI=y\n' },
  find: ({ document }) => {
    const findings: Finding[] = [];
    for (const [earlier, later] of repeatedRows(document)) {
      if (isSameValue(document, earlier, later)) continue;
      const before = writtenValueAt(document, earlier);
      const after = writtenValueAt(document, later);
      const symbol = symbolAt(document, later);
      const first = settingAt(document, earlier, symbol).location;
      const { location } = settingAt(document, later, symbol);
      const line = (at: typeof first) => positionOf(at.source, at.span.start).line;
      const say = (value: string) => (value === 'is not set' ? ' is not set' : `=${value}`);
      findings.push(
        finding(info, {
          symbol,
          message: `CONFIG_${symbol}${say(after)} overrides "${say(before).trim()}" on line ${line(first)}`,
          location,
          related: [{ location: first, message: `CONFIG_${symbol}${say(before)} does nothing` }],
        }),
      );
    }
    return findings;
  },
};
