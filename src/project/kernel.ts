/** Which model speaks for a kernel: one that ships, one from a file, or one compiled from a tree. */
import type { KernelHost, KernelTree, ReadError } from '../host.ts';
import {
  asOneLine,
  compileKconfig,
  decodeModel,
  dialectOfTools,
  dialectOfVersion,
  fillIn,
  type KconfigProblem,
  type ModelFile,
  ModelFormatError,
  type NamedConfigs,
} from '../kconfig/index.ts';
import { createSource } from '../source.ts';
import { didYouMean } from '../suggest.ts';
import { formatKernelVersion, type KernelVersion, parseArch, parseKernelVersion } from '../target.ts';
import type { UsageError } from './prepare.ts';

/** What make calls an architecture, and the folder under arch/ that it means. */
export interface KernelArch {
  /** The ARCH of the command line: `x86_64`, `arm64` … */
  readonly name: string;
  readonly folder: string;
}

/** The architecture that `--arch` or a config names; undefined where it is none that kernels have. */
export function kernelArch(name: string): KernelArch | undefined {
  if (name === 'x86') return { name, folder: 'x86' };
  const arch = parseArch(name);
  if (arch === undefined) return undefined;
  return { name: arch, folder: arch === 'x86_64' || arch === 'i386' ? 'x86' : arch };
}

const modelArch = ({ folder }: KernelArch): string => (folder === 'x86' ? 'x86_64' : folder);
const seriesOf = (version: KernelVersion): number => Math.floor(version / 1e3);

/** The shipped models for a kernel: one where its series has one, the two between which it lies otherwise. `known` keeps what was read. */
export function shippedModels(
  kernel: KernelVersion,
  arch: KernelArch,
  host: KernelHost,
  known: Map<string, ModelFile> = new Map(),
): ModelFile[] | UsageError {
  const all = host.shippedModels().map((name) => {
    const [, series = '', of = ''] = /^(\d+\.\d+)-(.+)$/.exec(name) ?? [];
    return { name, of, series: parseKernelVersion(series) ?? 0 };
  });
  const own = all.filter((each) => each.of === modelArch(arch)).sort((a, b) => a.series - b.series);
  const has = own.map((each) => formatKernelVersion(each.series)).join(', ');
  if (own.length === 0) {
    const help = `shipped are ${[...new Set(all.map((each) => each.of))].join(', ')}; compile your own with "kconfig-lint model build"`;
    return { message: `no model of ${arch.name} ships with kconfig-lint`, help };
  }
  const wanted = seriesOf(kernel);
  const exact = own.find((each) => seriesOf(each.series) === wanted);
  const below = own.filter((each) => seriesOf(each.series) < wanted).at(-1);
  const above = own.find((each) => seriesOf(each.series) > wanted);
  if (exact === undefined && (below === undefined || above === undefined)) {
    return {
      message: `no model tells of ${formatKernelVersion(kernel)} on ${arch.name}: the shipped ones are ${has}`,
      help: 'name the kernel tree with --tree, or compile it once with "kconfig-lint model build --tree DIR"',
    };
  }
  const chosen = exact === undefined ? [below, above] : [exact];
  const loaded: ModelFile[] = [];
  for (const each of chosen) {
    const before = known.get(each?.name ?? '');
    if (before !== undefined) {
      loaded.push(before);
      continue;
    }
    const read = host.readShippedModel(each?.name ?? '');
    const model = 'error' in read ? read : decode(read, host.checksum);
    if ('message' in model) return model;
    if ('error' in model)
      return {
        message: `the model ${each?.name} cannot be read (${model.detail})`,
        help: 'install kconfig-lint again',
      };
    known.set(each?.name ?? '', model);
    loaded.push(model);
  }
  return loaded;
}

/** With `checksum` for what ships with the program, which wrote it. */
function decode(bytes: Uint8Array, checksum?: KernelHost['checksum']): ModelFile | UsageError {
  try {
    return decodeModel(bytes, checksum);
  } catch (error) {
    if (!(error instanceof ModelFormatError)) throw error;
    return { message: error.message, help: 'compile it again with "kconfig-lint model build"' };
  }
}

