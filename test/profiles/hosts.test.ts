/** Profiles of systemd, of guests and hosts of KVM and of hardening: what a user sees where sources are easily wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { decodeModel, describeSymbol, isDefined, type KconfigModel, symbolNamed } from '../../src/kconfig/index.ts';
import {
  Accept,
  type Condition,
  judge,
  type Situation,
  type SymbolCondition,
  Verdict,
} from '../../src/profiles/condition.ts';
import { judgeRequirement } from '../../src/profiles/evaluate.ts';
import type { Requirement } from '../../src/profiles/profile.ts';
import { existenceOf, isHidden, nameOn } from '../../src/profiles/symbols.ts';
import { type BootFact, inRange, parseKernelVersion, type Target } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { builtIn, choose, judgeText, verdicts } from '../support/library.ts';
import { settingsFor } from '../support/settings.ts';

const ours = [
  'systemd',
  'kvm-guest',
  'qemu-microvm',
  'kvm-base',
  'kvm-host',
  'firecracker-host',
  'hardening-kernel',
  'hardening-cpu',
  'hardening-kspp',
];
const { symbols } = builtIn.library;
const target = (release: string, arch: 'x86_64' | 'arm64' = 'x86_64'): Target => ({
  kernel: parseKernelVersion(release) as number,
  arch,
});

interface Options {
  readonly kernel?: string;
  readonly arch?: 'x86_64' | 'arm64';
  readonly boot?: readonly BootFact[];
}

function lintText(profile: string, lines: string, { kernel = '6.12', arch = 'x86_64', boot = [] }: Options = {}) {
  const text = lines
    .split(' ')
    .filter((line) => line !== '')
    .map((line) => (line.endsWith('=n') ? `# CONFIG_${line.slice(0, -2)} is not set\n` : `CONFIG_${line}\n`))
    .join('');
  return judgeText(builtIn.library, [profile], text, { kind: 'complete', target: target(kernel, arch), boot });
}

/** The verdict on one row, by its id. */
function verdict(row: string, lines: string, options: Options & { readonly profile?: string } = {}) {
  const profile = options.profile ?? (row.split('/')[0] as string);
  const id = profile.split('@')[0] as string;
  return verdicts(lintText(profile, lines, options), choose(builtIn.library, profile)[0]!).get(
    row.includes('/') ? row : `${id}/${row}`,
  );
}

const message = (row: string, lines: string, options: Options = {}) =>
  lintText(row.split('/')[0] as string, lines, options).findings.find(({ rule }) => rule.id === row)?.message;

