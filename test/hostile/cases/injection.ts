/** Values, names and comments that try to leave the report they are shown in. */
import { hostileText } from '../../support/hostile.ts';
import { bad, badConfig, type HostileCase } from '../hostile-case.ts';

const oneLine = hostileText.replaceAll(/[\n\r\0]/g, ' ');
/** In a value that the kernel misreads, so that it is quoted in a message. */
const quoted = (name: string, value: string): HostileCase => badConfig(name, `CONFIG_A=${value}\nCONFIG_B=y\n`);
const row = (reason: string, title = ''): string =>
  `title: ${JSON.stringify(reason)}\ndescription: ${JSON.stringify(reason)}\nrequirements:\n  a: { require: { MISSING: y }, ${title === '' ? '' : `title: ${JSON.stringify(title)}, `}reason: ${JSON.stringify(reason)}, references: ["https://example.org/?a=1&b='"] }\n`;
const told = (name: string, text: string): HostileCase =>
  bad(name, 'x.config -p ./own.yaml --kind complete', { 'x.config': 'CONFIG_A=y\n', 'own.yaml': row(text, text) });

const texts: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['an image that runs a script', '<img src=x onerror=alert(1)>'],
  ['the end of an attribute', `" onmouseover="alert(1)`],
  ['the end of a single-quoted attribute', `' onmouseover='alert(1)`],
  ['the end of a comment', '--><script>alert(1)</script><!--'],
  ['the end of a CDATA section', ']]><x>'],
  ['an entity of XML', '&xxe;&#0;&#x1b;'],
  ['a link of Markdown that runs a script', '[x](javascript:alert(1))'],
  ['an image of Markdown', '![x](https://evil.example/a.png)'],
  ['a row of a table', 'a | b |\n| --- | --- |'],
  ['a fence of code', '```\nx\n```'],
  ['a mention', '@everyone #1 !2'],
  ['a workflow command', '\n::error file=x::forged'],
  ['an old workflow command', '\n##[error]forged'],
  ['a change of the environment', '\n::set-env name=PATH::/evil'],
  ['a stop of commands', '\n::stop-commands::token'],
  ['per cent as the runner reads it', '%0A::error::forged%0D'],
  ['commas and colons for the properties of an annotation', 'a,line=9::b:c'],
  ['a command of GitLab for a section', '\u001b[0Ksection_start:1:x\r\u001b[0K'],
  ['a service message of TeamCity', "##teamcity[buildStatus status='SUCCESS']"],
  ['a command of Azure', '##vso[task.complete result=Succeeded]'],
  ['colours', '\u001b[31mred\u001b[0m'],
  ['a title of the terminal', '\u001b]0;owned\u0007'],
  ['a link of the terminal', '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007'],
  ['a step back', 'error\b\b\b\b\bclean'],
  ['a carriage return', 'error\rclean'],
  ['text that is shown backwards', '\u202eclean\u202c'],
  ['blanks of no width', 'cl\u200bean\u2060'],
  ['a line separator', 'a\u2028b\u2029c'],
  ['tags of Unicode', 'a\u{e0041}\u{e0042}b'],
  ['braces of templates', `{{7*7}} $\{7*7} <%= 7*7 %> #{7*7}`],
  ['a formula of a spreadsheet', '=cmd|"/c calc"!A1'],
  ['an end of JSON', '"},{"x":"'],
  ['all at once', oneLine],
];

export const injectionCases: readonly HostileCase[] = [
  ...texts.filter(([, text]) => !text.includes('\n')).map(([name, text]) => quoted(`${name}, in a value`, text)),
  ...texts.map(([name, text]) => told(`${name}, in the words of a rule`, text.replaceAll('\u0000', ''))),
];
