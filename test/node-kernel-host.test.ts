/** Kernel trees and model files on a real disk: nothing outside the tree is read, and nothing runs unasked. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import type { KernelTree } from '../src/host.ts';
import { createNodeHost } from '../src/node-host.ts';
import { createKernelHost } from '../src/node-kernel-host.ts';
import { root } from './support/corpus.ts';
import { memoryHost } from './support/host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-tree-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kernel = createKernelHost(join(root, 'models'));

function put(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, 'tree', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'tree', path), text);
  }
  return join(folder, 'tree');
}

function open(files: Readonly<Record<string, string>>): KernelTree {
  const tree = kernel.openTree(put(files));
  if ('error' in tree) throw new Error(tree.detail);
  return tree;
}

function cli(words: readonly string[]) {
  const host = memoryHost({ files: {} });
  const disk = createNodeHost(join(root, 'dist'));
  const exit = run(
    words,
    { ...host, readSource: disk.readSource, pathKind: disk.pathKind, openOutput: disk.openOutput },
    kernel,
  );
  return { exit, out: host.out(), err: host.err() };
}

const makefile = 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n';

describe('a tree', () => {
  it('reads its own files and lists them by pattern', () => {
    const tree = open({
      Kconfig: 'config A\n',
      'arch/x86/configs/b_defconfig': '',
      'arch/x86/configs/a_defconfig': '',
    });
    expect(tree.read('Kconfig')).toBe('config A\n');
    expect(tree.read('gone')).toBeUndefined();
    expect(tree.read('arch')).toBeUndefined();
    expect(tree.match('arch/*/configs/*_defconfig')).toEqual([
      'arch/x86/configs/a_defconfig',
      'arch/x86/configs/b_defconfig',
    ]);
  });

  it('reads nothing outside itself, whatever the links in it say', () => {
    writeFileSync(join(folder, 'secret'), 'config SECRET\n');
    mkdirSync(join(folder, 'outside'));
    writeFileSync(join(folder, 'outside/Kconfig'), 'config SECRET\n');
    const tree = open({ Kconfig: '', 'a/Kconfig': 'config INSIDE\n' });
    symlinkSync('../secret', join(folder, 'tree/link'));
    symlinkSync('../outside', join(folder, 'tree/folder'));
    symlinkSync('a', join(folder, 'tree/inner'));
    expect(tree.read('link')).toBeUndefined();
    expect(tree.read('folder/Kconfig')).toBeUndefined();
    expect(tree.read('../secret')).toBeUndefined();
    expect(tree.read('inner/Kconfig')).toBe('config INSIDE\n');
  });

  it('says why a folder is none', () => {
    expect(kernel.openTree(join(folder, 'gone'))).toMatchObject({ error: 'missing' });
    writeFileSync(join(folder, 'file'), '');
    expect(kernel.openTree(join(folder, 'file'))).toMatchObject({ error: 'not-regular' });
  });

  it('tells a file that cannot be read from one that is not there', () => {
    const tree = kernel.openTree(folder) as KernelTree;
    expect(tree.read('not-there')).toBeUndefined();
    expect(tree.unread?.()).toBeUndefined();
    symlinkSync('circle', join(folder, 'circle'));
    expect(tree.read('circle')).toBeUndefined();
    expect(tree.unread?.()).toBe('circle (ELOOP)');
  });
});

/** Ways to write a command into a Kconfig file. */
const spellings = (mark: string): string[] => [
  `$(shell,touch ${mark})`,
  `x := $(shell,touch ${mark})`,
  `x = $(shell,touch ${mark})\ny := $(x)`,
  `f = $(shell,touch $(1))\n$(f,${mark})`,
  `s = shell\n$($(s),touch ${mark})`,
  `config A\n\tdef_bool $(shell,touch ${mark})`,
  `config A\n\tstring\n\tdefault "$(shell,touch ${mark})"`,
  `config A\n\tbool "$(shell,touch ${mark})"`,
  `config A\n\tbool\n\tdepends on $(shell,touch ${mark})`,
  `if $(shell,touch ${mark})\nendif`,
  `menu "$(shell,touch ${mark})"\nendmenu`,
  `comment "$(shell,touch ${mark})"`,
  `mainmenu "$(shell,touch ${mark})"`,
  `osource "$(shell,touch ${mark})"`,
  `$(warning-if,$(shell,touch ${mark}),x)`,
  `$(info,$(shell,touch ${mark}))`,
  `x := \`touch ${mark}\``,
  `config A\n\tbool\n\toption env="$(shell,touch ${mark})"`,
];

