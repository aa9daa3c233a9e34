/** Gets the programs of peers as Debian ships them: how each is asked about a config, for the comparison of verdicts and for the benchmarks. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, download, Unavailable, unpackPackage } from './trees.mjs';

const newest = 'sid';

/** The system's own Python: one that a version manager put before it starts a shell first. */
export const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Where uname tells the release of the config, for the script takes it from the machine, and zgrep costs no shell. */
function shims() {
  const folder = join(cache, 'peers-shims');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'uname'), '#!/bin/sh\necho "$PEER_RELEASE"\n', { mode: 0o755 });
  writeFileSync(join(folder, 'zgrep'), '#!/bin/sh\nexec grep "$@"\n', { mode: 0o755 });
  return folder;
}

/**
 * The peers that can be had here: version, and `command` (a config, its release) → argv and environment, or `source`, where a list is
 * read. `skip` is told what cannot be had, and why.
 */
export function findPeers(skip) {
  const found = {};
  const path = `${shims()}:${process.env.PATH}`;
  const attempt = (name, get) => {
    try {
      found[name] = get();
    } catch (error) {
      skip(name, error);
    }
  };
  attempt('kernel-hardening-checker', () => {
    const { folder, version } = unpackPackage(newest, 'kernel-hardening-checker');
    if (python === undefined) throw new Unavailable('there is no python3');
    const PYTHONPATH = join(folder, 'usr/lib/python3/dist-packages');
    const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
    const program = join(folder, 'usr/bin/kernel-hardening-checker');
    return { folder, version, command: (config) => ({ argv: [python, program, '-m', 'json', '-c', config], env }) };
  });
  attempt('docker', () => {
    const { folder, version } = unpackPackage(newest, 'docker.io');
    const script = join(folder, 'usr/share/docker.io/contrib/check-config.sh');
    return {
      version,
      command: (config, release) => ({
        argv: ['sh', script, config],
        env: { PATH: path, PEER_RELEASE: release, NO_COLOR: '1', LC_ALL: 'C' },
      }),
    };
  });
  attempt('lxc', () => {
    const { folder, version } = unpackPackage(newest, 'lxc');
    const script = join(folder, 'usr/bin/lxc-checkconfig');
    return {
      version,
      command: (config) => ({ argv: ['sh', script], env: { PATH: path, CONFIG: config, LC_ALL: 'C' } }),
    };
  });
  attempt('kubeadm', () => {
    const { folder, version } = unpackPackage(newest, 'golang-k8s-system-validators-dev');
    const source = join(folder, 'usr/share/gocode/src/k8s.io/system-validators/validators/types_unix.go');
    return { folder, version, source: readFileSync(source, 'utf8') };
  });
  return found;
}

/** Debian's Go, unpacked into the cache: its root. */
function getGo() {
  const folder = join(cache, 'go-1.19');
  if (!existsSync(folder)) {
    for (const name of ['golang-1.19-src', 'golang-1.19-go']) {
      const deb = download('bookworm', 'main', name, 'amd64');
      if (deb === undefined) throw new Unavailable(`apt has no ${name}`);
      execFileSync('dpkg-deb', ['-x', deb, folder]);
    }
  }
  return join(folder, 'usr/lib/go-1.19');
}

/**
 * Builds the kernel part of kubeadm's validators (`folder` is their package) as a program that takes the paths of configs; `sources`
 * holds the two files that it is made of. Gives the path of the program.
 */
export function buildValidator(folder, sources, out) {
  const goroot = getGo();
  const own = join(folder, 'usr/share/gocode');
  const semver = unpackPackage(newest, 'golang-github-blang-semver-dev').folder;
  mkdirSync(join(out, 'src/validate'), { recursive: true });
  writeFileSync(join(out, 'src/validate/main.go'), readFileSync(join(sources, 'main.go')));
  // Laid over the package, of which the function that takes an open config is not public.
  const added = join(own, 'src/k8s.io/system-validators/validators/validate_file.go');
  writeFileSync(join(out, 'overlay.json'), JSON.stringify({ Replace: { [added]: join(sources, 'validate-file.go') } }));
  const program = join(out, 'validate-kernel');
  const GOPATH = [out, own, join(semver, 'usr/share/gocode')].join(':');
  const env = { ...process.env, GOROOT: goroot, GOPATH, GO111MODULE: 'off', CGO_ENABLED: '0', GOFLAGS: '' };
  execFileSync(join(goroot, 'bin/go'), ['build', '-overlay', join(out, 'overlay.json'), '-o', program, 'validate'], {
    env: { ...env, GOCACHE: join(out, 'cache') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}
