/** What a run says: rules, findings, and the report of one config. */
import type { Location, SourceText } from './source.ts';
import type { Target } from './target.ts';
export type Severity = 'error' | 'warning' | 'info';
export declare const severities: readonly Severity[];
/** 0 for error, 2 for info: sorts the worst first. */
export declare function severityRank(severity: Severity): number;
/** A requirement and a check present themselves alike. */
export interface RuleInfo {
    /** `krata-zone/XEN_PVH` for a requirement, `duplicate-assignment` for a check. */
    readonly id: string;
    readonly title: string;
    readonly severity: Severity;
    /** Why it matters, in plain words. */
    readonly explanation: string;
    readonly references: readonly string[];
}
export interface Edit {
    readonly location: Location;
    readonly newText: string;
}
export interface Fix {
    readonly title: string;
    readonly edits: readonly Edit[];
}
export interface Related {
    readonly location: Location;
    readonly message: string;
}
export interface Finding {
    readonly rule: RuleInfo;
    readonly severity: Severity;
    /** Without `CONFIG_`. */
    readonly symbol?: string | undefined;
    /** All the symbols of a finding that sums up several; `symbol` is the first of them. */
    readonly subjects?: readonly string[] | undefined;
    /** One sentence: what is, and what should be. */
    readonly message: string;
    readonly expected?: string | undefined;
    readonly actual?: string | undefined;
    readonly location: Location;
    readonly related: readonly Related[];
    /**
     * What explains this finding: the id of the rule of another finding in the same file, or a name that all findings with the same
     * root share, such as `unmet-dependency CONFIG_HYPERVISOR_GUEST`.
     */
    readonly cause?: string | undefined;
    /** For a shared root: what it does to so many findings, in one sentence. */
    readonly causeTitle?: ((count: number) => string) | undefined;
    /** Other rules that ask for the very same thing. */
    readonly sameAs: readonly RuleInfo[];
    /** Lines to type into the config. */
    readonly advice: readonly string[];
    readonly fix?: Fix | undefined;
    /** Where the file was judged for several kernels or architectures: those this is true of, in words; undefined for all of them. */
    readonly targets?: readonly string[] | undefined;
}
/** A finding that somebody accepted, and why. */
export interface WaivedFinding {
    readonly finding: Finding;
    readonly reason: string;
    readonly owner?: string | undefined;
    /** The last day on which that holds. */
    readonly expires?: string | undefined;
    /** The waiver stands in the file itself, not in the project file. */
    readonly inSource: boolean;
    readonly location: Location;
}
/** Findings that are counted and not shown. */
export interface Settled {
    readonly waived: number;
    /** By severity `off`. */
    readonly off: number;
    /** In the baseline. */
    readonly known: number;
    /** There before the changes that are judged. */
    readonly unchanged: number;
}
export declare const nothingSettled: Settled;
/** A requirement that could not be judged. */
export interface Unknown {
    readonly rule: RuleInfo;
    /** What it asks for, in words. */
    readonly expected: string;
    /** Why it is not known, in words. */
    readonly reason: string;
    readonly missing: readonly string[];
}
/** A requirement that does not concern this target. */
export interface NotApplicable {
    readonly rule: RuleInfo;
    readonly reason: string;
}
export interface ProfileScore {
    readonly profile: string;
    readonly title: string;
    /** `Kubernetes 1.34` where the profile has versions. */
    readonly platform?: string;
    readonly met: number;
    readonly unmet: number;
    readonly unknown: number;
    readonly notApplicable: number;
    /** Of the unmet ones, those that are errors; the rest that are no warnings are notes. */
    readonly errors: number;
    readonly warnings: number;
    /** The kernels and architectures of which this is true, where the file was judged for several and they differ. */
    readonly targets?: readonly string[];
}
export interface Counts {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly unknown: number;
    readonly notApplicable: number;
}
export declare const noCounts: Counts;
/** How many there are of each severity. */
export declare function countOf(findings: readonly {
    readonly severity: Severity;
}[]): Record<Severity, number>;
/** Sums over reports; `counts` and `settled` are as they stand when they are read. */
export interface Sums {
    readonly add: (report: {
        readonly counts: Counts;
        readonly settled?: Settled | undefined;
    }) => void;
    readonly counts: Counts;
    readonly settled: Settled;
}
export declare function createSums(): Sums;
/**
 * Everything there is to say of one config or bundle: reporters need nothing else. Some of it is made when it is first read, from
 * the document, so a report must not outlive the document it is about.
 */
export interface Report {
    readonly source: SourceText;
    readonly kind: 'complete' | 'fragment' | 'bundle' | 'manifest' | 'command-line';
    /** Why it was taken for complete or for a fragment; of a bundle or a manifest what it is. */
    readonly kindBecause: string;
    /** Symbols the file assigns. */
    readonly symbols: number;
    readonly target: Target;
    /** All it was judged for, where that is more than one; `target` is the last of them. */
    readonly targets?: readonly Target[];
    /** The kernel whose Kconfig was asked, where a model speaks for it; for a fragment the base too (` on defconfig`), where one was named. */
    readonly kconfig?: {
        readonly name: string;
        readonly base?: string;
    };
    readonly findings: readonly Finding[];
    readonly unknowns: readonly Unknown[];
    readonly notApplicable: readonly NotApplicable[];
    readonly scores: readonly ProfileScore[];
    readonly counts: Counts;
    readonly waived?: readonly WaivedFinding[];
    readonly settled?: Settled;
    /** What the source is, in words, where it is no config: `the project file`. */
    readonly about?: string;
}
/** An input that could not be read or understood: never "clean", never a finding. */
export interface InputFailure {
    readonly path: string;
    /** A closed set of codes; see `host.ts` and `config/problem.ts`. */
    readonly code: string;
    readonly message: string;
    /** What to do about it. */
    readonly help: string;
    readonly line?: number;
    readonly column?: number;
}
/** What a whole run came to. */
export interface RunSummary {
    readonly files: number;
    readonly failures: number;
    readonly counts: Counts;
    readonly exitCode: number;
    readonly settled?: Settled;
    /** Findings that are gone: of the baseline, and since the ref that is compared with. */
    readonly fixed?: {
        readonly known: number;
        readonly unchanged: number;
    };
}
/** 64 bits of a stable hash (two rounds of FNV-1a with different bases), in hexadecimal. */
export declare function fingerprint(text: string): string;
/** The same for a finding as long as its rule, its symbol and its file are the same, wherever in the file it stands. */
export declare function fingerprintOf({ rule, symbol, message }: Finding, path: string): string;
/** Those of each symbol that a finding speaks of: it is known where all of them are. */
export declare function fingerprintsOf(finding: Finding, path: string): readonly string[];
