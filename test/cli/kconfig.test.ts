/** What the commands say where the Kconfig of the kernel is asked: on models that ship, as a user would call them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { corpusPath, root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';

const kernel = createKernelHost(join(root, 'models'));
const recipe = readFileSync(join(root, 'fixtures/fragments/krata-zone.config'), 'utf8');
const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
const on = '--kernel 6.12 --arch x86_64';

function cli(line: string, files: Readonly<Record<string, string>> = {}) {
  const host = memoryHost({ files });
  const exit = run(line.split(' '), host, kernel);
  return { exit, out: host.out(), err: host.err(), written: host.written };
}

/** Findings of a check as `severity rule symbol`. */
function findings(line: string, files: Readonly<Record<string, string>>): string[] {
  const { out } = cli(`${line} --format json`, files);
  const [file] = JSON.parse(out).files;
  return file.findings.map(
    ({ severity, rule, symbol }: Record<string, string>) => `${severity} ${rule} ${symbol ?? ''}`,
  );
}

describe('check on a base', () => {
  it('says one cause, the names, and what to type', () => {
    const { exit, out } = cli(`zone.config ${on} --base none --toolchain gcc-12`, { 'zone.config': recipe });
    expect(exit).toBe(1);
    expect(out).toContain('✖ zone.config: 37 errors from 1 cause\n');
    expect(out).toContain('Kconfig of Linux 6.12.117 x86_64 on no base\n');
    expect(out).toContain('error    37 settings founder on CONFIG_HYPERVISOR_GUEST, which is off\n');
    expect(out).toContain('  fix    CONFIG_HYPERVISOR_GUEST=y\n');
    expect(out).toContain('         CONFIG_FB=m\n');
    expect(out.match(/^ {2}fix /gm)).toHaveLength(1);
    expect(out.match(/^ {2}why /gm)).toHaveLength(1);
  });

  it('offers lines that settle it', () => {
    const { out } = cli(`zone.config ${on} --base none --toolchain gcc-12 --format fragment`, {
      'zone.config': recipe,
    });
    expect(cli(`all.config ${on} --base none --toolchain gcc-12`, { 'all.config': recipe + out })).toMatchObject({
      exit: 0,
    });
  });

  it('settles what a fragment leaves open', () => {
    const files = { 'a.config': 'CONFIG_XEN=y\n' };
    const open = cli(`a.config ${on} -p xen-guest-pvh --format json`, files);
    const settled = cli(`a.config ${on} --base defconfig -p xen-guest-pvh --format json`, files);
    expect(JSON.parse(open.out).summary.unknown).toBeGreaterThan(20);
    expect(JSON.parse(settled.out).summary.unknown).toBe(0);
    expect(JSON.parse(settled.out).files[0].kconfig).toEqual({ kernel: 'Linux 6.12.117 x86_64', base: 'on defconfig' });
  });

  it('leaves open what the toolchain decides', () => {
    const files = {
      'a.config': 'CONFIG_BPF_SYSCALL=y\nCONFIG_DEBUG_INFO_DWARF5=y\nCONFIG_DEBUG_INFO_BTF=y\n',
      'btf.yaml':
        'title: T\ndescription: D.\nrequirements:\n  btf:\n    require: { DEBUG_INFO_BTF: y }\n    reason: R.\n    references: [https://example.org/]\n',
    };
    const { out } = cli(`a.config ${on} --base defconfig -p ./btf.yaml --format json`, files);
    expect(JSON.parse(out).files[0].unknowns).toMatchObject([
      { rule: 'btf/btf', reason: 'the toolchain decides CONFIG_DEBUG_INFO_BTF' },
    ]);
  });

  it('puts a requirement that founders with the setting that does', () => {
    const { out } = cli(`zone.config ${on} --base none -p krata-zone --toolchain gcc-12 --format json`, {
      'zone.config': recipe,
    });
    const [file] = JSON.parse(out).files;
    const xen = file.findings.find(({ rule }: { rule: string }) => rule === 'krata-zone/XEN');
    expect(xen.cause).toBe('unmet-dependency CONFIG_HYPERVISOR_GUEST');
  });

  it('reads base files, and refuses what is none', () => {
    const files = { 'a.config': 'CONFIG_XEN=y\n', 'base.config': 'CONFIG_HYPERVISOR_GUEST=y\nCONFIG_PARAVIRT=y\n' };
    expect(cli(`a.config ${on} --base base.config`, files).exit).toBe(0);
    expect(cli(`a.config ${on} --base gone`, files)).toMatchObject({ exit: 3 });
    expect(cli(`a.config ${on} --base tinny_defconfig`, files)).toMatchObject({ exit: 2 });
    expect(cli(`a.config ${on} --base defconfig --toolchain gcc-99`, files)).toMatchObject({ exit: 2 });
    expect(cli(`a.config ${on} --base defconfig --model gone.kmodel`, files)).toMatchObject({ exit: 2 });
  });
});

