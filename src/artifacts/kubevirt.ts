/** KubeVirt's VirtualMachine and its kin: a QEMU machine, with a kernel from a container image where kernelBoot names one. */
import type { SourceText } from '../source.ts';
import { parseArch } from '../target.ts';
import type { PlacedText } from './cmdline-text.ts';
import type { Disk, DiskContent, Machine } from './machine.ts';
import {
  addDevice,
  addSharedFolder,
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
const diskBuses = ['virtio', 'sata', 'scsi', 'usb'];
const networkModels = [
  'virtio',
  'e1000',
  'e1000e',
  'igb',
  'ne2k_pci',
  'pcnet',
  'rtl8139',
  'virtio-non-transitional',
  'virtio-transitional',
];
const dataVolumes = [
  'cloudInitNoCloud',
  'cloudInitConfigDrive',
  'configMap',
  'secret',
  'serviceAccount',
  'downwardAPI',
  'downwardMetrics',
  'emptyDisk',
  'sysprep',
  'memoryDump',
];

/** The spec of the machine itself, which is that of a template in all kinds but one. */
function machineSpec(tree: Tree): { spec: Tree | undefined; where: string } {
  const kind = textAt(tree, 'kind');
  if (kind === 'VirtualMachineInstance') return { spec: at(tree, 'spec'), where: 'spec' };
  if (kind === 'VirtualMachinePool')
    return {
      spec: at(tree, 'spec', 'virtualMachineTemplate', 'spec', 'template', 'spec'),
      where: 'spec.virtualMachineTemplate.spec.template.spec',
    };
  return { spec: at(tree, 'spec', 'template', 'spec'), where: 'spec.template.spec' };
}

export function readKubevirt(source: SourceText, tree: Tree): Machine {
  const reader = createReader(source);
  const { spec, where } = machineSpec(tree);
  const domain = at(spec, 'domain');
  const kindNode = entryOf(tree, 'kind')?.value ?? tree;
  if (spec === undefined) report(reader, 'missing-field', kindNode, `the manifest lacks ${where}`);
  else if (domain === undefined) report(reader, 'missing-field', kindNode, `${where} lacks domain`);
  addDevice(reader, kindNode, 'hypervisor', 'kvm', 'KubeVirt virtual machine');
  addDevice(reader, kindNode, 'transport', 'pci', 'KubeVirt virtual machine');
  const firmware = at(domain, 'firmware');
  checkFields(reader, firmware, 'firmware', ['uuid', 'bootloader', 'serial', 'kernelBoot', 'acpi']);
  const boot = readKernelBoot(reader, at(firmware, 'kernelBoot'), textAt(tree, 'apiVersion') ?? '');
  const disks = readDisks(reader, spec, domain);
  readDevices(reader, domain);
  const archNode = at(spec, 'architecture');
  const arch = archNode?.kind === 'text' ? parseArch(archNode.value) : undefined;
  if (archNode?.kind === 'text' && arch === undefined)
    report(
      reader,
      'wrong-value',
      archNode,
      `"${archNode.value}" is not an architecture; KubeVirt knows amd64, arm64 and s390x`,
    );
  return {
    kind: 'kubevirt',
    title: 'KubeVirt virtual machine',
    name: textAt(tree, 'metadata', 'name'),
    source,
    location: placeOf(reader, kindNode),
    profile: 'kubevirt-guest',
    profileBecause: `it is a ${textAt(tree, 'kind') ?? 'VirtualMachine'} of kubevirt.io`,
    ...boot,
    arch: arch === undefined || archNode === undefined ? undefined : { arch, location: placeOf(reader, archNode) },
    disks,
    knowsDisks: disks.every(({ device }) => device !== undefined),
    devices: reader.devices,
    problems: reader.problems,
  };
}

interface Boot {
  readonly initrd: boolean | undefined;
  readonly startsKernel: boolean;
  readonly commandLine: readonly PlacedText[] | undefined;
}

function readKernelBoot(reader: ManifestReader, kernelBoot: Tree | undefined, apiVersion: string): Boot {
  if (kernelBoot === undefined) return { initrd: undefined, startsKernel: false, commandLine: undefined };
  checkFields(reader, kernelBoot, 'kernelBoot', ['container', 'kernelArgs']);
  if (/\/v1alpha[12]$/.test(apiVersion))
    report(
      reader,
      'old-platform',
      kernelBoot,
      `kernelBoot came with KubeVirt 0.42; ${apiVersion} is the API of releases before it`,
    );
  const args = readText(reader, kernelBoot, 'kernelBoot', 'kernelArgs');
  const container = at(kernelBoot, 'container');
  if (container === undefined) {
    if (args !== undefined)
      report(
        reader,
        'kernel-args-without-kernel',
        args.node,
        'kernelArgs are for a kernel of kernelBoot.container, and there is none; KubeVirt refuses the machine',
      );
    else report(reader, 'missing-field', { span: kernelBoot.span }, 'kernelBoot lacks container');
    return { initrd: undefined, startsKernel: false, commandLine: undefined };
  }
  const { kernel, initrd } = readContainer(reader, container);
  if (args !== undefined && !kernel)
    report(
      reader,
      'kernel-args-without-kernel',
      args.node,
      'kernelArgs go to the kernel of kernelPath, and none is named',
      { severity: 'warning' },
    );
  return {
    initrd: kernel ? initrd : initrd ? true : undefined,
    startsKernel: kernel,
    commandLine: kernel && args !== undefined ? [placedCommandLine(reader, args.node, args.value)] : undefined,
  };
}

function readContainer(reader: ManifestReader, container: Tree): { kernel: boolean; initrd: boolean } {
  const where = 'kernelBoot.container';
  checkFields(reader, container, where, ['image', 'imagePullSecret', 'imagePullPolicy', 'kernelPath', 'initrdPath']);
  readText(reader, container, where, 'image', { required: true, why: 'the container image that holds the kernel' });
  readText(reader, container, where, 'imagePullPolicy', { choices: pullPolicies });
  const secret = readText(reader, container, where, 'imagePullSecret');
  if (secret !== undefined && pullPolicies.includes(secret.value))
    report(
      reader,
      'pull-policy-as-secret',
      secret.node,
      `imagePullSecret is the name of a secret, and "${secret.value}" is a pull policy; write imagePullPolicy: ${secret.value}`,
    );
  const [kernel, initrd] = (['kernelPath', 'initrdPath'] as const).map((key) => {
    const path = readText(reader, container, where, key);
    if (path !== undefined && !path.value.startsWith('/'))
      report(
        reader,
        'relative-path',
        path.node,
        `${key} "${path.value}" must be an absolute path in the container image, such as /boot/${path.value.replace(/^.*\//, '')}`,
      );
    if (path !== undefined && key === 'initrdPath') addDevice(reader, path.node, 'initrd', path.value, 'initrd');
    return path !== undefined;
  });
  if (kernel !== true && initrd !== true) {
    const first = container.kind === 'map' ? container.entries[0]?.keySpan : undefined;
    report(
      reader,
      'missing-field',
      { span: first ?? container.span },
      `${where} lacks kernelPath and initrdPath; one of them must be there`,
    );
  }
  return { kernel: kernel === true, initrd: initrd === true };
}

function readDisks(reader: ManifestReader, spec: Tree | undefined, domain: Tree | undefined): Disk[] {
  const volumes = checkNames(reader, readList(reader, spec, 'spec', 'volumes'), 'volumes');
  const names = checkNames(reader, readList(reader, at(domain, 'devices'), 'devices', 'disks'), 'devices.disks');
  const disks: Disk[] = [];
  const counts = new Map<string, number>();
  for (const [name, item] of names) {
    const volume = volumes.get(name);
    if (volume === undefined)
      report(reader, 'disk-without-volume', at(item, 'name') ?? item, `no volume is called "${name}"`);
    const kind = (['disk', 'cdrom', 'lun'] as const).find((key) => entryOf(item, key) !== undefined);
    const bus = readText(reader, at(item, kind ?? 'disk'), `the ${kind ?? 'disk'} "${name}"`, 'bus', {
      choices: diskBuses,
    });
    const prefix = kind === 'cdrom' ? 'sr' : bus === undefined ? undefined : bus.value === 'virtio' ? 'vd' : 'sd';
    let device: string | undefined;
    if (prefix !== undefined) {
      const count = counts.get(prefix) ?? 0;
      counts.set(prefix, count + 1);
      device = prefix === 'sr' ? `sr${count}` : deviceName(prefix, count);
      addDevice(reader, item, 'disk', device, `disk "${name}"`);
    }
    if (bus !== undefined)
      addDevice(
        reader,
        bus.node,
        kind === 'cdrom' ? 'cdrom-bus' : 'disk-bus',
        bus.value,
        `${kind ?? 'disk'} "${name}" on the ${bus.value} bus`,
      );
    const isReadOnly = kind === 'cdrom' || isTrue(item, kind ?? 'disk', 'readonly');
    disks.push({ name, device, holds: contentOf(volume), isReadOnly, location: placeOf(reader, item) });
  }
  const used = new Set([
    ...names.keys(),
    ...readList(reader, at(domain, 'devices'), 'devices', 'filesystems').map((item) => textAt(item, 'name')),
  ]);
  for (const [name, node] of volumes) {
    if (!used.has(name) && entryOf(node, 'memoryDump') === undefined)
      report(
        reader,
        'volume-without-disk',
        at(node, 'name') ?? node,
        `no disk and no file system of the domain uses the volume "${name}", so the machine does not see it`,
      );
  }
  return disks;
}

function contentOf(volume: Tree | undefined): DiskContent {
  if (entryOf(volume, 'containerDisk') !== undefined) return 'partitions';
  return dataVolumes.some((key) => entryOf(volume, key) !== undefined) ? 'data' : 'unknown';
}

function readDevices(reader: ManifestReader, domain: Tree | undefined): void {
  const devices = at(domain, 'devices');
  for (const item of readList(reader, devices, 'devices', 'interfaces')) {
    const model = readText(reader, item, 'devices.interfaces', 'model', { choices: networkModels });
    const value = model?.value.replace(/-(?:non-)?transitional$/, '') ?? 'virtio';
    addDevice(reader, model?.node ?? item, 'network', value, `network interface of model ${value}`);
  }
  for (const item of readList(reader, devices, 'devices', 'filesystems'))
    if (entryOf(item, 'virtiofs') !== undefined) addSharedFolder(reader, item, textAt(item, 'name') ?? '');
  for (const item of readList(reader, devices, 'devices', 'inputs')) {
    const bus = readText(reader, item, 'devices.inputs', 'bus', { choices: ['usb', 'virtio'] });
    if (bus !== undefined) addDevice(reader, bus.node, 'input', bus.value, `input on the ${bus.value} bus`);
  }
  const watchdog = at(devices, 'watchdog');
  for (const model of ['i6300esb', 'diag288']) {
    const entry = entryOf(watchdog, model);
    if (entry !== undefined) addDevice(reader, { span: entry.keySpan }, 'watchdog', model, `watchdog ${model}`);
  }
  const flags: readonly (readonly [key: string, device: string, words: string])[] = [
    ['rng', 'rng', 'random numbers of the host'],
    ['tpm', 'tpm', 'TPM'],
    ['sound', 'sound', 'sound card'],
  ];
  for (const [key, device, words] of flags) {
    const entry = entryOf(devices, key);
    if (entry !== undefined) addDevice(reader, { span: entry.keySpan }, device, undefined, words);
  }
  const vsock = entryOf(devices, 'autoattachVSOCK');
  if (vsock !== undefined && isTrue(devices, 'autoattachVSOCK'))
    addDevice(reader, { span: vsock.keySpan }, 'vsock', undefined, 'vsock');
  const balloon = entryOf(devices, 'autoattachMemBalloon');
  if (balloon !== undefined && isTrue(devices, 'autoattachMemBalloon'))
    addDevice(reader, { span: balloon.keySpan }, 'balloon', undefined, 'memory balloon');
}
