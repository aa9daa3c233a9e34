/** Libraries of rules: the built-in one from its YAML, and small ones made up on the spot. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/checks/index.ts';
import { type ConfigDocument, type ParseOptions, parseConfigText } from '../../src/config/document.ts';
import type { Report } from '../../src/finding.ts';
import type { Base } from '../../src/kconfig/index.ts';
import { lint, planFor } from '../../src/lint.ts';
import { closeDraft, emptyDraft, linkFaults, loadProfile, loadSymbols } from '../../src/profiles/load.ts';
import { type ChosenProfile, chooseProfile, type Library } from '../../src/profiles/profile.ts';
import type { YamlFault } from '../../src/profiles/yaml.ts';
import { type View, viewKernel } from '../../src/project/kernel-view.ts';
import { createSource } from '../../src/source.ts';
import type { BootFact, Target } from '../../src/target.ts';
import { root } from './corpus.ts';
import { model } from './kconfig.ts';

/** Loads profiles by id and files of symbol facts, and gives every fault. */
export function load(
  profiles: Readonly<Record<string, string>>,
  symbols: Readonly<Record<string, string>> = {},
): { library: Library; faults: YamlFault[] } {
  const draft = emptyDraft();
  const faults: YamlFault[] = [];
  for (const [name, text] of Object.entries(symbols))
    faults.push(...loadSymbols(draft, createSource(`${name}.yaml`, text)));
  const sources = Object.entries(profiles).map(([id, text]) => [id, createSource(`${id}.yaml`, text)] as const);
  for (const [id, source] of sources) faults.push(...loadProfile(draft, id, source));
  if (faults.length === 0) for (const [id, source] of sources) faults.push(...linkFaults(draft, id, source));
  return { library: closeDraft(draft), faults };
}

function yamlIn(folder: string): Record<string, string> {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(
    names.map((name) => [name.replace(/\.yaml$/, ''), readFileSync(join(root, folder, name), 'utf8')]),
  );
}

let loaded: ReturnType<typeof load> | undefined;
const loadBuiltIn = () => {
  loaded ??= load(yamlIn('rules'), yamlIn('rules/symbols'));
  return loaded;
};

/** What the rules of this repository make; read when a test first asks. */
export const builtIn: ReturnType<typeof load> = {
  get library() {
    return loadBuiltIn().library;
  },
  get faults() {
    return loadBuiltIn().faults;
  },
};

/** A profile with the given rows; reasons and references are filled in. */
export function profileText(rows: Readonly<Record<string, string>>, head = ''): string {
  let text = `title: T\ndescription: D.\n${head}requirements:\n`;
  for (const [name, body] of Object.entries(rows)) {
    text += `  ${name}:\n    reason: Because ${name}.\n    references: [https://example.org/${name}]\n`;
    text += body
      .split('\n')
      .map((line) => `    ${line}\n`)
      .join('');
  }
  return text;
}

export function choose(library: Library, ...names: readonly string[]): ChosenProfile[] {
  return names.map((name) => {
    const choice = chooseProfile(library, name);
    if (!('profile' in choice)) throw new Error(choice.message);
    return choice;
  });
}

export interface Case extends ParseOptions {
  readonly target?: Target;
  readonly boot?: readonly BootFact[];
  readonly denied?: readonly BootFact[];
  readonly path?: string;
}

/** Lints text against profiles of a library, without the checks of the file itself. */
export function judgeText(library: Library, names: readonly string[], text: string, options: Case = {}): Report {
  const document = parseConfigText(text, options.path ?? '.config', options);
  return lint({
    document,
    library,
    checks: [],
    profiles: choose(library, ...names),
    boot: new Set(options.boot),
    bootDenied: new Set(options.denied),
    ...(options.target === undefined ? {} : { target: options.target }),
  });
}

/** Lints text with the checks of the file itself only; with a Kconfig as what is merged onto nothing for that kernel. */
export function checkText(text: string, path = '.config', kconfig?: string): Report {
  const document = parseConfigText(text, path);
  const kernel = kconfig === undefined ? undefined : viewOn(document, kconfig, builtIn.library);
  return lint({ document, library: builtIn.library, checks, kernel });
}

/** What a small Kconfig makes of a document on a base; `alone` stands for an unknown one. */
export function viewOn(
  document: ConfigDocument,
  kconfig: string,
  library: Library,
  { base = { kind: 'none' }, profiles = [], index = '' }: ViewCase = {},
): View {
  return viewKernel({
    document,
    models: [{ model: model(kconfig), configs: {}, toolchains: {}, source: 'test' }],
    base: base === 'alone' ? undefined : base,
    target: document.target,
    isExtra: () => false,
    findRedundant: true,
    index: () => index,
    plan: planFor(profiles),
    library,
  });
}

export interface ViewCase {
  readonly base?: Base | 'alone';
  readonly profiles?: readonly ChosenProfile[];
  readonly index?: string;
}

/** The verdict on each row of a profile, by row name. */
export function verdicts(report: Report, profile: ChosenProfile): Map<string, string> {
  const found = new Map(profile.requirements.map(({ id }) => [id, 'met']));
  for (const { rule, sameAs } of report.findings) for (const { id } of [rule, ...sameAs]) found.set(id, 'unmet');
  for (const { rule } of report.unknowns) found.set(rule.id, 'unknown');
  for (const { rule } of report.notApplicable) found.set(rule.id, 'not-applicable');
  return found;
}
