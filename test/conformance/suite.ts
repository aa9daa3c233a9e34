/** Holds the engine against the kernel's own conf, kind by kind; every difference is a failure. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '../../src/checks/index.ts';
import { parseConfigText } from '../../src/config/document.ts';
import {
  type AllMode,
  allConfig,
  asOneLine,
  compileKconfig,
  type Dialect,
  decodeModel,
  defConfig,
  dialectOfTools,
  findLosses,
  type KconfigModel,
  type KconfigProblem,
  listNew,
  loadConfig,
  type ModelFile,
  mergeConfigs,
  propose,
  symbolNamed,
  type Wanted,
  writeConfig,
  writeDefconfig,
} from '../../src/kconfig/index.ts';
import { EntryFlag } from '../../src/kconfig/model.ts';
import { SymbolFlag } from '../../src/kconfig/symbol.ts';
import { lint, planFor } from '../../src/lint.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import type { Library } from '../../src/profiles/profile.ts';
import { kbuildEnvironment, kernelArch, releaseOfTree } from '../../src/project/kernel.ts';
import { viewKernel } from '../../src/project/kernel-view.ts';
import { buildConf, runConf } from './conf.ts';
import { fixCaseOf, generateFixCase, judgeFix } from './fixes.ts';
import { createRandom, type GeneratedCase } from './generate.ts';
import { confOnSmall, engineOnSmall, kconfigOf, type SmallCase, smallCase } from './small.ts';

export interface Row {
  readonly tree: string;
  readonly arch: string;
  readonly kind: string;
  count: number;
  equal: number;
  /** The first differences, in words. */
  readonly differences: string[];
}

export interface Job {
  readonly series: string;
  readonly arch: string;
  readonly part: 'tree' | 'small' | 'own-tests' | 'fixes' | 'findings';
  /** For `small`: which seeds. */
  readonly from?: number;
  readonly to?: number;
}

export interface Setting {
  /** The unpacked tree. */
  readonly tree: string;
  /** A folder for what is built and recorded. */
  readonly cache: string;
  readonly shim: string;
  readonly models: string;
  /** What a model made of this tree names as its source. */
  readonly source: string;
  /** Configs of Debian and of the corpus, by name. */
  readonly configs: readonly { readonly name: string; readonly path: string }[];
  readonly full: boolean;
}

