/** Packs the program as the registry would get it, installs that into an empty folder and runs it there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-package-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;
let passed = 0;
let failed = 0;

function expect(what, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : ` ${detail}`}`);
}

/** What a user needs, and nothing else. */
const allowed =
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|man\/kconfig-lint\.1|dist\/[\w.-]+|dist\/types\/[\w/.-]+\.d\.ts|models\/(?:[\w.-]+\.kmodel|symbols\.index)|rules\/[\w-]+\.(?:yaml|json)|rules\/(?:symbols|capabilities)\/[\w-]+\.(?:yaml|json)|schemas\/[\w.-]+\.json)$/;

try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const foreign = packed.files.map(({ path }) => path).filter((path) => !allowed.test(path));
  expect('the package holds nothing it should not', foreign.length === 0, foreign.join(', '));
  expect('the package is under 6 MB', packed.size < 6_000_000, String(packed.size));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = spawnSync(
    'npm',
    ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)],
    { cwd: folder, env, encoding: 'utf8' },
  );
  expect('it installs without a network and without scripts', install.status === 0, install.stderr);
  const others = execFileSync('ls', ['-A', join(folder, 'node_modules')], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name !== '' && !name.startsWith('.'));
  expect('it brings no dependencies', others.join() === 'kconfig-lint', others.join());
  const bin = join(folder, 'node_modules/.bin/kconfig-lint');
  const run = (...args) => spawnSync(bin, args, { cwd: folder, env, encoding: 'utf8' });
  const { version } = JSON.parse(execFileSync('cat', [join(root, 'package.json')], { encoding: 'utf8' }));
  expect('it says its version', run('--version').stdout.trim() === version);
  expect('it lists its profiles', run('profiles').stdout.includes('krata-zone'));
  const resolved = run(
    'resolve',
    '--kernel',
    '6.12',
    '--arch',
    'arm64',
    '--base',
    'defconfig',
    '--toolchain',
    'gcc-12',
  );
  expect(
    'it resolves a defconfig without a kernel tree',
    resolved.stdout.includes('\nCONFIG_ARM64=y\n'),
    resolved.stderr,
  );
  writeFileSync(
    join(folder, 'library.mjs'),
    "import { loadModel, resolveConfig } from 'kconfig-lint';\nconst models = [loadModel('6.12-x86_64')];\nconst { text } = resolveConfig({ models, base: { kind: 'none' }, fragments: ['CONFIG_PSI=y\\n'], output: 'defconfig', toolchain: 'gcc-12' });\nconsole.log(text);\n",
  );
  const library = spawnSync(process.execPath, ['library.mjs'], { cwd: folder, env, encoding: 'utf8' });
  expect('it is a library too', library.stdout.includes('CONFIG_PSI=y'), library.stderr);
  writeFileSync(join(folder, 'bad.config'), 'CONFIG_PSI = y\n');
  const bad = run('bad.config');
  expect(
    'it finds a fault, exit code 1',
    bad.status === 1 && bad.stdout.includes('space-around-equals'),
    bad.stdout + bad.stderr,
  );
  writeFileSync(
    join(folder, 'own.yaml'),
    'title: Own\ndescription: Mine.\nrequirements:\n  PSI:\n    require: { PSI: y }\n    reason: I want it.\n    references: [https://docs.kernel.org/accounting/psi.html]\n',
  );
  writeFileSync(join(folder, 'good.config'), 'CONFIG_PSI=y\n');
  const good = run('good.config', '--profile', './own.yaml', '--format', 'json');
  expect(
    "it takes a profile of the user's own, exit code 0",
    good.status === 0 && JSON.parse(good.stdout).files[0].profiles[0].met === 1,
    good.stderr,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
