/** Repositories like those that ship kernels, made of real configs in a folder of their own: init, and what a plain run then says. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { corpusPath, hasCorpus, root } from '../support/corpus.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Texts by path, or names in the corpus after `@`. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-repo-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    if (text.startsWith('@')) copyFileSync(corpusPath(text.slice(1)), join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
  git(folder, 'init', '-q');
  return folder;
}

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) console.warn('SKIPPED: tests over real repositories, because git is not there');

function git(folder: string, ...words: string[]): string {
  const who = [
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.org',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'init.defaultBranch=main',
  ];
  const { stdout } = spawnSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8' });
  return stdout.trim();
}

function lint(folder: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const own: Record<string, string | undefined> = { ...process.env, NO_COLOR: '1', ...env };
  delete own['NODE_EXTRA_CA_CERTS'];
  for (const name of ['GITHUB_ACTIONS', 'GITHUB_BASE_REF', 'GITLAB_CI']) if (!(name in env)) delete own[name];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/kconfig-lint.cjs'), ...words], {
    cwd: folder,
    env: own,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

interface Said {
  readonly rule: string;
  readonly symbol: string | null;
  readonly severity: string;
  readonly targets?: readonly string[];
}

function report(folder: string, words: readonly string[] = []) {
  const { stdout, stderr } = lint(folder, [...words, '-f', 'json']);
  if (stdout === '') throw new Error(stderr);
  const data = JSON.parse(stdout);
  const file = (path: string) => data.files.find((each: { path: string }) => each.path === path);
  const said = (path: string): string[] =>
    file(path).findings.map(({ severity, rule, symbol, targets }: Said) =>
      [severity, rule, symbol ?? '-', ...(targets ?? [])].join(' '),
    );
  return { data, file, said };
}

const edera = {
  'README.md': '# linux-kernel-oci\nBuilds the Linux kernel into OCI images for Edera.\n',
  'config.yaml': `architectures:
- x86_64
flavors:
- name: zone
  architectures: [x86_64, aarch64]
  constraints:
    lower: '6.1'
- name: zone-amdgpu
  constraints:
    lower: '6.1'
- name: zone-nvidiagpu
  constraints:
    lower: '6.18'
- name: zone-openpax
  constraints:
    series:
    - '6.10'
    - '6.11'
versions:
- current: true
- lower: '5.15'
`,
  'configs/x86_64/zone.config': '@edera/x86_64/zone.config',
  'configs/x86_64/zone-amdgpu.fragment.config': '@edera/x86_64/zone-amdgpu.fragment.config',
  'configs/x86_64/zone-nvidiagpu.fragment.config': '@edera/x86_64/zone-nvidiagpu.fragment.config',
  'configs/x86_64/zone-openpax.fragment.config': '@edera/x86_64/zone-openpax.fragment.config',
};

describe.runIf(hasCorpus && hasGit)('a repository of flavours, architectures and releases', () => {
  const folder = repository(hasCorpus && hasGit ? edera : {});

  it('is understood by init', () => {
    const { status, stdout } = lint(folder, ['init']);
    expect(status).toBe(0);
    expect(stdout).toContain('4 groups of 4 files');
    const text = readFileSync(join(folder, '.kconfig-lint.yaml'), 'utf8');
    expect(text).toContain(
      '  zone:\n    paths: configs/{arch}/zone.config\n    base: defconfig  # a guess\n    kernels: 6.1–6.18  # config.yaml\n    profiles: krata-zone',
    );
    expect(text).toContain(
      '  zone-openpax:\n    paths: configs/{arch}/zone-openpax.fragment.config\n    stack-on: zone\n    kernels: [6.10, 6.11]  # config.yaml\n',
    );
    expect(text).not.toMatch(/zone-amdgpu:\n.*\n {4}stack-on: zone\n {4}kernels/);
    expect(lint(folder, ['init'])).toMatchObject({ status: 2, stderr: expect.stringContaining('it is there already') });
  });

  it('is checked whole by a plain run', () => {
    const { data, file, said } = report(folder);
    expect(data.files.map((each: { path: string }) => each.path)).toEqual(
      Object.keys(edera).filter((path) => path.endsWith('.config')),
    );
    const zone = said('configs/x86_64/zone.config');
    // What the measurements of these configs say: only the frame buffer is missing of the list for zones.
    expect(zone.filter((line) => line.includes('krata-zone/'))).toEqual([
      'warning krata-zone/FB FB',
      'warning krata-zone/XEN_FBDEV_FRONTEND XEN_FBDEV_FRONTEND',
    ]);
    expect(zone).toContain('error unmet-dependency ZRAM_DEF_COMP_ZSTD 6.12 6.18');
    // The variants turn it on, and then nothing of the list is missing.
    expect(said('configs/x86_64/zone-amdgpu.fragment.config').filter((line) => line.includes('krata-zone/'))).toEqual(
      [],
    );
    expect(file('configs/x86_64/zone-amdgpu.fragment.config').kconfig.base).toBe(
      'on defconfig + configs/x86_64/zone.config',
    );
    expect(file('configs/x86_64/zone-nvidiagpu.fragment.config').target.release).toBe('6.18');
    expect(
      file('configs/x86_64/zone-openpax.fragment.config').targets.map((each: { release: string }) => each.release),
    ).toEqual(['6.10', '6.11']);
  });
});

describe.runIf(hasCorpus && hasGit)('a repository of fragments on allnoconfig and defconfig', () => {
  const folder = repository(
    hasCorpus && hasGit
      ? {
          'linux/Makefile': 'ARCH ?= arm64\ninclude kernel-version.mk\nkernel:\n\tmake ARCH=$(ARCH) defconfig\n',
          'linux/kernel-version.mk': 'KERNEL_VERSION ?= 6.12.11\n',
          'linux/README.md': 'container | allnoconfig + vz-linux-container.config | deployed\n',
          'linux/vz-linux.config': '@vz/vz-linux.config',
          'linux/vz-linux-container.config': '@vz/vz-linux-container.config',
        }
      : {},
  );

  it('is understood by init, and a plain run finds what its fragments do not come to', () => {
    expect(lint(folder, ['init', '--yes']).status).toBe(0);
    const text = readFileSync(join(folder, '.kconfig-lint.yaml'), 'utf8');
    expect(text).toContain(
      '    base: allnoconfig  # linux/README.md\n    kernels: 6.12.11  # linux/kernel-version.mk\n    arches: arm64  # linux/Makefile\n    profiles: vz-container',
    );
    const { said } = report(folder);
    expect(said('linux/vz-linux-container.config')).toContain('error selected-symbol INPUT');
    expect(said('linux/vz-linux-container.config')).toContain('error vz-container/VT VT');
    expect(said('linux/vz-linux.config')).toContain('error selected-symbol BUILDTIME_TABLE_SORT');
  });
});

describe.runIf(hasCorpus && hasGit)('a repository of complete configs', () => {
  const folder = repository(
    hasCorpus && hasGit
      ? {
          'README.md': 'Images for flintlock.\n',
          'kernel/Makefile': 'KERNEL_VERSIONS ?= 4.19.215 5.10.77\n',
          'kernel/firecracker/configs/linux-x86_64-5.10.77.config':
            '@liquidmetal/firecracker/configs/linux-x86_64-5.10.77.config',
          'experimental/arm/kernel/firecracker/configs/linux-arm64-5.10.77.config':
            '@liquidmetal/firecracker/configs/linux-arm64-5.10.77.config',
        }
      : {},
  );

  it('is understood by init, and each file tells its own kernel', () => {
    expect(lint(folder, ['init']).status).toBe(0);
    const text = readFileSync(join(folder, '.kconfig-lint.yaml'), 'utf8');
    expect(text).toContain(
      'paths: kernel/firecracker/configs/linux-{arch}-*.config\n    profiles: liquidmetal-firecracker',
    );
    const { file, said } = report(folder);
    expect(file('experimental/arm/kernel/firecracker/configs/linux-arm64-5.10.77.config').target.arch).toBe('arm64');
    for (const path of [
      'kernel/firecracker/configs/linux-x86_64-5.10.77.config',
      'experimental/arm/kernel/firecracker/configs/linux-arm64-5.10.77.config',
    ])
      expect(said(path)).toContain('warning kubernetes-psi/PSI PSI');
  });
});

describe.runIf(hasGit)('a repository in git', () => {
  const project = 'files:\n  a: {paths: "*.config", kernels: 6.12, arches: x86_64, base: none}\n';
  const made = () => {
    const folder = repository({ '.kconfig-lint.yaml': project, 'a.config': 'CONFIG_NFS_FS=y\n', 'sub/x.txt': '' });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'one');
    return folder;
  };

  it('is compared with a commit, also from a folder below', () => {
    const folder = made();
    writeFileSync(join(folder, 'a.config'), 'CONFIG_XEN=y\nCONFIG_NFS_FS=y\n');
    expect(report(folder, ['--since', 'HEAD']).said('a.config')).toEqual(['error unmet-dependency XEN']);
    expect(report(join(folder, 'sub'), ['--since', 'HEAD', '../a.config']).said('../a.config')).toEqual([
      'error unmet-dependency XEN',
    ]);
    git(folder, 'commit', '-qam', 'two');
    expect(lint(folder, ['--since', 'HEAD']).status).toBe(0);
    expect(report(folder, ['--since', 'HEAD~1']).said('a.config')).toEqual(['error unmet-dependency XEN']);
  });

  it('has its project file from a commit, and starts no program that the repository names', () => {
    const folder = made();
    const trap = join(folder, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch ${join(folder, 'trapped')}\n`, { mode: 0o755 });
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'diff.external',
      'alias.cat-file',
      'core.editor',
    ])
      git(folder, 'config', key, trap);
    writeFileSync(join(folder, '.gitattributes'), '* filter=trap diff=trap\n');
    git(folder, 'config', 'filter.trap.smudge', trap);
    git(folder, 'config', 'diff.trap.textconv', trap);
    writeFileSync(join(folder, '.kconfig-lint.yaml'), `${project}severities: {unmet-dependency: off}\n`);
    expect(lint(folder).status).toBe(0);
    expect(lint(folder, ['--config-ref', 'HEAD', '--since', 'HEAD']).status).toBe(0);
    expect(lint(folder, ['--config-ref', 'HEAD']).status).toBe(1);
    expect(() => readFileSync(join(folder, 'trapped'))).toThrow();
  });

  it('says what to type where a clone is shallow, and where there is no git', () => {
    const folder = made();
    expect(lint(folder, ['--since', 'HEAD~1']).stderr).toContain('git fetch --unshallow');
    expect(lint(folder, ['--since', 'HEAD'], { PATH: '/nowhere' }).stderr).toContain(
      '--since needs git, which is not on the PATH',
    );
    const outside = mkdtempSync(join(tmpdir(), 'kconfig-lint-none-'));
    folders.push(outside);
    writeFileSync(join(outside, 'a.config'), 'CONFIG_XEN=y\n');
    expect(lint(outside, ['a.config', '--since', 'HEAD']).stderr).toContain('this folder is in none');
  });

  it('follows no link out of itself', () => {
    const folder = made();
    const secret = mkdtempSync(join(tmpdir(), 'kconfig-lint-secret-'));
    folders.push(secret);
    writeFileSync(join(secret, 's.config'), 'CONFIG_SECRET=y\n');
    symlinkSync(join(secret, 's.config'), join(folder, 'link.config'));
    symlinkSync(secret, join(folder, 'inside'));
    const text = (paths: string, more = '') => `files:\n  a: {paths: ${paths}, kernels: 6.12, arches: x86_64${more}}\n`;
    for (const paths of ['link.config', 'inside/s.config', '"inside/*.config"']) {
      writeFileSync(join(folder, '.kconfig-lint.yaml'), text(paths));
      const { status, stdout, stderr } = lint(folder);
      expect({ status, stdout }).toMatchObject({ status: 3, stdout: expect.not.stringContaining('SECRET') });
      expect(stderr).toContain('group a has no files');
    }
    for (const base of ['link.config', 'inside/s.config']) {
      writeFileSync(join(folder, '.kconfig-lint.yaml'), text('a.config', `, base: ${base}`));
      expect(lint(folder).status).not.toBe(0);
      expect(lint(folder).stdout).not.toContain('SECRET');
    }
  });

  it('is as fast to leave aside as it was: no project file, no YAML', () => {
    const folder = repository({ 'a.config': 'CONFIG_XEN=y\n' });
    const { stderr } = lint(folder, ['a.config'], { NODE_DEBUG: 'module' });
    expect(stderr).not.toContain('run.cjs');
    writeFileSync(join(folder, 'a.config'), '# kconfig-lint-disable unmet-dependency -- because\nCONFIG_NFS_FS=y\n');
    const words = ['a.config', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'none'];
    expect(lint(folder, words)).toMatchObject({ status: 0, stdout: expect.stringContaining('Not shown: 1 waived.') });
  });
});