describe('check without a base', () => {
  it('says only what no base can change', () => {
    const files = {
      'a.config': 'CONFIG_NFS_FS=y\n# CONFIG_NETWORK_FILESYSTEMS is not set\nCONFIG_CIFS=y\nCONFIG_NR_CPUS=0x40\n',
    };
    expect(findings(`a.config ${on}`, files)).toEqual([
      'error unmet-dependency NFS_FS',
      'error unmet-dependency CIFS',
      'error wrong-value NR_CPUS',
    ]);
    expect(findings(`a.config ${on}`, { 'a.config': 'CONFIG_XEN=y\n' })).toEqual([]);
  });

  it('asks nobody where kernel or architecture are not known, or where it is told not to', () => {
    const files = { 'a.config': 'CONFIG_XENN=y\n' };
    for (const line of [
      'a.config',
      'a.config --kernel 6.12',
      'a.config --kernel 2.6.20 --arch x86_64',
      `a.config ${on} --kconfig off`,
    ]) {
      expect(cli(line, files)).toMatchObject({ exit: 0 });
    }
    expect(cli(`a.config ${on}`, files).exit).toBe(1);
  });
});

describe('symbols that the kernel lacks', () => {
  const misspelled = { 'a.config': 'CONFIG_XEN_BLKDEV_FRONTENT=y\n' };

  it('are told apart: misspelled, of another release, of another architecture, of nobody', () => {
    const { out } = cli(`a.config ${on}`, {
      'a.config': 'CONFIG_XEN_BLKDEV_FRONTENT=y\nCONFIG_MEMCG_SWAP=y\nCONFIG_ARM64_PAN=y\nCONFIG_OPENPAX_SOFTMODE=y\n',
    });
    expect(out).toContain(
      'error    Linux 6.12.117 x86_64 has no CONFIG_XEN_BLKDEV_FRONTENT; did you mean\n         CONFIG_XEN_BLKDEV_FRONTEND?\n',
    );
    expect(out).toContain('  fix    CONFIG_XEN_BLKDEV_FRONTEND=y\n');
    expect(out).toMatch(/2 symbols of other releases and architectures are not in Linux 6\.12\.117/);
    expect(out).toMatch(/one symbol is in no kernel known here; name it with --extra-symbols/);
    expect(findings(`a.config ${on}`, misspelled)).toEqual(['error unknown-symbol XEN_BLKDEV_FRONTENT']);
  });

  it('are one note for a fragment that serves many releases', () => {
    const names = ['MEMCG_SWAP', 'FRONTSWAP', 'EMBEDDED', 'SLAB', 'RAW_DRIVER', 'ND_BLK'];
    const files = { 'a.config': names.map((name) => `CONFIG_${name}=y\n`).join('') };
    expect(findings(`a.config ${on}`, files)).toEqual(['info unknown-symbol MEMCG_SWAP']);
  });

  it.each([
    ['by name', '--extra-symbols OPENPAX_SOFTMODE'],
    ['by pattern', '--extra-symbols OPENPAX_*'],
    ['by a list', '--extra-symbols list.txt'],
    ['by a Kconfig file', '--extra-symbols pax/Kconfig'],
    ['by a config', '--extra-symbols pax.config'],
  ])('may be named %s', (_, option) => {
    const files = {
      'a.config': 'CONFIG_OPENPAX_SOFTMODE=y\n',
      'list.txt': 'VIRTIO_WDT\nOPENPAX_SOFTMODE\n',
      'pax/Kconfig': 'menu "PaX"\nconfig OPENPAX_SOFTMODE\n\tbool "softmode"\n\thelp\n\t  XEN words\nendmenu\n',
      'pax.config': '# CONFIG_OPENPAX_SOFTMODE is not set\n',
    };
    expect(findings(`a.config ${on} ${option}`, files)).toEqual([]);
    expect(findings(`a.config ${on} ${option}`, { ...files, ...misspelled })).toHaveLength(1);
  });

  it('may be named by the project, from wherever in it', () => {
    const files = {
      'a.config': 'CONFIG_OPENPAX_SOFTMODE=y\nCONFIG_VIRTIO_WDT=y\n',
      'pax/Kconfig': 'config OPENPAX_SOFTMODE\n\tbool "s"\n',
    };
    const project = 'extra-symbols: [VIRTIO_WDT, pax/Kconfig]\n';
    expect(findings(`a.config ${on}`, { ...files, '.kconfig-lint.yaml': project })).toEqual([]);
    expect(
      findings(`a.config ${on}`, { ...files, '../.kconfig-lint.yaml': 'extra-symbols: [VIRTIO_WDT, OPENPAX_*]\n' }),
    ).toEqual([]);
    expect(findings(`a.config ${on}`, { ...files, '.git/HEAD': '', '../.kconfig-lint.yaml': project })).toEqual([
      'warning unknown-symbol OPENPAX_SOFTMODE',
      'warning unknown-symbol VIRTIO_WDT',
    ]);
    const wrong = cli(`a.config ${on}`, { ...files, '.kconfig-lint.yaml': 'extra-symbols: [A]\nextra-symbol: [B]\n' });
    expect(wrong.exit).toBe(2);
    expect(wrong.err).toMatch(/^\.kconfig-lint\.yaml:2:1: /);
  });

  it('that cannot be named so are refused', () => {
    expect(cli(`a.config ${on} --extra-symbols no/such/file`, misspelled)).toMatchObject({ exit: 2 });
  });
});

