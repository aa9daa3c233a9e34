/** A temporary file beside its target. Everything throws what the file system says, and then nothing is left of it. */
export interface Replacement {
    readonly write: (bytes: Uint8Array) => void;
    /** Gives the new file mode and owner of another one. */
    readonly own: (mode: number, uid: number, gid: number) => void;
    /** Takes the place of the target once all is on disk; `isStill` is asked right before. */
    readonly commit: (isStill?: () => boolean) => void;
    /** Leaves the target as it is. Never throws. */
    readonly abandon: () => void;
}
/** Said of a target that somebody else changed meanwhile. */
export declare const changedMeanwhile = "it is packed, or was changed since it was read";
/** Throws where no file can be made beside the target. */
export declare function startReplacing(path: string, mode?: number): Replacement;
/** Replaces `before` by `after`, with mode and owner kept; undefined where all is in place, else why it is not. */
export declare function replaceBytes(path: string, before: Uint8Array, after: Uint8Array): string | undefined;
