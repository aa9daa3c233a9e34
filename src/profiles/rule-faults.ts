/** What is wrong with the rows of one profile that its schema does not tell. */
import type { Condition, Situation } from './condition.ts';
import { describe } from './condition-words.ts';
import { contradictions } from './contradictions.ts';
import { type ChosenProfile, chooseProfile, type Library, type Profile, type Requirement } from './profile.ts';
import { canHold, factOn, leavesOf, targetsFor } from './satisfiable.ts';
import { always, type Known } from './specialise.ts';

export type RowFaultCode =
  | 'contradiction'
  | 'unreachable'
  | 'no-such-symbol'
  | 'hidden-symbol'
  | 'dead-reference'
  | 'duplicate-row';

/** One fault, without its place. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly severity: 'error' | 'warning';
  /** The row's name; undefined where the fault lies in what the profile extends. */
  readonly row: string | undefined;
  /** Keys from the row to what is wrong. */
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly why: string;
  readonly help: string;
}

const anywhere = { target: {}, boot: new Set(), symbols: new Map() } as unknown as Situation;

/** The profile in each version of its platform. */
export function versionsOf(library: Library, { id, platform }: Profile): ChosenProfile[] {
  const names = platform === undefined ? [id] : platform.versions.map((version) => `${id}@${version}`);
  return names.flatMap((name) => {
    const choice = chooseProfile(library, name);
    return 'profile' in choice ? [choice] : [];
  });
}

/** Rows that no config can meet together: two of the profile, one of it and an inherited one, or two inherited ones. */
export function contradictionFaults(library: Library, profile: Profile): RowFault[] {
  const faults = new Map<string, RowFault>();
  for (const chosen of versionsOf(library, profile)) {
    for (const { a, others, symbols } of contradictions(chosen, chosen, library.symbols)) {
      const rows = [a, ...others];
      const own = rows.find((row) => row.profile === profile.id) ?? a;
      const rest = rows.filter((row) => row !== own);
      const names = symbols.map((symbol) => `CONFIG_${symbol}`).join(', ');
      faults.set([own, ...rest].map(({ id }) => id).join(' '), {
        code: 'contradiction',
        severity: 'error',
        row: own.profile === profile.id ? own.name : undefined,
        at: ['require'],
        message: `${describe(own.require, anywhere)} contradicts ${rest.map((row) => `${row.id}, which asks for ${describe(row.require, anywhere)}`).join(', and ')}`,
        why: `Where ${rows.length > 2 ? 'all' : 'both'} apply no value of ${names} meets ${rows.length > 2 ? 'all' : 'both'}, so every config fails one of them.`,
        help: 'Limit one of the two with when, kernel, arch or platform, or give the row the name of the inherited one to replace it.',
      });
    }
  }
  return [...faults.values()];
}

/** Conditions that hold on no target, in no version of the platform, for no config. */
export function unreachableFaults(library: Library, profile: Profile): RowFault[] {
  const versions: Known[] = versionsOf(library, profile).map(({ platforms }) => ({
    platform: platforms.get(profile.id),
  }));
  const reaches = (conditions: readonly Condition[]): boolean =>
    versions.some((version) =>
      targetsFor(conditions, library.symbols, version).some((target) =>
        canHold(
          conditions.map((condition) => factOn(condition, target, library.symbols)),
          library.symbols,
        ),
      ),
    );
  return profile.requirements.flatMap((row) => {
    const { applies = always, when = always, require, otherwise } = row;
    const every = [applies, when, require, ...(otherwise === undefined ? [] : [otherwise])];
    const words = (condition: Condition): string => describe(condition, anywhere);
    if (profile.platform === undefined && every.flatMap(leavesOf).some(({ kind }) => kind === 'platform'))
      return [
        unreachable(
          row,
          limitKey(row, 'platform'),
          'it asks for a platform version, and the profile names no platform',
        ),
      ];
    if (!reaches([applies])) return [unreachable(row, limitKey(row), `no target is ${words(applies)}`)];
    if (!reaches([applies, when]))
      return [
        unreachable(row, ['when'], `no target and no config meets ${words({ kind: 'all', of: [applies, when] })}`),
      ];
    return [require, ...(otherwise === undefined ? [] : [otherwise])].flatMap((condition, i) =>
      alternativesIn(condition)
        .filter((each) => !reaches([applies, each]))
        .map((each) =>
          unreachable(row, [i === 0 ? 'require' : 'else'], `the alternative ${words(each)} can never hold here`),
        ),
    );
  });
}

