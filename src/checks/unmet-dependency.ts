/** A setting that the kernel drops because something that it depends on is not there. */
import type { RuleInfo } from '../finding.ts';
import { chainInWords, isDefined, symbolNamed } from '../kconfig/index.ts';
import { type Check, fromLosses } from './check.ts';

const info: RuleInfo = {
  id: 'unmet-dependency',
  title: 'Setting dropped, for a dependency is not met',
  severity: 'error',
  explanation:
    'Kconfig does not keep a setting whose dependencies are not met: the next make olddefconfig drops it without a word. What it founders on in the end is named, so that one line can settle all that hangs on it.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-dependencies'],
};

export const unmetDependency: Check = {
  info,
  bad: {
    text: 'CONFIG_XEN=y\n',
    kconfig:
      'config HYPERVISOR_GUEST\n\tbool "Guest support"\n\nconfig XEN\n\tbool "Xen guest"\n\tdepends on HYPERVISOR_GUEST\n',
  },
  good: {
    text: 'CONFIG_HYPERVISOR_GUEST=y\nCONFIG_XEN=y\n',
    kconfig:
      'config HYPERVISOR_GUEST\n\tbool "Guest support"\n\nconfig XEN\n\tbool "Xen guest"\n\tdepends on HYPERVISOR_GUEST\n',
  },
  find: (input) =>
    fromLosses(info, input, ['unmet-dependency'], (draft, { chain, root }) => {
      const { kernel } = input;
      const words = chain.length > 1 ? { message: `${draft.message} (${chainInWords(chain)})` } : {};
      const id = kernel === undefined ? undefined : symbolNamed(kernel.model, root);
      // Nothing that this kernel could have: a fragment that serves other architectures or releases may ask for it all the same.
      const isForeign =
        chain.length === 0 || (kernel !== undefined && (id === undefined || !isDefined(kernel.model, id)));
      return { ...draft, ...words, ...(isForeign && draft.severity === 'error' ? { severity: 'warning' } : {}) };
    }),
};
