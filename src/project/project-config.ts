/** Reads the config of a project, `.kconfig-lint.yaml`: checked by its schema, every fault with its place. */
import type { Host } from '../host.ts';
import { schemaFaults } from '../profiles/load.ts';
import { validateProject } from '../profiles/schema.generated.js';
import { readYaml, type YamlFault, yamlLimits } from '../profiles/yaml.ts';
import type { UsageError } from './prepare.ts';
import { findProjectFile } from './project-file.ts';

export interface ProjectConfig {
  /** As `--extra-symbols` takes them, paths from the current folder. */
  readonly extraSymbols: readonly string[];
}

const empty: ProjectConfig = { extraSymbols: [] };

/** The project config that holds here; an empty one where there is none. */
export function readProjectConfig(host: Host): ProjectConfig | UsageError {
  const path = findProjectFile(host);
  if (path === undefined) return empty;
  const read = host.readSource(path, { limit: yamlLimits.size, unzippedLimit: yamlLimits.size, keep: true });
  if ('error' in read) return { path, message: `it cannot be read (${read.detail})`, help: 'check who may read it' };
  const file = readYaml(read);
  if (!('value' in file)) return usageError(file[0] as YamlFault);
  if (file.value === '' || file.value === null) return empty;
  const [fault] = schemaFaults(file, validateProject(file.value));
  if (fault !== undefined) return usageError(fault);
  const names = (file.value as { 'extra-symbols'?: readonly string[] })['extra-symbols'] ?? [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return { extraSymbols: names.map((name) => (/^[A-Z0-9_*?]+$/.test(name) ? name : folder + name)) };
}

function usageError({ path, line, column, message, help = '' }: YamlFault): UsageError {
  return { path, line, column, message, help };
}
