/** A project file made of what a repository shows: groups, what they stack on, releases, bases and platforms. */
import { parseArch } from '../target.ts';
import {
  type FoundConfig,
  type Survey,
  type Told,
  toldArch,
  toldBase,
  toldFlavours,
  toldReleases,
  withArch,
} from './survey.ts';

export interface GuessedGroup {
  readonly name: string;
  readonly pattern: string;
  readonly configs: readonly FoundConfig[];
  readonly stackOn?: string;
  readonly kernels?: Told;
  /** Where the files do not tell it themselves. */
  readonly arches?: Told;
  readonly base?: Told;
  readonly profiles?: Told;
}

export function guessGroups(survey: Survey): readonly GuessedGroup[] {
  const byPattern = new Map<string, FoundConfig[]>();
  for (const config of survey.configs) {
    const pattern = patternOf(config);
    byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), config]);
  }
  const names = new Set<string>();
  const nameOf = new Map<string, string>();
  // The higher a file lies, the shorter is its name.
  for (const pattern of [...byPattern.keys()].sort((a, b) => a.split('/').length - b.split('/').length)) {
    const name = nameFor(pattern, names);
    names.add(name);
    nameOf.set(pattern, name);
  }
  // What others stack on has the shorter name, and comes first.
  const order = ({ name, pattern }: Plain): string => `${folder(pattern)}\0${name}`;
  const plain = [...byPattern]
    .map(([pattern, configs]): Plain => ({ name: nameOf.get(pattern) ?? pattern, pattern, configs }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const flavours = toldFlavours(survey);
  return plain.map((group) => {
    const below = isFragment(group) ? lowerOf(group, plain) : undefined;
    const kernels = isFragment(group) ? releasesFor(group, survey, flavours) : undefined;
    const inherited = below === undefined ? undefined : releasesFor(below, survey, flavours);
    const base = isFragment(group) && below === undefined ? toldBase(survey, group.configs[0]?.path ?? '') : undefined;
    const profiles = below === undefined ? profileFor(group, survey) : undefined;
    const isOpen = below === undefined && lacksArch(group);
    const arches = isOpen ? toldArch(survey, group.configs[0]?.path ?? '') : undefined;
    return {
      ...group,
      ...(below === undefined ? {} : { stackOn: below.name }),
      ...(kernels === undefined || kernels.text === inherited?.text ? {} : { kernels }),
      ...(arches === undefined ? {} : { arches }),
      ...(base === undefined ? {} : { base }),
      ...(profiles === undefined ? {} : { profiles }),
    };
  });
}

type Plain = Pick<GuessedGroup, 'name' | 'pattern' | 'configs'>;

export function isFragment({ configs }: Plain): boolean {
  return configs.some(({ kind }) => kind === 'fragment');
}

/** True where nothing of a file says what architecture it is for. */
export function lacksArch({ configs }: Plain): boolean {
  return configs.some(({ arch }) => arch === undefined);
}

/** Complete configs that differ by release or architecture alone are one group; so are fragments by the folder of their architecture. */
function patternOf({ path, kind, release, arch }: FoundConfig): string {
  const folders = withArch(path, arch);
  if (kind === 'fragment' || release === undefined) return folders;
  const cut = folders.lastIndexOf('/') + 1;
  const name = folders
    .slice(cut)
    .replace(/\d+\.\d+(?:\.\d+)?/, '*')
    .split('-')
    .map((word) => (arch === undefined || parseArch(word) !== arch || folders.includes('{arch}') ? word : '{arch}'))
    .join('-');
  return folders.slice(0, cut) + name;
}

function nameFor(pattern: string, taken: ReadonlySet<string>): string {
  const parts = pattern.split('/');
  const stem = (parts.pop() ?? '')
    .replace(/\{arch\}|\*/g, '')
    .replace(/(?:\.fragment)?\.config$|\.fragment$|_?defconfig$|^config(?=-|$)|^\.config$/g, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const folders = parts
    .filter((part) => !/\{arch\}|^(?:configs?|kernel|linux|fragments)$/i.test(part))
    .map((part) => part.replace(/[^A-Za-z0-9]+/g, '-'));
  const words = stem === '' || stem === 'linux' ? [folders.at(-1) ?? 'kernel'] : [stem];
  for (const folder of [...folders].reverse()) {
    if (!taken.has(words.join('-'))) break;
    if (!words.includes(folder)) words.unshift(folder);
  }
  let name = words.join('-').replace(/^-+/, '') || 'kernel';
  for (let i = 2; taken.has(name); i++) name = `${words.join('-')}-${i}`;
  return name;
}

const folder = (pattern: string): string => pattern.slice(0, pattern.lastIndexOf('/') + 1);

/** The group whose name this one's starts with, in the same folder: `zone` below `zone-amdgpu`. */
function lowerOf(group: Plain, all: readonly Plain[]): Plain | undefined {
  const arches = group.configs.map(({ arch }) => arch);
  return all
    .filter(
      (other) =>
        other !== group &&
        folder(other.pattern) === folder(group.pattern) &&
        group.name.startsWith(`${other.name}-`) &&
        arches.every((arch) => other.configs.some((config) => config.arch === arch)) &&
        // Only what calls itself a fragment of the other; two flavours may begin with the same word.
        (/\.fragment/.test(group.pattern) || !/\.fragment/.test(other.pattern)) &&
        /\.fragment/.test(group.pattern),
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
}

function releasesFor({ name, configs }: Plain, survey: Survey, flavours: ReadonlyMap<string, Told>): Told | undefined {
  if (configs.every(({ release }) => release !== undefined)) return undefined;
  return flavours.get(name) ?? toldReleases(survey, configs[0]?.path ?? '');
}

/** The platform that names and symbols speak of. */
function profileFor({ name, pattern, configs }: Plain, { hints }: Survey): Told | undefined {
  const words = `${pattern} ${name}`.toLowerCase();
  const told = (test: RegExp): string | undefined =>
    hints.find(({ path, text }) => test.test(path) || test.test(text))?.path;
  const has = (symbol: string): boolean => configs.some((config) => config.has(symbol));
  const liquid = told(/liquidmetal|flintlock|capmvm/i);
  const isLiquid = liquid !== undefined || /liquidmetal|flintlock/.test(words);
  const guess = (text: string): Told => ({ text, from: 'its name' });
  if (/firecracker/.test(words)) return guess(isLiquid ? 'liquidmetal-firecracker' : 'firecracker-guest');
  if (/cloud-?hypervisor/.test(words))
    return guess(isLiquid ? 'liquidmetal-cloud-hypervisor' : 'cloud-hypervisor-guest');
  if (/virtink/.test(words)) return guess('virtink');
  if (/kubevirt/.test(words)) return guess('kubevirt-guest');
  if (/\bkata\b/.test(words)) return guess('kata-guest');
  if (/(?:^|\W)vz(?:\W|$)/.test(words)) return guess(/container/.test(words) ? 'vz-container' : 'vz-developer');
  if (has('XEN')) {
    const edera = told(/edera|krata/i) !== undefined || configs.some(({ path }) => /edera|krata/i.test(path));
    const isHost = has('XEN_DOM0') || has('XEN_BACKEND') ? /host|dom0/.test(words) : false;
    const text =
      edera || /(?:^|\W)zone(?:\W|$)/.test(words)
        ? isHost
          ? 'krata-host'
          : 'krata-zone'
        : isHost
          ? 'xen-dom0'
          : 'xen-guest';
    return { text, from: 'CONFIG_XEN' };
  }
  if (/microvm/.test(words)) return guess('qemu-microvm');
  if (/k3s/.test(words)) return guess('k3s');
  if (/k8s|kubernetes/.test(words)) return guess('kubernetes-node');
  return undefined;
}

/** The project file. Guesses are marked as such, with what they are made from. */
export function projectText(groups: readonly GuessedGroup[]): string {
  let text = `# yaml-language-server: $schema=https://kconfig-lint.dev/schemas/project.json
# Which files are what, for kconfig-lint: a run without files checks all of them, each for every kernel and architecture.
# docs/project-file.md describes the format; "kconfig-lint --print-config FILE" shows what holds for a file.
files:
`;
  for (const group of groups) {
    const { name, pattern, stackOn, kernels, arches, base, profiles, configs } = group;
    text += `  ${name}:\n    paths: ${scalar(pattern)}\n`;
    if (stackOn !== undefined) text += `    stack-on: ${stackOn}\n`;
    if (base !== undefined) text += `    base: ${scalar(base.text)}  # ${base.from}\n`;
    if (kernels !== undefined) text += `    kernels: ${list(kernels.text)}  # ${kernels.from}\n`;
    else if (stackOn === undefined && configs.some(({ release }) => release === undefined))
      text += '    # kernels: 6.1–6.18\n';
    if (arches !== undefined) text += `    arches: ${list(arches.text)}  # ${arches.from}\n`;
    else if (stackOn === undefined && lacksArch(group)) text += '    # arches: x86_64\n';
    if (profiles !== undefined) text += `    profiles: ${list(profiles.text)}  # ${profiles.from}\n`;
    else if (stackOn === undefined) text += '    # profiles: "kconfig-lint profiles" lists them\n';
  }
  return text;
}

function list(text: string): string {
  const words = text.split(',').map((word) => word.trim());
  return words.length === 1 ? scalar(words[0] as string) : `[${words.map(scalar).join(', ')}]`;
}

/** Plain where YAML takes it so. */
function scalar(text: string): string {
  return /^[A-Za-z0-9._/][\w.@{}*/–-]*$/.test(text) ? text : JSON.stringify(text);
}