describe('systemd', () => {
  it.each([
    ['systemd@252', '4.15', []],
    ['systemd@257', '5.4', []],
    ['systemd@258', '5.7', []],
    ['systemd@261', '5.14', []],
    ['systemd@252', '4.14', ['systemd/kernel-tested-before-257']],
    ['systemd@257', '4.19', ['systemd/kernel-tested-from-257']],
    ['systemd@258', '5.4', ['systemd/kernel-tested-from-258']],
    ['systemd@259', '4.19', ['systemd/kernel-from-258', 'systemd/kernel-tested-from-258']],
    ['systemd@258', '4.19', ['systemd/kernel-from-258', 'systemd/kernel-tested-from-258']],
    ['systemd@260', '5.10', ['systemd/kernel-tested-from-260']],
    ['systemd@260', '5.4', ['systemd/kernel-from-260', 'systemd/kernel-tested-from-260']],
  ])('%s on %s wants a newer kernel in %j', (profile, kernel, expected) => {
    const found = lintText(profile, '', { kernel }).findings.map(({ rule }) => rule.id);
    expect(found.filter((id) => /systemd\/kernel-(?:from|before|tested)/.test(id)).sort()).toEqual(expected);
  });

  it('refuses the legacy hierarchies from 258 on, warns before, and says nothing of controllers that are off', () => {
    const v1 = { boot: ['cgroup-v1'] } as const;
    const severity = (profile: string, options: Options) =>
      lintText(profile, 'CGROUPS=y', options)
        .findings.filter(({ rule }) => rule.id.startsWith('systemd/cgroup-hierarchy'))
        .map((finding) => finding.severity);
    expect(severity('systemd@252', v1)).toEqual([]);
    expect(severity('systemd@256', v1)).toEqual(['warning']);
    expect(severity('systemd@258', v1)).toEqual(['error']);
    expect(severity('systemd@258', {})).toEqual([]);
    const errors = lintText('systemd', 'CGROUPS=y').findings.filter((finding) => finding.severity === 'error');
    expect(errors.map(({ rule }) => rule.id)).not.toContain('systemd/MemoryMax');
  });

  it('takes kcmp from either option', () => {
    expect(verdict('systemd/kcmp', 'CHECKPOINT_RESTORE=y', { kernel: '4.19' })).toBe('met');
    expect(verdict('systemd/kcmp', 'KCMP=y')).toBe('met');
    expect(verdict('systemd/kcmp', 'KCMP=n')).toBe('unmet');
  });

  it('minds a hotplug helper only if one is set', () => {
    expect(verdict('systemd/uevent-helper', 'UEVENT_HELPER=n')).toBe('met');
    expect(verdict('systemd/uevent-helper', 'UEVENT_HELPER=y UEVENT_HELPER_PATH=""')).toBe('met');
    expect(verdict('systemd/uevent-helper', 'UEVENT_HELPER=y UEVENT_HELPER_PATH="/sbin/hotplug"')).toBe('unmet');
  });

  it('wants real-time groups off, or off until asked for', () => {
    expect(verdict('systemd/RT_GROUP_SCHED', 'RT_GROUP_SCHED=y')).toBe('unmet');
    expect(
      verdict('systemd/RT_GROUP_SCHED', 'RT_GROUP_SCHED=y RT_GROUP_SCHED_DEFAULT_DISABLED=y', { kernel: '7.2' }),
    ).toBe('met');
  });

  it('does not want auditing off where seccomp helps', () => {
    expect(verdict('systemd/AUDIT', 'AUDIT=y SECCOMP=y')).toBe('not-applicable');
    expect(verdict('systemd/AUDIT', 'AUDIT=y SECCOMP=n')).toBe('unmet');
  });

  it('asks for no JIT that an old kernel without modules cannot have', () => {
    expect(verdict('systemd/BPF_JIT', 'BPF_SYSCALL=y MODULES=n', { kernel: '6.1' })).toBe('not-applicable');
    expect(verdict('systemd/BPF_JIT', 'BPF_SYSCALL=y MODULES=y', { kernel: '6.1' })).toBe('unmet');
    expect(verdict('systemd/BPF_JIT', 'BPF_SYSCALL=y MODULES=n')).toBe('unmet');
  });

  it('points from the hidden SECCOMP_FILTER to what brings it', () => {
    expect(message('systemd/SECCOMP_FILTER', 'SECCOMP=n NET=y')).toBe(
      'CONFIG_SECCOMP_FILTER is absent, should be y; it has no prompt and follows CONFIG_SECCOMP, CONFIG_NET',
    );
  });

  it('takes a module for automounts and IPv6, unless none is ever loaded', () => {
    for (const symbol of ['AUTOFS_FS', 'IPV6']) {
      expect(verdict(`systemd/${symbol}`, `${symbol}=m`)).toBe('met');
      expect(verdict(`systemd/${symbol}`, `${symbol}=m`, { boot: ['no-modules'] })).toBe('unmet');
    }
    expect(verdict('systemd/AUTOFS_FS', 'AUTOFS4_FS=m', { kernel: '4.14' })).toBe('met');
  });

  it('wants access lists on the file systems in use only', () => {
    expect(verdict('systemd/xfs-acl', 'EXT4_FS=y')).toBe('not-applicable');
    expect(verdict('systemd/xfs-acl', 'XFS_FS=m XFS_POSIX_ACL=n')).toBe('unmet');
  });
});

