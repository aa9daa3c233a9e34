/** Release, architecture and flavour of the kernel a config was written for. */
import type { SourceText } from '../source.ts';
import { type Arch, type Target } from '../target.ts';
export interface Header {
    /** `x86`, `x86_64`, `arm64` … as written. */
    readonly arch?: string;
    readonly release: string;
    /** Offset and length of the line. */
    readonly start: number;
    readonly end: number;
}
/**
 * The header that Kconfig writes: `# Linux/x86 6.12.0 Kernel Configuration` (since 2.6.37),
 * `# Linux kernel version: 2.6.32` (before).
 */
export declare function headerOf(source: SourceText): Header | undefined;
/** The architecture that the file's own symbols name. */
export declare function archOfSymbols(isOn: (symbol: string) => boolean): {
    arch: Arch;
    symbol: string;
} | undefined;
/** What the kernel tree calls an architecture, in our words. `x86` is both x86 ones; the file's symbols tell which. */
export declare function archOfHeader(name: string): Arch | undefined;
export interface NameFacts {
    readonly release?: string;
    readonly arch?: Arch;
    readonly flavour?: string;
}
/** What the file's name tells, and the folder it lies in: `configs/x86_64/linux-5.10.77.config`. */
export declare function factsOfName(path: string): NameFacts;
/** What a file and its name say of where its kernel will run, each on its own account. */
export interface Origin {
    readonly header?: Header;
    readonly name: NameFacts;
    /** The architecture that the file's own symbols name, and the symbol that does. */
    readonly symbols?: {
        readonly arch: Arch;
        readonly symbol: string;
    };
}
export declare function originOf(source: SourceText, isOn: (symbol: string) => boolean): Origin;
/** The header's release wins over the name's; the symbols' architecture over the header's, that over the name's. */
export declare function targetOf({ header, name, symbols }: Origin, localVersion: string | undefined): Target;
