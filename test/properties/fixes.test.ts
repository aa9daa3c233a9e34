/** Properties of fixes: of what the checks offer for a text, and of what the Kconfig engine is asked for. */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { effectiveValues, linesOf, parseConfig, parseConfigText } from '../../src/config/document.ts';
import { applyEdits } from '../../src/config/edits.ts';
import type { Finding } from '../../src/finding.ts';
import { proposeFix } from '../../src/fix/propose.ts';
import { type KconfigModel, loadConfig, writeConfig } from '../../src/kconfig/index.ts';
import { lint, planFor } from '../../src/lint.ts';
import { fixFile } from '../../src/project/fix-file.ts';
import { createSource, type SourceText } from '../../src/source.ts';
import { applyFix } from '../support/edits.ts';
import { compile } from '../support/kconfig.ts';
import { builtIn, choose, load, profileText } from '../support/library.ts';
import { anyText, kconfigCase, regularLines, textOf } from './arbitraries.ts';
import { property } from './property.ts';

const kind = fc.constantFrom('complete' as const, 'fragment' as const);
/** The file with these bytes, as a run reads it: UTF-8 where it is that. */
const fileOf = (bytes: string): SourceText => {
  const raw = Buffer.from(bytes, 'latin1');
  const text = raw.toString('utf8');
  return Buffer.from(text).equals(raw)
    ? createSource('.config', text, 'utf-8')
    : createSource('.config', bytes, 'latin1');
};
const bytesOf = (text: string, { encoding }: SourceText): string =>
  encoding === 'utf-8' ? Buffer.from(text).toString('latin1') : text;
const findingsIn = (bytes: string, as: 'complete' | 'fragment'): readonly Finding[] => {
  const document = parseConfig(fileOf(bytes), { kind: as });
  return checks.flatMap((check) => check.find({ document, target: document.target }));
};
const fixed = (bytes: string, as: 'complete' | 'fragment') => {
  const document = parseConfig(fileOf(bytes), { kind: as });
  const { text, repairs } = fixFile(document, document.target, checks);
  return { text: bytesOf(text, document.source), repairs };
};
const tally = (findings: readonly Finding[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
};

describe('repairs of a text', () => {
  property('done twice are done once', fc.tuple(anyText, kind), ([text, as]) => {
    const once = fixed(text, as).text;
    expect(fixed(once, as).text).toBe(once);
  });

  property('leave nothing that could still be repaired', fc.tuple(anyText, kind), ([text, as]) => {
    expect(findingsIn(fixed(text, as).text, as).filter(({ fix }) => fix !== undefined)).toEqual([]);
  });

  property(
    'are not told where nothing changes, and are where something does',
    fc.tuple(anyText, kind),
    ([text, as]) => {
      const { repairs, text: after } = fixed(text, as);
      expect(repairs.length > 0).toBe(after !== text);
    },
  );

  property('leave a text alone in which nothing is wrong', fc.tuple(regularLines, kind), ([lines, as]) => {
    const text = textOf([...new Map(lines.map((line) => [line.symbol, line])).values()]);
    if (findingsIn(text, as).length === 0) expect(fixed(text, as).text).toBe(text);
  });

  property('leave lines alone of which nothing is said', fc.tuple(anyText, kind), ([text, as]) => {
    const source = fileOf(text);
    const document = parseConfig(source, { kind: as });
    const edits = findingsIn(text, as).flatMap(({ fix }) => fix?.edits ?? []);
    const touched = edits.map(({ location }) => location.span);
    const after = applyEdits(source, edits)
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
    let at = 0;
    for (const { span } of linesOf(document)) {
      const line = source.text.slice(span.start, span.end);
      if (touched.some(({ start, end }) => start <= span.end + 2 && end >= span.start)) continue;
      const found = after.indexOf(line, at);
      expect(found, `the line ${JSON.stringify(line)}`).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
  });

  property('change the values of those symbols only that they speak of', fc.tuple(anyText, kind), ([text, as]) => {
    const spoken = new Set<string>();
    let now = text;
    for (let round = 0; round < 6; round++) {
      const shown = fileOf(now).text;
      for (const { symbol, subjects = [], fix } of findingsIn(now, as)) {
        if (fix === undefined) continue;
        for (const name of [symbol, ...subjects]) if (name !== undefined) spoken.add(name);
        for (const { location, newText } of fix.edits) {
          const old = shown.slice(location.span.start, location.span.end);
          // Each name by itself, also where lines are glued together.
          for (const [, name] of `${lineAt(shown, location.span.start)}\n${old}\n${newText}`.matchAll(
            /CONFIG_((?:(?!CONFIG_)\w)+)/g,
          ))
            spoken.add(name as string);
        }
      }
      now = fixed(now, as).text;
    }
    const before = effectiveValues(parseConfig(fileOf(text)));
    const after = effectiveValues(parseConfig(fileOf(fixed(text, as).text)));
    for (const [name, value] of before) if (!spoken.has(name)) expect(after.get(name), name).toBe(value);
  });

  property('one by one bring no finding of a rule that was not there', fc.tuple(anyText, kind), ([text, as]) => {
    const before = findingsIn(text, as);
    const had = tally(before);
    for (const { fix, rule } of before.slice(0, 4)) {
      if (fix === undefined) continue;
      const source = fileOf(text);
      const mended = bytesOf(applyFix(source.text, fix), source);
      // Bytes that meet may be letters, or what cannot be seen, which were none apart.
      if (fileOf(mended).encoding !== source.encoding) continue;
      const after = tally(findingsIn(mended, as));
      // What was hidden behind the fault may now be seen, but no more of the same.
      expect(after.get(rule.id) ?? 0, `${rule.id} after its own fix`).toBeLessThanOrEqual(had.get(rule.id) ?? 0);
    }
  });
});

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? text.length : end);
}

