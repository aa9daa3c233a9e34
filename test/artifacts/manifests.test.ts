/** Manifests of every kind: the platforms' own examples lint as their documents say, and each thing that can be wrong is said. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/artifacts/machine.ts';
import { readManifest } from '../../src/artifacts/manifest.ts';
import { readYamlTrees } from '../../src/profiles/yaml.ts';
import { createSource, positionOf } from '../../src/source.ts';
import { bootFindings } from '../support/boot-session.ts';

function machines(text: string, path = 'vm'): readonly Machine[] {
  const read = readManifest(createSource(path, text), readYamlTrees);
  if ('message' in read) throw new Error(read.message);
  return read;
}

/** `9:17 warning manifest/unknown-field: …` of each finding. */
function said(text: string, path = 'vm'): string[] {
  return bootFindings({ manifest: [path, text] }).map(({ location: { source, span }, severity, rule, message }) => {
    const { line, column } = positionOf(source, span.start);
    return `${line}:${column} ${severity} ${rule.id}: ${message}`;
  });
}

function fault(text: string): string {
  const source = createSource('vm', text);
  const read = readManifest(source, readYamlTrees);
  if (!('message' in read)) return 'none';
  const { line, column } = positionOf(source, read.offset);
  return `${line}:${column} ${read.message}`;
}

const virtinkDocument = `apiVersion: virt.virtink.smartx.com/v1alpha1
kind: VirtualMachine
spec:
  instance:
    kernel:
      image: smartxworks/virtink-kernel-5.15.12
      cmdline: "console=ttyS0 root=/dev/vda rw"
    disks:
      - name: ubuntu
  volumes:
    - name: ubuntu
      containerRootfs:
        image: smartxworks/virtink-container-rootfs-ubuntu
        size: 4Gi
`;

