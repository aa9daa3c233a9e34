/** What a file, or the project it belongs to, accepts as it is: findings that nobody wants mended. */
import type { Finding } from '../finding.ts';
import type { SourceText } from '../source.ts';
import type { KernelVersion } from '../target.ts';
import { inlineWaivers } from '../waivers/inline.ts';
import { hasInlineWaivers } from '../waivers/marker.ts';
import { covers, isExpired, type Waiver } from '../waivers/waiver.ts';
import { textMatches } from '../wildcard.ts';
import type { FileSettings } from './settings.ts';

export type Accepts = (finding: Finding, kernel: KernelVersion | undefined) => boolean;

/** What the settings of a file's project say of its findings. */
export interface ProjectAcceptance {
  readonly waivers: readonly Waiver[];
  readonly severities: FileSettings['severities'];
}

/** The waivers of a project that speak of a file, and the severities that it gives to rules. */
export function projectAcceptance(waivers: readonly Waiver[], { path, severities }: FileSettings): ProjectAcceptance {
  return { waivers: path === undefined ? [] : waivers.filter(({ coversFile }) => coversFile(path)), severities };
}

/** Undefined where nothing is accepted. `today` as the host gives it. */
export function acceptanceOf(source: SourceText, today: string, project?: ProjectAcceptance): Accepts | undefined {
  const own = hasInlineWaivers(source) ? inlineWaivers(source).waivers : [];
  const waivers = [...(project?.waivers ?? []), ...own].filter((waiver) => !isExpired(waiver, today));
  const severities = project?.severities ?? [];
  if (waivers.length === 0 && severities.length === 0) return undefined;
  return (finding, kernel) =>
    severities.findLast(({ pattern }) => textMatches(pattern, finding.rule.id))?.severity === 'off' ||
    waivers.some((waiver) => covers(waiver, finding, kernel));
}
