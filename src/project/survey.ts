/** What a repository tells of its kernel configs: which there are, and what its build files say of releases and bases. */
import { type ConfigDocument, settingOf } from '../config/document.ts';
import type { Host } from '../host.ts';
import { readYaml, yamlLimits } from '../profiles/yaml.ts';
import { createSource } from '../source.ts';
import { type Arch, parseArch } from '../target.ts';
import { isConfigName } from './inputs.ts';
import { longterm } from './kernel-list.ts';
import { readDocument } from './read.ts';

export interface FoundConfig {
  readonly path: string;
  readonly kind: 'complete' | 'fragment';
  readonly arch: Arch | undefined;
  readonly release: string | undefined;
  /** True where one of the symbols is on. */
  readonly has: (symbol: string) => boolean;
}

export interface Survey {
  readonly configs: readonly FoundConfig[];
  /** Makefiles, Dockerfiles, scripts and the like. */
  readonly hints: readonly { readonly path: string; readonly text: string }[];
  /** Configs beyond those that were looked at. */
  readonly left: number;
}

const most = { folders: 20_000, configs: 500, hints: 200, hintSize: 256 * 1024 } as const;
const skipped = new Set(['node_modules', '.git', 'target', 'vendor']);
const hintName = /^(?:Makefile|GNUmakefile|Dockerfile.*|README.*|.*\.mk|.*\.sh|justfile|config\.ya?ml|build\.ya?ml)$/i;
/** Symbols that tell what a kernel is for. */
const telling = ['XEN', 'XEN_DOM0', 'XEN_BACKEND', 'KVM_GUEST', 'VIRTIO_MMIO'];

/** Looks at everything below the current folder; kernel trees are left out. */
export function surveyRepository(host: Host): Survey {
  const configs: FoundConfig[] = [];
  const hints: { path: string; text: string }[] = [];
  let left = 0;
  const todo = [''];
  for (let looked = 0; looked < most.folders; looked++) {
    const folder = todo.shift();
    if (folder === undefined) break;
    const names = host.list(folder === '' ? '.' : folder) ?? [];
    if (names.includes('Kconfig') && names.includes('Kbuild')) continue;
    for (const name of names) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const kind = host.linkKind(path);
      if (kind === 'folder' && !skipped.has(name)) todo.push(path);
      if (kind !== 'file') continue;
      if (isConfigName(name)) {
        const config = configs.length < most.configs ? readConfig(path, host) : undefined;
        if (config !== undefined) configs.push(config);
        else if (configs.length === most.configs) left++;
      } else if (hintName.test(name) && hints.length < most.hints) {
        const read = host.readSource(path, { limit: most.hintSize, unzippedLimit: most.hintSize, keep: true });
        if (!('error' in read)) hints.push({ path, text: read.text });
      }
    }
  }
  return { configs: configs.sort((a, b) => (a.path < b.path ? -1 : 1)), hints, left };
}

function readConfig(path: string, host: Host): FoundConfig | undefined {
  const document = readDocument(path, host, { kind: 'auto', stdinName: path, keep: true });
  if (!('scanned' in document)) return undefined;
  const on = new Set(telling.filter((symbol) => isOn(document, symbol)));
  const { arch, release } = document.target;
  return { path, kind: document.kind, arch, release, has: (symbol) => on.has(symbol) };
}

function isOn(document: ConfigDocument, symbol: string): boolean {
  const setting = settingOf(document, symbol);
  return setting.kind === 'set' && (setting.value === 'y' || setting.value === 'm');
}

export interface Told {
  readonly text: string;
  /** The file that says so. */
  readonly from: string;
}

const version = String.raw`v?\d+\.\d+(?:\.\d+)?`;
const assigned = new RegExp(
  String.raw`\b(?:[A-Z0-9]+_)*(?:KERNEL|LINUX)_?VERSIONS?\s*[:?+]?=\s*["']?(${version}(?:[ \t,]+${version})*)`,
  'g',
);

/** Releases that a build file near the configs assigns to a variable such as KERNEL_VERSION. */
export function toldReleases({ hints }: Survey, folder: string): Told | undefined {
  const near = hints.toSorted((a, b) => nearness(b.path, folder) - nearness(a.path, folder));
  for (const { path, text } of near) {
    const found = new Set<string>();
    for (const [, list = ''] of text.matchAll(assigned))
      for (const each of list.split(/[ \t,]+/)) found.add(each.replace(/^v/, ''));
    if (found.size > 0) return { text: [...found].join(', '), from: path };
  }
  return undefined;
}

