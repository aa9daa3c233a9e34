/** The manual page, made from the commands and their options: what --help says, in the language of mdoc(7). */
import { wrap } from '../reporters/wrap.ts';
import type { Completed } from './completion.ts';
import type { OptionSpec } from './options.ts';

/** Day of the last change to the words below. */
const date = 'November 21, 2026';

export const exitCodes: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'Everything was read and checked; nothing at or above --fail-on was found.'],
  [1, 'Findings at or above --fail-on, or more warnings than --max-warnings.'],
  [2, 'Wrong usage, or a faulty profile or project config: nothing was checked.'],
  [3, "An input could not be read or understood; the others' findings are still printed."],
  [4, 'A report or a fix could not be written whole.'],
  [70, 'An internal error: a bug.'],
  [130, 'Interrupted while it watched.'],
  [143, 'Told to end while it watched.'],
];

const environment: readonly (readonly [name: string, meaning: string])[] = [
  ['NO_COLOR', 'Set to anything, it switches colours off; --color wins over it.'],
  ['FORCE_COLOR', 'Set to anything but 0, it switches colours on where the output is no terminal.'],
  ['TERM', 'With the value dumb there are no colours and no progress.'],
  ['COLUMNS', 'Width of the text report, instead of that of the terminal.'],
  ['CI', 'Where it is set, no progress is shown.'],
  ['CI_PROJECT_DIR', 'Root of the repository, for the paths of --format gitlab.'],
  ['XDG_CACHE_HOME', 'Where the folder of the cache and its key lie; ~/.cache without it.'],
  ['KCONFIG_LINT_CACHE_KEY', 'A secret to seal cached results with, where the home folder does not outlive a run.'],
  ['KCONFIG_LINT_CACHE_SIZE', 'MiB that the cache may take: 512 without it.'],
  ['SHELL', 'The shell that completion prints a script for, where none is named.'],
];

const files: readonly (readonly [name: string, meaning: string])[] = [
  [
    '.kconfig-lint.yaml',
    'The project config: the nearest one from the current folder up to the root of the git repository.',
  ],
  [
    '.config, *.config, config-*, linux-config-*, *_defconfig, defconfig, *.fragment',
    'What is looked for in a folder.',
  ],
];

const examples: readonly (readonly [what: string, line: string])[] = [
  ['Check one config for one platform:', 'kconfig-lint .config --profile kubernetes-node@1.34'],
  [
    'Check a folder for two platforms, and keep a page to mail around:',
    'kconfig-lint configs/ -p krata-zone -p cgroup-v2 -o html=report.html',
  ],
  [
    'Check the running kernel:',
    'zcat /proc/config.gz | kconfig-lint - --stdin-filename config-running -p kubernetes-psi',
  ],
  [
    'Check a fragment for what it becomes on a defconfig:',
    'kconfig-lint zone.config -p krata-zone --kernel 6.12 --arch x86_64 --base defconfig',
  ],
  ['Check again whenever a file changes:', 'kconfig-lint .config -p firecracker-guest --watch'],
  ['Check a fleet again, and judge only what is new:', 'kconfig-lint fleet/ -p kubernetes-node --cache'],
  ['Draw configs by profiles:', 'kconfig-lint matrix configs/ -p krata-zone -p k3s -f svg > matrix.svg'],
  ['Change a file so that all of it holds:', 'kconfig-lint fix .config -p krata-zone --write'],
];

