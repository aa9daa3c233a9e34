/** The configs of a bundle: in files, in the kernel, or named by the user; and whether they are one. */
import { archiveLimits } from '../../artifacts/archive/limits.ts';
import { type ConfigDocument, effectiveValues } from '../../config/document.ts';
import type { InputFailure } from '../../finding.ts';
import { type Inspection, matching, pathIn } from './inspection.ts';
import type { KrataRole } from './krata.ts';
import { builderOf, liquidmetalProfile } from './liquidmetal.ts';
import { bundleRules } from './rules.ts';
import type { VersionJson } from './vz-version.ts';

/** A config of the bundle, or the one that was named for it. */
export interface ConfigFile {
  /** In the bundle; what the user named otherwise. */
  readonly path: string;
  readonly document: ConfigDocument;
  /** Of the config as text, in hexadecimal. */
  readonly sha256: string;
  /** Profiles that the layout has it checked for. */
  readonly profiles: readonly string[];
}

/** Where configs come from. */
export interface ConfigSource {
  /** Reads a config, unpacking it where it is packed. */
  readonly readConfig: (bytes: Uint8Array, path: string) => Omit<ConfigFile, 'path' | 'profiles'> | InputFailure;
  /** The config that the user named for it. */
  readonly named: Omit<ConfigFile, 'profiles'> | undefined;
}

export function profileChooser(
  { layout }: Inspection,
  role: KrataRole | undefined,
  version: VersionJson | undefined,
): (path: string) => readonly string[] {
  switch (layout.id) {
    case 'krata':
      return () => [role === 'host' ? 'krata-host' : 'krata-zone'];
    case 'virtink':
      return () => ['virtink'];
    case 'liquidmetal':
      return (path) => [liquidmetalProfile[builderOf(path)]];
    case 'kubevirt':
      return () => ['kubevirt-guest'];
    case 'vz':
      return () => [version?.profile === 'container' ? 'vz-container' : 'vz-developer'];
  }
}

/** Configs of the bundle, the one in the kernel, the one that was named; of those that say the same only the first. */
export function readConfigs(
  inspection: Inspection,
  request: ConfigSource,
  profilesFor: (path: string) => readonly string[],
  failures: InputFailure[],
): ConfigFile[] {
  const { layout, kernel, kernelPath, view } = inspection;
  const found: ConfigFile[] = [];
  for (const path of new Set(layout.configs.flatMap((pattern) => matching(view, pattern)))) {
    const bytes = inspection.bytes(path, archiveLimits.json * 2);
    if (bytes === undefined) continue;
    const read = request.readConfig(bytes, pathIn(view, path));
    if ('code' in read) failures.push(read);
    else found.push({ path, ...read, profiles: profilesFor(kernelPath ?? path) });
  }
  const single = layout.id === 'liquidmetal' && kernelPath === undefined ? [] : found;
  if (layout.id === 'liquidmetal')
    for (const [i, file] of found.entries())
      if (/(?:^|\/)configs\//.test(file.path)) found[i] = { ...file, profiles: profilesFor(file.path) };
  if (kernel?.config !== undefined && kernelPath !== undefined) {
    const read = request.readConfig(kernel.config, `${pathIn(view, kernelPath)}!config`);
    if (!('code' in read)) single.push({ path: kernelPath, ...read, profiles: profilesFor(kernelPath) });
  }
  if (request.named !== undefined) found.unshift({ ...request.named, profiles: profilesFor(kernelPath ?? '') });
  return comparable(inspection, found);
}

/** Says which configs differ that should not, and leaves out those that say what another says. */
function comparable(inspection: Inspection, configs: readonly ConfigFile[]): ConfigFile[] {
  const kept: ConfigFile[] = [];
  for (const file of configs) {
    const same = kept.find(({ sha256 }) => sha256 === file.sha256);
    if (same !== undefined) continue;
    const [first] = kept;
    const areOne = inspection.layout.id !== 'liquidmetal' || inspection.kernelPath !== undefined;
    if (first !== undefined && areOne && first.document.kind === 'complete' && file.document.kind === 'complete')
      sayDifference(inspection, first, file);
    kept.push(file);
  }
  return kept;
}

function sayDifference({ say }: Inspection, first: ConfigFile, other: ConfigFile): void {
  const [a, b] = [effectiveValues(first.document), effectiveValues(other.document)];
  const differing = [...new Set([...a.keys(), ...b.keys()])].filter(
    (symbol) => (a.get(symbol) ?? 'n') !== (b.get(symbol) ?? 'n'),
  );
  if (differing.length === 0) return;
  const shown = differing
    .slice(0, 4)
    .map((symbol) => `CONFIG_${symbol}`)
    .join(', ');
  const more = differing.length > 4 ? ` and ${differing.length - 4} more` : '';
  const start = { start: 0, end: 0 };
  say(
    bundleRules.configDiffers,
    { source: other.document.source, span: start },
    `${other.path} differs from ${first.path} in ${shown}${more}`,
    {
      actual: `${differing.length} settings`,
      related: [{ location: { source: first.document.source, span: start }, message: 'the other config' }],
    },
  );
}
