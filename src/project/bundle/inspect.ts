/** Looks at one bundle: the files of its layout, its kernel, its configs, and whether they belong together. */
import { type ArchiveFault, isFault } from '../../artifacts/archive/fault.ts';
import { archiveLimits } from '../../artifacts/archive/limits.ts';
import { type FileView, filesOf, resolveFile } from '../../artifacts/archive/view.ts';
import { type ConfigDocument, effectiveValues } from '../../config/document.ts';
import type { Finding, InputFailure, Related } from '../../finding.ts';
import type { Ability } from '../../profiles/capabilities.ts';
import {
  type Arch,
  formatKernelVersion,
  type KernelVersion,
  parseArch,
  parseKernelVersion,
  type Target,
} from '../../target.ts';
import { inspectInitrd } from './initrd.ts';
import { type Claim, createInspection, type Inspection, type KernelFacts, matching, pathIn } from './inspection.ts';
import { inspectAddons, inspectConfigDigest, inspectMetadata, type KrataRole } from './krata.ts';
import { inspectKubevirt } from './kubevirt.ts';
import type { Layout } from './layouts.ts';
import { builderOf, inspectConfigName, inspectLiquidmetal, liquidmetalProfile } from './liquidmetal.ts';
import { bundleRules } from './rules.ts';
import { inspectVirtink } from './virtink.ts';
import { inspectCapabilities, inspectChecksums, inspectVzFiles, readVersionJson, type VersionJson } from './vz.ts';

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

/** What a config says of an ability; `needs` is what it takes, in words. */
export type AbilityOf = (
  name: string,
) => { readonly state: Ability; readonly needs: string; readonly related: readonly Related[] } | undefined;

export interface BundleRequest {
  readonly view: FileView;
  readonly layout: Layout;
  readonly isImage: boolean;
  /** `linux/arm64`, where the container image says so. */
  readonly platform: string | undefined;
  readonly readKernel: (bytes: Uint8Array, path: string) => KernelFacts | string | undefined;
  /** Reads a config, unpacking it where it is packed. */
  readonly readConfig: (bytes: Uint8Array, path: string) => Omit<ConfigFile, 'path' | 'profiles'> | InputFailure;
  readonly digest: (path: string) => string | ArchiveFault;
  /** The config that the user named for it. */
  readonly named: Omit<ConfigFile, 'profiles'> | undefined;
  readonly kernelPath: string | undefined;
  readonly initrdPath: string | undefined;
  readonly requiredCapabilities: readonly string[];
  readonly abilityOf: (document: ConfigDocument) => AbilityOf;
}

export interface BundleResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly InputFailure[];
  readonly configs: readonly ConfigFile[];
  readonly target: Target;
  readonly hasInitrd: boolean;
  readonly files: number;
}

export function inspectBundle(request: BundleRequest): BundleResult {
  const { view, layout } = request;
  const inspection = createInspection(view, layout, request.isImage, request.digest);
  const failures: InputFailure[] = [];
  inspectEntries(inspection);
  const missing = inspectFiles(inspection, request);
  const kernelBytes = inspectKernel(inspection, request);
  const krata = layout.id === 'krata' ? inspectMetadata(inspection) : undefined;
  const version = layout.id === 'vz' ? readVersionJson(inspection) : undefined;
  const configs = readConfigs(inspection, request, profileChooser(inspection, krata?.role, version), failures);
  inspection.configs.push(...configs.map(({ document }) => document));
  claimPlatform(inspection, request.platform);
  const [main] = configs;
  if (main !== undefined && layout.id !== 'liquidmetal') claimConfig(inspection, main);
  const abilityOf = main === undefined ? undefined : request.abilityOf(main.document);
  if (inspection.initrdPath !== undefined) inspectInitrd(inspection, inspection.initrdPath);
  switch (layout.id) {
    case 'krata':
      if (krata?.metadata !== undefined) inspectConfigDigest(inspection, krata.metadata, main);
      inspectAddons(inspection, krata?.role ?? 'zone');
      break;
    case 'virtink':
      inspectVirtink(inspection, kernelBytes);
      break;
    case 'liquidmetal':
      for (const { path, document } of configs) inspectConfigName(inspection, path, document);
      inspectLiquidmetal(inspection, kernelBytes);
      break;
    case 'kubevirt':
      inspectKubevirt(inspection);
      break;
    case 'vz':
      inspectVzFiles(inspection);
      if (version !== undefined) {
        inspectChecksums(inspection, version);
        inspectCapabilities(inspection, version, abilityOf);
      }
      break;
  }
  compareClaims(inspection);
  inspectRequired(inspection, request.requiredCapabilities, abilityOf, version);
  if (configs.length === 0 && failures.length === 0 && !missing)
    inspection.say(
      bundleRules.noConfig,
      inspection.at(inspection.kernelPath ?? ''),
      `${inspection.kernelPath ?? 'The bundle'} holds no config, and none lies beside it`,
      {
        advice: ['--config FILE'],
      },
    );
  return {
    findings: inspection.findings,
    failures,
    configs,
    target: targetOf(inspection),
    hasInitrd: inspection.initrdPath !== undefined,
    files: [inspection.kernelPath, inspection.initrdPath, ...layout.files.map(({ path }) => path)].filter(
      (path) => path !== undefined && inspection.has(path),
    ).length,
  };
}