describe('kvm-guest and qemu-microvm', () => {
  const virtio = 'PCI=y VIRTIO_MENU=y BLOCK=y BLK_DEV=y VIRTIO_PCI=m VIRTIO_BLK=m';

  it('need the way to the root disk built in, unless an initrd brings it', () => {
    for (const row of ['VIRTIO_PCI', 'root-device']) {
      expect(verdict(`kvm-guest/${row}`, virtio)).toBe('unmet');
      expect(verdict(`kvm-guest/${row}`, virtio, { boot: ['initrd'] })).toBe('met');
    }
    expect(message('kvm-guest/VIRTIO_PCI', virtio)).toContain('it would do with --boot initrd');
    expect(verdict('kvm-guest/root-device', 'BLK_DEV_NVME=y')).toBe('met');
    expect(verdict('kvm-guest/root-device', 'SCSI_VIRTIO=y BLK_DEV_SD=m')).toBe('unmet');
  });

  it('ask arm64 neither for KVM_GUEST nor for an 8250', () => {
    const arm = { arch: 'arm64' } as const;
    for (const row of ['HYPERVISOR_GUEST', 'PARAVIRT', 'KVM_GUEST', 'SERIAL_8250'])
      expect(verdict(`kvm-guest/${row}`, '', arm), row).toBe('not-applicable');
    expect(verdict('kvm-guest/SERIAL_AMBA_PL011', '', arm)).toBe('unmet');
    expect(verdict('kvm-guest/pci-host-bridge', 'PCI=y', arm)).toBe('unmet');
    expect(verdict('kvm-guest/pci-host-bridge', 'ACPI=y', arm)).toBe('met');
    expect(verdict('kvm-guest/pci-host-bridge', 'PCI=y')).toBe('not-applicable');
  });

  it('know that microvm announces devices through ACPI unless told not to', () => {
    const errors = (lines: string, boot: readonly BootFact[] = []) =>
      lintText('qemu-microvm', lines, { boot })
        .findings.filter(({ rule }) => /announcement|ACPI$|CMDLINE_DEVICES|legacy/.test(rule.id))
        .map(({ rule, severity }) => `${rule.id.split('/')[1]} ${severity}`);
    expect(errors('ACPI=y')).toEqual([]);
    expect(errors('ACPI=y VIRTIO_MMIO_CMDLINE_DEVICES=y')).toEqual([]);
    expect(errors('ACPI=n VIRTIO_MMIO_CMDLINE_DEVICES=y')).toEqual(['ACPI warning']);
    expect(errors('ACPI=n').sort()).toEqual([
      'ACPI warning',
      'VIRTIO_MMIO_CMDLINE_DEVICES info',
      'device-announcement error',
    ]);
  });

  it('want microvm devices in memory, and on PCI only if the machine has it', () => {
    const lines = 'ACPI=y VIRTIO_MENU=y VIRTIO_MMIO=y';
    expect(verdict('qemu-microvm/PCI', lines)).toBe('not-applicable');
    expect(verdict('qemu-microvm/VIRTIO_MMIO', 'VIRTIO_MMIO=m')).toBe('unmet');
    expect(verdict('qemu-microvm/virtio-mmio-after-initrd', 'VIRTIO_MMIO=m', { boot: ['initrd'] })).toBe('met');
    expect(verdict('qemu-microvm/PCI', lines, { boot: ['pci'] })).toBe('unmet');
    expect(verdict('qemu-microvm/VIRTIO_MMIO', '', { boot: ['pci'] })).toBe('not-applicable');
    expect(verdict('qemu-microvm/root-device', 'BLK_DEV_NVME=y')).toBe('unmet');
    expect(verdict('qemu-microvm/architecture', '', { arch: 'arm64' })).toBe('unmet');
  });
});

describe('hosts of virtual machines', () => {
  it('take KVM as a module on x86, with the part for a maker, and built in on arm64', () => {
    expect(verdict('kvm-base/KVM', 'KVM=m')).toBe('met');
    expect(verdict('kvm-base/KVM', 'KVM=m', { boot: ['no-modules'] })).toBe('unmet');
    expect(verdict('kvm-base/kvm-vendor', 'KVM=m')).toBe('unmet');
    expect(verdict('kvm-base/kvm-vendor', 'KVM=m KVM_AMD=m')).toBe('met');
    const arm = { arch: 'arm64' } as const;
    expect(verdict('kvm-base/kvm-arm64', 'KVM=m', arm)).toBe('unmet');
    expect(verdict('kvm-base/kvm-arm64', 'KVM=y', arm)).toBe('met');
    expect(verdict('kvm-base/kvm-vendor', 'KVM=y', arm)).toBe('not-applicable');
  });

  it('ask for parts of KVM only where they are a choice', () => {
    for (const row of ['kvm-host/KVM_SMM', 'kvm-host/KVM_HYPERV', 'kvm-base/vfio-container']) {
      const profile = 'kvm-host';
      expect(verdict(row, 'VFIO=m', { profile, kernel: '6.1' }), row).toBe('not-applicable');
      expect(verdict(row, 'VFIO=m', { profile, kernel: '6.12' }), row).toBe('unmet');
    }
  });

  it('want VHOST_VSOCK for QEMU, never for Firecracker', () => {
    const rows = (profile: string) => choose(builtIn.library, profile)[0]!.requirements.map(({ name }) => name);
    expect(rows('kvm-host')).toContain('VHOST_VSOCK');
    expect(rows('firecracker-host').filter((name) => name.startsWith('VHOST'))).toEqual([]);
  });

  it('know the kernels that each Firecracker was tested on', () => {
    const tested = (profile: string, kernel: string) => verdict('host-kernel', '', { profile, kernel });
    expect(tested('firecracker-host@1.14', '6.1')).toBe('met');
    expect(tested('firecracker-host@1.14', '6.18')).toBe('unmet');
    expect(tested('firecracker-host@1.16', '6.18')).toBe('met');
    expect(tested('firecracker-host@1.16', '6.12')).toBe('unmet');
  });

  it('call mitigations by the name that the kernel has', () => {
    const find = (kernel: string) =>
      lintText('firecracker-host', 'X86_64=y', { kernel }).findings.find(({ rule }) =>
        rule.id.endsWith('MITIGATION_RETPOLINE'),
      );
    expect(find('6.1')?.expected).toBe('CONFIG_RETPOLINE=y');
    expect(find('6.12')?.expected).toBe('CONFIG_MITIGATION_RETPOLINE=y');
    expect(verdict('MITIGATION_RETPOLINE', 'RETPOLINE=y', { profile: 'firecracker-host', kernel: '6.1' })).toBe('met');
  });
});

