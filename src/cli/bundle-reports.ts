/** The reports of bundles: one of each bundle itself, one of each of its configs. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import { countOf, createSums, type Finding, type InputFailure, noCounts, type Report } from '../finding.ts';
import type { ExitCode, Host } from '../host.ts';
import { lint } from '../lint.ts';
import type { ChosenProfile } from '../profiles/profile.ts';
import type { ConfigFile } from '../project/bundle/configs.ts';
import type { BundleResult } from '../project/bundle/inspect.ts';
import type { Layout } from '../project/bundle/layouts.ts';
import { allBundleRules } from '../project/bundle/rules.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import { createSource } from '../source.ts';
import type { RawOptions } from './options.ts';
import { exitCodeOf, finish, openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { openViews } from './situations.ts';
import { failureText, reportUsage } from './usage.ts';

export interface Inspected {
  readonly name: string;
  readonly layout: Layout;
  readonly result: BundleResult;
}

/** `isAsked` where the user named the profiles; else each config is for those of its layout. */
export function reportBundles(
  raw: RawOptions,
  host: Host,
  services: Services,
  prepared: Prepared,
  isAsked: boolean,
  bundles: readonly Inspected[],
  failures: readonly InputFailure[],
): ExitCode {
  const outputs = openOutputs(raw, host, services, prepared, raw.files, { rules: allBundleRules });
  if (!Array.isArray(outputs)) return reportUsage([outputs as UsageError], raw, host);
  const { counts, add } = createSums();
  let files = 0;
  const emit = (each: Report): void => {
    files++;
    add(each);
    for (const { reporter, write } of outputs) write(reporter.file(each));
  };
  for (const failure of failures) {
    host.writeError(failureText(failure));
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  }
  const views = openViews(raw, prepared, services);
  if (typeof views !== 'function') return typeof views === 'number' ? views : reportUsage([views], raw, host);
  for (const bundle of bundles) {
    emit(bundleReport(bundle));
    for (const config of bundle.result.configs) {
      const linted = lintConfig(config, bundle, prepared, isAsked, views);
      if (typeof linted === 'number') return linted;
      if ('help' in linted) return reportUsage([linted], raw, host);
      emit(linted);
    }
  }
  const exitCode = exitCodeOf(raw, counts, failures.length);
  return finish(outputs, { files, failures: failures.length, counts, exitCode }, host);
}

function lintConfig(
  { path, document, profiles }: ConfigFile,
  { layout, result }: Inspected,
  prepared: Prepared,
  isAsked: boolean,
  views: Exclude<ReturnType<typeof openViews>, number | UsageError>,
): Report | UsageError | ExitCode {
  const { chosen, library, boot, bootDenied, target } = prepared;
  const kernel = views(document, prepared);
  if (typeof kernel === 'number' || (kernel !== undefined && 'help' in kernel)) return kernel;
  const own: readonly ChosenProfile[] = isAsked
    ? chosen
    : chosen.filter(({ profile }) => profiles.includes(profile.id));
  const bootsAlone = layout.id === 'kubevirt' && !result.hasInitrd && !boot.has('initrd');
  return lint({
    document,
    checks,
    target: { ...missingOf(result, document), ...target },
    profiles: layout.id === 'liquidmetal' && !isNamedByBuild(path) ? own.map(withoutFileName) : own,
    boot,
    bootDenied: bootsAlone ? new Set([...bootDenied, 'initrd' as const]) : bootDenied,
    library,
    kernel,
  });
}

/** Only configs that image-builder looks for have names that matter. */
const isNamedByBuild = (path: string): boolean => /(?:^|\/)configs\//.test(path);

function withoutFileName(chosen: ChosenProfile): ChosenProfile {
  const requirements = chosen.requirements.filter(({ require }) => require.kind !== 'file-name');
  return { ...chosen, requirements };
}

/** What the bundle tells of the target and the config does not. */
function missingOf({ target }: BundleResult, document: ConfigDocument) {
  const { kernel, release, kernelFrom, arch, archFrom } = target;
  const own = document.target;
  return {
    ...(own.kernel === undefined && kernel !== undefined
      ? { kernel, release: release as string, kernelFrom: kernelFrom as string }
      : {}),
    ...(own.arch === undefined && arch !== undefined ? { arch, archFrom: archFrom as string } : {}),
  };
}

function bundleReport({ name, layout, result }: Inspected): Report {
  const findings = [...result.findings].sort(bySeverity);
  return {
    source: createSource(name, ''),
    kind: 'bundle',
    kindBecause: layout.title,
    symbols: 0,
    target: result.target,
    findings,
    unknowns: [],
    notApplicable: [],
    scores: [],
    counts: { ...noCounts, ...countOf(findings) },
  };
}

const ranks = { error: 0, warning: 1, info: 2 } as const;

/** Array.prototype.sort keeps the order of equals. */
function bySeverity(a: Finding, b: Finding): number {
  return ranks[a.severity] - ranks[b.severity];
}
