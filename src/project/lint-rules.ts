/** Rule files themselves, checked: each fault with its file, line and column. */
import type { Host, KernelHost } from '../host.ts';
import { closeDraft, linkFaults, loadProfile } from '../profiles/load.ts';
import type { Library } from '../profiles/profile.ts';
import {
  contradictionFaults,
  duplicateFaults,
  type RowFault,
  type RowFaultCode,
  referenceFaults,
  unreachableFaults,
} from '../profiles/rule-faults.ts';
import { faultAt, offsetOfPath, readYaml, type YamlFault, type YamlFile, yamlLimits } from '../profiles/yaml.ts';
import type { SourceText } from '../source.ts';
import { tidy } from './inputs.ts';
import { builtInLibrary } from './library.ts';
import { draftFrom, readProfiles } from './own-profiles.ts';
import { type SymbolSource, symbolFaults, symbolSource } from './rule-symbols.ts';

export type RuleFaultCode = RowFaultCode | 'not-a-profile' | 'schema' | 'link';

export interface RuleFault {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly code: RuleFaultCode;
  readonly severity: 'error' | 'warning';
  readonly row: string | undefined;
  readonly message: string;
  readonly why: string;
  readonly help: string;
}

const schemaWhy = 'A profile that does not follow the format is not loaded at all.';

/** Everything that is wrong with the files, in their order and by line; `paths` are files. */
export function lintRules(paths: readonly string[], host: Host, kernelHost: KernelHost): RuleFault[] {
  const builtIn = builtInLibrary(host);
  const draft = draftFrom(builtIn, host);
  const { sources } = readProfiles(paths, host, draft, []);
  const closed = closeDraft(draft);
  const library: Library = { ...closed, textOf: (id) => draft.texts.get(id) ?? builtIn.textOf(id) };
  const symbols = symbolSource(kernelHost);
  return paths.map(tidy).flatMap((path) => {
    const read = sources.get(path);
    if (read === undefined) return [unreadable(path, host)];
    const { id, source } = read;
    const schema = (): readonly YamlFault[] => loadProfile(draftFrom(library, host), id, source);
    const faults = faultsOf(id, source, library, symbols, schema, () => linkFaults(draft, id, source));
    return faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  });
}

function unreadable(path: string, host: Host): RuleFault {
  const read = host.readSource(path, { limit: yamlLimits.size, unzippedLimit: yamlLimits.size, keep: true });
  const message = 'error' in read ? `the file cannot be read: ${read.detail}` : 'the file was not read';
  const help = 'Check the path.';
  return {
    path,
    line: 1,
    column: 1,
    code: 'not-a-profile',
    severity: 'error',
    row: undefined,
    message,
    why: schemaWhy,
    help,
  };
}

function faultsOf(
  id: string,
  source: SourceText,
  library: Library,
  symbols: SymbolSource,
  load: () => readonly YamlFault[],
  link: () => readonly YamlFault[],
): RuleFault[] {
  const file = readYaml(source);
  const plain = (fault: YamlFault, code: RuleFaultCode, row?: string): RuleFault => ({
    ...fault,
    code,
    severity: 'error',
    row,
    why: schemaWhy,
    help: fault.help ?? 'See docs/profile-format.md.',
  });
  if (!('value' in file)) return file.map((fault) => plain(fault, 'not-a-profile'));
  const { value } = file;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('requirements' in value))
    return [plain(faultAt(source, 0, 'this is no profile: it has no requirements'), 'not-a-profile')];
  const placed = ({ row, at, ...rest }: RowFault): RuleFault => {
    const keys = row === undefined ? ['extends'] : ['requirements', row, ...at];
    const { path, line, column } = faultAt(source, offsetOfPath(file, keys, at.length === 0 || row === undefined), '');
    return { path, line, column, row, ...rest };
  };
  const references = referencesIn(file).map(placed);
  const schema = load().map((fault) => plain(fault, 'schema'));
  // Said better by what looks at references.
  const isSaid = ({ line, column }: RuleFault): boolean =>
    references.some((fault) => fault.line === line && fault.column === column);
  const profile = library.profiles.get(id);
  if (schema.length > 0 || profile === undefined) return [...references, ...schema.filter((fault) => !isSaid(fault))];
  const links = link().map((fault) => plain(fault, 'link'));
  if (links.length > 0) return [...references, ...links];
  const rows = [
    ...contradictionFaults(library, profile),
    ...unreachableFaults(library, profile),
    ...duplicateFaults(library, profile),
    ...symbolFaults(profile, library, symbols),
  ];
  return [...references, ...rows.map(placed)];
}

function referencesIn({ value }: YamlFile): RowFault[] {
  const { requirements } = value as { requirements?: unknown };
  if (typeof requirements !== 'object' || requirements === null) return [];
  return Object.entries(requirements).flatMap(([row, body]) => {
    const references = (body as { references?: unknown } | null)?.references;
    return Array.isArray(references) ? referenceFaults(row, references) : [];
  });
}
