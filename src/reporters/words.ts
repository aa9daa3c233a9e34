/** What several reports for people say in the same words: the target, the kernel that was asked, what would settle the open ends. */
import type { Report } from '../finding.ts';
import { formatKernelVersion, type Target } from '../target.ts';
import { plural } from './reporter.ts';

/** `Linux 6.12.0 (header), x86_64 (CONFIG_X86_64), complete config of 4102 symbols`. */
export function targetInWords({ target, targets = [target], kind, symbols, kindBecause }: Report): string {
  if (kind === 'manifest') return `VM manifest: ${kindBecause}`;
  if (kind === 'command-line') return 'kernel command line';
  const release = eachTarget(
    targets,
    ({ release, kernel }) => release ?? (kernel === undefined ? undefined : formatKernelVersion(kernel)),
  );
  const kernel =
    release === undefined ? 'kernel version not known (--kernel)' : `Linux ${release} (${target.kernelFrom})`;
  const arch =
    target.arch === undefined
      ? 'architecture not known (--arch)'
      : `${eachTarget(targets, ({ arch }) => archInWords(arch))} (${target.archFrom})`;
  if (kind === 'bundle') return `${kindBecause}, ${kernel}, ${arch}`;
  const because = kindBecause.startsWith('--') ? ` (${kindBecause})` : '';
  return `${kernel}, ${arch}, ${kind === 'complete' ? 'complete config' : 'fragment'} of ${plural(symbols, 'setting')}${because}`;
}

export function archInWords(arch: Target['arch']): string | undefined {
  return arch === 'other' ? 'another architecture' : arch;
}

/** What each target says, once: `6.1, 6.6 and 6.12`. */
export function eachTarget(targets: readonly Target[], of: (target: Target) => string | undefined): string | undefined {
  const words = [...new Set(targets.flatMap((target) => of(target) ?? []))];
  return words.length < 2 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** How the kernel will be started: the machine with its profile, and the command line. */
export function startLines({ target: { machine, commandLine }, kind }: Report): string[] {
  const lines: string[] = [];
  if (machine !== undefined) {
    const initrd = machine.initrd === undefined ? '' : machine.initrd ? ', with an initrd' : ', without an initrd';
    const chosen =
      kind === 'manifest' ? `profile ${machine.profile}` : `profile ${machine.profile}, because ${machine.because}`;
    lines.push(`${machine.words}${initrd}: ${chosen}`);
  }
  if (commandLine !== undefined) lines.push(`command line: ${short(commandLine.text)}`);
  return lines;
}

const longestLine = 200;

function short(text: string): string {
  const line = text.trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

/** Which Kconfig was asked, and on what base; empty where that is the one that wrote the config. */
export function kconfigInWords({ kconfig, kind, target }: Report): string {
  if (kconfig === undefined) return '';
  const { name, base } = kconfig;
  if (kind === 'complete') return name.split(' ').includes(target.release ?? '') ? '' : `Kconfig of ${name}`;
  if (kind !== 'fragment') return '';
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
