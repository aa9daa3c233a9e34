/**
 * Packs the program as the registry would get it, looks at what is in there, and installs and runs it in empty folders on the oldest
 * Node of each major version that it is for.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './load-ts.mjs';
import { createTally } from './tally.mjs';
import { installTools, loadTool, nodeBinary, npmScript } from './tools.mjs';

const { expect, skip, end } = createTally();
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-package-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

/** What a user needs, and nothing else. */
const allowed =
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|man\/kconfig-lint\.1|dist\/[\w.-]+|dist\/types\/(?:package\.json|[\w/.-]+\.d\.ts)|models\/(?:[\w.-]+\.kmodel|(?:symbols|parameters)\.index)|rules\/[\w-]+\.(?:yaml|json)|rules\/(?:symbols|capabilities|parameters)\/[\w-]+\.(?:yaml|json)|schemas\/[\w.-]+\.json)$/;

const ownProfile =
  'title: Own\ndescription: Mine.\nrequirements:\n  PSI:\n    require: { PSI: y }\n    reason: I want it.\n    references: [https://docs.kernel.org/accounting/psi.html]\n';
const resolving =
  "const models = [loadModel('6.12-x86_64')];\nconst { text } = resolveConfig({ models, base: { kind: 'none' }, fragments: ['CONFIG_PSI=y\\n'], output: 'defconfig', toolchain: 'gcc-12' });\nconst { counts } = lint(parseConfig('CONFIG_PSI = y\\n'));\nconsole.log(text, counts.error);\n";
const exported = '{ lint, loadModel, parseConfig, resolveConfig }';

