/** `=m` while the kernel has no module support. */
import { settingAt, settingOf } from '../config/document.ts';
import { Mark } from '../config/scan.ts';
import type { Related, RuleInfo } from '../finding.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'module-without-modules',
  title: 'Module requested while MODULES is off',
  severity: 'warning',
  explanation:
    'Without CONFIG_MODULES nothing can be a module. Kconfig turns each =m into y on the next make, so the kernel grows, and drivers start that were meant to wait.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html'],
};

/** Places named beside the first; a distribution config has thousands. */
const shown = 10;

export const moduleWithoutModules: Check = {
  info,
  bad: { text: '# CONFIG_MODULES is not set\nCONFIG_VIRTIO_NET=m\n' },
  good: { text: '# CONFIG_MODULES is not set\nCONFIG_VIRTIO_NET=y\n' },
  find: ({ document }) => {
    const modules = settingOf(document, 'MODULES');
    const off = modules.kind === 'not-set' || (modules.kind === 'absent' && document.kind === 'complete');
    if (!off) return [];
    const { mark } = document.scanned.table;
    const rows: number[] = [];
    for (let row = 0; row < document.settings; row++) if (mark[row] === Mark.m) rows.push(row);
    if (rows.length === 0) return [];
    const settings = rows.slice(0, shown).map((row) => settingAt(document, row));
    const [first, ...others] = settings;
    if (first === undefined) return [];
    const related: Related[] = others.map(({ location, symbol }) => ({ location, message: `CONFIG_${symbol}=m` }));
    if (modules.kind !== 'absent')
      related.unshift({ location: modules.location, message: 'CONFIG_MODULES is off here' });
    const more = rows.length === 1 ? '' : ` and ${rows.length - 1} more`;
    return [
      finding(info, {
        symbol: first.symbol,
        message: `CONFIG_${first.symbol}=m${more}, but CONFIG_MODULES is ${modules.kind === 'absent' ? 'absent' : 'not set'}`,
        location: first.location,
        related,
      }),
    ];
  },
};
