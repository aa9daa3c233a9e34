/** The rules for what is wrong within a manifest; the readers of manifests find it. */
import type { ManifestProblemCode } from '../artifacts/machine.ts';
import type { RuleInfo, Severity } from '../finding.ts';
import { type BootCheck, type BootExample, bootFinding } from './check.ts';

const virtinkDocs = 'https://github.com/smartxworks/virtink/blob/main/docs/direct_kernel_boot.md';
const virtinkDisks = 'https://github.com/smartxworks/virtink/blob/main/docs/disks_and_volumes.md';
const kubevirtBoot = 'https://kubevirt.io/user-guide/user_workloads/boot_from_external_source/';
const kubevirtDisks = 'https://kubevirt.io/user-guide/storage/disks_and_volumes/';
const firecrackerDocs = 'https://github.com/firecracker-microvm/firecracker/blob/main/docs/getting-started.md';
const xlDocs = 'https://xenbits.xen.org/docs/unstable/man/xl.cfg.5.html';
const cloudHypervisorDocs = 'https://github.com/cloud-hypervisor/cloud-hypervisor#readme';

const virtink = (body: string): readonly [string, string] => [
  'vm.yaml',
  `apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nspec:\n${body}`,
];
const kernel =
  '  instance:\n    kernel:\n      image: smartxworks/virtink-kernel-5.15.12\n      cmdline: "console=ttyS0 root=/dev/vda rw"\n';
const rootfs =
  '  volumes:\n    - name: ubuntu\n      containerRootfs:\n        image: smartxworks/virtink-container-rootfs-ubuntu\n        size: 4Gi\n';
