/** The report for programs; its shape is schemas/report.schema.json and changes only with `schemaVersion`. */
import type { InputFailure, Report, RunSummary } from '../finding.ts';
import { type Location } from '../source.ts';
import { type Target } from '../target.ts';
import { type Reporter, type ReportStyle } from './reporter.ts';
export declare const schemaVersion = 1;
export declare function jsonReporter(style: ReportStyle): Reporter;
/** What stands before the files, and behind them up to the last brace. */
export declare function jsonOpening(version: string): string;
export declare function jsonEnd(failures: readonly InputFailure[], summary: RunSummary): string;
export declare function summaryJson({ files, failures, counts, exitCode, settled, fixed }: RunSummary): {
    error: number;
    warning: number;
    info: number;
    unknown: number;
    notApplicable: number;
    files: number;
    failures: number;
    settled?: import("../finding.ts").Settled;
    fixed?: {
        readonly known: number;
        readonly unchanged: number;
    };
    exitCode: number;
};
export declare function targetJson({ kernel, release, arch, flavour, kernelFrom, archFrom, commandLine, machine }: Target): {
    kernel: string | null;
    release: string | null;
    kernelFrom: string | null;
    arch: import("../target.ts").Arch | null;
    archFrom: string | null;
    flavour: string | null;
    commandLine: string | null;
    machine: {
        words: string;
        profile: string;
        because: string;
        initrd: boolean | null;
    } | null;
};
/** What the report of a run says of one file. */
export declare function fileJson(report: Report): {
    path: string;
    artifact: string | null;
    encoding: import("../source.ts").Encoding;
    kind: "bundle" | "command-line" | "complete" | "fragment" | "manifest";
    kindBecause: string;
    settings: number;
    target: {
        kernel: string | null;
        release: string | null;
        kernelFrom: string | null;
        arch: import("../target.ts").Arch | null;
        archFrom: string | null;
        flavour: string | null;
        commandLine: string | null;
        machine: {
            words: string;
            profile: string;
            because: string;
            initrd: boolean | null;
        } | null;
    };
    targets?: {
        kernel: string | null;
        release: string | null;
        kernelFrom: string | null;
        arch: import("../target.ts").Arch | null;
        archFrom: string | null;
        flavour: string | null;
        commandLine: string | null;
        machine: {
            words: string;
            profile: string;
            because: string;
            initrd: boolean | null;
        } | null;
    }[];
    kconfig: {
        kernel: string;
        base: string | null;
    } | null;
    profiles: readonly import("../finding.ts").ProfileScore[];
    counts: import("../finding.ts").Counts;
    findings: {
        rule: string;
        verdict: string;
        severity: import("../finding.ts").Severity;
        symbol: string | null;
        message: string;
        targets?: readonly string[];
        expected: string | null;
        actual: string | null;
        reason: string;
        references: readonly string[];
        cause: string | null;
        causeTitle?: string;
        sameAs: string[];
        location: {
            path: string;
            start: {
                line: number;
                column: number;
                offset: number;
            };
            end: {
                line: number;
                column: number;
                offset: number;
            };
        };
        related: {
            message: string;
            location: {
                path: string;
                start: {
                    line: number;
                    column: number;
                    offset: number;
                };
                end: {
                    line: number;
                    column: number;
                    offset: number;
                };
            };
        }[];
        advice: readonly string[];
        fix: {
            title: string;
            edits: {
                newText: string;
                path: string;
                start: {
                    line: number;
                    column: number;
                    offset: number;
                };
                end: {
                    line: number;
                    column: number;
                    offset: number;
                };
            }[];
        } | null;
    }[];
    settled?: import("../finding.ts").Settled;
    waived?: {
        finding: {
            rule: string;
            verdict: string;
            severity: import("../finding.ts").Severity;
            symbol: string | null;
            message: string;
            targets?: readonly string[];
            expected: string | null;
            actual: string | null;
            reason: string;
            references: readonly string[];
            cause: string | null;
            causeTitle?: string;
            sameAs: string[];
            location: {
                path: string;
                start: {
                    line: number;
                    column: number;
                    offset: number;
                };
                end: {
                    line: number;
                    column: number;
                    offset: number;
                };
            };
            related: {
                message: string;
                location: {
                    path: string;
                    start: {
                        line: number;
                        column: number;
                        offset: number;
                    };
                    end: {
                        line: number;
                        column: number;
                        offset: number;
                    };
                };
            }[];
            advice: readonly string[];
            fix: {
                title: string;
                edits: {
                    newText: string;
                    path: string;
                    start: {
                        line: number;
                        column: number;
                        offset: number;
                    };
                    end: {
                        line: number;
                        column: number;
                        offset: number;
                    };
                }[];
            } | null;
        };
        reason: string;
        owner: string | null;
        expires: string | null;
        inSource: boolean;
        waiver: {
            path: string;
            start: {
                line: number;
                column: number;
                offset: number;
            };
            end: {
                line: number;
                column: number;
                offset: number;
            };
        };
    }[];
    unknowns: {
        expected: string;
        reason: string;
        missing: readonly string[];
        rule: string;
        verdict: string;
    }[];
    notApplicable: {
        rule: string;
        verdict: string;
        reason: string;
    }[];
};
/** Lines and columns from 1, columns and offsets in UTF-16 units, ends exclusive. */
export declare function locationJson({ source, span }: Location): {
    path: string;
    start: {
        line: number;
        column: number;
        offset: number;
    };
    end: {
        line: number;
        column: number;
        offset: number;
    };
};