describe('Virtink', () => {
  it("takes the document's own examples", () => {
    expect(said(virtinkDocument)).toEqual([]);
    const disk = virtinkDocument
      .replace('/dev/vda', '/dev/vda1')
      .replace(/containerRootfs[\s\S]*/, 'containerDisk:\n        image: smartxworks/virtink-container-disk-ubuntu\n');
    expect(said(disk)).toEqual([]);
  });

  it('reads the machine', () => {
    const [machine] = machines(virtinkDocument);
    expect(machine).toMatchObject({ kind: 'virtink', profile: 'virtink', initrd: false, startsKernel: true });
    expect(machine?.disks).toMatchObject([{ name: 'ubuntu', device: 'vda', holds: 'file-system' }]);
    expect(machine?.commandLine?.map(({ text }) => text)).toEqual(['console=ttyS0 root=/dev/vda rw']);
  });

  it.each([
    [
      'a partition of a rootfs',
      (s: string) => s.replace('/dev/vda', '/dev/vda1'),
      [
        '7:31 error manifest/root-device: root=/dev/vda1: disk "ubuntu" is one file system without partitions; write root=/dev/vda',
      ],
    ],
    [
      'a disk that is not there',
      (s: string) => s.replace('/dev/vda', '/dev/vdb'),
      ['7:31 error manifest/root-device: root=/dev/vdb: the machine has no such disk; the guest sees vda'],
    ],
    [
      'a disk of another bus',
      (s: string) => s.replace('/dev/vda', '/dev/sda'),
      ['7:31 error manifest/root-device: root=/dev/sda: the machine has no such disk; the guest sees vda'],
    ],
    [
      'a whole disk image',
      (s: string) => s.replace(/containerRootfs[\s\S]*/, 'containerDisk: { image: x }\n'),
      [
        '7:31 warning manifest/root-device: root=/dev/vda: disk "ubuntu" usually holds partitions; the root file system is then /dev/vda1 or another one',
      ],
    ],
    [
      'no root',
      (s: string) => s.replace(' root=/dev/vda', ''),
      [
        '7:17 error cmdline/no-root: the Virtink virtual machine hands over no initrd, and the command line has no root=',
      ],
    ],
    [
      'no disk',
      (s: string) => s.replace(/ {4}disks[\s\S]*/, ''),
      [
        '6:7 error manifest/kernel-without-rootfs: direct kernel boot needs a root file system as well, and there is no disk',
        '7:31 error manifest/root-device: root=/dev/vda: the machine has no disk',
      ]
        .reverse()
        .sort(),
    ],
    [
      'no kernel',
      (s: string) => s.replace(/ {4}kernel:\n.*\n.*\n/, ''),
      [
        '9:7 error manifest/rootfs-without-kernel: the containerRootfs "ubuntu" holds no boot loader; the machine starts from it only with spec.instance.kernel',
      ],
    ],
    [
      'no image',
      (s: string) => s.replace(/ {6}image: smartxworks\/virtink-kernel.*\n/, ''),
      ['6:7 error manifest/missing-field: spec.instance.kernel lacks image: the container image that holds /vmlinux'],
    ],
    [
      'no command line',
      (s: string) => s.replace(/ {6}cmdline: .*\n/, ''),
      ['6:7 error manifest/missing-field: spec.instance.kernel lacks cmdline: the kernel is started with it'],
    ],
    [
      'an empty command line',
      (s: string) => s.replace(/cmdline: .*/, 'cmdline: ""'),
      ['7:16 error manifest/missing-field: spec.instance.kernel lacks cmdline: the kernel is started with it'],
    ],
    [
      'a misspelled field',
      (s: string) =>
        s.replace('imagePullPolicy', '').replace('size: 4Gi', 'size: 4Gi\n        imagepullPolicy: Always'),
      [
        '15:9 warning manifest/unknown-field: spec.volumes.containerRootfs has no field "imagepullPolicy"; did you mean imagePullPolicy?',
      ],
    ],
    [
      'a wrong policy',
      (s: string) => s.replace('size: 4Gi', 'size: 4Gi\n        imagePullPolicy: always'),
      [
        '15:26 error manifest/wrong-value: spec.volumes.containerRootfs.imagePullPolicy cannot be "always"; did you mean Always?',
      ],
    ],
    [
      'no size',
      (s: string) => s.replace('        size: 4Gi\n', ''),
      [
        '13:9 error manifest/missing-field: spec.volumes.containerRootfs lacks size: of the disk that is made of the image',
      ],
    ],
    [
      'no source',
      (s: string) => s.replace(/ {6}containerRootfs[\s\S]*/, ''),
      [
        '11:13 error manifest/missing-field: the volume "ubuntu" must have one source: containerDisk, cloudInit, containerRootfs, persistentVolumeClaim, dataVolume',
      ],
    ],
    [
      'settings as root',
      (s: string) => s.replace(/containerRootfs[\s\S]*/, 'cloudInit: { userData: x }\n'),
      [
        '6:7 error manifest/kernel-without-rootfs: direct kernel boot needs a root file system as well, and no disk can hold one',
        '7:31 error manifest/root-device: root=/dev/vda: disk "ubuntu" holds settings for the guest and no root file system',
      ],
    ],
    [
      'a disk of the same name',
      (s: string) => s.replace('      - name: ubuntu', '      - name: ubuntu\n      - name: ubuntu'),
      ['10:15 error manifest/duplicate-name: another entry of spec.instance.disks is called "ubuntu"'],
    ],
    [
      'a list that is none',
      (s: string) => s.replace('disks:\n      - name: ubuntu', 'disks: ubuntu'),
      [
        '8:12 error manifest/wrong-value: spec.instance.disks must be a list',
        '6:7 error manifest/kernel-without-rootfs: direct kernel boot needs a root file system as well, and there is no disk',
        '10:13 warning manifest/volume-without-disk: no disk in spec.instance.disks uses the volume "ubuntu", so the machine does not see it',
        '7:31 error manifest/root-device: root=/dev/vda: the machine has no disk',
      ],
    ],
  ] as const)('finds %s', (_, change, expected) => {
    expect(said(change(virtinkDocument)).sort()).toEqual([...expected].sort());
  });

  it('reads all machines of a stream and leaves other documents alone', () => {
    const stream = `apiVersion: v1\nkind: Secret\n---\n${virtinkDocument}---\n${virtinkDocument.replace('/dev/vda', '/dev/vdc')}`;
    expect(machines(stream)).toHaveLength(2);
    expect(said(stream)).toEqual([
      '25:31 error manifest/root-device: root=/dev/vdc: the machine has no such disk; the guest sees vda',
    ]);
  });
});

