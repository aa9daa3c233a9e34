/** What krata and Edera expect of a kernel image: its metadata, its modules, and both against kernel and config. */
import { isFault } from '../../artifacts/archive/fault.ts';
import { resolveFile } from '../../artifacts/archive/view.ts';
import { fieldOf, type Metadata, readMetadata } from '../../artifacts/bundle/metadata.ts';
import {
  compressorSymbol,
  readSquashfs,
  type Squashfs,
  squashfsHeadSize,
  xzFilterSymbol,
} from '../../artifacts/bundle/squashfs.ts';
import { settingOf } from '../../config/document.ts';
import { didYouMean } from '../../suggest.ts';
import { parseKernelVersion } from '../../target.ts';
import type { ConfigFile } from './configs.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

const metadataPath = 'kernel/metadata';
const addonsPath = 'kernel/addons.squashfs';

const archNames = new Map([
  ['x86_64', 'x86_64'],
  ['aarch64', 'arm64'],
] as const);
const archHints: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  x86: 'x86_64',
  'x86-64': 'x86_64',
  arm64: 'aarch64',
};

const requiredFields = ['KERNEL_ARCH', 'KERNEL_VERSION', 'KERNEL_FLAVOR', 'KERNEL_CONFIG'] as const;
const knownFields = [...requiredFields, 'KERNEL_TAGS', 'KERNEL_UNAME_R'];

/** Names that older builds gave, and what they are called now. */
const oldFlavors = new Map([
  ['standard', 'zone'],
  ['openpax', 'zone-openpax'],
  ['dom0', 'host'],
]);
const flavors = ['zone', 'zone-amdgpu', 'zone-nvidiagpu', 'zone-openpax', 'host'];

/** Bytes that Edera's build lets the addons have. */
const addonsLimits = { zone: 50 << 20, host: 400 << 20 } as const;

export type KrataRole = 'zone' | 'host';

/** What the kernel is for, by its flavour; a zone where nothing says it. */
export function inspectMetadata(inspection: Inspection): { metadata: Metadata | undefined; role: KrataRole } {
  if (!inspection.has(metadataPath)) return { metadata: undefined, role: 'zone' };
  const source = inspection.text(metadataPath, 64 << 10);
  if (source === undefined) return { metadata: undefined, role: 'zone' };
  const metadata = readMetadata(source);
  const { say, at } = inspection;
  for (const { message, span, severity } of metadata.problems)
    say(bundleRules.metadataSyntax, at(metadataPath, span), `In ${metadataPath} ${message}`, { severity });
  for (const key of requiredFields) {
    if (fieldOf(metadata, key) === undefined)
      say(bundleRules.metadataField, at(metadataPath), `${metadataPath} lacks ${key}`);
  }
  for (const { key, span } of metadata.fields) {
    if (knownFields.includes(key)) continue;
    const near = didYouMean(key, knownFields);
    say(
      bundleRules.metadataUnknown,
      at(metadataPath, span),
      `krata knows no field ${key}${near === '' ? '' : `; ${near}`}`,
    );
  }
  inspectArch(inspection, metadata);
  inspectVersion(inspection, metadata);
  inspectTags(inspection, metadata);
  return { metadata, role: inspectFlavor(inspection, metadata) };
}

function inspectArch({ say, at, archs }: Inspection, metadata: Metadata): void {
  const field = fieldOf(metadata, 'KERNEL_ARCH');
  if (field === undefined) return;
  const location = at(metadataPath, field.span);
  const arch = archNames.get(field.value as 'x86_64');
  if (arch !== undefined) {
    archs.push({ words: `${metadataPath} says KERNEL_ARCH=${field.value}`, value: arch, location });
    return;
  }
  const hint = archHints[field.value.toLowerCase()];
  const message = `KERNEL_ARCH is ${said(field.value)}; krata knows x86_64 and aarch64`;
  say(bundleRules.metadataField, location, message, {
    actual: field.value,
    expected: 'x86_64 or aarch64',
    advice: hint === undefined ? [] : [`KERNEL_ARCH=${hint}`],
  });
}

