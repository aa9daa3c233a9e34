/** The tools that really pack kernels; tests with one that is not installed skip loudly. */
import { execFileSync, spawnSync } from 'node:child_process';

export interface Packer {
  /** As a test names it: `xz --x86`. */
  readonly name: string;
  readonly available: boolean;
  readonly pack: (bytes: Uint8Array) => Buffer;
}

const found = new Map<string, boolean>();

export function hasTool(tool: string): boolean {
  let has = found.get(tool);
  if (has === undefined) {
    has = spawnSync(tool, ['--version']).error === undefined;
    if (!has) console.warn(`SKIPPED: tests with ${tool}, because it is not installed`);
    found.set(tool, has);
  }
  return has;
}

export function packer(tool: string, ...args: readonly string[]): Packer {
  return {
    name: [tool, ...args].join(' '),
    available: hasTool(tool),
    pack: (input) => execFileSync(tool, [...args], { input, maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'ignore'] }),
  };
}
