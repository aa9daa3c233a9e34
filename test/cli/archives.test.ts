/** `check` on packages, archives and container images: every config in them, each at its place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findEmbedded, readPacked } from '../../src/cli/artifacts.ts';
import { run as runCli } from '../../src/cli/run.ts';
import { createNodeHost } from '../../src/node-host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import {
  dockerSave,
  type Files,
  hasTool,
  ociLayout,
  run,
  tarOf,
  tarOfFiles,
  temporaryFolder,
  writeFiles,
} from '../support/archives.ts';
import { bzKernel, elfProgram, pvhKernel } from '../support/bundles.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { embedded } from '../support/images.ts';

const kernels = createKernelHost(join(root, 'models'));
const node = createNodeHost(join(root, 'dist'), () => ({ readPacked, findEmbedded }));

/** What is written stays in memory, what is read lies on disk. */
function check(...args: string[]) {
  const memory = memoryHost();
  const { readSource, pathKind, linkKind, list } = node;
  const exit = runCli(
    ['check', '--kconfig', 'off', ...args],
    { ...memory, readSource, pathKind, linkKind, list },
    kernels,
  );
  return { exit, out: memory.out(), err: memory.err() };
}

/** The names of the configs that were found, below the path that was named. */
function found(path: string): string[] {
  const { files } = JSON.parse(check(path, '--format', 'json').out) as { files: { path: string }[] };
  return files.map((file) => file.path.slice(path.length));
}

const header = (release: string) =>
  `#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 ${release} Kernel Configuration\n#\nCONFIG_X86_64=y\n`;

function archive(name: string, bytes: Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const hasDpkg = hasTool('dpkg-deb');
const hasRpmbuild = hasTool('rpmbuild');

describe('a Debian package', () => {
  const build = (files: Files, control = '', compression = 'xz'): string => {
    const about = `Package: linux-image-6.12.0-1-amd64\nVersion: 6.12-1\nArchitecture: amd64\nMaintainer: T <t@example.org>\n${control}Description: kernel\n`;
    const folder = writeFiles(temporaryFolder(), { ...files, 'DEBIAN/control': about });
    const path = join(temporaryFolder(), 'kernel.deb');
    run('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', folder, path]);
    return path;
  };

  it.skipIf(!hasDpkg).each(['none', 'gzip', 'xz', 'zstd'])('packed with %s', (compression) => {
    const path = build({ 'boot/config-6.12.0-1-amd64': `${header('6.12.0')}CONFIG_XEN=yes\n` }, '', compression);
    const { exit, out } = check(path);
    expect(exit).toBe(0);
    expect(out).toContain(`${path}!boot/config-6.12.0-1-amd64:6:1`);
    expect(out).toContain('Linux 6.12.0 (header), x86_64 (CONFIG_X86_64)');
  });

  it.skipIf(!hasDpkg)('without a config says where it may be', () => {
    const empty = build({ 'usr/share/doc/x': 'x' }, 'Depends: linux-image-6.12.0-1-amd64 (= 6.12-1)\n');
    expect(check(empty)).toMatchObject({
      exit: 3,
      err: `${empty}: error[no-config-in-archive]: there is no config in this Debian package (linux-image-6.12.0-1-amd64 6.12-1); looked for boot/config-*, lib/modules/*/config, kernel/config.gz, files that Kconfig wrote, and kernel images with a config in them; it was not checked\n  help: it depends on linux-image-6.12.0-1-amd64: check that\n`,
    });
    const image = build({ 'boot/vmlinuz-6.12.0-1-amd64': bzKernel({ release: '6.12.0-1-amd64' }) });
    expect(check(image)).toMatchObject({
      exit: 3,
      err: expect.stringContaining(
        `${image}!boot/vmlinuz-6.12.0-1-amd64: error[no-ikconfig]: this is an x86_64 bzImage of Linux 6.12.0-1-amd64 that holds no config: it was built without CONFIG_IKCONFIG`,
      ),
    });
  });
});

