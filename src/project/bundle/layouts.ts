/** The layouts that kernels are shipped in, as data. */
import type { Arch } from '../../target.ts';
import { sources } from './rules.ts';

export type LayoutId = 'krata' | 'virtink' | 'liquidmetal' | 'kubevirt' | 'vz';

export type KernelFormat = 'elf' | 'bzimage' | 'image' | 'image-gz' | 'zboot' | 'other';

export interface LayoutFile {
  readonly path: string;
  readonly what: string;
}

export interface Layout {
  readonly id: LayoutId;
  readonly title: string;
  /** The document that describes it. */
  readonly reference: string;
  /** Any of these speaks for the layout; the layout with the most of them is taken. */
  readonly signs: readonly string[];
  /** One sign alone is not enough: other things have such files too. */
  readonly needsSeveral?: boolean;
  /** Where the kernel may be; the first that is there is it. */
  readonly kernels: readonly string[];
  /** Files besides the kernel that have to be there. */
  readonly files: readonly LayoutFile[];
  /** Where the initrd may be; the first that is there is it. */
  readonly initrds: readonly string[];
  /** Where configs may be, `*` for a part of a name; all that are there are checked. */
  readonly configs: readonly string[];
  /** What the platform starts, by architecture; an architecture that is not named it does not run on. */
  readonly formats: Readonly<Partial<Record<Arch, readonly KernelFormat[]>>>;
  /** Formats that newer versions of the platform start as well. */
  readonly alsoFormats: readonly KernelFormat[];
}

export const layouts: readonly Layout[] = [
  {
    id: 'krata',
    title: 'krata kernel image',
    reference: sources.krata,
    signs: ['kernel/metadata', 'kernel/addons.squashfs', 'kernel/image'],
    kernels: ['kernel/image'],
    files: [
      { path: 'kernel/addons.squashfs', what: 'the modules' },
      { path: 'kernel/metadata', what: 'the description of the kernel' },
    ],
    initrds: [],
    configs: ['kernel/config.gz', 'kernel/config'],
    formats: { x86_64: ['bzimage'], arm64: ['image-gz'] },
    alsoFormats: ['elf', 'image', 'zboot'],
  },
  {
    id: 'vz',
    title: 'vz kernel bundle',
    reference: sources.vz,
    signs: ['version.json', 'initramfs.img', 'youki', 'vmlinux'],
    needsSeveral: true,
    kernels: ['vmlinux'],
    files: [
      { path: 'initramfs.img', what: 'the initramfs' },
      { path: 'youki', what: 'the container runtime' },
      { path: 'version.json', what: 'the description of the bundle' },
    ],
    initrds: ['initramfs.img'],
    configs: ['config', '*.config', 'config.gz'],
    formats: { arm64: ['image'] },
    alsoFormats: [],
  },
  {
    id: 'liquidmetal',
    title: 'liquidmetal kernel image',
    reference: sources.liquidmetal,
    signs: [
      'bin/vmlinux',
      'bin/vmlinux.bin',
      'kernel/Makefile',
      'kernel/firecracker/configs',
      'kernel/cloud-hypervisor/configs',
    ],
    kernels: ['bin/vmlinux', 'bin/vmlinux.bin', 'bin/image'],
    files: [],
    initrds: [],
    configs: [
      'boot/config-*',
      'bin/config-*',
      'configs/*.config',
      'configs/*/*.config',
      'firecracker/configs/*.config',
      'cloud-hypervisor/configs/*.config',
      'kernel/configs/*.config',
      'kernel/firecracker/configs/*.config',
      'kernel/cloud-hypervisor/configs/*.config',
    ],
    formats: { x86_64: ['elf'], arm64: ['image'] },
    alsoFormats: [],
  },
  {
    id: 'virtink',
    title: 'Virtink kernel image',
    reference: sources.virtink,
    signs: ['vmlinux', 'entrypoint.sh'],
    kernels: ['vmlinux'],
    files: [],
    initrds: [],
    configs: ['config', 'boot/config-*', '.config'],
    formats: { x86_64: ['elf'], arm64: ['image'] },
    alsoFormats: ['bzimage'],
  },
  {
    id: 'kubevirt',
    title: 'KubeVirt kernel boot image',
    reference: sources.kubevirt,
    signs: ['boot/vmlinuz*', 'boot/initramfs*', 'boot/initrd*', 'boot/vmlinux*'],
    kernels: ['boot/vmlinuz*', 'boot/vmlinux*', 'boot/bzImage', 'boot/Image*', 'vmlinuz*'],
    files: [],
    initrds: ['boot/initramfs*', 'boot/initrd*', 'initramfs*', 'initrd*'],
    configs: ['boot/config-*', 'lib/modules/*/config', 'usr/lib/modules/*/config'],
    formats: { x86_64: ['bzimage', 'zboot', 'elf'], arm64: ['image', 'image-gz', 'zboot'], s390: ['other', 'elf'] },
    alsoFormats: [],
  },
];
