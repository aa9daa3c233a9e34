/** Properties of the Kconfig engine, on random trees with random configs. */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { effectiveValues, parseConfigText } from '../../src/config/document.ts';
import { listNew } from '../../src/kconfig/configure.ts';
import {
  allConfig,
  decodeModel,
  type Evaluation,
  encodeModel,
  type KconfigModel,
  loadConfig,
  mergeConfigs,
  symbolNamed,
  writeConfig,
  writeDefconfig,
} from '../../src/kconfig/index.ts';
import { compile } from '../support/kconfig.ts';
import { kconfigCase, regularLines, textOf } from './arbitraries.ts';
import { property } from './property.ts';

/** A tree that the kernel would take, and what its config asks for; undefined for the few that it refuses. */
function read({ tree }: { readonly tree: string }): KconfigModel | undefined {
  return compile(tree).model;
}
const resolve = (model: KconfigModel, text: string): string => writeConfig(loadConfig(model, [], text).evaluation, []);
const values = (text: string): ReadonlyMap<string, string> => effectiveValues(parseConfigText(text));
const cost = 4;

/** A default of y where the prompt is seen only as m: `conf` too writes y, and takes it for m when it reads it back. */
function staysAsWritten(evaluation: Evaluation): boolean {
  const { types, count } = evaluation.model.symbols;
  for (let symbol = 3; symbol < count; symbol++)
    if (types[symbol] === 2 && evaluation.visibilityOf(symbol) === 1 && evaluation.tristateOf(symbol) === 2)
      return false;
  return true;
}

describe('resolving', () => {
  property(
    'again changes nothing',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const { evaluation } = loadConfig(model, [], each.text);
      const once = writeConfig(evaluation, []);
      if (staysAsWritten(evaluation)) expect(resolve(model, once)).toBe(once);
    },
    cost,
  );

  property(
    'what savedefconfig keeps gives the whole back',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const { evaluation } = loadConfig(model, [], each.text);
      const whole = writeConfig(evaluation, []);
      if (!staysAsWritten(evaluation)) return;
      expect(resolve(model, writeDefconfig(loadConfig(model, [], whole).evaluation))).toBe(whole);
    },
    cost,
  );

  property(
    'keeps every value between what selects it and what shows it',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const { evaluation } = loadConfig(model, [], each.text);
      for (let symbol = 3; symbol < model.symbols.count; symbol++) {
        const type = model.symbols.types[symbol] as number;
        evaluation.textOf(symbol);
        if ((type !== 1 && type !== 2) || !evaluation.isWritten(symbol)) continue;
        const value = evaluation.tristateOf(symbol);
        expect(value).toBeGreaterThanOrEqual(
          type === 1 && evaluation.selectedTo(symbol) === 1 ? 1 : evaluation.selectedTo(symbol),
        );
        if (type === 1) expect(value).not.toBe(1);
        if (evaluation.user.has[symbol] === 1 && evaluation.visibilityOf(symbol) > 0) {
          expect(value).toBeLessThanOrEqual(Math.max(evaluation.visibilityOf(symbol), evaluation.selectedTo(symbol)));
        }
      }
    },
    cost,
  );

  property(
    'leaves nothing new to ask about',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      expect(listNew(loadConfig(model, [], resolve(model, each.text)).evaluation)).toBe('');
    },
    cost,
  );

  property(
    'puts on exactly one member of a choice that is to be seen',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const { evaluation } = loadConfig(model, [], each.text);
      const members = new Map<number, number[]>();
      for (let symbol = 3; symbol < model.symbols.count; symbol++) {
        const choice = model.symbols.choices[symbol] as number;
        if (choice >= 0) members.set(choice, [...(members.get(choice) ?? []), symbol]);
      }
      for (const of of members.values()) {
        const on = of.filter((symbol) => evaluation.textOf(symbol) === 'y');
        const shown = of.filter((symbol) => evaluation.visibilityOf(symbol) > 0);
        expect(on.length).toBe(shown.length > 0 ? 1 : 0);
      }
    },
    cost,
  );

  property(
    'keeps numbers within the range that holds',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const { evaluation } = loadConfig(model, [], each.text);
      for (let symbol = 3; symbol < model.symbols.count; symbol++) {
        const text = evaluation.textOf(symbol);
        if (evaluation.isWritten(symbol) && evaluation.user.has[symbol] === 1 && evaluation.visibilityOf(symbol) > 0) {
          expect(evaluation.isInRange(symbol, text) || (model.symbols.types[symbol] as number) <= 2).toBe(true);
        }
      }
    },
    cost,
  );

  property(
    'writes only symbols of the tree, each once',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const document = parseConfigText(resolve(model, each.text));
      // Kconfig takes and writes hexadecimal numbers without 0x and strings that say "y", which people take for something else.
      const mistakable = ['unquoted-string', 'value-spelling'];
      expect(document.problems.filter(({ code }) => !mistakable.includes(code))).toEqual([]);
      expect(document.settings).toBe(values(document.source.text).size);
      for (const name of values(document.source.text).keys()) expect(symbolNamed(model, name)).toBeDefined();
    },
    cost,
  );

  property(
    'does not hang on the order of lines where there is no choice',
    kconfigCase,
    (each) => {
      const model = each.tree.includes('endchoice') ? undefined : read(each);
      if (model === undefined) return;
      const last = [...new Map(each.config.map((line) => [/CONFIG_(\w+)/.exec(line)?.[1], line])).values()];
      expect(resolve(model, `${last.toReversed().join('\n')}\n`)).toBe(resolve(model, `${last.join('\n')}\n`));
    },
    cost,
  );

  property(
    'takes nothing from lines of symbols that the tree lacks',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      expect(resolve(model, `CONFIG_NOT_OF_THIS_TREE=y\n${each.text}# CONFIG_NOR_THIS is not set\n`)).toBe(
        resolve(model, each.text),
      );
    },
    cost,
  );

  property(
    'of everything off has on what cannot be off, of everything on at least that',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined || /[!=]|endchoice|n$/m.test(each.tree.replaceAll(':=', ''))) return;
      const least = values(writeConfig(allConfig(model, [], 'allno').evaluation, []));
      const most = values(writeConfig(allConfig(model, [], 'allyes').evaluation, []));
      for (const [name, value] of least) if (value === 'y' || value === 'm') expect(most.get(name)).toBe('y');
    },
    cost,
  );
});