/** The model in a file of the user's. */
export function modelInFile(path: string, host: KernelHost): ModelFile | UsageError {
  const read = host.readModel(path);
  if ('error' in read)
    return { path, message: wordsFor(read), help: 'name a file that "kconfig-lint model build" wrote' };
  const model = decode(read);
  return 'message' in model ? { ...model, path } : model;
}

export function wordsFor({ error, detail }: ReadError): string {
  const words: Partial<Record<ReadError['error'], string>> = {
    missing: 'no such file',
    denied: 'permission denied',
    folder: 'this is a folder',
    'not-regular': detail,
    'too-large': `too large: ${detail}`,
  };
  return words[error] ?? `it cannot be read (${detail})`;
}

/** Variables that hold what the toolchain is; models leave them open. */
const toolVariables = ['CC_VERSION_TEXT', 'RUSTC_VERSION_TEXT', 'RUSTC_LLVM_VERSION', 'PAHOLE_VERSION'];

/** The release as the tree's Makefile spells it; empty where it does not. */
export function releaseOfTree(tree: KernelTree): string {
  const makefile = tree.read('Makefile') ?? '';
  const get = (name: string): string => new RegExp(`^${name} *= *(.*)$`, 'm').exec(makefile)?.[1]?.trim() ?? '';
  const version = get('VERSION');
  return version === '' ? '' : `${version}.${get('PATCHLEVEL')}.${get('SUBLEVEL')}${get('EXTRAVERSION')}`;
}

/** What kbuild puts into the environment of its Kconfig tools; `variables` win, as they do on make's command line. */
export function kbuildEnvironment(
  release: string,
  arch: KernelArch,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const cross = variables['CROSS_COMPILE'] ?? '';
  const cc = variables['CC'] ?? `${cross}gcc`;
  const defaults: Record<string, string> = {
    srctree: '.',
    ARCH: arch.name,
    SRCARCH: arch.folder,
    KERNELVERSION: release,
    CC: cc,
    LD: `${cross}ld`,
    HOSTCC: 'gcc',
    HOSTCXX: 'g++',
    NM: `${cross}nm`,
    AR: `${cross}ar`,
    OBJCOPY: `${cross}objcopy`,
    OBJDUMP: `${cross}objdump`,
    CPP: `${cc} -E`,
    PAHOLE: 'pahole',
    RUSTC: 'rustc',
    RUSTDOC: 'rustdoc',
    BINDGEN: 'bindgen',
  };
  for (const name of Object.keys(defaults)) {
    const given = name === 'ARCH' || name === 'SRCARCH' || name === 'srctree' ? undefined : variables[name];
    if (given !== undefined) defaults[name] = given;
  }
  return defaults;
}

export interface TreeOptions {
  readonly arch: KernelArch;
  readonly environment: Readonly<Record<string, string>>;
  /** Ask the shell; without it every answer of the toolchain stays open. */
  readonly allowShell: boolean;
  /** For people: where the tree is from. */
  readonly source: string;
  /** The first file, where it is not `Kconfig`. */
  readonly path?: string;
}

export interface CompiledTree {
  /** Undefined where the kernel's own tools would refuse the tree. */
  readonly file: ModelFile | undefined;
  readonly problems: readonly KconfigProblem[];
}

