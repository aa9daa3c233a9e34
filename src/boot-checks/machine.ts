/** Checks of a command line against the machine that it is for: root device, disks, architecture. */
import type { PlacedParameter } from '../artifacts/cmdline-text.ts';
import type { Disk, Machine } from '../artifacts/machine.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { type BootCheck, type BootInput, bootFinding } from './check.ts';
import { isNamed } from './names.ts';

const virtinkDocs = 'https://github.com/smartxworks/virtink/blob/main/docs/direct_kernel_boot.md';

const firecracker = (drives: string, args: string): readonly [string, string] => [
  'vm.json',
  `{ "boot-source": { "kernel_image_path": "vmlinux", "boot_args": "${args}" },\n  "drives": [ ${drives} ] }\n`,
];
const virtink = (root: string, volume = 'containerRootfs: { image: rootfs, size: 4Gi }'): readonly [string, string] => [
  'vm.yaml',
  `apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nspec:\n  instance:\n    kernel:\n      image: kernel\n      cmdline: "console=ttyS0 root=${root} rw"\n    disks:\n      - name: ubuntu\n  volumes:\n    - name: ubuntu\n      ${volume}\n`,
];

interface Root {
  readonly parameter: PlacedParameter;
  /** `vda1` of `/dev/vda1`. */
  readonly device: string;
}

/** The root= that counts, where it names a disk by its device. */
function rootOf({ line }: BootInput): Root | undefined {
  const parameter = line?.parameters.findLast(isNamed('root'));
  const device = /^\/dev\/((?:vd|sd|xvd)[a-z]+\d*)$/.exec(parameter?.value ?? '')?.[1];
  return parameter === undefined || device === undefined ? undefined : { parameter, device };
}

/** The disk and whether a partition of it is named. */
function diskOf(device: string, { disks }: Machine): { disk: Disk | undefined; isPartition: boolean } {
  const whole = disks.find((disk) => disk.device === device);
  if (whole !== undefined) return { disk: whole, isPartition: false };
  const name = device.replace(/\d+$/, '');
  return { disk: disks.find((disk) => disk.device === name), isPartition: name !== device };
}

const rootDevice: RuleInfo = {
  id: 'manifest/root-device',
  title: 'Root device that the machine does not have',
  severity: 'error',
  explanation:
    'The guest names its disks by their order and by the bus they are on. Where root= names another one, or a partition of a disk that has none, the kernel finds nothing to mount.',
  references: [
    virtinkDocs,
    'https://kubevirt.io/user-guide/storage/disks_and_volumes/',
    'https://xenbits.xen.org/docs/unstable/man/xl-disk-configuration.5.html',
  ],
};

export const rootDeviceCheck: BootCheck = {
  info: rootDevice,
  bad: { manifest: virtink('/dev/vda1') },
  good: { manifest: virtink('/dev/vda') },
  find: (input) => {
    const { machine } = input;
    if (machine === undefined || !machine.startsKernel) return [];
    const root = rootOf(input);
    if (root === undefined || !machine.knowsDisks) return wrongTag(input, machine);
    const { disk, isPartition } = diskOf(root.device, machine);
    const found = wrongRoot(root, disk, isPartition, machine);
    if (found === undefined) return [];
    const related = disk === undefined ? machine.disks : [disk];
    return [
      bootFinding(rootDevice, {
        ...found,
        location: root.parameter.location,
        related: related.slice(0, 5).map(({ location, device, name }) => ({
          location,
          message: `disk "${name}"${device === undefined ? '' : `, ${device} in the guest`}`,
        })),
      }),
    ];
  },
};

/** root= is the tag of a shared folder where the file system is virtiofs. */
function wrongTag({ line }: BootInput, { devices }: Machine): Finding[] {
  const root = line?.parameters.findLast(isNamed('root'));
  const type = line?.parameters.findLast(isNamed('rootfstype'));
  if (root?.value === undefined || type?.value !== 'virtiofs') return [];
  const folders = devices.filter(({ name }) => name === 'fs-tag');
  if (folders.some(({ value }) => value === root.value)) return [];
  const seen =
    folders.length === 0
      ? 'the machine shares no folder'
      : `the machine shares ${folders.map(({ value }) => value).join(', ')}`;
  const related = folders.map(({ location, written }) => ({ location, message: written }));
  return [bootFinding(rootDevice, { message: `${root.written}: ${seen}`, location: root.location, related })];
}

