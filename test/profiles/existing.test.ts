/** No rule asks a kernel for a symbol that this kernel does not have: every row of every profile against every model that ships. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ConfigDocument, parseConfigText } from '../../src/config/document.ts';
import { decodeModel, isDefined, type KconfigModel, symbolNamed } from '../../src/kconfig/index.ts';
import {
  type Condition,
  onTarget,
  partsWith,
  type Situation,
  type SymbolCondition,
  symbolsOf,
  Verdict,
} from '../../src/profiles/condition.ts';
import { judgeRequirement } from '../../src/profiles/evaluate.ts';
import type { ChosenPlatform, Library, Requirement } from '../../src/profiles/profile.ts';
import { isHidden, nameOn } from '../../src/profiles/symbols.ts';
import { type Arch, type BootFact, bootFacts, parseKernelVersion, type Target } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { builtIn, choose, load, profileText } from '../support/library.ts';
import { settingsFor } from '../support/settings.ts';

const shipped = readdirSync(join(root, 'models')).filter((name) => name.endsWith('.kmodel'));

/** A row with the platform version it is judged for: many profiles share rows, and each has to be judged once only. */
interface Case {
  readonly row: Requirement;
  readonly platform: ChosenPlatform | undefined;
}

function mentions({ applies, when, require, otherwise }: Requirement, kind: 'boot' | 'platform'): boolean {
  const isIn = (condition: Condition | undefined): boolean =>
    condition !== undefined &&
    (condition.kind === kind ||
      (condition.kind === 'not' && isIn(condition.of)) ||
      ((condition.kind === 'all' || condition.kind === 'any') && condition.of.some(isIn)));
  return [applies, when, require, otherwise].some(isIn);
}

/** Every row of every profile, for every version of its platform. */
function casesOf(library: Library): Case[] {
  const cases = new Map<string, Case>();
  for (const [id, { platform }] of library.profiles) {
    for (const name of [id, ...(platform?.versions ?? []).map((version) => `${id}@${version}`)]) {
      const { requirements, platforms } = choose(library, name)[0]!;
      for (const row of requirements) {
        const chosen = mentions(row, 'platform') ? platforms.get(row.profile) : undefined;
        cases.set(`${row.id} ${chosen?.version ?? ''}`, { row, platform: chosen });
      }
    }
  }
  return [...cases.values()];
}

/** None, each of them, and all at once. */
const everyBoot: readonly (readonly BootFact[])[] = [[], ...bootFacts.map((fact) => [fact]), bootFacts];

const bootsFor = (row: Requirement): typeof everyBoot => (mentions(row, 'boot') ? everyBoot : [[]]);

interface Kernel {
  readonly model: KconfigModel;
  readonly target: Target;
  readonly has: (symbol: string) => boolean;
}

function kernelOf(file: string): Kernel {
  const [, arch] = /^[\d.]+-(.+)\.kmodel$/.exec(file) as RegExpExecArray;
  const { model } = decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', file))));
  const has = (symbol: string): boolean => {
    const id = symbolNamed(model, symbol);
    return id !== undefined && isDefined(model, id);
  };
  return { model, target: { kernel: parseKernelVersion(model.release)!, arch: arch as Arch }, has };
}

const parsed = new Map<string, ConfigDocument>();

/** Many rows hang on the same few settings. */
function complete(text: string): ConfigDocument {
  const document = parsed.get(text) ?? parseConfigText(text, '.config', { kind: 'complete' });
  parsed.set(text, document);
  return document;
}

/** An empty config, and others in which the row's own condition holds, of symbols that the kernel has. */
function documentsFor({ when }: Requirement, { has }: Kernel): ConfigDocument[] {
  const made = (when === undefined ? [] : [0, 1, 2, 3]).map((pick) =>
    settingsFor(when, true, pick).filter((line) => has(/CONFIG_(\w+)/.exec(line)?.[1] ?? '')),
  );
  return [...new Set(['', ...made.map((lines) => lines.map((line) => `${line}\n`).join(''))])].map(complete);
}

