/** The models that ship: what they make of real configs, and what becomes of a damaged one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  decodeModel,
  encodeModel,
  type ModelFile,
  ModelFormatError,
  resolveConfig,
  symbolNamed,
} from '../../src/kconfig/index.ts';
import { SymbolFlag } from '../../src/kconfig/symbol.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { createRandom } from '../conformance/generate.ts';
import { root } from '../support/corpus.ts';

const host = createKernelHost(join(root, 'models'));
const loaded = new Map<string, ModelFile>();
function load(name: string): ModelFile {
  let file = loaded.get(name);
  if (file === undefined) {
    file = decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`))));
    loaded.set(name, file);
  }
  return file;
}

const base = (name: string) =>
  name === 'none' || name === 'allnoconfig' ? ({ kind: name } as const) : ({ kind: 'named', name } as const);

/** The zone's 37 options and the host's 18, as the krata documentation lists them. */
const zone =
  'XEN=y XEN_PV=y XEN_512GB=y XEN_PV_SMP=y XEN_PVHVM=y XEN_PVHVM_SMP=y XEN_PVHVM_GUEST=y XEN_SAVE_RESTORE=y XEN_PVH=y XEN_PV_MSR_SAFE=y PCI_XEN=y NET_9P_XEN=y XEN_PCIDEV_FRONTEND=y XEN_BLKDEV_FRONTEND=y XEN_NETDEV_FRONTEND=y INPUT_XEN_KBDDEV_FRONTEND=y HVC_XEN=y HVC_XEN_FRONTEND=y XEN_FBDEV_FRONTEND=m XEN_BALLOON=y XEN_BALLOON_MEMORY_HOTPLUG=y XEN_MEMORY_HOTPLUG_LIMIT=512 XEN_SCRUB_PAGES_DEFAULT=y XEN_DEV_EVTCHN=y XEN_BACKEND=y XENFS=y XEN_COMPAT_XENFS=y XEN_SYS_HYPERVISOR=y XEN_XENBUS_FRONTEND=y SWIOTLB_XEN=y XEN_HAVE_PVMMU=y XEN_EFI=y XEN_AUTO_XLATE=y XEN_ACPI=y XEN_HAVE_VPMU=y XEN_GRANT_DMA_OPS=y XEN_VIRTIO=y'.split(
    ' ',
  );

const hostOptions =
  'XEN_PV_DOM0=y XEN_DOM0=y PCI_XEN=y XEN_DEV_EVTCHN=y XEN_PCIDEV_BACKEND=y XEN_BLKDEV_BACKEND=y XEN_NETDEV_BACKEND=y XEN_SCSI_BACKEND=y XEN_PVCALLS_BACKEND=y TCG_XEN=m XEN_WDT=y XEN_GNTDEV=y XEN_GRANT_DEV_ALLOC=y XEN_GRANT_DMA_ALLOC=y SWIOTLB_XEN=y XEN_PRIVCMD=y XEN_ACPI_PROCESSOR=y XEN_MCE_LOG=y'.split(
    ' ',
  );

function lost(model: string, from: string, wanted: readonly string[]): string[] {
  const fragment = `${wanted.map((each) => `CONFIG_${each}`).join('\n')}\n`;
  const { text } = resolveConfig({
    models: [load(model)],
    base: base(from),
    fragments: [fragment],
    toolchain: 'gcc-12',
    output: 'config',
  });
  const lines = new Set(text.split('\n'));
  return wanted.filter((each) => !lines.has(`CONFIG_${each}`));
}

