/** The whole command line: help, completion, every command; a plain check run is read by `plain.ts` instead. */
import glob from 'fast-glob';
import yargs, { type Argv } from 'yargs';
import {
  type ArchiveHost,
  Exit,
  type ExitCode,
  type GitHost,
  type Host,
  hostWith,
  type KernelHost,
  type Watcher,
  type Zlib,
} from '../host.ts';
import { createArchiveHost } from '../node-archive-host.ts';
import { createGitHost } from '../node-git-host.ts';
import { nodeZlib } from '../node-zlib.ts';
import { readYamlTrees } from '../profiles/yaml.ts';
import { configsInArchive } from '../project/archive-configs.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import { emptyProject, readProject } from '../project/project-config.ts';
import { findProjectFile } from '../project/project-file.ts';
import { reporters } from '../reporters/index.ts';
import { didYouMean } from '../suggest.ts';
import { openBoot } from './boot.ts';
import { bundleOptions, runBundle } from './commands/bundle.ts';
import { runCapabilities } from './commands/capabilities.ts';
import { runCompare } from './commands/compare.ts';
import { runExplain } from './commands/explain.ts';
import { extractOptions, runExtract } from './commands/extract.ts';
import { fixInGroup, fixWith, runFix, writeFix } from './commands/fix.ts';
import { runFragment } from './commands/fragment.ts';
import { runInit } from './commands/init.ts';
import { lspOptions, runLsp } from './commands/lsp.ts';
import { runMatrix } from './commands/matrix.ts';
import { mergeOptions, runMergeReports } from './commands/merge-reports.ts';
import { runModel } from './commands/model.ts';
import { printConfig } from './commands/print-config.ts';
import { runProfiles } from './commands/profiles.ts';
import { runResolve } from './commands/resolve.ts';
import { runRules } from './commands/rules.ts';
import { runningOptions, runRunning } from './commands/running.ts';
import { runStack } from './commands/stack.ts';
import { runUpgrade } from './commands/upgrade.ts';
import { type Candidate, candidatesFor, completionScripts, completionText } from './completion.ts';
import { groupOptions } from './group-options.ts';
import { limitOption, withLimits } from './limits.ts';
import {
  capabilitiesOptions,
  checkOptions,
  diffOptions,
  explainOptions,
  fixOptions,
  flagOption,
  formats,
  fragmentOptions,
  initOptions,
  matrixOptions,
  modelBuildOptions,
  type OptionSpec,
  profilesOptions,
  type RawOptions,
  resolveOptions,
  rulesOptions,
  stackOptions,
  textOption,
  upgradeOptions,
} from './options.ts';
import { unlessCut } from './outputs.ts';
import { startProgress } from './progress.ts';
import { type ProjectServices, runProjectCheck } from './project-check.ts';
import type { Services } from './services.ts';
import { openPart, recorderFor, shardFault } from './shard.ts';
import { styleFor } from './style.ts';
import type { Trace } from './trace.ts';
import { reportUsage } from './usage.ts';
import { version } from './version.ts';
import { createViews } from './views.ts';
import { runWatch } from './watch.ts';

interface Command {
  readonly name: string;
  readonly usage: string;
  readonly describe: string;
  readonly options: readonly OptionSpec[];
  readonly run: (raw: RawOptions, host: Host, services: RunServices) => ExitCode | Promise<ExitCode>;
}

/** What only some commands need. */
interface RunServices extends ProjectServices {
  /** Options that stand on the command line, whatever their defaults. */
  readonly given: ReadonlySet<string>;
  readonly archives: ArchiveHost;
  readonly zlib: Zlib;
}