/** Runs one job and gives its rows. */
export function runJob(job: Job, setting: Setting): Row[] {
  const scratch = mkdtempSync(join(tmpdir(), 'kconfig-lint-conformance-'));
  try {
    const conf = buildConf(setting.tree, join(setting.cache, `conf-${job.series}`), setting.shim);
    if (job.part === 'small') return smallCases(job, setting, conf, scratch);
    if (job.part === 'own-tests') return ownTests(job, setting, conf, scratch);
    if (job.part === 'findings') return findingCases(job, setting, conf, scratch);
    const rows = job.part === 'fixes' ? fixCases(job, setting) : treeCases(job, setting, conf, scratch);
    if (found.asked > 0)
      console.error(`${job.series} ${job.arch}: ${found.solved} of ${found.asked} random wishes hold, with fixes`);
    return rows;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function dialectOf(tree: string): Dialect {
  return dialectOfTools((name) => readOr(join(tree, 'scripts/kconfig', name))) as Dialect;
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function createTable(tree: string, arch: string) {
  const rows = new Map<string, Row>();
  return {
    rows: () => [...rows.values()],
    /** A kind that could not be compared; it stands in the table with nothing compared. */
    skip: (kind: string) => void rows.set(kind, { tree, arch, kind, count: 0, equal: 0, differences: [] }),
    compare(kind: string, name: string, theirs: string | undefined, ours: string): void {
      let row = rows.get(kind);
      if (row === undefined) {
        row = { tree, arch, kind, count: 0, equal: 0, differences: [] };
        rows.set(kind, row);
      }
      row.count++;
      if (theirs === latin1(ours)) row.equal++;
      else if (row.differences.length < 5)
        row.differences.push(`${name}: ${firstDifference(theirs ?? 'nothing written', latin1(ours))}`);
    },
  };
}

function firstDifference(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  return `line ${at + 1}: conf has ${JSON.stringify(a[at])}, we have ${JSON.stringify(b[at])}`;
}

/** Answers of this machine's shell to what a tree asks, kept for later runs. */
function recordAnswers(path: string, tree: string, environment: Record<string, string>) {
  const known = new Map<string, string>();
  if (existsSync(path)) {
    const parts = readFileSync(path, 'utf8').split('\0');
    for (let i = 0; i + 1 < parts.length; i += 2) known.set(parts[i] as string, parts[i + 1] as string);
  }
  return {
    answer: (command: string): string => {
      let output = known.get(command);
      if (output === undefined) {
        const env = { ...process.env, ...environment };
        output = spawnSync('/bin/sh', ['-c', command], {
          cwd: tree,
          env,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }).stdout;
        known.set(command, output);
      }
      return asOneLine(output);
    },
    save: () => writeFileSync(path, [...known].map(([command, output]) => `${command}\0${output}\0`).join('')),
  };
}

function openTree({ tree }: Setting, arch: string) {
  const kernelTree = createKernelHost('').openTree(tree);
  if ('error' in kernelTree) throw new Error(`${tree}: ${kernelTree.detail}`);
  const environment = {
    ...kbuildEnvironment(releaseOfTree(kernelTree), kernelArch(arch) as { name: string; folder: string }, {}),
    CC_VERSION_TEXT: 'gcc (Debian 12.2.0-14) 12.2.0',
    RUSTC_VERSION_TEXT: '',
    PAHOLE_VERSION: '0',
  } as Record<string, string>;
  return { kernelTree, environment };
}

function fixCases({ series, arch }: Job, setting: Setting): Row[] {
  const table = createTable(series, arch);
  const shipped = openShipped(series, arch, setting, table, openTree(setting, arch).environment);
  if (shipped !== undefined) {
    fixes(shipped.file, setting, shipped.run, table);
    rmSync(shipped.scratch, { recursive: true, force: true });
  }
  return table.rows();
}

/** The tree compiled with the answers of this machine's toolchain, and conf told the same. */
function openCompiled(series: string, arch: string, setting: Setting, conf: string, scratch: string) {
  const { tree } = setting;
  const { kernelTree, environment } = openTree(setting, arch);
  const answersPath = join(setting.cache, `answers-${series}-${arch}`);
  const recorder = recordAnswers(answersPath, tree, environment);
  const { model, problems } = compileKconfig({
    path: 'Kconfig',
    read: kernelTree.read,
    dialect: dialectOf(tree),
    answer: ({ text }) => recorder.answer(text),
    environment: (name) => environment[name],
    release: '',
    arch,
  });
  recorder.save();
  if (model === undefined)
    throw new Error(`${series} ${arch}: ${problems.find(({ severity }) => severity === 'error')?.message}`);
  const run = (args: readonly string[], input?: string) =>
    runConf(conf, tree, scratch, args, { ...environment, ANSWERS: answersPath }, input);
  return { model, environment, run };
}

/** What is said of every real config, against what conf keeps of it and warns of. */
function findingCases({ series, arch }: Job, setting: Setting, conf: string, scratch: string): Row[] {
  const { tree } = setting;
  const table = createTable(series, arch);
  const { model, run } = openCompiled(series, arch, setting, conf, scratch);
  const warns = /WARN_UNKNOWN_SYMBOLS/.test(readOr(join(tree, 'scripts/kconfig/confdata.c')) ?? '');
  for (const { name, path } of setting.configs) {
    const text = readFileSync(path, 'utf8');
    const wanted = wantedOf(text);
    const ours = findLosses(loadConfig(model, [], text).evaluation, wanted).map(({ symbol }) => symbol);
    table.compare(
      'settings lost, as conf shows',
      name,
      lostBy(run(['--olddefconfig'], text).config ?? '', wanted),
      ours.sort().join(' '),
    );
    const said = findingsOn(text, path, model);
    const warned = run(['--olddefconfig'], text);
    const missing = lostBy(warned.config ?? '', wanted)
      .split(' ')
      .filter((symbol) => symbol !== '' && !said.unknown.includes(symbol));
    table.compare('findings of check, as conf shows', name, missing.join(' '), said.lost.join(' '));
    if (!warns) continue;
    const theirs = [...warned.stderr.matchAll(/unknown symbol: (\S+)/g)].map(([, symbol]) => symbol as string);
    table.compare(
      'unknown symbols, as conf warns',
      name,
      [...new Set(theirs)].sort().join(' '),
      // Of symbols that the tree names in conditions without defining them conf drops the lines, but does not warn.
      said.unknown.filter((symbol) => symbolNamed(model, symbol) === undefined).join(' '),
    );
  }
  return table.rows();
}

function treeCases({ series, arch }: Job, setting: Setting, conf: string, scratch: string): Row[] {
  const { tree, full } = setting;
  const table = createTable(series, arch);
  const { model, environment, run } = openCompiled(series, arch, setting, conf, scratch);
  const probe = run(['--alldefconfig']);
  table.compare('asks the shell the same', arch, /^UNANSWERED.*/m.exec(probe.stderr)?.[0] ?? '', '');
  for (const mode of ['allno', 'allyes', 'allmod', 'alldef'] as const) {
    table.compare(
      `${mode}config`,
      mode,
      run([`--${mode}config`]).config,
      writeConfig(allConfig(model, [], mode).evaluation, []),
    );
  }
  const everyMode = (kind: string, name: string, text: string): void => {
    const old = run(['--olddefconfig'], text);
    table.compare(kind, name, old.config, writeConfig(loadConfig(model, [], text).evaluation, []));
    const fresh = run(['--listnewconfig'], text);
    table.compare('listnewconfig', name, fresh.stdout, listNew(loadConfig(model, [], text).evaluation));
    const saved = join(scratch, 'defconfig');
    run([`--savedefconfig=${saved}`], text);
    table.compare(
      'savedefconfig',
      name,
      readFileSync(saved, 'latin1'),
      writeDefconfig(loadConfig(model, [], text).evaluation),
    );
  };

  const folder = join(tree, 'arch', environment['SRCARCH'] as string, 'configs');
  const all = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('defconfig'))
        .sort()
    : [];
  const step = full ? 1 : Math.max(1, Math.floor(all.length / 2));
  for (const name of all.filter((_, i) => i % step === 0)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const path = join(folder, name);
    table.compare(
      'defconfig',
      name,
      run([`--defconfig=${path}`]).config,
      writeConfig(defConfig(model, [], text).evaluation, []),
    );
    everyMode('olddefconfig on a defconfig', name, text);
  }
  mergedFragments(setting, model, run, table, folder, all);
  for (const { name, path } of setting.configs) {
    const text = readFileSync(path, 'utf8');
    everyMode('olddefconfig on a real config', name, text);
  }
  const random = full ? (arch === 'x86_64' ? 300 : 60) : 6;
  for (let seed = 0; seed < random; seed++)
    everyMode('olddefconfig on a random config', `seed ${seed}`, randomConfig(model, seed));
  shippedModel(series, arch, setting, table, environment);
  return table.rows();
}

type Table = ReturnType<typeof createTable>;
type Run = (args: readonly string[], input?: string) => ReturnType<typeof runConf>;

/** kernel/configs/*.config on the first defconfig, merged by the tree's own script. */
function mergedFragments(
  { tree, full }: Setting,
  model: KconfigModel,
  run: Run,
  table: Table,
  folder: string,
  defconfigs: readonly string[],
): void {
  const base = defconfigs.find((name) => /^(?:x86_64_|multi_v7_|ppc64_)?defconfig$/.test(name)) ?? defconfigs[0];
  const place = join(tree, 'kernel/configs');
  if (base === undefined || !existsSync(place)) return;
  const fragments = readdirSync(place)
    .filter((name) => name.endsWith('.config'))
    .sort();
  const scratch = mkdtempSync(join(tmpdir(), 'kconfig-lint-merge-'));
  for (const name of full ? fragments : fragments.slice(0, 3)) {
    const script = join(tree, 'scripts/kconfig/merge_config.sh');
    const paths = [join(folder, base), join(place, name)];
    execFileSync('sh', [script, '-m', '-O', scratch, ...paths], { cwd: scratch, stdio: 'ignore' });
    const theirs = run(['--olddefconfig'], readFileSync(join(scratch, '.config'), 'latin1')).config;
    const merged = mergeConfigs(paths.map((path) => readFileSync(path, 'utf8')));
    table.compare(
      'merge_config.sh, then olddefconfig',
      name,
      theirs,
      writeConfig(loadConfig(model, [], merged).evaluation, []),
    );
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** What a config asks for, read plainly: the last line on a symbol counts. */
function wantedOf(config: string): Wanted[] {
  const last = new Map<string, string>();
  for (const [, off, symbol, value] of config.matchAll(/^(?:# CONFIG_(\w+) is not set|CONFIG_(\w+)=(.*))$/gm)) {
    last.set(
      off ?? (symbol as string),
      off === undefined ? (value as string).replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1') : 'n',
    );
  }
  return [...last].map(([symbol, value]) => ({ symbol, value }));
}

/** Symbols whose lines in conf's output are not what was asked for; one that is off need not have a line. */
function lostBy(output: string, wanted: readonly Wanted[]): string {
  const came = new Map(
    wantedOf(Buffer.from(output, 'latin1').toString('utf8')).map(({ symbol, value }) => [symbol, value]),
  );
  return wanted
    .filter(({ symbol, value }) => (came.get(symbol) ?? 'n') !== value)
    .map(({ symbol }) => symbol)
    .sort()
    .join(' ');
}

const kconfigRules = new Set([
  'changed-by-kconfig',
  'choice-conflict',
  'hidden-symbol',
  'selected-symbol',
  'unmet-dependency',
  'wrong-value',
]);

/** The symbols of which the findings of `check` say that the kernel lacks them, or does not keep them as they stand. */
function findingsOn(text: string, path: string, model: KconfigModel): { unknown: string[]; lost: string[] } {
  const document = parseConfigText(text, path);
  const kernel = viewKernel({
    document,
    models: [{ model, configs: {}, toolchains: {}, source: '' }],
    base: { kind: 'none' },
    target: {},
    isExtra: () => false,
    findRedundant: false,
    index: () => '',
    plan: planFor(),
    library: noRules,
  });
  const { findings } = lint({ document, checks, library: noRules, kernel });
  const symbolsOf = (isOne: (rule: string) => boolean): string[] => {
    const found = findings.filter(({ rule }) => isOne(rule.id));
    const named = found.flatMap(({ symbol = '', rule, related }) =>
      rule.id === 'unknown-symbol'
        ? [symbol, ...related.map(({ message }) => /^CONFIG_(\w+)/.exec(message)?.[1] ?? '')]
        : [symbol],
    );
    return [...new Set(named)].sort();
  };
  return { unknown: symbolsOf((rule) => rule === 'unknown-symbol'), lost: symbolsOf((rule) => kconfigRules.has(rule)) };
}

const noRules: Library = { profiles: new Map(), symbols: new Map(), textOf: () => ({ reason: '', references: [] }) };

/** A config that names random symbols with random values. */
function randomConfig({ symbols }: KconfigModel, seed: number): string {
  const random = createRandom(seed);
  const density = random();
  const lines: string[] = [];
  for (let i = 3; i < symbols.count; i++) {
    const [name, type] = [symbols.names[i], symbols.types[i] as number];
    const named = ((symbols.flags[i] as number) & (SymbolFlag.constant | SymbolFlag.choice)) === 0;
    if (type === 0 || !named || random() > density) continue;
    const x = random();
    if (type === 1) lines.push(x < 0.6 ? `CONFIG_${name}=y` : `# CONFIG_${name} is not set`);
    else if (type === 2)
      lines.push(x < 0.4 ? `CONFIG_${name}=y` : x < 0.75 ? `CONFIG_${name}=m` : `# CONFIG_${name} is not set`);
    else if (type === 3) lines.push(`CONFIG_${name}=${Math.floor(10 ** (x * 7))}`);
    else if (type === 4) lines.push(`CONFIG_${name}=0x${Math.floor(16 ** (x * 9)).toString(16)}`);
    else lines.push(`CONFIG_${name}="r${Math.floor(x * 9)}"`);
  }
  for (let i = lines.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    if (random() < 0.3) [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
  }
  return `${lines.join('\n')}\n`;
}

interface Shipped {
  readonly file: ModelFile;
  readonly answers: readonly string[];
  readonly run: Run;
  readonly scratch: string;
}

/** The model that ships, with the answers of the toolchain that it knows, and conf told the same; undefined where none was made of this tree. */
function openShipped(
  series: string,
  arch: string,
  setting: Setting,
  table: Table,
  environment: Record<string, string>,
): Shipped | undefined {
  const read = createKernelHost(setting.models).readShippedModel(`${series}-${arch}`);
  if ('error' in read) return undefined;
  const file = decodeModel(read);
  const { model, toolchains, source } = file;
  if (source !== setting.source) {
    table.skip(`shipped model: it was made of ${source}, this is ${setting.source}`);
    return undefined;
  }
  const answers = (toolchains['gcc-12'] ?? []).map((each) => each ?? '');
  const told = join(setting.cache, `model-answers-${series}-${arch}`);
  const variables = { ...environment };
  let text = '';
  const filled: string[] = [];
  for (const [i, question] of model.questions.entries()) {
    const command = question.text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => answers[Number(index)] as string);
    filled.push(command);
    if (question.kind === 'shell') text += `${command}\0${answers[i]}\0`;
    else variables[question.text] = answers[i] as string;
  }
  writeFileSync(told, text);
  const conf = buildConf(setting.tree, join(setting.cache, `conf-${series}`), setting.shim);
  const scratch = mkdtempSync(join(tmpdir(), 'kconfig-lint-model-'));
  const run = (args: readonly string[], input?: string) =>
    runConf(conf, setting.tree, scratch, args, { ...variables, ANSWERS: told }, input);
  return { file, answers, run, scratch };
}

function shippedModel(
  series: string,
  arch: string,
  setting: Setting,
  table: Table,
  environment: Record<string, string>,
): void {
  const shipped = openShipped(series, arch, setting, table, environment);
  if (shipped === undefined) return;
  const { file, answers, run: runModel, scratch } = shipped;
  const { model, configs } = file;
  for (const mode of ['allno', 'allyes', 'allmod'] as readonly AllMode[]) {
    const theirs = runModel([`--${mode}config`]);
    table.compare(
      'shipped model',
      mode,
      /^UNANSWERED.*/m.exec(theirs.stderr)?.[0] ?? theirs.config,
      writeConfig(allConfig(model, answers, mode).evaluation, answers),
    );
  }
  const names = Object.keys(configs).filter((name) => name.endsWith('defconfig'));
  for (const name of names.slice(0, setting.full ? 12 : 2)) {
    const theirs = runModel(['--olddefconfig'], configs[name] as string).config;
    table.compare(
      'shipped model',
      name,
      theirs,
      writeConfig(loadConfig(model, answers, configs[name] as string).evaluation, answers),
    );
  }
  for (let seed = 1000; seed < (setting.full ? 1020 : 1003); seed++) {
    const config = randomConfig(model, seed);
    const theirs = runModel(['--olddefconfig'], config).config;
    table.compare(
      'shipped model',
      `seed ${seed}`,
      theirs,
      writeConfig(loadConfig(model, answers, config).evaluation, answers),
    );
  }
  proposals(model, answers, configs['defconfig'] ?? '', setting.full ? 32 : 6, runModel, table);
  rmSync(scratch, { recursive: true, force: true });
}

/** Generated problems and the recipe of the fixtures: what fixes promise must hold by conf, and cost nothing that they do not name. */
function fixes(file: ModelFile, setting: Setting, run: Run, table: Table): void {
  const config = (text: string): string => run(['--olddefconfig'], text).config ?? '';
  const defconfig = config(file.configs['defconfig'] ?? '');
  const recipe = readFileSync(join(setting.models, '../fixtures/fragments/krata-zone.config'), 'utf8');
  for (const [name, base] of [
    ['none', ''],
    ['defconfig', defconfig],
  ] as const) {
    const { faults } = judgeFix(fixCaseOf(recipe, file, 'gcc-12', base), config);
    table.compare("krata's recipe fixed, as conf keeps it", name, faults.join('; '), '');
  }
  for (let seed = 0; seed < (setting.full ? 40 : 4); seed++) {
    const { faults, fixed, open } = judgeFix(generateFixCase(seed, file, 'gcc-12', defconfig), config);
    table.compare('generated problems, fixes by conf', `seed ${seed}`, faults.join('; '), '');
    found.fixed += fixed;
    found.open += open;
  }
}

/** Random wishes on the defconfig: what is proposed for them must hold by conf, and cost none of the other wishes. */
function proposals(
  model: KconfigModel,
  answers: readonly string[],
  base: string,
  count: number,
  run: Run,
  table: Table,
): void {
  const { symbols, prompts } = model;
  const settable: number[] = [];
  for (let i = 3; i < symbols.count; i++) {
    if ((prompts.starts[i] as number) < (prompts.starts[i + 1] as number) && (symbols.types[i] as number) <= 2)
      settable.push(i);
  }
  for (let seed = 0; seed < count; seed++) {
    const random = createRandom(5000 + seed);
    const wanted: Wanted[] = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      const symbol = settable[Math.floor(random() * settable.length)] as number;
      return { symbol: symbols.names[symbol] as string, value: random() < 0.85 ? 'y' : 'n' };
    });
    const unique = [...new Map(wanted.map((each) => [each.symbol, each])).values()];
    const asLines = (values: Iterable<readonly [string, string]>): string =>
      [...values]
        .map(([symbol, value]) => (value === 'n' ? `# CONFIG_${symbol} is not set\n` : `CONFIG_${symbol}=${value}\n`))
        .join('');
    const wishes = asLines(unique.map(({ symbol, value }) => [symbol, value] as const));
    const merged = (additions: ReadonlyMap<string, string>): string => mergeConfigs([base, wishes, asLines(additions)]);
    const { additions, unsolved } = propose((more) => loadConfig(model, answers, merged(more)).evaluation, unique);
    const theirs = run(['--olddefconfig'], merged(additions)).config ?? '';
    const lines = new Set(theirs.split('\n'));
    const open = new Set(unsolved.map(({ symbol }) => symbol));
    const broken = unique.filter(({ symbol, value }) =>
      value === 'n'
        ? lines.has(`CONFIG_${symbol}=y`) || lines.has(`CONFIG_${symbol}=m`)
        : !lines.has(`CONFIG_${symbol}=${value}`),
    );
    const wrong = broken.filter(({ symbol }) => !open.has(symbol)).map(({ symbol }) => symbol);
    const pessimistic = [...open].filter((symbol) => !broken.some((each) => each.symbol === symbol));
    table.compare('proposed fixes hold by conf', `seed ${seed}`, [...wrong, ...pessimistic].join(' '), '');
    const solvable = unique.length - open.size;
    found.solved += solvable;
    found.asked += unique.length;
  }
}

/** How many random wishes could be granted, for the log. */
const found = { solved: 0, asked: 0, fixed: 0, open: 0 };

function smallCases({ series, arch, from = 0, to = 0 }: Job, setting: Setting, conf: string, scratch: string): Row[] {
  const table = createTable(series, arch);
  const dialect = dialectOf(setting.tree);
  const classic = dialect.choices === 'classic';
  const batchSize = 200;
  for (let seed = from; seed < to; seed += batchSize) {
    const batch: SmallCase[] = [];
    for (let i = seed; i < Math.min(to, seed + batchSize); i++) {
      batch.push(smallCase(i, classic));
    }
    const theirs = confOnSmall(batch, dialect, conf, scratch);
    for (const [i, small] of batch.entries()) {
      const ours = engineOnSmall(small, dialect);
      if (theirs[i] === ours) table.compare('random small trees', '', ours, ours);
      else {
        const least = shrink(small, dialect, conf, scratch);
        const [t = ''] = confOnSmall([least], dialect, conf, scratch);
        const words = `${least.mode}\n${kconfigOf(least.made, dialect)}\n--- config\n${least.made.config.join('\n')}\n--- conf\n${t}\n--- ours\n${engineOnSmall(least, dialect)}`;
        table.compare('random small trees', `seed ${least.made.seed}: ${words}`, t, engineOnSmall(least, dialect));
      }
    }
  }
  return table.rows();
}

/** The smallest case that still differs: statements, lines and settings are left out as long as it does. */
function shrink(small: SmallCase, dialect: Dialect, conf: string, scratch: string): SmallCase {
  let least = small;
  for (;;) {
    const { blocks, config } = least.made;
    const smaller: GeneratedCase[] = [
      ...blocks.map((_, i) => ({ ...least.made, blocks: blocks.filter((__, j) => j !== i) })),
      ...blocks.flatMap((block, i) => {
        const lines = block.split('\n');
        return lines.slice(1).map((_, k) => {
          const fewer = lines.filter((__, j) => j !== k + 1).join('\n');
          return { ...least.made, blocks: blocks.map((each, j) => (j === i ? fewer : each)) };
        });
      }),
      ...config.map((_, i) => ({ ...least.made, config: config.filter((__, j) => j !== i) })),
    ];
    const cases = smaller.map((made) => ({ made, mode: least.mode }));
    const theirs = confOnSmall(cases, dialect, conf, scratch);
    const better = cases.find((each, i) => theirs[i] !== 'refused' && theirs[i] !== engineOnSmall(each, dialect));
    if (better === undefined) return least;
    least = better;
  }
}

/** What conf said on standard error, as kinds and places. */
const said: readonly (readonly [RegExp, string])[] = [
  [/recursive dependency detected/, 'recursive-dependency'],
  [/Recursive inclusion detected/, 'recursive-inclusion'],
  [/repeated inclusion of/, 'repeated-inclusion'],
  [/transitional symbols can only/, 'transitional-with-properties'],
  [/Recursive variable/, 'recursive-macro'],
];

function ownTests({ series, arch }: Job, setting: Setting, conf: string, scratch: string): Row[] {
  const table = createTable(series, arch);
  const dialect = dialectOf(setting.tree);
  const root = join(setting.tree, 'scripts/kconfig/tests');
  const cases = [
    ...readdirSync(root).map((name) => join(root, name)),
    ...readdirSync(join(root, 'preprocess')).map((name) => join(root, 'preprocess', name)),
  ].filter((folder) => existsSync(join(folder, 'Kconfig')));
  for (const folder of cases) {
    const name = folder.slice(root.length + 1);
    const { model, problems } = compileKconfig({
      path: 'Kconfig',
      read: (path) => readOr(join(folder, path)),
      dialect,
      answer: ({ text }) => asOneLine(spawnSync('sh', ['-c', text], { encoding: 'utf8' }).stdout),
      environment: (variable) => process.env[variable],
      release: '',
      arch: '',
    });
    const run = (args: readonly string[], input?: string) =>
      runConf(conf, folder, scratch, args, { srctree: folder, ANSWERS: shellAnswers(folder, scratch) }, input);
    const first = run(['--alldefconfig']);
    table.compare('same errors by kind', name, kindsSaidBy(first.stderr), kindsFoundBy(problems));
    table.compare(
      'same messages of macros',
      name,
      messagesOf(`${first.stdout}\n${first.stderr}`),
      messagesFoundBy(problems),
    );
    if (model === undefined || first.status !== 0) {
      table.compare('refused by both', name, String(first.status !== 0), String(model === undefined));
      continue;
    }
    for (const mode of ['allno', 'allyes', 'allmod', 'alldef'] as const) {
      table.compare(
        'same config',
        `${name} ${mode}`,
        run([`--${mode}config`]).config,
        writeConfig(allConfig(model, [], mode).evaluation, []),
      );
    }
    const inputs = readdirSync(folder).filter((file) => /config\d*$/i.test(file) && file !== 'Kconfig');
    for (const input of inputs) {
      const text = readFileSync(join(folder, input), 'utf8');
      table.compare(
        'same config',
        `${name} ${input}`,
        run(['--olddefconfig'], text).config,
        writeConfig(loadConfig(model, [], text).evaluation, []),
      );
      table.compare(
        'same config',
        `${name} ${input} defconfig`,
        run([`--defconfig=${join(folder, input)}`]).config,
        writeConfig(defConfig(model, [], text).evaluation, []),
      );
      table.compare(
        'same new symbols',
        `${name} ${input}`,
        run(['--listnewconfig'], text).stdout,
        listNew(loadConfig(model, [], text).evaluation),
      );
      const saved = join(scratch, 'saved');
      run([`--savedefconfig=${saved}`], text);
      table.compare(
        'same defconfig',
        `${name} ${input}`,
        readFileSync(saved, 'latin1'),
        writeDefconfig(loadConfig(model, [], text).evaluation),
      );
    }
    table.compare('same menu nesting', name, nestingSaid(run(['--oldaskconfig']).stdout), nestingOf(model));
  }
  return table.rows();
}

/** The tests ask the shell little enough to be asked again each time. */
function shellAnswers(folder: string, scratch: string): string {
  const path = join(scratch, 'answers');
  const commands = [
    ...(readOr(join(folder, 'Kconfig')) ?? '').matchAll(/\$\(shell,([^$()]*(?:\([^()]*\))?[^$()]*)\)/g),
  ].map(([, command]) => command as string);
  writeFileSync(
    path,
    commands
      .map((command) => `${command}\0${spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout}\0`)
      .join(''),
  );
  return path;
}

function kindsSaidBy(stderr: string): string {
  const kinds = said.flatMap(([words, kind]) => (words.test(stderr) ? [kind] : []));
  return kinds.sort().join(' ');
}

function kindsFoundBy(problems: readonly KconfigProblem[]): string {
  const kinds = new Set<string>(problems.map(({ code }) => code));
  return said
    .flatMap(([, kind]) => (kinds.has(kind) ? [kind] : []))
    .sort()
    .join(' ');
}

/** Lines that macros print: `Kconfig:8: hello`, in order. */
function messagesOf(output: string): string {
  return output
    .split('\n')
    .filter((line) => /^Kconfig:\d+: (?!error|warning|\t)/.test(line) && !said.some(([words]) => words.test(line)))
    .filter((line) => !/symbol \S+ (?:depends|is |default|prompt)/.test(line))
    .map((line) => line.replace(/^Kconfig:\d+: /, ''))
    .join('\n');
}

function messagesFoundBy(problems: readonly KconfigProblem[]): string {
  return problems
    .filter(({ code }) => code === 'warning-if')
    .map(({ message }) => message)
    .join('\n');
}

/** Symbols that conf asks for, each with how far in it stands. */
function nestingSaid(stdout: string): string {
  return [...stdout.matchAll(/^( *)[^\n(]*\(([A-Za-z0-9_]+)\) \[/gm)]
    .map(([, blanks, symbol]) => `${(blanks as string).length / 2} ${symbol}`)
    .join('\n');
}

/** The same from the model, for symbols that an empty config shows and that stand in no choice. */
function nestingOf(model: KconfigModel): string {
  const { evaluation } = loadConfig(model, [], '');
  const { entries, symbols } = model;
  const lines: string[] = [];
  const inner: number[] = [];
  for (let entry = 1; entry < entries.count; ) {
    while (inner.length > 0 && entry >= (inner.at(-1) as number)) inner.pop();
    const symbol = entries.symbols[entry] as number;
    const isChoice = ((entries.flags[entry] as number) & EntryFlag.choice) !== 0;
    // The members of a classic choice that is m are asked for one by one.
    if (!evaluation.isEntryVisible(entry) || (isChoice && evaluation.tristateOf(symbol) !== 1)) {
      entry = entries.ends[entry] as number;
      continue;
    }
    if (isChoice) inner.push(entries.ends[entry] as number);
    else if (symbol >= 0) {
      lines.push(`${inner.length} ${symbols.names[symbol]}`);
      inner.push(entries.ends[entry] as number);
    }
    entry++;
  }
  return lines.join('\n');
}
