/** What is said of a row: the finding with its place, what is not known and why, and why a row does not apply. */
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { planFor } from '../../src/lint.ts';
import { type Condition, judge, type KernelKnowledge, type Situation, Verdict } from '../../src/profiles/condition.ts';
import { findingOf, notApplicableOf, unknownOf } from '../../src/profiles/evaluate.ts';
import { judgePlan } from '../../src/profiles/judge.ts';
import { createSource, type Location, positionOf } from '../../src/source.ts';
import type { Trait } from '../../src/traits.ts';
import { type Case, choose, judgeText, load, profileText } from '../support/library.ts';

const facts = `symbols:
  OLD: { removed: "6.9", renamed-to: NEW }
  NEW: { added: "6.9" }
  GONE: { removed: "6.1" }
  YOUNG: { added: "6.1" }
  X86ONLY: { arch: [x86] }
  HID: { hidden: "true", follows: [A, "B=m"] }
  BARE: { hidden: "true" }
  SOME: { hidden: { kernel: ">=6.0", arch: [arm64] }, follows: [A] }
`;
const at = (kernel: number, arch: 'x86_64' | 'arm64' | 'other' = 'x86_64') => ({ target: { kernel, arch } });
const manifest = createSource('vm.yaml', 'one\ntwo\n');
const trait = (name: string, value: string | undefined, written: string, line = 0): Trait => ({
  name,
  value,
  written,
  location: { source: manifest, span: { start: line * 4, end: line * 4 + 3 } },
});

function report(body: string, text: string, options: Case = {}) {
  const { library, faults } = load(
    { p: profileText({ row: body }, 'platform: { name: P, versions: ["1", "2"] }\n') },
    { facts },
  );
  expect(faults).toEqual([]);
  return judgeText(library, ['p'], text, { kind: 'complete', ...options });
}

const line = {
  text: 'root=/dev/vda quiet',
  parameters: [trait('root', '/dev/vda', 'root=/dev/vda'), trait('quiet', undefined, 'quiet', 1)],
};
const machine = { target: { commandLine: line, devices: [trait('disk', 'virtio', 'disk on virtio', 1)] } };

const place = ({ location }: { readonly location: Location }) => {
  const { line, column } = positionOf(location.source, location.span.start);
  return `${location.source.path}:${line}:${column}`;
};

/** All that a report says of the row, a line each. */
function said(body: string, text: string, options: Case = {}): string[] {
  const { findings, unknowns, notApplicable } = report(body, text, options);
  return [
    ...findings.flatMap((each) => [
      `${place(each)} ${each.severity} ${each.symbol ?? '-'}: ${each.message}`,
      `is: ${each.actual}`,
      `should be: ${each.expected}`,
      ...each.related.map((other) => `see ${place(other)}: ${other.message}`),
      ...each.advice.map((advice) => `set ${advice}`),
      ...(each.fix === undefined ? [] : [`fix: ${each.fix.edits.length}`]),
    ]),
    ...unknowns.map(({ expected, reason, missing }) => `not known: ${expected}: ${reason} [${missing.join()}]`),
    ...notApplicable.map(({ reason }) => `does not apply: ${reason}`),
  ];
}

