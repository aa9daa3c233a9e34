/** Every format through the command line: exit codes, reports to files, names that try to break out. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/cli/options.ts';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';
import { hostilePath, hostileText, unsafeCharacters } from '../support/hostile.ts';

const files = { 'good.config': 'CONFIG_PSI=y\n', 'bad.config': 'CONFIG_PSI = y\n' };

function cli(words: readonly string[], options: MemoryOptions = {}) {
  const host = memoryHost({ files, ...options });
  const exit = run(words, host, createKernelHost(join(root, 'models')));
  return { exit, out: host.out(), err: host.err(), written: host.written };
}

describe.each(formats)('%s', (format) => {
  it('does not change the exit code', () => {
    const exit = (...words: string[]) => cli([...words, '-f', format]).exit;
    expect(exit('good.config')).toBe(0);
    expect(exit('bad.config')).toBe(1);
    expect(exit('bad.config', '--fail-on', 'never')).toBe(0);
    expect(exit('bad.config', 'gone.config')).toBe(3);
    expect(exit('bad.config', '-p', 'nope')).toBe(2);
    expect(cli(['bad.config', '-f', format], { broken: 'ENOSPC' }).exit).toBe(4);
    expect(cli(['bad.config', '-o', `${format}=x`], { full: 'ENOSPC' }).exit).toBe(4);
  });

  it('is the same in a file as on standard output, beside any other', () => {
    const words = ['good.config', 'bad.config', 'gone.config', '-p', 'kubernetes-psi', '--kernel', '6.12'];
    const { written } = cli([...words, '-f', 'unix', '-o', `${format}=report`, '-o', 'json=other']);
    expect(written.get('report')).toBe(cli([...words, '-f', format]).out);
    expect(written.get('other')).toContain('"schemaVersion":1');
  });

  it('shows nothing of a name that a reader cannot see, and no command of a build log', () => {
    const own = {
      [hostilePath]: `CONFIG_A="${hostileText}"\nCONFIG_B = "${hostileText}"\n`,
      '::error::x.config': 'CONFIG_A = y\n',
    };
    const { out, exit } = cli([hostilePath, '::error::x.config', '-f', format], { files: own });
    expect(exit).not.toBe(70);
    // JSON and SARIF hold the path as it is, with escapes of their own.
    const shown = format === 'json' || format === 'sarif' ? out.replace(/"(?:[^"\\]|\\.)*"/gs, '') : out;
    // What is suggested for the file is what the file needs.
    expect(format === 'rdjsonl' ? shown.replace(/"suggestions":.*$/gm, '') : shown).not.toMatch(unsafeCharacters);
    if (format !== 'github') expect(out).not.toMatch(/^\s*(?:::|##\[)/m);
  });
});

describe('matrix', () => {
  it.each(['text', 'json', 'markdown', 'html', 'svg'])('as %s keeps its exit codes', (format) => {
    const exit = (...words: string[]) => cli(['matrix', ...words, '-p', 'kubernetes-psi', '-f', format]).exit;
    expect(exit('good.config')).toBe(0);
    expect(exit('gone.config')).toBe(3);
    expect(cli(['matrix', 'good.config', '-p', 'nope', '-f', format]).exit).toBe(2);
    expect(cli(['matrix', 'good.config', '-f', format], { broken: 'ENOSPC' }).exit).toBe(4);
    const zone = { 'x.config': '# CONFIG_XEN is not set\n' };
    expect(cli(['matrix', 'x.config', '-p', 'krata-zone', '-f', format], { files: zone }).exit).toBe(1);
  });
});

it('GitLab is told where a file is in the repository, where the environment says so truly', () => {
  const path = (env: Record<string, string>) => {
    const host = memoryHost({ files, env });
    const own = { ...host, sameFile: (a: string, b: string) => a === b || (a === '/builds/x/sub' && b === '.') };
    run(['bad.config', '-f', 'gitlab'], own, createKernelHost(join(root, 'models')));
    return JSON.parse(host.out())[0].location.path;
  };
  expect(path({})).toBe('bad.config');
  expect(path({ PWD: '/builds/x/sub', CI_PROJECT_DIR: '/builds/x/' })).toBe('sub/bad.config');
  expect(path({ PWD: '/elsewhere', CI_PROJECT_DIR: '/' })).toBe('bad.config');
  expect(path({ PWD: '/builds/x/sub', CI_PROJECT_DIR: '/builds/other' })).toBe('bad.config');
});
