/** What a stack loses, on what it founders, and what is proposed: on small trees and on what ships. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { parseConfig } from '../../src/config/document.ts';
import { loadConfig } from '../../src/kconfig/configure.ts';
import {
  decodeModel,
  findLosses,
  linesFor,
  type ModelFile,
  mergeConfigs,
  propose,
  type Wanted,
} from '../../src/kconfig/index.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { judgeStack } from '../../src/project/stack.ts';
import { createSource } from '../../src/source.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { model } from '../support/kconfig.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;

function wantedOf(config: string): Wanted[] {
  return [...config.matchAll(/^CONFIG_(\w+)=(.*)$|^# CONFIG_(\w+) is not set$/gm)].map(([, symbol, value, off]) =>
    off === undefined ? { symbol: symbol as string, value: value as string } : { symbol: off, value: 'n' },
  );
}

function judge(tree: string, config: string) {
  const own = model(tree);
  const wanted = wantedOf(config);
  const evaluate = (additions: ReadonlyMap<string, string>) =>
    loadConfig(own, [], mergeConfigs([config, linesFor(own, additions).join('\n')])).evaluation;
  const losses = findLosses(evaluate(new Map()), wanted);
  const { additions, unsolved } = propose(evaluate, wanted);
  return {
    lost: losses.map(({ symbol, reason, root: on }) => `${symbol}: ${reason} ${on}`),
    add: linesFor(own, additions),
    unsolved: unsolved.map(({ symbol }) => symbol),
  };
}

const modules = 'config MODULES\n\tbool "m"\n\tmodules\n';

describe('losses and proposals', () => {
  it.each([
    ['nothing', bool('A'), 'CONFIG_A=y\n', [], [], []],
    [
      'a dependency',
      bool('A', '\tdepends on B\n') + bool('B'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency B'],
      ['CONFIG_B=y'],
      [],
    ],
    [
      'a chain',
      bool('A', '\tdepends on B\n') + bool('B', '\tdepends on C\n') + bool('C'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency C'],
      ['CONFIG_C=y', 'CONFIG_B=y'],
      [],
    ],
    [
      'a number that the other side of a comparison founders on',
      'config NR\n\tint "nr"\n\tdefault 2\n' + bool('A', '\tdepends on 4 < NR\n'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency NR'],
      [],
      ['A'],
    ],
    ['what no setting brings', bool('A', '\tdepends on 1 = 2\n'), 'CONFIG_A=y\n', ['A: unmet-dependency A'], [], ['A']],
    [
      'two with one root',
      bool('R') + bool('A', '\tdepends on R\n') + bool('B', '\tdepends on X && R\n') + bool('X'),
      'CONFIG_A=y\nCONFIG_B=y\n',
      ['A: unmet-dependency R', 'B: unmet-dependency R'],
      ['CONFIG_R=y', 'CONFIG_X=y'],
      [],
    ],
    [
      'the cheaper alternative',
      bool('A', '\tdepends on B && C || D\n') + bool('B') + bool('C') + bool('D'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency B'],
      ['CONFIG_D=y'],
      [],
    ],
    [
      'never what the user turned off',
      bool('A', '\tdepends on B\n') + bool('B'),
      'CONFIG_A=y\n# CONFIG_B is not set\n',
      ['A: unmet-dependency B'],
      [],
      ['A'],
    ],
    [
      'something to turn off',
      bool('A', '\tdepends on !B\n') + bool('B', '\tdefault y\n'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency B'],
      ['# CONFIG_B is not set'],
      [],
    ],
    [
      'a hidden symbol by its selector',
      'config H\n\tbool\n' + bool('S', '\tselect H\n') + bool('A', '\tdepends on H\n'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency H'],
      ['CONFIG_S=y'],
      [],
    ],
    [
      'a hidden symbol set by hand',
      'config H\n\tbool\n' + bool('S', '\tselect H\n'),
      'CONFIG_H=y\n',
      ['H: hidden-symbol H'],
      ['CONFIG_S=y'],
      [],
    ],
    [
      'a select against it',
      bool('A') + bool('S', '\tdefault y\n\tselect A\n'),
      '# CONFIG_A is not set\n',
      ['A: selected S'],
      ['# CONFIG_S is not set'],
      [],
    ],
    [
      'a select that the user wants',
      bool('A') + bool('S', '\tselect A\n'),
      '# CONFIG_A is not set\nCONFIG_S=y\n',
      ['A: selected S'],
      [],
      ['A'],
    ],
    [
      'the other member of a choice',
      `choice\n\tprompt "c"\n${bool('A')}${bool('B')}endchoice\n`,
      'CONFIG_A=y\nCONFIG_B=y\n',
      ['A: other-choice-member B'],
      [],
      ['A'],
    ],
    [
      'a symbol that is not there',
      bool('A'),
      'CONFIG_GONE=y\n# CONFIG_GONE_TOO is not set\n',
      ['GONE: unknown-symbol GONE'],
      [],
      ['GONE'],
    ],
    ['a value that cannot be', 'config N\n\tint "n"\n\trange 1 5\n', 'CONFIG_N=9\n', ['N: invalid-value N'], [], ['N']],
    [
      'a module without modules',
      `${modules}config A\n\ttristate "a"\n`,
      'CONFIG_A=m\n',
      ['A: no-modules MODULES'],
      ['CONFIG_MODULES=y'],
      [],
    ],
    [
      'a dependency that is a module',
      `${modules}\tdefault y\nconfig A\n\ttristate "a"\n\tdepends on B\nconfig B\n\ttristate "b"\n\tdefault m\n`,
      'CONFIG_A=y\n',
      ['A: only-module B'],
      ['CONFIG_B=y'],
      [],
    ],
    [
      'a number that hangs on something',
      'config N\n\tint "n"\n\tdepends on B\n' + bool('B'),
      'CONFIG_N=9\n',
      ['N: unmet-dependency B'],
      ['CONFIG_B=y'],
      [],
    ],
    [
      'a circle of wishes',
      bool('A', '\tdepends on !B\n') + bool('B', '\tdepends on C\n') + bool('C'),
      'CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n',
      ['A: unmet-dependency B'],
      [],
      ['A'],
    ],
  ])('%s', (_, tree, config, lost, add, unsolved) => {
    expect(judge(tree, config)).toEqual({ lost, add, unsolved });
  });

  it('calls what the toolchain refuses by its name', () => {
    const own = model(bool('A', '\tdepends on $(shell,can it)\n'));
    const [loss] = findLosses(loadConfig(own, ['n'], 'CONFIG_A=y\n').evaluation, [{ symbol: 'A', value: 'y' }]);
    expect(loss).toMatchObject({
      reason: 'unmet-dependency',
      root: '',
      chain: [{ symbol: 'A', how: 'asks', other: '' }],
    });
  });
});

const kernel = createKernelHost(join(root, 'models'));
function load(name: string): ModelFile {
  const read = kernel.readShippedModel(name);
  if ('error' in read) throw new Error(read.detail);
  return decodeModel(read);
}
const recipe = readFileSync(join(root, 'fixtures/fragments/krata-zone.config'), 'utf8');

describe('the recipe of krata', () => {
  const stack = (name: string, base: 'none' | 'allnoconfig' | 'defconfig') => {
    const document = parseConfig(createSource('zone.config', recipe), { kind: 'fragment' });
    const from = base === 'defconfig' ? ({ kind: 'named', name: base } as const) : ({ kind: base } as const);
    return judgeStack({
      models: [load(name)],
      base: from,
      fragments: [document],
      documents: [document],
      toolchain: 'gcc-12',
    });
  };

  it.each(['none', 'allnoconfig'] as const)(
    'founders on one symbol where the base is %s, and a few lines make all of it hold',
    (base) => {
      const { groups, lost, proposal, evaluation } = stack('6.12-x86_64', base);
      expect(lost).toBe(37);
      expect(groups.map(({ root: on, losses }) => [on, losses.length])).toEqual([['HYPERVISOR_GUEST', 37]]);
      expect(proposal.unsolved).toEqual([]);
      expect(proposal.additions.size).toBeLessThanOrEqual(15);
      expect(linesFor(evaluation.model, proposal.additions).slice(0, 2)).toEqual([
        'CONFIG_HYPERVISOR_GUEST=y',
        'CONFIG_PARAVIRT=y',
      ]);
      expect(proposal.neededBy.get('FB')).toBe('XEN_FBDEV_FRONTEND');
      expect(proposal.neededBy.get('MEMORY_HOTPLUG')).toBe('XEN_BALLOON_MEMORY_HOTPLUG');
    },
  );

  it('lacks two lines on the defconfig', () => {
    const { proposal, evaluation } = stack('6.12-x86_64', 'defconfig');
    expect(linesFor(evaluation.model, proposal.additions).sort()).toEqual(['CONFIG_FB=m', 'CONFIG_MEMORY_HOTPLUG=y']);
  });

  it('cannot hold where the architecture lacks the symbols', () => {
    const { groups, proposal } = stack('6.12-arm64', 'defconfig');
    expect(groups[0]).toMatchObject({ reason: 'unknown-symbol' });
    expect(proposal.additions.size).toBe(0);
  });
});

describe('the command', () => {
  const cli = (line: string, files: Readonly<Record<string, string>> = { 'zone.config': recipe }) => {
    const host = memoryHost({ files });
    const exit = run(line.split(' '), host, kernel);
    return { exit, out: host.out(), err: host.err() };
  };

  it('fits one screen, cause and fix', () => {
    const { exit, out } = cli('stack --kernel 6.12 --arch x86_64 --base none --toolchain gcc-12 zone.config');
    expect(exit).toBe(1);
    expect(out.split('\n').length).toBeLessThan(26);
    expect(out).toContain('✖ 37 of 37 settings do not take effect on Linux 6.12.117 x86_64 on no base\n');
    expect(out).toContain('lost     37 settings founder on CONFIG_HYPERVISOR_GUEST, which is off\n');
    expect(out).toContain('CONFIG_FB=m                for CONFIG_XEN_FBDEV_FRONTEND\n');
  });

  it('prints what to add as a fragment that settles the matter', () => {
    const line = 'stack --kernel 6.12 --arch x86_64 --base none --toolchain gcc-12';
    const { out: fix } = cli(`${line} -f fragment zone.config`);
    const { exit, out } = cli(`${line} zone.config fix.config`, { 'zone.config': recipe, 'fix.config': fix });
    expect(exit).toBe(0);
    expect(out).toMatch(/^✔ all of 50 settings take effect on Linux 6\.12\.117 x86_64 on no base\n$/);
  });

  it('gives data with places', () => {
    const { out } = cli('stack --kernel 6.12 --arch x86_64 --base defconfig -f json zone.config');
    const data = JSON.parse(out);
    expect(data).toMatchObject({ settings: 37, base: 'defconfig', fix: { unsolved: [] } });
    expect(data.lost).toHaveLength(3);
    expect(data.lost.at(-1)).toMatchObject({
      symbol: 'XEN_FBDEV_FRONTEND',
      value: 'm',
      actual: 'absent',
      root: 'FB',
      file: 'zone.config',
      line: 19,
    });
  });

  it('names who overrides whom', () => {
    const files = { 'a.config': 'CONFIG_PSI=y\nCONFIG_NET=y\n', 'b.config': '# CONFIG_PSI is not set\nCONFIG_NET=y\n' };
    const { exit, out } = cli('stack --kernel 6.12 --arch x86_64 --base defconfig -v a.config b.config', files);
    expect(exit).toBe(0);
    expect(out).toContain('1 setting overridden by a later file, 1 repeated there');
    expect(out).toContain('CONFIG_PSI: y (a.config:1) → n (b.config:1)');
    expect(out).toContain('CONFIG_NET=y again at b.config:2');
  });

  it('finds nothing lost in a config that conf wrote', () => {
    const text = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
    const { exit, out } = cli('stack real.config', { 'real.config': text });
    expect(out).toBe('✔ all of 4308 settings take effect on Linux 6.12.117 x86_64\n');
    expect(exit).toBe(0);
  });

  it('holds a stack against the config that was built', () => {
    const built = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
    const files = { 'a.config': 'CONFIG_NET=y\nCONFIG_XEN_FBDEV_FRONTEND=m\nCONFIG_PSI=y\n', 'built.config': built };
    const { exit, out } = cli(
      'stack --kernel 6.12 --arch x86_64 --base defconfig --final built.config a.config',
      files,
    );
    expect(exit).toBe(1);
    expect(out).toContain('✖ 2 of 3 settings are not in built.config');
    expect(out).toMatch(/CONFIG_XEN_FBDEV_FRONTEND=m founders on CONFIG_(?:XEN|FB|HYPERVISOR_GUEST), which is off/);
    expect(out).toContain('CONFIG_PSI=y: this kernel would keep it, but built.config has it off');
    const same = cli('stack --kernel 6.12 --arch x86_64 --base defconfig --final built.config a.config', {
      ...files,
      'a.config': 'CONFIG_NET=y\n',
    });
    expect(same).toMatchObject({ exit: 0, out: '✔ the one setting is in built.config\n' });
    expect(cli('stack --kernel 6.12 --arch x86_64 --base defconfig --final gone a.config', files).exit).toBe(3);
  });

  it('says what the toolchain refuses, and proposes nothing for it', () => {
    const { out } = cli('stack --kernel 6.12 --arch x86_64 --base defconfig --toolchain gcc-12 a.config', {
      'a.config': 'CONFIG_DEBUG_INFO_DWARF5=y\nCONFIG_DEBUG_INFO_BTF=y\n',
    });
    expect(out).toContain('CONFIG_DEBUG_INFO_BTF');
    expect(out).toContain('no fix');
  });

  it('names the nearest symbol for one that is not there', () => {
    const { out } = cli('stack --kernel 6.12 --arch x86_64 --base defconfig a.config', {
      'a.config': 'CONFIG_XEN_PVHMV=y\n',
    });
    expect(out).toContain('this kernel has no CONFIG_XEN_PVHMV; did you mean XEN_PVHVM');
  });
});

describe('upgrade', () => {
  const cli = (line: string, files: Readonly<Record<string, string>>) => {
    const host = memoryHost({ files });
    return { exit: run(line.split(' '), host, kernel), out: host.out(), err: host.err() };
  };

  it('tells what a newer kernel loses, gains and never had', () => {
    const fragment = { 'zone.config': recipe };
    const { exit, out } = cli('upgrade zone.config --from 6.1 --to 7.3 --arch x86_64 --base defconfig', fragment);
    expect(exit).toBe(1);
    expect(out).toContain('✖ 4 of 37 settings are lost from Linux 6.1.192 to 7.3.0-rc7 on x86_64\n');
    expect(out).toContain('CONFIG_XEN_PVHVM, CONFIG_XEN_PVHVM_SMP, CONFIG_XEN_SAVE_RESTORE, CONFIG_XEN_AUTO_XLATE');
    expect(out).toContain('3 settings take effect on neither release');
    const back = cli('upgrade zone.config --from 7.3 --to 6.1 --arch x86_64 --base defconfig', fragment);
    expect(back.exit).toBe(0);
    expect(back.out).toContain('4 settings take effect that did not before: CONFIG_XEN_PVHVM,');
  });

  it('counts of a complete config only what could be set', () => {
    const text = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
    const { out } = cli('upgrade real.config --to 7.2 -f json', { 'real.config': text });
    const lost = JSON.parse(out).lost.map(({ symbol }: { symbol: string }) => symbol);
    expect(lost).toContain('IP_NF_FILTER');
    expect(lost).not.toContain('KALLSYMS_ABSOLUTE_PERCPU');
  });

  it.each([
    ['upgrade zone.config --from 6.1 --arch x86_64', '--to was not named'],
    ['upgrade zone.config --to 6.12 --arch x86_64', '--from was not named'],
    ['upgrade zone.config --from 6.1 --to six --arch x86_64', '"six" is no kernel release'],
    ['upgrade zone.config --from 6.1 --to 6.12', 'nothing tells the architecture'],
  ])('%s', (line, message) => {
    const { exit, err } = cli(line, { 'zone.config': recipe });
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});

describe('explain', () => {
  const cli = (line: string, files: Readonly<Record<string, string>> = {}) => {
    const host = memoryHost({ files });
    return { exit: run(line.split(' '), host, kernel), out: host.out(), err: host.err() };
  };

  it('says type, prompt, place, dependencies with their values, and who selects it', () => {
    const text = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
    const { exit, out } = cli('explain CONFIG_XEN_FBDEV_FRONTEND --config real.config', { 'real.config': text });
    expect(exit).toBe(0);
    expect(out).toMatch(/by +Linux 6\.12\.117 x86_64\n/);
    expect(out).toMatch(/value +n in this config\n/);
    expect(out).toMatch(/type +tristate\n/);
    expect(out).toMatch(/defined +drivers\/video\/fbdev\/Kconfig:\d+\n/);
    expect(out).toMatch(/depends on +HAS_IOMEM \[=y\] && FB \[=n\] && XEN \[=n\]\n/);
    expect(out).toMatch(/selects +XEN_XENBUS_FRONTEND, /);
  });

  it('says in which releases and on which architectures a symbol is', () => {
    expect(cli('explain CONFIG_XEN_PVHVM').out).toMatch(
      /releases +x86_64: 5\.10, 6\.1, 6\.12, 7\.2, not in 7\.3; arm64: none/,
    );
    expect(cli('explain CONFIG_PSI').out).toMatch(/releases +x86_64, arm64, riscv, arm: all that ship\n/);
  });

  it('knows symbols that no profile asks for, hidden ones and choices', () => {
    expect(cli('explain CONFIG_VIRTIO').out).toContain('none: nobody can set it by hand');
    expect(cli('explain CONFIG_PREEMPT_VOLUNTARY --kernel 6.12').out).toMatch(/choice with +PREEMPT_NONE, PREEMPT/);
    expect(cli('explain CONFIG_NR_CPUS --kernel 6.12').out).toMatch(/range +NR_CPUS_RANGE_BEGIN to NR_CPUS_RANGE_END/);
    expect(cli('explain CONFIG_NO_SUCH_THING').exit).toBe(2);
  });

  it('gives all of it as data', () => {
    const { kconfig } = JSON.parse(cli('explain CONFIG_XEN_PVH --kernel 6.12 -f json').out);
    expect(kconfig).toMatchObject({
      kernel: { release: '6.12.117', arch: 'x86_64' },
      description: { type: 'bool', definitions: [{ file: 'arch/x86/xen/Kconfig' }] },
    });
  });
});
