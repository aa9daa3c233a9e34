/** Guests of Xen, as xl.cfg describes them. */
import type { SourceText } from '../source.ts';
import { distance } from '../suggest.ts';
import { impliedText, type PlacedText } from './cmdline-text.ts';
import type { Disk, Machine } from './machine.ts';
import {
  addDevice,
  createReader,
  type ManifestReader,
  placedCommandLine,
  placeOf,
  readList,
  readText,
  report,
} from './manifest-reader.ts';
import { at, entryOf, isTrue, itemsAt, type Tree, textAt } from './tree.ts';
import type { XlConfig } from './xl-config.ts';

type GuestType = 'pv' | 'pvh' | 'hvm';

/** Near which a misspelled setting is looked for; there are many more. */
const settings = [
  'name',
  'type',
  'builder',
  'kernel',
  'ramdisk',
  'cmdline',
  'root',
  'extra',
  'memory',
  'maxmem',
  'vcpus',
  'maxvcpus',
  'disk',
  'vif',
  'firmware',
  'bootloader',
  'bootloader_args',
  'boot',
  'serial',
  'vfb',
  'pci',
  'p9',
  'pvh',
  'device_model_version',
  'on_poweroff',
  'on_reboot',
  'on_crash',
  'usb',
  'usbdevice',
  'vnc',
  'vtpm',
  'channel',
  'passthrough',
  'firmware_override',
  'bios',
  'acpi',
  'apic',
  'pae',
  'nestedhvm',
  'cpus',
  'uuid',
];

export function readXen(source: SourceText, { tree, doubled }: XlConfig): Machine {
  const reader = createReader(source);
  const start = { span: tree.kind === 'map' && tree.entries[0] !== undefined ? tree.entries[0].keySpan : tree.span };
  for (const { key, keySpan } of doubled)
    report(
      reader,
      'ignored-setting',
      { span: keySpan },
      `${key} stands here again further down, and the last one counts`,
    );
  checkSpelling(reader, tree);
  const { type, node } = typeOf(reader, tree);
  const place = node ?? start;
  addDevice(reader, place, 'hypervisor', 'xen', `Xen guest of type ${type}`);
  addDevice(reader, place, 'xen-type', type, `Xen guest of type ${type}`);
  const kernel = at(tree, 'kernel');
  const ramdisk = at(tree, 'ramdisk');
  const hasInitrd = ramdisk !== undefined;
  if (ramdisk !== undefined) addDevice(reader, ramdisk, 'initrd', textAt(tree, 'ramdisk'), 'ramdisk');
  const disks = readDisks(reader, tree);
  checkBoot(reader, tree, type, kernel, disks, start);
  readDevices(reader, tree, type, start);
  const lines = commandLineOf(reader, tree);
  return {
    kind: 'xen',
    title: `Xen guest of type ${type}`,
    name: textAt(tree, 'name'),
    source,
    location: placeOf(reader, place),
    profile: `xen-guest-${type}`,
    profileBecause: `its type is ${type}${node === undefined ? ', which xl takes where none is named' : ''}`,
    initrd: kernel === undefined ? undefined : hasInitrd,
    startsKernel: kernel !== undefined,
    commandLine: kernel === undefined ? undefined : lines,
    arch: undefined,
    disks,
    knowsDisks: disks.every(({ device }) => device !== undefined),
    devices: reader.devices,
    problems: reader.problems,
  };
}

function readDevices(reader: ManifestReader, tree: Tree, type: GuestType, start: { span: Tree['span'] }): void {
  for (const item of readList(reader, tree, 'the guest', 'vif'))
    addDevice(
      reader,
      item,
      'network',
      type === 'hvm' && /\btype=ioemu\b/.test(item.kind === 'text' ? item.value : '') ? 'emulated' : 'xen',
      'network interface',
    );
  for (const item of itemsAt(tree, 'pci')) addDevice(reader, item, 'xen-pci', undefined, 'PCI device handed through');
  for (const item of itemsAt(tree, 'p9')) addDevice(reader, item, 'fs', '9p', 'folder shared over 9P');
  for (const item of itemsAt(tree, 'vtpm')) addDevice(reader, item, 'tpm', 'xen', 'TPM of Xen');
  for (const item of itemsAt(tree, 'vfb')) addDevice(reader, item, 'framebuffer', 'xen', 'screen of Xen');
  if (type === 'hvm') {
    const serial = at(tree, 'serial');
    addDevice(
      reader,
      serial ?? start,
      'serial-port',
      serial === undefined ? 'off' : 'on',
      serial === undefined ? 'no serial port is set up' : 'serial port',
    );
  }
}

/** xl itself ignores what it does not know, so only what is nearly right is said. */
function checkSpelling(reader: ManifestReader, tree: Tree): void {
  for (const { key, keySpan } of tree.kind === 'map' ? tree.entries : []) {
    if (settings.includes(key) || key.length < 4) continue;
    const near = settings.find((each) => each.length >= 4 && distance(key, each, 1) <= 1);
    if (near === undefined) continue;
    report(
      reader,
      'unknown-field',
      { span: keySpan },
      `xl does not know "${key}" and ignores it; did you mean ${near}?`,
    );
  }
}

function typeOf(reader: ManifestReader, tree: Tree): { type: GuestType; node: Tree | undefined } {
  const type = readText(reader, tree, 'the guest', 'type', { choices: ['pv', 'pvh', 'hvm'] });
  if (type !== undefined) return { type: type.value as GuestType, node: type.node };
  const builder = readText(reader, tree, 'the guest', 'builder', { choices: ['hvm', 'generic', 'linux'] });
  if (builder !== undefined) {
    report(
      reader,
      'old-platform',
      builder.node,
      `builder is the old way to say it; write type = "${builder.value === 'hvm' ? 'hvm' : 'pv'}"`,
      { severity: 'info' },
    );
    if (builder.value === 'hvm') return { type: 'hvm', node: builder.node };
  }
  const pvh = at(tree, 'pvh');
  return isTrue(tree, 'pvh') ? { type: 'pvh', node: pvh } : { type: 'pv', node: builder?.node };
}

