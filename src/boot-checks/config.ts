/** Checks of a command line beside its config: who wins, what init is handed, and whether there is a root at all. */
import { settingOf } from '../config/document.ts';
import type { RuleInfo } from '../finding.ts';
import { mergeBuiltIn } from './built-in.ts';
import { type BootCheck, bootFinding } from './check.ts';
import { isNamed } from './names.ts';

const ignored: RuleInfo = {
  id: 'cmdline/ignored-command-line',
  title: 'Command line that the kernel throws away',
  severity: 'error',
  explanation:
    'The kernel was told to use the command line that is built into it, and nothing else. Root device and console must then be in there.',
  references: [
    'https://github.com/torvalds/linux/blob/v6.12/arch/x86/Kconfig',
    'https://github.com/torvalds/linux/blob/v6.12/drivers/of/fdt.c',
  ],
};

export const ignoredCommandLine: BootCheck = {
  info: ignored,
  bad: {
    cmdline: 'root=/dev/vda',
    arch: 'x86_64',
    config: 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="console=ttyS0"\nCONFIG_CMDLINE_OVERRIDE=y\n',
  },
  good: {
    cmdline: 'root=/dev/vda',
    arch: 'x86_64',
    config: 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="console=ttyS0"\n# CONFIG_CMDLINE_OVERRIDE is not set\n',
  },
  find: ({ document, given, target }) => {
    if (document === undefined || given === undefined) return [];
    const { overriddenBy, pieces } = mergeBuiltIn(document, target.arch, given);
    if (overriddenBy === undefined) return [];
    const [own] = given;
    return [
      bootFinding(ignored, {
        symbol: overriddenBy.symbol,
        message: `CONFIG_${overriddenBy.symbol}=y: the kernel uses only CONFIG_CMDLINE ("${pieces[0]?.text.trim() ?? ''}") and not the command line that it is given`,
        location: overriddenBy.location,
        related:
          own === undefined
            ? []
            : [
                {
                  location: own.locate({ start: 0, end: own.text.length }),
                  message: 'the command line that it is given',
                },
              ],
        advice: [`# CONFIG_${overriddenBy.symbol} is not set`],
      }),
    ];
  },
};

const unused: RuleInfo = {
  id: 'cmdline/unused-default',
  title: 'Built-in command line that is not used',
  severity: 'info',
  explanation:
    'On most architectures CONFIG_CMDLINE only stands in where the boot loader gives no command line. It is not added to one.',
  references: ['https://github.com/torvalds/linux/blob/v6.12/drivers/of/fdt.c'],
};

export const unusedDefault: BootCheck = {
  info: unused,
  bad: {
    cmdline: 'root=/dev/vda',
    arch: 'arm64',
    config: 'CONFIG_CMDLINE="console=ttyAMA0"\nCONFIG_CMDLINE_FROM_BOOTLOADER=y\n',
  },
  good: { cmdline: 'root=/dev/vda', arch: 'arm64', config: 'CONFIG_CMDLINE=""\n' },
  find: ({ document, given, target }) => {
    if (document === undefined || given === undefined) return [];
    const { unused: text } = mergeBuiltIn(document, target.arch, given);
    if (text === undefined) return [];
    const message = `CONFIG_CMDLINE is not used, because the kernel is given a command line; "${text.text.trim()}" is not part of it`;
    return [
      bootFinding(unused, { symbol: 'CMDLINE', message, location: text.locate({ start: 0, end: text.text.length }) }),
    ];
  },
};

/** INIT_ENV_ARG_LIMIT where nobody changed it. */
const usualLimit = 32;

const many: RuleInfo = {
  id: 'cmdline/too-many-init-arguments',
  title: 'More words for init than the kernel passes on',
  severity: 'error',
  explanation:
    'Words that the kernel does not know become arguments of init, and those with a value variables of its environment. Where there are more than INIT_ENV_ARG_LIMIT, the kernel panics.',
  references: [
    'https://github.com/torvalds/linux/blob/v6.12/init/Kconfig',
    'https://github.com/torvalds/linux/blob/v6.12/init/main.c',
  ],
};

const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');

export const tooManyInitArguments: BootCheck = {
  info: many,
  bad: { cmdline: `quiet ${words(32)}` },
  good: { cmdline: `quiet ${words(20)}` },
  find: (input) => {
    const { line, document, index } = input;
    if (line === undefined || index.series.length === 0) return [];
    const own = document === undefined ? undefined : settingOf(document, 'INIT_ENV_ARG_LIMIT');
    const limit = own?.kind === 'set' && /^\d+$/.test(own.value) ? Number(own.value) : usualLimit;
    const forInit = line.parameters.filter(({ name }) => !name.includes('.') && index.find(name) === undefined);
    const variables = new Set(forInit.filter(({ value }) => value !== undefined).map(({ name }) => name)).size;
    const args = forInit.filter(({ value }) => value === undefined).length + line.init.length;
    // "init" itself is an argument; HOME and TERM are variables.
    const tooMany =
      args + 1 > limit ? `${args} arguments` : variables + 2 > limit ? `${variables} variables` : undefined;
    if (tooMany === undefined) return [];
    const last = forInit.at(-1);
    const message = `init would get ${tooMany} from the command line; the kernel holds ${limit}, its own among them, and panics`;
    return [bootFinding(many, { message, location: last?.location ?? line.whole })];
  },
};

const rootless: RuleInfo = {
  id: 'cmdline/no-root',
  title: 'No root device, and no initrd',
  severity: 'error',
  explanation:
    'Without an initrd the kernel mounts what root= names. Where nothing is named it ends with "unable to mount root fs".',
  references: ['https://docs.kernel.org/admin-guide/kernel-parameters.html'],
};

export const noRoot: BootCheck = {
  info: rootless,
  bad: { cmdline: 'console=ttyS0 rw' },
  good: { cmdline: 'console=ttyS0 root=/dev/vda rw' },
  find: (input) => {
    const { line, document, machine } = input;
    if (!input.isWhole || line === undefined || input.hasInitrd) return [];
    if (['root', 'nfsroot', 'rdinit', 'initrd'].some((name) => line.parameters.some(isNamed(name)))) return [];
    const packed = document === undefined ? undefined : settingOf(document, 'INITRAMFS_SOURCE');
    if (packed?.kind === 'set' && packed.value !== '') return [];
    const isSure = machine?.initrd === false;
    const message = isSure
      ? `the ${machine.title} hands over no initrd, and the command line has no root=`
      : 'the command line has no root=; say --boot initrd if there is an initrd';
    return [bootFinding(rootless, { severity: isSure ? undefined : 'warning', message, location: line.whole })];
  },
};
