/** Reading what is no text, as a bundle of its own: unpackers and image formats are loaded when the first such file is met. */
import { setFlagsFromString } from 'node:v8';
import { archiveLimits } from '../artifacts/archive/limits.ts';
import { isTar } from '../artifacts/archive/tar.ts';
import { compressionOf, unpack } from '../artifacts/compression/index.ts';
import { configIn } from '../artifacts/config-in.ts';
import { configMarker, imageLimits } from '../artifacts/image.ts';
import { readImageHeader } from '../artifacts/image-header.ts';
import type { FindEmbedded, NoConfig, PackedConfig, ReadPacked } from '../host.ts';
import { createArchiveHost } from '../node-archive-host.ts';
import { nodeZlib } from '../node-zlib.ts';
import { configsInArchive } from '../project/archive-configs.ts';
import type { ArchiveConfigs } from '../project/read.ts';

export const readPacked: ReadPacked = (bytes, raised) => {
  // Short runs start without optimised code, in which unpacking takes twenty times as long.
  setFlagsFromString('--opt');
  return isPackedArchive(bytes) ? packedArchive : configIn(bytes, nodeZlib, raised);
};

/** Told apart from kernels before these are looked for: an archive may hold several. gzip the host looks into by itself. */
function isPackedArchive(bytes: Uint8Array): boolean {
  const compression = compressionOf(bytes);
  if (compression === undefined || compression === 'gzip') return false;
  const unpacked = unpack(bytes, 0, { limit: archiveLimits.wholeUnpacked, zlib: nodeZlib });
  return 'bytes' in unpacked && isTar(unpacked.bytes);
}

const packedArchive: NoConfig = { code: 'archive', message: 'this is an archive', help: 'name the config in it' };

export function readArchive(path: string): ArchiveConfigs | undefined {
  setFlagsFromString('--opt');
  return configsInArchive(path, createArchiveHost(), nodeZlib);
}

const pieceSize = 1 << 18;
/** Markers that may turn out to be none; then the image is read as a whole. */
const mostMarkers = 16;

export const findEmbedded: FindEmbedded = (read) => {
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  const marker = Buffer.from(configMarker, 'latin1');
  let markers = 0;
  for (let at = 0; ; at += pieceSize - marker.length + 1) {
    const part = piece.subarray(0, read(at, piece));
    if (at === 0 && isPacked(part)) return undefined;
    for (let found = part.indexOf(marker); found !== -1; found = part.indexOf(marker, found + 1)) {
      if (markers++ === mostMarkers) return undefined;
      const config = configAt(at + found, read);
      if (config !== undefined) return config;
    }
    if (part.length < pieceSize) return undefined;
  }
};

function isPacked(head: Uint8Array): boolean {
  return compressionOf(head) !== undefined || readImageHeader(head)?.payload !== undefined;
}

function configAt(at: number, read: (at: number, into: Uint8Array) => number): PackedConfig | undefined {
  const packed = new Uint8Array(imageLimits.packedConfig);
  const length = read(at + 'IKCFG_ST'.length, packed);
  const unpacked = unpack(packed.subarray(0, length), 0, { limit: imageLimits.config, zlib: nodeZlib, single: true });
  return 'bytes' in unpacked ? { bytes: unpacked.bytes, member: 'config' } : undefined;
}
