/** Reads ar archives, which Debian packages are. */
import { type ByteSource, fieldText, hasText } from './bytes.ts';
import { type ArchiveFault, fault } from './fault.ts';

const magic = '!<arch>\n';
const headerSize = 60;
/** A package has three members, a static library some thousands. */
const mostMembers = 10_000;

export interface ArMember {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}

export function isAr(head: Uint8Array): boolean {
  return hasText(head, 0, magic);
}

export function arMembers(source: ByteSource): ArMember[] | ArchiveFault {
  const members: ArMember[] = [];
  for (let at = magic.length; at < source.size; ) {
    const header = source.read(at, headerSize);
    if (header.length < headerSize) return fault('truncated', `the ar archive is cut off at byte ${at}`);
    if (!hasText(header, 58, '`\n')) return fault('bad-archive', `there is no ar header at byte ${at}`);
    const stated = fieldText(header, 48, 10).trim();
    const size = /^\d+$/.test(stated) ? Number(stated) : Number.NaN;
    if (Number.isNaN(size)) return fault('bad-archive', `the ar header at byte ${at} has a size that is none`);
    const name = fieldText(header, 0, 16).trim().replace(/\/$/, '');
    const start = at + headerSize;
    if (start + size > source.size)
      return fault(
        'truncated',
        `${name} is cut off: it has ${size} bytes, and the archive ends after ${source.size - start}`,
      );
    members.push({ name, at: start, size });
    if (members.length > mostMembers) return fault('too-many-entries', `it has more than ${mostMembers} members`);
    at = start + size + (size % 2);
  }
  return members;
}
