/** What a check is: a rule that needs code, with the example that its docs print and its test runs. */
import { type ConfigDocument, settingOf } from '../config/document.ts';
import type { ConfigProblem, ConfigProblemCode } from '../config/problem.ts';
import type { Finding, Fix, Related, RuleInfo, Severity } from '../finding.ts';
import type { Location } from '../source.ts';
import type { Target } from '../target.ts';

export interface CheckInput {
  readonly document: ConfigDocument;
  /** As it will be judged: what the user said wins over what the file says. */
  readonly target: Target;
}

export interface Example {
  /** Name of the file, where it matters. */
  readonly path?: string;
  readonly text: string;
}

export interface Check {
  readonly info: RuleInfo;
  /** The check finds something here … */
  readonly bad: Example;
  /** … and nothing here. */
  readonly good: Example;
  readonly find: (input: CheckInput) => readonly Finding[];
}

export interface Draft {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly symbol?: string;
  readonly related?: readonly Related[];
  readonly advice?: readonly string[];
  readonly fix?: Fix | undefined;
}

/** Completes a finding of a check. */
export function finding(rule: RuleInfo, draft: Draft): Finding {
  return {
    rule,
    severity: draft.severity ?? rule.severity,
    message: draft.message,
    location: draft.location,
    related: draft.related ?? [],
    sameAs: [],
    advice: draft.advice ?? [],
    ...(draft.symbol === undefined ? {} : { symbol: draft.symbol }),
    ...(draft.fix === undefined ? {} : { fix: draft.fix }),
  };
}

/** The findings for problems that the parser has already found; `refine` may change a draft or drop it. */
export function fromProblems(
  rule: RuleInfo,
  { document }: CheckInput,
  codes: readonly ConfigProblemCode[],
  refine: (draft: Draft, problem: ConfigProblem) => Draft | undefined = (draft) => draft,
): Finding[] {
  const findings: Finding[] = [];
  for (const problem of document.problems) {
    if (!codes.includes(problem.code)) continue;
    const draft = refine(draftOf(problem), problem);
    if (draft !== undefined) findings.push(finding(rule, draft));
  }
  return findings;
}

function draftOf({ message, location, symbol, replacement }: ConfigProblem): Draft {
  const line = replacement?.trim() ?? '';
  return {
    message,
    location,
    ...(symbol === undefined ? {} : { symbol }),
    ...(line === '' ? {} : { advice: line.split('\n') }),
    ...(replacement === undefined
      ? {}
      : {
          fix: {
            title: line === '' ? 'Repair the text' : `Write ${line.split('\n').join(' and ')}`,
            edits: [{ location, newText: replacement }],
          },
        }),
  };
}

/** True when another line of the file sets the symbol, or turns it off, for real. */
export function isSettled(document: ConfigDocument, symbol: string | undefined): boolean {
  return symbol !== undefined && settingOf(document, symbol).kind !== 'absent';
}
