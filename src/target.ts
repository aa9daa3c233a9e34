/** Where a kernel will run: its release, its architecture, what it is started with and the facts of its boot. */
import type { KernelCommandLine, Trait } from './traits.ts';

/** A release as `major * 1e6 + minor * 1e3 + patch`; suffixes such as `-rc3` or a distribution's are dropped. */
export type KernelVersion = number;

export const architectures = [
  'x86_64',
  'i386',
  'arm64',
  'arm',
  'riscv',
  'powerpc',
  's390',
  'mips',
  'loongarch',
] as const;
export type Arch = (typeof architectures)[number] | 'other';

export const bootFacts = ['initrd', 'no-modules', 'pci', 'cgroup-v1'] as const;
export type BootFact = (typeof bootFacts)[number];

export interface Target {
  readonly kernel?: KernelVersion;
  /** The release as its source spells it: `6.18.39-79.141.amzn2023.x86_64`. */
  readonly release?: string;
  readonly arch?: Arch;
  /** What tells one build of a release from another: `cloud-amd64`, `microvm`, `-edera-zone`. */
  readonly flavour?: string;
  /** Where release and arch were found, in words: `header`, `file name`, `--kernel` … */
  readonly kernelFrom?: string;
  readonly archFrom?: string;
  /** Undefined where it is not known. */
  readonly commandLine?: KernelCommandLine;
  /** What the machine offers and its manifest asks for. */
  readonly devices?: readonly Trait[];
  /** The machine of the manifest, in words, and the profile that was taken for it. */
  readonly machine?: {
    readonly words: string;
    /** Undefined where the manifest does not decide it. */
    readonly initrd: boolean | undefined;
    readonly profile: string;
    readonly because: string;
  };
}

/** Reads the release at the start of `text`: `6.12`, `6.12.0-rc3`, `5.10.252-285.992.amzn2.x86_64`. */
export function parseKernelVersion(text: string): KernelVersion | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,3})(?:\.(\d{1,3}))?(?!\d)/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 1e6 + Number(match[2]) * 1e3 + Number(match[3] ?? 0);
}

export function formatKernelVersion(version: KernelVersion): string {
  const patch = version % 1e3;
  const series = `${Math.floor(version / 1e6)}.${Math.floor(version / 1e3) % 1e3}`;
  return patch === 0 ? series : `${series}.${patch}`;
}

export type Comparison = '>=' | '<=' | '>' | '<' | '=';

/** One bound of a range; `parts` is how many numbers were written, so that `<=6.12` includes 6.12.5. */
export interface Bound {
  readonly op: Comparison;
  readonly value: KernelVersion;
  readonly parts: number;
}

/** Bounds that must all hold. */
export type Range = readonly Bound[];

/** Reads `>=5.2 <6.9`; undefined when it is not a range. Also used for platform versions. */
export function parseRange(text: string): Range | undefined {
  const bounds: Bound[] = [];
  for (const word of text.split(' ')) {
    const match = /^(>=|<=|>|<|=)(\d+(?:\.\d+){0,2})$/.exec(word);
    if (match === null) return undefined;
    const numbers = (match[2] as string).split('.').map(Number);
    const [major = 0, minor = 0, patch = 0] = numbers;
    bounds.push({ op: match[1] as Comparison, value: major * 1e6 + minor * 1e3 + patch, parts: numbers.length });
  }
  return bounds;
}

export function inRange(range: Range, version: KernelVersion): boolean {
  for (const { op, value, parts } of range) {
    // A bound speaks of as many parts as it names: 6.12.5 is `<=6.12` and not `>6.12`.
    const step = parts === 1 ? 1e6 : parts === 2 ? 1e3 : 1;
    const floor = version - (version % step);
    const holds =
      op === '>='
        ? version >= value
        : op === '<'
          ? version < value
          : op === '<='
            ? floor <= value
            : op === '>'
              ? floor > value
              : floor === value;
    if (!holds) return false;
  }
  return true;
}

export function formatRange(range: Range): string {
  return range.map(({ op, value, parts }) => `${op}${formatParts(value, parts)}`).join(' ');
}

function formatParts(value: KernelVersion, parts: number): string {
  return [Math.floor(value / 1e6), Math.floor(value / 1e3) % 1e3, value % 1e3].slice(0, parts).join('.');
}

const archNames: ReadonlyMap<string, Arch> = new Map<string, Arch>([
  ['x86_64', 'x86_64'],
  ['amd64', 'x86_64'],
  ['x64', 'x86_64'],
  ['i386', 'i386'],
  ['i486', 'i386'],
  ['i586', 'i386'],
  ['i686', 'i386'],
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['arm', 'arm'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['armv7', 'arm'],
  ['armv7l', 'arm'],
  ['riscv', 'riscv'],
  ['riscv64', 'riscv'],
  ['powerpc', 'powerpc'],
  ['ppc64', 'powerpc'],
  ['ppc64le', 'powerpc'],
  ['ppc64el', 'powerpc'],
  ['s390', 's390'],
  ['s390x', 's390'],
  ['mips', 'mips'],
  ['mips64', 'mips'],
  ['mipsel', 'mips'],
  ['mips64el', 'mips'],
  ['loongarch', 'loongarch'],
  ['loongarch64', 'loongarch'],
  ['loong64', 'loongarch'],
]);

/** The architecture a user, a file name or a distribution means by `name`. */
export function parseArch(name: string): Arch | undefined {
  return archNames.get(name.toLowerCase());
}

export function knownArchNames(): string[] {
  return [...archNames.keys()];
}

/** Rules may say `x86` for both x86 architectures. */
export function archMatches(names: readonly string[], arch: Arch): boolean {
  return names.includes(arch) || ((arch === 'x86_64' || arch === 'i386') && names.includes('x86'));
}