describe('an RPM package', () => {
  const spec = `Name: kernel-core\nVersion: 6.12.0\nRelease: 1.test\nSummary: kernel\nLicense: GPL\nBuildArch: noarch\n%description\nkernel\n%install\nmkdir -p %{buildroot}/lib/modules/6.12.0\ncp ../../../../config %{buildroot}/lib/modules/6.12.0/config || cp %{_topdir}/config %{buildroot}/lib/modules/6.12.0/config\n%files\n/lib/modules/6.12.0\n`;

  it.skipIf(!hasRpmbuild).each(['w9.gzdio', 'w9.xzdio', 'w3.zstdio', 'w9.bzdio', 'w6.lzdio', 'w.ufdio'])(
    'packed as %s',
    (payload) => {
      const at = writeFiles(temporaryFolder(), { 'kernel.spec': spec, config: header('6.12.0') });
      run('rpmbuild', ['-bb', '--define', `_topdir ${at}`, '--define', `_binary_payload ${payload}`, 'kernel.spec'], {
        cwd: at,
      });
      const path = join(at, 'RPMS/noarch/kernel-core-6.12.0-1.test.noarch.rpm');
      expect(found(path)).toEqual(['!lib/modules/6.12.0/config']);
      const cpio = run('bash', ['-c', `rpm2cpio ${path} | cpio -i --quiet --to-stdout './lib/modules/6.12.0/config'`]);
      expect(cpio.toString()).toBe(header('6.12.0'));
    },
  );
});

