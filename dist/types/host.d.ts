/** The one seam to the machine: everything that reads, writes or knows the terminal. */
/** Why something could not be read; a closed set. */
export type ReadErrorCode = 'missing' | 'denied' | 'folder' | 'not-regular' | 'too-large' | 'bad-gzip' | 'io' | 'no-config' | 'archive';
export interface ReadError {
    readonly error: ReadErrorCode;
    readonly detail: string;
    /** For `too-large`: the limit that the user may raise. */
    readonly raise?: keyof RaisedLimits;
    /** For `no-config`: why no config came out of what was read. */
    readonly reason?: NoConfig;
}
/** Why a kernel image or the like gave no config. */
export interface NoConfig {
    readonly code: 'no-ikconfig' | 'no-kernel' | 'damaged-image' | 'image-limit' | 'archive';
    readonly message: string;
    readonly help: string;
    /** Name of a file that would hold the config, where one lies beside what was read. */
    readonly beside?: string;
}
/** A config that was found in something else. */
export interface PackedConfig {
    readonly bytes: Uint8Array;
    /** Its name within that; without one the config was only compressed. */
    readonly member?: string;
}
/** Finds the config in what is no text; undefined for what it does not know. */
export type ReadPacked = (bytes: Uint8Array, raised?: RaisedLimits) => PackedConfig | NoConfig | undefined;
/**
 * Looks for a config that lies in a large image as it is, piece by piece; `read` fills a piece from an offset and says how far.
 * Undefined where the image has to be read as a whole.
 */