const commandTable: readonly Command[] = [
  {
    name: 'check',
    usage: '$0 [check] [FILES…]',
    describe: 'Check files, - or the whole project (default)',
    options: checkOptions,
    run: (raw, host, services) =>
      textOption(raw, 'print-config') === undefined
        ? runProjectCheck(raw, services.given, host, services)
        : printConfig(raw, services.given, host, services),
  },
  {
    name: 'init',
    usage: '$0 init',
    describe: 'Write a project file for this repository',
    options: initOptions,
    run: runInit,
  },
  {
    name: 'running',
    usage: '$0 running',
    describe: 'Check the kernel that runs here',
    options: runningOptions,
    run: runRunning,
  },
  {
    name: 'fix',
    usage: '$0 fix FILES…',
    describe: 'What to change so that all of it holds',
    options: fixOptions,
    run: runFix,
  },
  {
    name: 'profiles',
    usage: '$0 profiles [show|diff|conflicts] [NAME…]',
    describe: 'List, show, compare, find contradictions',
    options: profilesOptions,
    run: (raw, host, { loadLibrary }) => runProfiles(raw, host, loadLibrary),
  },
  {
    name: 'explain',
    usage: '$0 explain RULE|PROFILE|CONFIG_SYMBOL',
    describe: 'What demands it, why, and since when it exists',
    options: explainOptions,
    run: (raw, host, { loadLibrary, kernel }) => runExplain(raw, host, loadLibrary, kernel),
  },
  {
    name: 'diff',
    usage: '$0 diff OLD NEW',
    describe: 'What differs, and which verdicts change',
    options: diffOptions,
    run: runCompare,
  },
  {
    name: 'matrix',
    usage: '$0 matrix [FILES…]',
    describe: 'Configs by profiles, one verdict a cell',
    options: matrixOptions,
    run: runMatrix,
  },
  {
    name: 'resolve',
    usage: '$0 resolve FRAGMENTS…',
    describe: 'Print what olddefconfig makes of them',
    options: resolveOptions,
    run: (raw, host, { kernel }) => runResolve(raw, host, kernel),
  },
  {
    name: 'stack',
    usage: '$0 stack FRAGMENTS…',
    describe: 'What the kernel drops, why, what to add',
    options: stackOptions,
    run: (raw, host, services) => runStack(raw, host, services.kernel, services),
  },
  {
    name: 'upgrade',
    usage: '$0 upgrade FRAGMENTS…',
    describe: 'What another kernel release does to them',
    options: upgradeOptions,
    run: (raw, host, { kernel }) => runUpgrade(raw, host, kernel),
  },
  {
    name: 'fragment',
    usage: '$0 fragment --profile NAME',
    describe: 'Print the settings a profile needs on a kernel',
    options: fragmentOptions,
    run: (raw, host, { loadLibrary, kernel }) => runFragment(raw, host, loadLibrary, kernel),
  },
  {
    name: 'capabilities',
    usage: '$0 capabilities FILES…',
    describe: 'What a config can do, by name',
    options: capabilitiesOptions,
    run: (raw, host, services) => runCapabilities(raw, host, services, services.kernel),
  },
  {
    name: 'bundle',
    usage: '$0 bundle DIR|OCI-LAYOUT|TAR…',
    describe: 'Whether the parts of a shipped kernel fit',
    options: bundleOptions,
    run: runBundle,
  },
  {
    name: 'extract',
    usage: '$0 extract IMAGE',
    describe: 'Print the config in a kernel image',
    options: extractOptions,
    run: runExtract,
  },
  {
    name: 'rules',
    usage: '$0 rules lint FILES…',
    describe: 'Check rule files themselves',
    options: rulesOptions,
    run: (raw, host, { kernel }) => runRules(raw, host, kernel),
  },
  {
    name: 'model',
    usage: '$0 model build|list',
    describe: 'Compile a kernel tree, or list the models',
    options: modelBuildOptions,
    run: (raw, host, { kernel }) => runModel(raw, host, kernel),
  },
  {
    name: 'merge-reports',
    usage: '$0 merge-reports REPORTS…',
    describe: 'One report of those of shards or machines',
    options: mergeOptions,
    run: runMergeReports,
  },
  {
    name: 'lsp',
    usage: '$0 lsp --stdio',
    describe: 'Serve an editor that speaks the Language Server Protocol',
    options: lspOptions,
    run: (raw, host, { kernel, git }) => runLsp(raw, host, kernel, git),
  },
];

/** Those that read configs take the option that raises limits. */
const withoutConfigs = new Set(['init', 'profiles', 'fragment', 'rules', 'model', 'lsp', 'bundle', 'merge-reports']);

export const commands: readonly Command[] = commandTable.map((command) =>
  withoutConfigs.has(command.name) ? command : { ...command, options: [...command.options, limitOption] },
);

const exitCodes = `Exit codes: 0 all well, 1 findings, 2 wrong usage, profile or project file, 3 an input could not be read,
4 a report could not be written, 70 a bug.`;

export { createKernelHost } from '../node-kernel-host.ts';
export { createWatcher } from '../node-watch.ts';
export { waiveInline } from './project-check.ts';

/** What a run may have besides; each where it can. */
export interface RunExtras {
  readonly watcher?: Watcher;
  readonly git?: GitHost;
  readonly fleet?: Services['fleet'];
  /** Notes what is asked of `host` and of `kernel`, which then are its own. */
  readonly trace?: Trace | undefined;
}

