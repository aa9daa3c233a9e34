/** Named abilities that follow from a config: read from their YAML, and judged. */
import type { SourceText } from '../source.ts';
import { inRange, parseRange, type Range } from '../target.ts';
import { Accept, type Condition, judge, type Situation, Verdict } from './condition.ts';
import { conditionOf, type RawCondition } from './load.ts';
import { faultAt, readYaml, type YamlFault } from './yaml.ts';

export interface Capability {
  /** `cgroup_v2`. */
  readonly name: string;
  readonly title: string;
  readonly condition: Condition;
  /** What the config does not decide; those with a range are about these kernels alone. */
  readonly notes: readonly { readonly kernel?: Range; readonly note: string }[];
  readonly references: readonly string[];
}

interface RawCapability {
  readonly title: string;
  readonly condition: RawCondition;
  readonly notes?: readonly { readonly kernel?: string; readonly note: string }[];
  readonly references: readonly string[];
}

/** Reads a file that follows rules/capabilities/schema.json; an ability may name those before it. */
export function readCapabilities(source: SourceText): readonly Capability[] | readonly YamlFault[] {
  const file = readYaml(source);
  if (!('value' in file)) return file;
  const { capabilities } = (file.value ?? {}) as { capabilities?: Record<string, RawCapability> };
  if (capabilities === undefined) return [faultAt(source, 0, 'the file has no capabilities')];
  const known = new Map<string, Condition>();
  return Object.entries(capabilities).map(([name, { title, condition: raw, notes = [], references }]) => {
    const condition = conditionOf(raw, known);
    known.set(name, condition);
    const read = notes.map(({ kernel, note }) => {
      const range = kernel === undefined ? undefined : parseRange(kernel);
      return range === undefined ? { note } : { kernel: range, note };
    });
    return { name, title, condition, notes: read, references };
  });
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
