/** The library as its users have it: the examples of docs/api.md, by import and by require, and their types. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support/corpus.ts';

const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
const examples = [...page.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, code = '', printed = '']) => ({
    code,
    printed,
  }),
);
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-api-'));
mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
symlinkSync(root, join(folder, 'node_modules/kconfig-lint'));
symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asRequire = (code: string) => code.replace(/^import (\{[^}]+\}) from '([^']+)';/gm, "const $1 = require('$2');");

function output(name: string, code: string): string {
  writeFileSync(join(folder, name), code);
  const { stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}

describe('the library', () => {
  it('has an example for every part of the page', () => {
    expect(examples).toHaveLength([...page.matchAll(/^```js$/gm)].length);
    expect(examples.length).toBeGreaterThan(4);
  });

  it.each(examples.map((example, i) => ({ i, ...example })))(
    'prints what example $i of docs/api.md says',
    ({ i, code, printed }) => {
      expect(output(`${i}.mjs`, code).trimEnd()).toBe(printed.trimEnd());
      expect(output(`${i}.cjs`, asRequire(code)).trimEnd()).toBe(printed.trimEnd());
    },
  );

  it('has types that a strict compiler takes, declarations included, for modules and for CommonJS', () => {
    for (const [i, { code }] of examples.entries()) {
      for (const ending of ['mts', 'cts']) writeFileSync(join(folder, `${i}.${ending}`), code);
    }
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      skipLibCheck: false,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts', '*.cts'] }));
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('refuses in the types what is no option', () => {
    writeFileSync(
      join(folder, 'wrong.mts'),
      "import { lint, parseConfig } from 'kconfig-lint';\nlint(parseConfig(''), { profile: [] });\n",
    );
    const args = ['--noEmit', '--strict', '--module', 'nodenext', '--ignoreConfig', join(folder, 'wrong.mts')];
    expect(spawnSync(join(root, 'node_modules/.bin/tsc'), args, { encoding: 'utf8' }).stdout).toContain('profile');
  });
});
