/** `init`: what it makes of a repository, what it asks, and that the result holds. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';

const kernel = createKernelHost(join(root, 'models'));

function init(files: Readonly<Record<string, string>>, options: MemoryOptions = {}, ...words: string[]) {
  const host = memoryHost({ files, ...options });
  const exit = run(['init', ...words], host, kernel);
  return { exit, out: host.out(), err: host.err(), text: host.written.get('.kconfig-lint.yaml') ?? '' };
}

const fragment = 'CONFIG_FOO_BAR=y\n';

describe('init', () => {
  it('asks at most three questions, and writes down the answers', () => {
    const files = { 'a.config': fragment };
    const { text, out, exit } = init(files, { isTerminal: true, answers: ['6.1–6.12', 'x86_64, arm64', 'krata-zone'] });
    expect(exit).toBe(0);
    expect(out.match(/\?/g)).toHaveLength(3);
    expect(text).toContain(
      '    kernels: 6.1–6.12  # you\n    arches: [x86_64, arm64]  # you\n    profiles: krata-zone  # you\n',
    );
    const host = memoryHost({ files: { ...files, '.git/HEAD': '', '.kconfig-lint.yaml': text } });
    expect([0, 1]).toContain(run(['-f', 'json'], host, kernel));
    expect(JSON.parse(host.out()).files[0].targets).toHaveLength(6);
  });

  it('asks nothing where nobody can answer, or where it is told to', () => {
    const files = { 'a.config': fragment };
    const quiet = init(files);
    expect(quiet.out).not.toContain('?');
    expect(quiet.text).toContain(
      '    base: defconfig  # a guess\n    # kernels: 6.1–6.18\n    # arches: x86_64\n    # profiles:',
    );
    expect(init(files, { isTerminal: true, answers: ['6.1'] }, '--yes')).toEqual({ ...quiet });
  });

  it('takes no answer that is none, and what was guessed where nothing is answered', () => {
    const { text, err } = init({ 'a.config': fragment }, { isTerminal: true, answers: ['six', 'x86_46', 'krata-zon'] });
    expect(err).toContain('"six" is no kernel release');
    expect(err).toContain('"x86_46" is not an architecture. It is left open.');
    expect(err).toContain('there is no profile "krata-zon"; did you mean krata-zone?');
    expect(text).toContain('# kernels:');
  });

  it('asks only for what the repository does not tell', () => {
    const files = {
      'firecracker/x86_64/a.config': fragment,
      Makefile: 'LINUX_VERSION = 6.12.30\n\tmake tiny_defconfig\n',
    };
    const { out, text } = init(files, { isTerminal: true, answers: [''] });
    expect(out.match(/\?/g)).toHaveLength(1);
    expect(out).toContain('Which kernel releases are a for (6.12, or 6.1–6.18)? [6.12.30] ');
    expect(text).toContain(
      '    base: tiny_defconfig  # Makefile\n    kernels: 6.12.30  # Makefile\n    profiles: firecracker-guest',
    );
  });

  it('writes over nothing, and says where there is nothing to write of', () => {
    const there = init({ 'a.config': fragment, '.kconfig-lint.yaml': 'files: {}\n' });
    expect(there).toMatchObject({ exit: 2, text: '', err: expect.stringContaining('it is there already') });
    expect(init({ 'a.txt': 'x' })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no kernel config is below this folder'),
    });
    expect(init({ 'a.config': fragment }, { full: 'no space left' })).toMatchObject({ exit: 4 });
    expect(init({ 'a.config': fragment }, {}, 'x.config')).toMatchObject({ exit: 2, text: '' });
  });

  it('leaves kernel trees and packages aside, and names groups apart', () => {
    const { text } = init({
      'linux/Kconfig': '',
      'linux/Kbuild': '',
      'linux/arch/x86/configs/x86_64_defconfig': fragment,
      'node_modules/x/a.config': fragment,
      'a/zone.config': fragment,
      'b/zone.config': fragment,
      'odd name/#1: x.config': fragment,
    });
    expect(text).not.toContain('x86_64_defconfig');
    expect(text).not.toContain('node_modules');
    expect(text).toContain('  zone:\n    paths: a/zone.config\n');
    expect(text).toContain('  b-zone:\n    paths: b/zone.config\n');
    expect(text).toContain('paths: "odd name/#1: x.config"');
  });
});

describe('matrix without files', () => {
  const files = {
    '.git/HEAD': '',
    '.kconfig-lint.yaml':
      'files:\n  a: {paths: a.config, kernels: [6.1, 6.12], arches: x86_64, base: defconfig, profiles: xen-guest-pvh, matrix: cgroup-v2}\n  b: {paths: b.config, kernels: 6.12, arches: arm64, base: defconfig, profiles: cgroup-v2}\n',
    'a.config': 'CONFIG_XEN=y\n',
    'b.config': '# CONFIG_CGROUPS is not set\n',
  };
  it('shows every file by what its group asks for and shows, on its base', () => {
    const host = memoryHost({ files });
    expect(run(['matrix', '-f', 'json'], host, kernel)).toBe(1);
    const { rows } = JSON.parse(host.out());
    expect(rows.map(({ path, release, arch }: Record<string, string>) => [path, release, arch])).toEqual([
      ['a.config', '6.1, 6.12', 'x86_64'],
      ['b.config', '6.12', 'arm64'],
    ]);
    const cell = (row: number, profile: string) =>
      rows[row].cells.find((each: { profile: string }) => each.profile === profile);
    expect(cell(0, 'xen-guest-pvh').errors).toBeGreaterThan(0);
    expect(cell(0, 'cgroup-v2').met).toBeGreaterThan(0);
    expect(cell(1, 'xen-guest-pvh')).toMatchObject({ met: 0, unmet: 0 });
    expect(cell(1, 'cgroup-v2').warnings).toBeGreaterThan(0);
  });

  it('asks for files where no project names any', () => {
    const host = memoryHost({ files: { 'a.config': fragment } });
    expect(run(['matrix'], host, kernel)).toBe(2);
    expect(host.err()).toContain('matrix takes configs');
  });
});
