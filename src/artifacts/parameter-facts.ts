/** How parameters behave, as rules/parameters says: which override which, what they say of the boot, who else reads them. */
import { matchesTrait, parameterName } from '../traits.ts';

export interface ParameterFacts {
  readonly repeated: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly boot: readonly { readonly cmdline: string | readonly string[]; readonly facts: readonly string[] }[];
  readonly instead: Readonly<Record<string, string>>;
  readonly userspace: readonly string[];
}

type Named = { readonly name: string; readonly value?: string | undefined };

const matches = (patterns: readonly string[], { name, value }: Named): boolean =>
  patterns.some((pattern) => matchesTrait(pattern, { name, value }));

/** Of parameters that override one another the last one counts. */
export interface Effect<T> {
  readonly counting: readonly T[];
  readonly overridden: readonly { readonly parameter: T; readonly by: T }[];
}

export function effectOf<T extends Named>(parameters: readonly T[], { repeated, groups }: ParameterFacts): Effect<T> {
  const last = new Map<string, T>();
  const keyOf = ({ name }: T): string => {
    const group = groups.findIndex((names) => names.some((each) => parameterName(each) === name));
    return group === -1 ? name : `group ${group}`;
  };
  const isRepeated = (parameter: T): boolean => matches(repeated, { name: parameter.name, value: undefined });
  for (const parameter of parameters) if (!isRepeated(parameter)) last.set(keyOf(parameter), parameter);
  const counting: T[] = [];
  const overridden: { parameter: T; by: T }[] = [];
  for (const parameter of parameters) {
    const by = last.get(keyOf(parameter));
    if (by === undefined || by === parameter || isRepeated(parameter)) counting.push(parameter);
    else overridden.push({ parameter, by });
  }
  return { counting, overridden };
}

/** Words as `--boot` takes them. */
export function bootFactsOf(parameters: readonly Named[], { boot }: ParameterFacts): string[] {
  const found = boot.flatMap(({ cmdline, facts }) => {
    const patterns = typeof cmdline === 'string' ? [cmdline] : cmdline;
    return parameters.some((parameter) => matches(patterns, parameter)) ? facts : [];
  });
  return [...new Set(found)];
}

export function isForUserspace(parameter: Named, { userspace }: ParameterFacts): boolean {
  return matches(userspace, parameter);
}

/** What to do instead of writing a parameter, ready to follow a semicolon. */
export function insteadOf(name: string, { instead }: ParameterFacts): string | undefined {
  const key = Object.keys(instead).find((each) => parameterName(each) === name);
  return key === undefined ? undefined : instead[key];
}