describe('lines that a requirement advises', () => {
  const profile = choose(builtIn.library, 'kubernetes-node', 'krata-zone');
  const wishes = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('NET', 'XEN', 'PCI', 'IKCONFIG', 'SWAP', 'EXT4_FS', 'USER_NS', 'BLK_DEV_DM'),
      fc.constantFrom('=y', '=m', '=n'),
    ),
    { selector: ([name]) => name },
  );

  property(
    'make it hold',
    wishes,
    (settings) => {
      const text = settings.map(([name, spelled]) => `CONFIG_${name}${spelled}\n`).join('');
      const judge = (of: string) =>
        lint({
          document: parseConfigText(of, '.config', { kind: 'complete' }),
          checks: [],
          profiles: profile,
          library: builtIn.library,
        });
      const { findings } = judge(text);
      const step = Math.max(1, Math.floor(findings.length / 4));
      for (let i = 0; i < findings.length; i += step) {
        const { fix, rule } = findings[i] as Finding;
        if (fix === undefined) continue;
        const left = judge(applyFix(text, fix)).findings.map((finding) => finding.rule.id);
        expect(left, `${rule.id} after "${fix.title}"`).not.toContain(rule.id);
      }
    },
    5,
  );
});

/** Asks the engine to make requirements hold in a tree. */
function proposed(model: KconfigModel, text: string, rows: Readonly<Record<string, string>>) {
  const { library, faults } = load({ p: profileText(rows) });
  expect(faults).toEqual([]);
  const document = parseConfigText(text, 'x.config', { kind: 'complete' });
  const profiles = choose(library, 'p');
  const plan = proposeFix({
    models: [{ model, configs: {}, toolchains: {}, source: '' }],
    base: { kind: 'none' },
    fragments: [],
    document,
    plan: planFor(profiles),
    library,
    severities: new Set(['error']),
    target: {},
  });
  const unmet = (of: string) =>
    lint({
      document: parseConfigText(of, 'x.config', { kind: 'complete' }),
      checks: [],
      profiles,
      library,
    }).findings.map(({ rule }) => rule.id);
  return { plan, unmet };
}

const wanted = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('y', 'n', '[y, m]')), {
  minLength: 1,
  maxLength: 3,
  selector: ([number]) => number,
});
const engineCase = fc.tuple(kconfigCase, wanted).map(([each, rows]) => {
  const { model } = compile(each.tree);
  if (model === undefined) return undefined;
  const text = writeConfig(loadConfig(model, [], each.text).evaluation, []);
  const known = rows.filter(
    ([number]) =>
      each.tree.includes(`config S${number}\n\tbool`) || each.tree.includes(`config S${number}\n\ttristate`),
  );
  return {
    model,
    text,
    rows: Object.fromEntries(known.map(([number, value]) => [`S${number}`, `require: { S${number}: ${value} }`])),
  };
});

describe('fixes by the Kconfig engine', () => {
  property(
    'do what they say: what they settle holds in what the kernel makes of them, and nothing that held fails',
    engineCase,
    (each) => {
      if (each === undefined || Object.keys(each.rows).length === 0) return;
      const { plan, unmet } = proposed(each.model, each.text, each.rows);
      const resolved = writeConfig(loadConfig(each.model, [], plan.text).evaluation, []);
      const [before, after] = [unmet(each.text), unmet(resolved)];
      for (const rule of plan.fixed) expect(after).not.toContain(rule);
      for (const rule of after) expect(before).toContain(rule);
    },
    4,
  );

  property(
    'are all made at once: a second fix finds no more to do',
    engineCase,
    (each) => {
      if (each === undefined || Object.keys(each.rows).length === 0) return;
      const once = proposed(each.model, each.text, each.rows).plan;
      if (once.unfixed.length > 0) return;
      const twice = proposed(each.model, once.text, each.rows).plan;
      expect(twice.text).toBe(once.text);
      expect(twice.changes).toEqual([]);
    },
    4,
  );

  property(
    'are not made where all holds',
    engineCase,
    (each) => {
      if (each === undefined || Object.keys(each.rows).length === 0) return;
      const { plan, unmet } = proposed(each.model, each.text, each.rows);
      if (unmet(each.text).length === 0) expect(plan.text).toBe(each.text);
      if (plan.changes.length === 0) expect(plan.text).toBe(each.text);
    },
    4,
  );
});
