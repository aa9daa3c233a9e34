/** Shows what the program does: lints a real config, and the running kernel's where it can be read. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

function lint(...words) {
  console.log(`$ kconfig-lint ${words.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, ['dist/kconfig-lint.cjs', ...words], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // 1 only says that there are findings, which is what this is to show.
  if (status !== 0 && status !== 1) process.exitCode = status ?? 70;
  console.log();
}

lint(
  relative(root, fileURLToPath(new URL('../fixtures/real/linux-x86_64-6.12.config', import.meta.url))),
  '--profile',
  'firecracker-guest',
);
const running = ['/proc/config.gz', `/boot/config-${release()}`].find((path) => existsSync(path));
if (running === undefined)
  console.log('The running kernel does not show its config (/proc/config.gz, /boot/config-*).');
else lint('running', '--profile', 'kubernetes-psi', '--profile', 'cgroup-v2');