describe('guests with newer devices', () => {
  it('may start from persistent memory in place of a drive', () => {
    const at = { profile: 'firecracker-guest', kernel: '6.1' };
    expect(verdict('VIRTIO_BLK', 'VIRTIO_BLK=n', at)).toBe('unmet');
    const pmem = 'VIRTIO_PMEM=y BLK_DEV_PMEM=y VIRTIO_BLK=n';
    expect(verdict('VIRTIO_BLK', pmem, at)).toBe('not-applicable');
    expect(verdict('drives-beside-root', pmem, at)).toBe('unmet');
    expect(verdict('drives-beside-root', pmem.replace('BLK=n', 'BLK=m'), at)).toBe('met');
    expect(verdict('ARM64_PMEM', pmem, at)).toBe('not-applicable');
    expect(verdict('ARM64_PMEM', pmem, { ...at, arch: 'arm64' })).toBe('unmet');
  });

  it('are asked for virtio-mem only where Firecracker can use it', () => {
    const on = (kernel: string, arch: 'x86_64' | 'arm64') =>
      verdict('VIRTIO_MEM', '', { profile: 'firecracker-guest', kernel, arch });
    expect([on('5.15', 'x86_64'), on('5.16', 'x86_64'), on('5.16', 'arm64'), on('5.18', 'arm64')]).toEqual([
      'not-applicable',
      'unmet',
      'not-applicable',
      'unmet',
    ]);
  });

  it('of Cloud Hypervisor find the bus, hear of hotplug and of a panic', () => {
    const at = { profile: 'cloud-hypervisor-guest' };
    const arm = { ...at, arch: 'arm64' } as const;
    expect(verdict('pci-host-bridge', 'PCI=y', arm)).toBe('unmet');
    expect(verdict('pci-host-bridge', 'PCI=y PCI_HOST_GENERIC=m', arm)).toBe('unmet');
    expect(verdict('pci-host-bridge', 'PCI=y PCI_HOST_GENERIC=m', { ...arm, boot: ['initrd'] })).toBe('met');
    expect(verdict('power-button-arm64', 'ACPI=y', arm)).toBe('not-applicable');
    expect(verdict('power-button-arm64', 'ACPI=n', arm)).toBe('unmet');
    expect(verdict('hotplug-devices', 'ACPI=y HOTPLUG_PCI=y', at)).toBe('unmet');
    expect(verdict('hotplug-memory', 'ACPI=y MEMORY_HOTPLUG=y', at)).toBe('unmet');
    expect(verdict('PVPANIC_PCI', 'PVPANIC=y', at)).toBe('unmet');
    expect(verdict('PVPANIC_PCI', 'PVPANIC=y', { ...at, kernel: '5.10' })).toBe('not-applicable');
  });
});