describe('a model', () => {
  property(
    'read from bytes answers as the tree that it was made of',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const again = decodeModel(encodeModel({ model, configs: {}, toolchains: {}, source: 'p' })).model;
      expect(resolve(again, each.text)).toBe(resolve(model, each.text));
      expect(writeDefconfig(loadConfig(again, [], each.text).evaluation)).toBe(
        writeDefconfig(loadConfig(model, [], each.text).evaluation),
      );
    },
    cost,
  );

  property(
    'does not hang on comments, blank lines or the files it is cut into',
    kconfigCase,
    (each) => {
      const model = read(each);
      if (model === undefined) return;
      const isWhole = each.blocks.map((block) => !/^(?:menu |if |end)/.test(block));
      const files: Record<string, string> = {};
      const parts = each.blocks.map((block, i) => {
        if (isWhole[i] !== true || i % 2 === 0) return `# comment ${i}\n\n${block}`;
        files[`part${i}`] = block;
        return `source "part${i}"\n`;
      });
      const cut = compile({ files: { ...files, Kconfig: parts.join('\n') } }).model;
      expect(cut).toBeDefined();
      if (cut !== undefined) expect(resolve(cut, each.text)).toBe(resolve(model, each.text));
    },
    cost,
  );
});

describe('merging fragments', () => {
  const fragment = regularLines.map((lines) => textOf(lines));

  property('lets the last that speaks of a symbol have its way', fc.tuple(fragment, fragment), ([base, more]) => {
    const merged = values(mergeConfigs([base, more]));
    expect([...merged].sort()).toEqual([...new Map([...values(base), ...values(more)])].sort());
  });

  property('gives the same at once and one by one', fc.tuple(fragment, fragment, fragment), ([a, b, c]) => {
    expect(mergeConfigs([mergeConfigs([a, b]), c])).toBe(mergeConfigs([a, b, c]));
    expect(values(mergeConfigs([a, mergeConfigs([b, c])]))).toEqual(values(mergeConfigs([a, b, c])));
  });

  property('a second time changes no value', fc.tuple(fragment, fragment), ([base, more]) => {
    const once = mergeConfigs([base, more]);
    expect([...values(mergeConfigs([once, more]))].sort()).toEqual([...values(once)].sort());
  });
});
