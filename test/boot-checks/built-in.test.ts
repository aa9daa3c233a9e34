/** CONFIG_CMDLINE and the command line of the boot, put together as each architecture does. */
import { describe, expect, it } from 'vitest';
import { placedText, readLine } from '../../src/artifacts/cmdline-text.ts';
import { mergeBuiltIn } from '../../src/boot-checks/built-in.ts';
import { parseConfigText } from '../../src/config/document.ts';
import { createSource, textBetween } from '../../src/source.ts';
import type { Arch } from '../../src/target.ts';
import { situated } from '../support/boot-session.ts';

function merge(arch: Arch | undefined, config: string, cmdline: string | undefined): string {
  const source = createSource('--cmdline', cmdline ?? '');
  const given = cmdline === undefined ? undefined : [placedText(source, 0, cmdline.length, '--cmdline')];
  const document = parseConfigText(`CONFIG_CMDLINE="console=ttyS0 quiet"\n${config}`);
  return readLine(mergeBuiltIn(document, arch, given).pieces)?.text ?? 'nothing';
}

describe('the built-in command line', () => {
  it.each([
    // arch/x86/kernel/setup.c: in front, unless it overrides; not at all without CMDLINE_BOOL.
    ['x86_64', 'CONFIG_CMDLINE_BOOL=y\n', 'root=/dev/vda', 'console=ttyS0 quiet root=/dev/vda'],
    ['i386', 'CONFIG_CMDLINE_BOOL=y\n', '', 'console=ttyS0 quiet'],
    ['x86_64', 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE_OVERRIDE=y\n', 'root=/dev/vda', 'console=ttyS0 quiet'],
    ['x86_64', '# CONFIG_CMDLINE_BOOL is not set\n', 'root=/dev/vda', 'root=/dev/vda'],
    ['x86_64', 'CONFIG_CMDLINE_BOOL=y\n', undefined, 'console=ttyS0 quiet'],
    // drivers/of/fdt.c: behind, or instead, or only where there is none.
    ['arm64', 'CONFIG_CMDLINE_FROM_BOOTLOADER=y\n', 'root=/dev/vda', 'root=/dev/vda'],
    ['arm64', 'CONFIG_CMDLINE_FROM_BOOTLOADER=y\n', '', 'console=ttyS0 quiet'],
    ['arm64', 'CONFIG_CMDLINE_FORCE=y\n', 'root=/dev/vda', 'console=ttyS0 quiet'],
    ['arm', 'CONFIG_CMDLINE_EXTEND=y\n', 'root=/dev/vda', 'root=/dev/vda console=ttyS0 quiet'],
    ['riscv', 'CONFIG_CMDLINE_EXTEND=y\n', 'root=/dev/vda', 'root=/dev/vda console=ttyS0 quiet'],
    ['riscv', 'CONFIG_CMDLINE_FALLBACK=y\n', 'root=/dev/vda', 'root=/dev/vda'],
    ['loongarch', 'CONFIG_CMDLINE_EXTEND=y\n', 'root=/dev/vda', 'root=/dev/vda console=ttyS0 quiet'],
    ['powerpc', 'CONFIG_CMDLINE_FROM_BOOTLOADER=y\n', 'root=/dev/vda', 'root=/dev/vda'],
    ['mips', 'CONFIG_CMDLINE_BOOL=y\n', 'root=/dev/vda', 'root=/dev/vda console=ttyS0 quiet'],
    [
      'mips',
      'CONFIG_CMDLINE_BOOL=y\nCONFIG_MIPS_CMDLINE_BUILTIN_EXTEND=y\n',
      'root=/dev/vda',
      'console=ttyS0 quiet root=/dev/vda',
    ],
    ['mips', 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE_OVERRIDE=y\n', 'root=/dev/vda', 'console=ttyS0 quiet'],
  ] as const)('on %s with %j and %j', (arch, config, cmdline, expected) => {
    expect(merge(arch, config, cmdline)).toBe(expected);
  });

  it('keeps the places of both', () => {
    const { findings } = situated({
      cmdline: 'root=/dev/vda rw nomodules',
      arch: 'x86_64',
      config: 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="consle=ttyS0 ro"\n',
    });
    const places = findings.map(
      ({ location: { source, span } }) => `${source.path} ${textBetween(source, span.start, span.end)}`,
    );
    expect(places.sort()).toEqual(['--cmdline nomodules', '.config consle=ttyS0', '.config ro'].sort());
  });

  it('wins or loses by its place, as the kernel has it', () => {
    const of = (arch: Arch, config: string) =>
      situated({
        cmdline: 'root=/dev/vdb',
        arch,
        config: `CONFIG_CMDLINE="root=/dev/vda"\n${config}`,
      }).prepared.target.commandLine?.parameters.map(({ written }) => written);
    expect(of('x86_64', 'CONFIG_CMDLINE_BOOL=y\n')).toEqual(['root=/dev/vdb']);
    expect(of('riscv', 'CONFIG_CMDLINE_EXTEND=y\n')).toEqual(['root=/dev/vda']);
  });
});

describe('what follows for the boot', () => {
  it.each([
    ['pci=off', [], ['pci']],
    ['nomodule', ['no-modules'], []],
    ['initrd=/initrd.img', ['initrd'], []],
    ['noinitrd', [], ['initrd']],
    ['cgroup_no_v1=all', [], ['cgroup-v1']],
    ['systemd.unified_cgroup_hierarchy=0', ['cgroup-v1'], []],
    ['console=ttyS0', [], []],
  ])('from %s', (cmdline, stated, denied) => {
    const { prepared } = situated({ cmdline, config: '' });
    expect([...prepared.boot]).toEqual(stated);
    expect([...prepared.bootDenied]).toEqual(denied);
  });
});
