/** One bundle being looked at: its files, what was found out so far, and the findings. */
import { textOf } from '../../artifacts/archive/bytes.ts';
import { type ArchiveFault, isFault } from '../../artifacts/archive/fault.ts';
import { type FileView, readFile, resolveFile } from '../../artifacts/archive/view.ts';
import type { ConfigDocument } from '../../config/document.ts';
import type { Finding, Related, RuleInfo, Severity } from '../../finding.ts';
import { createSource, type Location, type SourceText, type Span } from '../../source.ts';
import type { Arch, KernelVersion } from '../../target.ts';
import type { KernelFormat, Layout } from './layouts.ts';
import { bundleRules } from './rules.ts';

/** What a kernel image says of itself. */
export interface KernelFacts {
  readonly format: KernelFormat;
  /** In words: `an ELF file`, `a bzImage`. */
  readonly formatInWords: string;
  readonly arch: Arch | undefined;
  /** `6.12.0-edera-zone`. */
  readonly release: string | undefined;
  /** The text of the config that is embedded. */
  readonly config: Uint8Array | undefined;
}

/** One thing that says for which architecture, or of which release, something is. */
export interface Claim<T> {
  /** `kernel/metadata says KERNEL_ARCH=x86_64`. */
  readonly words: string;
  readonly value: T;
  readonly location: Location;
}

export interface Said {
  readonly severity?: Severity;
  readonly expected?: string;
  readonly actual?: string;
  readonly symbol?: string;
  readonly advice?: readonly string[];
  readonly related?: readonly Related[];
}

export interface Inspection {
  readonly view: FileView;
  readonly layout: Layout;
  /** True for a container image, false for a folder or an archive that may be one part of it. */
  readonly isImage: boolean;
  readonly findings: Finding[];
  readonly archs: Claim<Arch>[];
  readonly versions: Claim<KernelVersion>[];
  kernel: KernelFacts | undefined;
  kernelPath: string | undefined;
  initrdPath: string | undefined;
  /** What the platform would build with; the first is that of the kernel. */
  readonly configs: ConfigDocument[];
  readonly say: (rule: RuleInfo, location: Location, message: string, said?: Said) => void;
  /** A place in a file of the bundle; without a span its start. */
  readonly at: (path: string, span?: Span) => Location;
  /** Text of a file; undefined where it cannot be read, which is then said. */
  readonly text: (path: string, limit: number) => SourceText | undefined;
  /** Bytes of a file, or its start; undefined where it cannot be read, which is then said. */
  readonly bytes: (path: string, limit: number, isStartEnough?: boolean) => Uint8Array | undefined;
  readonly has: (path: string) => boolean;
  readonly sha256: (path: string) => string | ArchiveFault;
}

const start: Span = { start: 0, end: 0 };

export function createInspection(
  view: FileView,
  layout: Layout,
  isImage: boolean,
  digest: (path: string) => string | ArchiveFault,
): Inspection {
  const sources = new Map<string, SourceText>();
  const findings: Finding[] = [];
  const sourceOf = (path: string): SourceText => {
    let source = sources.get(path);
    if (source === undefined) {
      source = sourceIn(view, path, '');
      sources.set(path, source);
    }
    return source;
  };
  const at = (path: string, span = start): Location => ({ source: sourceOf(path), span });
  const say: Inspection['say'] = (general, location, message, said = {}) => {
    const rule = forLayout(general, layout);
    findings.push({
      related: [],
      advice: [],
      sameAs: [],
      ...said,
      severity: said.severity ?? rule.severity,
      rule,
      message,
      location,
    });
  };
  const bytes = (path: string, limit: number, isStartEnough = false): Uint8Array | undefined => {
    const read = readFile(view, path, limit, isStartEnough);
    if (!isFault(read)) return read;
    const rule = read.fault === 'missing' ? bundleRules.missingFile : bundleRules.unreadableFile;
    say(rule, at(path), read.message, { advice: [] });
    return undefined;
  };
  return {
    view,
    layout,
    isImage,
    findings,
    archs: [],
    versions: [],
    kernel: undefined,
    kernelPath: undefined,
    initrdPath: undefined,
    configs: [],
    say,
    at,
    bytes,
    text: (path, limit) => {
      const read = bytes(path, limit);
      if (read === undefined) return undefined;
      const source = sourceIn(view, path, textOf(read));
      sources.set(path, source);
      return source;
    },
    has: (path) => !isFault(resolveFile(view, path)),
    sha256: (path) => {
      const found = resolveFile(view, path);
      return isFault(found) ? found : digest(found.path);
    },
  };
}

const ofLayout = new WeakMap<Layout, Map<RuleInfo, RuleInfo>>();

/** A rule that several layouts share, with the document of this one first. */
function forLayout(rule: RuleInfo, layout: Layout): RuleInfo {
  const { reference } = layout;
  if (rule.references[0] === reference || !rule.references.includes(reference)) return rule;
  const known = ofLayout.get(layout) ?? new Map<RuleInfo, RuleInfo>();
  ofLayout.set(layout, known);
  const made = known.get(rule) ?? {
    ...rule,
    references: [reference, ...rule.references.filter((each) => each !== reference)],
  };
  known.set(rule, made);
  return made;
}

/** How a file of a bundle is written: `bundle.tar!kernel/image`; in a folder it is simply its path. */
export function pathIn({ name, isClosed }: FileView, path: string): string {
  if (path === '') return name;
  return isClosed ? `${name}!${path}` : name === '.' ? path : `${name}/${path}`;
}

/** SARIF and editors know of the file on disk alone. */
function sourceIn(view: FileView, path: string, text: string): SourceText {
  const source = createSource(pathIn(view, path), text);
  return view.isClosed ? { ...source, container: view.container } : source;
}

/** Paths in a view that match a pattern with `*` for a part of a name; sorted. */
export function matching(view: FileView, pattern: string): string[] {
  let found = [''];
  for (const part of pattern.split('/')) {
    const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);
    if (!part.includes('*')) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const [before = '', after = ''] = part.split('*');
    const fits = (name: string) =>
      name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
    found = found.flatMap((folder) =>
      namesOf(view, folder)
        .filter(fits)
        .map((name) => join(folder, name)),
    );
  }
  return found.filter((path) => !isFault(resolveFile(view, path)));
}

function namesOf(view: FileView, folder: string): readonly string[] {
  return view.namesIn(folder);
}