function inspectEntries({ view, say, at }: Inspection): void {
  for (const { fault, message, path } of view.faults)
    say(
      fault === 'unsafe-path' ? bundleRules.unsafeEntry : bundleRules.unreadableFile,
      at(''),
      `The archive is not sound: ${message}`,
      path === undefined ? {} : { actual: path },
    );
  for (const path of view.duplicates) say(bundleRules.duplicateEntry, at(path), `${path} stands in one layer twice`);
}

/** True where what is missing makes all else idle talk. */
function inspectFiles(inspection: Inspection, { kernelPath, initrdPath }: BundleRequest): boolean {
  const { layout, has, say, at, view } = inspection;
  inspection.kernelPath = choose(inspection, kernelPath, layout.kernels);
  inspection.initrdPath = choose(inspection, initrdPath, layout.initrds);
  for (const { path, what } of layout.files) {
    if (has(path)) continue;
    const found = resolveFile(view, path);
    say(
      bundleRules.missingFile,
      at(path),
      `${isFault(found) ? found.message : path}${isFault(found) && found.fault === 'missing' ? ` (${what})` : ''}`,
    );
  }
  if (inspection.kernelPath !== undefined && has(inspection.kernelPath)) return false;
  if (kernelIsOptional(inspection)) return true;
  const path = inspection.kernelPath ?? layout.kernels[0] ?? '';
  const found = resolveFile(view, path);
  const near = otherKernels(view)
    .filter((other) => other !== path)
    .slice(0, 3);
  const hint = near.length === 0 ? '' : `; there ${near.length === 1 ? 'is' : 'are'} ${near.join(', ')}`;
  const or = layout.kernels.length > 1 && kernelPath === undefined ? ` (or ${layout.kernels.slice(1).join(', ')})` : '';
  const message =
    isFault(found) && found.fault !== 'missing' ? found.message : `${path}${or} is missing, the kernel${hint}`;
  say(bundleRules.missingFile, at(path), message);
  inspection.kernelPath = undefined;
  return false;
}

/** A part of image-builder's own repository, or the image of the modules alone, has no kernel; nor has KubeVirt's of an initrd alone. */
function kernelIsOptional({ layout, view, initrdPath }: Inspection): boolean {
  if (layout.id === 'kubevirt') return initrdPath !== undefined;
  if (layout.id !== 'liquidmetal') return false;
  return (
    ['kernel/Makefile', 'Makefile', 'lib/modules'].some((path) => view.entryAt(path) !== undefined) ||
    layout.configs.some((pattern) => pattern.includes('configs/') && matching(view, pattern).length > 0)
  );
}

