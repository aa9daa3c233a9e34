/** The shapes of reports that are read again: schemas/report.schema.json in types, as far as merging looks at them. */
import type { Counts, InputFailure, ProfileScore, RuleInfo, Settled, Severity } from '../finding.ts';
import type { ShardMark } from '../run-mark.ts';

export interface PlaceJson {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface LocationJson {
  readonly path: string;
  readonly start: PlaceJson;
  readonly end: PlaceJson;
}

export interface FindingJson {
  readonly rule: string;
  readonly severity: Severity;
  readonly symbol: string | null;
  readonly message: string;
  readonly targets?: readonly string[];
  /** The machines that this is true of, in a report that was merged. */
  readonly nodes?: readonly string[];
  readonly expected: string | null;
  readonly actual: string | null;
  readonly reason: string;
  readonly references: readonly string[];
  readonly cause: string | null;
  readonly causeTitle?: string;
  readonly sameAs: readonly string[];
  readonly location: LocationJson;
  readonly related: readonly { readonly message: string; readonly location: LocationJson }[];
  readonly advice: readonly string[];
  readonly fix: {
    readonly title: string;
    readonly edits: readonly (LocationJson & { readonly newText: string })[];
  } | null;
}

export interface WaivedJson {
  readonly finding: FindingJson;
  readonly reason: string;
  readonly owner: string | null;
  readonly expires: string | null;
  readonly inSource: boolean;
  readonly waiver: LocationJson;
}

export interface TargetJson {
  readonly kernel: string | null;
  readonly release: string | null;
  readonly kernelFrom: string | null;
  readonly arch: string | null;
  readonly archFrom: string | null;
  readonly flavour: string | null;
  readonly commandLine?: string | null;
  readonly machine?: {
    readonly words: string;
    readonly initrd: boolean | null;
    readonly profile: string;
    readonly because: string;
  } | null;
}

export interface UnknownJson {
  readonly rule: string;
  readonly verdict: 'unknown';
  readonly expected: string;
  readonly reason: string;
  readonly missing: readonly string[];
}

export interface NotApplicableJson {
  readonly rule: string;
  readonly verdict: 'not-applicable';
  readonly reason: string;
}

export interface FileJson {
  readonly path: string;
  readonly nodes?: readonly string[];
  readonly artifact?: string | null;
  readonly encoding: 'utf-8' | 'latin1';
  readonly kind: 'complete' | 'fragment' | 'bundle' | 'manifest' | 'command-line';
  readonly kindBecause: string;
  readonly settings: number;
  readonly target: TargetJson;
  readonly targets?: readonly TargetJson[];
  readonly kconfig: { readonly kernel: string; readonly base: string | null } | null;
  readonly profiles: readonly ProfileScore[];
  readonly counts: Counts;
  readonly findings: readonly FindingJson[];
  readonly settled?: Settled;
  readonly waived?: readonly WaivedJson[];
  readonly unknowns: readonly UnknownJson[];
  readonly notApplicable: readonly NotApplicableJson[];
}

export interface SummaryJson extends Counts {
  readonly files: number;
  readonly failures: number;
  readonly settled?: Settled;
  readonly fixed?: { readonly known: number; readonly unchanged: number };
  readonly exitCode: number;
}

/** What a shard says of itself, in the shape of all its formats. */
export interface ShardJson extends ShardMark {
  readonly rules: readonly RuleInfo[];
  /** Rules that spoke and are not among those. */
  readonly lateRules: readonly RuleInfo[];
  /** Reports of what is no config. */
  readonly closing: readonly FileJson[];
}

export interface PlacedFailure {
  readonly failure: InputFailure;
  readonly place: number | undefined;
}

/** One report, whatever its format; its files are read when they are wanted, one at a time. */
export interface PartReport {
  /** Where it was read from. */
  readonly name: string;
  readonly version: string;
  readonly node: string | undefined;
  readonly shard: ShardJson | undefined;
  readonly summary: SummaryJson;
  readonly failures: readonly PlacedFailure[];
  readonly files: () => Iterable<PlacedFile>;
}

export interface PlacedFile {
  readonly place: number | undefined;
  readonly file: FileJson;
}
