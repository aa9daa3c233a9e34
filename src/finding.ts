/** What a run says: rules, findings, and the report of one config. */
import type { Location, SourceText } from './source.ts';
import type { Target } from './target.ts';

export type Severity = 'error' | 'warning' | 'info';

export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** 0 for error, 2 for info: sorts the worst first. */
export function severityRank(severity: Severity): number {
  return severity === 'error' ? 0 : severity === 'warning' ? 1 : 2;
}

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
}

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
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

/**
 * Everything there is to say of one config: reporters need nothing else. Some of it is made when it is first read, from
 * the document, so a report must not outlive the document it is about.
 */
export interface Report {
  readonly source: SourceText;
  readonly kind: 'complete' | 'fragment' | 'manifest' | 'command-line';
  /** Why it was taken for complete or for a fragment. */
  readonly kindBecause: string;
  /** Symbols the file assigns. */
  readonly symbols: number;
  readonly target: Target;
  /** The kernel whose Kconfig was asked, where a model speaks for it; for a fragment the base too (` on defconfig`), where one was named. */
  readonly kconfig?: { readonly name: string; readonly base?: string };
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
  readonly notApplicable: readonly NotApplicable[];
  readonly scores: readonly ProfileScore[];
  readonly counts: Counts;
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
}
