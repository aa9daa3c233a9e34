/** `bundle`: whether the parts of a shipped kernel are there, are what they say, and fit each other. */
import { isFault } from '../../artifacts/archive/fault.ts';
import type { Interest } from '../../artifacts/archive/index.ts';
import type { InputFailure } from '../../finding.ts';
import type { ArchiveHost, ExitCode, Host, KernelHost, Zlib } from '../../host.ts';
import { abilityReader, capabilityNames } from '../../project/bundle/abilities.ts';
import type { ConfigFile } from '../../project/bundle/configs.ts';
import { detectLayout, unknownLayout } from '../../project/bundle/detect.ts';
import { inspectBundle } from '../../project/bundle/inspect.ts';
import { readKernelFacts } from '../../project/bundle/kernel.ts';
import { layouts } from '../../project/bundle/layouts.ts';
import { vzCapabilities } from '../../project/bundle/vz.ts';
import { innerSource } from '../../project/inner-source.ts';
import { tidy } from '../../project/inputs.ts';
import { digestOf, type FilePlace, type OpenedFiles, openFiles, wholeUnpacker } from '../../project/open-files.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../../project/prepare.ts';
import { documentOf } from '../../project/read.ts';
import { didYouMean } from '../../suggest.ts';
import { type Inspected, reportBundles } from '../bundle-reports.ts';
import { checkOptions, listOption, type OptionSpec, type RawOptions, textOption } from '../options.ts';
import type { Services } from '../services.ts';
import { reportUsage } from '../usage.ts';

export interface BundleServices extends Services {
  readonly kernel: KernelHost;
  readonly archives: ArchiveHost;
  readonly zlib: Zlib;
}

const notForBundles = new Set(['fix', 'follow-symlinks', 'stdin-filename', 'kind', 'redundant']);

export const bundleOptions: readonly OptionSpec[] = [
  {
    name: 'layout',
    type: 'string',
    choices: layouts.map(({ id }) => id),
    describe: 'What the bundle is for, where its files do not tell',
  },
  {
    name: 'config',
    alias: 'c',
    type: 'string',
    placeholder: 'FILE',
    describe: 'The config of the kernel, where the bundle does not hold it',
  },
  {
    name: 'require-capability',
    type: 'list',
    placeholder: 'NAME',
    describe: 'Fail unless the kernel has this ability; repeatable ("capabilities" lists the names)',
  },
  { name: 'kernel-path', type: 'string', placeholder: 'PATH', describe: 'The kernel in the bundle (kubevirt)' },
  { name: 'initrd-path', type: 'string', placeholder: 'PATH', describe: 'The initrd in the bundle (kubevirt)' },
  {
    name: 'platform',
    type: 'string',
    placeholder: 'OS/ARCH',
    describe: 'The image to look at, of an archive with several: linux/arm64',
  },
  ...checkOptions
    .filter(({ name }) => !notForBundles.has(name))
    .map((option) =>
      option.name === 'profile'
        ? { ...option, describe: 'Platform to check the config for, in place of that of the layout; repeatable' }
        : option,
    ),
];

export function runBundle(raw: RawOptions, host: Host, services: BundleServices): ExitCode {
  const usage = usageFaults(raw, host);
  if (usage.length > 0) return reportUsage(usage, raw, host, services.reporters);
  // Before anything is read: what is wrong with the options is said alone.
  const asked = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in asked)) return reportUsage(asked, raw, host, services.reporters);
  const failures: InputFailure[] = [];
  const named = readNamed(raw, services, failures);
  const bundles: Inspected[] = [];
  if (failures.length === 0)
    for (const path of raw.files.map(tidy)) inspectPath(path, raw, host, services, asked, named, bundles, failures);
  const own = new Set(bundles.flatMap(({ result }) => result.configs.flatMap(({ profiles }) => profiles)));
  const profiles = asked.chosen.length > 0 ? projectOptions(raw).profiles : [...own];
  const prepared = prepare({ ...projectOptions(raw), profiles }, services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host, services.reporters);
  return reportBundles(raw, host, services, prepared, asked.chosen.length > 0, bundles, failures);
}

function usageFaults(raw: RawOptions, host: Host): UsageError[] {
  if (raw.files.length === 0)
    return [{ message: 'no bundle was named', help: 'kconfig-lint bundle DIR, or the tar or OCI layout of an image' }];
  const known = new Set([...capabilityNames(host), ...vzCapabilities.keys()]);
  return listOption(raw, 'require-capability')
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = didYouMean(name, known);
      return {
        message: `there is no capability ${name}`,
        help: near === '' ? 'kconfig-lint capabilities lists them' : near,
      };
    });
}

