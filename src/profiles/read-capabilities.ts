/** Reads rules/capabilities: what each named ability asks of a config. */
import type { SourceText } from '../source.ts';
import { parseRange } from '../target.ts';
import type { Capability } from './capabilities.ts';
import type { Condition } from './condition.ts';
import { validateCapabilities } from './facts-schema.generated.js';
import { conditionOf, type RawCondition, schemaFaults } from './load.ts';
import { readYaml, type YamlFault } from './yaml.ts';

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
  const faults = schemaFaults(file, validateCapabilities(file.value), 'the file');
  if (faults.length > 0) return faults;
  const { capabilities } = file.value as { capabilities: Record<string, RawCapability> };
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