const kubevirtDocument = `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ext-kernel-boot-vm
spec:
  runStrategy: Manual
  template:
    spec:
      domain:
        devices: {}
        firmware:
          kernelBoot:
            container:
              image: vmi_ext_boot/kernel_initrd_binaries_container:latest
              initrdPath: /boot/initramfs-virt
              kernelPath: /boot/vmlinuz-virt
              imagePullPolicy: Always
              imagePullSecret: IfNotPresent
            kernelArgs: console=ttyS0
        resources:
          requests:
            memory: 1Gi
`;
const secret =
  '18:32 warning manifest/pull-policy-as-secret: imagePullSecret is the name of a secret, and "IfNotPresent" is a pull policy; write imagePullPolicy: IfNotPresent';
const plainKubevirt = kubevirtDocument.replace(/ {14}imagePullSecret.*\n/, '');

describe('KubeVirt', () => {
  it("finds the one slip of the document's own example", () => {
    expect(said(kubevirtDocument)).toEqual([secret]);
    expect(machines(kubevirtDocument)[0]).toMatchObject({
      profile: 'kubevirt-guest',
      initrd: true,
      startsKernel: true,
      name: 'ext-kernel-boot-vm',
    });
  });

  it.each([
    [
      'no image',
      (s: string) => s.replace(/ {14}image: .*\n/, ''),
      [
        '14:15 error manifest/missing-field: kernelBoot.container lacks image: the container image that holds the kernel',
      ],
    ],
    [
      'neither path',
      (s: string) => s.replace(/ {14}(?:initrd|kernel)Path.*\n/g, ''),
      [
        '14:15 error manifest/missing-field: kernelBoot.container lacks kernelPath and initrdPath; one of them must be there',
        '16:25 warning manifest/kernel-args-without-kernel: kernelArgs go to the kernel of kernelPath, and none is named',
      ],
    ],
    [
      'arguments without a container',
      (s: string) => s.replace(/ {12}container:\n(?: {14}.*\n)+/, ''),
      [
        '13:25 error manifest/kernel-args-without-kernel: kernelArgs are for a kernel of kernelBoot.container, and there is none; KubeVirt refuses the machine',
      ],
    ],
    [
      'an empty kernelBoot',
      (s: string) => s.replace(/kernelBoot:[\s\S]*kernelArgs.*/, 'kernelBoot: { }'),
      ['12:23 error manifest/missing-field: kernelBoot lacks container'],
    ],
    [
      'arguments for an initrd alone',
      (s: string) => s.replace(/ {14}kernelPath.*\n/, ''),
      [
        '17:25 warning manifest/kernel-args-without-kernel: kernelArgs go to the kernel of kernelPath, and none is named',
      ],
    ],
    [
      'a relative path',
      (s: string) => s.replace('/boot/initramfs', 'boot/initramfs'),
      [
        '15:27 error manifest/relative-path: initrdPath "boot/initramfs-virt" must be an absolute path in the container image, such as /boot/initramfs-virt',
      ],
    ],
    [
      'a wrong policy',
      (s: string) => s.replace('Always', 'Sometimes'),
      [
        '17:32 error manifest/wrong-value: kernelBoot.container.imagePullPolicy cannot be "Sometimes"; one of Always, IfNotPresent, Never',
      ],
    ],
    [
      'a misspelled field',
      (s: string) => s.replace('kernelArgs', 'kernelargs'),
      ['18:13 warning manifest/unknown-field: kernelBoot has no field "kernelargs"; did you mean kernelArgs?'],
    ],
    [
      'a wrong bus',
      (s: string) =>
        s
          .replace('devices: {}', 'devices: { disks: [ { name: a, disk: { bus: virtoi } } ] }')
          .concat('      volumes: [ { name: a, containerDisk: { image: x } } ]\n'),
      ['10:53 error manifest/wrong-value: bus of the disk "a" cannot be "virtoi"; did you mean virtio?'],
    ],
    [
      'a disk without a volume',
      (s: string) => s.replace('devices: {}', 'devices: { disks: [ { name: a, disk: { bus: virtio } } ] }'),
      ['10:37 error manifest/disk-without-volume: no volume is called "a"'],
    ],
    [
      'a volume without a disk',
      (s: string) => s.concat('      volumes: [ { name: a, containerDisk: { image: x } } ]\n'),
      [
        '22:26 warning manifest/volume-without-disk: no disk and no file system of the domain uses the volume "a", so the machine does not see it',
      ],
    ],
    [
      'an old API',
      (s: string) => s.replace('kubevirt.io/v1', 'kubevirt.io/v1alpha2'),
      [
        '13:13 warning manifest/old-platform: kernelBoot came with KubeVirt 0.42; kubevirt.io/v1alpha2 is the API of releases before it',
      ],
    ],
    [
      'an unknown architecture',
      (s: string) => s.replace('      domain:', '      architecture: vax\n      domain:'),
      ['9:21 error manifest/wrong-value: "vax" is not an architecture; KubeVirt knows amd64, arm64 and s390x'],
    ],
    [
      'no domain',
      (s: string) => s.replace(/ {6}domain:[\s\S]*/, '      volumes: []\n'),
      ['2:7 error manifest/missing-field: spec.template.spec lacks domain'],
    ],
    [
      'a kernel alone without a root',
      (s: string) => s.replace(/ {14}initrdPath.*\n/, ''),
      [
        '17:25 error cmdline/no-root: the KubeVirt virtual machine hands over no initrd, and the command line has no root=',
      ],
    ],
  ] as const)('finds %s', (_, change, expected) => {
    expect(said(change(plainKubevirt)).sort()).toEqual([...expected].sort());
  });

  it('names disks by bus and order', () => {
    const text = plainKubevirt
      .replace(
        'devices: {}',
        'devices: { disks: [ { name: cd, cdrom: { bus: sata } }, { name: a, disk: { bus: virtio } }, { name: b, disk: { bus: scsi } }, { name: c, disk: { bus: virtio } } ] }',
      )
      .concat(
        '      volumes: [ { name: a, containerDisk: { image: x } }, { name: b, cloudInitNoCloud: { userData: x } }, { name: c, dataVolume: { name: x } }, { name: cd, configMap: { name: x } } ]\n',
      );
    expect(machines(text)[0]?.disks.map(({ name, device, holds }) => `${name} ${device} ${holds}`)).toEqual([
      'cd sr0 data',
      'a vda partitions',
      'b sda data',
      'c vdb unknown',
    ]);
  });
});

