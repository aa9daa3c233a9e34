/** Reading what is no text, as a bundle of its own: unpackers and image formats are loaded when the first such file is met. */
import { setFlagsFromString } from 'node:v8';
import { configIn } from '../artifacts/config-in.ts';
import type { ReadPacked } from '../host.ts';
import { createArchiveHost } from '../node-archive-host.ts';
import { nodeZlib } from '../node-zlib.ts';
import { configsInArchive } from '../project/archive-configs.ts';
import type { ArchiveConfigs } from '../project/read.ts';

export const readPacked: ReadPacked = (bytes) => {
  // Short runs start without optimised code, in which unpacking takes twenty times as long.
  setFlagsFromString('--opt');
  return configIn(bytes, nodeZlib);
};

export function readArchive(path: string): ArchiveConfigs | undefined {
  setFlagsFromString('--opt');
  return configsInArchive(path, createArchiveHost(), nodeZlib);
}
