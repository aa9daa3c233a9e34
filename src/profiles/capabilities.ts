/** Named abilities that follow from a config. */
import { inRange, type Range } from '../target.ts';
import { Accept, type Condition, judge, type Situation, Verdict } from './condition.ts';

export interface Capability {
  /** `cgroup_v2`. */
  readonly name: string;
  readonly title: string;
  readonly condition: Condition;
  /** What the config does not decide; those with a range are about these kernels alone. */
  readonly notes: readonly { readonly kernel?: Range; readonly note: string }[];
  readonly references: readonly string[];
}

export type Ability = 'present' | 'module' | 'absent' | 'unknown' | 'not on this kernel';

/** What a config comes to; `module` where it takes a module that somebody must load. */
export function abilityOf({ condition }: Capability, situation: Situation): Ability {
  switch (judge(condition, situation)) {
    case Verdict.met:
      return judge(withoutModules(condition), situation) === Verdict.met ? 'present' : 'module';
    case Verdict.unmet:
      return 'absent';
    case Verdict.unknown:
      return 'unknown';
    default:
      return 'not on this kernel';
  }
}

function withoutModules(condition: Condition): Condition {
  switch (condition.kind) {
    case 'symbol':
      return { ...condition, accept: condition.accept & ~Accept.m };
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map(withoutModules) };
    default:
      return condition;
  }
}

/** The notes that are about the kernel of the situation. */
export function notesFor({ notes }: Capability, { target }: Situation): string[] {
  return notes.flatMap(({ kernel, note }) =>
    kernel === undefined || (target.kernel !== undefined && inRange(kernel, target.kernel)) ? [note] : [],
  );
}
