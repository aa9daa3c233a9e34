/** Paths that are no files, files that are no regular ones, and names that try to be something else. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const sound = 'CONFIG_A=y\n';
const wrong = 'CONFIG_A = y\n';
const named = (path: string): HostileCase['files'] => ({ [path]: wrong });
const pipe = (path: string): void => void execFileSync('mkfifo', [path]);
const device = (path: string): void => void execFileSync('mknod', [path, 'c', '1', '5']);
const isRoot = process.getuid?.() === 0;

/** Names that a terminal, a log, a table or a page could take for something else. */
const names: readonly (readonly [string, string])[] = [
  ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007.config'],
  ['a newline', 'a\nb.config'],
  ['a newline and a workflow command', 'a\n::error::forged.config'],
  ['a workflow command', '::error file=x::forged.config'],
  ['an old workflow command', '##[error]forged.config'],
  ['a stop of workflow commands', '::stop-commands::x.config'],
  ['a carriage return', 'good: nothing wrong\rx.config'],
  ['text that is shown backwards', '\u202egifnoc.config'],
  ['a blank of no width', 'x\u200b.config'],
  ['markup', '<img src=x onerror=alert(1)>.config'],
  ['the end of a script', '<!--<script>x.config'],
  ['quotes', `"'\`.config`],
  ['the end of a CDATA section', ']]>.config'],
  ['an ampersand', '&lt;&amp;.config'],
  ['a pipe, as in a table', '|a|b|.config'],
  ['a link of Markdown', '[x](javascript:alert(1)).config'],
  ['per cent', '%0A%25%s%n.config'],
  ['a fragment of an address', 'a#b?c=d.config'],
  ['a colon and a number', 'x.config:1:1'],
  ['blanks at both ends', ' x.config '],
  ['a backslash', 'a\\b.config'],
  ['braces', `{{7*7}}$\{7*7}.config`],
  ['a shell command', '$(touch PWNED);`id`.config'],
  ['an emoji', '\u{1f427}.config'],
  ['combining letters', 'e\u0301.config'],
  ['letters of another alphabet', '\u0441onfig.config'],
  ['a C1 control', '\u009b31m.config'],
  ['two hundred and fifty letters', `${'x'.repeat(240)}.config`],
];

export const fileCases: readonly HostileCase[] = [
  bad('a file that is not there', 'gone.config', { 'goner.config': sound }),
  bad('a file in a folder that is not there', 'nowhere/x.config', {}),
  bad('a file below a file', 'x.config/y.config', { 'x.config': sound }),
  bad('a folder without configs', 'dir', { 'dir/readme.txt': 'x' }),
  bad('an empty folder', 'dir', {}, { make: () => mkdirSync('dir') }),
  bad('a pattern without a match', '*.fragment', { 'x.config': sound }),
  bad('a pattern that is no pattern', '[', { 'x.config': sound }),
  bad('a pipe', 'x.config', {}, { make: () => pipe('x.config') }),
  ...(isRoot ? [bad('an endless device', 'x.config', {}, { make: () => device('x.config') })] : []),
  bad('/dev/zero', '/dev/zero', {}),
  bad('a link to /dev/zero', 'x.config', {}, { make: () => symlinkSync('/dev/zero', 'x.config') }),
  bad('a link to itself', 'x.config', {}, { make: () => symlinkSync('x.config', 'x.config') }),
  bad('a link to nothing', 'x.config', {}, { make: () => symlinkSync('gone', 'x.config') }),
  bad(
    'a link to the state of the process',
    'x.config',
    {},
    { make: () => symlinkSync('/proc/self/limits', 'x.config') },
  ),
  bad('a link to the memory of the process', 'x.config', {}, { make: () => symlinkSync('/proc/self/mem', 'x.config') }),
  bad('/proc/version', '/proc/version', {}),
  bad(
    'a folder of nothing but links',
    'dir',
    {},
    {
      make: () => {
        mkdirSync('dir');
        symlinkSync('/etc/passwd', 'dir/x.config');
        symlinkSync('..', 'dir/up');
      },
    },
  ),
  bad(
    'a folder that holds a pipe named like a config',
    'dir',
    {},
    {
      make: () => {
        mkdirSync('dir');
        pipe('dir/x.config');
      },
    },
  ),
  ...(isRoot
    ? []
    : [
        bad('a file that nobody may read', 'x.config', { 'x.config': sound }, { make: () => chmodSync('x.config', 0) }),
      ]),
  bad('a path of five thousand letters', 'x'.repeat(5000), {}),
  bad('a path with a NUL', ['a\0b.config'], {}),
  bad('an empty path', [''], {}),
  bad('a file of more than 8 MiB', 'x.config', { 'x.config': Buffer.alloc((8 << 20) + 1, 'CONFIG_A=y\n') }),
  bad(
    'a sparse file of 2 GiB',
    'x.config',
    {},
    { make: () => void execFileSync('truncate', ['-s', '2G', 'x.config']) },
  ),
  bad('a name that looks like an option', '-x.config', { '-x.config': sound }),
  bad(
    '--extra-symbols that is a pipe',
    'x.config --extra-symbols names',
    { 'x.config': sound },
    { make: () => pipe('names') },
  ),
  bad('--extra-symbols of a file that is not there', 'x.config --extra-symbols ./gone.txt', { 'x.config': sound }),
  ...names.map(([what, path]) => bad(`a name with ${what}`, [path], named(path))),
  ...names.slice(0, 12).map(([what, path]) => bad(`a file that is not there, with ${what} in its name`, [path], {})),

  good(
    'a folder in a circle of links',
    'dir',
    { 'dir/a/x.config': sound },
    { make: () => symlinkSync('../..', 'dir/a/up') },
  ),
  good(
    'a folder with links that lead away, beside a config',
    'dir',
    { 'dir/x.config': sound },
    {
      make: () => {
        symlinkSync('/etc', 'dir/etc');
        symlinkSync('/etc/passwd', 'dir/y.config');
      },
    },
  ),
  good(
    'a link that the user names',
    'y.config',
    { 'x.config': sound },
    { make: () => symlinkSync('x.config', 'y.config') },
  ),
  good('a folder a hundred deep', 'd', { [`${'d/'.repeat(100)}x.config`]: sound }),
  good(
    'a folder of a thousand files',
    'dir',
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`dir/${i}.txt`, ''])),
    { make: () => writeFileSync('dir/x.config', sound) },
  ),
  good('a name that looks like an option, behind --', '-f text -- -x.config', { '-x.config': sound }),
  good('a name that looks like an option, with its folder', './-x.config', { '-x.config': sound }),
  good('a name with a pattern in it', ['a[b]*.config'], { 'a[b]*.config': sound }),
  good('a name of one star', ['*'], { '*': sound }),
  good('a folder named like a config', 'x.config', { 'x.config/.config': sound }),
  good(
    'a file with no right to write',
    'x.config',
    { 'x.config': sound },
    { make: () => chmodSync('x.config', 0o444) },
  ),
];