export function manPage(commands: readonly Completed[], version: string): string {
  return [
    '.\\" Made by scripts/generate-man.mjs from the tables of options.',
    `.Dd ${date}`,
    '.Dt KCONFIG-LINT 1',
    '.Os',
    '.Sh NAME',
    '.Nm kconfig-lint',
    '.Nd check Linux kernel configs for the platforms they are to run on',
    '.Sh SYNOPSIS',
    ...commands.map(synopsis),
    '.Nm',
    '.Cm completion',
    '.Op Cm bash | zsh | fish',
    '.Sh DESCRIPTION',
    '.Nm',
    ...prose(
      'reads a .config, a defconfig or a fragment, and for everything that is wrong it says what is, what should be, why, and what to type. Without a command it checks.',
    ),
    '.Pp',
    ...prose(
      'Every requirement has one of four verdicts: met, unmet, not known, not applicable. A fragment that does not name a symbol has not turned it off.',
    ),
    '.Ss Common options',
    '.Bl -tag -width Ds',
    '.It Fl h , Fl -help',
    'Show what a command takes.',
    '.It Fl V , Fl -version',
    'Show the version.',
    '.El',
    ...commands.flatMap(commandSection),
    '.Ss kconfig-lint completion',
    ...prose('Print a completion script for bash, zsh or fish; the script says where to put it.'),
    '.Sh ENVIRONMENT',
    ...table(environment, 'Ev'),
    '.Sh FILES',
    ...table(files, 'Pa'),
    '.Sh EXIT STATUS',
    ...table(
      exitCodes.map(([code, meaning]) => [String(code), meaning]),
      'Sy',
    ),
    '.Sh EXAMPLES',
    ...examples.flatMap(([what, line], i) => [...(i === 0 ? [] : ['.Pp']), ...prose(what), `.Dl ${escapeText(line)}`]),
    '.Sh HISTORY',
    ...prose(`This page is that of kconfig-lint ${version}.`),
    '',
  ].join('\n');
}

/** `$0 fix FILES…`, with the command as such and the rest as what is to be put in. */
function synopsis({ name, usage }: Completed): string {
  const rest = usage.replace(/^\$0 ?/, '').replace('[check] ', '');
  const words = rest.startsWith(name) ? rest.slice(name.length).trim() : rest;
  const command = rest.startsWith(name) ? `\n.Cm ${name}` : '\n.Op Cm check';
  return `.Nm${command}${words === '' ? '' : `\n.Ar ${escapeText(words)}`}`;
}

function commandSection({ name, describe, options }: Completed): string[] {
  return [
    `.Ss kconfig-lint ${name}`,
    ...prose(`${describe.replace(' (default)', '')}.`),
    '.Bl -tag -width Ds',
    ...options.flatMap(optionItem),
    '.El',
    ...(name === 'check' ? ['.Pp', ...prose('With - for a file it reads standard input.')] : []),
  ];
}

function optionItem({ name, alias, type, choices, placeholder, describe, default: initial }: OptionSpec): string[] {
  const value = type === 'flag' ? '' : ` Ar ${escapeText(choices?.join(' | ') ?? placeholder ?? 'VALUE')}`;
  const short = alias === undefined ? '' : `Fl ${alias} , `;
  const repeat = type === 'list' && !describe.includes('repeatable') ? '; repeatable' : '';
  const fallback = initial === undefined ? '' : ` The default is ${initial}.`;
  return [
    `.It ${short}Fl -${name}${value}`,
    ...prose(`${describe}${repeat}${/[.\u2026]$/.test(describe + repeat) ? '' : '.'}${fallback}`),
  ];
}

function table(rows: readonly (readonly [name: string, meaning: string])[], macro: string): string[] {
  return [
    '.Bl -tag -width Ds',
    ...rows.flatMap(([name, meaning]) => [
      `.It ${macro} ${escapeText(name).replaceAll(', ', ' , ')}`,
      ...prose(meaning),
    ]),
    '.El',
  ];
}

/** Each sentence on lines of its own, as mdoc wants it, none of them longer than a terminal. */
function prose(text: string): string[] {
  return text
    .split(/(?<=[.:;]) (?=[A-Z])/)
    .flatMap((sentence) => wrap(escapeText(sentence), 0, 78).split('\n'))
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line));
}

/** Nothing of the text can be a macro, an escape or a character that an old roff does not know. */
function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('"', '\\(dq')
    .replace(
      /[^\u0000-\u007f]/gu,
      (c) => `\\[u${(c.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}