const goodVirtink = virtink(`${kernel}    disks:\n      - name: ubuntu\n${rootfs}`);
const kubevirt = (boot: string): readonly [string, string] => [
  'vm.yaml',
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nspec:\n  template:\n    spec:\n      domain:\n        devices: {}\n        firmware:\n          kernelBoot:\n${boot.replace(/^/gm, '            ').trimEnd()}\n`,
];
const goodContainer =
  'container:\n  image: registry.example.com/kernel:1\n  kernelPath: /boot/vmlinuz\n  initrdPath: /boot/initrd\nkernelArgs: console=ttyS0\n';
const goodKubevirt = kubevirt(goodContainer);

interface Rule {
  readonly title: string;
  readonly severity: Severity;
  readonly explanation: string;
  readonly references: readonly string[];
  readonly bad: readonly [string, string];
  readonly good: readonly [string, string];
}

const rules: Readonly<Record<ManifestProblemCode, Rule>> = {
  'unknown-field': {
    title: 'Field that the platform does not know',
    severity: 'warning',
    explanation:
      'Platforms refuse fields they do not know or, worse, ignore them: a command line under a misspelled name is never handed over.',
    references: [virtinkDocs, kubevirtBoot],
    bad: virtink(`${kernel.replace('cmdline', 'cmdLine')}    disks:\n      - name: ubuntu\n${rootfs}`),
    good: goodVirtink,
  },
  'missing-field': {
    title: 'Field that must be there',
    severity: 'error',
    explanation: 'Without it the platform refuses the manifest, or has nothing to start.',
    references: [virtinkDocs, kubevirtBoot, firecrackerDocs],
    bad: ['vm.json', '{ "boot-source": { "boot_args": "console=ttyS0" }, "drives": [] }\n'],
    good: ['vm.json', '{ "boot-source": { "kernel_image_path": "vmlinux", "initrd_path": "initrd" } }\n'],
  },
  'wrong-value': {
    title: 'Value that the platform does not take',
    severity: 'error',
    explanation: 'The field takes a value of another form, or one of a few words.',
    references: [kubevirtBoot, kubevirtDisks, xlDocs],
    bad: ['vm.cfg', 'type = "pvhvm"\nkernel = "/boot/vmlinuz"\nramdisk = "/boot/initrd"\n'],
    good: ['vm.cfg', 'type = "pvh"\nkernel = "/boot/vmlinuz"\nramdisk = "/boot/initrd"\n'],
  },
  'duplicate-name': {
    title: 'Name that stands there twice',
    severity: 'error',
    explanation:
      'Disks and volumes find each other by name, and the guest finds its disks by theirs; each must be there once.',
    references: [virtinkDisks, kubevirtDisks],
    bad: [
      'vm.cfg',
      'type = "pvh"\nkernel = "/boot/vmlinuz"\ndisk = [ "phy:/dev/vg/a,xvda,w", "phy:/dev/vg/b,xvda,w" ]\n',
    ],
    good: [
      'vm.cfg',
      'type = "pvh"\nkernel = "/boot/vmlinuz"\ndisk = [ "phy:/dev/vg/a,xvda,w", "phy:/dev/vg/b,xvdb,w" ]\n',
    ],
  },
  'disk-without-volume': {
    title: 'Disk without a volume',
    severity: 'error',
    explanation: 'Each disk takes its content from the volume of the same name.',
    references: [virtinkDisks, kubevirtDisks],
    bad: virtink(`${kernel}    disks:\n      - name: debian\n${rootfs}`),
    good: goodVirtink,
  },
  'volume-without-disk': {
    title: 'Volume that no disk uses',
    severity: 'warning',
    explanation: 'A volume becomes visible to the machine only through a disk of its name.',
    references: [virtinkDisks, kubevirtDisks],
    bad: virtink(
      `${kernel}    disks:\n      - name: ubuntu\n${rootfs}    - name: data\n      persistentVolumeClaim: { claimName: data }\n`,
    ),
    good: goodVirtink,
  },
  'kernel-without-rootfs': {
    title: 'Kernel without a root file system',
    severity: 'error',
    explanation:
      'A kernel that is started directly needs something to mount as its root: a disk or, where the platform has it, an initrd.',
    references: [virtinkDocs, firecrackerDocs, cloudHypervisorDocs],
    bad: virtink(kernel),
    good: goodVirtink,
  },
  'rootfs-without-kernel': {
    title: 'Root file system without a kernel',
    severity: 'error',
    explanation: 'A containerRootfs is made of a container image: it holds no partition, no boot loader and no kernel.',
    references: [virtinkDisks],
    bad: virtink(`  instance:\n    disks:\n      - name: ubuntu\n${rootfs}`),
    good: goodVirtink,
  },
  'relative-path': {
    title: 'Path that is not absolute',
    severity: 'error',
    explanation: 'Kernel and initrd are taken out of the container image by their full paths.',
    references: [kubevirtBoot],
    bad: kubevirt(goodContainer.replace('/boot/vmlinuz', 'boot/vmlinuz')),
    good: goodKubevirt,
  },
  'kernel-args-without-kernel': {
    title: 'Command line without a kernel',
    severity: 'error',
    explanation:
      'A command line goes to the kernel that the manifest names. Where the machine starts from its disk, the boot loader there has its own.',
    references: [kubevirtBoot, xlDocs],
    bad: kubevirt('kernelArgs: console=ttyS0\n'),
    good: goodKubevirt,
  },
  'pull-policy-as-secret': {
    title: 'Pull policy in the place of a secret',
    severity: 'warning',
    explanation:
      'imagePullSecret is the name of a secret with credentials. An example in the documentation of KubeVirt has a pull policy there; the image is then pulled without the credentials.',
    references: [kubevirtBoot],
    bad: kubevirt(goodContainer.replace('kernelPath', 'imagePullSecret: IfNotPresent\n  kernelPath')),
    good: goodKubevirt,
  },
  'several-root-devices': {
    title: 'More than one root device',
    severity: 'error',
    explanation: 'Firecracker adds root= for the drive that is marked, so only one can be.',
    references: [
      'https://github.com/firecracker-microvm/firecracker/blob/main/src/firecracker/swagger/firecracker.yaml',
    ],
    bad: [
      'vm.json',
      '{ "boot-source": { "kernel_image_path": "vmlinux" },\n  "drives": [\n    { "drive_id": "a", "path_on_host": "a.ext4", "is_root_device": true },\n    { "drive_id": "b", "path_on_host": "b.ext4", "is_root_device": true } ] }\n',
    ],
    good: [
      'vm.json',
      '{ "boot-source": { "kernel_image_path": "vmlinux" },\n  "drives": [ { "drive_id": "a", "path_on_host": "a.ext4", "is_root_device": true } ] }\n',
    ],
  },
  'ignored-setting': {
    title: 'Setting that another one overrides',
    severity: 'warning',
    explanation: 'The platform reads it and does nothing with it, because another setting decides.',
    references: [xlDocs, cloudHypervisorDocs],
    bad: [
      'vm.cfg',
      'type = "pvh"\nkernel = "/boot/vmlinuz"\nramdisk = "/boot/initrd"\ncmdline = "console=hvc0"\nextra = "root=/dev/xvda1"\n',
    ],
    good: [
      'vm.cfg',
      'type = "pvh"\nkernel = "/boot/vmlinuz"\nramdisk = "/boot/initrd"\nroot = "/dev/xvda1 ro"\nextra = "console=hvc0"\ndisk = [ "phy:/dev/vg/a,xvda,w" ]\n',
    ],
  },
  'nothing-to-boot': {
    title: 'Nothing to start',
    severity: 'error',
    explanation: 'A machine starts from a kernel that it is given, from firmware, or from what is on a disk.',
    references: [virtinkDocs, cloudHypervisorDocs, xlDocs],
    bad: ['vm.cfg', 'type = "pv"\ndisk = [ "phy:/dev/vg/a,xvda,w" ]\n'],
    good: ['vm.cfg', 'type = "pv"\nbootloader = "pygrub"\ndisk = [ "phy:/dev/vg/a,xvda,w" ]\n'],
  },
  'old-platform': {
    title: 'Spelling of an old release',
    severity: 'warning',
    explanation:
      'Releases that know this spelling do not know what else stands here, or those of today know it under another name.',
    references: [kubevirtBoot, xlDocs],
    bad: ['vm.yaml', goodKubevirt[1].replace('kubevirt.io/v1', 'kubevirt.io/v1alpha2')],
    good: goodKubevirt,
  },
};

const infoOf = (code: string, { title, severity, explanation, references }: Rule): RuleInfo => ({
  id: `manifest/${code}`,
  title,
  severity,
  explanation,
  references,
});

const example = (manifest: readonly [string, string]): BootExample => ({ manifest });

/** One check for each code. */
export const manifestProblemChecks: readonly BootCheck[] = Object.entries(rules).map(([code, rule]): BootCheck => {
  const info = infoOf(code, rule);
  return {
    info,
    bad: example(rule.bad),
    good: example(rule.good),
    find: ({ machine }) =>
      (machine?.problems ?? [])
        .filter((problem) => problem.code === code)
        .map(({ message, location, severity, related }) =>
          bootFinding(info, { message, location, severity, ...(related === undefined ? {} : { related }) }),
        ),
  };
});