describe('a complete config', () => {
  it('that conf wrote has nothing to be said', () => {
    expect(findings('real.config', { 'real.config': real })).toEqual([]);
  });

  it('that somebody edited by hand is told what the next make does', () => {
    const edited = real.replace('# CONFIG_XEN is not set\n', '').replace('CONFIG_NET=y\n', '# CONFIG_NET is not set\n');
    const { exit, out } = cli('real.config', { 'real.config': edited });
    expect(exit).toBe(0);
    expect(out).toMatch(/warning {2}\d+ settings founder on CONFIG_NET, which is off/);
  });

  it('of a vendor is not told off for what upstream lacks', () => {
    const own = 'CONFIG_AMZN_THING=y\nCONFIG_XEN_PVH=y\n';
    const vendor = real.replace('6.12.117 Kernel', '6.12.117-21.amzn2023.x86_64 Kernel') + own;
    const found = findings('real.config', { 'real.config': vendor });
    expect(found.every((each) => each.startsWith('info '))).toBe(true);
    expect(found).toEqual(['info unknown-symbol AMZN_THING', 'info unmet-dependency XEN_PVH']);
    expect(findings('real.config', { 'real.config': real + own })).toContain('warning unmet-dependency XEN_PVH');
  });
});

describe('a complete config of a release whose neighbour is asked', () => {
  const without = `${real.replace('# CONFIG_XEN is not set\n', '')}CONFIG_XEN_PVH=y\n`;
  const neighbour = (text: string) => ({ 'real.config': text.replace('6.12.117 Kernel', '6.12.50 Kernel') });

  it('is not told off for what founders on a symbol that it does not name', () => {
    expect(findings('real.config', neighbour(without))).toEqual(['info unmet-dependency XEN_PVH']);
    const { out } = cli('real.config', neighbour(without));
    expect(out).toContain('complete config of');
    expect(out).toContain('\n  Kconfig of Linux 6.12.117 x86_64\n');
    expect(out).toMatch(/in\s+Linux\s+6\.12\.117\s+x86_64:\s.*founders[\s\S]*which\s+is\s+off\n/);
    expect(out).not.toContain('  fix ');
  });

  it('is told off for what founders on a symbol that it names, or on its own Kconfig', () => {
    expect(findings('real.config', neighbour(`${real}CONFIG_XEN_PVH=y\n`))).toEqual([
      'warning unmet-dependency XEN_PVH',
    ]);
    expect(findings('real.config', { 'real.config': without })).toEqual(['warning unmet-dependency XEN_PVH']);
    expect(cli('real.config', { 'real.config': without }).out).not.toContain('Kconfig of Linux');
  });
});

