/** What the options of a run mean: target, boot facts and profiles; or what is wrong with them. */

import type { KindChoice } from '../config/kind.ts';
import type { RuleInfo } from '../finding.ts';
import { ruleOf } from '../profiles/evaluate.ts';
import { type ChosenProfile, chooseProfile, type Library } from '../profiles/profile.ts';
import { didYouMean } from '../suggest.ts';
import {
  type BootFact,
  bootFacts,
  formatKernelVersion,
  knownArchNames,
  parseArch,
  parseKernelVersion,
  type Target,
} from '../target.ts';
import { listOption, type RawOptions, textOption } from './raw-options.ts';

export interface Options {
  readonly profiles: readonly string[];
  readonly kernel?: string;
  readonly arch?: string;
  readonly kind: KindChoice;
  readonly boot: readonly string[];
}

/** The invocation is wrong: nothing is checked. */
export interface UsageError {
  readonly message: string;
  readonly help: string;
  /** In a profile of the user's. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Prepared {
  readonly target: Target;
  readonly boot: ReadonlySet<BootFact>;
  readonly bootDenied: ReadonlySet<BootFact>;
  readonly chosen: readonly ChosenProfile[];
  readonly library: Library;
}

/** Loads the library with the user's own profiles in it: paths in, names to choose out. */
export type LoadLibrary = (
  paths: readonly string[],
) => { readonly library: Library; readonly names: readonly string[] } | readonly UsageError[];

/** A profile named by path rather than by id. */
export function isProfilePath(choice: string): boolean {
  return choice.includes('/') || /\.ya?ml$/i.test(choice);
}

/** Without a profile nobody asks the library anything. */
const nothingLoaded = {
  library: {
    profiles: new Map(),
    symbols: new Map(),
    textOf: () => ({ reason: '', references: [] }),
  } satisfies Library,
  names: [],
};

export function prepare(options: Options, load: LoadLibrary): Prepared | readonly UsageError[] {
  const errors: UsageError[] = [];
  const target = targetOf(options, errors);
  const { boot, bootDenied } = bootOf(options.boot, errors);
  const loaded = options.profiles.length === 0 ? nothingLoaded : load(options.profiles.filter(isProfilePath));
  if (!('library' in loaded)) return [...errors, ...loaded];
  const { library } = loaded;
  const names = options.profiles.filter((choice) => !isProfilePath(choice));
  const wanted = [
    ...names.flatMap((name) => (name === 'all' ? [...library.profiles.keys()] : [name])),
    ...loaded.names,
  ];
  const chosen: ChosenProfile[] = [];
  for (const name of new Set(wanted)) {
    const choice = chooseProfile(library, name);
    if ('profile' in choice) chosen.push(choice);
    else {
      const [id = name] = name.split('@');
      const near = library.profiles.has(id) ? '' : didYouMean(id, library.profiles.keys());
      errors.push({ message: choice.message, help: near === '' ? choice.help : near });
    }
  }
  return errors.length > 0 ? errors : { target, boot, bootDenied, chosen, library };
}

function targetOf({ kernel, arch }: Options, errors: UsageError[]): Target {
  const version = kernel === undefined ? undefined : parseKernelVersion(kernel);
  if (kernel !== undefined && version === undefined) {
    errors.push({
      message: `"${kernel}" is not a kernel version`,
      help: 'write it like --kernel 6.12 or --kernel 5.10.252',
    });
  }
  const parsed = arch === undefined ? undefined : parseArch(arch);
  if (arch !== undefined && parsed === undefined) {
    const near = didYouMean(arch, knownArchNames());
    errors.push({
      message: `"${arch}" is not an architecture`,
      help: near === '' ? 'write for example --arch x86_64 or --arch arm64' : near,
    });
  }
  return {
    ...(version === undefined
      ? {}
      : { kernel: version, release: formatKernelVersion(version), kernelFrom: '--kernel' }),
    ...(parsed === undefined ? {} : { arch: parsed, archFrom: '--arch' }),
  };
}

function bootOf(words: readonly string[], errors: UsageError[]) {
  const boot = new Set<BootFact>();
  const bootDenied = new Set<BootFact>();
  const known: readonly string[] = bootFacts;
  for (const name of words) {
    const denied = name.startsWith('no-') ? name.slice(3) : name === 'modules' ? 'no-modules' : '';
    if (known.includes(name)) boot.add(name as BootFact);
    else if (known.includes(denied)) bootDenied.add(denied as BootFact);
    else {
      const all = [...known, 'no-initrd', 'no-pci', 'no-cgroup-v1', 'modules'];
      const near = didYouMean(name, all);
      errors.push({ message: `"${name}" is not a boot fact`, help: near === '' ? `one of ${all.join(', ')}` : near });
    }
  }
  for (const fact of boot)
    if (bootDenied.has(fact))
      errors.push({
        message: `--boot says both that there is ${fact} and that there is not`,
        help: 'leave one of them out',
      });
  return { boot, bootDenied };
}

/** The rules of the chosen profiles, each once. */
export function rulesOf({ chosen, library }: Prepared): RuleInfo[] {
  const rules = new Map<string, RuleInfo>();
  for (const { requirements } of chosen) {
    for (const requirement of requirements) {
      if (!rules.has(requirement.id)) rules.set(requirement.id, ruleOf(requirement, library));
    }
  }
  return [...rules.values()];
}

/** The options of a run that `prepare` looks at. */
export function projectOptions(raw: RawOptions): Options {
  const kernel = textOption(raw, 'kernel');
  const arch = textOption(raw, 'arch');
  return {
    profiles: listOption(raw, 'profile'),
    boot: listOption(raw, 'boot'),
    kind: (textOption(raw, 'kind') ?? 'auto') as Options['kind'],
    ...(kernel === undefined ? {} : { kernel }),
    ...(arch === undefined ? {} : { arch }),
  };
}
