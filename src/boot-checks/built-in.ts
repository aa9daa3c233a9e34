/** Puts CONFIG_CMDLINE and the command line of the boot together, as the kernel of each architecture does. */
import { type PlacedText, spelledText } from '../artifacts/cmdline-text.ts';
import { type ConfigDocument, type Setting, settingOf } from '../config/document.ts';
import type { Arch } from '../target.ts';

export interface Merged {
  /** What the kernel reads, in its order. */
  readonly pieces: readonly PlacedText[];
  /** The setting by which the command line of the boot is thrown away. */
  readonly overriddenBy?: Exclude<Setting, { kind: 'absent' }>;
  /** CONFIG_CMDLINE, where it only stands in for a missing command line and there is one. */
  readonly unused?: PlacedText;
}

const overrides = ['CMDLINE_OVERRIDE', 'CMDLINE_FORCE', 'CMDLINE_OVERWRITE'];

/** `given` is undefined where the command line of the boot is not known. */
export function mergeBuiltIn(
  document: ConfigDocument,
  arch: Arch | undefined,
  given: readonly PlacedText[] | undefined,
): Merged {
  const setting = settingOf(document, 'CMDLINE');
  const pieces = given ?? [];
  if (setting.kind !== 'set' || setting.value.trim() === '') return { pieces };
  const isOn = (symbol: string): boolean => {
    const found = settingOf(document, symbol);
    return found.kind === 'set' && found.value === 'y';
  };
  const hasSwitch =
    arch === 'x86_64' || arch === 'i386' || arch === 'mips' || settingOf(document, 'CMDLINE_BOOL').kind !== 'absent';
  if (hasSwitch && !isOn('CMDLINE_BOOL')) return { pieces };
  const builtIn = spelledText(document.source, setting.valueSpan, setting.value, 'CONFIG_CMDLINE');
  const override = overrides
    .map((symbol) => settingOf(document, symbol))
    .find((each) => each.kind === 'set' && each.value === 'y');
  if (override !== undefined && override.kind !== 'absent') {
    return { pieces: [builtIn], ...(pieces.some(({ text }) => text.trim() !== '') ? { overriddenBy: override } : {}) };
  }
  // arch/x86/kernel/setup.c; on mips only where it is asked for.
  if (arch === 'x86_64' || arch === 'i386' || isOn('MIPS_CMDLINE_BUILTIN_EXTEND'))
    return { pieces: [builtIn, ...pieces] };
  // drivers/of/fdt.c, arch/powerpc/kernel/prom_init.c, arch/loongarch/kernel/setup.c, arch/mips/kernel/setup.c
  if (isOn('CMDLINE_EXTEND') || arch === 'mips') return { pieces: [...pieces, builtIn] };
  const isEmpty = given !== undefined && pieces.every(({ text }) => text.trim() === '');
  if (isEmpty) return { pieces: [builtIn] };
  return given === undefined ? { pieces } : { pieces, unused: builtIn };
}
