/** Loads the YAML of rules/ into a library; for the bundle, the docs and the tests of the rules themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';

/** The named abilities of rules/capabilities. */
export async function loadCapabilities() {
  const { readCapabilities } = await loadTs('src/profiles/read-capabilities.ts');
  const { createSource } = await loadTs('src/source.ts');
  const path = 'rules/capabilities/capabilities.yaml';
  const read = readCapabilities(createSource(path, readFileSync(join(root, path), 'utf8')));
  if (read.some((each) => 'line' in each)) throw new Error(`${path} is not valid: ${JSON.stringify(read)}`);
  return read;
}

/** How parameters behave: rules/parameters. */
export async function loadParameters() {
  const { readParameters } = await loadTs('src/profiles/parameters.ts');
  const { createSource } = await loadTs('src/source.ts');
  const path = 'rules/parameters/parameters.yaml';
  const read = readParameters(createSource(path, readFileSync(join(root, path), 'utf8')));
  if (Array.isArray(read)) throw new Error(`${path} is not valid: ${JSON.stringify(read)}`);
  return read;
}

export async function loadRules() {
  const load = await loadTs('src/profiles/load.ts');
  const { createSource } = await loadTs('src/source.ts');
  const draft = load.emptyDraft();
  for (const { name, condition } of await loadCapabilities()) draft.capabilities.set(name, condition);
  const faults = [];
  const sources = [];
  const yaml = (folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  const source = (path) => createSource(path, readFileSync(join(root, path), 'utf8'));
  for (const name of yaml('rules/symbols')) faults.push(...load.loadSymbols(draft, source(`rules/symbols/${name}`)));
  for (const name of yaml('rules')) {
    const id = name.replace(/\.yaml$/, '');
    const text = source(`rules/${name}`);
    sources.push([id, text]);
    faults.push(...load.loadProfile(draft, id, text));
  }
  if (faults.length === 0) for (const [id, text] of sources) faults.push(...load.linkFaults(draft, id, text));
  if (faults.length > 0) {
    const lines = faults.map(
      ({ path, line, column, message, help = '' }) => `${path}:${line}:${column}: ${message} ${help}`,
    );
    throw new Error(`the rules are not valid:\n${lines.join('\n')}`);
  }
  return load.closeDraft(draft);
}
