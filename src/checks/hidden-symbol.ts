/** A setting of a symbol that nobody can set. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromLosses } from './check.ts';

const info: RuleInfo = {
  id: 'hidden-symbol',
  title: 'Symbol without a prompt set by hand',
  severity: 'warning',
  explanation:
    'A symbol without a prompt has the value that selects and defaults give it. Kconfig reads a line that sets it and forgets it, so the line only looks as if it did something. Set what selects it instead.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#menu-attributes'],
};

const kconfig = 'config VIRTIO\n\ttristate\n\nconfig VIRTIO_MENU\n\tbool "Virtio drivers"\n\tselect VIRTIO\n';

export const hiddenSymbol: Check = {
  info,
  bad: { text: 'CONFIG_VIRTIO=y\n', kconfig },
  good: { text: 'CONFIG_VIRTIO_MENU=y\n', kconfig },
  find: (input) =>
    fromLosses(info, input, ['hidden-symbol'], (draft) => ({
      ...draft,
      cause: 'hidden-symbol prompts',
      // In a config that Kconfig wrote, such a line is the trace of another kernel; on an unknown base it may come out as it stands.
      severity: input.kernel?.mode === 'stack' ? (draft.severity ?? info.severity) : 'info',
    })),
};