/** Runs the program; never exits the process. With `--watch` it returns after the first run, and `watcher` calls for the others. */
export function run(
  argv: readonly string[],
  host: Host,
  kernel: KernelHost,
  { watcher, git = createGitHost(), ...many }: RunExtras = {},
): ExitCode | Promise<ExitCode> {
  const parsed = parse(argv, host);
  const end = (code: ExitCode): ExitCode => (code === Exit.output ? code : unlessCut(code, host));
  if ('exit' in parsed) return end(parsed.exit);
  const { raw, command } = parsed;
  const fault = shardFault(raw);
  if (fault !== undefined) return reportUsage([fault], raw, host, reporters);
  const given = givenOptions(argv, command);
  const limited = withLimits(raw, host);
  if ('help' in limited) return reportUsage([limited], raw, host, reporters);
  const runOnce = (own: Host) => {
    const archives = createArchiveHost();
    const recorder = recorderFor(raw, own, archives);
    const host = recorder?.host ?? own;
    const services = servicesFor(raw, given, host, kernel, git, archives, many);
    const part: RunServices['openPart'] = (of, all) => openPart(of, all, { host, archives, recorder, reporters });
    return command.run(raw, host, { ...services, openPart: part });
  };
  const done = flagOption(raw, 'watch')
    ? runWatch(raw, limited, watcher, runOnce as (own: Host) => ExitCode)
    : runOnce(limited);
  return typeof done === 'number' ? end(done) : done.then(end);
}

function servicesFor(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  kernel: KernelHost,
  git: GitHost,
  archives: ArchiveHost,
  { fleet, trace }: Pick<RunExtras, 'fleet' | 'trace'>,
): RunServices {
  const glob = trace?.glob(globFiles) ?? globFiles;
  let views: ReturnType<typeof createViews> | undefined;
  const openViews = (own: RawOptions, prepared: Prepared): ReturnType<typeof createViews> => {
    const path = findProjectFile(host);
    const project = path === undefined ? emptyProject : readProject(path, host);
    if (!('groups' in project)) return project[0] as UsageError;
    return createViews(own, prepared, host, kernel, glob, project.extraSymbols);
  };
  const services: RunServices = {
    reporters,
    styleFor,
    startProgress: (files) => startProgress(files, host),
    loadLibrary: loadWithOwn(host),
    glob,
    fleet,
    inputs: trace && hostWith(trace.plain, { limits: host.limits }),
    kernel,
    git,
    given,
    waive: (report) => report,
    archives,
    zlib: nodeZlib,
    readArchive: (path) => configsInArchive(path, archives, nodeZlib),
    createViews: openViews,
    settingsFor: groupOptions(raw, given, host, () => services),
    openBoot: (own) => openBoot(own, host, loadWithOwn(host), kernel.readParameterIndex, readYamlTrees),
    fixInPlace: (path, document, prepared) => {
      const group = services.settingsFor(document);
      if (group !== undefined && !('views' in group)) return group[0];
      if (group !== undefined) return writeFix(path, fixInGroup(document, group, host.today()), raw, host);
      views ??= openViews(raw, prepared);
      if (typeof views === 'number') return 'the base cannot be read';
      return 'help' in views ? views : writeFix(path, fixWith(document, raw, prepared, views, host.today()), raw, host);
    },
  };
  return services;
}

function givenOptions(argv: readonly string[], { options }: Command): ReadonlySet<string> {
  const words = new Set(argv.map((word) => word.split('=')[0]));
  return new Set(
    options.filter(({ name, alias }) => words.has(`--${name}`) || words.has(`-${alias}`)).map(({ name }) => name),
  );
}

function globFiles(pattern: string): string[] {
  return glob.sync(pattern, { dot: true, followSymbolicLinks: false, ignore: ['**/node_modules/**', '**/.git/**'] });
}

interface Parsed {
  readonly command: Command;
  readonly raw: RawOptions;
}

