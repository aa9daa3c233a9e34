/** Firecracker's machine config, the file of --config-file: what is booted, and what Firecracker itself adds to the command line. */
import type { SourceText } from '../source.ts';
import { impliedText, type PlacedText } from './cmdline-text.ts';
import type { Disk, Machine } from './machine.ts';
import {
  addDevice,
  checkFields,
  checkNames,
  createReader,
  deviceName,
  type ManifestReader,
  placedCommandLine,
  placeOf,
  readList,
  readText,
  report,
} from './manifest-reader.ts';
import { at, entryOf, isTrue, type Tree, textAt } from './tree.ts';

/** What the kernel gets where no boot_args are given. */
const defaultArguments =
  'reboot=k panic=1 nomodule 8250.nr_uarts=0 i8042.noaux i8042.nomux i8042.dumbkbd swiotlb=noforce';

const sections = [
  'boot-source',
  'drives',
  'machine-config',
  'network-interfaces',
  'vsock',
  'balloon',
  'entropy',
  'logger',
  'metrics',
  'mmds-config',
  'cpu-config',
  'pmem',
  'memory-hotplug',
  'serial',
  'snapshot',
];
const driveFields = [
  'drive_id',
  'partuuid',
  'is_root_device',
  'cache_type',
  'is_read_only',
  'path_on_host',
  'rate_limiter',
  'io_engine',
  'socket',
];

export function readFirecracker(source: SourceText, tree: Tree): Machine {
  const reader = createReader(source);
  const start = { span: tree.kind === 'map' && tree.entries[0] !== undefined ? tree.entries[0].keySpan : tree.span };
  checkFields(reader, tree, 'the machine config', sections);
  addDevice(reader, start, 'hypervisor', 'kvm', 'Firecracker microVM');
  addDevice(reader, start, 'hypervisor', 'firecracker', 'Firecracker microVM');
  const boot = at(tree, 'boot-source');
  if (boot === undefined)
    report(reader, 'missing-field', start, 'the machine config lacks boot-source, so there is no kernel to start');
  checkFields(reader, boot, 'boot-source', ['kernel_image_path', 'boot_args', 'initrd_path']);
  if (boot !== undefined) readText(reader, boot, 'boot-source', 'kernel_image_path', { required: true });
  const initrdPath = readText(reader, boot, 'boot-source', 'initrd_path');
  const initrd = initrdPath !== undefined;
  if (initrdPath !== undefined) addDevice(reader, initrdPath.node, 'initrd', initrdPath.value, 'initrd');
  const { disks, root } = readDrives(reader, tree);
  const persistent = readPmem(reader, tree);
  if (boot !== undefined && !initrd && root === undefined && persistent === undefined && disks.length === 0)
    report(
      reader,
      'kernel-without-rootfs',
      start,
      'there is neither an initrd nor a drive, so the kernel finds no root file system',
    );
  readDevices(reader, tree);
  const line = boot === undefined ? undefined : argumentsOf(reader, boot);
  return {
    kind: 'firecracker',
    title: 'Firecracker microVM',
    name: undefined,
    source,
    location: placeOf(reader, start),
    profile: 'firecracker-guest',
    profileBecause: 'it has the sections of a Firecracker machine config',
    initrd,
    startsKernel: boot !== undefined,
    commandLine:
      line === undefined ? undefined : [line, ...[root ?? persistent].filter((added) => added !== undefined)],
    arch: undefined,
    disks,
    knowsDisks: true,
    devices: reader.devices,
    problems: reader.problems,
  };
}

function argumentsOf(reader: ManifestReader, boot: Tree): PlacedText {
  const own = readText(reader, boot, 'boot-source', 'boot_args');
  if (own !== undefined) return placedCommandLine(reader, own.node, own.value);
  const entry = boot.kind === 'map' ? boot.entries[0] : undefined;
  return impliedText(defaultArguments, placeOf(reader, { span: entry?.keySpan ?? boot.span }), "Firecracker's default");
}

