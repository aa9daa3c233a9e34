/** What KubeVirt expects of a kernel boot image: QEMU, as user 107, can read kernel and initrd. */
import { isFault } from '../../artifacts/archive/fault.ts';
import { resolveFile } from '../../artifacts/archive/view.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

const qemu = 107;

export function inspectKubevirt(inspection: Inspection): void {
  for (const path of [inspection.kernelPath, inspection.initrdPath])
    if (path !== undefined) inspectOwner(inspection, path);
}

function inspectOwner({ view, isImage, say, at }: Inspection, path: string): void {
  const found = resolveFile(view, path);
  if (isFault(found)) return;
  const parts = found.path.split('/');
  for (let length = 1; length <= parts.length; length++) {
    const here = parts.slice(0, length).join('/');
    const entry = view.entryAt(here);
    if (entry === undefined) continue;
    const { mode, uid, gid } = entry;
    // A folder is gone through with the bit that lets a program be run.
    const bit = length === parts.length ? 4 : 1;
    const own = uid === qemu ? mode >> 6 : gid === qemu ? mode >> 3 : mode;
    if ((own & bit) !== 0) continue;
    const what = length === parts.length ? 'read it' : `go through it to ${found.path}`;
    say(
      bundleRules.owner,
      at(path),
      `${here} belongs to ${uid}:${gid} with mode ${mode.toString(8).padStart(4, '0')}, so QEMU (107:107) cannot ${what}`,
      {
        // A folder on disk says little of who will own the files in the image.
        severity: isImage ? 'error' : 'warning',
        expected: 'owner 107:107, or readable for all',
        actual: `${uid}:${gid} ${mode.toString(8).padStart(4, '0')}`,
        advice: [`COPY --chown=107:107 ${parts.at(-1)} /${found.path}`],
      },
    );
    return;
  }
}
