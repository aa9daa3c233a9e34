import type { ModelFile } from './format.ts';
import { type Wanted } from './losses.ts';
import { type Resolved } from './resolve.ts';
/** A complete config and what its kernel makes of it. */
export interface RecordedConfig {
    /** Computed when it is first asked for. */
    readonly resolved: Resolved;
    /** True where the newest kernel keeps every setting of a symbol that it has; to know that takes less than to resolve. */
    readonly keeps: (wanted: readonly Wanted[]) => boolean;
}
/** What `make olddefconfig` makes of a complete config, its toolchain taken as the config records it; faster, and as good for that. */
export declare function resolveAsRecorded(models: readonly ModelFile[], text: string): Resolved;
/** The same, nothing of it computed before it is asked for. */
export declare function readRecorded(models: readonly ModelFile[], text: string): RecordedConfig;