describe('hardening', () => {
  it('asks for what a compiler can do, or for what stands in for it', () => {
    const row = 'hardening-kernel/stack-init';
    expect(verdict(row, 'INIT_STACK_ALL_ZERO=y')).toBe('met');
    expect(verdict(row, 'GCC_PLUGIN_STRUCTLEAK_BYREF_ALL=y')).toBe('met');
    expect(verdict(row, 'GCC_PLUGIN_STRUCTLEAK=y')).toBe('unmet');
    expect(verdict('hardening-kernel/X86_KERNEL_IBT', 'CC_IS_GCC=y')).toBe('not-applicable');
    expect(verdict('hardening-kernel/X86_KERNEL_IBT', 'CC_HAS_IBT=y')).toBe('unmet');
    expect(verdict('hardening-kernel/FORTIFY_SOURCE', 'CC_IS_CLANG=y', { kernel: '5.10' })).toBe('not-applicable');
    expect(verdict('hardening-kernel/FORTIFY_SOURCE', 'CC_IS_CLANG=y')).toBe('unmet');
  });

  it('asks for checked calls of Clang only, by either name', () => {
    const at = 'CC_IS_CLANG=y ARCH_SUPPORTS_CFI_CLANG=y';
    expect(verdict('hardening-kernel/CFI', 'CC_IS_GCC=y ARCH_SUPPORTS_CFI_CLANG=y')).toBe('not-applicable');
    expect(verdict('hardening-kernel/CFI', at)).toBe('unmet');
    expect(verdict('hardening-kernel/CFI', `${at} CFI_CLANG=y`)).toBe('met');
    expect(verdict('hardening-kernel/CFI', 'CC_IS_CLANG=y ARCH_SUPPORTS_CFI=y CFI=y', { kernel: '7.2' })).toBe('met');
    expect(verdict('hardening-kernel/CFI_PERMISSIVE', `${at} CFI_CLANG=y CFI_PERMISSIVE=y`)).toBe('unmet');
    const bti = (version: string, kernel: string) =>
      verdict('hardening-kernel/ARM64_BTI_KERNEL', `CC_IS_CLANG=y CLANG_VERSION=${version}`, { kernel, arch: 'arm64' });
    expect([bti('190000', '7.2'), bti('210000', '7.2'), bti('210000', '6.1')]).toEqual([
      'unmet',
      'not-applicable',
      'unmet',
    ]);
  });

  it('follows renamed options', () => {
    const caches = 'hardening-kernel/RANDOM_KMALLOC_CACHES';
    expect(verdict(caches, 'KMALLOC_PARTITION_CACHES=y', { kernel: '7.2' })).toBe('met');
    expect(
      lintText('hardening-kernel', '', { kernel: '7.2' }).findings.find(({ rule }) => rule.id === caches)?.expected,
    ).toBe('CONFIG_KMALLOC_PARTITION_CACHES=y');
    expect(verdict(caches, 'RANDOM_KMALLOC_CACHES=y')).toBe('met');
    const erase = { profile: 'hardening-kspp', kernel: '6.12' };
    expect(verdict('KSTACK_ERASE', 'GCC_PLUGINS=y GCC_PLUGIN_STACKLEAK=y', erase)).toBe('met');
    expect(verdict('KSTACK_ERASE_METRICS', 'GCC_PLUGIN_STACKLEAK=y STACKLEAK_METRICS=y', erase)).toBe('unmet');
    expect(verdict('KSTACK_ERASE', 'GCC_PLUGINS=n', erase)).toBe('not-applicable');
  });

  it('asks for a full random order of structures, not the mild one', () => {
    const old = { profile: 'hardening-kspp', kernel: '5.10' };
    expect(verdict('GCC_PLUGIN_RANDSTRUCT', 'GCC_PLUGINS=y GCC_PLUGIN_RANDSTRUCT=y', old)).toBe('met');
    expect(
      verdict(
        'GCC_PLUGIN_RANDSTRUCT',
        'GCC_PLUGINS=y GCC_PLUGIN_RANDSTRUCT=y GCC_PLUGIN_RANDSTRUCT_PERFORMANCE=y',
        old,
      ),
    ).toBe('unmet');
    expect(verdict('RANDSTRUCT_FULL', 'GCC_PLUGINS=y', old)).toBe('not-applicable');
    expect(verdict('RANDSTRUCT_FULL', 'GCC_PLUGINS=y RANDSTRUCT_PERFORMANCE=y', { profile: 'hardening-kspp' })).toBe(
      'unmet',
    );
  });

  it('spares a maker the mitigations for the other', () => {
    const wanted = (lines: string) =>
      lintText('hardening-cpu', `X86_64=y CC_HAS_RETURN_THUNK=y X86_MCE=y ${lines}`, { kernel: '7.2' }).findings.map(
        ({ rule }) => rule.id.replace('hardening-cpu/', '').replace('MITIGATION_', ''),
      );
    const none = wanted('');
    const more = (lines: string) =>
      wanted(lines)
        .filter((row) => !none.includes(row))
        .sort()
        .join(' ');
    expect(more('CPU_SUP_INTEL=y')).toBe(
      'GDS IBRS_ENTRY ITS L1TF MDS MICROCODE MMIO_STALE_DATA RETBLEED RFDS SPECTRE_BHI SRBDS TAA X86_INTEL_TSX_MODE_OFF X86_MCE_INTEL',
    );
    expect(more('CPU_SUP_AMD=y')).toBe('IBPB_ENTRY MICROCODE RETBLEED SRSO TSA UNRET_ENTRY X86_MCE_AMD');
    expect(verdict('hardening-cpu/MICROCODE_AMD', 'MICROCODE=y CPU_SUP_AMD=y', { kernel: '6.1' })).toBe('unmet');
    expect(verdict('hardening-cpu/MICROCODE_AMD', 'MICROCODE=y CPU_SUP_INTEL=y', { kernel: '6.1' })).toBe(
      'not-applicable',
    );
    expect(verdict('hardening-cpu/MICROCODE_INTEL', 'MICROCODE=y CPU_SUP_INTEL=y', { kernel: '6.1' })).toBe('unmet');
    expect(verdict('hardening-cpu/MICROCODE_INTEL', 'MICROCODE=y CPU_SUP_AMD=y', { kernel: '6.1' })).toBe(
      'not-applicable',
    );
    expect(
      verdict('hardening-cpu/MITIGATION_SRSO', 'CPU_SUP_AMD=y CC_HAS_RETURN_THUNK=y CPU_SRSO=y', { kernel: '6.6' }),
    ).toBe('met');
    expect(verdict('hardening-cpu/MITIGATION_VMSCAPE', 'KVM=n', { kernel: '7.2' })).toBe('not-applicable');
    for (const arch of ['x86_64', 'arm64'] as const) {
      const found = lintText('hardening-cpu', '', { arch }).findings.map(({ rule }) => rule.id);
      expect(found.includes('hardening-cpu/UNMAP_KERNEL_AT_EL0')).toBe(arch === 'arm64');
      expect(found.includes('hardening-cpu/CPU_MITIGATIONS')).toBe(arch === 'x86_64');
    }
  });

  it('sees what stable releases took over, and misses nothing in those that did not', () => {
    const row = 'hardening-cpu/MITIGATION_RFDS';
    expect(verdict(row, 'CPU_SUP_INTEL=y MITIGATION_RFDS=n', { kernel: '6.1.192' })).toBe('unmet');
    expect(verdict(row, 'CPU_SUP_INTEL=y', { kernel: '6.1.50' })).toBe('not-applicable');
    const mem = 'hardening-kspp/PROC_MEM_NO_FORCE';
    expect(verdict(mem, 'PROC_MEM_NO_FORCE=n', { kernel: '5.10.262' })).toBe('unmet');
    expect(verdict(mem, '', { kernel: '5.10.100' })).toBe('not-applicable');
  });

  it('wants modules signed where there are any, and none where there are none', () => {
    const at = { profile: 'hardening-kspp' };
    expect(verdict('MODULE_SIG_FORCE', 'MODULES=n', at)).toBe('not-applicable');
    expect(verdict('MODULE_SIG_FORCE', 'MODULES=y MODULE_SIG=y', at)).toBe('unmet');
    expect(verdict('module-sig-hash', 'MODULES=y MODULE_SIG_SHA3_512=y', at)).toBe('met');
  });

  it('names on x86 what brings COMPAT, and COMPAT itself on arm64', () => {
    const found = (arch: 'x86_64' | 'arm64') =>
      lintText('hardening-kspp', 'IA32_EMULATION=y COMPAT=y', { arch })
        .findings.filter(({ rule }) => rule.id.includes('/compat-'))
        .map(({ message: text }) => text);
    expect(found('x86_64')).toEqual(['CONFIG_IA32_EMULATION=y, better off']);
    expect(found('arm64')).toEqual(['CONFIG_COMPAT=y, better off']);
  });

  it('knows the limits of addresses on arm64, and that its COMPAT_VDSO is another thing', () => {
    const at = { profile: 'hardening-kspp' };
    const arm = { ...at, arch: 'arm64' } as const;
    const low = 'DEFAULT_MMAP_MIN_ADDR=32768';
    expect(verdict('DEFAULT_MMAP_MIN_ADDR', low, at)).toBe('unmet');
    expect(verdict('DEFAULT_MMAP_MIN_ADDR', `COMPAT=y ${low}`, arm)).toBe('met');
    expect(verdict('DEFAULT_MMAP_MIN_ADDR', `COMPAT=n ${low}`, arm)).toBe('unmet');
    expect(verdict('hardening-kernel/COMPAT_VDSO', 'COMPAT_VDSO=y')).toBe('unmet');
    expect(verdict('hardening-kernel/COMPAT_VDSO', 'COMPAT_VDSO=y', { arch: 'arm64' })).toBe('not-applicable');
  });

  it('takes a KFENCE that looks often enough, and not one that never looks', () => {
    const every = (interval: string) =>
      verdict('KFENCE_SAMPLE_INTERVAL', `KFENCE=y KFENCE_SAMPLE_INTERVAL=${interval}`, { profile: 'hardening-kspp' });
    expect(['100', '50', '500', '0'].map(every)).toEqual(['met', 'met', 'unmet', 'unmet']);
  });

  it('wants page tables checked only where the architecture can, and vsyscalls gone in either way', () => {
    const row = 'hardening-kernel/page-table-check';
    expect(verdict(row, 'PAGE_TABLE_CHECK=y')).toBe('not-applicable');
    expect(verdict(row, 'ARCH_SUPPORTS_PAGE_TABLE_CHECK=y PAGE_TABLE_CHECK=y')).toBe('unmet');
    expect(verdict('hardening-kernel/LEGACY_VSYSCALL_NONE', 'X86_VSYSCALL_EMULATION=n')).toBe('met');
    expect(verdict('hardening-kernel/LEGACY_VSYSCALL_NONE', 'LEGACY_VSYSCALL_NONE=y')).toBe('met');
    expect(verdict('hardening-kernel/LEGACY_VSYSCALL_NONE', 'X86_VSYSCALL_EMULATION=y LEGACY_VSYSCALL_XONLY=y')).toBe(
      'unmet',
    );
  });

  it('lets traps stop the kernel over bounds only', () => {
    const row = 'hardening-kernel/ubsan-bounds-only';
    expect(verdict(row, 'UBSAN_TRAP=y UBSAN_BOUNDS=y')).toBe('met');
    expect(verdict(row, 'UBSAN_TRAP=y UBSAN_BOOL=y')).toBe('unmet');
    expect(verdict(row, 'UBSAN_BOOL=y')).toBe('not-applicable');
  });
});

