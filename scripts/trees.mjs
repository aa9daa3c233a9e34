/** Gets kernel trees and configs as Debian ships them, through the machine's own mirror and a private apt state. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Series with the suites that have them, the first that does wins; `security` stands for the mirror of security updates. */
export const releases = {
  '5.10': [
    ['bullseye-security', 'security'],
    ['bullseye', 'main'],
  ],
  6.1: [
    ['bookworm-security', 'security'],
    ['bookworm', 'main'],
  ],
  6.12: [
    ['bookworm-security', 'security'],
    ['trixie', 'main'],
  ],
  7.2: [
    ['sid', 'main'],
    ['trixie-backports', 'main'],
  ],
  7.3: [
    ['experimental', 'main'],
    ['sid', 'main'],
  ],
};

export const cache = process.env.KCONFIG_LINT_TREES ?? join(homedir(), '.cache/kconfig-lint/trees');

/** Thrown where a tree cannot be had on this machine; callers skip, loudly. */
export class Unavailable extends Error {}

/** Debian mirrors that apt knows of on this machine. */
export function mirrors() {
  const found = { main: undefined, security: undefined };
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  for (const file of files) {
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const uri = /^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(\S+)/.exec(line)?.[1];
      if (uri === undefined) continue;
      if (/security/.test(uri)) found.security ??= uri;
      else found.main ??= uri;
    }
  }
  return found;
}

const updated = new Set();

/** Downloads a package of a suite, for the machine's own architecture unless told otherwise; gives the path of the .deb, or undefined. */
export function download(suite, mirror, name, arch) {
  const debs = join(cache, 'deb', suite);
  mkdirSync(debs, { recursive: true });
  const isIt = (file) =>
    file.startsWith(`${name}_`) && (arch === undefined ? /\.deb$/ : new RegExp(`_(?:${arch}|all)\\.deb$`)).test(file);
  const find = () => readdirSync(debs).find(isIt);
  const there = find();
  if (there !== undefined) return join(debs, there);
  spawnSync('apt-get', ['download', name], { env: aptFor(suite, mirror, arch), cwd: debs, stdio: 'ignore' });
  const got = find();
  return got === undefined ? undefined : join(debs, got);
}

/** Unpacks a package of a suite into a folder of the cache; gives the folder and the version of the package. */
export function unpackPackage(suite, name, arch = 'amd64') {
  const deb = download(suite, 'main', name, arch);
  if (deb === undefined) throw new Unavailable(`apt has no ${name}`);
  const version = execFileSync('dpkg-deb', ['-f', deb, 'Version'], { encoding: 'utf8' }).trim();
  const folder = join(cache, `package-${name}-${version.replace(/[^\w.]/g, '-')}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    execFileSync('dpkg-deb', ['-x', deb, partial]);
    renameSync(partial, folder);
  }
  return { folder, version };
}

/** The environment in which apt sees one suite for one architecture and nothing else; its lists are fetched once a run. */
function aptFor(suite, mirror, arch) {
  const uri = mirrors()[mirror];
  if (uri === undefined || spawnSync('apt-get', ['--version']).status !== 0) {
    throw new Unavailable('there is no apt with a Debian mirror on this machine');
  }
  const state = join(cache, 'apt', arch === undefined ? suite : `${suite}-${arch}`);
  for (const each of ['lists/partial', 'cache/archives/partial', 'etc'])
    mkdirSync(join(state, each), { recursive: true });
  writeFileSync(join(state, 'sources.list'), `deb [trusted=yes] ${uri} ${suite} main\n`);
  const config = join(state, 'apt.conf');
  writeFileSync(
    config,
    `Dir::State::Lists "${state}/lists";\nDir::Cache "${state}/cache";\nDir::Etc::sourcelist "${state}/sources.list";\n` +
      `Dir::Etc::sourceparts "-";\nAcquire::Languages "none";\nAPT::Sandbox::User "";\n` +
      (arch === undefined ? '' : `APT::Architecture "${arch}";\nAPT::Architectures { "${arch}"; };\n`),
  );
  const env = { ...process.env, APT_CONFIG: config, LC_ALL: 'C' };
  if (!updated.has(state)) spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
  updated.add(state);
  return env;
}

/** The path of the .deb of a series, downloaded once. */
export function getPackage(series, name, arch) {
  for (const [suite, mirror] of releases[series]) {
    const deb = download(suite, mirror, name, arch);
    if (deb !== undefined) return deb;
  }
  throw new Unavailable(`apt has no ${name}`);
}

/** What of a tree Kconfig needs. */
const wanted = [
  '*/Kconfig*',
  '*/scripts/*',
  '*/arch/*/configs/*',
  '*/kernel/configs/*',
  '*/Makefile',
  '*/include/linux/compiler*',
];

/** The folder of a tree and the version of its package; fetched once. */
export function getTree(series) {
  const folder = join(cache, series);
  const note = join(folder, '.package');
  if (!existsSync(note)) {
    const deb = getPackage(series, `linux-source-${series}`);
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const patterns = wanted.map((pattern) => `'${pattern}'`).join(' ');
    const script = `dpkg-deb --fsys-tarfile "${deb}" | tar xO --wildcards './usr/src/linux-source-*.tar.xz' | tar xJ -C "${partial}" --strip-components=1 --wildcards ${patterns}`;
    execFileSync('bash', ['-o', 'pipefail', '-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
    const version = execFileSync('dpkg-deb', ['-f', deb, 'Version'], { encoding: 'utf8' }).trim();
    writeFileSync(join(partial, '.package'), version);
    renameSync(partial, folder);
  }
  return { series, folder, version: readFileSync(note, 'utf8') };
}

/** Debian's own configs of a release for an architecture by Debian's name for it: names and paths. */
export function getConfigs(series, arch = 'amd64') {
  const folder = join(cache, `configs-${arch}-${series}`);
  if (!existsSync(folder)) {
    const deb = getPackage(series, `linux-config-${series}`, arch);
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    execFileSync('dpkg-deb', ['-x', deb, partial]);
    const packed = join(partial, 'usr/src', `linux-config-${series}`);
    execFileSync('xz', ['-d', ...readdirSync(packed).map((file) => join(packed, file))]);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  }
  const configs = join(folder, 'usr/src', `linux-config-${series}`);
  return readdirSync(configs)
    .sort()
    .map((name) => ({ name, path: join(configs, name) }));
}