/** Reads the command line with yargs. Exported for the test that holds `plain.ts` against it. */
export function parse(argv: readonly string[], host: Host): Parsed | { readonly exit: ExitCode } {
  const named = commands.find(({ name }) => name === argv[0]);
  const command = named ?? (commands[0] as Command);
  const words = joinDashes(named === undefined ? argv : argv.slice(1), command);
  if (argv[0] === 'completion') return completion(argv.slice(1), host);
  if (argv.includes('--get-yargs-completions')) return complete(argv, host);
  const inherited = inheritedName(words);
  if (inherited !== undefined) {
    const fault = usageOf(`Unknown argument: ${inherited}`, command, words);
    return { exit: reportUsage([fault], formatOf(words), host, reporters) };
  }
  let failure: string | undefined;
  let output = '';
  const parser = parserFor(command, named === undefined).fail((message, error) => {
    failure ??= message ?? error?.message ?? 'wrong usage';
  });
  // yargs takes a lone "-" for a flag without a name.
  const files = words.filter((word) => word === '-');
  const argvOf = parser.parse(
    words.filter((word) => word !== '-'),
    {},
    (_error: unknown, _argv: unknown, text: string) => {
      output = text;
    },
  ) as { readonly _: readonly (string | number)[]; readonly [key: string]: unknown };
  const valued = words.find((word) =>
    command.options.some(({ name, type }) => type === 'flag' && word.startsWith(`--${name}=`)),
  );
  if (valued !== undefined) failure ??= `${valued.split('=')[0]} takes no value`;
  if (failure !== undefined)
    return { exit: reportUsage([usageOf(failure, command, words)], formatOf(words), host, reporters) };
  if (output !== '') {
    host.write(`${output}\n`);
    return { exit: Exit.ok };
  }
  return { command, raw: rawOf(command, argvOf, words, files) };
}

/** An option such as `--constructor`: yargs looks names up in plain objects, finds what all objects have, and fails. */
function inheritedName(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const names = words.slice(0, end === -1 ? words.length : end).map((word) => /^--([^=]+)/.exec(word)?.[1]);
  return names.find((name) => name !== undefined && name in Object.prototype);
}

/** `--manifest -` as `--manifest=-`: yargs takes a lone "-" for no value. */
function joinDashes(words: readonly string[], { options }: Command): string[] {
  const takesValue = (word: string | undefined): boolean =>
    options.some(({ name, type }) => type !== 'flag' && word === `--${name}`);
  const joined: string[] = [];
  for (const word of words) {
    if (word === '-' && takesValue(joined.at(-1))) joined.push(`${joined.pop()}=-`);
    else joined.push(word);
  }
  return joined;
}

/** The values of known options; files in their order, `-` among them. */
function rawOf(
  command: Command,
  parsed: { readonly _: readonly (string | number)[]; readonly [key: string]: unknown },
  words: readonly string[],
  dashes: readonly string[],
): RawOptions {
  const raw: Record<string, string | number | boolean | readonly string[]> = {};
  for (const { name, type } of command.options) {
    const value = parsed[name];
    if (value === undefined) {
      // Options that only stand here are not known to plain.ts.
      if (type === 'list' && name !== limitOption.name) raw[name] = [];
    } else if (type === 'flag') {
      if (value === true) raw[name] = true;
    } else if (type === 'list') raw[name] = (value as unknown[]).map(String);
    else raw[name] = value as string | number;
  }
  const files = parsed._.map(String);
  if (dashes.length === 0) return { ...raw, files };
  const rest = new Set(files);
  return { ...raw, files: words.filter((word) => word === '-' || rest.has(word)) };
}

/** The format that was asked for on a command line that cannot be read as a whole. */
function formatOf(words: readonly string[]): RawOptions {
  const named = words.map((word, i) =>
    ['--format', '-f'].includes(words[i - 1] ?? '') ? word : /^--format=(.*)$/.exec(word)?.[1],
  );
  const format = named.find((each) => each !== undefined && (formats as readonly string[]).includes(each));
  return { files: [], ...(format === undefined ? {} : { format }) };
}

function parserFor(command: Command, top: boolean): Argv {
  let parser = yargs([])
    .scriptName('kconfig-lint')
    .locale('en')
    .exitProcess(false)
    .parserConfiguration({
      'camel-case-expansion': false,
      'parse-positional-numbers': false,
      'boolean-negation': false,
      'greedy-arrays': false,
      'dot-notation': false,
    })
    .usage(top ? topUsage() : `${command.usage}\n\n${command.describe}`)
    .strictOptions()
    .help()
    .alias('help', 'h')
    .version(version)
    .alias('version', 'V')
    .wrap(100)
    .epilogue(exitCodes);
  for (const option of command.options) {
    parser = parser.option(option.name, {
      describe: option.describe,
      ...(option.alias === undefined ? {} : { alias: option.alias }),
      ...(option.choices === undefined ? {} : { choices: option.choices }),
      ...(option.default === undefined ? {} : { default: option.default }),
      ...(option.type === 'flag'
        ? { type: 'boolean' as const }
        : option.type === 'list'
          ? { type: 'array' as const, string: true, requiresArg: true }
          : option.type === 'number'
            ? { type: 'number' as const, requiresArg: true }
            : { type: 'string' as const, requiresArg: true }),
    });
  }
  return parser.check((argv) => checkValues(command, argv as Record<string, unknown>));
}