/** Where `applies` comes from: the one key that was named, or the row. */
function limitKey({ applies }: Requirement, wanted?: string): string[] {
  if (wanted !== undefined) return [wanted];
  const kinds = applies === undefined ? [] : leavesOf(applies).map(({ kind }) => kind);
  return kinds.length === 1 ? [kinds[0] as string] : [kinds.includes('kernel') ? 'kernel' : (kinds[0] ?? 'require')];
}

function unreachable(row: Requirement, at: readonly string[], what: string): RowFault {
  return {
    code: 'unreachable',
    severity: 'error',
    row: row.name,
    at,
    message: what,
    why: 'What can never apply is never checked, and looks as if it were.',
    help: 'Correct the range, the architectures or the condition, or leave it out.',
  };
}

/** The members of every any: each must be of some use. */
function alternativesIn(condition: Condition): Condition[] {
  if (condition.kind === 'not') return alternativesIn(condition.of);
  if (condition.kind === 'all') return condition.of.flatMap(alternativesIn);
  return condition.kind === 'any' ? condition.of.flatMap((member) => [member, ...alternativesIn(member)]) : [];
}

/** Rows that say what a row before them in the file, or one that the profile extends, says already. */
export function duplicateFaults(library: Library, profile: Profile): RowFault[] {
  const known = new Map<string, Requirement>();
  for (const parent of profile.extends) {
    const choice = chooseProfile(library, parent);
    for (const row of 'profile' in choice ? choice.requirements : []) known.set(keyOf(row), row);
  }
  return profile.requirements.flatMap((row): RowFault[] => {
    const same = known.get(keyOf(row));
    known.set(keyOf(row), row);
    if (same === undefined) return [];
    // A row of the same name replaces the inherited one: in what else it may say.
    if (same.name === row.name && !saysTheSame(row, same, library)) return [];
    const where = same.profile === profile.id ? `the row ${same.name}` : same.id;
    return [
      {
        code: 'duplicate-row',
        severity: 'warning',
        row: row.name,
        at: [],
        message: `${where} asks for the same under the same condition`,
        why: 'The second of two rows that are one makes the library longer and two places to keep right.',
        help:
          same.profile === profile.id
            ? 'Leave one of them out.'
            : `Leave it out; or, to give another severity or reason, name it ${same.name}, which replaces the inherited row.`,
      },
    ];
  });
}

function saysTheSame(row: Requirement, same: Requirement, library: Library): boolean {
  const words = ({ id, severity, confidence, needs }: Requirement): string =>
    JSON.stringify([severity, confidence, needs, library.textOf(id).reason]);
  return words(row) === words(same);
}

function keyOf({ require, applies, when, otherwise }: Requirement): string {
  return JSON.stringify([require, applies, when, otherwise]);
}

const reference = /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#][!-~]*)?$/i;
const nowhere =
  /^https:\/\/(?:[^/]*\.)?(?:example\.(?:com|org|net)|localhost|[^/]*\.(?:invalid|test|example))(?:[:/?#]|$)/i;

/** References that lead nowhere, as far as that shows without asking the network. */
export function referenceFaults(row: string, references: readonly unknown[]): RowFault[] {
  return references.flatMap((url, i): RowFault[] => {
    const text = String(url);
    const isRepeated = references.indexOf(url) < i;
    const message = !text.startsWith('https://')
      ? `"${text}" is no https address`
      : !reference.test(text) || /[#].*#|%(?![0-9a-f]{2})/i.test(text)
        ? `"${text}" is no well-formed address`
        : nowhere.test(text)
          ? `"${text}" is an address for examples`
          : isRepeated
            ? `"${text}" stands here twice`
            : undefined;
    if (message === undefined) return [];
    const why = 'A rule is worth what its source is worth, and nobody can look this one up.';
    const help = 'Name the page that says so, as https://…';
    return [
      {
        code: 'dead-reference',
        severity: isRepeated ? 'warning' : 'error',
        row,
        at: ['references', i],
        message,
        why,
        help,
      },
    ];
  });
}
