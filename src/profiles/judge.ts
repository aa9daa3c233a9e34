/** Every requirement of a plan held against one document. */
import type { ConfigDocument } from '../config/document.ts';
import type { Target } from '../target.ts';
import { holdsPlainly, type KernelKnowledge, type Situation } from './condition.ts';
import { type Judgement, judgeRequirement } from './evaluate.ts';
import type { Plan, PlanEntry } from './plan.ts';
import type { Library } from './profile.ts';

/** What became of every entry of the plan. */
export interface Judged {
  readonly verdicts: Uint8Array;
  /** Empty where the verdict is met. */
  readonly judgements: readonly (Judgement | undefined)[];
  readonly situations: readonly Situation[];
}

/** Judges a document, or what a kernel would make of it, by everything that is planned. */
export function judgePlan(
  { entries, circumstances }: Plan,
  document: ConfigDocument,
  target: Target,
  { symbols }: Library,
  kernel?: KernelKnowledge,
): Judged {
  const resolved = kernel?.resolved;
  const judged = resolved?.document ?? document;
  const written = resolved === undefined ? {} : { written: resolved.files };
  const shared = { document: judged, target, symbols, kernel, ...written };
  const situations = circumstances.map((circumstance): Situation => ({ ...shared, ...circumstance }));
  const verdicts = new Uint8Array(entries.length);
  const judgements: (Judgement | undefined)[] = new Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const { requirement, circumstance, plain } = entries[i] as PlanEntry;
    // The usual case without ceremony: the file gives the symbol a value that will do.
    const situation = situations[circumstance] as Situation;
    if (plain !== undefined && holdsPlainly(plain, situation)) continue;
    const judgement = judgeRequirement(requirement, situation);
    verdicts[i] = judgement.verdict;
    judgements[i] = judgement;
  }
  return { verdicts, judgements, situations };
}
