/** Checks of a command line as a text: quotes, odd characters, length, and parameters that undo one another. */
import type { CommandLineProblem } from '../artifacts/cmdline.ts';
import { commandLineSize } from '../artifacts/cmdline-size.ts';
import { effectOf } from '../artifacts/parameter-facts.ts';
import { settingOf } from '../config/document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { type BootCheck, type BootInput, bootFinding } from './check.ts';
import { writtenName } from './names.ts';

const list = 'https://docs.kernel.org/admin-guide/kernel-parameters.html';

function fromProblems(
  info: RuleInfo,
  { line }: BootInput,
  words: Partial<Readonly<Record<CommandLineProblem['code'], string>>>,
): Finding[] {
  return (line?.problems ?? []).flatMap(({ code, location }) => {
    const message = words[code];
    return message === undefined ? [] : [bootFinding(info, { message, location })];
  });
}

const open: RuleInfo = {
  id: 'cmdline/open-quote',
  title: 'Quote that is not closed',
  severity: 'warning',
  explanation:
    'In double quotes spaces belong to the value. Where the second one is missing, the rest of the command line does.',
  references: [list],
};

export const openQuote: BootCheck = {
  info: open,
  bad: { cmdline: 'dm-mod.create="root,,,ro, 0 8 linear /dev/vda 0 root=/dev/dm-0' },
  good: { cmdline: 'dm-mod.create="root,,,ro, 0 8 linear /dev/vda 0" root=/dev/dm-0' },
  find: (input) =>
    fromProblems(open, input, {
      'open-quote': 'the quote that begins here is not closed, so all that follows belongs to it',
    }),
};

const odd: RuleInfo = {
  id: 'cmdline/odd-character',
  title: 'Character that the kernel may take for something else',
  severity: 'warning',
  explanation:
    'The kernel reads bytes. A space that does not break, a typographic quote or dash that came in by copying is a part of a name or a value for it, and a boot loader may stop at the end of a line.',
  references: [list],
};

export const oddCharacter: BootCheck = {
  info: odd,
  bad: { cmdline: 'root=/dev/vda\u00a0rw' },
  good: { cmdline: 'root=/dev/vda rw' },
  find: (input) =>
    fromProblems(odd, input, {
      'not-ascii': 'this is no plain ASCII character; the kernel reads its bytes one by one',
      'line-break':
        'a line ends here; the kernel takes that for a space, but what hands the command line over may stop',
    }),
};

const long: RuleInfo = {
  id: 'cmdline/too-long',
  title: 'Command line that the kernel cuts off',
  severity: 'error',
  explanation:
    'Each architecture keeps so many bytes of its command line and drops the rest without a word, even in the middle of a parameter.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/arch/x86/include/asm/setup.h', list],
};

export const tooLong: BootCheck = {
  info: long,
  bad: { cmdline: `root=/dev/vda initcall_blacklist=${'x'.repeat(1100)}`, arch: 'arm' },
  good: { cmdline: `root=/dev/vda initcall_blacklist=${'x'.repeat(900)}`, arch: 'arm' },
  find: ({ line, target, document }) => {
    const own = document === undefined ? undefined : settingOf(document, 'COMMAND_LINE_SIZE');
    const size = own?.kind === 'set' && /^\d+$/.test(own.value) ? Number(own.value) : commandLineSize(target);
    if (line === undefined || size === undefined || line.bytes < size) return [];
    const message = `the command line has ${line.bytes} bytes, and this kernel keeps ${size - 1} on ${target.arch}; the rest is cut off`;
    return [bootFinding(long, { message, location: line.whole })];
  },
};

const overridden: RuleInfo = {
  id: 'cmdline/overridden-parameter',
  title: 'Parameter that a later one overrides',
  severity: 'warning',
  explanation:
    'Of most parameters the last one counts. Boot loaders, VM managers and CONFIG_CMDLINE add theirs before or behind your own.',
  references: [list],
};

export const overriddenParameter: BootCheck = {
  info: overridden,
  bad: { cmdline: 'root=/dev/vda ro root=/dev/vdb' },
  good: { cmdline: 'console=tty0 console=ttyS0 root=/dev/vdb ro' },
  find: ({ line, facts }) => {
    if (line === undefined) return [];
    return effectOf(line.parameters, facts).overridden.map(({ parameter, by }) => {
      const isSame = parameter.name === by.name && parameter.value === by.value;
      const where = by.from === parameter.from ? '' : ` (${by.from})`;
      return bootFinding(overridden, {
        severity: isSame || by.name === 'quiet' || by.name === 'loglevel' ? 'info' : undefined,
        message: isSame
          ? `${writtenName(parameter)} stands here and again later${where}`
          : `${parameter.written} has no effect: ${by.written} comes later and wins${where}`,
        location: parameter.location,
        related: [{ location: by.location, message: by.written }],
      });
    });
  },
};
