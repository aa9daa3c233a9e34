/** Counts what a check of many parts found, and says it in the line that .ci/run reads. */
import { spawnSync } from 'node:child_process';

export function createTally() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    expect: (what, holds, detail = '') => {
      counts[holds ? 'passed' : 'failed']++;
      console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : `\n${detail}`}`);
    },
    skip: (why) => {
      counts.skipped++;
      console.log(`SKIPPED: ${why}`);
    },
    end: () => {
      const { passed, failed, skipped } = counts;
      console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
      process.exitCode = failed > 0 ? 1 : 0;
    },
  };
}

/** As root on Debian, gets packages that are not there; says so. */
export function installPackages(names) {
  if (names.length === 0 || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
  for (const name of names)
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env, stdio: 'ignore' });
}