/** How many folders a path has in common with another. */
function nearness(path: string, folder: string): number {
  const [a, b] = [path.split('/').slice(0, -1), folder.split('/')];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same * 100 - a.length;
}

const namedBase = /\b(allnoconfig|(?:[a-z0-9]+_)*defconfig)\b/;

/** What a line that names the file says it is merged onto; else what the build files near it make first. */
export function toldBase({ hints }: Survey, path: string): Told | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const near = hints.toSorted((a, b) => nearness(b.path, path) - nearness(a.path, path));
  for (const { path: from, text } of near) {
    for (const line of text.split('\n')) {
      const base = line.includes(name) ? namedBase.exec(line.replaceAll(name, ''))?.[1] : undefined;
      if (base !== undefined) return { text: base, from };
    }
  }
  for (const { path: from, text } of near) {
    const base = /\bmake\b[^\n]*?\b(allnoconfig|(?:[a-z0-9]+_)*defconfig)\b/.exec(text)?.[1];
    if (base !== undefined) return { text: base, from };
  }
  return undefined;
}

/** Releases by flavour, as a build matrix in config.yaml bounds them: `lower`, `upper` and `series`. */
export function toldFlavours({ hints }: Survey): ReadonlyMap<string, Told> {
  const found = new Map<string, Told>();
  for (const { path, text } of hints) {
    if (!/\.ya?ml$/.test(path) || text.length > yamlLimits.size) continue;
    const file = readYaml(createSource(path, text));
    const value = 'value' in file ? (file.value as Record<string, unknown> | null) : null;
    const flavours = value?.['flavors'] ?? value?.['flavours'];
    if (!Array.isArray(flavours)) continue;
    const lowest = lowestOf(value?.['versions']);
    for (const flavour of flavours as readonly Record<string, unknown>[]) {
      const name = flavour?.['name'];
      const releases = boundsOf((flavour?.['constraints'] ?? {}) as Record<string, unknown>, lowest);
      if (typeof name === 'string' && releases !== undefined) found.set(name, { text: releases, from: path });
    }
  }
  return found;
}

function lowestOf(versions: unknown): string | undefined {
  const lower = Array.isArray(versions)
    ? versions.map((each) => (each as Record<string, unknown> | null)?.['lower'])
    : [];
  return lower.find((each): each is string => typeof each === 'string');
}

function boundsOf(constraints: Readonly<Record<string, unknown>>, lowest: string | undefined): string | undefined {
  const plain = (each: unknown): each is string => typeof each === 'string' && /^\d+\.\d+(?:\.\d+)?$/.test(each);
  const { series, lower, upper } = constraints as { series?: unknown; lower?: unknown; upper?: unknown };
  const list = (Array.isArray(series) ? series : [series]).filter(plain);
  if (list.length > 0) return list.join(', ');
  const from = plain(lower) ? lower : lowest;
  const to = plain(upper) ? upper : (longterm.at(-1) as string);
  return from === undefined || !plain(from) ? undefined : from === to ? from : `${from}–${to}`;
}

/** The architecture that a build file near the configs sets. */
export function toldArch({ hints }: Survey, folder: string): Told | undefined {
  const near = hints.toSorted((a, b) => nearness(b.path, folder) - nearness(a.path, folder));
  for (const { path, text } of near) {
    const name = /^\s*(?:export\s+|ARG\s+)?(?:KERNEL_)?ARCH\s*[:?]?=\s*["']?([a-z0-9_]+)["']?\s*(?:#.*)?$/m.exec(
      text,
    )?.[1];
    if (name !== undefined && parseArch(name) !== undefined) return { text: name, from: path };
  }
  return undefined;
}

/** A path with `{arch}` for the folder that is named after the config's architecture. */
export function withArch(path: string, arch: Arch | undefined): string {
  return path
    .split('/')
    .map((part, i, all) => (i < all.length - 1 && arch !== undefined && parseArch(part) === arch ? '{arch}' : part))
    .join('/');
}