describe('the shell', () => {
  it('is never asked, however a command is written', () => {
    const mark = join(folder, 'PWNED');
    for (const text of spellings(mark)) {
      const tree = put({ Kconfig: `${text}\n`, Makefile: makefile });
      cli([
        'resolve',
        '--tree',
        tree,
        '--arch',
        'x86_64',
        '--base',
        'none',
        join(root, 'fixtures/real/linux-x86_64-6.12.config'),
      ]);
      cli(['model', 'build', '--tree', tree, '--arch', 'arm64', '-o', join(folder, 'm.kmodel')]);
      expect(existsSync(mark), text).toBe(false);
    }
  });

  it('is asked where the user allows it', () => {
    const tree = put({ Kconfig: 'config A\n\tdef_bool $(shell,test 1 = 1 && echo y)\n', Makefile: makefile });
    writeFileSync(join(folder, 'f.config'), 'CONFIG_A=y\n');
    const without = cli(['resolve', '--tree', tree, '--arch', 'x86_64', join(folder, 'f.config')]);
    expect(without.out).toContain('# CONFIG_A: y or absent, depends on the toolchain\n');
    const { exit, out } = cli([
      'resolve',
      '--tree',
      tree,
      '--arch',
      'x86_64',
      '--allow-shell',
      join(folder, 'f.config'),
    ]);
    expect(exit).toBe(0);
    expect(out).toContain('\nCONFIG_A=y\n');
  });
});