describe('a container image', () => {
  const image = (...layers: Files[]) => writeFiles(temporaryFolder(), ociLayout([{ layers: layers.map(tarOfFiles) }]));

  it('is searched layer by layer, with what was taken away', () => {
    const path = image(
      { 'boot/config-6.1.0': header('6.1.0'), 'boot/config-6.12.0': header('6.12.0') },
      { 'boot/.wh.config-6.1.0': '', 'usr/lib/modules/6.13.0/config': header('6.13.0') },
    );
    expect(found(path)).toEqual(['!boot/config-6.12.0', '!usr/lib/modules/6.13.0/config']);
  });

  it.each<[string, (layer: Buffer) => string]>([
    ['docker save', (layer) => archive('image.tar', dockerSave([layer]))],
    ['docker save, under another name', (layer) => archive('kernel.config', dockerSave([layer]))],
    ['docker save, through gzip', (layer) => archive('image.tgz', gzipSync(dockerSave([layer])))],
    ['an OCI layout in a tar', (layer) => archive('image.tar', tarOfFiles(ociLayout([{ layers: [layer] }])))],
    ['a root file system in a tar', (layer) => archive('root.tar', layer)],
  ])('as %s', (_, make) => {
    const path = make(tarOfFiles({ 'kernel/config.gz': gzipSync(header('6.12.0')), 'kernel/image': bzKernel() }));
    const { exit, out } = check(path);
    expect([exit, found(path)]).toEqual([0, ['!kernel/config.gz']]);
    expect(out).toContain(`✔ ${path}!kernel/config.gz: nothing wrong`);
  });

  it.each([
    ['xz', hasTool('xz')],
    ['zstd', hasTool('zstd')],
    ['bzip2', hasTool('bzip2')],
  ] as const)('as docker save, through %s', (tool, isThere) => {
    if (!isThere) return;
    const kernel = bzKernel({ release: '6.12.0', config: header('6.12.0') });
    const save = dockerSave([tarOfFiles({ 'boot/vmlinuz-6.12.0': kernel, 'boot/config-6.1.0': header('6.1.0') })]);
    const path = archive('image.tar.packed', run(tool, ['-c'], { input: save }));
    expect(found(path)).toEqual(['!boot/config-6.1.0', '!boot/vmlinuz-6.12.0!config']);
  });

  it('larger than any config is read in pieces', () => {
    const layer = tarOfFiles({ 'opt/blob': Buffer.alloc(12 << 20, 'noise'), 'boot/config-6.12.0': header('6.12.0') });
    expect(found(archive('image.tar', dockerSave([layer])))).toEqual(['!boot/config-6.12.0']);
    expect(found(archive('root.tar.gz', gzipSync(layer)))).toEqual(['!boot/config-6.12.0']);
  });

  it('is told from a large kernel image, whatever stands in it', () => {
    const kernel = Buffer.concat([pvhKernel({ config: header('6.12.0') }), Buffer.alloc(9 << 20)]);
    const layer = tarOfFiles({ 'boot/vmlinux-6.12.0': kernel, 'boot/config-6.1.0': header('6.1.0') });
    expect(found(archive('root.tar', layer))).toEqual(['!boot/config-6.1.0', '!boot/vmlinux-6.12.0!config']);
    expect(found(archive('vmlinux', kernel))).toEqual(['!config']);
  });

  it('gives the config in its kernel, where there is no other', () => {
    const kernel = bzKernel({ release: '6.12.0', config: header('6.12.0') });
    expect(found(image({ 'boot/vmlinuz-6.12.0': kernel }))).toEqual(['!boot/vmlinuz-6.12.0!config']);
    expect(found(image({ 'boot/vmlinuz-6.12.0': kernel, 'boot/config-6.12.0': header('6.12.0') }))).toEqual([
      '!boot/config-6.12.0',
    ]);
    expect(found(image({ 'srv/guest/kernel-file': pvhKernel({ config: header('6.12.0') }) }))).toEqual([
      '!srv/guest/kernel-file!config',
    ]);
  });

  it('with several kernels gives the config of each, of those that are the same one', () => {
    const path = image({
      'boot/config-6.1.0': header('6.1.0'),
      'boot/config-6.12.0': header('6.12.0'),
      'lib/modules/6.12.0/config': header('6.12.0'),
      'usr/src/linux-headers-6.6.0/.config': header('6.6.0'),
      'usr/src/linux-headers-6.6.0/include/config/auto.conf': header('6.6.0'),
      'usr/bin/tool': elfProgram(62),
    });
    expect(found(path)).toEqual(['!boot/config-6.1.0', '!boot/config-6.12.0', '!usr/src/linux-headers-6.6.0/.config']);
  });

  it('gives the config in the module configs, for the kernel beside it', () => {
    const path = image({
      'boot/vmlinuz-6.12.0': bzKernel({ release: '6.12.0' }),
      'lib/modules/6.12.0/kernel/kernel/configs.ko.gz': gzipSync(
        Buffer.concat([elfProgram(62), embedded(header('6.12.0'))]),
      ),
    });
    expect(found(path)).toEqual(['!lib/modules/6.12.0/kernel/kernel/configs.ko.gz!config']);
    expect(check(path).exit).toBe(0);
  });

  it('does not stay silent on a kernel that has none', () => {
    const path = image({
      'boot/config-6.1.0': header('6.1.0'),
      'boot/vmlinuz-6.12.0': bzKernel({ release: '6.12.0' }),
    });
    const { exit, err } = check(path);
    expect([exit, found(path)]).toEqual([3, ['!boot/config-6.1.0']]);
    expect(err).toContain(`${path}!boot/vmlinuz-6.12.0: error[no-ikconfig]`);
  });

  it('for several platforms names each', () => {
    const layers = [tarOfFiles({ 'boot/config-6.12.0': header('6.12.0') })];
    const path = writeFiles(temporaryFolder(), ociLayout([{ layers }, { layers, architecture: 'arm64' }]));
    expect(found(path)).toEqual(['@linux/amd64!boot/config-6.12.0', '@linux/arm64!boot/config-6.12.0']);
  });

  it('without a kernel says what was looked for', () => {
    const path = image({ 'etc/os-release': 'x' });
    expect(check(path)).toMatchObject({
      exit: 3,
      err: expect.stringContaining(
        'error[no-config-in-archive]: there is no config in this container image; looked for boot/config-*',
      ),
    });
  });

  it('names what leads out of it, and goes on', () => {
    const path = archive(
      'a.tar',
      tarOf([
        { name: '../../etc/passwd', content: 'x' },
        { name: 'boot/config-6.12.0', content: header('6.12.0') },
      ]),
    );
    const { exit, err } = check(path);
    expect([exit, found(path)]).toEqual([3, ['!boot/config-6.12.0']]);
    expect(err).toBe(
      `${path}: error[unsafe-path]: it has a file with the name ../../etc/passwd, which leads out of it; it was not checked\n  help: do not unpack this archive anywhere: it was made to write outside\n`,
    );
  });

  it('is said to be cut off where it is', () => {
    const whole = tarOfFiles({ 'boot/config-6.12.0': header('6.12.0'), 'boot/x': 'x'.repeat(5000) });
    const path = archive('a.tar', whole.subarray(0, 3000));
    expect(check(path)).toMatchObject({
      exit: 3,
      err: expect.stringContaining('error[truncated]: the tar archive is cut off in or after boot/x'),
    });
  });

  it('on standard input is to be written to a file', () => {
    const memory = memoryHost();
    const readSource = () => ({ error: 'archive', detail: '' }) as const;
    expect(runCli(['check', '-'], { ...memory, readSource }, kernels)).toBe(3);
    expect(memory.err()).toContain(
      '<stdin>: error[archive]: this is an archive; it was not checked\n  help: write it to a file and name that',
    );
  });

  it('is not changed by --fix', () => {
    const path = image({ 'boot/config-6.12.0': `${header('6.12.0')}CONFIG_A=Y\n` });
    const { exit, err } = check(path, '--fix');
    expect(exit).toBe(4);
    expect(err).toContain('was not written: it lies in an archive');
  });

  it('points SARIF at the file that holds it', () => {
    const path = image({ 'boot/config-6.12.0': `${header('6.12.0')}CONFIG_A=Y\n` });
    const { runs } = JSON.parse(check(path, '--format', 'sarif').out) as {
      runs: { results: { locations: unknown[] }[] }[];
    };
    expect(JSON.stringify(runs[0]?.results[0]?.locations)).toContain('config-6.12.0');
  });
});
