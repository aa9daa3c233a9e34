/** Reads Debian and RPM packages: what they are called, and their files as a view. */
import { arMembers } from './ar.ts';
import { type ByteSource, type Flow, flowOf, hasText, partOf, textOf, u32be } from './bytes.ts';
import { cpioReader } from './cpio.ts';
import { type ArchiveFault, fault, isFault } from './fault.ts';
import { type Interest, viewOf } from './index.ts';
import { tarReader } from './tar.ts';
import { type FileView, readFile } from './view.ts';

/** Makes a flow of what a flow of `size` bytes unpacks to, whatever it is compressed with; `what` names it in messages. */
export type Unpacker = (packed: Flow, size: number, what: string) => Flow;

/** What a package says of itself. */
export interface PackageFacts {
  readonly kind: 'deb' | 'rpm';
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  /** Other packages that it needs. */
  readonly depends: readonly string[];
}

export interface Package {
  readonly facts: PackageFacts;
  readonly view: FileView;
}

const nothing: Interest = { headSize: 0, classify: () => undefined, isLikely: () => true };

export function openDeb(
  name: string,
  source: ByteSource,
  unpack: Unpacker,
  interest: Interest,
): Package | ArchiveFault {
  const members = arMembers(source);
  if (isFault(members)) return members;
  const member = (prefix: string) => members.find((each) => each.name === prefix || each.name.startsWith(`${prefix}.`));
  const [version, control, data] = [member('debian-binary'), member('control.tar'), member('data.tar')];
  if (version === undefined || data === undefined)
    return fault(
      'unsupported',
      'this ar archive is no Debian package',
      undefined,
      'name a .deb of a kernel, or the kernel itself',
    );
  const format = textOf(source.read(version.at, Math.min(version.size, 16))).trim();
  if (!/^2\.\d+$/.test(format))
    return fault('unsupported', `the package has the format ${JSON.stringify(format)}, not 2.0`);
  const facts = control === undefined ? [] : debFacts(partOf(source, control.at, control.size), unpack);
  if (isFault(facts)) return facts;
  const field = (key: string): string => facts.find(([name]) => name === key)?.[1] ?? '';
  const flow = unpack(flowOf(partOf(source, data.at, data.size)), data.size, data.name);
  const view = viewOf(name, [{ flow, reader: tarReader }], { isLayered: false, interest });
  if (isFault(view)) return view;
  const depends = field('depends')
    .split(/[,|]/)
    .map((each) => each.trim().split(/[\s(]/)[0] ?? '');
  return {
    facts: {
      kind: 'deb',
      name: field('package'),
      version: field('version'),
      arch: field('architecture'),
      depends: depends.filter((each) => each !== ''),
    },
    view,
  };
}

/** The fields of the control file; what it says in further lines is left out. */
function debFacts(source: ByteSource, unpack: Unpacker): (readonly [string, string])[] | ArchiveFault {
  const flow = unpack(flowOf(source), source.size, 'control.tar');
  const view = viewOf('control.tar', [{ flow, reader: tarReader }], { isLayered: false, interest: nothing });
  if (isFault(view)) return view;
  const read = readFile(view, 'control', 1 << 20);
  if (isFault(read)) return fault('bad-archive', 'the package has no readable control file');
  return textOf(read)
    .split('\n')
    .map((line) => /^([A-Za-z-]+):\s*(.*)$/.exec(line))
    .flatMap((match) => (match === null ? [] : [[(match[1] as string).toLowerCase(), match[2] as string] as const]));
}

export function isRpm(head: Uint8Array): boolean {
  return u32be(head, 0) === 0xedabeedb;
}

const leadSize = 96;
/** Bytes that the index and the values of a header may have; those of kernels have some megabytes. */
const headerLimit = 64 << 20;
/** Tags of a header: `lib/rpm/rpmtag.h` names them. */
const Tag = { name: 1000, version: 1001, release: 1002, arch: 1022, requires: 1049, payloadFormat: 1124 } as const;

interface RpmHeader {
  readonly end: number;
  readonly strings: (tag: number) => readonly string[];
}

export function openRpm(
  name: string,
  source: ByteSource,
  unpack: Unpacker,
  interest: Interest,
): Package | ArchiveFault {
  const signature = readHeader(source, leadSize);
  if (isFault(signature)) return signature;
  const header = readHeader(source, Math.ceil(signature.end / 8) * 8);
  if (isFault(header)) return header;
  const first = (tag: number): string => header.strings(tag)[0] ?? '';
  const format = first(Tag.payloadFormat) || 'cpio';
  if (format !== 'cpio') return fault('unsupported', `the payload of the package is ${format}, not cpio`);
  const size = Math.max(0, source.size - header.end);
  const flow = unpack(flowOf(partOf(source, header.end, size)), size, 'the payload');
  const view = viewOf(name, [{ flow, reader: cpioReader }], { isLayered: false, interest });
  if (isFault(view)) return view;
  return {
    facts: {
      kind: 'rpm',
      name: first(Tag.name),
      version: `${first(Tag.version)}-${first(Tag.release)}`,
      arch: first(Tag.arch),
      depends: header.strings(Tag.requires).filter((each) => /^[\w.+-]+$/.test(each)),
    },
    view,
  };
}

/** A header: a magic number, how many entries, how many bytes of values, the entries, the values. */
function readHeader(source: ByteSource, at: number): RpmHeader | ArchiveFault {
  const start = source.read(at, 16);
  if (start.length < 16) return fault('truncated', `the package is cut off at byte ${source.size}, within its headers`);
  if (!hasText(start, 0, '\x8e\xad\xe8\x01')) return fault('bad-archive', `there is no rpm header at byte ${at}`);
  const [count, size] = [u32be(start, 8), u32be(start, 12)];
  const whole = count * 16 + size;
  if (whole > headerLimit) return fault('too-large', `the rpm header at byte ${at} has ${whole} bytes`);
  const body = source.read(at + 16, whole);
  if (body.length < whole)
    return fault('truncated', `the package is cut off at byte ${source.size}, within its headers`);
  const strings = (tag: number): string[] => {
    for (let i = 0; i < count; i++) {
      if (u32be(body, i * 16) !== tag) continue;
      const found: string[] = [];
      let from = count * 16 + u32be(body, i * 16 + 8);
      for (let left = Math.min(u32be(body, i * 16 + 12), 10_000); left > 0 && from < whole; left--) {
        const end = body.indexOf(0, from);
        if (end === -1) break;
        found.push(textOf(body.subarray(from, end)));
        from = end + 1;
      }
      return found;
    }
    return [];
  };
  return { end: at + 16 + whole, strings };
}
