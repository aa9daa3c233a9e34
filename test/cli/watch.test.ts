/** `--watch`: what it looks at, when it runs again, and how it ends; with a made watcher, and with real files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Watcher } from '../../src/host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';

function watching(line: string, options: MemoryOptions = {}) {
  const host = memoryHost({ isTerminal: true, env: { TERM: 'xterm', NO_COLOR: '1' }, ...options });
  const stamps = new Map<string, string>();
  let paths: readonly string[] = [];
  let changed: ((isLate: boolean) => boolean) | undefined;
  const watcher: Watcher = {
    stamp: (path) => stamps.get(path) ?? (host.pathKind(path) === 'missing' ? 'missing' : 'first'),
    watch: (given, callback) => {
      paths = given;
      changed = callback;
    },
  };
  const exit = run(line.split(' '), host, createKernelHost(join(root, 'models')), { watcher });
  return {
    exit,
    host,
    paths: () => paths,
    isWatching: () => changed !== undefined,
    change: (path: string, stamp: string, isLate = false) => {
      stamps.set(path, stamp);
      return changed?.(isLate);
    },
    runs: () => host.out().split('\u001b[2J').length,
  };
}

const own = {
  'a.config': 'CONFIG_A=y\n',
  'own.yaml':
    'title: O\ndescription: D.\nextends: [./base.yaml]\nrequirements:\n  A: { require: { A: y }, reason: R., references: ["https://x.org"] }\n',
  'base.yaml':
    'title: B\ndescription: D.\nrequirements:\n  B: { require: { B: y }, reason: R., references: ["https://x.org"] }\n',
  'dir/x.config': 'CONFIG_B=y\n',
};

describe('watching', () => {
  it('looks at configs, folders, rule files with those they extend, and where a project config might come to be', () => {
    const { paths, exit } = watching('a.config dir -p ./own.yaml --watch', { files: own });
    expect(exit).toBe(0);
    for (const path of ['a.config', 'dir', 'dir/x.config', 'own.yaml', 'base.yaml', '.kconfig-lint.yaml'])
      expect(paths().map((each) => each.replace(/^\.\//, ''))).toContain(path);
  });

  it('runs again when one of them is not what it was, and clears the screen', () => {
    const { change, runs, host } = watching('a.config --watch', { files: own });
    expect(host.err()).toMatch(/^Watching \d+ paths; Ctrl-C ends it\.\n$/);
    expect(change('a.config', 'first')).toBe(false);
    expect(runs()).toBe(1);
    expect(change('a.config', 'second')).toBe(false);
    expect(runs()).toBe(2);
    expect(host.out()).toContain('\u001b[2J\u001b[3J\u001b[H✔ a.config');
  });

  it('waits for a file that is gone for a moment', () => {
    const { change, runs } = watching('a.config --watch', { files: own });
    expect(change('a.config', 'missing')).toBe(true);
    expect(runs()).toBe(1);
    expect(change('a.config', 'missing', true)).toBe(false);
    expect(runs()).toBe(2);
  });

  it('clears nothing in a pipe or on a terminal that cannot', () => {
    for (const options of [{ isTerminal: false }, { env: { TERM: 'dumb' } }]) {
      const { change, host } = watching('a.config --watch', { files: own, ...options });
      change('a.config', 'second');
      expect(host.out()).not.toContain('\u001b');
      expect(host.out().match(/a\.config:/g)).toHaveLength(2);
    }
  });

  it('does not begin where nothing can be watched, or nothing was checked', () => {
    expect(watching('- --watch')).toMatchObject({ exit: 2 });
    const wrong = watching('a.config -p nope --watch', { files: own });
    expect([wrong.exit, wrong.isWatching()]).toEqual([2, false]);
    expect(watching('a.config --watch', { files: own, broken: 'closed' }).isWatching()).toBe(false);
    const host = memoryHost({ files: own });
    expect(run(['a.config', '--watch'], host, createKernelHost(join(root, 'models')))).toBe(2);
    expect(host.err()).toContain('nothing can be watched here');
  });
});

describe('watching real files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-watch-'));
  let child: ChildProcess | undefined;
  let output = '';
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const until = async (what: string, times = 1) => {
    const end = Date.now() + 20_000;
    while (output.split(what).length - 1 < times) {
      if (Date.now() > end) throw new Error(`no "${what}" in:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('goes on through edits, replacements, files that vanish and folders that fill, and ends with 130', async () => {
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
    delete env['NODE_EXTRA_CA_CERTS'];
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'a.config'), 'CONFIG_PSI=y\n');
    writeFileSync(join(folder, 'dir/b.config'), 'CONFIG_PSI=y\n');
    child = spawn(
      process.execPath,
      [
        join(root, 'dist/kconfig-lint.cjs'),
        'a.config',
        'dir',
        '-p',
        'kubernetes-psi',
        '--kind',
        'complete',
        '--kernel',
        '6.12',
        '--watch',
      ],
      {
        cwd: folder,
        env,
      },
    );
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    const ended = new Promise<number | null>((resolve) => child?.on('exit', resolve));
    await until('Watching');
    expect(output).toContain('✔ a.config');

    writeFileSync(join(folder, 'a.config'), 'CONFIG_PSI = y\n');
    await until('✖ a.config');

    // As editors write: a new file takes the place of the old one.
    writeFileSync(join(folder, '.a.config.swp'), 'CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n');
    renameSync(join(folder, '.a.config.swp'), join(folder, 'a.config'));
    await until('▲ a.config');

    // Or: the old one goes, and the new one comes a little later.
    renameSync(join(folder, 'a.config'), join(folder, 'a.config~'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    writeFileSync(join(folder, 'a.config'), 'CONFIG_PSI=y\n');
    await until('✔ a.config', 2);
    expect(output).not.toContain('no such file');

    writeFileSync(join(folder, 'dir/c.config'), 'CONFIG_PSI = y\n');
    await until('✖ dir/c.config');
    rmSync(join(folder, 'a.config'));
    await until('a.config: error[missing]');
    writeFileSync(join(folder, 'a.config'), 'CONFIG_PSI=y\n');
    await until('✔ a.config', 4);

    // The run is over once it says that it watches again.
    while (output.lastIndexOf('Watching') < output.lastIndexOf('✔ a.config'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const before = output.split('Watching').length;
    writeFileSync(join(folder, 'unrelated.txt'), 'x');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(output.split('Watching')).toHaveLength(before);

    child.kill('SIGINT');
    expect(await ended).toBe(130);
  }, 60_000);
});
