/** What Virtink expects of a kernel image: Cloud Hypervisor enters `/vmlinux` by its PVH note. */
import { ElfMachine, pvhEntry, readElf } from '../../artifacts/bundle/elf.ts';
import { settingOf } from '../../config/document.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

export function inspectVirtink(inspection: Inspection, kernelBytes: Uint8Array | undefined): void {
  const { kernelPath, isImage, has, say, at } = inspection;
  if (kernelPath !== undefined && kernelBytes !== undefined) inspectPvh(inspection, kernelPath, kernelBytes);
  if (isImage && !has('entrypoint.sh')) {
    say(
      bundleRules.virtinkBase,
      at('entrypoint.sh'),
      'entrypoint.sh is missing, which copies /vmlinux out of the image',
      {
        advice: [],
      },
    );
  }
}

/** An x86 ELF kernel has to say where a hypervisor enters it. */
export function inspectPvh(inspection: Inspection, path: string, bytes: Uint8Array): void {
  const elf = readElf(bytes);
  if (elf === undefined || elf.machine !== ElfMachine.x86_64) return;
  const { say, at, configs } = inspection;
  if (elf.isCutOff) {
    say(bundleRules.notAKernel, at(path), `${path} is cut off: its headers lead beyond its end`);
    return;
  }
  if (pvhEntry(elf) !== undefined) return;
  const setting = configs[0] === undefined ? undefined : settingOf(configs[0], 'PVH');
  const isOn = setting?.kind === 'set' && setting.value === 'y';
  const isOff = setting !== undefined && !isOn && (configs[0]?.kind === 'complete' || setting.kind === 'not-set');
  const why = isOn ? '; CONFIG_PVH is on, so the note was stripped' : isOff ? '; CONFIG_PVH is off' : '';
  const related =
    setting === undefined || setting.kind === 'absent' ? [] : [{ location: setting.location, message: 'CONFIG_PVH' }];
  say(bundleRules.pvhNote, at(path), `${path} is an ELF file without a PVH note (XEN_ELFNOTE_PHYS32_ENTRY)${why}`, {
    symbol: 'PVH',
    expected: 'a note of the name Xen and type 18',
    actual: elf.notes.length === 0 ? 'no notes' : `${elf.notes.length} other notes`,
    advice: isOn ? [] : ['CONFIG_PVH=y'],
    related,
  });
}