describe('the recipe of krata', () => {
  it('has 37 options', () => {
    expect(zone.length).toBe(37);
  });

  it.each(['5.10', '6.1', '6.12', '7.2'])(
    'keeps none of them on %s x86_64 by itself, because HYPERVISOR_GUEST is off',
    (series) => {
      expect(lost(`${series}-x86_64`, 'none', zone)).toEqual(zone);
      expect(lost(`${series}-x86_64`, 'allnoconfig', zone)).toEqual(zone);
    },
  );

  it.each([
    ['6.1-x86_64', ['XEN_FBDEV_FRONTEND=m', 'XEN_BALLOON_MEMORY_HOTPLUG=y', 'XEN_MEMORY_HOTPLUG_LIMIT=512']],
    ['6.12-x86_64', ['XEN_FBDEV_FRONTEND=m', 'XEN_BALLOON_MEMORY_HOTPLUG=y', 'XEN_MEMORY_HOTPLUG_LIMIT=512']],
    [
      '7.2-x86_64',
      ['XEN_SAVE_RESTORE=y', 'XEN_FBDEV_FRONTEND=m', 'XEN_BALLOON_MEMORY_HOTPLUG=y', 'XEN_MEMORY_HOTPLUG_LIMIT=512'],
    ],
  ])('loses these on the defconfig of %s', (model, expected) => {
    expect(lost(model, 'x86_64_defconfig', zone)).toEqual(expected);
  });

  it.each([
    ['6.1-x86_64', 'x86_64_defconfig', 34, 0, 47],
    ['6.1-x86_64', 'allnoconfig', 0, 0, 0],
    ['6.1-x86_64', 'none', 0, 0, 0],
    ['6.1-arm64', 'defconfig', 22, 12, 32],
    ['5.10-x86_64', 'x86_64_defconfig', 0, 0, 0],
    ['6.12-x86_64', 'x86_64_defconfig', 34, 0, 47],
    ['7.2-x86_64', 'x86_64_defconfig', 33, 0, 46],
    ['7.3-x86_64', 'x86_64_defconfig', 30, 0, 43],
  ])('keeps on %s %s %i of the zone, %i of the host, %i of both', (model, from, ofZone, ofHost, ofBoth) => {
    const both = [...new Set([...zone, ...hostOptions])];
    expect(both.length).toBe(52);
    const kept = [zone, hostOptions, both].map((wanted) => wanted.length - lost(model, from, wanted).length);
    expect(kept).toEqual([ofZone, ofHost, ofBoth]);
  });

  it('keeps 28 of 52 by itself once HYPERVISOR_GUEST and PARAVIRT are added', () => {
    const both = [...new Set([...zone, ...hostOptions])];
    const wanted = [...both, 'HYPERVISOR_GUEST=y', 'PARAVIRT=y'];
    expect(both.length - lost('6.1-x86_64', 'none', wanted).filter((each) => both.includes(each)).length).toBe(28);
  });

  it('loses all on the defconfig of 5.10, which lacks HYPERVISOR_GUEST', () => {
    expect(lost('5.10-x86_64', 'x86_64_defconfig', zone)).toEqual(zone);
  });

  it.each(['6.1-arm64', '6.12-arm64'])('loses 15 on %s', (model) => {
    expect(lost(model, 'defconfig', zone)).toHaveLength(15);
  });
});

