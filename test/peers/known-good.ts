/** Kernels that distributions ship raise no error in the profiles they are known to serve, but for exceptions that data explains. */
import type { ConfigDocument } from '../../src/config/document.ts';
import { lint } from '../../src/lint.ts';
import { matchesName } from '../../src/profiles/condition.ts';
import { chooseProfile, type Library } from '../../src/profiles/profile.ts';
import type { BootFact } from '../../src/target.ts';

/** An error that is right although the kernel serves. */
interface Exception {
  readonly rules: readonly string[];
  readonly configs: readonly string[];
  readonly why: string;
}

/** Kernels that serve some platforms. */
export interface KnownGood {
  readonly configs: readonly string[];
  readonly profiles: readonly string[];
  readonly boot: readonly BootFact[];
  readonly why: string;
  readonly exceptions: readonly Exception[];
}

export interface KnownGoodOutcome {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  /** How many pairs of config and profile each entry came to. */
  readonly counts: readonly number[];
}

type Fields = Readonly<Record<string, unknown>>;
const list = (entry: Fields, key: string): string[] => {
  const given = entry[key];
  return given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(String);
};

export function readKnownGood(value: unknown): KnownGood[] {
  if (!Array.isArray(value)) throw new Error('the list of kernels that are known to serve is not a list');
  return value.map((entry: Fields) => ({
    configs: list(entry, 'configs'),
    profiles: list(entry, 'profiles'),
    boot: list(entry, 'boot') as BootFact[],
    why: String(entry['why']),
    exceptions: ((entry['exceptions'] as readonly Fields[] | undefined) ?? []).map((each) => ({
      rules: list(each, 'rules'),
      configs: list(each, 'configs').length === 0 ? ['*'] : list(each, 'configs'),
      why: String(each['why']),
    })),
  }));
}

interface Named {
  readonly name: string;
  readonly document: ConfigDocument;
}

export function judgeKnownGood(
  entries: readonly KnownGood[],
  configs: readonly Named[],
  library: Library,
  isFull: boolean,
): KnownGoodOutcome {
  const lines: string[] = [];
  const counts: number[] = [];
  let passed = 0;
  let failed = 0;
  for (const entry of entries) {
    const used = new Set<Exception>();
    const chosen = configs.filter(({ name }) => entry.configs.some((pattern) => matchesName(pattern, name)));
    for (const config of chosen) {
      for (const profile of entry.profiles) {
        const bad = errorsOf(config.document, profile, entry.boot, library).filter((rule) => {
          const exception = entry.exceptions.find(
            ({ rules, configs: names }) =>
              rules.some((pattern) => matchesName(pattern, rule)) &&
              names.some((pattern) => matchesName(pattern, config.name)),
          );
          if (exception !== undefined) used.add(exception);
          return exception === undefined;
        });
        if (bad.length === 0) passed++;
        else {
          failed++;
          lines.push(`NOT GOOD ${config.name} ${profile}: ${bad.join(' ')}`);
        }
      }
    }
    counts.push(chosen.length * entry.profiles.length);
    if (!isFull) continue;
    for (const pattern of entry.configs.filter((each) => !configs.some(({ name }) => matchesName(each, name)))) {
      failed++;
      lines.push(`STALE: no config is called ${pattern}`);
    }
    for (const exception of entry.exceptions.filter((each) => !used.has(each))) {
      failed++;
      lines.push(`STALE: nothing needs the exception for ${exception.rules.join(', ')} (${entry.profiles.join(', ')})`);
    }
  }
  lines.push(
    `known to serve: ${passed} pairs of config and profile without an error that nothing explains, ${failed} not`,
  );
  return { lines, passed, failed, counts };
}

function errorsOf(document: ConfigDocument, name: string, boot: readonly BootFact[], library: Library): string[] {
  const choice = chooseProfile(library, name);
  if (!('profile' in choice)) throw new Error(choice.message);
  const { findings } = lint({ document, library, checks: [], profiles: [choice], boot: new Set(boot) });
  return findings
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ rule, sameAs }) => [rule, ...sameAs].map(({ id }) => id));
}
