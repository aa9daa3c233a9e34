/** Cloud Hypervisor: its VmConfig as JSON, and the options of its command. */
import type { SourceText } from '../source.ts';
import { type PlacedText, spelledText } from './cmdline-text.ts';
import type { Disk, Machine } from './machine.ts';
import {
  addDevice,
  addSharedFolder,
  checkFields,
  createReader,
  deviceName,
  type ManifestReader,
  placedCommandLine,
  placeOf,
  readList,
  readText,
  report,
} from './manifest-reader.ts';
import type { ShellWord } from './shell-words.ts';
import { at, entryOf, isTrue, type Tree, textAt } from './tree.ts';

const sections = [
  'cpus',
  'memory',
  'payload',
  'rate_limit_groups',
  'disks',
  'net',
  'rng',
  'balloon',
  'fs',
  'pmem',
  'serial',
  'console',
  'debug_console',
  'devices',
  'user_devices',
  'vdpa',
  'vsock',
  'pvpanic',
  'iommu',
  'numa',
  'watchdog',
  'gdb',
  'pci_segments',
  'platform',
  'tpm',
  'landlock_enable',
  'landlock_rules',
  'ivshmem',
  'sgx_epc',
  'generic_vhost_user',
  'kernel',
  'initramfs',
  'cmdline',
];

export function readCloudHypervisor(source: SourceText, tree: Tree): Machine {
  const reader = createReader(source);
  const start = { span: tree.kind === 'map' && tree.entries[0] !== undefined ? tree.entries[0].keySpan : tree.span };
  checkFields(reader, tree, 'the VM config', sections);
  // Before version 28 the fields of the payload stood at the top, each in a mapping of its own.
  const payload = at(tree, 'payload');
  checkFields(reader, payload, 'payload', [
    'firmware',
    'kernel',
    'cmdline',
    'initramfs',
    'igvm',
    'host_data',
    'fw_cfg_config',
  ]);
  const cmdline =
    payload === undefined
      ? readText(reader, at(tree, 'cmdline'), 'cmdline', 'args')
      : readText(reader, payload, 'payload', 'cmdline');
  const disks = readList(reader, tree, 'the VM config', 'disks').map((item, i) => {
    const path = textAt(item, 'path') ?? '';
    return disk(reader, at(item, 'path') ?? item, i, path, isTrue(item, 'readonly'));
  });
  for (const item of readList(reader, tree, 'the VM config', 'net'))
    addDevice(reader, item, 'network', 'virtio', 'network interface');
  for (const item of readList(reader, tree, 'the VM config', 'fs'))
    addSharedFolder(reader, at(item, 'tag') ?? item, textAt(item, 'tag') ?? '');
  for (const item of readList(reader, tree, 'the VM config', 'pmem'))
    addDevice(reader, item, 'pmem', undefined, 'persistent memory');
  for (const [key, device, words] of simpleDevices) {
    const entry = entryOf(tree, key);
    if (entry !== undefined && at(tree, key) !== undefined && textAt(tree, key) !== 'false')
      addDevice(reader, { span: entry.keySpan }, device, undefined, words);
  }
  ports(reader, start, (key) => {
    const node = at(tree, key, 'mode');
    return node?.kind === 'text' ? { mode: node.value, place: node } : undefined;
  });
  return machineOf(reader, start, {
    kernel: payload === undefined ? at(tree, 'kernel', 'path') : at(payload, 'kernel'),
    firmware: at(payload, 'firmware') ?? at(payload, 'igvm'),
    initrd: payload === undefined ? at(tree, 'initramfs', 'path') : at(payload, 'initramfs'),
    cmdline: cmdline === undefined ? undefined : placedCommandLine(reader, cmdline.node, cmdline.value),
    disks,
    because: 'it has the sections of a Cloud Hypervisor VmConfig',
  });
}

const simpleDevices: readonly (readonly [key: string, device: string, words: string])[] = [
  ['vsock', 'vsock', 'vsock'],
  ['balloon', 'balloon', 'memory balloon'],
  ['rng', 'rng', 'random numbers of the host'],
  ['watchdog', 'watchdog', 'watchdog'],
  ['tpm', 'tpm', 'TPM'],
  ['pvpanic', 'pvpanic', 'pvpanic device'],
];

