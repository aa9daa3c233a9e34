/** Completion and the manual page: what they offer and say. The real shells and readers are asked by scripts/tools-check.mjs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completionScripts } from '../../src/cli/completion.ts';
import { exitCodes, manPage } from '../../src/cli/man.ts';
import { commands, run } from '../../src/cli/run.ts';
import { Exit } from '../../src/host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';

function ask(...words: string[]): string[] {
  const host = memoryHost();
  run(['--get-yargs-completions', '--with-descriptions', ...words], host, createKernelHost(join(root, 'models')));
  return host.out().split('\n').slice(0, -1);
}

describe('completion', () => {
  it('offers commands and files first, with what the commands do', () => {
    expect(ask('')).toContain('matrix\tConfigs by profiles, one verdict a cell');
    expect(ask('').at(-1)).toBe(':files');
    expect(ask('pro')).toEqual(['profiles\tList, show, compare, find contradictions', ':files']);
  });

  it.each([
    [
      ['check', '--fail-on', ''],
      ['error', 'warning', 'info', 'never'],
    ],
    [['check', '--max-warnings', ''], []],
    [['check', '-o', ''], [':files']],
    [['fix', 'a.config', '--tree', ''], [':files']],
    [['check', '--fi'], ['--fix\tChange the files so that what can be fixed is, and report what is left']],
    [['check', '--fix', 'a'], [':files']],
    [
      ['model', ''],
      ['build', 'list'],
    ],
    [['model', 'build', 'x'], [':files']],
    [['rules', 'l'], ['lint']],
    [['completion', 'f'], ['fish']],
    [['completion', 'bash', ''], []],
    [['profiles', 'di'], ['diff']],
    [['explain', 'krata-z'], ['krata-zone\tKrata zone (guest)']],
    [['-p', './'], [':files']],
  ])('%j: %j', (words, expected) => {
    const found = ask(...words);
    expect(found.map((line) => line.replace(/^(krata-zone\t).*/, '$1Krata zone (guest)'))).toEqual(expected);
  });

  it('comes as a script for each shell, the own one where none is named', () => {
    const script = (env: Record<string, string>, ...words: string[]) => {
      const host = memoryHost({ env });
      const exit = run(['completion', ...words], host, createKernelHost(join(root, 'models')));
      return exit === 0 ? host.out() : exit;
    };
    expect(script({ SHELL: '/usr/bin/fish' })).toBe(completionScripts['fish']);
    expect(script({ SHELL: '/bin/zsh' })).toBe(completionScripts['zsh']);
    expect(script({ SHELL: '/bin/tcsh' })).toBe(completionScripts['bash']);
    expect(script({}, 'constructor')).toBe(2);
    expect(spawnSync('bash', ['-n'], { input: completionScripts['bash'] }).status).toBe(0);
  });
});

describe('the manual page', () => {
  const page = readFileSync(join(root, 'man/kconfig-lint.1'), 'utf8');

  it('has every command with every option and its choices', () => {
    for (const { name, options } of commands) {
      const section = page.split(`.Ss kconfig-lint ${name}\n`)[1]?.split('\n.S')[0] ?? '';
      for (const option of options) {
        expect(section, `${name} --${option.name}`).toContain(`Fl -${option.name}`);
        if (option.choices !== undefined) expect(section).toContain(`Ar ${option.choices.join(' | ')}\n`);
      }
    }
  });

  it('names every exit code', () => {
    expect(exitCodes.map(([code]) => code)).toEqual(Object.values(Exit));
  });

  it('lets no word of a table become a macro', () => {
    const odd = { name: 'x', usage: '$0 x', describe: '.Sh "\\fB\u2026', options: [] };
    const made = manPage([odd], '1');
    expect(made).toContain('\\&.Sh \\(dq\\efB\\[u2026]');
    expect(made).toMatch(/^[\n\u0020-\u007e]*$/);
  });
});
