/** Parts of a project file that hang together: groups that stack on each other, and waivers. */
import { didYouMean } from '../suggest.ts';
import { knownArchNames } from '../target.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { parseRanges } from './kernel-list.ts';
import { matchPath, parsePathPattern } from './path-pattern.ts';
import { type Draft, type Group, listIn } from './project-config.ts';

export function archFault(text: string): [message: string, help: string] {
  const near = didYouMean(text, knownArchNames());
  return [`"${text}" is not an architecture`, near === '' ? 'such as x86_64 or arm64' : near];
}

/** Says which groups stack on none that there is, or in a circle. */
export function groupFaults(groups: readonly Group[], draft: Draft): void {
  const byName = new Map(groups.map((group) => [group.name, group]));
  for (const group of groups) {
    for (const [i, { value, location }] of group.stackOn.entries()) {
      const keys = location === undefined ? [] : placeOf(group, i, draft, location.span.start);
      if (byName.has(value) || isPathLike(value)) continue;
      const near = didYouMean(value, byName.keys());
      draft.fault(keys, `there is no group "${value}"`, near === '' ? 'name a group of this file, or a path' : near);
    }
    const circle = circleFrom(group, byName);
    if (circle !== undefined)
      draft.fault(
        ['files', group.name, 'stack-on'],
        `the groups ${circle.join(', ')} stack on each other in a circle`,
        'one of them must be the lowest',
      );
  }
}

/** `stack-on: zone` and `stack-on: [zone]` have their words at different places. */
function placeOf({ name }: Group, index: number, draft: Draft, start: number): readonly (string | number)[] {
  const keys = ['files', name, 'stack-on', index];
  return draft.at(keys).span.start === start ? keys : keys.slice(0, -1);
}

/** Groups have no slash in their names, and files mostly an ending. */
export function isPathLike(text: string): boolean {
  return text.includes('/') || /\.[A-Za-z_]+$/.test(text);
}

function circleFrom(start: Group, byName: ReadonlyMap<string, Group>): readonly string[] | undefined {
  const todo: { group: Group; path: readonly string[] }[] = [{ group: start, path: [] }];
  const seen = new Set<string>();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const path = [...next.path, next.group.name];
    for (const { value } of next.group.stackOn) {
      if (value === start.name) return path;
      const group = byName.get(value);
      if (group !== undefined && !seen.has(value)) todo.push({ group, path });
      seen.add(value);
    }
  }
  return undefined;
}

/** The waivers of a project file. */
export function projectWaivers(
  bodies: readonly Readonly<Record<string, unknown>>[],
  groups: readonly Group[],
  draft: Draft,
): readonly Waiver[] {
  return bodies.map((body, i): Waiver => {
    const keys = ['waivers', i];
    const ranges = parseRanges(listIn(body['kernels']));
    if ('fault' in ranges)
      draft.fault([...keys, 'kernels'], ranges.fault, 'leave it out to accept it for every kernel');
    const expires = body['expires'] as string | undefined;
    if (expires !== undefined && !isDate(expires))
      draft.fault([...keys, 'expires'], `"${expires}" is no day`, 'write it as 2027-03-31');
    if (String(body['reason']).trim() === '')
      draft.fault([...keys, 'reason'], 'a waiver needs a reason', 'say why the finding is accepted');
    return {
      rules: listIn(body['rule']),
      symbols: listIn(body['symbol']).map((name) => name.replace(/^CONFIG_/, '')),
      coversFile: coverage(listIn(body['files']), [...keys, 'files'], groups, draft),
      ranges: 'fault' in ranges ? [] : ranges,
      reason: String(body['reason']).trim(),
      owner: body['owner'] as string | undefined,
      expires,
      inSource: false,
      location: draft.at(keys),
    };
  });
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Files by path, by pattern or by the name of their group, all from the project's folder; empty for all of them. */
function coverage(
  texts: readonly string[],
  keys: readonly (string | number)[],
  groups: readonly Group[],
  draft: Draft,
): (path: string) => boolean {
  if (texts.length === 0) return () => true;
  const patterns = texts.flatMap((text) => {
    const group = groups.find(({ name }) => name === text);
    if (group !== undefined) return group.paths;
    const pattern = parsePathPattern(text);
    if (!('fault' in pattern)) {
      const isMisspelled = pattern.isLiteral && !isPathLike(text);
      if (!isMisspelled) return [pattern];
      const names = groups.map(({ name }) => name);
      draft.fault(keys, `there is no group "${text}"`, didYouMean(text, names) || 'name a group, a path or a pattern');
    } else draft.fault(keys, `"${text}": ${pattern.fault}`, 'name a group, a path or a pattern');
    return [];
  });
  return (path) => matchPath(patterns, path) !== undefined;
}
