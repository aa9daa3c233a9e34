/**
 * Records what the kernel's own conf makes of small random trees, as fingerprints in test/data/conf-answers.json, which the tests hold the
 * engine against without a conf. Usage: node scripts/conf-answers.mjs, after `npm run test:conformance` has built a conf of each release.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';
import { cache, getTree } from './trees.mjs';

const seeds = 250;
const { confOnSmall, smallCase } = await loadTs('test/conformance/small.ts');
const { dialectOfVersion } = await loadTs('src/kconfig/index.ts');
const { buildConf } = await loadTs('test/conformance/conf.ts');
const { fingerprint } = await loadTs('src/finding.ts');
const recorded = [];
for (const release of ['5.10', '7.2']) {
  const [major, minor] = release.split('.').map(Number);
  const version = major * 1000 + minor;
  const tree = getTree(release);
  const folder = join(cache, `work-${release}-${tree.version.replace(/[^\w.]/g, '-')}`, `conf-${release}`);
  const conf = buildConf(tree.folder, folder, join(root, 'test/conformance/answers.c'));
  const dialect = dialectOfVersion(version);
  const cases = Array.from({ length: seeds }, (_, seed) => smallCase(seed, dialect.choices === 'classic'));
  const scratch = mkdtempSync(join(tmpdir(), 'kconfig-lint-answers-'));
  try {
    const answers = confOnSmall(cases, dialect, conf, scratch).map(fingerprint);
    recorded.push({ release, version, answers });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
writeFileSync(join(root, 'test/data/conf-answers.json'), `${JSON.stringify(recorded, null, 1)}\n`);
console.log(`recorded ${recorded.map(({ release, answers }) => `${answers.length} answers of ${release}`).join(', ')}`);