describe('a row', () => {
  it.each<[string, string, Case, readonly string[]]>([
    [
      'require: { A: y }',
      '#\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\nseverity: warning',
      'CONFIG_A=m\n',
      {},
      [
        '.config:1:1 warning A: CONFIG_A=m, should be y',
        'is: CONFIG_A=m',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: [y, m] }\nseverity: info',
      '# CONFIG_A is not set\n',
      {},
      [
        '.config:1:1 info A: CONFIG_A is not set, better y or m',
        'is: CONFIG_A is not set',
        'should be: CONFIG_A=y or m',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: n }',
      'CONFIG_A=y\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A=y, must be off',
        'is: CONFIG_A=y',
        'should be: CONFIG_A off',
        'set # CONFIG_A is not set',
        'fix: 1',
      ],
    ],
    [
      'require: { A: { at-least: 64 } }',
      'CONFIG_A=3\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A=3, must be at least 64',
        'is: CONFIG_A=3',
        'should be: CONFIG_A at least 64',
        'set CONFIG_A=64',
        'fix: 1',
      ],
    ],
    [
      'require: { A: { at-most: 64 } }',
      'CONFIG_A=300\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A=300, must be at most 64',
        'is: CONFIG_A=300',
        'should be: CONFIG_A at most 64',
        'set CONFIG_A=64',
        'fix: 1',
      ],
    ],
    [
      'require: { A: { includes: bpf } }',
      'CONFIG_A="a,b"\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A="a,b", must be with "bpf" in its list',
        'is: CONFIG_A="a,b"',
        'should be: CONFIG_A with "bpf" in its list',
        'set CONFIG_A="a,b,bpf"',
        'fix: 1',
      ],
    ],
    [
      'require: { A: { same-as: B } }',
      'CONFIG_A=1\nCONFIG_B=2\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A=1, must be the same as CONFIG_B',
        'is: CONFIG_A=1',
        'should be: CONFIG_A the same as CONFIG_B',
        'set CONFIG_A=2',
        'fix: 1',
      ],
    ],
    [
      'require: { A: { same-as: B } }',
      'CONFIG_A=1\n',
      { kind: 'fragment' },
      ['not known: CONFIG_A the same as CONFIG_B: CONFIG_B is not mentioned [B]'],
    ],
    ['require: { A: { same-as: B } }', 'CONFIG_A=1\nCONFIG_B=1\n', {}, []],
    [
      'require: { NR: { at-most: "64" } }',
      'CONFIG_NR="32"\n',
      {},
      [
        '.config:1:1 error NR: CONFIG_NR="32", must be at most 64',
        'is: CONFIG_NR="32"',
        'should be: CONFIG_NR at most 64',
        'set CONFIG_NR=32',
        'fix: 1',
      ],
    ],
    [
      'require: { LSM: { includes: bpf } }',
      'CONFIG_LSM="landlock, yama, bpf"\n',
      {},
      [
        '.config:1:1 error LSM: CONFIG_LSM="landlock, yama, bpf", must be with "bpf" in its list',
        'is: CONFIG_LSM="landlock, yama, bpf"',
        'should be: CONFIG_LSM with "bpf" in its list',
        'set CONFIG_LSM="landlock,yama,bpf"',
        'fix: 1',
      ],
    ],
    ['require: { A: { same-as: B } }', 'CONFIG_A="x"\nCONFIG_B="x"\n', {}, []],
    [
      'require: { A: ["x y", "5"] }',
      'CONFIG_A="q"\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A="q", must be "x y" or 5',
        'is: CONFIG_A="q"',
        'should be: CONFIG_A="x y" or 5',
        'set CONFIG_A="x y"',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y, B: y, C: m }',
      'CONFIG_X=y\n# CONFIG_A is not set\nCONFIG_B=y\n# CONFIG_C is not set\n',
      {},
      [
        '.config:2:1 error A: CONFIG_A is not set, must be y; CONFIG_C is not set, must be m',
        'is: CONFIG_A is not set, CONFIG_C is not set',
        'should be: CONFIG_A=y and CONFIG_C=m',
        'see .config:4:1: CONFIG_C is not set',
        'set CONFIG_A=y',
        'set CONFIG_C=m',
        'fix: 2',
      ],
    ],
    [
      'require: { any: [ { A: y }, { all: [ { B: y }, { C: y } ] } ] }',
      '# CONFIG_C is not set\nCONFIG_B=y\n',
      {},
      [
        '.config:2:1 error A: CONFIG_A is absent, CONFIG_B=y, CONFIG_C is not set; needs CONFIG_A=y or (CONFIG_B=y and CONFIG_C=y)',
        'is: CONFIG_A is absent, CONFIG_B=y, CONFIG_C is not set',
        'should be: CONFIG_A=y or (CONFIG_B=y and CONFIG_C=y)',
        'see .config:1:1: CONFIG_C is not set',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { any: [ { A: y }, { all: [ { B: y }, { arch: arm64 } ] } ] }',
      '#\n',
      at(6001000),
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { any: [ { A: y }, { GONE: y } ] }',
      '#\n',
      at(6012000),
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { any: [ { GONE: y }, { A: y }, { B: y } ] }',
      '#\n',
      at(6012000),
      [
        '.config:1:1 error A: CONFIG_A is absent, CONFIG_B is absent; needs CONFIG_A=y or CONFIG_B=y',
        'is: CONFIG_A is absent, CONFIG_B is absent',
        'should be: CONFIG_A=y or CONFIG_B=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { all: [ { any: [ { GONE: y }, { A: y } ] }, { B: y } ] }',
      'CONFIG_B=y\n',
      at(6012000),
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { not: { A: y } }',
      'CONFIG_A=y\n',
      {},
      ['.config:1:1 error A: CONFIG_A=y; needs not (CONFIG_A=y)', 'is: CONFIG_A=y', 'should be: not (CONFIG_A=y)'],
    ],
    [
      'require: { not: { A: y, B: y } }',
      'CONFIG_A=y\nCONFIG_B=y\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A=y, CONFIG_B=y; needs not (CONFIG_A=y and CONFIG_B=y)',
        'is: CONFIG_A=y, CONFIG_B=y',
        'should be: not (CONFIG_A=y and CONFIG_B=y)',
        'see .config:2:1: CONFIG_B=y',
      ],
    ],
    [
      'require: { kernel: ">=5.8" }',
      '#\n',
      at(5002000),
      ['.config:1:1 error -: kernel 5.2; needs kernel >=5.8', 'is: kernel 5.2', 'should be: kernel >=5.8'],
    ],
    ['require: { kernel: ">=5.8" }', '#\n', {}, ['not known: kernel >=5.8: the kernel version is not known []']],
    [
      'require: { arch: [arm64, riscv] }',
      '#\n',
      at(5002000),
      [
        '.config:1:1 error -: architecture x86_64; needs arm64 or riscv',
        'is: architecture x86_64',
        'should be: arm64 or riscv',
      ],
    ],
    [
      'require: { arch: arm64 }',
      '#\n',
      at(5002000, 'other'),
      ['.config:1:1 error -: another architecture; needs arm64', 'is: another architecture', 'should be: arm64'],
    ],
    ['require: { arch: arm64 }', '#\n', {}, ['not known: arm64: the architecture is not known []']],
    [
      'require: { platform: "<2" }',
      '#\n',
      {},
      ['.config:1:1 error -: P 2.0; needs P <2', 'is: P 2.0', 'should be: P <2'],
    ],
    [
      'require: { boot: [initrd, pci] }',
      '#\n',
      { boot: ['pci'] },
      [
        '.config:1:1 error -: boot facts: pci; needs initrd and pci',
        'is: boot facts: pci',
        'should be: initrd and pci',
      ],
    ],
    [
      'require: { boot: initrd }',
      '#\n',
      {},
      ['.config:1:1 error -: boot facts: none; needs initrd', 'is: boot facts: none', 'should be: initrd'],
    ],
    [
      'require: { not: { boot: pci } }',
      '#\n',
      { boot: ['pci'] },
      ['.config:1:1 error -: boot facts: pci; needs no pci', 'is: boot facts: pci', 'should be: no pci'],
    ],
    [
      'require: { file-name: ["a", "b*"] }',
      '#\n',
      { path: 'dir/x.config' },
      [
        'dir/x.config:1:1 error -: file name x.config; needs a file name like a or b*',
        'is: file name x.config',
        'should be: a file name like a or b*',
      ],
    ],
    [
      'require: { any: [ { kernel: ">=5.8" }, { arch: arm64 } ] }',
      '#\n',
      at(5002000),
      [
        '.config:1:1 error -: kernel 5.2, architecture x86_64; needs kernel >=5.8 or arm64',
        'is: kernel 5.2, architecture x86_64',
        'should be: kernel >=5.8 or arm64',
      ],
    ],
    [
      'require: { HID: y }',
      '#\n',
      at(6001000),
      [
        '.config:1:1 error HID: CONFIG_HID is absent, must be y; it has no prompt and follows CONFIG_A, CONFIG_B=m',
        'is: CONFIG_HID is absent',
        'should be: CONFIG_HID=y',
        'set CONFIG_A=y',
        'set CONFIG_B=m',
        'fix: 1',
      ],
    ],
    [
      'require: { BARE: y }',
      '#\n',
      {},
      [
        '.config:1:1 error BARE: CONFIG_BARE is absent, must be y; it has no prompt',
        'is: CONFIG_BARE is absent',
        'should be: CONFIG_BARE=y',
      ],
    ],
    [
      'require: { SOME: y }',
      '#\n',
      at(6001000, 'arm64'),
      [
        '.config:1:1 error SOME: CONFIG_SOME is absent, must be y; it has no prompt and follows CONFIG_A',
        'is: CONFIG_SOME is absent',
        'should be: CONFIG_SOME=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { SOME: y }',
      '#\n',
      at(6001000),
      [
        '.config:1:1 error SOME: CONFIG_SOME is absent, must be y',
        'is: CONFIG_SOME is absent',
        'should be: CONFIG_SOME=y',
        'set CONFIG_SOME=y',
        'fix: 1',
      ],
    ],
    [
      'require: { OLD: y }',
      '#\n',
      at(6012000),
      [
        '.config:1:1 error NEW: CONFIG_NEW is absent, must be y',
        'is: CONFIG_NEW is absent',
        'should be: CONFIG_NEW=y',
        'set CONFIG_NEW=y',
        'fix: 1',
      ],
    ],
    [
      'require: { OLD: y }',
      '# CONFIG_OLD is not set\n',
      at(6012000),
      [
        '.config:1:1 error OLD: CONFIG_OLD is not set, must be y',
        'is: CONFIG_OLD is not set',
        'should be: CONFIG_OLD=y',
        'set CONFIG_OLD=y',
        'fix: 1',
      ],
    ],
    [
      'require: { NEW: y }',
      '#\n',
      at(6001000),
      [
        '.config:1:1 error OLD: CONFIG_OLD is absent, must be y',
        'is: CONFIG_OLD is absent',
        'should be: CONFIG_OLD=y',
        'set CONFIG_OLD=y',
        'fix: 1',
      ],
    ],
    [
      'require: { XEN_BLK_FRONT: y }',
      'CONFIG_XEN=y\nCONFIG_XEN_BLK=y\n',
      {},
      [
        '.config:2:1 error XEN_BLK_FRONT: CONFIG_XEN_BLK_FRONT is absent, must be y',
        'is: CONFIG_XEN_BLK_FRONT is absent',
        'should be: CONFIG_XEN_BLK_FRONT=y',
        'set CONFIG_XEN_BLK_FRONT=y',
        'fix: 1',
      ],
    ],
    [
      'require: { XEN_BLK_FRONT: y }',
      'CONFIG_Q=y\n# CONFIG_XEN is not set\n',
      {},
      [
        '.config:2:1 error XEN_BLK_FRONT: CONFIG_XEN_BLK_FRONT is absent, must be y',
        'is: CONFIG_XEN_BLK_FRONT is absent',
        'should be: CONFIG_XEN_BLK_FRONT=y',
        'set CONFIG_XEN_BLK_FRONT=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }',
      'CONFIG_B=y\n CONFIG_A=y\n',
      {},
      [
        '.config:2:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'see .config:2:1: this line looks meant for CONFIG_A; the kernel does not read it so',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y, B: y }',
      '# CONFIG_B is not set\n CONFIG_A=y\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y; CONFIG_B is not set, must be y',
        'is: CONFIG_A is absent, CONFIG_B is not set',
        'should be: CONFIG_A=y and CONFIG_B=y',
        'see .config:2:1: this line looks meant for CONFIG_A; the kernel does not read it so',
        'set CONFIG_A=y',
        'set CONFIG_B=y',
        'fix: 2',
      ],
    ],
    [
      'require: { A: y }\nwhen: { W: y }',
      'CONFIG_B=y\nCONFIG_W=y\n',
      {},
      [
        '.config:2:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }',
      '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_B=y\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }',
      '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 6.12.0 Kernel Configuration\n#\nCONFIG_B=y\n',
      {},
      [
        '.config:3:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\nunless: { boot: initrd }\nelse: { B: y }',
      'CONFIG_B=y\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y (it would do with --boot initrd)',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\nunless: { boot: initrd }\nelse: { B: y }',
      '#\n',
      {},
      [
        '.config:1:1 error A: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\nunless: { B: y }\nelse: { C: y }',
      'CONFIG_B=y\n',
      {},
      [
        '.config:1:1 error C: CONFIG_C is absent, must be y',
        'is: CONFIG_C is absent',
        'should be: CONFIG_C=y',
        'set CONFIG_C=y',
        'fix: 1',
      ],
    ],
    ['require: { A: y }', '#\n', { kind: 'fragment' }, ['not known: CONFIG_A=y: CONFIG_A is not mentioned [A]']],
    [
      'require: { A: y, B: [y, m] }',
      '#\n',
      { kind: 'fragment' },
      ['not known: CONFIG_A=y and CONFIG_B=y or m: CONFIG_A is not mentioned, CONFIG_B is not mentioned [A,B]'],
    ],
    [
      'require: { any: [ { A: y }, { B: y } ] }',
      '#\n',
      { kind: 'fragment' },
      ['not known: CONFIG_A=y or CONFIG_B=y: CONFIG_A is not mentioned, CONFIG_B is not mentioned [A,B]'],
    ],
    [
      'require: { any: [ { A: y }, { B: y } ] }',
      '# CONFIG_A is not set\n',
      { kind: 'fragment' },
      ['not known: CONFIG_A=y or CONFIG_B=y: CONFIG_B is not mentioned [B]'],
    ],
    [
      'require: { not: { A: y } }',
      '#\n',
      { kind: 'fragment' },
      ['not known: not (CONFIG_A=y): CONFIG_A is not mentioned [A]'],
    ],
    [
      'require: { GONE: y }',
      '#\n',
      {},
      [
        "not known: CONFIG_GONE=y: CONFIG_GONE does not exist for every kernel version, and this one's is not known [GONE]",
      ],
    ],
    [
      'require: { X86ONLY: y }',
      '#\n',
      {},
      [
        "not known: CONFIG_X86ONLY=y: CONFIG_X86ONLY does not exist for every architecture, and this one's is not known [X86ONLY]",
      ],
    ],
    [
      'require: { A: y }\nwhen: { W: y }',
      '# CONFIG_A is not set\n',
      { kind: 'fragment' },
      ['not known: CONFIG_A=y: CONFIG_W is not mentioned [W]'],
    ],
    ['require: { A: y }\nkernel: ">=6.0"', '#\n', {}, ['not known: CONFIG_A=y: the kernel version is not known []']],
    [
      'require: { A: y }\nkernel: ">=6.0"',
      '#\n',
      at(5010003),
      ['does not apply: the kernel is 5.10.3, this is for >=6.0'],
    ],
    ['require: { A: y }\narch: [arm64]', '#\n', at(5010003), ['does not apply: the architecture is x86_64']],
    [
      'require: { A: y }\narch: [arm64]',
      '#\n',
      at(5010003, 'other'),
      ['does not apply: the architecture is another one'],
    ],
    ['require: { A: y }\nplatform: "<2"', '#\n', {}, ['does not apply: P is 2.0, this is for <2']],
    [
      'require: { A: y }\nwhen: { any: [ { kernel: ">=6.0", arch: arm64 }, { arch: arm64 }, { kernel: ">=5.15" } ] }',
      '#\n',
      at(5010003),
      ['does not apply: the kernel is 5.10.3, this is for >=6.0 or >=5.15, the architecture is x86_64'],
    ],
    [
      'require: { A: y }\nunless: { kernel: "<6.0" }',
      '#\n',
      at(5010003),
      ['does not apply: the kernel is 5.10.3, this is for all but <6.0'],
    ],
    ['require: { A: y }\nunless: { B: y }', 'CONFIG_B=y\n', {}, ['does not apply: CONFIG_B=y']],
    ['require: { A: y }\nwhen: { B: n }', 'CONFIG_B=y\n', {}, ['does not apply: CONFIG_B=y']],
    ['require: { A: y }\nwhen: { B: y }', '# CONFIG_B is not set\n', {}, ['does not apply: CONFIG_B is not set']],
    ['require: { A: y }\nwhen: { B: y }', 'CONFIG_B=m\n', { kind: 'fragment' }, ['does not apply: CONFIG_B=m']],
    ['require: { A: y }\nwhen: { NR: { at-least: "64" } }', 'CONFIG_NR=8\n', {}, ['does not apply: CONFIG_NR=8']],
    [
      'require: { A: y }\nwhen: { GONE: y }',
      'CONFIG_GONE=y\n',
      { ...at(6012000), kind: 'fragment' },
      ['does not apply: CONFIG_GONE is gone since 6.1'],
    ],
    [
      'require: { A: y }\nwhen: { all: [ { not: { GONE: y } }, { W: y } ] }',
      '# CONFIG_A is not set\n',
      { ...at(6012000), kind: 'fragment' },
      ['not known: CONFIG_A=y: CONFIG_W is not mentioned [W]'],
    ],
    ['require: { A: y }\nboot: [initrd]', '#\n', {}, ['does not apply: no boot fact initrd']],
    ['require: { A: y }\nwhen: { not: { boot: [pci] } }', '#\n', { boot: ['pci'] }, ['does not apply: boot fact pci']],
    [
      'require: { A: y }\nwhen: { file-name: "*.x" }',
      '#\n',
      { path: 'd/y.config' },
      ['does not apply: the file is named y.config'],
    ],
    ['require: { A: y }\nwhen: { W: y }', '#\n', {}, ['does not apply: CONFIG_W is not mentioned']],
    [
      'require: { A: y }\nwhen: { all: [ { W: y }, { V: y } ] }',
      'CONFIG_W=y\n',
      {},
      ['does not apply: CONFIG_V is not mentioned'],
    ],
    [
      'require: { A: y }\nwhen: { any: [ { W: y }, { V: y } ] }',
      '#\n',
      {},
      ['does not apply: CONFIG_W is not mentioned, CONFIG_V is not mentioned'],
    ],
    ['require: { GONE: y }', '#\n', at(6012000), ['does not apply: CONFIG_GONE is gone since 6.1']],
    ['require: { YOUNG: y }', '#\n', at(5010000), ['does not apply: CONFIG_YOUNG exists only since 6.1']],
    [
      'require: { X86ONLY: y }',
      '#\n',
      at(5010000, 'arm64'),
      ['does not apply: CONFIG_X86ONLY does not exist on arm64'],
    ],
    [
      'require: { X86ONLY: y }',
      '#\n',
      at(5010000, 'other'),
      ['does not apply: CONFIG_X86ONLY does not exist on this architecture'],
    ],
    [
      'require: { A: y }\ncmdline: ["root=/dev/vd*"]',
      '#\n',
      machine,
      [
        '.config:1:1 error A: root=/dev/vda: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'see vm.yaml:1:1: root=/dev/vda',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\ncmdline: ["root=/dev/vd*"]',
      '# CONFIG_A is not set\n',
      machine,
      [
        '.config:1:1 error A: root=/dev/vda: CONFIG_A is not set, must be y',
        'is: CONFIG_A is not set',
        'should be: CONFIG_A=y',
        'see vm.yaml:1:1: root=/dev/vda',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\ncmdline: [nfsroot, "root=/dev/sd*"]',
      '#\n',
      machine,
      ['does not apply: the command line has none of it (nfsroot, root=/dev/sd*)'],
    ],
    ['require: { A: y }\ncmdline: [nfsroot]', '#\n', {}, ['does not apply: no command line is known (nfsroot)']],
    [
      'require: { A: y }\ndevice: [disk]',
      '#\n',
      machine,
      [
        '.config:1:1 error A: disk on virtio: CONFIG_A is absent, must be y',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y',
        'see vm.yaml:2:1: disk on virtio',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    ['require: { A: y }\ndevice: ["net", "gpu=x"]', '#\n', machine, ['does not apply: the machine has no net, gpu=x']],
    [
      'require: { cmdline: nfsroot }',
      '#\n',
      machine,
      ['.config:1:1 error -: needs nfsroot on the command line', 'is: ', 'should be: nfsroot on the command line'],
    ],
    [
      'require: { not: { cmdline: ["quiet", "root=*"] } }',
      '#\n',
      machine,
      [
        'vm.yaml:1:1 error -: root=/dev/vda quiet: needs no quiet or root=* on the command line',
        'is: ',
        'should be: no quiet or root=* on the command line',
        'see vm.yaml:2:1: quiet',
      ],
    ],
    [
      'require: { not: { device: disk } }',
      '#\n',
      machine,
      ['vm.yaml:2:1 error -: disk on virtio: needs no device disk', 'is: ', 'should be: no device disk'],
    ],
    [
      'require: { device: net }',
      '#\n',
      machine,
      ['.config:1:1 error -: needs device net', 'is: ', 'should be: device net'],
    ],
    [
      'require: { any: [ { A: y }, { cmdline: nfsroot } ] }',
      '#\n',
      machine,
      [
        '.config:1:1 error A: CONFIG_A is absent; needs CONFIG_A=y or nfsroot on the command line',
        'is: CONFIG_A is absent',
        'should be: CONFIG_A=y or nfsroot on the command line',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { any: [ { all: [ { A: y }, { arch: arm64 } ] }, { all: [ { B: y }, { arch: arm64 } ] } ] }',
      '#\n',
      at(6001000),
      [
        '.config:1:1 error A: CONFIG_A is absent, CONFIG_B is absent; needs (CONFIG_A=y and arm64) or (CONFIG_B=y and arm64)',
        'is: CONFIG_A is absent, CONFIG_B is absent',
        'should be: (CONFIG_A=y and arm64) or (CONFIG_B=y and arm64)',
        'set CONFIG_A=y',
        'fix: 1',
      ],
    ],
    [
      'require: { A: y }\nwhen: { not: { cmdline: quiet } }',
      '#\n',
      machine,
      ['does not apply: quiet stands on the command line'],
    ],
    ['require: { A: y }\nwhen: { not: { device: disk } }', '#\n', machine, ['does not apply: the machine has disk']],
  ])('%j on %j', (body, text, options, expected) => {
    expect(said(body, text, options)).toEqual(expected);
  });

  it('is a rule with a title in words, and with its doubts', () => {
    const rule = (more: string) => report(`require: { A: y, B: [m, n] }${more}`, '#\n').findings[0]?.rule;
    expect(rule('')).toMatchObject({
      id: 'p/row',
      severity: 'error',
      title: 'CONFIG_A=y and CONFIG_B=m or off',
      explanation: 'Because row.',
      references: ['https://example.org/row'],
    });
    expect(rule('\ntitle: Have A')?.title).toBe('Have A');
    const doubts = ['derived', 'contested', 'out-of-date', 'unverified', 'source'];
    expect(doubts.map((each) => rule(`\nconfidence: ${each}`)?.explanation)).toEqual([
      'Because row. (derived: no published list says so)',
      'Because row. (contested: sources disagree)',
      'Because row. (the source is out of date)',
      'Because row. (not verified)',
      'Because row.',
    ]);
  });
});

describe('a row that gives way to a platform', () => {
  it('is noted with what the platform needs, and there is nothing to type', () => {
    const { library } = load({
      p: profileText({ a: 'require: { A: y, B: y }' }),
      h: profileText({ a: 'require: { A: n }' }, 'kind: hardening\n'),
    });
    const { findings } = judgeText(library, ['p', 'h'], 'CONFIG_A=y\nCONFIG_B=y\n', { kind: 'complete' });
    expect(findings.map(({ severity, message, advice, fix }) => [severity, message, advice, fix])).toEqual([
      ['info', 'CONFIG_A=y, better off; p/a needs CONFIG_A=y, and wins: Because a.', [], undefined],
    ]);
  });

  it.each([
    ['{ A: y }', 'CONFIG_A=y'],
    ['{ any: [ { A: y }, { B: y } ] }', 'CONFIG_A=y or CONFIG_B=y'],
  ])('is told the whole of %s', (require, needed) => {
    const { library } = load({
      p: profileText({ a: `require: ${require}` }),
      h: profileText({ a: 'require: { A: n, B: n }' }, 'kind: hardening\n'),
    });
    const { findings } = judgeText(library, ['p', 'h'], 'CONFIG_A=y\n', { kind: 'complete' });
    expect(findings.map(({ message }) => message)).toEqual([
      `CONFIG_A=y, better off; p/a needs ${needed}, and wins: Because a.`,
    ]);
  });
});

describe('a row on what is not known', () => {
  const { library } = load({
    p: profileText(
      {
        open: 'require: { platform: "<2" }',
        failing: 'require: { any: [ { arch: arm64 }, { all: [ { platform: "<2" }, { arch: riscv } ] } ] }',
      },
      'platform: { name: P, versions: ["1", "2"] }\n',
    ),
  });
  const chosen = choose(library, 'p');
  const config = parseConfigText('CONFIG_A=y\n');
  const judged = judgePlan(planFor(chosen), config, { arch: 'x86_64' }, library, undefined);
  const [open, failing] = chosen[0]?.requirements ?? [];
  const known = judged.situations[0] as Situation;
  const { platform, ...unknown } = known;

  it('says so of the platform', () => {
    const { require } = open!;
    expect(platform?.name).toBe('P');
    expect([judge(require, known), judge(require, unknown)]).toEqual([Verdict.unmet, Verdict.unknown]);
    expect(unknownOf(open!, { verdict: Verdict.unknown, decidedBy: require }, unknown, library)).toMatchObject({
      expected: 'platform <2',
      reason: 'the platform version is not known',
    });
    const judgement = { verdict: Verdict.unmet, decidedBy: failing!.require };
    expect([known, unknown].map((each) => findingOf(failing!, judgement, each, library).actual)).toEqual([
      'architecture x86_64, P 2.0',
      'architecture x86_64, platform unknown',
    ]);
  });

  it.each<[string, Case, string]>([
    [
      'require: { any: [ { arch: riscv }, { all: [ { arch: arm64 }, { kernel: ">=6" } ] } ] }',
      { target: { arch: 'x86_64' } },
      'architecture x86_64, kernel unknown',
    ],
    [
      'require: { any: [ { kernel: "<4" }, { all: [ { kernel: "<5" }, { arch: arm64 } ] } ] }',
      { target: { kernel: 6e6 } },
      'kernel 6.0, architecture unknown',
    ],
  ])('says so of kernel and architecture: %j', (body, options, actual) => {
    expect(report(body, 'CONFIG_A=y\n', options).findings.map((finding) => finding.actual)).toEqual([actual]);
  });

  it('has the line that counts on the kernel, where both names stand', () => {
    const text = 'CONFIG_OLD=y\n# CONFIG_NEW is not set\n';
    expect(report('require: { OLD: y }', text, at(6_012_000)).findings[0]).toMatchObject({
      message: 'CONFIG_NEW is not set, must be y',
      symbol: 'NEW',
      advice: ['CONFIG_NEW=y'],
    });
  });

  it('has in a fragment the name of the kernel that is known', () => {
    const names = [6_008_000, 6_009_000].map(
      (kernel) =>
        report('require: { OLD: [y, m] }', 'CONFIG_A=y\n', { ...at(kernel), kind: 'fragment' }).unknowns[0]?.missing,
    );
    expect(names).toEqual([['OLD'], ['NEW']]);
  });
});

describe('a row on several symbols', () => {
  it('needs or wants one of them, by its severity', () => {
    const said = ['error', 'warning'].map(
      (severity) =>
        report(`require: { any: [ { A: y }, { B: y } ] }\nseverity: ${severity}`, '#\n').findings[0]?.message,
    );
    expect(said).toEqual([
      'CONFIG_A is absent, CONFIG_B is absent; needs CONFIG_A=y or CONFIG_B=y',
      'CONFIG_A is absent, CONFIG_B is absent; wants CONFIG_A=y or CONFIG_B=y',
    ]);
  });

  it('stands at the head of the file where no line speaks of any', () => {
    const { findings } = report('require: { A: y }\nwhen: { B: n }', '#\nCONFIG_C=y\n');
    expect(findings.map(place)).toEqual(['.config:1:1']);
  });
});

describe('with the Kconfig of the kernel', () => {
  const written = parseConfigText('# x\nCONFIG_B=y\nCONFIG_D=y\n', 'fragment.config', { kind: 'fragment' });
  const resolved = parseConfigText('CONFIG_B=y\nCONFIG_E=y\n', 'fragment.config', { kind: 'complete' });
  const { library } = load({
    p: profileText({
      a: 'require: { A: y }',
      b: 'require: { B: n }',
      c: 'require: { C: y }',
      w: 'require: { B: y }\nwhen: { A: y }',
      x: 'require: { B: n }\nwhen: { D: y }',
      e: 'require: { E: y }',
    }),
  });
  const kernel: KernelKnowledge = {
    name: 'Linux 6.12 x86_64',
    defines: (symbol) => (symbol === 'C' ? 'no' : 'yes'),
    resolved: { document: resolved, files: [written], uncertain: new Set(['A', 'E']) },
    adviceFor: (rule) => (rule === 'p/b' ? ['# CONFIG_B is not set', '# CONFIG_X is not set'] : undefined),
  };
  const chosen = choose(library, 'p');
  const plan = planFor(chosen);
  const judged = judgePlan(plan, written, {}, library, kernel);
  const situation = judged.situations[0] as Situation;
  const rows = chosen[0]?.requirements ?? [];

  it('the toolchain may decide, and what the kernel lacks does not apply', () => {
    const { met, unmet, unknown, notApplicable } = Verdict;
    expect([...judged.verdicts]).toEqual([unknown, unmet, notApplicable, met, notApplicable, unknown]);
    const [a, , c, , x] = judged.judgements;
    expect(unknownOf(rows[0]!, a!, situation, library).reason).toBe('the toolchain decides CONFIG_A');
    expect(notApplicableOf(rows[2]!, c!, situation, library).reason).toBe(
      'CONFIG_C does not exist in Linux 6.12 x86_64',
    );
    expect(notApplicableOf(rows[4]!, x!, situation, library).reason).toBe('Linux 6.12 x86_64 does not keep CONFIG_D');
    const when = rows[3]?.when as Condition;
    expect(judge(when, situation, true)).toBe(Verdict.unknown);
    expect(judge(when, { ...situation, kernel: undefined }, true)).toBe(Verdict.unmet);
  });

  it('findings point at the file that was written, with the advice of the kernel', () => {
    const found = findingOf(rows[1]!, judged.judgements[1]!, situation, library);
    expect([found.symbol, found.symbol]).toEqual(['B', 'B']);
    expect(place(found)).toBe('fragment.config:2:1');
    expect(found.location.source).toBe(written.source);
    expect(found.advice).toEqual(['# CONFIG_B is not set', '# CONFIG_X is not set']);
    const absent = { ...situation, written: [parseConfigText('# x\n', 'other.config')] };
    expect(place(findingOf(rows[1]!, judged.judgements[1]!, absent, library))).toBe('other.config:1:1');
  });
});

describe('the advice of a model that stands in', () => {
  it('goes by the name that the file has', () => {
    const { library } = load({ p: profileText({ row: 'require: { all: [ { NEW: y }, { OTHER: y } ] }' }) }, { facts });
    const advice = (isStandIn: boolean) => {
      const document = parseConfigText('# CONFIG_OLD is not set\n', '.config', { kind: 'complete' });
      const kernel: KernelKnowledge = {
        name: 'Linux 6.12',
        isStandIn,
        adviceFor: () => ['CONFIG_NEW=y', 'CONFIG_OTHER=y', 'CONFIG_MORE=y'],
      };
      const judged = judgePlan(planFor(choose(library, 'p')), document, { kernel: 6008000 }, library, kernel);
      const [row] = choose(library, 'p')[0]!.requirements;
      return findingOf(row!, judged.judgements[0]!, judged.situations[0] as Situation, library).advice;
    };
    expect(advice(true)).toEqual(['CONFIG_OLD=y', 'CONFIG_OTHER=y', 'CONFIG_MORE=y']);
    expect(advice(false)).toEqual(['CONFIG_NEW=y', 'CONFIG_OTHER=y', 'CONFIG_MORE=y']);
  });
});

describe('several demands on one symbol', () => {
  it.each<[string, string, string, string[]]>([
    [
      '{ A: { at-least: "1" } }, { A: { at-most: "100" } }',
      '#\n',
      'absent, must be at least 1 and at most 100',
      ['CONFIG_A=100'],
    ],
    [
      '{ A: { at-least: "1" } }, { A: { at-most: "100" } }',
      'CONFIG_A=0\n',
      'CONFIG_A=0, must be at least 1',
      ['CONFIG_A=1'],
    ],
    ['{ A: { at-most: "9" } }, { A: { at-least: "5" } }', '#\n', 'must be at most 9 and at least 5', ['CONFIG_A=5']],
    [
      '{ A: { includes: b } }, { A: { includes: c } }',
      'CONFIG_A="a"\n',
      'CONFIG_A="a", must be with "b" in its list and with "c" in its list',
      ['CONFIG_A="a,b,c"'],
    ],
    [
      '{ A: y }, { B: y }',
      '#\n',
      'CONFIG_A is absent, must be y; CONFIG_B is absent, must be y',
      ['CONFIG_A=y', 'CONFIG_B=y'],
    ],
  ])('all: [%s] of %j are one sentence, with one line to type', (all, text, message, advice) => {
    const [finding] = report(`require: { all: [${all}] }`, text).findings;
    expect(finding?.message).toContain(message);
    expect(finding?.advice).toEqual(advice);
  });

  it('say what the file has once', () => {
    const [finding] = report(
      'require: { any: [{ A: { includes: b } }, { A: { includes: c } }] }',
      'CONFIG_A="a"\n',
    ).findings;
    expect(finding?.message.split('CONFIG_A="a"')).toHaveLength(2);
    expect(finding?.actual).toBe('CONFIG_A="a"');
  });
});
