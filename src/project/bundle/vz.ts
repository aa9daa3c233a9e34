/** What vz expects of a kernel bundle: files whose checksums are right, and capabilities that are true. */
import { isFault } from '../../artifacts/archive/fault.ts';
import { resolveFile } from '../../artifacts/archive/view.ts';
import { ElfMachine, readElf } from '../../artifacts/bundle/elf.ts';
import type { Span } from '../../source.ts';
import { didYouMean } from '../../suggest.ts';
import type { Inspection } from './inspection.ts';
import type { AbilityOf } from './required.ts';
import { bundleRules } from './rules.ts';
import { type VersionJson, type VzProfile, versionPath } from './vz-version.ts';

const checksums = [
  ['sha256_vmlinux', 'vmlinux'],
  ['sha256_initramfs', 'initramfs.img'],
  ['sha256_youki', 'youki'],
] as const;

const common = [
  'vsock',
  'virtiofs',
  'hvc0_serial',
  'ext4_root',
  'overlayfs',
  'netns',
  'seccomp',
  'io_uring',
  'btrfs_snapshots',
  'device_mapper',
  'dm_crypt',
];

/** What vz of today demands that a bundle of a profile declares; earlier ones were content with less. */
const promised: Readonly<Record<VzProfile, readonly string[]>> = {
  developer: [...common, 'cgroup_bpf', 'user_ns', 'nested_virt', 'tun'],
  container: [...common, 'nfsd', 'container_sandbox'],
};

/** What vz calls a capability, and the abilities of a config that it stands for; none where it is not about the config. */
export const vzCapabilities: ReadonlyMap<string, readonly string[]> = new Map([
  ['vsock', ['vsock_guest']],
  ['virtiofs', ['virtiofs']],
  ['hvc0_serial', ['virtio_console']],
  ['ext4_root', ['ext4', 'virtio_disk']],
  ['overlayfs', ['overlayfs']],
  ['netns', ['netns']],
  ['seccomp', ['seccomp']],
  ['io_uring', ['io_uring']],
  ['cgroup_bpf', ['cgroup_bpf']],
  ['user_ns', ['userns']],
  ['nested_virt', ['kvm']],
  ['tun', ['tun']],
  ['btrfs_snapshots', ['btrfs_snapshots']],
  ['device_mapper', ['device_mapper']],
  ['dm_crypt', ['dm_crypt']],
  ['nfsd', ['nfsd']],
  ['container_sandbox', []],
]);

export function inspectChecksums(inspection: Inspection, { value, fields }: VersionJson): void {
  const { say, at, sha256, has } = inspection;
  for (const [key, path] of checksums) {
    const field = fields.find((each) => each.key === key);
    const declared = value[key];
    if (typeof declared !== 'string') {
      if (has(path))
        say(
          bundleRules.noChecksum,
          at(versionPath),
          `${versionPath} has no ${key}, so ${path} is not checked before it boots`,
        );
      continue;
    }
    const location = at(versionPath, field?.span);
    const expected = declared.trim().toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(expected)) {
      say(bundleRules.checksum, location, `${key} is not 64 hexadecimal digits`, { actual: declared });
      continue;
    }
    const found = sha256(path);
    if (isFault(found)) continue;
    if (found !== expected) {
      const related = [{ location: at(path), message: `its digest is ${found}` }];
      say(bundleRules.checksum, location, `${path} is not the file that ${key} describes`, {
        actual: expected,
        expected: found,
        related,
      });
    } else if (declared !== expected)
      say(
        bundleRules.checksum,
        location,
        `${key} is not written in small letters alone, which vz refuses where it verifies a bundle`,
        { severity: 'warning', advice: [`"${key}": "${expected}"`] },
      );
  }
}

/** Links make a bundle that vz boots, but does not verify. */
export function inspectVzFiles(inspection: Inspection): void {
  const { view, say, at, has, bytes } = inspection;
  for (const path of ['vmlinux', 'initramfs.img', 'youki', versionPath]) {
    if (view.entryAt(path)?.kind === 'link' && has(path))
      say(bundleRules.unreadableFile, at(path), `${path} is a link; vz verifies regular files only`, {
        severity: 'warning',
      });
  }
  const found = resolveFile(view, 'youki');
  if (isFault(found)) return;
  const head = bytes('youki', 4096, true);
  if (head === undefined) return;
  const elf = readElf(head);
  if (elf === undefined) say(bundleRules.vzRuntime, at('youki'), 'youki is no ELF program');
  else if (elf.machine !== ElfMachine.arm64)
    say(bundleRules.vzRuntime, at('youki'), 'youki is a program for another architecture than arm64');
  if (view.isClosed && (found.entry.mode & 0o111) === 0)
    say(bundleRules.vzRuntime, at('youki'), 'youki may not be run: its mode has no x', {
      severity: 'warning',
      advice: ['chmod +x youki'],
    });
}

