/** What each part of a bundle says of architecture and release, held against each other. */
import { type Arch, formatKernelVersion, type KernelVersion, parseArch, type Target } from '../../target.ts';
import type { ConfigFile } from './configs.ts';
import type { Claim, Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

export function claimPlatform({ archs, at }: Inspection, platform: string | undefined): void {
  const name = platform?.split('/')[1];
  const arch = name === undefined ? undefined : parseArch(name === 'amd64' ? 'x86_64' : name);
  if (arch !== undefined)
    archs.push({ words: `the container image is for ${platform}`, value: arch, location: at('') });
}

export function claimConfig({ archs, versions }: Inspection, { path, document }: ConfigFile): void {
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
export function compareClaims({ archs, versions, say }: Inspection): void {
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

export function targetOf({ archs, versions, kernel, kernelPath, layout }: Inspection): Target {
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

/** A path at the start of a sentence stays as it is. */
function capital(text: string): string {
  return text.replace(/^the /, 'The ');
}
