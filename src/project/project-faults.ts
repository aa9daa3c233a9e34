/** Everything that is wrong with a project config by its schema, each fault with its place. */
import { schemaFaults } from '../profiles/load.ts';
import { validateProject } from '../profiles/schema.generated.js';
import { readYaml, type YamlFault } from '../profiles/yaml.ts';
import type { SourceText } from '../source.ts';

export function projectFaults(source: SourceText): readonly YamlFault[] {
  const file = readYaml(source);
  if (!('value' in file)) return file;
  return file.value === '' || file.value === null ? [] : schemaFaults(file, validateProject(file.value));
}
