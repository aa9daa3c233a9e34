/** Virtink's VirtualMachine: a Cloud Hypervisor machine with a kernel of its own, which is never given an initrd. */

import type { SourceText } from '../source.ts';
import type { PlacedText } from './cmdline-text.ts';
import type { Disk, DiskContent, Machine } from './machine.ts';
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

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const volumeSources: ReadonlyMap<string, DiskContent> = new Map([
  ['containerDisk', 'partitions'],
  ['cloudInit', 'data'],
  ['containerRootfs', 'file-system'],
  ['persistentVolumeClaim', 'unknown'],
  ['dataVolume', 'unknown'],
]);

export function readVirtink(source: SourceText, tree: Tree): Machine {
  const reader = createReader(source);
  const spec = at(tree, 'spec');
  const instance = at(spec, 'instance');
  if (spec === undefined) report(reader, 'missing-field', head(tree), 'the virtual machine lacks spec');
  else if (instance === undefined) report(reader, 'missing-field', head(spec), 'spec lacks instance');
  checkFields(reader, instance, 'spec.instance', [
    'cpu',
    'memory',
    'kernel',
    'disks',
    'interfaces',
    'gpus',
    'fileSystems',
  ]);
  const kernel = at(instance, 'kernel');
  const line = kernel === undefined ? undefined : readKernel(reader, kernel);
  const disks = readDisks(reader, spec, instance, kernel !== undefined);
  const kindNode = entryOf(tree, 'kind')?.value ?? tree;
  addDevice(reader, kindNode, 'hypervisor', 'kvm', 'Virtink virtual machine');
  addDevice(reader, kindNode, 'hypervisor', 'cloud-hypervisor', 'Virtink virtual machine');
  addDevice(reader, kindNode, 'transport', 'pci', 'Virtink virtual machine');
  for (const item of readList(reader, instance, 'spec.instance', 'interfaces'))
    addDevice(reader, item, 'network', 'virtio', 'network interface');
  checkBoot(reader, kernel, disks, instance ?? tree);
  return {
    kind: 'virtink',
    title: 'Virtink virtual machine',
    name: textAt(tree, 'metadata', 'name'),
    source,
    location: placeOf(reader, kindNode),
    profile: 'virtink',
    profileBecause: 'it is a VirtualMachine of virt.virtink.smartx.com',
    initrd: kernel === undefined ? undefined : false,
    startsKernel: kernel !== undefined,
    commandLine: line === undefined ? undefined : [line],
    arch: undefined,
    disks,
    knowsDisks: true,
    devices: reader.devices,
    problems: reader.problems,
  };
}

function head(tree: Tree): { span: { start: number; end: number } } {
  return { span: tree.kind === 'map' && tree.entries[0] !== undefined ? tree.entries[0].keySpan : tree.span };
}

function readKernel(reader: ManifestReader, kernel: Tree): PlacedText | undefined {
  const where = 'spec.instance.kernel';
  checkFields(reader, kernel, where, ['image', 'imagePullPolicy', 'cmdline']);
  readText(reader, kernel, where, 'image', { required: true, why: 'the container image that holds /vmlinux' });
  readText(reader, kernel, where, 'imagePullPolicy', { choices: pullPolicies });
  const cmdline = readText(reader, kernel, where, 'cmdline', { required: true, why: 'the kernel is started with it' });
  return cmdline === undefined ? undefined : placedCommandLine(reader, cmdline.node, cmdline.value);
}

function readDisks(
  reader: ManifestReader,
  spec: Tree | undefined,
  instance: Tree | undefined,
  hasKernel: boolean,
): Disk[] {
  const volumes = readVolumes(reader, spec);
  const items = readList(reader, instance, 'spec.instance', 'disks');
  const names = checkNames(reader, items, 'spec.instance.disks');
  const disks: Disk[] = [];
  for (const [name, item] of names) {
    checkFields(reader, item, 'spec.instance.disks', ['name', 'readOnly']);
    const volume = volumes.get(name);
    if (volume === undefined) {
      report(reader, 'disk-without-volume', at(item, 'name') ?? item, `no volume in spec.volumes is called "${name}"`);
    }
    const device = deviceName('vd', disks.length);
    disks.push({
      name,
      device,
      holds: volume?.holds ?? 'unknown',
      isReadOnly: isTrue(item, 'readOnly'),
      location: placeOf(reader, item),
    });
    addDevice(reader, item, 'disk-bus', 'virtio', `disk "${name}"`);
    addDevice(reader, item, 'disk', device, `disk "${name}"`);
    if (volume?.holds === 'file-system')
      addDevice(reader, item, 'container-rootfs', undefined, `containerRootfs "${name}"`);
  }
  for (const [name, { node, holds }] of volumes) {
    const isUsed = names.has(name);
    if (!isUsed)
      report(
        reader,
        'volume-without-disk',
        at(node, 'name') ?? node,
        `no disk in spec.instance.disks uses the volume "${name}", so the machine does not see it`,
      );
    const rootfs = entryOf(node, 'containerRootfs');
    if (holds === 'file-system' && rootfs !== undefined && !hasKernel)
      report(
        reader,
        'rootfs-without-kernel',
        { span: rootfs.keySpan },
        `the containerRootfs "${name}" holds no boot loader; the machine starts from it only with spec.instance.kernel`,
      );
  }
  return disks;
}

function readVolumes(reader: ManifestReader, spec: Tree | undefined): Map<string, { node: Tree; holds: DiskContent }> {
  const found = new Map<string, { node: Tree; holds: DiskContent }>();
  for (const [name, node] of checkNames(reader, readList(reader, spec, 'spec', 'volumes'), 'spec.volumes')) {
    checkFields(reader, node, 'spec.volumes', ['name', ...volumeSources.keys()]);
    const sources = [...volumeSources.keys()].filter((key) => entryOf(node, key) !== undefined);
    const [kind] = sources;
    if (sources.length !== 1)
      report(
        reader,
        sources.length === 0 ? 'missing-field' : 'wrong-value',
        at(node, 'name') ?? node,
        `the volume "${name}" must have one source: ${[...volumeSources.keys()].join(', ')}`,
      );
    if (kind === 'containerDisk' || kind === 'containerRootfs') {
      const body = at(node, kind);
      const where = `spec.volumes.${kind}`;
      checkFields(reader, body, where, ['image', 'imagePullPolicy', ...(kind === 'containerRootfs' ? ['size'] : [])]);
      readText(reader, body ?? node, where, 'image', { required: true });
      readText(reader, body, where, 'imagePullPolicy', { choices: pullPolicies });
      if (kind === 'containerRootfs')
        readText(reader, body ?? node, where, 'size', { required: true, why: 'of the disk that is made of the image' });
    }
    found.set(name, { node, holds: kind === undefined ? 'unknown' : (volumeSources.get(kind) as DiskContent) });
  }
  return found;
}

function checkBoot(reader: ManifestReader, kernel: Tree | undefined, disks: readonly Disk[], place: Tree): void {
  const bootable = disks.filter(({ holds }) => holds !== 'data');
  if (kernel !== undefined && bootable.length === 0) {
    const found = disks.length === 0 ? 'there is no disk' : 'no disk can hold one';
    report(
      reader,
      'kernel-without-rootfs',
      head(kernel),
      `direct kernel boot needs a root file system as well, and ${found}`,
    );
  } else if (kernel === undefined && bootable.length === 0)
    report(reader, 'nothing-to-boot', head(place), 'there is neither a kernel nor a disk to start from');
}
