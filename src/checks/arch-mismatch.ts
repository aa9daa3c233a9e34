/** The header names one architecture, the symbols another. */

import { settingOf } from '../config/document.ts';
import { archOfHeader } from '../config/origin.ts';
import type { RuleInfo } from '../finding.ts';
import type { Arch } from '../target.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'arch-mismatch',
  title: 'Header of one architecture, symbols of another',
  severity: 'error',
  explanation:
    'Kconfig writes the architecture into the header and into a symbol of its own. If they differ, the file was put together from two configs; make will drop the half that does not belong.',
  references: ['https://docs.kernel.org/kbuild/kconfig.html'],
};

export const archMismatch: Check = {
  info,
  bad: { text: '# Linux/arm64 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n' },
  good: { text: '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n' },
  find: ({ document }) => {
    const { source, origin } = document;
    const { header, symbols: found } = origin;
    if (header?.arch === undefined || found === undefined || belongs(header.arch, found.arch)) return [];
    const symbol = settingOf(document, found.symbol);
    const headerAt = { source, span: { start: header.start, end: header.end } };
    return [
      finding(info, {
        symbol: found.symbol,
        message: `the header is for ${header.arch}, but CONFIG_${found.symbol}=y`,
        location: symbol.kind === 'absent' ? headerAt : symbol.location,
        related: [{ location: headerAt, message: `header for ${header.arch}` }],
      }),
    ];
  },
};

/** `x86` in a header is either x86 architecture; so, sloppily, is `i386` or `x86_64` given on make's command line. */
function belongs(header: string, arch: Arch): boolean {
  if (header === 'x86' || header === 'i386') return arch === 'x86_64' || arch === 'i386';
  const of = archOfHeader(header);
  return of === 'other' || of === arch || (header === 'x86_64' && arch === 'i386');
}