function readNamed(raw: RawOptions, { archives, zlib }: BundleServices, failures: InputFailure[]) {
  const path = textOption(raw, 'config');
  if (path === undefined) return undefined;
  const file = archives.open(path);
  if ('error' in file) {
    const message = file.error === 'missing' ? 'no such file' : `it cannot be read (${file.detail})`;
    failures.push({ path, code: file.error, message, help: 'check what --config names' });
    return undefined;
  }
  const bytes = file.read(0, Math.min(file.size, 64 << 20));
  file.close();
  const read = readConfig(path, bytes, zlib, archives);
  if ('code' in read) failures.push(read);
  else return { path, ...read };
  return undefined;
}

function readConfig(path: string, bytes: Uint8Array, zlib: Zlib, archives: ArchiveHost, container?: string) {
  const inner = innerSource(bytes, path, container, zlib);
  if ('code' in inner) return { path, ...inner };
  const document = documentOf(inner.source, { kind: 'auto', stdinName: '', keep: true });
  if (!('scanned' in document)) return document;
  const hash = archives.sha256();
  hash.add(inner.bytes);
  return { document, sha256: hash.hex() };
}

/** Of a bundle everything may be read: little is known beforehand of what. */
const interest: Interest = {
  headSize: 0,
  classify: () => undefined,
  isLikely: (path, size) => size <= 1 << 20 || /(?:^|\/)(?:kernel\/image|vmlinu|boot\/)/.test(path),
};

function inspectPath(
  path: string,
  raw: RawOptions,
  host: Host,
  services: BundleServices,
  asked: Prepared,
  named: Omit<ConfigFile, 'profiles'> | undefined,
  bundles: Inspected[],
  failures: InputFailure[],
): void {
  const opener = { host: services.archives, unpackWhole: wholeUnpacker(services.zlib) };
  const opened = openFiles(path, opener, interest);
  if (opened === undefined || isFault(opened)) {
    failures.push(
      opened === undefined
        ? {
            path,
            code: 'no-files',
            message: 'it is neither a folder nor an archive of files',
            help: 'name a folder, a tar archive, an OCI layout or what docker save wrote; kconfig-lint check reads single kernels',
          }
        : { path, code: opened.fault, message: opened.message, help: opened.help },
    );
    return;
  }
  for (const place of placesFor(opened, textOption(raw, 'platform'), path, failures)) {
    const found = inspectPlace(place, opened, raw, host, services, asked, named);
    if ('code' in found) failures.push(found);
    else {
      bundles.push(found);
      failures.push(...found.result.failures);
    }
  }
  opened.close();
}

function placesFor(
  { places }: OpenedFiles,
  platform: string | undefined,
  path: string,
  failures: InputFailure[],
): readonly FilePlace[] {
  if (platform === undefined) return places;
  const wanted = platform.includes('/') ? platform : `linux/${platform}`;
  const found = places.filter((place) => place.platform === wanted || place.platform?.startsWith(`${wanted}/`));
  if (found.length === 0) {
    const all = places.map((place) => place.platform ?? 'an image that names none').join(', ');
    failures.push({ path, code: 'no-platform', message: `it has no image for ${wanted}`, help: `it has ${all}` });
  }
  return found;
}

function inspectPlace(
  place: FilePlace,
  opened: OpenedFiles,
  raw: RawOptions,
  host: Host,
  { archives, zlib, kernel }: BundleServices,
  asked: Prepared,
  named: Omit<ConfigFile, 'profiles'> | undefined,
): Inspected | InputFailure {
  const view = place.open();
  if (isFault(view)) return { path: place.name, code: view.fault, message: view.message, help: view.help };
  const layout = layouts.find(({ id }) => id === textOption(raw, 'layout')) ?? detectLayout(view);
  if (layout === undefined) return unknownLayout(place.name);
  const result = inspectBundle({
    view,
    layout,
    isImage: opened.kind === 'image',
    platform: place.platform,
    readKernel: (bytes) => readKernelFacts(bytes, zlib),
    readConfig: (bytes, path) =>
      readConfig(path, bytes, zlib, archives, opened.kind === 'folder' ? undefined : opened.path),
    digest: (path) => digestOf(view.contentOf(path), archives),
    named,
    kernelPath: textOption(raw, 'kernel-path'),
    initrdPath: textOption(raw, 'initrd-path'),
    requiredCapabilities: listOption(raw, 'require-capability'),
    abilityOf: abilityReader(host, kernel, asked),
  });
  return { name: place.name, layout, result };
}
