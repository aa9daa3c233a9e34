/** Reading what is no text, as a bundle of its own: unpackers and image formats are loaded when the first such file is met. */
import { setFlagsFromString } from 'node:v8';
import { archiveLimits } from '../artifacts/archive/limits.ts';
import { isTar } from '../artifacts/archive/tar.ts';
import { compressionOf, unpack } from '../artifacts/compression/index.ts';
import { configIn } from '../artifacts/config-in.ts';
import type { NoConfig, ReadPacked } from '../host.ts';
import { createArchiveHost } from '../node-archive-host.ts';
import { nodeZlib } from '../node-zlib.ts';
import { configsInArchive } from '../project/archive-configs.ts';
import type { ArchiveConfigs } from '../project/read.ts';

export const readPacked: ReadPacked = (bytes) => {
  // Short runs start without optimised code, in which unpacking takes twenty times as long.
  setFlagsFromString('--opt');
  return isPackedArchive(bytes) ? packedArchive : configIn(bytes, nodeZlib);
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