const firecrackerDocument = `{
  "boot-source": {
    "kernel_image_path": "vmlinux.bin",
    "boot_args": "console=ttyS0 reboot=k panic=1 pci=off",
    "initrd_path": null
  },
  "drives": [
    {
      "drive_id": "rootfs",
      "partuuid": null,
      "is_root_device": true,
      "cache_type": "Unsafe",
      "is_read_only": false,
      "path_on_host": "bionic.rootfs.ext4",
      "io_engine": "Sync",
      "rate_limiter": null,
      "socket": null
    }
  ],
  "machine-config": { "vcpu_count": 2, "mem_size_mib": 1024, "smt": false, "track_dirty_pages": false, "huge_pages": "None" },
  "cpu-config": null,
  "balloon": null,
  "network-interfaces": [],
  "vsock": null,
  "logger": null,
  "metrics": null,
  "mmds-config": null,
  "entropy": null,
  "pmem": [],
  "memory-hotplug": null
}
`;

describe('Firecracker', () => {
  it("takes the project's own example, and knows what Firecracker adds", () => {
    expect(said(firecrackerDocument)).toEqual([]);
    expect(machines(firecrackerDocument)[0]?.commandLine?.map(({ text, from }) => `${text} (${from})`)).toEqual([
      'console=ttyS0 reboot=k panic=1 pci=off (vm)',
      'root=/dev/vda rw (added by Firecracker)',
    ]);
  });

  it('knows the arguments that are used where none are given', () => {
    const [machine] = machines(firecrackerDocument.replace(/ {4}"boot_args".*\n/, ''));
    expect(machine?.commandLine?.[0]?.text).toContain('reboot=k panic=1 nomodule 8250.nr_uarts=0');
    expect(machine?.commandLine?.[0]?.from).toBe("Firecracker's default");
  });

  it.each([
    [
      'no boot source',
      (s: string) => s.replace(/ {2}"boot-source": \{[^}]*\},\n/, ''),
      ['2:3 error manifest/missing-field: the machine config lacks boot-source, so there is no kernel to start'],
    ],
    [
      'no kernel',
      (s: string) => s.replace(/ {4}"kernel_image_path".*\n/, ''),
      ['3:5 error manifest/missing-field: boot-source lacks kernel_image_path'],
    ],
    [
      'nothing to mount',
      (s: string) => s.replace(/"drives": \[[^\]]*\]/, '"drives": []'),
      [
        '2:3 error manifest/kernel-without-rootfs: there is neither an initrd nor a drive, so the kernel finds no root file system',
        '4:19 error cmdline/no-root: the Firecracker microVM hands over no initrd, and the command line has no root=',
      ],
    ],
    [
      'a root that is overridden',
      (s: string) => s.replace('pci=off', 'pci=off root=/dev/vda1 ro'),
      [
        '4:58 warning cmdline/overridden-parameter: root=/dev/vda1 has no effect: root=/dev/vda comes later and wins (added by Firecracker)',
        '4:73 warning cmdline/overridden-parameter: ro has no effect: rw comes later and wins (added by Firecracker)',
      ],
    ],
    [
      'a misspelled section',
      (s: string) => s.replace('"balloon"', '"baloon"'),
      ['22:3 warning manifest/unknown-field: the machine config has no field "baloon"; did you mean balloon?'],
    ],
    [
      'a misspelled field',
      (s: string) => s.replace('boot_args', 'bootargs'),
      ['4:5 warning manifest/unknown-field: boot-source has no field "bootargs"; did you mean boot_args?'],
    ],
    [
      'a drive without a file',
      (s: string) => s.replace(/ {6}"path_on_host".*\n/, ''),
      ['9:7 error manifest/missing-field: the drive "rootfs" lacks path_on_host'],
    ],
  ] as const)('finds %s', (_, change, expected) => {
    expect(said(change(firecrackerDocument)).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['{ "boot-source": { }', '1:21 it ends in the middle'],
    ['{ "boot-source": { "a": 1, } }', '1:28 a value is missing after the ","'],
    ['{ "a": 1 "b": 2 }', '1:10 a "," is missing here'],
    ['{ "a": 01 }', '1:8 a value is missing here'],
    ['{ "a": 1, "a": 2 }', '1:11 "a" stands here twice'],
    ['{ "a": "x\ny" }', '1:8 a value is missing here'],
    ['{ // no\n "a": 1 }', '1:3 a key in double quotes is missing here'],
    ['{ "a": 1 } x', '1:12 something follows the end'],
    ['{ "a": 1 ]', '1:10 "]" closes nothing here'],
    [`{ "a": ${'['.repeat(70)}`, '1:71 nested more than 64 levels deep'],
    ['{ "kind": "Pod", "apiVersion": "v1" }', '1:1 no virtual machine is described here, only Pod of v1'],
  ])('says where %j is damaged', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });
});

