/** A symbol turned off, or down to m, that something else selects. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromLosses } from './check.ts';

const info: RuleInfo = {
  id: 'selected-symbol',
  title: 'Turned off, but something selects it',
  severity: 'error',
  explanation:
    'A select is stronger than a setting: as long as the symbol that selects it is on, this one cannot be off, whatever the config says. Turn off what selects it, or accept it and write the value that it has.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-attributes'],
};

const kconfig = 'config EXPERT\n\tbool "Expert"\n\tselect DEBUG_KERNEL\n\nconfig DEBUG_KERNEL\n\tbool "Debugging"\n';

export const selectedSymbol: Check = {
  info,
  bad: { text: 'CONFIG_EXPERT=y\n# CONFIG_DEBUG_KERNEL is not set\n', kconfig },
  good: { text: '# CONFIG_EXPERT is not set\n# CONFIG_DEBUG_KERNEL is not set\n', kconfig },
  find: (input) =>
    fromLosses(info, input, ['selected'], (draft, { symbol, actual }) => ({
      ...draft,
      // Where what selects it is wanted as well, the file can only say what is.
      advice: () => {
        const lines = input.kernel?.adviceFor(`CONFIG_${symbol}`) ?? [];
        return lines.length > 0 ? lines : [`CONFIG_${symbol}=${actual}`];
      },
    })),
};
