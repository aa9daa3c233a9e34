/** Kernel trees and compiled models of strangers. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { expect } from 'vitest';
import { root } from '../../support/corpus.ts';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const makefile = 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 1\nEXTRAVERSION =\n';
const build = 'model build --tree tree --arch x86_64 -o model.kmodel';
const files = (
  kconfig: string | Uint8Array,
  more: Record<string, string> = {},
): Record<string, string | Uint8Array> => ({
  'tree/Makefile': makefile,
  'tree/Kconfig': kconfig,
  ...Object.fromEntries(Object.entries(more).map(([path, text]) => [`tree/${path}`, text])),
});
const nothingRan = (): void => expect(existsSync('PWNED') || existsSync('tree/PWNED')).toBe(false);
const tree = (
  name: string,
  kconfig: string | Uint8Array,
  more: Record<string, string> = {},
  make?: () => void,
): HostileCase =>
  bad(name, build, files(kconfig, more), { after: nothingRan, ...(make === undefined ? {} : { make }) });
const fine = (name: string, kconfig: string, more: Record<string, string> = {}): HostileCase =>
  good(name, build, files(kconfig, more), { after: nothingRan });
const sound = 'config A\n\tbool "a"\n';
const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

const shipped = readFileSync(join(root, 'models/6.12-x86_64.kmodel'));
const unpacked = brotliDecompressSync(shipped);
const model = (name: string, bytes: Uint8Array): HostileCase =>
  bad(name, 'x.config --model x.kmodel --arch x86_64', { 'x.config': 'CONFIG_A=y\n', 'x.kmodel': bytes });
const repacked = (change: (bytes: Buffer) => Buffer): Buffer =>
  brotliCompressSync(change(Buffer.from(unpacked)), { params: { 1: 1 } });

export const kconfigCases: readonly HostileCase[] = [
  bad('a tree without a Kconfig', build, { 'tree/Makefile': makefile }),
  bad('a tree that is not there', build, {}),
  bad('a tree that is a file', build, { tree: 'x' }),
  tree('noise', Buffer.from([0x80, 0xff, 0, 1, 2, 0x9b, 10])),
  tree('prose', 'dear diary\n'),
  tree('a config', 'CONFIG_A=y\n'),
  tree('a file that includes itself', 'source "Kconfig"\n'),
  tree('files that include each other', 'source "a"\n', { a: 'source "b"\n', b: 'source "a"\n' }),
  tree('a file that includes itself by another path', 'source "x/../a"\n', { a: 'source "./a"\n' }),
  tree('a file that is not there', 'source "gone/Kconfig"\n'),
  tree('/etc/passwd', 'source "/etc/passwd"\n'),
  tree('a path that leads out of the tree', 'source "../../../../etc/passwd"\n'),
  tree('a path that a macro leads out of the tree', 'UP := ..\nsource "$(UP)/$(UP)/etc/passwd"\n'),
  tree('a link that leads out of the tree', 'source "evil"\n', {}, () => symlinkSync('/etc/passwd', 'tree/evil')),
  tree('a folder behind a link that leads out of the tree', 'source "etc/passwd"\n', {}, () =>
    symlinkSync('/etc', 'tree/etc'),
  ),
  tree('a Kconfig that is a link to a device', sound, {}, () =>
    execFileSync('ln', ['-sf', '/dev/zero', 'tree/Kconfig']),
  ),
  tree('a pipe', 'source "pipe"\n', {}, () => execFileSync('mkfifo', ['tree/pipe'])),
  tree('a folder', 'source "dir"\n', { 'dir/x': '' }),
  tree('a file of 9 MiB', `# ${'x'.repeat(9 << 20)}\n${sound}`),
  tree(
    'a chain of a thousand files',
    'source "f0"\n',
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, `source "f${i + 1}"\n`])),
  ),
  tree('menus a thousand deep', `${'menu "m"\n'.repeat(1000)}${'endmenu\n'.repeat(1000)}`),
  tree('parentheses a hundred thousand deep', `${sound}\tdepends on ${'('.repeat(100_000)}A${')'.repeat(100_000)}\n`),
  tree('a hundred thousand exclamation marks', `${sound}\tdepends on ${'!'.repeat(100_000)}A\n`),
  tree('macros a hundred thousand deep', `X := ${'$('.repeat(100_000)}y${')'.repeat(100_000)}\n`),
  tree('a macro that calls itself', 'X = $(X)\nY := $(X)\n'),
  tree('macros that call each other', 'X = $(Y)\nY = $(X)\nZ := $(X)\n'),
  tree('a function that calls itself', 'f = $(f,$(1)x)\nZ := $(f,a)\n'),
  tree(
    'macros that double themselves',
    `X0 := ${'x'.repeat(100)}\n${repeat(60, (i) => `X${i + 1} := $(X${i})$(X${i})\n`)}`,
  ),
  tree(
    'lazy macros that double themselves',
    `X0 = ${'x'.repeat(100)}\n${repeat(60, (i) => `X${i + 1} = $(X${i})$(X${i})\n`)}Y := $(X60)\n`,
  ),
  tree(
    'lazy macros that double themselves into nothing',
    `X0 =\n${repeat(60, (i) => `X${i + 1} = $(X${i})$(X${i})\n`)}Y := $(X60)\n`,
  ),
  tree('a macro that is not closed', 'X := $(shell,touch PWNED\n'),
  tree('a macro with too many arguments', `X := $(f${',a'.repeat(50)})\n`),
  tree('an error of its own', '$(error-if,y,this tree wants\u001b[2J to say no)\n'),
  fine('a string that is not closed', 'config A\n\tbool "a\n'),
  tree('a menu that is not closed', 'menu "m"\nconfig A\n\tbool "a"\n'),
  tree('an end of nothing', 'endmenu\n'),
  tree('a choice in an if that ends before it', 'if A\nchoice\nendif\nendchoice\n'),
  tree('an option without an entry', '\tbool "a"\n'),
  tree('a word that there is not', 'config A\n\tboolean "a"\n\tscript "touch PWNED"\n'),
  tree('a symbol that depends on itself', 'config A\n\tbool "a"\n\tdepends on A\n'),
  tree(
    'symbols that depend on each other',
    'config A\n\tbool "a"\n\tdepends on B\nconfig B\n\tbool "b"\n\tdepends on A\n',
  ),
  fine('symbols that select each other', 'config A\n\tbool "a"\n\tdepends on B\nconfig B\n\tbool "b"\n\tselect A\n'),
  fine('NULs', 'config A\0\n\tbool "a"\n'),
  tree('UTF-16', Buffer.from(`\ufeff${sound}`, 'utf16le')),
  model('a model of noise', Buffer.from([1, 2, 3, 4, 5])),
  model('an empty model', Buffer.alloc(0)),
  model('a model that is cut', shipped.subarray(0, 1000)),
  model(
    'a model with its head changed',
    repacked((b) => b.fill(0xff, 0, 16)),
  ),
  model(
    'a model with its middle changed',
    repacked((b) => b.fill(0xff, b.length >> 1, (b.length >> 1) + 4096)),
  ),
  model(
    'a model that ends too early',
    repacked((b) => b.subarray(0, b.length >> 1)),
  ),
  model('a model of zeros', brotliCompressSync(Buffer.alloc(1000))),
  model('a bomb', brotliCompressSync(Buffer.alloc(100 << 20), { params: { 1: 1 } })),
  bad('a base that is no config', 'x.config --base prose --kernel 6.12 --arch x86_64', {
    'x.config': 'CONFIG_A=y\n',
    prose: 'dear diary\n',
  }),
  bad('resolve: a config with a NUL', 'resolve x.config --kernel 6.12 --arch x86_64', { 'x.config': '\0' }),
  bad('stack: a config that is empty', 'stack x.config --kernel 6.12 --arch x86_64', { 'x.config': '' }),

  fine('a tree', sound),
  tree('an empty Kconfig', ''),
  fine(
    'a shell command',
    'X := $(shell,touch PWNED)\nconfig A\n\tbool "a"\n\tdefault $(shell,touch PWNED && echo y)\n',
  ),
  fine(
    'shell commands in all places',
    'config A\n\tbool "$(shell,touch PWNED)"\n\tdepends on $(shell,touch PWNED; echo y)\n\tdefault "$(shell, touch PWNED)"\n$(info,$(shell,touch PWNED))\n',
  ),
  fine(
    'symbols named like properties of every object',
    'config constructor\n\tbool "a"\nconfig __proto__\n\tbool "b"\nconfig toString\n\tbool "c"\n',
  ),
  fine('line ends of Windows', sound.replaceAll('\n', '\r\n')),
  fine('expressions a hundred deep', `${sound}\tdepends on ${'('.repeat(100)}B${')'.repeat(100)}\n`),
  fine(
    'ten thousand symbols',
    repeat(10_000, (i) => `config A${i}\n\tbool "a"\n`),
  ),
  fine(
    'a chain of a hundred files',
    'source "f0"\n',
    Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, i === 99 ? sound : `source "f${i + 1}"\n`])),
  ),
  fine(
    'a help text that looks like a program',
    'config A\n\tbool "a"\n\thelp\n\t  $(shell,touch PWNED)\n\t  source "/etc/passwd"\n',
  ),
];