describe('real configs', () => {
  const text = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');

  it('writes the config that conf wrote of 6.12 again, byte for byte, from what it records of its toolchain', () => {
    const resolved = resolveConfig({
      models: [load('6.12-x86_64')],
      base: { kind: 'text', text },
      fragments: [],
      output: 'config',
    });
    expect(resolved.disagreements).toEqual([]);
    expect(resolved.text).toBe(text);
  });

  it('says of each symbol that the toolchain decides when nobody tells it', () => {
    const open = resolveConfig({
      models: [load('6.12-x86_64')],
      base: base('defconfig'),
      fragments: [],
      output: 'config',
    });
    const told = resolveConfig({
      models: [load('6.12-x86_64')],
      base: base('defconfig'),
      fragments: [],
      toolchain: 'gcc-12',
      output: 'config',
    });
    const symbols = new Set(open.disagreements.map(({ symbol }) => symbol));
    expect(symbols).toContain('CC_HAS_ASM_GOTO_OUTPUT');
    expect(open.text).toContain('# CONFIG_CC_HAS_ASM_GOTO_OUTPUT: y or absent, depends on the toolchain\n');
    const [mine, theirs] = [open.text, told.text].map(
      (each) => new Set(each.split('\n').filter((line) => /^CONFIG_|is not set$/.test(line))),
    );
    for (const line of mine as Set<string>) expect(theirs).toContain(line);
    for (const line of theirs as Set<string>) {
      const symbol = /CONFIG_(\w+)/.exec(line)?.[1] as string;
      if (!(mine as Set<string>).has(line)) expect(symbols).toContain(symbol);
    }
  });

  it('calls nothing certain that another toolchain changes', () => {
    const file = load('6.12-x86_64');
    const { text: open } = resolveConfig({ models: [file], base: base('defconfig'), fragments: [], output: 'config' });
    const certain = open.split('\n').filter((line) => /^CONFIG_|is not set$/.test(line));
    const doubtful = new Set(
      [...open.matchAll(/^# CONFIG_(\w+): .*depends on the toolchain$/gm)].map(([, symbol]) => symbol),
    );
    const random = createRandom(99);
    for (let i = 0; i < 12; i++) {
      const answers = file.model.questions.map(({ text: question }) =>
        question === 'ARCH'
          ? 'x86_64'
          : /echo "?y"?(?:\s|$)/.test(question)
            ? random() < 0.5
              ? 'y'
              : 'n'
            : String(Math.floor(random() * 250_000)),
      );
      const toolchains = { made: answers };
      const { text: made } = resolveConfig({
        models: [{ ...file, toolchains }],
        base: base('defconfig'),
        fragments: [],
        toolchain: 'made',
        output: 'config',
      });
      const lines = new Set(made.split('\n'));
      expect(certain.filter((line) => !lines.has(line))).toEqual([]);
      const known = new Set(certain);
      const more = made.split('\n').filter((line) => /^CONFIG_|is not set$/.test(line) && !known.has(line));
      expect(more.filter((line) => !doubtful.has(/CONFIG_(\w+)/.exec(line)?.[1] as string))).toEqual([]);
    }
  });

  it('gives between two releases only what both agree on', () => {
    const models = [load('6.1-x86_64'), load('6.12-x86_64')];
    const { text: both, disagreements } = resolveConfig({
      models,
      base: base('defconfig'),
      fragments: [],
      toolchain: 'gcc-12',
      output: 'config',
    });
    const differ = new Map(disagreements.map((each) => [each.symbol, each]));
    expect(differ.get('CPUSETS_V1')).toEqual({ symbol: 'CPUSETS_V1', cause: 'kernel', values: ['n', 'absent'] });
    expect(both).toContain('# CONFIG_CPUSETS_V1: not set or absent, depends on the kernel release\n');
    const each = models.map(
      (model) =>
        new Set(
          resolveConfig({
            models: [model],
            base: base('defconfig'),
            fragments: [],
            toolchain: 'gcc-12',
            output: 'config',
          }).text.split('\n'),
        ),
    );
    for (const line of both.split('\n').filter((known) => /^CONFIG_|is not set$/.test(known))) {
      for (const alone of each) expect(alone).toContain(line);
    }
  });
});

describe('the files', () => {
  it('name what they were made of, and stay under 400 kB', () => {
    for (const name of host.shippedModels()) {
      expect(readFileSync(join(root, 'models', `${name}.kmodel`)).length).toBeLessThan(400_000);
      expect(load(name).source).toMatch(/^Debian linux-source-\d/);
      expect(load(name).model.symbols.count).toBeGreaterThan(15_000);
    }
    expect(host.shippedModels().length).toBeGreaterThanOrEqual(16);
  });

  it('hold neither help texts nor prompts of symbols', () => {
    const bytes = brotliDecompressSync(readFileSync(join(root, 'models/6.12-x86_64.kmodel'))).toString('latin1');
    expect(bytes).not.toContain('Virtio network driver');
    expect(bytes).not.toContain('This is the virtual network driver');
  });

  it('come back as they were written', () => {
    const file = load('6.12-x86_64');
    expect(decodeModel(encodeModel(file))).toEqual(file);
  });

  it('are known by their checksum, and looked at number by number where it does not hold', () => {
    const file = load('5.10-arm64');
    const bytes = encodeModel(file);
    expect(decodeModel(bytes, crc32)).toEqual(file);
    expect(decodeModel(bytes, () => 0)).toEqual(file);
    const damaged = bytes.slice();
    damaged.fill(255, bytes.length >> 1, (bytes.length >> 1) + 5000);
    expect(() => decodeModel(damaged, crc32)).toThrow(ModelFormatError);
  });

  it('read the same from any place in memory', () => {
    const file = load('5.10-arm64');
    const bytes = encodeModel(file);
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    expect(decodeModel(moved.subarray(1), crc32)).toEqual(file);
  });

  it('are refused when damaged, never believed, never without end', () => {
    const small = load('5.10-arm64');
    const bytes = encodeModel(small);
    expect(() => decodeModel(bytes.subarray(0, bytes.length - 10))).toThrow(ModelFormatError);
    expect(() => decodeModel(new Uint8Array(100))).toThrow(ModelFormatError);
    const random = createRandom(7);
    let refused = 0;
    for (let i = 0; i < 60; i++) {
      const damaged = bytes.slice();
      for (let k = 0; k < 20; k++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      try {
        const file = decodeModel(damaged);
        resolveConfig({ models: [file], base: { kind: 'none' }, fragments: [], output: 'config' });
      } catch (error) {
        if (!(error instanceof ModelFormatError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('of another format say what to do', () => {
    const bytes = Buffer.from(encodeModel(load('5.10-arm64')));
    const other = Buffer.from(bytes.toString('latin1').replace('"format":2', '"format":9'), 'latin1');
    expect(() => decodeModel(other)).toThrow('the model has format 9, this program reads 2: build it again');
  });

  it.each(['5.10-x86_64', '6.12-arm64', '7.3-riscv'])('know symbols by name, in whatever order: %s', (name) => {
    const bytes = brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`)));
    const { symbols } = decodeModel(bytes).model;
    const unnamed = SymbolFlag.constant | SymbolFlag.choice;
    const plain = new Map<string, number>();
    symbols.names.forEach((each, i) => {
      if (((symbols.flags[i] as number) & unnamed) === 0) plain.set(each, i);
    });
    const names = [...plain.keys()];
    const random = createRandom(3);
    const shuffled = names.map((each) => [random(), each] as const).sort(([a], [b]) => a - b);
    for (const order of [
      names,
      names.toReversed(),
      shuffled.map(([, each]) => each).slice(0, 50),
      ['NO_SUCH', ...names],
    ]) {
      const { model } = decodeModel(bytes);
      for (const each of order) expect(symbolNamed(model, each) === plain.get(each)).toBe(true);
    }
  });

  it('know symbols by name', () => {
    const { model } = load('6.12-x86_64');
    expect(model.symbols.names[symbolNamed(model, 'XEN_PVH') as number]).toBe('XEN_PVH');
    expect(symbolNamed(model, '__proto__')).toBeUndefined();
  });
});
