/** gzip: its header and trailer; the deflate stream between them is the host's business. */
import type { Zlib } from '../../host.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import { u8, u16le, u32le } from './numbers.ts';
import { type Output, reserve } from './output.ts';

export const gzipMagic = [0x1f, 0x8b, 0x08] as const;

const Flag = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

function afterHeader(input: Uint8Array, start: number): number {
  const flags = u8(input, start + 3);
  if (flags & Flag.reserved) throw damaged(start + 3, 'the gzip header makes no sense');
  let at = start + 10;
  if (flags & Flag.extra) at += 2 + u16le(input, at);
  for (const flag of [Flag.name, Flag.comment]) {
    if ((flags & flag) === 0) continue;
    const end = input.indexOf(0, at);
    if (end === -1) throw truncated(input.length);
    at = end + 1;
  }
  return flags & Flag.headerCrc ? at + 2 : at;
}

export function unpackGzip(input: Uint8Array, start: number, output: Output, zlib: Zlib): number {
  const at = afterHeader(input, start);
  if (at >= input.length) throw truncated(input.length);
  const inflated = zlib.inflateRaw(input, at, output.limit - output.length);
  if ('error' in inflated) {
    const detail = inflated.error === 'too-large' ? `more than ${output.limit} bytes` : inflated.detail;
    throw new UnpackFault(inflated.error, inflated.error === 'truncated' ? input.length : at, detail);
  }
  const { bytes, used } = inflated;
  const end = at + used;
  if (u32le(input, end) !== zlib.crc32(bytes)) throw damaged(end, 'the gzip checksum is wrong');
  if (u32le(input, end + 4) !== bytes.length >>> 0) throw damaged(end + 4, 'the gzip size is wrong');
  if (output.length === 0) {
    // Taken over as it is: one copy less.
    output.bytes = bytes;
  } else {
    reserve(output, bytes.length, at);
    output.bytes.set(bytes, output.length);
  }
  output.length += bytes.length;
  return end + 8;
}