/** Firecracker puts the root drive first, and a root= for it behind all other arguments. */
function readDrives(reader: ManifestReader, tree: Tree): { disks: Disk[]; root: PlacedText | undefined } {
  const items = readList(reader, tree, 'the machine config', 'drives');
  checkNames(reader, items, 'drives', 'drive_id');
  const roots = items.filter((item) => isTrue(item, 'is_root_device'));
  for (const second of roots.slice(1))
    report(
      reader,
      'several-root-devices',
      entryOf(second, 'is_root_device')?.value ?? second,
      'only one drive can be the root device; Firecracker refuses the config',
      {
        related: [
          { location: placeOf(reader, entryOf(roots[0], 'is_root_device')?.value ?? second), message: 'the first one' },
        ],
      },
    );
  const [rootDrive] = roots;
  const ordered = rootDrive === undefined ? items : [rootDrive, ...items.filter((item) => item !== rootDrive)];
  const disks = ordered.map((item, i): Disk => {
    checkFields(reader, item, 'drives', driveFields);
    const name = textAt(item, 'drive_id') ?? '';
    if (at(item, 'socket') === undefined)
      readText(reader, item, `the drive "${name}"`, 'path_on_host', { required: true });
    const node = at(item, 'drive_id') ?? item;
    const device = deviceName('vd', i);
    addDevice(reader, node, 'disk-bus', 'virtio', `drive "${name}"`);
    addDevice(reader, node, 'disk', device, `drive "${name}"`);
    const holds = at(item, 'partuuid') === undefined ? 'unknown' : 'partitions';
    return { name, device, holds, isReadOnly: isTrue(item, 'is_read_only'), location: placeOf(reader, node) };
  });
  if (rootDrive === undefined) return { disks, root: undefined };
  const place = placeOf(reader, entryOf(rootDrive, 'is_root_device')?.value ?? rootDrive);
  const partition = textAt(rootDrive, 'partuuid');
  const mode = isTrue(rootDrive, 'is_read_only') ? 'ro' : 'rw';
  return {
    disks,
    root: impliedText(
      `root=${partition === undefined ? '/dev/vda' : `PARTUUID=${partition}`} ${mode}`,
      place,
      'added by Firecracker',
    ),
  };
}

function readPmem(reader: ManifestReader, tree: Tree): PlacedText | undefined {
  let root: PlacedText | undefined;
  for (const [i, item] of readList(reader, tree, 'the machine config', 'pmem').entries()) {
    const node = at(item, 'id') ?? item;
    addDevice(reader, node, 'pmem', undefined, `persistent memory "${textAt(item, 'id') ?? ''}"`);
    const entry = entryOf(item, 'root_device');
    if (entry === undefined || !isTrue(item, 'root_device')) continue;
    root = impliedText(
      `root=/dev/pmem${i} ${isTrue(item, 'read_only') ? 'ro' : 'rw'}`,
      placeOf(reader, entry.value),
      'added by Firecracker',
    );
  }
  return root;
}

function readDevices(reader: ManifestReader, tree: Tree): void {
  for (const item of readList(reader, tree, 'the machine config', 'network-interfaces'))
    addDevice(
      reader,
      at(item, 'iface_id') ?? item,
      'network',
      'virtio',
      `network interface "${textAt(item, 'iface_id') ?? ''}"`,
    );
  for (const [key, device, words] of [
    ['vsock', 'vsock', 'vsock'],
    ['balloon', 'balloon', 'memory balloon'],
    ['entropy', 'rng', 'random numbers of the host'],
    ['memory-hotplug', 'memory-hotplug', 'memory that is plugged in'],
  ] as const) {
    const entry = entryOf(tree, key);
    if (entry !== undefined && at(tree, key) !== undefined)
      addDevice(reader, { span: entry.keySpan }, device, undefined, words);
  }
}
