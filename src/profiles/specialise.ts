/** What conditions and rows come to where some of the target is settled: a platform version, a kernel, an architecture. */
import { type Arch, archMatches, type BootFact, inRange, type KernelVersion } from '../target.ts';
import type { Condition } from './condition.ts';
import type { ChosenPlatform, ChosenProfile, Requirement } from './profile.ts';

/** What is settled; what is absent is left open. */
export interface Known {
  readonly kernel?: KernelVersion | undefined;
  readonly arch?: Arch | undefined;
  readonly platform?: ChosenPlatform | undefined;
  /** Boot facts, where all of them are settled. */
  readonly boot?: ReadonlySet<BootFact> | undefined;
}

/** Holds always. */
export const always: Condition = { kind: 'all', of: [] };
/** Holds never. */
export const never: Condition = { kind: 'any', of: [] };

const isAlways = (condition: Condition): boolean => condition.kind === 'all' && condition.of.length === 0;
const isNever = (condition: Condition): boolean => condition.kind === 'any' && condition.of.length === 0;
const settled = (holds: boolean): Condition => (holds ? always : never);

/** What is left of a condition; `always` and `never` where nothing is. */
export function specialise(condition: Condition, known: Known): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return combine(
        condition.kind,
        condition.of.map((member) => specialise(member, known)),
      );
    case 'not': {
      const of = specialise(condition.of, known);
      return isAlways(of) ? never : isNever(of) ? always : { kind: 'not', of };
    }
    case 'kernel':
      return known.kernel === undefined ? condition : settled(inRange(condition.range, known.kernel));
    case 'platform':
      return known.platform === undefined ? condition : settled(inRange(condition.range, known.platform.number));
    case 'arch':
      return known.arch === undefined ? condition : settled(archMatches(condition.names, known.arch));
    case 'boot': {
      const { boot } = known;
      return boot === undefined ? condition : settled(condition.facts.every((fact) => boot.has(fact)));
    }
    default:
      return condition;
  }
}

function combine(kind: 'all' | 'any', members: readonly Condition[]): Condition {
  const [decides, drops] = kind === 'all' ? [isNever, isAlways] : [isAlways, isNever];
  if (members.some(decides)) return kind === 'all' ? never : always;
  const of = members.filter((member) => !drops(member));
  return of.length === 1 ? (of[0] as Condition) : { kind, of };
}

/** What a row asks for on such a target; undefined where it asks for nothing there. */
export function specialiseRow(row: Requirement, known: Known): Requirement | undefined {
  const { applies: limits = always, when: only = always, otherwise, ...rest } = row;
  const applies = specialise(limits, known);
  const when = specialise(only, known);
  if (isNever(applies) || (isNever(when) && otherwise === undefined)) return undefined;
  const require = specialise(isNever(when) ? (otherwise as Condition) : row.require, known);
  if (isAlways(require)) return undefined;
  const hasWhen = !isAlways(when) && !isNever(when);
  return {
    ...rest,
    require: isNever(require) ? row.require : require,
    ...(isAlways(applies) ? {} : { applies }),
    ...(hasWhen ? { when } : {}),
    ...(hasWhen && otherwise !== undefined ? { otherwise: specialise(otherwise, known) } : {}),
  };
}

/** The rows of a chosen profile that concern its platform versions. */
export function rowsInForce({ requirements, platforms }: ChosenProfile): Requirement[] {
  return requirements.flatMap((row) => specialiseRow(row, { platform: platforms.get(row.profile) }) ?? []);
}