function checkValues(command: Command, argv: Record<string, unknown>): true {
  for (const { name, type } of command.options) {
    const value = argv[name];
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    if (type === 'number' && values.some((item) => !Number.isSafeInteger(item) || (item as number) < 0)) {
      throw new Error(`--${name} takes a number`);
    }
    if (values.some((item) => item === '')) throw new Error(`--${name} takes a value`);
    if (type !== 'list' && values.length > 1) throw new Error(`--${name} stands there twice`);
  }
  return true;
}

function topUsage(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return [
    'Check Linux kernel configs for the platforms they are to run on.',
    '',
    ...commands.map(({ usage, describe }) => `  ${usage.padEnd(width)}  ${describe}`),
    `  ${'$0 completion [bash|zsh|fish]'.padEnd(width)}  Print a completion script`,
    '',
    'Each command explains itself with --help. Examples:',
    '  $0 .config --profile krata-zone',
    '  $0 -p kubernetes-node@1.34 -p firecracker-guest configs/ -o sarif=report.sarif',
  ].join('\n');
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** yargs' own words for a wrong call, made plain, with the nearest option. */
function usageOf(failure: string, command: Command, words: readonly string[]): { message: string; help: string } {
  const unknown = /^Unknown arguments?: (.+)$/.exec(failure)?.[1]?.split(', ')[0];
  if (unknown !== undefined) {
    const names = command.options.map(({ name }) => name);
    const near = didYouMean(unknown, names);
    return {
      message: `there is no option ${dashed(unknown)}`,
      help: near === '' ? 'see --help' : near.replace(/(?<= mean |, | or )([a-z-]+)/g, '--$1'),
    };
  }
  const choice = /Argument: ([\w-]+), Given: "?([^"]*)"?, Choices: (.+)/.exec(failure);
  if (choice !== null) {
    const [, name = '', given = '', all = ''] = choice;
    const choices = all.replaceAll('"', '').split(', ');
    const near = didYouMean(given, choices);
    return { message: `--${name} cannot be "${given}"`, help: near === '' ? `one of ${choices.join(', ')}` : near };
  }
  const lacking = /^Not enough arguments following: (\S+)/.exec(failure)?.[1];
  if (lacking !== undefined) return { message: `${dashed(lacking)} lacks a value`, help: `see --help` };
  return { message: failure.split('\n')[0] ?? failure, help: words.length === 0 ? '' : 'see --help' };
}

function completion(words: readonly string[], host: Host): { exit: ExitCode } {
  const shell = words[0] ?? shellOf(host);
  const script = Object.hasOwn(completionScripts, shell) ? completionScripts[shell] : undefined;
  if (script === undefined) {
    const help =
      didYouMean(shell, Object.keys(completionScripts)) || `one of ${Object.keys(completionScripts).join(', ')}`;
    return { exit: reportUsage([{ message: `there is no completion for "${shell}"`, help }], { files: [] }, host) };
  }
  host.write(script);
  return { exit: Exit.ok };
}

/** The shell of the user, where it is one that can be completed. */
function shellOf(host: Host): string {
  const name = host.env['SHELL']?.split('/').at(-1) ?? '';
  return Object.hasOwn(completionScripts, name) ? name : 'bash';
}

/** What could stand at the place of the last word. */
function complete(argv: readonly string[], host: Host): { exit: ExitCode } {
  const [first, ...rest] = argv.slice(argv.indexOf('--get-yargs-completions') + 1);
  const withDescriptions = first === '--with-descriptions';
  const words = withDescriptions || first === undefined ? rest : [first, ...rest];
  host.write(
    completionText(
      candidatesFor(words, commands, () => profileNames(host)),
      withDescriptions,
    ),
  );
  return { exit: Exit.ok };
}

function profileNames(host: Host): Candidate[] {
  const loaded = loadWithOwn(host)([]);
  if (!('library' in loaded)) return [];
  return [...loaded.library.profiles.values()].map(({ id, title }) => ({ word: id, about: title }));
}
