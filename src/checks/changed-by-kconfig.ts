/** A setting that comes out with another value than the one it asks for. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromLosses, isMisspelled } from './check.ts';

const info: RuleInfo = {
  id: 'changed-by-kconfig',
  title: 'Setting changed by Kconfig',
  severity: 'error',
  explanation:
    'Kconfig takes the line but gives the symbol another value: y becomes m where a dependency is m, m becomes y where modules are off, and what cannot be seen falls back to its default. What the kernel gets is named.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-dependencies'],
};

const kconfig =
  'config MODULES\n\tbool "Modules"\n\tmodules\n\nconfig NET_CORE\n\ttristate "Core"\n\nconfig NET_DRIVER\n\ttristate "Driver"\n\tdepends on NET_CORE\n';

export const changedByKconfig: Check = {
  info,
  bad: { text: 'CONFIG_MODULES=y\nCONFIG_NET_CORE=m\nCONFIG_NET_DRIVER=y\n', kconfig },
  good: { text: 'CONFIG_MODULES=y\nCONFIG_NET_CORE=y\nCONFIG_NET_DRIVER=y\n', kconfig },
  find: (input) =>
    fromLosses(info, input, ['only-module', 'no-modules', 'changed'], (draft) =>
      isMisspelled(input.document, draft) ? undefined : draft,
    ),
};