describe('a requirement for a symbol without a prompt', () => {
  it('keeps its own words, and is not listed under itself', () => {
    const files = { 'v.config': 'CONFIG_FAT_FS=y\nCONFIG_NVME_CORE=y\n' };
    const { out } = cli('v.config -p vz-container --kernel 6.12.11 --arch arm64', files);
    expect(out).toMatch(/error +CONFIG_FAT_FS=y, must be off/);
    expect(out).toMatch(/error +CONFIG_NVME_CORE=y, must be off/);
    expect(out).not.toContain('can hold only after this');
  });
});

describe('a symbol turned off that something selects', () => {
  it('is told to be written as it comes out, which is its fix', () => {
    const { out } = cli(`a.config ${on} -b defconfig`, {
      'a.config': 'CONFIG_EXPERT=y\n# CONFIG_DEBUG_KERNEL is not set\n',
    });
    expect(out).toMatch(/accept\s+it\s+and\s+write\s+the\s+value\s+that\s+it\s+has\./);
    expect(out).toContain('fix    CONFIG_DEBUG_KERNEL=y\n');
  });
});

describe('a note about the kernel itself', () => {
  it('says why it matters', () => {
    const { out } = cli('a.config -p kubernetes-node --kernel 5.10.77 --arch x86_64', { 'a.config': 'CONFIG_NET=y\n' });
    expect(out).toMatch(/note {5}kernel 5\.10\.77; wants kernel >=5\.12\n {2}at .*\n {2}why /);
  });
});

describe('redundant settings', () => {
  it('are noted when asked for', () => {
    const files = { 'a.config': 'CONFIG_NET=y\nCONFIG_XEN=y\n' };
    expect(findings(`a.config ${on} --base defconfig`, files)).toEqual([]);
    expect(findings(`a.config ${on} --base defconfig --redundant --toolchain gcc-12`, files)).toEqual([
      'info redundant-default NET',
    ]);
  });
});

