/** What a kernel meets besides its config: parameters of its command line and devices of its machine, each with its place. */
import type { Location } from './source.ts';
export interface Trait {
    /** `-` and `_` are the same in it, as they are for the kernel. */
    readonly name: string;
    readonly value?: string | undefined;
    /** As a person would name it: `root=/dev/vda`, `disk on the scsi bus`. */
    readonly written: string;
    readonly location: Location;
}
/** What the kernel is started with, as far as it is known. */
export interface KernelCommandLine {
    readonly text: string;
    /** The parameters that count: of those that override one another only the one that wins. */
    readonly parameters: readonly Trait[];
}
/** The name as the kernel compares it. */
export declare function parameterName(name: string): string;
/** `NAME` is any value or none, `NAME=` none, `NAME=VALUE` that one; in names and values `*` is any text, `?` any character, `[a-z]` one of these. */
export declare function matchesTrait(pattern: string, { name, value }: Pick<Trait, 'name' | 'value'>): boolean;
/** Goes back to the last `*` only, so that it takes no more steps than the lengths multiplied. */
export declare function matchesGlob(pattern: string, text: string): boolean;