function wrongRoot(
  { parameter, device }: Root,
  disk: Disk | undefined,
  isPartition: boolean,
  machine: Machine,
): { message: string; severity?: 'warning' } | undefined {
  const { written } = parameter;
  if (disk === undefined) {
    const names = machine.disks.map((each) => each.device).join(', ');
    return {
      message: `${written}: ${names === '' ? 'the machine has no disk' : `the machine has no such disk; the guest sees ${names}`}`,
    };
  }
  const whole = `/dev/${disk.device ?? ''}`;
  if (disk.holds === 'data')
    return { message: `${written}: disk "${disk.name}" holds settings for the guest and no root file system` };
  if (isPartition && disk.holds === 'file-system') {
    return { message: `${written}: disk "${disk.name}" is one file system without partitions; write root=${whole}` };
  }
  if (!isPartition && disk.holds === 'partitions' && !/\d$/.test(device)) {
    return {
      message: `${written}: disk "${disk.name}" usually holds partitions; the root file system is then ${whole}1 or another one`,
      severity: 'warning',
    };
  }
  return undefined;
}

const readOnly: RuleInfo = {
  id: 'manifest/root-read-only',
  title: 'Root file system for writing on a disk that cannot be written',
  severity: 'warning',
  explanation:
    'With rw the kernel mounts the root file system for writing. On a read-only disk that fails for most file systems, and others go on read-only.',
  references: ['https://docs.kernel.org/admin-guide/kernel-parameters.html'],
};

export const rootReadOnly: BootCheck = {
  info: readOnly,
  bad: {
    manifest: firecracker('{ "drive_id": "a", "path_on_host": "a.ext4", "is_read_only": true }', 'root=/dev/vda rw'),
  },
  good: {
    manifest: firecracker('{ "drive_id": "a", "path_on_host": "a.ext4", "is_read_only": true }', 'root=/dev/vda ro'),
  },
  find: (input) => {
    const { machine, line } = input;
    const root = rootOf(input);
    const mode = line?.parameters.findLast(({ name }) => name === 'rw' || name === 'ro');
    if (machine === undefined || root === undefined || mode?.name !== 'rw') return [];
    const { disk } = diskOf(root.device, machine);
    if (disk?.isReadOnly !== true) return [];
    const message = `rw: disk "${disk.name}" is read-only`;
    return [
      bootFinding(readOnly, {
        message,
        location: mode.location,
        related: [{ location: disk.location, message: `disk "${disk.name}"` }],
      }),
    ];
  },
};

const archRule: RuleInfo = {
  id: 'manifest/arch-mismatch',
  title: 'Config of one architecture, machine of another',
  severity: 'error',
  explanation: 'A kernel starts only on the architecture that it was built for.',
  references: ['https://kubevirt.io/user-guide/cluster_admin/multi-arch/'],
};

export const machineArch: BootCheck = {
  info: archRule,
  bad: {
    manifest: [
      'vm.yaml',
      'apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nspec:\n  architecture: arm64\n  domain: { devices: {} }\n',
    ],
    config: 'CONFIG_X86_64=y\n',
    arch: 'x86_64',
  },
  good: {
    manifest: [
      'vm.yaml',
      'apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nspec:\n  architecture: amd64\n  domain: { devices: {} }\n',
    ],
    config: 'CONFIG_X86_64=y\n',
    arch: 'x86_64',
  },
  find: ({ machine, document, target }): Finding[] => {
    const wanted = machine?.arch;
    if (wanted === undefined || document === undefined || target.arch === undefined || target.arch === wanted.arch)
      return [];
    const message = `the machine is ${wanted.arch}, and the config is for ${target.arch}`;
    return [bootFinding(archRule, { message, location: wanted.location })];
  },
};