describe('fix', () => {
  it('puts quotes where the kernel wants them, and leaves those alone that are right', () => {
    const text =
      'CONFIG_PSI="y"\nCONFIG_LOCALVERSION="y"\nCONFIG_DEFAULT_HOSTNAME=no\nCONFIG_LOG_BUF_SHIFT="18"\nCONFIG_CPUSETS=Y\n';
    const { written } = cli(`--fix a.config ${on} -b defconfig`, { 'a.config': text });
    expect(written.get('a.config')).toBe(
      'CONFIG_PSI=y\nCONFIG_LOCALVERSION="y"\nCONFIG_DEFAULT_HOSTNAME="no"\nCONFIG_LOG_BUF_SHIFT=18\nCONFIG_CPUSETS=y\n',
    );
  });

  it('prints what to set, for what, and in what other forms', () => {
    const { exit, out } = cli(`fix zone.config ${on} --toolchain gcc-12`, { 'zone.config': recipe });
    expect(exit).toBe(0);
    expect(out).toContain('✔ zone.config: 13 changes make 37 of 37 hold on Linux 6.12.117 x86_64 on no base\n');
    expect(out).toMatch(/CONFIG_FB=m +for CONFIG_XEN_FBDEV_FRONTEND\n/);
    expect(out).toMatch(/CONFIG_MEMORY_HOTPLUG=y +for CONFIG_XEN_BALLOON_MEMORY_HOTPLUG and 1 more\n/);
    expect(out.split('\n').length).toBeLessThan(22);
  });

  it('prints a patch that applies, a fragment that merges, and commands', () => {
    const files = { 'zone.config': recipe };
    const { out: patch } = cli(`fix zone.config ${on} -b defconfig -f diff`, files);
    expect(patch).toMatch(/^--- a\/zone\.config\n\+\+\+ b\/zone\.config\n@@ /);
    expect(patch.match(/^\+CONFIG_\w+=/gm)).toEqual(['+CONFIG_FB=', '+CONFIG_MEMORY_HOTPLUG=']);
    const { out: fragment } = cli(`fix zone.config ${on} -b defconfig -f fragment`, files);
    expect(cli(`stack ${on} --base defconfig zone.config fix.config`, { ...files, 'fix.config': fragment }).exit).toBe(
      0,
    );
    expect(cli(`fix zone.config ${on} -b defconfig -f scripts-config`, files).out).toBe(
      'scripts/config --file zone.config \\\n  --module FB \\\n  --enable MEMORY_HOTPLUG\n',
    );
    const data = JSON.parse(cli(`fix zone.config ${on} -b defconfig -f json`, files).out);
    expect(data.files[0]).toMatchObject({
      path: 'zone.config',
      unfixed: [],
      changes: [{ symbol: 'FB' }, { symbol: 'MEMORY_HOTPLUG' }],
    });
  });

  it('in a check asks no Kconfig where that is off: only the text is repaired', () => {
    const files = { 'a.config': 'CONFIG_SERIAL_8250_CONSOLE=Y\n' };
    const { written } = cli(`--fix a.config ${on} -b allnoconfig --kconfig off`, files);
    expect(written.get('a.config')).toBe('CONFIG_SERIAL_8250_CONSOLE=y\n');
    const asked = cli(`--fix a.config ${on} -b allnoconfig`, files);
    expect(asked.written.get('a.config')).toContain('CONFIG_SERIAL_8250=y\n');
  });

  it('lists in its data what could not be read', () => {
    const { exit, out, err } = cli(`fix a.config gone.config ${on} -b defconfig -f json`, {
      'a.config': 'CONFIG_PSI=y\n',
    });
    const { files, failures } = JSON.parse(out);
    expect({ exit, files: files.length }).toEqual({ exit: 3, files: 1 });
    expect(failures).toEqual([
      { path: 'gone.config', code: 'missing', message: expect.any(String), help: expect.any(String) },
    ]);
    expect(err).toContain('gone.config: error[missing]');
  });

  it('writes only when told, and then nothing is left', () => {
    const files = { 'zone.config': recipe };
    expect(cli(`fix zone.config ${on} -b defconfig`, files).written.size).toBe(0);
    const { exit, written } = cli(`fix zone.config ${on} -b defconfig --write`, files);
    const text = written.get('zone.config') ?? '';
    expect(exit).toBe(0);
    expect(text).toBe(`${recipe}CONFIG_FB=m\nCONFIG_MEMORY_HOTPLUG=y\n`);
    const again = cli(`fix zone.config ${on} -b defconfig --write`, { 'zone.config': text });
    expect(again).toMatchObject({
      exit: 0,
      out: '✔ zone.config: nothing to fix on Linux 6.12.117 x86_64 on defconfig\n',
    });
    expect(again.written.size).toBe(0);
  });

  it('leaves alone what gives way to a platform', () => {
    const files = { 'a.config': 'CONFIG_NET=y\nCONFIG_INET=y\nCONFIG_UNIX=y\nCONFIG_INET_DIAG=y\n' };
    const json = (profiles: string) =>
      JSON.parse(cli(`fix a.config ${on} -b defconfig ${profiles} -f json`, files).out) as {
        files: { changes: { symbol: string }[]; unfixed: { goal: string }[] }[];
      };
    const [both] = json('-p lxc -p hardening-kspp').files;
    expect(both?.changes.map(({ symbol }) => symbol)).toContain('UNIX_DIAG');
    expect(both?.changes.map(({ symbol }) => symbol)).not.toContain('INET_DIAG');
    expect(both?.unfixed.map(({ goal }) => goal)).not.toContain('hardening-kspp/INET_DIAG');
    const [alone] = json('-p hardening-kspp').files;
    expect(JSON.stringify(alone)).toContain('hardening-kspp/INET_DIAG');
  });

  it('repairs the text itself, with or without a model', () => {
    const { out, exit } = cli('fix a.config', { 'a.config': 'CONFIG_A = y\n' });
    expect(exit).toBe(0);
    expect(out).toContain('repair   Write CONFIG_A=y (space-around-equals)');
    expect(out).toContain('nothing tells the kernel release');
    const both = cli(`fix a.config ${on} -b defconfig --write`, {
      'a.config': 'CONFIG_XEN_BALLOON_MEMORY_HOTPLUG = y\nCONFIG_XEN=y',
    });
    expect(both.written.get('a.config')).toBe(
      'CONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\nCONFIG_XEN=y\nCONFIG_MEMORY_HOTPLUG=y\n',
    );
  });

  it('makes a real config meet a profile, and says what follows', () => {
    const { exit, out, written } = cli('fix real.config -p xen-guest-pvh --write', { 'real.config': real });
    expect(exit).toBe(0);
    expect(out).toMatch(/follows {2}CONFIG_\w+=\S+ +(?:was \S+; )?by CONFIG_/);
    const fixed = written.get('real.config') ?? '';
    expect(cli('real.config -p xen-guest-pvh', { 'real.config': fixed }).out).toContain('✔ real.config');
  });

  it('says why where nothing helps', () => {
    const { exit, out } = cli(`fix a.config ${on} --base defconfig --toolchain gcc-12`, {
      'a.config': 'CONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\n# CONFIG_MEMORY_HOTPLUG is not set\nCONFIG_XEN=y\n',
    });
    expect(exit).toBe(1);
    expect(out).toContain(
      'no fix   CONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y: what it takes would undo CONFIG_MEMORY_HOTPLUG',
    );
  });

  it('is part of check with --fix, which reports what is left', () => {
    const { exit, out, written } = cli(`zone.config ${on} -b defconfig --fix`, { 'zone.config': recipe });
    expect(exit).toBe(0);
    expect(out).toContain('✔ zone.config: nothing wrong');
    expect(written.get('zone.config')).toContain('CONFIG_MEMORY_HOTPLUG=y\n');
  });
});

