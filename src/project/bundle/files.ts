/** The files of a layout: that they are there, and that the kernel is one that the platform starts. */
import { isFault } from '../../artifacts/archive/fault.ts';
import { archiveLimits } from '../../artifacts/archive/limits.ts';
import { type FileView, filesOf, resolveFile } from '../../artifacts/archive/view.ts';
import { type Arch, parseKernelVersion } from '../../target.ts';
import { type Inspection, type KernelFacts, matching } from './inspection.ts';
import { bundleRules } from './rules.ts';

/** Where the user says that the files are. */
export interface FileChoice {
  readonly kernelPath: string | undefined;
  readonly initrdPath: string | undefined;
}

export function inspectEntries({ view, say, at }: Inspection): void {
  for (const { fault, message, path } of view.faults)
    say(
      fault === 'unsafe-path' ? bundleRules.unsafeEntry : bundleRules.unreadableFile,
      at(''),
      `The archive is not sound: ${message}`,
      path === undefined ? {} : { actual: path },
    );
  for (const path of view.duplicates) say(bundleRules.duplicateEntry, at(path), `${path} stands in one layer twice`);
}

/** True where what is missing makes all else idle talk. */
export function inspectFiles(inspection: Inspection, { kernelPath, initrdPath }: FileChoice): boolean {
  const { layout, has, say, at, view } = inspection;
  inspection.kernelPath = choose(inspection, kernelPath, layout.kernels);
  inspection.initrdPath = choose(inspection, initrdPath, layout.initrds);
  for (const { path, what } of layout.files) {
    if (has(path)) continue;
    const found = resolveFile(view, path);
    say(
      bundleRules.missingFile,
      at(path),
      `${isFault(found) ? found.message : path}${isFault(found) && found.fault === 'missing' ? ` (${what})` : ''}`,
    );
  }
  if (inspection.kernelPath !== undefined && has(inspection.kernelPath)) return false;
  if (kernelIsOptional(inspection)) return true;
  const path = inspection.kernelPath ?? layout.kernels[0] ?? '';
  const found = resolveFile(view, path);
  const near = otherKernels(view)
    .filter((other) => other !== path)
    .slice(0, 3);
  const hint = near.length === 0 ? '' : `; there ${near.length === 1 ? 'is' : 'are'} ${near.join(', ')}`;
  const or = layout.kernels.length > 1 && kernelPath === undefined ? ` (or ${layout.kernels.slice(1).join(', ')})` : '';
  const message =
    isFault(found) && found.fault !== 'missing' ? found.message : `${path}${or} is missing, the kernel${hint}`;
  say(bundleRules.missingFile, at(path), message);
  inspection.kernelPath = undefined;
  return false;
}

/** A part of image-builder's own repository, or the image of the modules alone, has no kernel; nor has KubeVirt's of an initrd alone. */
function kernelIsOptional({ layout, view, initrdPath }: Inspection): boolean {
  if (layout.id === 'kubevirt') return initrdPath !== undefined;
  if (layout.id !== 'liquidmetal') return false;
  return (
    ['kernel/Makefile', 'Makefile', 'lib/modules'].some((path) => view.entryAt(path) !== undefined) ||
    layout.configs.some((pattern) => pattern.includes('configs/') && matching(view, pattern).length > 0)
  );
}

function choose({ view }: Inspection, named: string | undefined, patterns: readonly string[]): string | undefined {
  if (named !== undefined) return named.replace(/^\/+/, '');
  for (const pattern of patterns) {
    const [found] = matching(view, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Paths with names that kernels have, for what to say of one that is missing. */
function otherKernels(view: FileView): string[] {
  const found: string[] = [];
  let looked = 0;
  for (const path of filesOf(view)) {
    if (/(?:^|\/)(?:vmlinu[xz]|bzImage|[zu]?Image|kernel)[^/]*$/.test(path) && !path.endsWith('.config'))
      found.push(path);
    if (++looked > 5000 || found.length > 8) break;
  }
  return found;
}

export function inspectKernel(
  inspection: Inspection,
  readKernel: (bytes: Uint8Array, path: string) => KernelFacts | string | undefined,
): Uint8Array | undefined {
  const { kernelPath, layout, say, at, archs, versions } = inspection;
  if (kernelPath === undefined) return undefined;
  const bytes = inspection.bytes(kernelPath, archiveLimits.file);
  if (bytes === undefined) return undefined;
  const facts = readKernel(bytes, kernelPath);
  if (facts === undefined || typeof facts === 'string') {
    const why =
      bytes.length === 0
        ? 'is empty'
        : facts === undefined
          ? 'is no kernel image'
          : `cannot be read as a kernel image: ${facts}`;
    say(bundleRules.notAKernel, at(kernelPath), `${kernelPath} ${why}`);
    return undefined;
  }
  inspection.kernel = facts;
  const { arch, release, format, formatInWords } = facts;
  if (arch !== undefined) {
    archs.push({ words: `${kernelPath} is a kernel for ${arch}`, value: arch, location: at(kernelPath) });
    inspectFormat(inspection, kernelPath, arch, format, formatInWords);
  }
  const value = release === undefined ? undefined : parseKernelVersion(release);
  if (value !== undefined)
    versions.push({ words: `${kernelPath} calls itself ${release}`, value, location: at(kernelPath) });
  if (layout.id === 'liquidmetal' && kernelPath === 'bin/vmlinux.bin' && format !== 'elf' && arch === 'x86_64')
    return undefined;
  return bytes;
}

const formatNames: Readonly<Record<string, string>> = {
  elf: 'an ELF vmlinux',
  bzimage: 'a bzImage',
  image: 'an Image',
  'image-gz': 'an Image.gz',
  zboot: 'an EFI zboot image',
  other: 'the image of its build',
};

function inspectFormat(
  { layout, say, at }: Inspection,
  path: string,
  arch: Arch,
  format: KernelFacts['format'],
  words: string,
): void {
  const wanted = layout.formats[arch];
  if (wanted === undefined) {
    const known = Object.keys(layout.formats).join(' and ');
    say(bundleRules.archMismatch, at(path), `${path} is a kernel for ${arch}; a ${layout.title} is for ${known}`, {
      actual: arch,
      expected: known,
    });
    return;
  }
  if (wanted.includes(format)) return;
  const expected = wanted.map((each) => formatNames[each]).join(' or ');
  const severity = layout.alsoFormats.includes(format) ? 'warning' : 'error';
  say(bundleRules.kernelFormat, at(path), `${path} is ${words}; on ${arch} it is to be ${expected}`, {
    severity,
    actual: words,
    expected,
  });
}
