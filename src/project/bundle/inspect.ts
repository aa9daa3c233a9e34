/** Looks at one bundle: the files of its layout, its kernel, its configs, and whether they belong together. */
import type { ArchiveFault } from '../../artifacts/archive/fault.ts';
import type { FileView } from '../../artifacts/archive/view.ts';
import type { ConfigDocument } from '../../config/document.ts';
import type { Finding, InputFailure } from '../../finding.ts';
import type { Target } from '../../target.ts';
import { claimConfig, claimPlatform, compareClaims, targetOf } from './claims.ts';
import { type ConfigFile, type ConfigSource, profileChooser, readConfigs } from './configs.ts';
import { type FileChoice, inspectEntries, inspectFiles, inspectKernel } from './files.ts';
import { inspectInitrd } from './initrd.ts';
import { createInspection, type KernelFacts } from './inspection.ts';
import { inspectAddons, inspectConfigDigest, inspectMetadata } from './krata.ts';
import { inspectKubevirt } from './kubevirt.ts';
import type { Layout } from './layouts.ts';
import { inspectConfigName, inspectLiquidmetal } from './liquidmetal.ts';
import { type AbilityOf, inspectRequired } from './required.ts';
import { bundleRules } from './rules.ts';
import { inspectVirtink } from './virtink.ts';
import { inspectCapabilities, inspectChecksums, inspectVzFiles } from './vz.ts';
import { readVersionJson } from './vz-version.ts';

export interface BundleRequest extends ConfigSource, FileChoice {
  readonly view: FileView;
  readonly layout: Layout;
  readonly isImage: boolean;
  /** `linux/arm64`, where the container image says so. */
  readonly platform: string | undefined;
  readonly readKernel: (bytes: Uint8Array, path: string) => KernelFacts | string | undefined;
  readonly digest: (path: string) => string | ArchiveFault;
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
  const kernelBytes = inspectKernel(inspection, request.readKernel);
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