describe('comparing stacks', () => {
  it('tells what a line does to the whole config', () => {
    const files = { 'a.config': 'CONFIG_XEN=y\n', 'b.config': 'CONFIG_XEN=y\nCONFIG_XEN_PVH=y\n' };
    const { exit, out } = cli(`diff a.config b.config ${on} --base defconfig -p xen-guest-pvh`, files);
    expect(exit).toBe(0);
    expect(out).toContain('~ CONFIG_PVH  n → y\n');
    expect(out).toContain('error  xen-guest-pvh/XEN_PVH: unmet → met');
  });

  it('tells what is new and changed in another release', () => {
    const { out } = cli('upgrade a.config --from 6.12 --to 7.2 --arch x86_64 --base defconfig -f json', {
      'a.config': 'CONFIG_XEN=y\nCONFIG_XEN_SAVE_RESTORE=y\n',
    });
    const data = JSON.parse(out);
    expect(data.new).toContainEqual({ symbol: 'PREEMPT_LAZY', after: 'y' });
    expect(data.new.map(({ symbol }: { symbol: string }) => symbol)).not.toContain('XEN');
    expect(data.changed.find(({ symbol }: { symbol: string }) => symbol === 'SYSFS_SYSCALL')).toMatchObject({
      before: 'y',
      after: 'n',
    });
  });

  it('holds profiles against a whole stack', () => {
    const files = { 'a.config': 'CONFIG_XEN=y\n', 'b.config': 'CONFIG_XEN_PVH=y\n' };
    const { exit, out } = cli(`stack ${on} --base defconfig -p xen-guest-pvh a.config b.config`, files);
    expect(exit).toBe(0);
    expect(out).toContain('✔ all of 2 settings take effect on Linux 6.12.117 x86_64 on defconfig\n');
    expect(out).toContain('  xen-guest-pvh  23 met, 7 unmet, 4 not applicable\n');
  });
});

const vz = corpusPath('vz/vz-linux-container.config');
describe.skipIf(!existsSync(vz))('the container fragment of vz (skipped where the corpus is not there)', () => {
  it('comes out with INPUT and DEBUG_KERNEL on, and is told why and what to write', () => {
    const { out } = cli('vz.config --kernel 6.12 --arch arm64 --base allnoconfig', {
      'vz.config': readFileSync(vz, 'utf8'),
    });
    expect(out).toContain('error    CONFIG_DEBUG_KERNEL off cannot be: CONFIG_EXPERT selects it\n');
    expect(out).toContain('error    CONFIG_INPUT off cannot be: CONFIG_VT selects it, and comes with CONFIG_TTY\n');
    expect(out).toContain('  see    line 50: CONFIG_VT comes with CONFIG_TTY\n  fix    # CONFIG_VT is not set\n');
  });
});
