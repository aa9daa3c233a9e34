/** Where a kernel will run: its release, its architecture, what it is started with and the facts of its boot. */
import type { KernelCommandLine, Trait } from './traits.ts';
/** A release as `major * 1e6 + minor * 1e3 + patch`; suffixes such as `-rc3` or a distribution's are dropped. */
export type KernelVersion = number;
export declare const architectures: readonly ['x86_64', 'i386', 'arm64', 'arm', 'riscv', 'powerpc', 's390', 'mips', 'loongarch'];
export type Arch = (typeof architectures)[number] | 'other';
export declare const bootFacts: readonly ['initrd', 'no-modules', 'pci', 'cgroup-v1'];
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
export declare function parseKernelVersion(text: string): KernelVersion | undefined;
export declare function formatKernelVersion(version: KernelVersion): string;
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
export declare function parseRange(text: string): Range | undefined;
export declare function inRange(range: Range, version: KernelVersion): boolean;
export declare function formatRange(range: Range): string;
/** The architecture a user, a file name or a distribution means by `name`. */
export declare function parseArch(name: string): Arch | undefined;
export declare function knownArchNames(): string[];
/** Rules may say `x86` for both x86 architectures. */
export declare function archMatches(names: readonly string[], arch: Arch): boolean;