const cloudHypervisorCommand = `./cloud-hypervisor/target/release/cloud-hypervisor \\
	--kernel ./linux-cloud-hypervisor/arch/x86/boot/compressed/vmlinux.bin \\
	--disk path=focal-server-cloudimg-amd64.raw \\
	--cmdline "console=hvc0 root=/dev/vda1 rw" \\
	--cpus boot=4 \\
	--memory size=1024M \\
	--net "tap=,mac=,ip=,mask="
`;
const cloudHypervisorConfig = `{
  "cpus": { "boot_vcpus": 4, "max_vcpus": 4 },
  "payload": {
    "kernel": "vmlinux",
    "cmdline": "console=ttyS0 console=hvc0 root=/dev/vda1 rw"
  },
  "disks": [ { "path": "focal-server-cloudimg-amd64.raw" } ],
  "rng": { "src": "/dev/urandom" },
  "net": [ { "ip": "192.168.10.10" } ]
}
`;

describe('Cloud Hypervisor', () => {
  it("takes the project's own examples", () => {
    expect(said(cloudHypervisorCommand)).toEqual([]);
    expect(said(cloudHypervisorConfig)).toEqual([]);
    const old =
      '{ "kernel": { "path": "vmlinux" }, "cmdline": { "args": "console=hvc0 root=/dev/vda1 rw" }, "disks": [ { "path": "a" } ] }';
    expect(machines(old)[0]?.commandLine?.[0]?.text).toBe('console=hvc0 root=/dev/vda1 rw');
    expect(said(old)).toEqual([]);
  });

  it('reads the machine out of a command', () => {
    const [machine] = machines(`#!/bin/sh\nset -e\n${cloudHypervisorCommand}`);
    expect(machine).toMatchObject({ kind: 'cloud-hypervisor', profile: 'cloud-hypervisor-guest', initrd: false });
    expect(machine?.disks.map(({ device }) => device)).toEqual(['vda']);
    expect(
      machine?.devices.filter(({ name }) => /-port|console/.test(name)).map(({ name, value }) => `${name} ${value}`),
    ).toEqual(['serial-port off', 'virtio-console on']);
  });

  it.each([
    [
      'a disk that is not there',
      cloudHypervisorCommand.replace('vda1', 'vdb1'),
      ['4:26 error manifest/root-device: root=/dev/vdb1: the machine has no such disk; the guest sees vda'],
    ],
    [
      'a command line without a kernel',
      cloudHypervisorCommand.replace('--kernel', '--firmware'),
      ['4:13 error manifest/kernel-args-without-kernel: the command line is for a kernel, and none is named'],
    ],
    [
      'nothing to start',
      'cloud-hypervisor --disk path=a.raw\n',
      ['1:1 error manifest/nothing-to-boot: there is neither a kernel nor a firmware to start'],
    ],
    [
      'nothing to mount',
      'cloud-hypervisor --kernel vmlinux --cmdline "console=hvc0 root=/dev/vda"\n',
      [
        '1:27 error manifest/kernel-without-rootfs: there is no initramfs, disk, file system or persistent memory, so the kernel finds no root file system',
        '1:59 error manifest/root-device: root=/dev/vda: the machine has no disk',
      ],
    ],
    [
      'a tag that is not shared',
      'cloud-hypervisor --kernel v --cmdline "root=myfs rootfstype=virtiofs rw" --fs tag=other,socket=/s\n',
      ['1:40 error manifest/root-device: root=myfs: the machine shares other'],
    ],
    [
      'nothing in a tag that is shared',
      'cloud-hypervisor --kernel v --cmdline "root=myfs rootfstype=virtiofs rw" --fs tag=myfs,socket=/s\n',
      [],
    ],
    [
      'no folder',
      'cloud-hypervisor --kernel v --disk path=a --cmdline "root=myfs rootfstype=virtiofs rw"\n',
      ['1:54 error manifest/root-device: root=myfs: the machine shares no folder'],
    ],
    [
      'both',
      'cloud-hypervisor --kernel vmlinux --firmware fw --disk path=a --cmdline "root=/dev/vda rw"\n',
      [
        '1:46 warning manifest/ignored-setting: kernel and firmware exclude each other; Cloud Hypervisor refuses both together',
      ],
    ],
    [
      'a misspelled field',
      cloudHypervisorConfig.replace('"cmdline"', '"cmd_line"'),
      ['5:5 warning manifest/unknown-field: payload has no field "cmd_line"; did you mean cmdline?'],
    ],
  ])('finds %s', (_, text, expected) => {
    expect(said(text).sort()).toEqual([...expected].sort());
  });

  it('does not know what a shell would put in', () => {
    expect(
      machines('cloud-hypervisor --kernel v --cmdline "$CMDLINE" --disk path=a\n')[0]?.commandLine,
    ).toBeUndefined();
  });
});

