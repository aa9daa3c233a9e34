/** For which kernel a config was written, whether it is complete, and what versions and ranges mean. */
import { describe, expect, it } from 'vitest';
import { parseConfig, parseConfigText } from '../../src/config/document.ts';
import { limits } from '../../src/config/limits.ts';
import { isNumber, numberOf, readValue } from '../../src/config/value.ts';
import { createNodeHost } from '../../src/node-host.ts';
import {
  archMatches,
  formatKernelVersion,
  formatRange,
  inRange,
  parseArch,
  parseKernelVersion,
  parseRange,
} from '../../src/target.ts';
import { corpusFiles, corpusPath, hasCorpus } from '../support/corpus.ts';

function targetOf(text: string, path = '.config') {
  const { kernel, arch, flavour, kernelFrom, archFrom } = parseConfigText(text, path).target;
  return [kernel === undefined ? undefined : formatKernelVersion(kernel), arch, flavour, kernelFrom, archFrom];
}

describe('release, architecture and flavour', () => {
  it.each([
    [
      '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n',
      ['6.12', 'x86_64', undefined, 'header', 'CONFIG_X86_64'],
    ],
    [
      '# Linux/x86 6.12.3 Kernel Configuration\nCONFIG_X86_32=y\n',
      ['6.12.3', 'i386', undefined, 'header', 'CONFIG_X86_32'],
    ],
    ['# Linux/x86 6.12.3 Kernel Configuration\nCONFIG_A=y\n', ['6.12.3', undefined, undefined, 'header', undefined]],
    ['# Linux/x86_64 6.8.9 Kernel Configuration\n', ['6.8.9', 'x86_64', undefined, 'header', 'header']],
    [
      '# Linux/arm64 5.10.0 Kernel Configuration\r\nCONFIG_ARM64=y\r\n',
      ['5.10', 'arm64', undefined, 'header', 'CONFIG_ARM64'],
    ],
    ['# Linux/riscv 6.6.1 Kernel Configuration\n', ['6.6.1', 'riscv', undefined, 'header', 'header']],
    ['# Linux/sparc 6.6.1 Kernel Configuration\n', ['6.6.1', 'other', undefined, 'header', 'header']],
    [
      "#\n# Automatically generated make config: don't edit\n# Linux kernel version: 2.6.32.12\n# Mon Apr 26\n",
      ['2.6.32', undefined, undefined, 'header', undefined],
    ],
    [
      '# Linux/x86_64 6.18.0-0.rc3.251028gfd57572253bc3.31.fc44.x86_64 Kernel Configuration\n',
      ['6.18', 'x86_64', '0.rc3.251028gfd57572253bc3.31.fc44.x86_64', 'header', 'header'],
    ],
    ['CONFIG_LOCALVERSION="-edera-zone"\n', [undefined, undefined, '-edera-zone', undefined, undefined]],
    ['CONFIG_LOCALVERSION=""\n', [undefined, undefined, undefined, undefined, undefined]],
    ['# CONFIG_ARM64 is not set\n', [undefined, undefined, undefined, undefined, undefined]],
  ])('of %j', (text, expected) => {
    expect(targetOf(text)).toEqual(expected);
  });

  it.each([
    ['linux-x86_64-5.10.77.config', ['5.10.77', 'x86_64', undefined]],
    ['config-6.1.0-18-cloud-amd64', ['6.1', 'x86_64', 'cloud-amd64']],
    ['config-5.15.0-91-generic', ['5.15', undefined, 'generic']],
    ['configs/aarch64/zone.config', [undefined, 'arm64', undefined]],
    ['microvm-kernel-ci-aarch64-6.18.config', ['6.18', 'arm64', undefined]],
    ['x86_64_defconfig', [undefined, undefined, undefined]],
    ['a1.2b.config', [undefined, undefined, undefined]],
  ])('named by the file %s', (path, expected) => {
    expect(targetOf('CONFIG_A=y\n', path).slice(0, 3)).toEqual(expected);
  });

  it('are taken from the header and the symbols before the name', () => {
    expect(
      targetOf('# Linux/x86 6.12.1 Kernel Configuration\nCONFIG_X86_64=y\n', 'linux-arm64-5.10.77.config').slice(0, 2),
    ).toEqual(['6.12.1', 'x86_64']);
  });
});