const releases = ['5.10', '6.1', '6.12', '7.2'] as const;
const loaded = new Map<string, KconfigModel>();
function modelOf(release: string, arch: string): KconfigModel {
  const name = `${release}-${arch}`;
  let model = loaded.get(name);
  if (model === undefined) {
    model = decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`)))).model;
    loaded.set(name, model);
  }
  return model;
}

function defines(model: KconfigModel, name: string): boolean {
  const symbol = symbolNamed(model, name);
  return symbol !== undefined && isDefined(model, symbol);
}

const empty = parseConfigText('', '.config', { kind: 'complete' });
const situationOn = (where: Target): Situation => ({ document: empty, target: where, boot: new Set(), symbols });

/** What the row asks for on the target: symbols under a release or an architecture that is another are left out. */
function asked(condition: Condition, where: Target): SymbolCondition[] {
  switch (condition.kind) {
    case 'symbol':
      return [condition];
    case 'all': {
      const away = condition.of.some(
        (member) =>
          (member.kind === 'kernel' && !inRange(member.range, where.kernel as number)) ||
          (member.kind === 'arch' && judge(member, situationOn(where)) === Verdict.unmet),
      );
      return away ? [] : condition.of.flatMap((member) => asked(member, where));
    }
    case 'any':
      return condition.of.flatMap((member) => asked(member, where));
    default:
      return [];
  }
}

const appliesOn = ({ applies }: Requirement, where: Target): boolean =>
  applies === undefined || judge(dropPlatformAndBoot(applies), situationOn(where)) !== Verdict.unmet;

function dropPlatformAndBoot(condition: Condition): Condition {
  if (condition.kind !== 'all') {
    return condition.kind === 'kernel' || condition.kind === 'arch' ? condition : { kind: 'all', of: [] };
  }
  return { kind: 'all', of: condition.of.filter(({ kind }) => kind === 'kernel' || kind === 'arch') };
}

describe.each([...ours, 'firecracker-guest', 'cloud-hypervisor-guest', 'kubevirt-guest', 'xen-guest-pvh'])(
  'the symbols of %s, held against the kernels',
  (id) => {
    const { requirements } = choose(builtIn.library, id)[0]!;
    it.each(releases.flatMap((release) => [[release, 'x86_64'] as const, [release, 'arm64'] as const]))(
      'exist in %s %s where a row asks for them, and have a prompt or follow what has one',
      (release, arch) => {
        const model = modelOf(release, arch);
        const where: Target = { kernel: parseKernelVersion(model.release) as number, arch };
        const wrong: string[] = [];
        for (const requirement of requirements.filter((each) => appliesOn(each, where))) {
          const conditions = [
            requirement.require,
            ...(requirement.otherwise === undefined ? [] : [requirement.otherwise]),
          ];
          for (const { symbol, accept } of conditions.flatMap((condition) => asked(condition, where))) {
            if ((accept & Accept.n) !== 0 && (accept & Accept.y) === 0) continue;
            const facts = symbols.get(symbol);
            const thought = facts === undefined ? 'yes' : existenceOf(facts, where, symbols);
            // Stable releases take new names over, so the old and the new one are both right for a while.
            const names = [nameOn(symbol, where, symbols), symbol, ...(facts?.otherNames ?? [])];
            const name = names.find((each) => defines(model, each)) ?? (names[0] as string);
            const found = symbolNamed(model, name) as number;
            const exists = defines(model, name);
            if (thought !== 'no' && !exists) wrong.push(`${requirement.id}: ${name} does not exist`);
            if (thought === 'no' || !exists) continue;
            const prompt = describeSymbol(model, found).prompts.length > 0;
            const hidden = isHidden(symbols.get(name), where);
            if (prompt === hidden) wrong.push(`${requirement.id}: ${name} has ${prompt ? 'a' : 'no'} prompt`);
            for (const text of hidden ? (symbols.get(name)?.follows ?? []).filter((each) => each !== 'ARM64') : []) {
              const leader = symbolNamed(model, nameOn(text.split('=')[0] as string, where, symbols));
              if (leader === undefined || describeSymbol(model, leader).prompts.length === 0)
                wrong.push(`${requirement.id}: ${name} follows ${text}, which has no prompt`);
            }
          }
        }
        expect(wrong).toEqual([]);
      },
    );
  },
);

describe.each(ours)('each row of %s', (id) => {
  const { platform } = builtIn.library.profiles.get(id) as { platform?: { versions: readonly string[] } };
  const names = platform === undefined ? [id] : platform.versions.map((version) => `${id}@${version}`);
  const boots = [[], ['initrd'], ['pci'], ['initrd', 'pci'], ['no-modules'], ['cgroup-v1']] as const;

  it('can be met and can be unmet', () => {
    const open = new Map<string, Set<Verdict>>();
    for (const name of names) {
      const chosen = choose(builtIn.library, name)[0]!;
      for (const requirement of chosen.requirements) {
        const seen = open.get(requirement.id) ?? new Set<Verdict>();
        open.set(requirement.id, seen);
        for (let pick = 0; pick < 4; pick++) {
          for (const [when, wanted] of [
            [true, requirement.require],
            [false, requirement.otherwise],
          ] as const) {
            for (const want of [true, false]) {
              const lines = [...settingsFor(requirement.when, when, pick), ...settingsFor(wanted, want, pick)];
              const document = parseConfigText(`${[...new Set(lines)].join('\n')}\n`, '.config', { kind: 'complete' });
              for (const release of ['3.10', '4.4', '4.14', '5.4', '5.10', '6.1', '6.12', '6.18', '7.2']) {
                for (const arch of ['x86_64', 'arm64', 'riscv', 'i386'] as const) {
                  for (const boot of boots) {
                    if (seen.has(Verdict.met) && seen.has(Verdict.unmet)) continue;
                    const [version] = [...chosen.platforms.values()];
                    const where = { kernel: parseKernelVersion(release) as number, arch };
                    const situation = { document, target: where, boot: new Set(boot), symbols, platform: version };
                    seen.add(judgeRequirement(requirement, situation as Situation).verdict);
                  }
                }
              }
            }
          }
        }
      }
    }
    const stuck = [...open].filter(([, seen]) => !seen.has(Verdict.met) || !seen.has(Verdict.unmet));
    expect(stuck.map(([row]) => row)).toEqual([]);
  });
});