export type FindEmbedded = (read: (at: number, into: Uint8Array) => number) => PackedConfig | undefined;
export interface PackedReaders {
    readonly readPacked: ReadPacked;
    readonly findEmbedded: FindEmbedded;
}
/** Limits that the user may raise, by the names that `--limit` takes; what is not there is as usual. */
export interface RaisedLimits {
    /** Bytes of a config as it lies, and unpacked. */
    readonly 'config-size'?: number;
    readonly 'config-unpacked'?: number;
    /** UTF-16 units of a line, lines and settings of a config. */
    readonly 'line-length'?: number;
    readonly lines?: number;
    readonly settings?: number;
    /** Bytes of a kernel image, of one part that is packed in it, and of all of them. */
    readonly 'image-size'?: number;
    readonly 'image-part'?: number;
    readonly 'image-unpacked'?: number;
    /** Places in an image that are tried. */
    readonly 'image-places'?: number;
}
export interface ReadOptions {
    /** Bytes to read at most; more is `too-large`. */
    readonly limit: number;
    /** Bytes that gzip may unfold to at most. */
    readonly unzippedLimit: number;
    /** The source must outlive the next read; otherwise its memory may be used again. */
    readonly keep: boolean;
    /** A config is wanted, and may lie in a kernel image or be compressed in any way; such files may have this many bytes. */
    readonly packedLimit?: number;
    /** For what is packed. */
    readonly raised?: RaisedLimits | undefined;
}
export type PathKind = 'file' | 'folder' | 'link' | 'other' | 'missing';
/** A text that is being written; nothing is at its final place before `commit`. */
export interface OutputFile {
    /** False once something could not be written. */
    readonly write: (text: string) => boolean;
    /** Undefined when all is in place, else what went wrong. */
    readonly commit: () => string | undefined;
}
export interface Host {
    /**
     * Reads a regular file, unfolds gzip (known by its first bytes) and decodes it. `-` is standard input. Where a config is wanted, it is
     * also looked for in what is no text.
     */
    readonly readSource: (path: string, options: ReadOptions) => import('./source.ts').SourceText | ReadError;
    /** Follows links; `linkKind` does not. */
    readonly pathKind: (path: string) => PathKind;
    readonly linkKind: (path: string) => PathKind;
    /** Names in a folder, sorted; undefined when it cannot be listed. */
    readonly list: (folder: string) => readonly string[] | undefined;
    /** Text of a file that ships with the program. */
    readonly asset: (name: string) => string;
    /** Same file, whatever the spelling of the path. */
    readonly sameFile: (a: string, b: string) => boolean;
    /** False once standard output is closed or full; then `outputFailure` says which. */
    readonly write: (text: string) => boolean;
    readonly writeError: (text: string) => void;
    readonly outputFailure: () => 'closed' | string | undefined;
    readonly openOutput: (path: string) => OutputFile | string;
    /**
     * Puts a text in the place of the file that `source` was read from, with its mode, in one step; refuses where the file is not as it
     * was read, and what is a link, unless it `followsLinks`. Undefined when all is in place, else what went wrong.
     */
    readonly replaceFile: (path: string, source: import('./source.ts').SourceText, text: string, followsLinks: boolean) => string | undefined;
    /** The path from the root of the file system, by its words alone; `realPath` follows links, undefined where nothing is there. */
    readonly absolute: (path: string) => string;
    readonly realPath: (path: string) => string | undefined;
    /** The date where the user is: `2026-11-21`. */
    readonly today: () => string;
    /** What a person types in answer, without the line end; undefined where nobody can. */
    readonly ask: (question: string) => string | undefined;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** What the command line raised; nothing that is read can. */
    readonly limits?: RaisedLimits | undefined;
    readonly isTerminal: boolean;
    /** Columns of the terminal, 80 where there is none. */
    readonly columns: number;
    /** Standard error where it is a terminal; absent in a pipe. */
    readonly errorTerminal?: ErrorTerminal | undefined;
}
/** A host that is another one but in what is given; what that one is asked late, such as of the terminal, stays to be asked late. */
export declare function hostWith(host: Host, own: Partial<Host>): Host;
export interface ErrorTerminal {
    readonly columns: number;
    /** Milliseconds since some moment. */
    readonly now: () => number;
}
/** Notices when files change; apart from `Host`, because most runs end before anything does. */
export interface Watcher {
    /** Differs whenever a file, or which configs and folders are in a folder, does; `missing` where there is nothing. */
    readonly stamp: (path: string) => string;
    /**
     * Calls `changed` soon after something happened near one of the paths, in place of what was watched before. Where that returns true
     * it is called again a little later, with `isLate`. Ends with the process: 130 after an interrupt.
     */
    readonly watch: (paths: readonly string[], changed: (isLate: boolean) => boolean) => void;
}
/** Files of a kernel tree, by paths from its root; nothing outside it is ever read. */
export interface KernelTree {
    /** Text of a file, or undefined. */
    readonly read: (path: string) => string | undefined;
    /** Files whose path matches a pattern with `*` and `?` in its last parts, sorted. */
    readonly match: (pattern: string) => readonly string[];
    /** The first file that is there and could not be read, with the reason; what was made of the tree lacks it. */
    readonly unread?: () => string | undefined;
    /** Runs a command as the shell of the tree's own tools would; only where the user allowed it. */
    readonly shell: (command: string, environment: Readonly<Record<string, string>>) => string;
}
/** Compiled models and kernel trees; apart from `Host`, because a plain check has no use for them. */
export interface KernelHost {
    /** Names of the models that ship with the program: `6.12-x86_64`. */
    readonly shippedModels: () => readonly string[];
    readonly readShippedModel: (name: string) => Uint8Array | ReadError;
    /** Called before work that is long enough for optimised code to pay, which short runs do without. */
    readonly expectLongWork: () => void;
    /** CRC-32 of bytes. */
    readonly checksum: (bytes: Uint8Array) => number;
    /** Text of the index of all symbols of the shipped models; empty where it cannot be read. */
    readonly readSymbolIndex: () => string;
    /** Text of the index of parameters of the command line; empty where it cannot be read. */
    readonly readParameterIndex: () => string;
    readonly readModel: (path: string) => Uint8Array | ReadError;
    /** Undefined when all is in place, else what went wrong. */
    readonly writeModel: (path: string, bytes: Uint8Array) => string | undefined;
    readonly openTree: (folder: string) => KernelTree | ReadError;
    readonly env: Readonly<Record<string, string | undefined>>;
}
/** Why git could not answer; a closed set. */
export type GitErrorCode = 'no-git' | 'no-repository' | 'no-ref' | 'no-object' | 'too-large' | 'failed';
export interface GitError {
    readonly error: GitErrorCode;
    readonly detail: string;
}
/** One file of a commit; `link` and `other` (a submodule) are never read. */
export interface GitEntry {
    readonly kind: 'file' | 'link' | 'other';
    readonly object: string;
}
/** Objects of a repository, read by the user's own git; nothing is written, fetched or run for it. */
export interface GitHost {
    /** The root of the repository that the current folder lies in. */
    readonly root: () => string | GitError;
    /** The commit that a name stands for. */
    readonly commit: (ref: string) => string | GitError;
    /** Every file of a commit, by its path from the root. */
    readonly files: (commit: string) => ReadonlyMap<string, GitEntry> | GitError;
    readonly read: (path: string, object: string, options: ReadOptions) => import('./source.ts').SourceText | ReadError;
}
/** A file that is read in pieces, where it lies. `read` gives fewer bytes than asked for only at its end. */
export interface ByteFile {
    readonly size: number;
    readonly read: (at: number, length: number) => Uint8Array;
    readonly close: () => void;
}
/** What the file system says of a path; links are not followed. */
export interface FileFacts {
    readonly kind: PathKind;
    readonly size: number;
    /** Permission bits. */
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    /** What a link leads to. */
    readonly link?: string;
}
/** Unfolds gzip piece by piece, several members in a row too. Texts say what is wrong with the data. */
export interface GzipReader {
    readonly push: (piece: Uint8Array) => Uint8Array | string;
    /** To be called once, after the last piece. */
    readonly end: () => string | undefined;
}
/** Files that are too large for memory, and folders with links in them; apart from `Host`, because a config has no use for them. */
export interface ArchiveHost {
    /** Opens a regular file; a link is followed. */
    readonly open: (path: string) => ByteFile | ReadError;
    readonly facts: (path: string) => FileFacts | undefined;
    readonly list: (folder: string) => readonly string[] | undefined;
    readonly gzipReader: () => GzipReader;
    /** SHA-256 of all that was added, in hexadecimal. */
    readonly sha256: () => {
        readonly add: (bytes: Uint8Array) => void;
        readonly hex: () => string;
    };
}
/** Exit codes; docs/exit-codes.md explains them. */
export declare const Exit: {
    readonly ok: 0;
    readonly findings: 1;
    readonly usage: 2;
    readonly unreadable: 3;
    readonly output: 4;
    readonly internal: 70;
    readonly interrupted: 130;
    readonly terminated: 143;
};
export type ExitCode = (typeof Exit)[keyof typeof Exit];
/** What the machine's own zlib unpacks and sums faster than this program could. */
export interface Zlib {
    /** Unfolds the raw deflate stream at `at`, whatever follows it; `used` is the length of the stream. */
    readonly inflateRaw: (bytes: Uint8Array, at: number, limit: number) => {
        readonly bytes: Uint8Array;
        readonly used: number;
    } | {
        readonly error: 'truncated' | 'damaged' | 'too-large';
        readonly detail: string;
    };
    readonly crc32: (bytes: Uint8Array) => number;
    readonly sha256: (bytes: Uint8Array) => Uint8Array;
}
