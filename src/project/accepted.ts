/** What a file, or the project it belongs to, accepts as it is: findings that nobody wants mended. */
import type { Finding } from '../finding.ts';
import type { SourceText } from '../source.ts';
import type { KernelVersion } from '../target.ts';
import { applyWaivers } from '../waivers/apply.ts';
import { inlineWaivers } from '../waivers/inline.ts';
import { hasInlineWaivers } from '../waivers/marker.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { bySeverity, waiversFor } from './judge.ts';
import type { FileSettings } from './settings.ts';

export type Accepts = (finding: Finding, kernel: KernelVersion | undefined) => boolean;

/** What the settings of a file's project say of its findings. */
export interface ProjectAcceptance {
  readonly waivers: readonly Waiver[];
  readonly severities: FileSettings['severities'];
}

export function projectAcceptance(waivers: readonly Waiver[], settings: FileSettings): ProjectAcceptance {
  return { waivers: waiversFor(waivers, settings), severities: settings.severities };
}

/** Undefined where nothing is accepted. `today` as the host gives it. */
export function acceptanceOf(source: SourceText, today: string, project?: ProjectAcceptance): Accepts | undefined {
  const own = hasInlineWaivers(source) ? inlineWaivers(source).waivers : [];
  const waivers = [...(project?.waivers ?? []), ...own];
  const severities = project?.severities ?? [];
  if (waivers.length === 0 && severities.length === 0) return undefined;
  return (finding, kernel) =>
    bySeverity([finding], severities).off.length > 0 ||
    applyWaivers([finding], waivers, kernel, today, new Set()).waived.length > 0;
}