describe('resolve and model build', () => {
  const tree = {
    Kconfig: 'mainmenu "Linux/$(ARCH) $(KERNELVERSION) Kernel Configuration"\nsource "arch/$(SRCARCH)/Kconfig"\n',
    'arch/x86/Kconfig':
      'config 64BIT\n\tbool "64-bit" if "$(ARCH)" = "x86"\n\tdefault "$(ARCH)" != "i386"\nconfig A\n\tbool "a"\n',
    'arch/x86/configs/x86_64_defconfig': '# a comment\nCONFIG_A=y\n',
    Makefile: makefile,
  };

  it('compile a tree once and use the model after', () => {
    const path = put(tree);
    const built = cli(['model', 'build', '--tree', path, '--arch', 'x86_64', '-o', join(folder, 'own.kmodel')]);
    expect(built).toMatchObject({ exit: 0, err: '' });
    expect(built.out).toContain('6.12.0 x86_64, 3 entries');
    const { exit, out } = cli([
      'resolve',
      '--model',
      join(folder, 'own.kmodel'),
      '--base',
      'defconfig',
      '--arch',
      'x86_64',
    ]);
    expect(exit).toBe(0);
    expect(out).toBe(
      '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86_64 6.12.0 Kernel Configuration\n#\nCONFIG_64BIT=y\nCONFIG_A=y\n',
    );
    expect(
      cli(['resolve', '--model', join(folder, 'own.kmodel'), '--base', 'allnoconfig', '--arch', 'x86']).out,
    ).toContain('# CONFIG_64BIT is not set');
    expect(
      cli(['resolve', '--model', join(folder, 'own.kmodel'), '--base', 'allnoconfig', '--arch', 'i386']).out,
    ).not.toContain('64BIT');
  });

  it('names every error of a tree with its place', () => {
    const path = put({ ...tree, 'arch/x86/Kconfig': 'config A\n\tbool\n\tdepends on\n\tnonsense x\n' });
    const { exit, err } = cli(['model', 'build', '--tree', path, '--arch', 'x86_64']);
    expect(exit).toBe(3);
    expect(err).toContain('arch/x86/Kconfig:3:');
    expect(err).toContain('arch/x86/Kconfig:4:2: error[unknown-statement]: unknown statement "nonsense"');
  });

  it('leaves nothing behind where a model cannot be written', () => {
    const path = put(tree);
    const { exit, err } = cli([
      'model',
      'build',
      '--tree',
      path,
      '--arch',
      'x86_64',
      '-o',
      join(folder, 'gone/own.kmodel'),
    ]);
    expect(exit).toBe(4);
    expect(err).toContain('was not written');
  });

  it('writes the config to a file', () => {
    const output = join(folder, 'out.config');
    const { exit, out } = cli([
      'resolve',
      '--kernel',
      '6.12',
      '--arch',
      'arm64',
      '--base',
      'defconfig',
      '--toolchain',
      'gcc-12',
      '-o',
      output,
    ]);
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(readFileSync(output, 'utf8')).toContain('# Linux/arm64 6.12.117 Kernel Configuration\n');
  });

  it.each([
    ['no config', ['resolve'], 2, 'no config was named'],
    ['no kernel', ['resolve', '--base', 'defconfig', '--arch', 'arm64'], 2, 'nothing tells the kernel release'],
    ['no architecture', ['resolve', '--base', 'defconfig', '--kernel', '6.12'], 2, 'nothing tells the architecture'],
    [
      'a kernel that no model knows',
      ['resolve', '--base', 'defconfig', '--kernel', '4.19', '--arch', 'arm64'],
      2,
      'no model tells of 4.19 on arm64: the shipped ones are 5.10, 6.1, 6.12',
    ],
    [
      'an architecture without models',
      ['resolve', '--base', 'defconfig', '--kernel', '6.12', '--arch', 's390'],
      2,
      'no model of s390 ships',
    ],
    [
      'an unknown architecture',
      ['resolve', '--base', 'defconfig', '--kernel', '6.12', '--arch', 'z80'],
      2,
      'there is no architecture z80',
    ],
    [
      'an unknown toolchain',
      ['resolve', '--base', 'defconfig', '--kernel', '6.12', '--arch', 'arm64', '--toolchain', 'gcc-21'],
      2,
      'there is no toolchain gcc-21',
    ],
    [
      'an unknown base',
      ['resolve', '--base', 'x86_46_defconfig', '--kernel', '6.12', '--arch', 'x86_64'],
      2,
      'there is no config x86_46_defconfig',
    ],
    [
      'a fragment that is not there',
      ['resolve', '--base', 'defconfig', '--kernel', '6.12', '--arch', 'arm64', '/gone.config'],
      3,
      'no such file',
    ],
    [
      'a model that is none',
      ['resolve', '--base', 'none', '--model', '/etc/hostname', '--arch', 'arm64'],
      2,
      '/etc/hostname',
    ],
    [
      'the shell without a tree',
      ['resolve', '--base', 'none', '--kernel', '6.12', '--arch', 'arm64', '--allow-shell'],
      2,
      '--allow-shell needs --tree',
    ],
    ['a model command that is not there', ['model', 'bild'], 2, 'there is no "model bild"'],
    ['a model of nothing', ['model', 'build', '--arch', 'arm64'], 2, 'the kernel tree was not named'],
    ['a folder that is no tree', ['model', 'build', '--arch', 'arm64', '--tree', '/etc'], 3, "can't find file Kconfig"],
  ])('say what is wrong with %s', (_, words, exit, message) => {
    const result = cli(words);
    expect(result.exit).toBe(exit);
    expect(result.err).toContain(message);
    expect(result.out).toBe('');
  });

  it('lists the models that ship', () => {
    expect(cli(['model', 'list']).out.split('\n')).toContain('6.12-x86_64');
  });

  it('says which kernels speak for one between them, and what they do not agree on', () => {
    const { exit, err } = cli([
      'resolve',
      '--kernel',
      '6.6',
      '--arch',
      'arm64',
      '--base',
      'defconfig',
      '--toolchain',
      'gcc-12',
    ]);
    expect(exit).toBe(0);
    expect(err).toMatch(/this release lies between 6\.1\.\d+ arm64 \(Debian .*\) and 6\.12\.\d+ arm64/);
    expect(err).toMatch(/\d+ symbols differ between the two and stand as comments: \w+/);
  });

  it('names the lines that the kernel would not take', () => {
    writeFileSync(join(folder, 'f.config'), 'CONFIG_PSI=y\nCONFIG_OPENPAX=y\nCONFIG_NR_CPUS=many\nwhat\n');
    const { err } = cli([
      'resolve',
      '--kernel',
      '6.12',
      '--arch',
      'x86_64',
      '--toolchain',
      'gcc-12',
      '--base',
      'none',
      join(folder, 'f.config'),
    ]);
    expect(err).toContain('1 symbol that this kernel does not have was left out: CONFIG_OPENPAX\n');
    expect(err).toContain('CONFIG_NR_CPUS=many is no value for it and was ignored\n');
    expect(err).toContain('a line was ignored: what\n');
  });
});