function choose({ view }: Inspection, named: string | undefined, patterns: readonly string[]): string | undefined {
  if (named !== undefined) return named.replace(/^\/+/, '');
  for (const pattern of patterns) {
    const [found] = matching(view, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Paths with names that kernels have, for what to say of one that is missing. */
function otherKernels(view: FileView): string[] {
  const found: string[] = [];
  let looked = 0;
  for (const path of filesOf(view)) {
    if (/(?:^|\/)(?:vmlinu[xz]|bzImage|[zu]?Image|kernel)[^/]*$/.test(path) && !path.endsWith('.config'))
      found.push(path);
    if (++looked > 5000 || found.length > 8) break;
  }
  return found;
}

function inspectKernel(inspection: Inspection, { readKernel }: BundleRequest): Uint8Array | undefined {
  const { kernelPath, layout, say, at, archs, versions } = inspection;
  if (kernelPath === undefined) return undefined;
  const bytes = inspection.bytes(kernelPath, archiveLimits.file);
  if (bytes === undefined) return undefined;
  const facts = readKernel(bytes, kernelPath);
  if (facts === undefined || typeof facts === 'string') {
    const why =
      bytes.length === 0
        ? 'is empty'
        : facts === undefined
          ? 'is no kernel image'
          : `cannot be read as a kernel image: ${facts}`;
    say(bundleRules.notAKernel, at(kernelPath), `${kernelPath} ${why}`);
    return undefined;
  }
  inspection.kernel = facts;
  const { arch, release, format, formatInWords } = facts;
  if (arch !== undefined) {
    archs.push({ words: `${kernelPath} is a kernel for ${arch}`, value: arch, location: at(kernelPath) });
    inspectFormat(inspection, kernelPath, arch, format, formatInWords);
  }
  const value = release === undefined ? undefined : parseKernelVersion(release);
  if (value !== undefined)
    versions.push({ words: `${kernelPath} calls itself ${release}`, value, location: at(kernelPath) });
  if (layout.id === 'liquidmetal' && kernelPath === 'bin/vmlinux.bin' && format !== 'elf' && arch === 'x86_64')
    return undefined;
  return bytes;
}

const formatNames: Readonly<Record<string, string>> = {
  elf: 'an ELF vmlinux',
  bzimage: 'a bzImage',
  image: 'an Image',
  'image-gz': 'an Image.gz',
  zboot: 'an EFI zboot image',
  other: 'the image of its build',
};

function inspectFormat(
  { layout, say, at }: Inspection,
  path: string,
  arch: Arch,
  format: KernelFacts['format'],
  words: string,
): void {
  const wanted = layout.formats[arch];
  if (wanted === undefined) {
    const known = Object.keys(layout.formats).join(' and ');
    say(bundleRules.archMismatch, at(path), `${path} is a kernel for ${arch}; a ${layout.title} is for ${known}`, {
      actual: arch,
      expected: known,
    });
    return;
  }
  if (wanted.includes(format)) return;
  const expected = wanted.map((each) => formatNames[each]).join(' or ');
  const severity = layout.alsoFormats.includes(format) ? 'warning' : 'error';
  say(bundleRules.kernelFormat, at(path), `${path} is ${words}; on ${arch} it is to be ${expected}`, {
    severity,
    actual: words,
    expected,
  });
}

function profileChooser(
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
function readConfigs(
  inspection: Inspection,
  request: BundleRequest,
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

function claimPlatform({ archs, at }: Inspection, platform: string | undefined): void {
  const name = platform?.split('/')[1];
  const arch = name === undefined ? undefined : parseArch(name === 'amd64' ? 'x86_64' : name);
  if (arch !== undefined)
    archs.push({ words: `the container image is for ${platform}`, value: arch, location: at('') });
}

function claimConfig({ archs, versions }: Inspection, { path, document }: ConfigFile): void {
  const { arch, kernel, release, kernelFrom } = document.target;
  const location = { source: document.source, span: { start: 0, end: 0 } };
  if (arch !== undefined) archs.push({ words: `${path} is a config for ${arch}`, value: arch, location });
  if (kernel !== undefined && kernelFrom === 'header')
    versions.push({
      words: `${path} is the config of ${release ?? formatKernelVersion(kernel)}`,
      value: kernel,
      location,
    });
}

/** The kernel itself decides, or what comes first where there is none to ask. */
function compareClaims({ archs, versions, say }: Inspection): void {
  const compare = <T extends Arch | KernelVersion>(
    claims: readonly Claim<T>[],
    rule: (typeof bundleRules)['archMismatch'],
    words: (value: T) => string,
  ) => {
    const [first, ...rest] = claims;
    if (first === undefined) return;
    for (const { value, words: claim, location } of rest) {
      if (value === first.value) continue;
      say(rule, location, `${capital(claim)}, and ${first.words}`, {
        actual: words(value),
        expected: words(first.value),
        related: [{ location: first.location, message: first.words }],
      });
    }
  };
  compare(archs, bundleRules.archMismatch, String);
  compare(versions, bundleRules.versionMismatch as (typeof bundleRules)['archMismatch'], (value) =>
    formatKernelVersion(value as KernelVersion),
  );
}

function inspectRequired(
  { say, at, kernelPath }: Inspection,
  names: readonly string[],
  abilityOf: AbilityOf | undefined,
  version: VersionJson | undefined,
): void {
  const declared = version?.value['capabilities'];
  for (const name of names) {
    const place = version?.fields.find(({ key }) => key === 'capabilities');
    const location = place === undefined ? at(kernelPath ?? '') : at('version.json', place.span);
    if (Array.isArray(declared) && !declared.includes(name))
      say(bundleRules.requiredCapability, location, `${name} is required, and version.json does not declare it`, {
        expected: name,
        actual: 'not declared',
      });
    const ability = abilityOf?.(name);
    if (ability?.state === 'present') continue;
    if (ability === undefined) {
      if (abilityOf !== undefined) continue;
      say(
        bundleRules.requiredCapability,
        location,
        `${name} is required, and there is no config to tell whether the kernel has it`,
        { expected: name },
      );
      continue;
    }
    const state =
      ability.state === 'module'
        ? 'takes a module that somebody must load'
        : ability.state === 'unknown'
          ? 'is not settled by the config'
          : 'is not in the config';
    say(
      bundleRules.requiredCapability,
      ability.related[0]?.location ?? location,
      `${name} is required, and ${state}: it needs ${ability.needs}`,
      {
        severity: ability.state === 'module' ? 'warning' : 'error',
        expected: name,
        actual: ability.state,
        related: ability.related,
      },
    );
  }
}

function targetOf({ archs, versions, kernel, kernelPath, layout }: Inspection): Target {
  const [arch] = archs;
  const [version] = versions;
  const from = kernelPath ?? layout.title;
  return {
    ...(version === undefined
      ? {}
      : { kernel: version.value, release: kernel?.release ?? formatKernelVersion(version.value), kernelFrom: from }),
    ...(arch === undefined ? {} : { arch: arch.value, archFrom: from }),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