const xenGuest = `# Example PVH Linux guest
name = "example.pvlinux"
type = "pvh"
kernel = "/boot/vmlinuz"
#ramdisk = "/boot/initrd.gz"
extra = "root=/dev/xvda1 ro console=hvc0"
memory = 128
vcpus = 2
vif = [ '' ]
disk = [ '/dev/vg/guest-volume,raw,xvda,rw',
         'file:/install.iso,hdc:cdrom,r' ] # the last one
`;

describe('Xen', () => {
  it('takes a guest as the examples of xl have it', () => {
    expect(said(xenGuest)).toEqual([]);
    expect(machines(xenGuest)[0]).toMatchObject({ name: 'example.pvlinux', profile: 'xen-guest-pvh', initrd: false });
    expect(machines(xenGuest)[0]?.disks.map(({ device, isReadOnly }) => `${device} ${isReadOnly}`)).toEqual([
      'xvda false',
      'xvdc true',
    ]);
  });

  it('puts root and extra together', () => {
    const [machine] = machines("kernel = '/k'\nroot = '/dev/xvda ro'\nextra = 'console=hvc0'\nramdisk='/r'\n");
    expect(machine?.commandLine?.map(({ text }) => text)).toEqual(['root=/dev/xvda ro', 'console=hvc0']);
    expect(machine?.profile).toBe('xen-guest-pv');
  });

  it.each([
    ['type = "hvm"\n', 'xen-guest-hvm'],
    ['builder = "hvm"\n', 'xen-guest-hvm'],
    ['pvh = 1\n', 'xen-guest-pvh'],
    ['name = "x"\n', 'xen-guest-pv'],
  ])('%j is for the profile %s', (text, profile) => {
    expect(machines(text)[0]?.profile).toBe(profile);
  });

  it.each([
    [
      'a disk that is not there',
      xenGuest.replace('xvda1', 'xvdb1'),
      ['6:10 error manifest/root-device: root=/dev/xvdb1: the machine has no such disk; the guest sees xvda, xvdc'],
    ],
    [
      'an unknown type',
      xenGuest.replace('"pvh"', '"pvhvm"'),
      ['3:8 error manifest/wrong-value: type of the guest cannot be "pvhvm"; one of pv, pvh, hvm'],
    ],
    [
      'a cmdline beside extra',
      xenGuest.replace('memory', 'cmdline = "root=/dev/xvda ro"\nmemory'),
      ['6:9 warning manifest/ignored-setting: xl ignores it in favour of cmdline'],
    ],
    [
      'a setting twice',
      `${xenGuest}memory = 256\n`,
      ['7:1 warning manifest/ignored-setting: memory stands here again further down, and the last one counts'],
    ],
    [
      'no kernel',
      xenGuest.replace('kernel =', '#kernel ='),
      [
        '2:1 error manifest/nothing-to-boot: a guest of type pvh needs a kernel, or a bootloader such as pygrub that finds one on its disk',
        '6:1 error manifest/kernel-args-without-kernel: extra is for a kernel, and none is named',
      ],
    ],
    [
      'nothing to mount',
      'type = "pvh"\nkernel = "/k"\nextra = "console=hvc0"\n',
      [
        '2:1 error manifest/kernel-without-rootfs: there is neither a ramdisk nor a disk, so the kernel finds no root file system',
        '3:10 error cmdline/no-root: the Xen guest of type pvh hands over no initrd, and the command line has no root=',
      ],
    ],
    [
      'a disk without a name',
      xenGuest.replace(',raw,xvda,rw', ',raw'),
      [
        '10:10 error manifest/wrong-value: the disk lacks a name for the guest, such as xvda',
        '6:10 error manifest/root-device: root=/dev/xvda1: the machine has no such disk; the guest sees xvdc',
      ],
    ],
    [
      'a misspelled setting',
      xenGuest.replace('kernel =', 'kernal ='),
      [
        '4:1 warning manifest/unknown-field: xl does not know "kernal" and ignores it; did you mean kernel?',
        '2:1 error manifest/nothing-to-boot: a guest of type pvh needs a kernel, or a bootloader such as pygrub that finds one on its disk',
        '6:1 error manifest/kernel-args-without-kernel: extra is for a kernel, and none is named',
      ],
    ],
    [
      'the old way',
      'builder = "generic"\nkernel = "/k"\nramdisk = "/r"\n',
      ['1:11 info manifest/old-platform: builder is the old way to say it; write type = "pv"'],
    ],
  ])('finds %s', (_, text, expected) => {
    expect(said(text).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['kernel = /boot/vmlinuz\n', '1:10 a number, a list or a text in quotes must stand here'],
    ['name = "a"\nkernel "/k"\n', '2:8 "=" is missing behind kernel'],
    ['disk = [ "a"\nname = "b"\n', '2:1 "," or "]" is missing here'],
    ['disk = [ "a",\n', '2:1 the list is not closed'],
    ['kernel = "/k" x\n', '1:15 this does not belong to kernel'],
    ['name = "unfinished\n', '1:8 a number, a list or a text in quotes must stand here'],
    ['disk = [ "a" ]\ndisk += [ "b" ]\n', '2:6 "+=" is not understood here; write the whole list'],
    [`disk = ${'['.repeat(80)}`, '1:72 nested more than 64 levels deep'],
  ])('says where %j is damaged', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });
});

