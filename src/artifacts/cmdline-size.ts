/** How many bytes of a command line a kernel keeps: COMMAND_LINE_SIZE of each architecture, as their asm/setup.h have it. */
import type { Target } from '../target.ts';

/** With the NUL at the end. Where releases between two that were looked at differ, the larger one; undefined where it is not known. */
export function commandLineSize({ arch, kernel = Number.POSITIVE_INFINITY }: Target): number | undefined {
  switch (arch) {
    case 'x86_64':
    case 'i386':
    case 'arm64':
    case 'powerpc':
      return 2048;
    case 'arm':
      return 1024;
    case 'riscv':
      return kernel < 6_013_000 ? 1024 : 2048;
    case 'loongarch':
      return kernel < 6_013_000 ? 512 : 4096;
    case 's390':
    case 'mips':
      return 4096;
    default:
      return undefined;
  }
}
