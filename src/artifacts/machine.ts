/** A virtual machine as its manifest describes it, whichever platform the manifest is for. */
import type { Location, SourceText } from '../source.ts';
import type { Arch } from '../target.ts';
import type { Trait } from '../traits.ts';
import type { PlacedText } from './cmdline-text.ts';

export type MachineKind = 'virtink' | 'kubevirt' | 'firecracker' | 'cloud-hypervisor' | 'xen';

/** What is on a disk, as far as its kind tells. */
export type DiskContent = 'file-system' | 'partitions' | 'data' | 'unknown';

export interface Disk {
  readonly name: string;
  /** `vda`, as the guest will see it; undefined where nothing tells. */
  readonly device: string | undefined;
  readonly holds: DiskContent;
  readonly isReadOnly: boolean;
  readonly location: Location;
}

/** A closed set; boot-checks/manifest.ts has a rule for each. */
export type ManifestProblemCode =
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-value'
  | 'duplicate-name'
  | 'disk-without-volume'
  | 'volume-without-disk'
  | 'kernel-without-rootfs'
  | 'rootfs-without-kernel'
  | 'relative-path'
  | 'kernel-args-without-kernel'
  | 'pull-policy-as-secret'
  | 'several-root-devices'
  | 'ignored-setting'
  | 'nothing-to-boot'
  | 'old-platform';

export interface ManifestProblem {
  readonly code: ManifestProblemCode;
  readonly message: string;
  readonly location: Location;
  /** Milder than the rule's own. */
  readonly severity?: 'warning' | 'info';
  readonly related?: readonly { readonly location: Location; readonly message: string }[];
}

export interface Machine {
  readonly kind: MachineKind;
  /** `Virtink virtual machine`. */
  readonly title: string;
  readonly name: string | undefined;
  readonly source: SourceText;
  /** Where its description begins. */
  readonly location: Location;
  /** The profile of the platform, and why it is the one; undefined where the guest's own loader picks the kernel. */
  readonly profile: string;
  readonly profileBecause: string;
  /** Whether an initrd is handed to the kernel; undefined where the manifest does not decide it. */
  readonly initrd: boolean | undefined;
  /** True where the manifest hands over a kernel, so that its command line is all that the kernel gets. */
  readonly startsKernel: boolean;
  /** What the kernel gets, what the platform adds included; undefined where the manifest does not say. */
  readonly commandLine: readonly PlacedText[] | undefined;
  readonly arch: { readonly arch: Arch; readonly location: Location } | undefined;
  /** In the order in which the guest names them. */
  readonly disks: readonly Disk[];
  /** True where the disks are all there are. */
  readonly knowsDisks: boolean;
  readonly devices: readonly Trait[];
  readonly problems: readonly ManifestProblem[];
}