function inspectVersion({ say, at, versions, kernel }: Inspection, metadata: Metadata): void {
  const field = fieldOf(metadata, 'KERNEL_VERSION');
  if (field !== undefined) {
    const value = parseKernelVersion(field.value);
    const location = at(metadataPath, field.span);
    if (value === undefined)
      say(bundleRules.metadataField, location, `KERNEL_VERSION is ${said(field.value)}, which is no kernel version`, {
        actual: field.value,
      });
    else versions.push({ words: `${metadataPath} says KERNEL_VERSION=${field.value}`, value, location });
  }
  const uname = fieldOf(metadata, 'KERNEL_UNAME_R');
  if (uname === undefined || kernel?.release === undefined || uname.value === kernel.release) return;
  say(
    bundleRules.versionMismatch,
    at(metadataPath, uname.span),
    `KERNEL_UNAME_R is ${said(uname.value)}, and the kernel calls itself ${kernel.release}`,
    { actual: uname.value, expected: kernel.release, advice: [`KERNEL_UNAME_R=${kernel.release}`] },
  );
}

function inspectTags({ say, at }: Inspection, metadata: Metadata): void {
  const field = fieldOf(metadata, 'KERNEL_TAGS');
  if (field === undefined) return;
  const tags = field.value.split(/[\s,]+/).filter((tag) => tag !== '');
  const wrong = tags.find((tag) => !/^\w[\w.-]{0,127}$/.test(tag));
  if (tags.length > 0 && wrong === undefined) return;
  const message =
    wrong === undefined ? 'KERNEL_TAGS is empty' : `KERNEL_TAGS names ${said(wrong)}, which cannot be a tag`;
  say(bundleRules.metadataField, at(metadataPath, field.span), message, { severity: 'warning' });
}

function inspectFlavor({ say, at, kernel }: Inspection, metadata: Metadata): KrataRole {
  const field = fieldOf(metadata, 'KERNEL_FLAVOR');
  if (field === undefined) return 'zone';
  const { value, span } = field;
  const location = at(metadataPath, span);
  const name = oldFlavors.get(value) ?? value;
  const role: KrataRole = /^(?:host|dom0)\b/.test(name) ? 'host' : 'zone';
  if (value === '') say(bundleRules.metadataField, location, 'KERNEL_FLAVOR is empty');
  else if (name !== value)
    say(bundleRules.flavor, location, `KERNEL_FLAVOR ${value} is an old name; Edera builds it as ${name} now`);
  else if (!flavors.includes(value)) {
    const near = didYouMean(value, [...flavors, ...oldFlavors.keys()]);
    const taken = `it is checked as a kernel for ${role === 'host' ? 'the host' : 'zones'}`;
    say(
      bundleRules.flavor,
      location,
      `Edera builds no flavour ${said(value)}; ${near === '' ? '' : `${near}; `}${taken}`,
    );
  }
  const other = /-edera-(zone|host)\b/.exec(kernel?.release ?? '')?.[1];
  if (other !== undefined && other !== role)
    say(
      bundleRules.flavor,
      location,
      `KERNEL_FLAVOR is ${said(value)}, and the kernel calls itself ${kernel?.release}`,
      { severity: 'error' },
    );
  return role;
}

/** Holds KERNEL_CONFIG against the config; `packed` is the digest of the file that the config came in. */
export function inspectConfigDigest(inspection: Inspection, metadata: Metadata, config: ConfigFile | undefined): void {
  const field = fieldOf(metadata, 'KERNEL_CONFIG');
  if (field === undefined) return;
  const { say, at } = inspection;
  const location = at(metadataPath, field.span);
  if (!/^sha256:[0-9a-f]{64}$/.test(field.value)) {
    const bare = /^(?:sha256:)?([0-9a-fA-F]{64})$/.exec(field.value)?.[1];
    say(
      bundleRules.configDigest,
      location,
      `KERNEL_CONFIG is ${said(field.value)}, which is not sha256: and 64 small hexadecimal digits`,
      {
        actual: field.value,
        advice: bare === undefined ? [] : [`KERNEL_CONFIG=sha256:${bare.toLowerCase()}`],
      },
    );
    return;
  }
  if (config === undefined) return;
  const found = `sha256:${config.sha256}`;
  if (found === field.value) return;
  const packed = inspection.sha256(config.path);
  const isPacked = `sha256:${isFault(packed) ? '' : packed}` === field.value;
  const message = isPacked
    ? `KERNEL_CONFIG is the digest of ${config.path} as it is packed, not of the config in it`
    : `KERNEL_CONFIG is not the digest of ${config.path}`;
  say(bundleRules.configDigest, location, message, {
    actual: field.value,
    expected: found,
    advice: [`KERNEL_CONFIG=${found}`],
    related: [
      { location: { source: config.document.source, span: { start: 0, end: 0 } }, message: `its digest is ${found}` },
    ],
  });
}