try {
  const tools = installTools();
  const packed = pack(root, folder);
  lookInside(packed);
  expect(
    'it is packed to the same bytes again',
    pack(root, mkdtempSync(join(folder, 'again-'))).integrity === packed.integrity,
  );
  const tarball = join(folder, packed.filename);
  install(`Node ${process.version.slice(1)}, which is here`, process.execPath, tarball);
  if (tools === undefined) skip('the tools in scripts/shipping-tools cannot be installed here: no registry');
  else {
    for (const major of [20, 22, 24]) {
      const node = nodeBinary(tools, major);
      if (node === undefined) skip(`Node ${major} is not here, nor can it be had for this machine`);
      else install(`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1)}`, node, tarball);
    }
    await lint(tools, tarball);
  }
  bundleElsewhere();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
end();

function pack(from, destination) {
  const args = ['pack', '--json', '--pack-destination', destination];
  const [packed] = JSON.parse(
    execFileSync('npm', args, { cwd: from, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return packed;
}

function lookInside({ files, size, filename }) {
  const foreign = files.map(({ path }) => path).filter((path) => !allowed.test(path));
  expect('the package holds nothing it should not', foreign.length === 0, foreign.join(', '));
  const needed = [
    'dist/kconfig-lint.cjs',
    'dist/action.cjs',
    'dist/index.cjs',
    'dist/sbom.cdx.json',
    'dist/THIRD-PARTY-NOTICES.txt',
  ];
  const missing = needed.filter((path) => !files.some((file) => file.path === path));
  expect('it holds what it should', missing.length === 0, missing.join(', '));
  expect('it is under 6 MB', size < 6_000_000, String(size));
  const unpacked = mkdtempSync(join(folder, 'unpacked-'));
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', unpacked]);
  const traces = spawnSync('grep', ['-rlaF', root, unpacked], { encoding: 'utf8' }).stdout;
  expect('it does not tell where it was made', traces === '', traces);
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package/package.json'), 'utf8'));
  const runs = Object.keys(manifest.scripts).filter((name) =>
    /^(?:pre|post)?(?:install|pack|publish|prepare|build)(?:Only)?$/.test(name),
  );
  expect(
    'nothing of it runs when it is installed',
    runs.length === 0 && manifest.dependencies === undefined,
    runs.join(),
  );
}

/** A machine that has nothing but this Node: no settings, no cache, no network. */
function install(name, node, tarball) {
  const place = mkdtempSync(join(folder, 'clean-'));
  const [home, bin] = [join(place, 'home'), join(place, 'bin')];
  for (const each of [home, bin]) mkdirSync(each);
  symlinkSync(node, join(bin, 'node'));
  const clean = { HOME: home, PATH: `${bin}:/usr/bin:/bin` };
  const start = (...args) => spawnSync(node, args, { cwd: place, env: clean, encoding: 'utf8' });
  const write = (path, text) => writeFileSync(join(place, path), text);
  write('package.json', '{"private":true}');
  const installed = start(npmScript(), 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball);
  expect(`${name}: it installs without a network and without scripts`, installed.status === 0, installed.stderr);
  const lock = JSON.parse(readFileSync(join(place, 'package-lock.json'), 'utf8'));
  const others = Object.keys(lock.packages).filter((path) => path !== '' && path !== 'node_modules/kconfig-lint');
  expect(`${name}: it brings no dependencies`, others.length === 0, others.join());
  const run = (...args) =>
    spawnSync(join(place, 'node_modules/.bin/kconfig-lint'), args, { cwd: place, env: clean, encoding: 'utf8' });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(`${name}: it says its version`, run('--version').stdout.trim() === version);
  expect(`${name}: it lists its profiles`, run('profiles').stdout.includes('krata-zone'));
  const target = ['--kernel', '6.12', '--arch', 'arm64', '--base', 'defconfig', '--toolchain', 'gcc-12'];
  const resolved = run('resolve', ...target);
  expect(
    `${name}: it resolves a defconfig without a kernel tree`,
    resolved.stdout.includes('\nCONFIG_ARM64=y\n'),
    resolved.stderr,
  );
  write('bad.config', 'CONFIG_PSI = y\n');
  const bad = run('bad.config', ...target);
  const found = bad.status === 1 && bad.stdout.includes('space-around-equals');
  expect(`${name}: it finds a fault, exit code 1`, found, bad.stdout + bad.stderr);
  write('own.yaml', ownProfile);
  write('good.config', 'CONFIG_PSI=y\n');
  const good = run('good.config', '--profile', './own.yaml', '--format', 'json');
  const met = good.status === 0 && JSON.parse(good.stdout).files[0].profiles[0].met === 1;
  expect(`${name}: it takes a profile of the user's own, exit code 0`, met, good.stderr);
  write('library.mjs', `import ${exported} from 'kconfig-lint';\n${resolving}`);
  write('library.cjs', `const ${exported} = require('kconfig-lint');\n${resolving}`);
  for (const file of ['library.mjs', 'library.cjs']) {
    const { stdout, stderr } = start(file);
    expect(`${name}: it is a library, ${file}`, /CONFIG_PSI=y\n[\s\S]*1\n$/.test(stdout), stdout + stderr);
  }
  clean['INPUT_FILES'] = 'bad.config';
  const step = start('node_modules/kconfig-lint/dist/action.cjs');
  expect(
    `${name}: it is an action`,
    step.status === 1 && step.stdout.includes('::error file=bad.config,line=1'),
    step.stdout + step.stderr,
  );
}

/** publint, and whether the types are right for every way of importing. */
async function lint(tools, tarball) {
  const { publint, formatMessage, types } = await loadTool(
    tools,
    "export { publint } from 'publint'; export { formatMessage } from 'publint/utils'; export * as types from '@arethetypeswrong/core';",
  );
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
  });
  expect('publint finds nothing', messages.length === 0, messages.map((each) => formatMessage(each, pkg)).join('\n'));
  const { problems, entrypoints } = await types.checkPackage(types.createPackageFromTarballData(new Uint8Array(bytes)));
  expect('are the types wrong? They are not', problems.length === 0, JSON.stringify(problems, null, 1));
  expect(
    'they were looked for',
    Object.values(entrypoints['.'].resolutions).filter(({ resolution }) => resolution?.isTypeScript).length === 4,
  );
}

/** The bundle hangs on nothing but its sources: not on the folder, the time, the language or the user. */
function bundleElsewhere() {
  const copy = join(folder, 'some where/else');
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const name of new Set(names.split('\0'))) {
    if (name === '' || !existsSync(join(root, name))) continue;
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  execFileSync('cp', ['-a', join(root, 'node_modules'), copy]);
  const other = { PATH: env.PATH, HOME: folder, TZ: 'Pacific/Chatham', LC_ALL: 'C', TMPDIR: folder };
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs', '--check'], {
    cwd: copy,
    env: other,
    encoding: 'utf8',
  });
  expect('it is bundled to the same bytes elsewhere', status === 0, stderr);
}
