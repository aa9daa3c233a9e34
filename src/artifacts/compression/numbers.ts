/** Numbers in byte order; what lies beyond the end is data that end too early. */
import { truncated } from './fault.ts';

export function need(input: Uint8Array, at: number, count: number): void {
  if (at < 0 || count < 0 || at + count > input.length) throw truncated(input.length);
}

export function u8(input: Uint8Array, at: number): number {
  need(input, at, 1);
  return input[at] as number;
}

export function u16le(input: Uint8Array, at: number): number {
  need(input, at, 2);
  return (input[at] as number) | ((input[at + 1] as number) << 8);
}

export function u16be(input: Uint8Array, at: number): number {
  need(input, at, 2);
  return ((input[at] as number) << 8) | (input[at + 1] as number);
}

export function u24le(input: Uint8Array, at: number): number {
  need(input, at, 3);
  return (input[at] as number) | ((input[at + 1] as number) << 8) | ((input[at + 2] as number) << 16);
}

export function u32le(input: Uint8Array, at: number): number {
  return (u24le(input, at) | (u8(input, at + 3) << 24)) >>> 0;
}

export function u32be(input: Uint8Array, at: number): number {
  return ((u16be(input, at) << 16) | u16be(input, at + 2)) >>> 0;
}

/** Exact up to 2^53; larger numbers only need to be too large. */
export function u64le(input: Uint8Array, at: number): number {
  return u32le(input, at + 4) * 2 ** 32 + u32le(input, at);
}

export function startsWith(input: Uint8Array, at: number, magic: readonly number[]): boolean {
  for (let i = 0; i < magic.length; i++) if (input[at + i] !== magic[i]) return false;
  return true;
}
