/** The forms of a fix: fragments that merge, and commands that a shell takes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asCommands, asFragment } from '../../src/fix/forms.ts';
import type { Change } from '../../src/fix/propose.ts';

const change = (symbol: string, after: string | undefined, line: string, more: Partial<Change> = {}): Change => ({
  symbol,
  before: undefined,
  after,
  line,
  because: ['p/r'],
  kind: 'set',
  ...more,
});

const changes = [
  change('A', 'y', 'CONFIG_A=y'),
  change('B', 'm', 'CONFIG_B=m', { before: 'y' }),
  change('C', 'n', '# CONFIG_C is not set'),
  change('N', '64', 'CONFIG_N=64'),
  change('T', "it's", 'CONFIG_T="it\'s"'),
  change('GONE', undefined, '', { before: 'y', kind: 'follows', because: ['CONFIG_A'] }),
];

describe('a fragment', () => {
  it('says for each line why it stands there, and what goes', () => {
    expect(asFragment(changes.slice(1, 3))).toBe('# for p/r, was y\nCONFIG_B=m\n# for p/r\n# CONFIG_C is not set\n');
    expect(asFragment(changes.slice(-1))).toBe('# CONFIG_GONE goes: follows from CONFIG_A\n');
    expect(asFragment([change('A', 'y', 'CONFIG_A=y', { before: 'n' })])).toBe('# for p/r\nCONFIG_A=y\n');
  });
});

describe('commands', () => {
  it('are one call of scripts/config', () => {
    expect(asCommands(changes, 'my dir/.config')).toBe(
      `scripts/config --file 'my dir/.config' \\
  --enable A \\
  --module B \\
  --disable C \\
  --set-val N 64 \\
  --set-str T 'it'\\''s' \\
  --undefine GONE
`,
    );
    expect(asCommands([], '.config')).toBe('');
    expect(asCommands([change('T', '', 'CONFIG_T=""')], 'a/b-c_1.config')).toBe(
      "scripts/config --file a/b-c_1.config \\\n  --set-str T ''\n",
    );
    for (const name of ['$HOME', 'a;b', '*', '-x y', ''])
      expect(asCommands(changes.slice(0, 1), name).split('\n')[0]).toBe(`scripts/config --file '${name}' \\`);
  });

  const cache = process.env['KCONFIG_LINT_TREES'] ?? join(homedir(), '.cache/kconfig-lint/trees');
  const tree = join(cache, '6.12');
  const script = existsSync(tree)
    ? [tree, ...readdirSync(tree).map((name) => join(tree, name))]
        .map((folder) => join(folder, 'scripts/config'))
        .find((path) => existsSync(path))
    : undefined;
  it.skipIf(script === undefined)(
    "are understood by the kernel's own script (skipped where no tree is unpacked)",
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-forms-'));
      const file = join(folder, 'a config');
      writeFileSync(file, 'CONFIG_B=y\nCONFIG_GONE=y\nCONFIG_C=y\n');
      const commands = asCommands(changes, file).replace(/^scripts\/config/, script as string);
      expect(spawnSync('sh', ['-c', commands]).status).toBe(0);
      expect(readFileSync(file, 'utf8').split('\n').filter(Boolean).sort()).toEqual([
        '# CONFIG_C is not set',
        'CONFIG_A=y',
        'CONFIG_B=m',
        'CONFIG_N=64',
        'CONFIG_T="it\'s"',
      ]);
      rmSync(folder, { recursive: true, force: true });
      expect(() => execFileSync('sh', ['-n', '-c', commands])).not.toThrow();
    },
  );
});
