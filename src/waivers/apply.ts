/** Takes accepted findings out of a report, and tells of waivers that are of no use. */
import type { Finding, WaivedFinding } from '../finding.ts';
import type { KernelVersion } from '../target.ts';
import { faultyFinding } from './inline.ts';
import { covers, expiredWaiver, isExpired, unusedWaiver, type Waiver } from './waiver.ts';

export interface Applied {
  readonly kept: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
}

/** `used` is told of each waiver that spoke, expired ones too. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  kernel: KernelVersion | undefined,
  today: string,
  used: Set<Waiver>,
): Applied {
  if (waivers.length === 0) return { kept: findings, waived: [] };
  const kept: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findings) {
    const fitting = waivers.filter((waiver) => covers(waiver, finding, kernel));
    for (const waiver of fitting) used.add(waiver);
    const waiver = fitting.find((each) => !isExpired(each, today));
    if (waiver === undefined) kept.push(finding);
    else {
      const { reason, owner, expires, inSource, location } = waiver;
      waived.push({ finding, reason, owner, expires, inSource, location });
    }
  }
  return { kept, waived };
}

/** Findings about the waivers themselves; `couldSpeak` is false for those that this run cannot judge. */
export function waiverFindings(
  waivers: readonly Waiver[],
  used: ReadonlySet<Waiver>,
  today: string,
  couldSpeak: (waiver: Waiver) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  for (const waiver of waivers) {
    const { rules, location, expires, owner } = waiver;
    const of = `of ${rules.join(', ')}`;
    if (isExpired(waiver, today)) {
      const who = owner === undefined ? '' : `; ${owner} answers for it`;
      const state = used.has(waiver) ? '' : ', and nothing is found any more that it would accept';
      findings.push(faultyFinding(expiredWaiver, location, `this waiver ${of} held until ${expires}${state}${who}`));
    } else if (!used.has(waiver) && couldSpeak(waiver)) {
      findings.push(faultyFinding(unusedWaiver, location, `this waiver ${of} accepts nothing: take it out`));
    }
  }
  return findings;
}