/** What is wrong with asking for a part: none of its symbols is there under any name, or nobody can bring the one that is. */
function faultOf(part: Condition, { model, has, target }: Kernel, situation: Situation, library: Library): string[] {
  const asked = symbolsOf(onTarget(part, situation));
  if (asked.length === 0) return [];
  const names = ({ symbol }: SymbolCondition): string[] => [
    nameOn(symbol, target, library.symbols),
    symbol,
    ...(library.symbols.get(symbol)?.otherNames ?? []),
  ];
  const found = asked.flatMap((condition) => names(condition).find(has) ?? []);
  if (found.length === 0) return [`${asked.map(({ symbol }) => symbol).join(', ')}: not there`];
  const prompts = (name: string): number => {
    const id = symbolNamed(model, name);
    return id === undefined ? 0 : model.prompts.starts[id + 1]! - model.prompts.starts[id]!;
  };
  if (found.some((name) => prompts(name) > 0)) return [];
  const leaders = found.flatMap((name) => {
    const facts = library.symbols.get(name);
    return isHidden(facts, target) ? (facts?.follows ?? []) : [];
  });
  // What the architecture brings by itself is on in every config of it.
  if (leaders.some((leader) => leader === 'ARM64')) return [];
  const reachable = leaders.some((leader) => prompts(nameOn(leader.split('=')[0]!, target, library.symbols)) > 0);
  return reachable ? [] : [`${found.join(', ')}: hidden, and nothing with a prompt brings it`];
}

/** Rows that fail where they must not; `known` asks with what the model knows, as a lint of such a kernel does. */
function faultsIn(cases: readonly Case[], kernel: Kernel, library: Library, known: boolean): string[] {
  const { has, target } = kernel;
  const found = new Set<string>();
  const defines = (symbol: string) => (has(symbol) ? 'yes' : 'no') as 'yes' | 'no';
  const knowledge = known ? { kernel: { name: '', adviceFor: () => undefined, defines } } : {};
  for (const { row, platform } of cases) {
    for (const document of documentsFor(row, kernel)) {
      for (const facts of bootsFor(row)) {
        const situation: Situation = {
          document,
          target,
          boot: new Set(facts),
          symbols: library.symbols,
          ...knowledge,
          ...(platform === undefined ? {} : { platform }),
        };
        const { verdict, decidedBy } = judgeRequirement(row, situation);
        if (verdict !== Verdict.unmet) continue;
        for (const part of partsWith(Verdict.unmet, decidedBy, situation))
          for (const fault of faultOf(part, kernel, situation, library)) found.add(`${row.id}: ${fault}`);
      }
    }
  }
  return [...found];
}

const cases = casesOf(builtIn.library);

it('covers every row of every profile', () => {
  const rows = [...builtIn.library.profiles.values()].flatMap(({ requirements }) => requirements.map(({ id }) => id));
  expect(new Set(cases.map(({ row }) => row.id))).toEqual(new Set(rows));
  expect(shipped.length).toBeGreaterThanOrEqual(16);
});

describe.each(shipped)('on %s', (file) => {
  const kernel = kernelOf(file);
  it.each([
    ['what is known of symbols', false],
    ['its Kconfig', true],
  ])('no row of any profile asks for a symbol that is not there, going by %s', (_, known) => {
    expect(faultsIn(cases, kernel, builtIn.library, known)).toEqual([]);
  });
});

describe('the proof itself', () => {
  const kernel = kernelOf('6.12-x86_64.kmodel');
  const faults = (row: string) => {
    const { library } = load({ bad: profileText({ row }) });
    return faultsIn(casesOf(library), kernel, library, false);
  };

  it('finds a symbol that is not there, also behind a condition and where all alternatives are gone', () => {
    expect(faults('require: { MEMCG_SWAP: y }')).toEqual(['bad/row: MEMCG_SWAP: not there']);
    expect(faults('when: { SWAP: y }\nrequire: { MEMCG_SWAP: y }')).toEqual(['bad/row: MEMCG_SWAP: not there']);
    expect(faults('require: { any: [ { MEMCG_SWAP: y }, { EXT4_ENCRYPTION: y } ] }')).toEqual([
      'bad/row: MEMCG_SWAP, EXT4_ENCRYPTION: not there',
    ]);
    expect(faults('require: { any: [ { MEMCG_SWAP: y }, { MEMCG: y } ] }')).toEqual([]);
  });

  it('finds a hidden symbol that no fact leads to', () => {
    expect(faults('require: { XFRM: y }')).toEqual(['bad/row: XFRM: hidden, and nothing with a prompt brings it']);
  });
});
