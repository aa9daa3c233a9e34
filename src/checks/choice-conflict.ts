/** Two members of one choice, of which the kernel keeps only one. */
import type { RuleInfo } from '../finding.ts';
import { type Check, fromLosses } from './check.ts';

const info: RuleInfo = {
  id: 'choice-conflict',
  title: 'Two members of one choice',
  severity: 'error',
  explanation:
    'Of the members of a choice one is y and all others are off. Where a config asks for two, the last one that can be set wins, and the other is dropped without a word.',
  references: ['https://docs.kernel.org/kbuild/kconfig-language.html#choices'],
};

const kconfig =
  'choice\n\tprompt "Kernel compression"\n\nconfig KERNEL_GZIP\n\tbool "Gzip"\n\nconfig KERNEL_ZSTD\n\tbool "Zstd"\n\nendchoice\n';

export const choiceConflict: Check = {
  info,
  bad: { text: 'CONFIG_KERNEL_GZIP=y\nCONFIG_KERNEL_ZSTD=y\n', kconfig },
  good: { text: '# CONFIG_KERNEL_GZIP is not set\nCONFIG_KERNEL_ZSTD=y\n', kconfig },
  find: (input) => fromLosses(info, input, ['other-choice-member']),
};
