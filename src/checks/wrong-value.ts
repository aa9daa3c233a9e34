/** A value that its symbol cannot have: of another type, or out of its range. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromLosses } from './check.ts';

const info: RuleInfo = {
  id: 'wrong-value',
  title: 'Value of another type, or out of range',
  severity: 'error',
  explanation:
    'Kconfig refuses a value that is not of the type of its symbol and takes the default instead; a number out of its range is moved to the nearest bound, or dropped since 6.12.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-attributes'],
};

const kconfig = 'config NR_CPUS\n\tint "CPUs"\n\trange 2 512\n\tdefault 64\n';

export const wrongValue: Check = {
  info,
  bad: { text: 'CONFIG_NR_CPUS=1024\n', kconfig },
  good: { text: 'CONFIG_NR_CPUS=256\n', kconfig },
  find: (input) => fromLosses(info, input, ['invalid-value']),
};