/** cmdline takes the place of root and extra; those two are put together. */
function commandLineOf(reader: ManifestReader, tree: Tree): readonly PlacedText[] {
  const [cmdline, root, extra] = ['cmdline', 'root', 'extra'].map((key) => readText(reader, tree, 'the guest', key));
  const placed = (text: { readonly value: string; readonly node: Tree }): PlacedText =>
    placedCommandLine(reader, text.node, text.value);
  if (cmdline !== undefined) {
    for (const other of [root, extra]) {
      if (other !== undefined)
        report(reader, 'ignored-setting', other.node, 'xl ignores it in favour of cmdline', {
          related: [{ location: placeOf(reader, cmdline.node), message: 'cmdline' }],
        });
    }
    return [placed(cmdline)];
  }
  const pieces: PlacedText[] = [];
  if (root !== undefined) {
    const own = placed(root);
    const prefix = 'root=';
    pieces.push({
      ...own,
      text: prefix + own.text,
      locate: ({ start, end }) =>
        own.locate({ start: Math.max(0, start - prefix.length), end: Math.max(0, end - prefix.length) }),
    });
  }
  if (extra !== undefined) pieces.push(placed(extra));
  return pieces.length > 0 ? pieces : [impliedText('', placeOf(reader, tree), 'xl')];
}

const deviceNames = /^(?:(xvd|hd|sd|vd)([a-z]+)(\d*)|d(\d+)(?:p(\d+))?)(?::(cdrom|disk))?$/;

function readDisks(reader: ManifestReader, tree: Tree): Disk[] {
  const disks: Disk[] = [];
  const seen = new Map<string, Tree>();
  for (const item of readList(reader, tree, 'the guest', 'disk')) {
    if (item.kind !== 'text') continue;
    const parts = item.value.split(',').map((part) => part.trim());
    const named =
      parts.find((part) => part.startsWith('vdev='))?.slice(5) ?? parts.slice(1).find((part) => deviceNames.test(part));
    const found = named === undefined ? null : deviceNames.exec(named);
    if (named === undefined || found === null) {
      report(
        reader,
        'wrong-value',
        item,
        named === undefined
          ? 'the disk lacks a name for the guest, such as xvda'
          : `"${named}" is no name of a disk; such as xvda`,
      );
      continue;
    }
    const before = seen.get(named);
    if (before !== undefined)
      report(reader, 'duplicate-name', item, `another disk is called "${named}"`, {
        related: [{ location: placeOf(reader, before), message: 'the first one' }],
      });
    seen.set(named, item);
    const device = guestName(found);
    const isReadOnly =
      parts.some((part) => /^(?:access=)?(?:r|ro)$/.test(part)) ||
      found[6] === 'cdrom' ||
      parts.includes('devtype=cdrom') ||
      parts.includes('cdrom');
    disks.push({
      name: named,
      device,
      holds: device !== undefined && /\d$/.test(device) ? 'file-system' : 'unknown',
      isReadOnly,
      location: placeOf(reader, item),
    });
    addDevice(reader, item, 'disk', device ?? named, `disk ${named}`);
    addDevice(reader, item, 'disk-bus', 'xen', `disk ${named}`);
  }
  return disks;
}

/** Linux calls all disks of Xen xvd, whatever they are called there (xen_translate_vdev in its xen-blkfront.c). */
function guestName([, prefix, letters, part = '']: RegExpExecArray): string | undefined {
  return prefix === 'xvd' || prefix === 'hd' || prefix === 'sd' ? `xvd${letters}${part}` : undefined;
}

function checkBoot(
  reader: ManifestReader,
  tree: Tree,
  type: GuestType,
  kernel: Tree | undefined,
  disks: readonly Disk[],
  start: { span: Tree['span'] },
): void {
  const ramdisk = entryOf(tree, 'ramdisk');
  const loader = at(tree, 'bootloader') ?? at(tree, 'firmware');
  if (kernel === undefined && type !== 'hvm' && loader === undefined)
    report(
      reader,
      'nothing-to-boot',
      start,
      `a guest of type ${type} needs a kernel, or a bootloader such as pygrub that finds one on its disk`,
    );
  if (kernel === undefined && loader === undefined && ramdisk !== undefined)
    report(
      reader,
      'ignored-setting',
      { span: ramdisk.keySpan },
      'a ramdisk is handed over only together with a kernel',
    );
  if (kernel === undefined && loader === undefined) {
    for (const key of ['cmdline', 'extra', 'root']) {
      const entry = entryOf(tree, key);
      if (entry !== undefined)
        report(
          reader,
          'kernel-args-without-kernel',
          { span: entry.keySpan },
          `${key} is for a kernel, and none is named`,
        );
    }
  }
  if (
    kernel !== undefined &&
    ramdisk === undefined &&
    disks.length === 0 &&
    itemsAt(tree, 'p9').length === 0 &&
    !/nfs/.test(textAt(tree, 'root') ?? textAt(tree, 'extra') ?? textAt(tree, 'cmdline') ?? '')
  )
    report(
      reader,
      'kernel-without-rootfs',
      entryOf(tree, 'kernel') === undefined
        ? start
        : { span: (entryOf(tree, 'kernel') as { keySpan: Tree['span'] }).keySpan },
      'there is neither a ramdisk nor a disk, so the kernel finds no root file system',
    );
}