export function inspectAddons(inspection: Inspection, role: KrataRole): void {
  const found = resolveFile(inspection.view, addonsPath);
  if (isFault(found)) return;
  const head = inspection.bytes(addonsPath, squashfsHeadSize, true);
  if (head === undefined) return;
  const { say, at } = inspection;
  const read = readSquashfs(head);
  if (read === undefined || typeof read === 'string') {
    say(
      bundleRules.squashfs,
      at(addonsPath),
      `${addonsPath} is no squashfs${read === undefined ? '' : ` that a kernel mounts: ${read}`}`,
    );
    return;
  }
  const { size } = found.entry;
  if (read.size > size)
    say(
      bundleRules.squashfs,
      at(addonsPath),
      `${addonsPath} is cut off: it is to have ${read.size} bytes, and has ${size}`,
    );
  if (size > addonsLimits[role]) {
    const most = addonsLimits[role] >> 20;
    say(
      bundleRules.addonsSize,
      at(addonsPath),
      `${addonsPath} has ${Math.ceil(size / (1 << 20))} MiB, more than the ${most} MiB of Edera's build`,
    );
  }
  inspectCompressor(inspection, read);
}

function inspectCompressor({ say, at, configs }: Inspection, { compressor, xzFilters }: Squashfs): void {
  const symbol = compressorSymbol[compressor];
  if (symbol === undefined) {
    say(
      bundleRules.squashfs,
      at(addonsPath),
      `${addonsPath} is compressed with ${compressor}, which no kernel mounts`,
      { advice: [] },
    );
    return;
  }
  const [config] = configs;
  if (config === undefined) return;
  const filters = xzFilters.flatMap((name) => xzFilterSymbol[name] ?? []);
  for (const needed of ['SQUASHFS', symbol, ...filters]) {
    const setting = settingOf(config, needed);
    const value = setting.kind === 'set' ? setting.value : 'off';
    if (value === 'y' || (setting.kind === 'absent' && config.kind === 'fragment')) continue;
    const what =
      needed === 'SQUASHFS'
        ? `${addonsPath} is a squashfs`
        : needed === symbol
          ? `${addonsPath} is compressed with ${compressor}`
          : `${addonsPath} is packed with an xz filter`;
    const message = `${what}, and CONFIG_${needed} is ${value === 'm' ? 'a module' : 'off'}`;
    const location = setting.kind === 'absent' ? at(addonsPath) : setting.location;
    const related = setting.kind === 'absent' ? [] : [{ location: at(addonsPath), message: 'the image to mount' }];
    say(bundleRules.squashfsConfig, location, message, {
      symbol: needed,
      expected: 'y',
      actual: value,
      advice: [`CONFIG_${needed}=y`],
      related,
    });
  }
  const modules = settingOf(config, 'MODULES');
  if (config.kind === 'complete' && (modules.kind !== 'set' || modules.value !== 'y'))
    say(
      bundleRules.krataModules,
      modules.kind === 'absent' ? at(addonsPath) : modules.location,
      `There are modules in ${addonsPath}, and CONFIG_MODULES is off`,
      {
        symbol: 'MODULES',
        expected: 'y',
        actual: 'off',
        advice: ['CONFIG_MODULES=y'],
      },
    );
}

function said(value: string): string {
  return value === '' ? 'empty' : `"${value}"`;
}
