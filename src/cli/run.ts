/** The whole command line: help, completion, every command; a plain check run is read by `plain.ts` instead. */
import glob from 'fast-glob';
import yargs, { type Argv } from 'yargs';
import { Exit, type ExitCode, type Host, type KernelHost } from '../host.ts';
import { readYamlTrees } from '../profiles/yaml.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import type { Prepared } from '../project/prepare.ts';
import { readProjectConfig } from '../project/project-config.ts';
import { reporters } from '../reporters/index.ts';
import { didYouMean } from '../suggest.ts';
import { openBoot } from './boot.ts';
import { reportUsage, runCheck, type Services } from './check.ts';
import { runCapabilities } from './commands/capabilities.ts';
import { runCompare } from './commands/compare.ts';
import { runExplain } from './commands/explain.ts';
import { fixInPlace, runFix } from './commands/fix.ts';
import { runFragment } from './commands/fragment.ts';
import { runMatrix } from './commands/matrix.ts';
import { runModel } from './commands/model.ts';
import { runProfiles } from './commands/profiles.ts';
import { runResolve } from './commands/resolve.ts';
import { runRules } from './commands/rules.ts';
import { runStack } from './commands/stack.ts';
import { runUpgrade } from './commands/upgrade.ts';
import {
  asksOfBoot,
  capabilitiesOptions,
  checkOptions,
  diffOptions,
  explainOptions,
  fixOptions,
  fragmentOptions,
  matrixOptions,
  modelBuildOptions,
  type OptionSpec,
  profilesOptions,
  type RawOptions,
  resolveOptions,
  rulesOptions,
  stackOptions,
  upgradeOptions,
} from './options.ts';
import { version } from './version.ts';
import { createViews } from './views.ts';

interface Command {
  readonly name: string;
  readonly usage: string;
  readonly describe: string;
  readonly options: readonly OptionSpec[];
  readonly run: (raw: RawOptions, host: Host, services: RunServices) => ExitCode;
}

/** What only some commands need. */
interface RunServices extends Services {
  readonly kernel: KernelHost;
}