/** Compares what version.json declares with what the config brings. */
export function inspectCapabilities(
  inspection: Inspection,
  version: VersionJson,
  abilityOf: AbilityOf | undefined,
): void {
  const { say, at } = inspection;
  const { value, fields, profile } = version;
  const field = fields.find(({ key }) => key === 'capabilities');
  const declared = value['capabilities'];
  if (declared === undefined || declared === null) {
    say(
      bundleRules.vzCapabilities,
      at(versionPath),
      `${versionPath} declares no capabilities, so vz assumes vsock, virtiofs, hvc0_serial and ext4_root`,
      { severity: 'warning' },
    );
    return;
  }
  if (field === undefined || !Array.isArray(declared) || declared.some((name) => typeof name !== 'string')) {
    say(bundleRules.versionJson, at(versionPath, field?.span), `capabilities in ${versionPath} is not a list of names`);
    return;
  }
  for (const { value: name, span } of field.items) inspectDeclared(inspection, name, span, profile, abilityOf);
  const names = new Set(declared as readonly string[]);
  const lacking = profile === undefined ? [] : promised[profile].filter((name) => !names.has(name));
  if (lacking.length > 0)
    say(
      bundleRules.vzCapabilities,
      at(versionPath, field.span),
      `capabilities lacks ${lacking.join(', ')}, which vz demands of profile ${profile}`,
      { severity: 'warning', actual: 'not declared', expected: lacking.join(', ') },
    );
  if (abilityOf === undefined) return;
  const silent = [...vzCapabilities.keys()].filter(
    (name) => !names.has(name) && !lacking.includes(name) && stateOf(name, abilityOf) === 'present',
  );
  if (silent.length > 0)
    say(
      bundleRules.vzCapabilities,
      at(versionPath, field.span),
      `The kernel has ${silent.join(', ')} as well, and capabilities does not say so`,
      { severity: 'info' },
    );
}

function inspectDeclared(
  { say, at, configs }: Inspection,
  name: string,
  span: Span,
  profile: VzProfile | undefined,
  abilityOf: AbilityOf | undefined,
): void {
  const location = at(versionPath, span);
  if (!vzCapabilities.has(name)) {
    const near = didYouMean(name, vzCapabilities.keys());
    say(
      bundleRules.vzCapabilities,
      location,
      `vz knows no capability "${name}", and refuses the whole file${near === '' ? '' : `; ${near}`}`,
      { actual: name },
    );
    return;
  }
  if (name === 'container_sandbox' && profile !== undefined && profile !== 'container')
    say(bundleRules.vzCapabilities, location, `container_sandbox is declared, and profile is ${profile}`, {
      actual: profile,
      expected: 'container',
    });
  if (abilityOf === undefined || configs.length === 0) return;
  const state = stateOf(name, abilityOf);
  if (state === 'present' || state === undefined) return;
  if (state === 'unknown') {
    say(
      bundleRules.vzCapabilities,
      location,
      `${name} is declared, and the config is a fragment that does not settle it`,
      { severity: 'info' },
    );
    return;
  }
  const why = state === 'module' ? 'takes a module, which the bundle does not have' : 'is not in the config';
  const failing = (vzCapabilities.get(name) ?? []).find((each) => abilityOf(each)?.state !== 'present');
  const ability = failing === undefined ? undefined : abilityOf(failing);
  say(bundleRules.vzCapabilities, location, `${name} is declared, and ${why}: it needs ${ability?.needs ?? name}`, {
    actual: state,
    expected: 'built in',
    related: ability?.related ?? [],
  });
}

/** The weakest of the abilities that a capability stands for; undefined where it stands for none. */
function stateOf(name: string, abilityOf: AbilityOf) {
  const states = (vzCapabilities.get(name) ?? []).map((each) => abilityOf(each)?.state);
  return (['absent', 'not on this kernel', 'unknown', 'module', 'present'] as const).find((state) =>
    states.includes(state),
  );
}
