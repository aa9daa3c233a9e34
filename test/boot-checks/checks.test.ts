/** Checks of command lines and manifests by the examples of their docs, and by what must not alarm anybody. */
import { describe, expect, it } from 'vitest';
import type { BootExample } from '../../src/boot-checks/check.ts';
import { bootChecks } from '../../src/boot-checks/index.ts';
import { positionOf, textBetween } from '../../src/source.ts';
import { bootFindings, knowledge } from '../support/boot-session.ts';

const ids = (example: BootExample) => bootFindings(example).map(({ rule }) => rule.id);
const said = (example: BootExample) => bootFindings(example).map(({ severity, message }) => `${severity}: ${message}`);

describe.each(bootChecks)('$info.id', ({ info, bad, good }) => {
  it('explains itself and names a source', () => {
    expect(info.id).toMatch(/^(?:cmdline|manifest)\/[a-z-]+$/);
    expect(info.title).not.toBe('');
    expect(info.explanation.length).toBeGreaterThan(40);
    for (const reference of info.references) expect(reference).toMatch(/^https:\/\//);
    expect(info.references.length).toBeGreaterThan(0);
  });

  it('finds its bad example', () => {
    expect(ids(bad)).toContain(info.id);
  });

  it('leaves its good example alone, as all others do', () => {
    expect(ids(good)).not.toContain(info.id);
    const others = bootFindings(good).filter(
      ({ severity, rule }) => severity !== 'info' && rule.id !== 'cmdline/no-root',
    );
    expect(others).toEqual([]);
  });
});

describe('the index of parameters', () => {
  it.each([
    'console',
    'root',
    'rootfstype',
    'rootflags',
    'init',
    'rw',
    'ip',
    'nfsroot',
    'psi',
    'cgroup_no_v1',
    'pci',
    'acpi',
    'reboot',
    'panic',
    'nomodule',
    'virtio_mmio.device',
    'i8042.noaux',
    '8250.nr_uarts',
    'random.trust_cpu',
    'lsm',
    'security',
    'selinux',
    'mitigations',
    'hugepages',
    'kvm_intel.nested',
    'xen_nopv',
    'swiotlb',
    'iommu',
    'ima_policy',
    'dm_mod.create',
    'crashkernel',
    'isolcpus',
    'nohz_full',
    'quiet',
    'loglevel',
    'nokaslr',
    'rdinit',
    'rootwait',
    'apparmor.enabled',
    'earlycon',
    'i8042.dumbkbd',
    'swiotlb',
    'noreplace_smp',
  ])('has %s', (name) => {
    expect(knowledge.index.find(name)).toBeDefined();
  });

  it('knows which symbols bring the reader', () => {
    expect(knowledge.index.find('i8042.noaux')?.needs).toEqual([['INPUT', 'SERIO', 'SERIO_I8042']]);
    expect(knowledge.index.find('nomodules')).toBeUndefined();
  });
});

describe('names', () => {
  it.each([
    ['BOOT_IMAGE=/vmlinuz rd.break systemd.unit=x.target quiet splash net.ifnames=0', []],
    ['foo.bar=1 out_of_tree.debug', []],
    [
      'rootfs_type=ext4',
      ['warning: the kernel has no parameter rootfs_type and hands it to init; did you mean rootfstype?'],
    ],
    ['nomodules', ['warning: the kernel has no parameter nomodules and hands it to init; write nomodule']],
    [
      'i8042.nouax',
      ['warning: no module of the kernel has the parameter i8042.nouax; did you mean i8042.noaux or i8042.nomux?'],
    ],
    ['frobnicate_widgets=yes', ['info: the kernel has no parameter frobnicate_widgets and hands it to init']],
    [
      'no-kvmapf kvm-intel.nested=1 i8042.no-pnp',
      ['warning: no module of the kernel has the parameter i8042.no-pnp; did you mean i8042.nopnp?'],
    ],
    ['quiet -- anything goes=here', []],
  ])('%s', (cmdline, expected) => {
    expect(said({ cmdline: `root=/dev/vda ro ${cmdline}` })).toEqual(expected);
  });

  it('says of which kernels a parameter is', () => {
    expect(said({ cmdline: 'root=/dev/vda ro noreplace-smp', kernel: 7_003_000, arch: 'x86_64' })).toEqual([
      'warning: noreplace-smp was read up to Linux 7.2 and is not by 7.003 any more',
    ]);
    expect(said({ cmdline: 'root=/dev/vda ro noreplace-smp' })).toEqual([
      'info: noreplace-smp was read up to Linux 7.2 and is not by 7.3 any more',
    ]);
    expect(said({ cmdline: 'root=/dev/vda ro kvm-arm.mode=nested', arch: 'x86_64' })).toEqual([
      'warning: kvm-arm.mode is read on arm64, not on x86_64',
    ]);
  });

  it('lists what nothing reads in one note', () => {
    const config =
      '# CONFIG_SERIO_I8042 is not set\nCONFIG_INPUT=y\n# CONFIG_SERIO is not set\n# CONFIG_MODULES is not set\n';
    expect(said({ cmdline: 'root=/dev/vda ro i8042.noaux nomodule i8042.nomux', config })).toEqual([
      'info: nothing in this kernel reads i8042.noaux (CONFIG_SERIO_I8042 is off), nomodule (CONFIG_MODULES is off), i8042.nomux (CONFIG_SERIO_I8042 is off)',
    ]);
  });
});

describe('what overrides what', () => {
  it.each([
    ['console=tty0 console=ttyS0 virtio_mmio.device=a virtio_mmio.device=b', []],
    ['root=/dev/vdb', ['warning: root=/dev/vda has no effect: root=/dev/vdb comes later and wins']],
    ['root=/dev/vda', ['info: root stands here and again later']],
    ['rw', ['warning: ro has no effect: rw comes later and wins']],
    ['psi=0 psi=1', ['warning: psi=0 has no effect: psi=1 comes later and wins']],
    [
      'dm-mod.create=a dm_mod.create=b',
      ['warning: dm-mod.create=a has no effect: dm_mod.create=b comes later and wins'],
    ],
  ])('%s', (cmdline, expected) => {
    expect(said({ cmdline: `root=/dev/vda ro ${cmdline}` })).toEqual(expected);
  });
});

describe('length', () => {
  it.each([
    ['x86_64', 2047, 0],
    ['x86_64', 2048, 1],
    ['arm64', 2048, 1],
    ['arm', 1024, 1],
    ['arm', 1023, 0],
    ['mips', 4096, 1],
    ['mips', 4095, 0],
    ['other', 90_000, 0],
  ] as const)('on %s a command line of %d bytes has %d findings', (arch, bytes, count) => {
    const start = 'root=/dev/vda ro ';
    const cmdline = `${start}${'initcall_blacklist='.padEnd(bytes - start.length, 'x')}`;
    expect(ids({ cmdline, arch }).filter((id) => id === 'cmdline/too-long')).toHaveLength(count);
  });

  it('is what the config of s390 says', () => {
    const cmdline = `root=/dev/dasda1 ro initcall_blacklist=${'x'.repeat(1000)}`;
    expect(ids({ cmdline, arch: 's390', config: 'CONFIG_COMMAND_LINE_SIZE=896\n' })).toEqual(['cmdline/too-long']);
    expect(ids({ cmdline, arch: 's390', config: 'CONFIG_COMMAND_LINE_SIZE=4096\n' })).toEqual([]);
  });
});

describe('places', () => {
  it('are those of the parameter, however the manifest spells the command line', () => {
    const head =
      'apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nspec:\n  instance:\n    kernel:\n      image: k\n';
    const tail = '    disks: [{ name: a }]\n  volumes: [{ name: a, containerRootfs: { image: r, size: 1Gi } }]\n';
    for (const [cmdline, line] of [
      ['cmdline: root=/dev/vda rw nomodules', 7],
      ['cmdline: "root=/dev/vda\\u0020rw nomodules"', 7],
      ["cmdline: 'root=/dev/vda rw nomodules'", 7],
      ['cmdline: >-\n        root=/dev/vda\n        rw\n        nomodules', 10],
      ['cmdline: |\n        root=/dev/vda rw nomodules', 8],
      ['cmdline: "root=/dev/vda\n        rw\n        nomodules"', 9],
    ] as const) {
      const [finding] = bootFindings({ manifest: ['vm.yaml', `${head}      ${cmdline}\n${tail}`] });
      const { source, span } = finding!.location;
      expect(textBetween(source, span.start, span.end), cmdline).toBe('nomodules');
      expect(positionOf(source, span.start).line, cmdline).toBe(line);
    }
  });
});
