/** Kernel bundles of every layout that are in order, made on the spot, to be broken by the tests. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sha256, temporaryFolder, writeFiles } from './archives.ts';
import { root } from './corpus.ts';
import { arm64Image, bannerOf, bzImage, elfMachine, embedded, noise, vmlinux } from './images.ts';

/** Files by path; undefined takes one away. */
export type BundleFiles = Readonly<Record<string, string | Uint8Array | undefined>>;

export interface Kernel {
  readonly release?: string;
  readonly config?: string | undefined;
}

const filler = noise(3000);

/** A vmlinux with a segment of code and one of notes, among them that of PVH. */
export function pvhKernel({ release = '6.12.0', config }: Kernel = {}, { pvh = true, machine = 62 } = {}): Buffer {
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  const note = (name: string, type: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(name.length + 1, 0);
    head.writeUInt32LE(value.length, 4);
    head.writeUInt32LE(type, 8);
    return Buffer.concat([head, padded(Buffer.from(`${name}\0`)), padded(value)]);
  };
  const entry = Buffer.alloc(8);
  entry.writeUInt32LE(0x1000000);
  const notes = Buffer.concat([note('Linux', 257, Buffer.from('abcd')), ...(pvh ? [note('Xen', 18, entry)] : [])]);
  const parts = [
    filler,
    Buffer.from(`${bannerOf(release)}\0`),
    config === undefined ? Buffer.alloc(0) : embedded(config),
  ];
  const code = padded(Buffer.concat(parts));
  const header = Buffer.alloc(64 + 2 * 56);
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(0x1000000n, 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(2, 56);
  const segment = (index: number, type: number, offset: number, size: number) => {
    const at = 64 + index * 56;
    header.writeUInt32LE(type, at);
    header.writeUInt32LE(5, at + 4);
    header.writeBigUInt64LE(BigInt(offset), at + 8);
    header.writeBigUInt64LE(0xffffffff81000000n, at + 16);
    header.writeBigUInt64LE(0x1000000n, at + 24);
    header.writeBigUInt64LE(BigInt(size), at + 32);
    header.writeBigUInt64LE(BigInt(size), at + 40);
  };
  segment(0, 1, header.length, code.length);
  segment(1, 4, header.length + code.length, notes.length);
  return Buffer.concat([header, code, notes]);
}

export function bzKernel({ release = '6.12.0', config }: Kernel = {}, machine: number = elfMachine.x86_64): Buffer {
  return bzImage(gzipSync(vmlinux({ release, config, filler }, machine)), `${release} (build@host) #1 SMP`);
}

export function armKernel({ release = '6.12.0', config }: Kernel = {}): Buffer {
  return arm64Image({ release, config, filler });
}

/** An ELF program that is no kernel. */
export function elfProgram(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt16LE(64, 52);
  return header;
}

/** What Kconfig writes into every complete config, so that this one is taken for complete. */
const derived = Array.from({ length: 70 }, (_, i) => `CONFIG_HAVE_SAMPLE_${i}=y\n`).join('');

/** A complete config that a profile is content with, and what else is to stand in it. */
export function configFor(profile: string, arch: 'x86' | 'arm64', more = '', release = '6.12.0'): string {
  const rows = readFileSync(join(root, `fixtures/profiles/${profile}/passes.config`), 'utf8');
  const head = `#\n# Automatically generated file; DO NOT EDIT.\n# Linux/${arch} ${release} Kernel Configuration\n#\n`;
  return head + rows + more + derived;
}

/** A squashfs of mksquashfs, or where that is missing its superblock alone. */
export function squashfs(compressor: string, options: readonly string[] = []): Buffer {
  const folder = temporaryFolder();
  writeFiles(folder, { 'in/modules/modules.dep': '', 'in/modules/a.ko': 'x'.repeat(5000) });
  execFileSync('mksquashfs', ['in', 'out', '-all-root', '-quiet', '-no-progress', '-comp', compressor, ...options], {
    cwd: folder,
    stdio: 'pipe',
  });
  return readFileSync(join(folder, 'out'));
}

/** A superblock such as mksquashfs writes, with nothing behind it. */
export function superblock(compressor: number, { size = 96, version = 4, blockLog = 17 } = {}): Buffer {
  const bytes = Buffer.alloc(96);
  bytes.write('hsqs');
  bytes.writeUInt32LE(2 ** blockLog, 12);
  bytes.writeUInt16LE(compressor, 20);
  bytes.writeUInt16LE(blockLog, 22);
  bytes.writeUInt16LE(version, 28);
  bytes.writeBigUInt64LE(BigInt(size), 40);
  bytes.fill(255, 56, 64);
  return bytes;
}

export const krataSquashfs = 'CONFIG_MODULES=y\nCONFIG_SQUASHFS=y\nCONFIG_SQUASHFS_ZLIB=y\n';

export function metadata(fields: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(fields)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`]))
    .join('');
}

export function krataFields(config: string): Record<string, string> {
  return {
    KERNEL_ARCH: 'x86_64',
    KERNEL_VERSION: '6.12.0',
    KERNEL_FLAVOR: 'zone',
    KERNEL_CONFIG: `sha256:${sha256(config)}`,
    KERNEL_UNAME_R: '6.12.0-edera-zone',
  };
}

export function krataBundle(
  config = configFor('krata-zone', 'x86', krataSquashfs),
): Record<string, string | Uint8Array> {
  return {
    'kernel/image': bzKernel({ release: '6.12.0-edera-zone' }),
    'kernel/config.gz': gzipSync(config),
    'kernel/addons.squashfs': superblock(1),
    'kernel/metadata': metadata(krataFields(config)),
  };
}

export function virtinkBundle(
  kernel = pvhKernel({ config: configFor('virtink', 'x86') }),
): Record<string, string | Uint8Array> {
  return { vmlinux: kernel, 'entrypoint.sh': '#!/bin/sh\ncp /vmlinux $1\n' };
}

/** The first bytes of an initramfs; nothing looks further. */
export const initramfs = gzipSync('070701');

const vzNames =
  'vsock virtiofs hvc0_serial ext4_root overlayfs netns seccomp io_uring btrfs_snapshots device_mapper dm_crypt nfsd container_sandbox';
export const vzMore = 'CONFIG_INET=y\n';

export function vzBundle(version: Readonly<Record<string, unknown>> = {}, files: BundleFiles = {}): BundleFiles {
  const config = configFor('vz-container', 'arm64', vzMore, '6.12.11');
  const own = {
    vmlinux: armKernel({ release: '6.12.11', config }),
    'initramfs.img': initramfs,
    youki: elfProgram(elfMachine.arm64),
    ...files,
  };
  const fields = {
    kernel: '6.12.11',
    busybox: '1.37.0',
    agent: '0.1.0',
    youki: '0.5.7',
    agent_protocol_revision: 1,
    profile: 'container',
    security_profile: 'container-hardened',
    sha256_vmlinux: sha256((own.vmlinux as Uint8Array) ?? ''),
    sha256_initramfs: sha256((own['initramfs.img'] as Uint8Array) ?? ''),
    sha256_youki: sha256((own.youki as Uint8Array) ?? ''),
    capabilities: vzNames.split(' '),
    ...version,
  };
  return { 'version.json': `${JSON.stringify(fields, null, 2)}\n`, ...own };
}

export function kubevirtBundle(
  kernel = bzKernel({ config: configFor('kubevirt-guest', 'x86') }),
): Record<string, string | Uint8Array> {
  return { 'boot/vmlinuz-virt': kernel, 'boot/initramfs-virt': initramfs };
}

/** Writes the files that are left into a folder. */
export function folderOf(files: BundleFiles): string {
  const kept = Object.entries(files).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== undefined);
  return writeFiles(temporaryFolder(), Object.fromEntries(kept));
}
