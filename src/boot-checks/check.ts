/** What a check of a command line or a manifest is: a rule that needs code, with the examples that its docs print and its test runs. */
import type { PlacedLine, PlacedText } from '../artifacts/cmdline-text.ts';
import type { Machine } from '../artifacts/machine.ts';
import type { ParameterFacts } from '../artifacts/parameter-facts.ts';
import type { ParameterIndex } from '../artifacts/parameter-index.ts';
import type { ConfigDocument } from '../config/document.ts';
import type { Finding, Related, RuleInfo, Severity } from '../finding.ts';
import type { Location } from '../source.ts';
import type { Target } from '../target.ts';
import type { Trait } from '../traits.ts';

export interface BootInput {
  /** All that the kernel reads, in its order; undefined where no command line is known. */
  readonly line?: PlacedLine | undefined;
  /** What the kernel is handed at boot, without what is built into it; undefined where that is not known. */
  readonly given?: readonly PlacedText[] | undefined;
  /** The command line is all that there will be, not only what the config holds. */
  readonly isWhole: boolean;
  readonly machine?: Machine | undefined;
  /** Undefined where only a manifest or a command line is looked at. */
  readonly document?: ConfigDocument | undefined;
  readonly target: Target;
  readonly hasInitrd: boolean;
  readonly index: ParameterIndex;
  readonly facts: ParameterFacts;
  /** A rule of the profile for command lines speaks of this parameter. */
  readonly isRuled: (parameter: Trait) => boolean;
}

export interface BootExample {
  readonly cmdline?: string;
  /** Name and text of a manifest. */
  readonly manifest?: readonly [name: string, text: string];
  readonly config?: string;
  readonly arch?: Target['arch'];
  readonly kernel?: number;
}

export interface BootCheck {
  readonly info: RuleInfo;
  /** The check finds something here … */
  readonly bad: BootExample;
  /** … and nothing here. */
  readonly good: BootExample;
  readonly find: (input: BootInput) => readonly Finding[];
}

export interface BootDraft {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity | undefined;
  readonly symbol?: string | undefined;
  readonly related?: readonly Related[];
  readonly advice?: readonly string[];
}

/** Completes a finding. */
export function bootFinding(
  rule: RuleInfo,
  { message, location, severity, symbol, related, advice }: BootDraft,
): Finding {
  return {
    rule,
    severity: severity ?? rule.severity,
    message,
    location,
    related: related ?? [],
    sameAs: [],
    advice: advice ?? [],
    ...(symbol === undefined ? {} : { symbol }),
  };
}
