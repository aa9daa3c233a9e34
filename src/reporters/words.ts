/** What several reports for people say in the same words: the target, the kernel that was asked, what would settle the open ends. */
import type { Report } from '../finding.ts';
import { formatKernelVersion } from '../target.ts';
import { plural } from './reporter.ts';

/** `Linux 6.12.0 (header), x86_64 (CONFIG_X86_64), complete config of 4102 symbols`. */
export function targetInWords({ target, kind, symbols, kindBecause }: Report): string {
  const release = target.release ?? (target.kernel === undefined ? undefined : formatKernelVersion(target.kernel));
  const kernel =
    release === undefined ? 'kernel version not known (--kernel)' : `Linux ${release} (${target.kernelFrom})`;
  const arch = target.arch === undefined ? 'architecture not known (--arch)' : `${target.arch} (${target.archFrom})`;
  const because = kindBecause.startsWith('--') ? ` (${kindBecause})` : '';
  return `${kernel}, ${arch}, ${kind === 'complete' ? 'complete config' : 'fragment'} of ${plural(symbols, 'setting')}${because}`;
}

/** Which Kconfig was asked, and on what base. */
export function kconfigInWords({ name, base }: NonNullable<Report['kconfig']>): string {
  return base === undefined
    ? `Kconfig of ${name}; what it is merged onto is not known, so only what no base can change is said (--base)`
    : `Kconfig of ${name}${base}`;
}

/** What to name so that more is known. */
export function settleInWords({ kind, kconfig, target }: Report): string {
  const advice: string[] = [];
  if (kconfig?.base !== undefined) {
    advice.push('Name the compiler with --toolchain, or a base that records it.');
  } else if (kind === 'fragment') {
    advice.push(
      "A fragment says nothing about what it does not mention, nor whether Kconfig will keep what it does: dependencies decide that. Name what it is merged onto with --base, such as --base defconfig, and the kernel's Kconfig settles both.",
    );
  }
  if (target.kernel === undefined) advice.push('Name the kernel with --kernel.');
  if (target.arch === undefined) advice.push('Name the architecture with --arch.');
  return advice.join(' ');
}