/** Compiles a tree, with its defconfigs and the fragments of kernel/configs. */
export function compileTree(
  tree: KernelTree,
  { arch, environment, allowShell, source, path = 'Kconfig' }: TreeOptions,
): CompiledTree {
  const release = environment['KERNELVERSION'] ?? '';
  const version = parseKernelVersion(release);
  const dialect =
    dialectOfTools((name) => tree.read(`scripts/kconfig/${name}`)) ??
    dialectOfVersion(version === undefined ? Number.POSITIVE_INFINITY : seriesOf(version));
  const open = new Set(arch.folder === 'x86' ? ['ARCH', ...toolVariables] : toolVariables);
  const answered: Record<string, string> = { ...environment };
  if (allowShell)
    answered['CC_VERSION_TEXT'] = asOneLine(
      tree.shell(`LC_ALL=C ${environment['CC']} --version 2>/dev/null | head -n 1`, environment),
    );
  const { model, problems } = compileKconfig({
    path,
    read: tree.read,
    match: tree.match,
    dialect,
    answer: ({ kind, text }) => {
      if (!allowShell) return undefined;
      return kind === 'shell' ? asOneLine(tree.shell(text, answered)) : (answered[text] ?? '');
    },
    environment: (name) => environment[name],
    openVariables: open,
    release,
    arch: modelArch(arch),
  });
  if (model === undefined) return { file: undefined, problems };
  const configs = configsOf(tree, arch);
  const unread = tree.unread?.();
  // Less than the whole tree is another kernel.
  if (unread !== undefined) return { file: undefined, problems: [...problems, unreadProblem(path, unread)] };
  return { file: { model, configs, toolchains: {}, source }, problems };
}

function unreadProblem(path: string, unread: string): KconfigProblem {
  const location = { source: createSource(path, ''), span: { start: 0, end: 0 } };
  return {
    code: 'missing-file',
    severity: 'error',
    message: `the tree cannot be read as a whole: ${unread}`,
    location,
  };
}

/** Lines that set something; the rest of a defconfig is of no use here. */
function settingsOf(text: string): string {
  const lines = text.split('\n').filter((line) => /^CONFIG_\w+=|^# CONFIG_\w+ is not set$/.test(line));
  return `${lines.join('\n')}\n`;
}

function configsOf(tree: KernelTree, { folder }: KernelArch): NamedConfigs {
  const configs: Record<string, string> = {};
  for (const pattern of [`arch/${folder}/configs/*`, 'kernel/configs/*']) {
    for (const path of tree.match(pattern)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const text = /defconfig$|\.config$/.test(name) ? tree.read(path) : undefined;
      if (text !== undefined) configs[name] ??= settingsOf(text);
    }
  }
  const standard = folder === 'x86' ? 'x86_64_defconfig' : folder === 'arm' ? 'multi_v7_defconfig' : 'defconfig';
  const text = configs[standard];
  if (text !== undefined) configs['defconfig'] = text;
  return configs;
}

/** Answers of a toolchain for a model of the user's, as far as shipped models were asked the same. */
export function withToolchains(file: ModelFile, host: KernelHost): ModelFile {
  if (file.model.questions.length === 0) return file;
  const known = new Map<string, Map<string, string | null>>();
  for (const name of host.shippedModels()) {
    if (!name.endsWith(`-${file.model.arch}`)) continue;
    const read = host.readShippedModel(name);
    const shipped = 'error' in read ? read : decode(read);
    if (!('model' in shipped)) continue;
    for (const [toolchain, answers] of Object.entries(shipped.toolchains)) {
      const table = known.get(toolchain) ?? new Map<string, string | null>();
      keysOf(shipped).forEach((key, i) => void table.set(key, answers[i] ?? null));
      known.set(toolchain, table);
    }
  }
  const toolchains: Record<string, readonly (string | null)[]> = { ...file.toolchains };
  for (const [toolchain, table] of known) {
    toolchains[toolchain] ??= keysOf(file).map((key) => table.get(key) ?? null);
  }
  return { ...file, toolchains };
}

/** Questions with those that they contain spelled out, so that they are the same for every model. */
function keysOf({ model }: ModelFile): string[] {
  const keys: string[] = [];
  for (const { kind, text } of model.questions) keys.push(`${kind} ${fillIn(text, keys)}`);
  return keys;
}

/** "there is no config tiny_defconfig", with the nearest ones. */
export function unknownName(message: string, name: string, known: readonly string[]): UsageError {
  const near = didYouMean(name, known);
  return { message, help: near === '' ? `there are ${known.slice(0, 20).join(', ') || 'none'}` : near };
}