describe('what is no manifest', () => {
  it.each([
    ['', '1:1 the manifest is empty'],
    ['  \n\n', '1:1 the manifest is empty'],
    ['hello: world\n', '1:1 no virtual machine is described here'],
    ['apiVersion: apps/v1\nkind: Deployment\n', '1:1 no virtual machine is described here, only Deployment of apps/v1'],
    ['apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nspec: &a [*a]\n', '3:11 there is no anchor "a" before this'],
    ['a: 1\na: 2\n', '2:1 "a" stands here twice'],
    ['apiVersion: v1\n  kind: x\n', '1:13 Nested mappings are not allowed in compact mappings'],
    [`${'['.repeat(5000)}`, '1:65 nested more than 64 levels deep'],
  ])('%j', (text, expected) => {
    expect(fault(text).split(' at line')[0]).toBe(expected);
  });

  it('lets aliases stand for what their anchors hold', () => {
    const text = virtinkDocument
      .replace('name: ubuntu', 'name: &disk ubuntu')
      .replace('    - name: ubuntu', '    - name: *disk');
    expect(said(text)).toEqual([]);
  });
});

describe('whatever a stranger hands over', () => {
  const seeds = [
    virtinkDocument,
    kubevirtDocument,
    firecrackerDocument,
    cloudHypervisorCommand,
    cloudHypervisorConfig,
    xenGuest,
  ];
  const junk = fc.constantFrom(
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '\n',
    ' ',
    '\\',
    '=',
    '#',
    '&a ',
    '*a',
    '- ',
    'null',
    '\0',
    '\u{1f600}',
    '--',
    '|',
  );

  it('is read or refused with a place in it, and never thrown on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.nat(), fc.nat(12), junk), { maxLength: 6 }),
        (seed, changes) => {
          let text = seed;
          for (const [at, length, insert] of changes) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + insert + text.slice(start + length);
          }
          const read = readManifest(createSource('vm', text), readYamlTrees);
          const places =
            'message' in read
              ? [{ start: read.offset, end: read.offset }]
              : read.flatMap(({ problems, devices, disks }) =>
                  [...problems, ...devices, ...disks].map(({ location }) => location.span),
                );
          for (const { start, end } of places) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