export const commands: readonly Command[] = [
  {
    name: 'check',
    usage: '$0 [check] FILES…',
    describe: 'Check files, folders, globs or - (default)',
    options: checkOptions,
    run: (raw, host, services) =>
      raw.files.length > 0 || asksOfBoot(raw)
        ? runCheck(raw, host, services)
        : reportUsage(
            [{ message: 'no file was named', help: 'kconfig-lint .config --profile NAME; kconfig-lint --help' }],
            raw,
            host,
          ),
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
    usage: '$0 matrix FILES…',
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
];

const exitCodes = `Exit codes: 0 all well, 1 findings, 2 wrong usage or profile, 3 an input could not be read,
4 a report could not be written, 70 a bug.`;

export { createKernelHost } from '../node-kernel-host.ts';

/** Runs the program; never exits the process. */
export function run(argv: readonly string[], host: Host, kernel: KernelHost): ExitCode {
  const parsed = parse(argv, host);
  if ('exit' in parsed) return parsed.exit;
  const { raw } = parsed;
  let views: ReturnType<typeof createViews> | undefined;
  const openViews = (own: RawOptions, prepared: Prepared): ReturnType<typeof createViews> => {
    const project = readProjectConfig(host);
    return 'message' in project ? project : createViews(own, prepared, host, kernel, globFiles, project);
  };
  const services: RunServices = {
    reporters,
    loadLibrary: loadWithOwn(host),
    glob: globFiles,
    kernel,
    createViews: openViews,
    openBoot: (own) => openBoot(own, host, loadWithOwn(host), kernel.readParameterIndex, readYamlTrees),
    fixInPlace: (path, document, prepared) => {
      views ??= openViews(raw, prepared);
      if (typeof views === 'number') return 'the base cannot be read';
      return 'help' in views ? views : fixInPlace(path, document, raw, prepared, views, host);
    },
  };
  return parsed.command.run(raw, host, services);
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
  if (failure !== undefined) return { exit: reportUsage([usageOf(failure, command, words)], formatOf(words), host) };
  if (output !== '') {
    host.write(`${output}\n`);
    return { exit: Exit.ok };
  }
  return { command, raw: rawOf(command, argvOf, words, files) };
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
      if (type === 'list') raw[name] = [];
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

function formatOf(words: readonly string[]): RawOptions {
  const json = words.some(
    (word, i) => word === '--format=json' || (word === 'json' && ['--format', '-f'].includes(words[i - 1] ?? '')),
  );
  return { files: [], ...(json ? { format: 'json' } : {}) };
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
    `  ${'$0 completion [bash|zsh]'.padEnd(width)}  Print a completion script`,
    '',
    'Each command explains itself with --help. Examples:',
    '  $0 .config --profile krata-zone',
    '  $0 -p kubernetes-node@1.34 -p firecracker-guest configs/ -o sarif=report.sarif',
  ].join('\n');
}

/** yargs' own words for a wrong call, made plain, with the nearest option. */
function usageOf(failure: string, command: Command, words: readonly string[]): { message: string; help: string } {
  const unknown = /^Unknown arguments?: (.+)$/.exec(failure)?.[1]?.split(', ')[0];
  if (unknown !== undefined) {
    const names = command.options.map(({ name }) => name);
    const near = didYouMean(unknown, names);
    return {
      message: `there is no option --${unknown}`,
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
  if (lacking !== undefined) return { message: `--${lacking} lacks a value`, help: `see --help` };
  return { message: failure.split('\n')[0] ?? failure, help: words.length === 0 ? '' : 'see --help' };
}

function completion(words: readonly string[], host: Host): { exit: ExitCode } {
  const shell = words[0] ?? (host.env['SHELL']?.endsWith('zsh') ? 'zsh' : 'bash');
  const script = completionScripts[shell];
  if (script === undefined) {
    const help =
      didYouMean(shell, Object.keys(completionScripts)) || `one of ${Object.keys(completionScripts).join(', ')}`;
    return { exit: reportUsage([{ message: `there is no completion for "${shell}"`, help }], { files: [] }, host) };
  }
  host.write(script);
  return { exit: Exit.ok };
}

/** Words come one a line from `--get-yargs-completions WORDS…`; files are left to the shell. */
const completionScripts: Readonly<Record<string, string>> = {
  bash: `_kconfig_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}"
  mapfile -t COMPREPLY < <(compgen -W "$(kconfig-lint --get-yargs-completions "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$current"; compgen -f -- "$current")
}
complete -o filenames -F _kconfig_lint kconfig-lint
`,
  zsh: `#compdef kconfig-lint
_kconfig_lint() {
  local -a words_found
  words_found=("\${(@f)$(kconfig-lint --get-yargs-completions "\${words[@]:1}" 2>/dev/null)}")
  compadd -a words_found
  _files
}
compdef _kconfig_lint kconfig-lint
`,
};

/** What could stand at the place of the last word. */
function complete(argv: readonly string[], host: Host): { exit: ExitCode } {
  const words = argv.filter((word) => word !== '--get-yargs-completions');
  const current = words.at(-1) ?? '';
  const before = words.at(-2);
  const command = commands.find(({ name }) => name === words[0]) ?? (commands[0] as Command);
  const option = command.options.find(({ name, alias }) => before === `--${name}` || before === `-${alias}`);
  const candidates =
    option?.choices ??
    (option?.name === 'profile' || ['profiles', 'explain'].includes(command.name) ? profileNames(host) : undefined) ??
    (words.length <= 1 && !current.startsWith('-')
      ? [...commands.map(({ name }) => name), 'completion']
      : command.options.map(({ name }) => `--${name}`));
  host.write(
    candidates
      .filter((word) => word.startsWith(current))
      .map((word) => `${word}\n`)
      .join(''),
  );
  return { exit: Exit.ok };
}

function profileNames(host: Host): string[] {
  const loaded = loadWithOwn(host)([]);
  return 'library' in loaded ? [...loaded.library.profiles.keys()] : [];
}
