/** Kernel command lines, given by hand, in a file, and built into a config. */
import { execFileSync } from 'node:child_process';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const files = { 'x.config': 'CONFIG_A=y\n' };
const target = ['--kernel', '6.12', '--arch', 'x86_64', '--kconfig', 'off'];
const given = (name: string, line: string): HostileCase => bad(name, ['x.config', ...target, '--cmdline', line], files);
const fine = (name: string, line: string): HostileCase => good(name, ['x.config', ...target, '--cmdline', line], files);

export const cmdlineCases: readonly HostileCase[] = [
  given('a quote that is not closed', 'root=/dev/vda1 init="/bin/sh'),
  given('more than the kernel reads', `root=/dev/vda1 ${'quiet '.repeat(1000)}`),
  given('a parameter that is misspelled', 'consol=ttyS0'),
  given('a module parameter of no module', 'no_such_module_at_all.debug=1'),
  given('an escape sequence', 'root=\u001b[2J/dev/vda1 quite'),
  given('text that is shown backwards', 'quite\u202e root=/dev/vda1'),
  given('a newline', 'quite\nroot=/dev/vda1'),
  given('a NUL', 'quite\0 root=/dev/vda1'),
  given('a parameter twice with two values', 'root=/dev/vda1 root=/dev/sda1'),
  given('a no-break space', 'quiet\u00a0root=/dev/vda1'),
  given('quotes of a word processor', 'init=\u201c/bin/sh\u201d'),
  bad('an empty command line', ['x.config', '--cmdline', ''], files),
  bad('a file that is not there', 'x.config --cmdline-file gone', files),
  bad('a folder', 'x.config --cmdline-file .', files),
  bad('a file without an end', 'x.config --cmdline-file /dev/zero', files),
  bad('a pipe', 'x.config --cmdline-file pipe', files, { make: () => void execFileSync('mkfifo', ['pipe']) }),
  bad('a file of more than 1 MiB', 'x.config --cmdline-file line', {
    ...files,
    line: Buffer.alloc((1 << 20) + 1, 'a '),
  }),
  bad('a file and a text', ['x.config', '--cmdline', 'quiet', '--cmdline-file', 'line'], { ...files, line: 'quiet\n' }),
  bad('a command line in a config that does not end', 'x.config --kernel 6.12 --arch x86_64 --kconfig off', {
    'x.config': 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="init=\\"/bin/sh"\n',
  }),
  bad('a command line in a config with an escape sequence', 'x.config --kernel 6.12 --arch x86_64 --kconfig off', {
    'x.config': 'CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="quite \u001b[2J"\n',
  }),

  fine('nothing but blanks', '   \t '),
  fine('arguments for init', 'quiet -- --danger ::error::x'),
  fine('parameters named like properties of every object', 'quiet -- __proto__=1 constructor toString=2'),
  fine('dashes for underscores', 'log-buf-len=1M'),
  fine('a value in quotes', 'init="/bin/sh" root="/dev/vda1"'),
  fine('a thousand equals signs behind the arguments', `quiet -- ${'='.repeat(1000)}`),
  good('a file with a NUL at its end, as /proc has them', 'x.config --cmdline-file line', {
    ...files,
    line: 'quiet\n\0',
  }),
];