/** Options take several values one behind the other; those that are named here are looked at. */
export function readCloudHypervisorCommand(source: SourceText, words: readonly ShellWord[]): Machine {
  const reader = createReader(source);
  const options = new Map<string, ShellWord[]>();
  let values: ShellWord[] = [];
  for (const word of words.slice(1)) {
    const equals = /^--([\w-]+)=/.exec(word.value);
    const name = equals?.[1] ?? /^--([\w-]+)$/.exec(word.value)?.[1];
    if (name === undefined) {
      values.push(word);
      continue;
    }
    values = options.get(name) ?? [];
    options.set(name, values);
    if (equals !== null) values.push({ ...word, value: word.value.slice(equals[0].length) });
    else if (['watchdog', 'pvpanic'].includes(name)) values.push(word);
  }
  const start = words[0] as ShellWord;
  const first = (name: string): ShellWord | undefined => options.get(name)?.[0];
  const disks = (options.get('disk') ?? []).map((word, i) =>
    disk(reader, word, i, keyIn(word.value, 'path') ?? '', /^(?:on|true)$/.test(keyIn(word.value, 'readonly') ?? '')),
  );
  for (const word of options.get('net') ?? []) addDevice(reader, word, 'network', 'virtio', 'network interface');
  for (const word of options.get('fs') ?? []) addSharedFolder(reader, word, keyIn(word.value, 'tag') ?? '');
  for (const word of options.get('pmem') ?? []) addDevice(reader, word, 'pmem', undefined, 'persistent memory');
  for (const [key, device, written] of simpleDevices) {
    const word = first(key);
    if (word !== undefined) addDevice(reader, word, device, undefined, written);
  }
  ports(reader, start, (key) => {
    const word = first(key);
    return word === undefined ? undefined : { mode: word.value.split(/[=,]/)[0] as string, place: word };
  });
  const line = first('cmdline');
  return machineOf(reader, start, {
    kernel: first('kernel'),
    firmware: first('firmware'),
    initrd: first('initramfs'),
    cmdline: line === undefined || line.isOpen ? undefined : spelledText(source, line.span, line.value, source.path),
    disks,
    because: 'it runs cloud-hypervisor',
  });
}

function keyIn(value: string, key: string): string | undefined {
  return value
    .split(',')
    .find((part) => part.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

type Place = Parameters<typeof report>[2];

function disk(reader: ManifestReader, place: Place, index: number, path: string, isReadOnly: boolean): Disk {
  const device = deviceName('vd', index);
  const name = path.slice(path.lastIndexOf('/') + 1);
  addDevice(reader, place, 'disk-bus', 'virtio', `disk "${name}"`);
  addDevice(reader, place, 'disk', device, `disk "${name}"`);
  return { name, device, holds: 'unknown', isReadOnly, location: placeOf(reader, place) };
}

/** Without a word on them the serial port is connected to nothing and the virtio console to the terminal. */
function ports(
  reader: ManifestReader,
  start: Place,
  modeOf: (key: string) => { mode: string; place: Place } | undefined,
): void {
  for (const [key, port, usual] of [
    ['serial', 'serial-port', 'Null'],
    ['console', 'virtio-console', 'Tty'],
  ] as const) {
    const { mode, place } = modeOf(key) ?? { mode: usual, place: start };
    const isOff = /^(?:off|null)$/i.test(mode);
    addDevice(
      reader,
      place,
      port,
      isOff ? 'off' : 'on',
      isOff ? `the ${port.replace('-', ' ')} is off` : `${port.replace('-', ' ')}`,
    );
  }
}

interface Payload {
  readonly kernel: Place | undefined;
  readonly firmware: Place | undefined;
  readonly initrd: Place | undefined;
  readonly cmdline: PlacedText | undefined;
  readonly disks: readonly Disk[];
  readonly because: string;
}

function machineOf(
  reader: ManifestReader,
  start: Place,
  { kernel, firmware, initrd, cmdline, disks, because }: Payload,
): Machine {
  addDevice(reader, start, 'hypervisor', 'kvm', 'Cloud Hypervisor machine');
  addDevice(reader, start, 'hypervisor', 'cloud-hypervisor', 'Cloud Hypervisor machine');
  addDevice(reader, start, 'transport', 'pci', 'Cloud Hypervisor machine');
  if (initrd !== undefined) addDevice(reader, initrd, 'initrd', undefined, 'initrd');
  const startsKernel = kernel !== undefined;
  if (!startsKernel && firmware === undefined)
    report(reader, 'nothing-to-boot', start, 'there is neither a kernel nor a firmware to start');
  if (!startsKernel && cmdline !== undefined)
    reader.problems.push({
      code: 'kernel-args-without-kernel',
      message: 'the command line is for a kernel, and none is named',
      location: cmdline.locate({ start: 0, end: cmdline.text.length }),
    });
  if (startsKernel && firmware !== undefined)
    report(
      reader,
      'ignored-setting',
      firmware,
      'kernel and firmware exclude each other; Cloud Hypervisor refuses both together',
    );
  const roots = reader.devices.filter(({ name }) => name === 'fs' || name === 'pmem');
  if (startsKernel && initrd === undefined && disks.length === 0 && roots.length === 0)
    report(
      reader,
      'kernel-without-rootfs',
      kernel,
      'there is no initramfs, disk, file system or persistent memory, so the kernel finds no root file system',
    );
  return {
    kind: 'cloud-hypervisor',
    title: 'Cloud Hypervisor machine',
    name: undefined,
    source: reader.source,
    location: placeOf(reader, start),
    profile: 'cloud-hypervisor-guest',
    profileBecause: because,
    initrd: startsKernel ? initrd !== undefined : undefined,
    startsKernel,
    commandLine: startsKernel && cmdline !== undefined ? [cmdline] : undefined,
    arch: undefined,
    disks,
    knowsDisks: true,
    devices: reader.devices,
    problems: reader.problems,
  };
}
