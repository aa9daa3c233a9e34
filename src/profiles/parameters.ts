/** Reads rules/parameters: how parameters of the kernel command line behave. */
import type { ParameterFacts } from '../artifacts/parameter-facts.ts';
import type { SourceText } from '../source.ts';
import { validateParameters } from './facts-schema.generated.js';
import { schemaFaults } from './load.ts';
import { readYaml, type YamlFault } from './yaml.ts';

export function readParameters(source: SourceText): ParameterFacts | readonly YamlFault[] {
  const file = readYaml(source);
  if (!('value' in file)) return file;
  const faults = schemaFaults(file, validateParameters(file.value));
  return faults.length > 0 ? faults : (file.value as ParameterFacts);
}