describe('complete or fragment', () => {
  const derived = (count: number) => Array.from({ length: count }, (_, i) => `CONFIG_HAVE_X${i}=y\n`).join('');

  it.each([
    ['comments only', '# nothing\n', 'fragment'],
    ['a few settings', 'CONFIG_A=y\n', 'fragment'],
    [
      'a fragment under a generated header',
      '# Automatically generated file; DO NOT EDIT.\n# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_A=y\n',
      'fragment',
    ],
    ['59 symbols that Kconfig derives', derived(59), 'fragment'],
    ['60 symbols that Kconfig derives, without a header', derived(60), 'complete'],
  ])('%s', (_, text, kind) => {
    expect(parseConfigText(text).kind).toBe(kind);
  });

  it('shows by the one symbol that Kconfig always writes, in a file of some size', () => {
    const settings = (count: number) => Array.from({ length: count }, (_, i) => `CONFIG_X${i}=y\n`).join('');
    expect(parseConfigText(`${settings(199)}CONFIG_INIT_ENV_ARG_LIMIT=32\n`).kind).toBe('complete');
    expect(parseConfigText(`${settings(198)}CONFIG_INIT_ENV_ARG_LIMIT=32\n`).kind).toBe('fragment');
    expect(parseConfigText(settings(500)).kind).toBe('fragment');
  });

  it('can be forced', () => {
    expect(parseConfigText('CONFIG_A=y\n', '.config', { kind: 'complete' })).toMatchObject({
      kind: 'complete',
      kindBecause: '--kind complete',
    });
    expect(parseConfigText(derived(90), '.config', { kind: 'fragment' }).kind).toBe('fragment');
  });

  it.skipIf(!hasCorpus).each(corpusFiles)('%s', (file) => {
    const source = createNodeHost('.').readSource(corpusPath(file), {
      limit: limits.fileSize,
      unzippedLimit: 1,
      keep: true,
    });
    if ('error' in source) throw new Error(source.detail);
    const fragment = /^edera\/|^vz\/|firecracker\/(?:ci|debug|ftrace|nvme)\.config/.test(file);
    expect(parseConfig(source).kind).toBe(fragment ? 'fragment' : 'complete');
  });
});

describe('values', () => {
  it.each([
    ['y', 'y'],
    ['yes', 'y'],
    ['module', 'm'],
    ['no', 'n'],
    ['nope', 'nope'],
    ['y # c', 'y'],
    ['yCONFIG_B=y', 'y'],
    ['"y"', 'y'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['"open', 'open'],
    ['"a" rest', 'a'],
    ['"a\\"b" rest', 'a"b'],
    ['64', '64'],
    ['Y', 'Y'],
    ['my-value', 'my-value'],
  ])('%j reads as %j', (written, read) => {
    expect(readValue(written)).toBe(read);
  });

  it('are numbers or not', () => {
    expect(['1', '-1', '0x1f', '0XFF'].every(isNumber)).toBe(true);
    expect(['', '-', '0x', '1a', '1 ', '--1', '-0x1'].some(isNumber)).toBe(false);
    expect(numberOf('-12')).toBe(-12n);
    expect(numberOf('0xffff800000000000')).toBe(0xffff800000000000n);
    expect(numberOf('abc')).toBeUndefined();
  });
});

describe('versions', () => {
  it.each([
    ['6.12', 6012000],
    ['v5.10.77', 5010077],
    ['6.12.0-rc3', 6012000],
    ['4.18.0-553.el8', 4018000],
    ['6', undefined],
    ['x', undefined],
    ['6.12345', undefined],
  ])('%s', (text, version) => {
    expect(parseKernelVersion(text)).toBe(version);
  });

  it.each([
    ['>=5.8', '5.8', true],
    ['>=5.8', '5.7.19', false],
    ['<6.1', '6.0.19', true],
    ['<6.1', '6.1', false],
    ['<=6.12', '6.12.5', true],
    ['<=6.12', '6.13', false],
    ['>6.12', '6.12.5', false],
    ['>6.12', '6.13', true],
    ['=6.12', '6.12.9', true],
    ['=6.12', '6.1', false],
    ['>6', '6.12', false],
    ['<5.4.208', '5.4.207', true],
    ['=5.4.208', '5.4.208', true],
    ['>=4.4 <5.3', '5.2.21', true],
    ['>=4.4 <5.3', '5.3', false],
  ])('%s holds %s: %s', (range, version, holds) => {
    expect(inRange(parseRange(range) ?? [], parseKernelVersion(version) ?? 0)).toBe(holds);
  });

  it('ranges are refused where they are none, and print as they were written', () => {
    for (const text of ['', '5.8', '>= 5.8', '>=5.8,<6', '~5.8', '>=5.8.1.2']) expect(parseRange(text)).toBeUndefined();
    for (const text of ['>=4.4 <5.3', '=6', '<=6.6.8']) expect(formatRange(parseRange(text) ?? [])).toBe(text);
  });

  it('architectures go by many names', () => {
    expect(['amd64', 'AARCH64', 'armhf', 'ppc64le', 'riscv64', 'z80'].map(parseArch)).toEqual([
      'x86_64',
      'arm64',
      'arm',
      'powerpc',
      'riscv',
      undefined,
    ]);
    expect([archMatches(['x86'], 'i386'), archMatches(['x86'], 'arm'), archMatches(['arm64'], 'arm64')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
