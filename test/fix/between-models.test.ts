/** `fix` and `check` of releases that lie between two shipped models: what one does not report, the other does not mend. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { parseConfigText } from '../../src/config/document.ts';
import type { ModelFile } from '../../src/kconfig/index.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { fixOn } from '../../src/project/kernels-of.ts';
import { modelFinder } from '../../src/project/models.ts';
import { parseKernelVersion } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { choose, load, profileText } from '../support/library.ts';

const kernel = createKernelHost(join(root, 'models'));

function cli(line: string, text: string) {
  const host = memoryHost({ files: { 'a.config': text } });
  const exit = run(line.split(' '), host, kernel);
  return { exit, out: host.out() };
}

/** Such a config of a release: BASE_SMALL was a number up to 6.9, and is a bool in the newer neighbour. */
const small = (release: string): string =>
  `# Linux/x86 ${release} Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_BASE_SMALL=0\nCONFIG_EXPERT=y\nCONFIG_NET=y\n`;

describe('a release between two models', () => {
  it('has nothing to fix where check finds nothing wrong', () => {
    expect(cli('a.config --kind complete', small('6.8.9')).exit).toBe(0);
    expect(cli('fix a.config --kind complete', small('6.8.9'))).toEqual({
      exit: 0,
      out: '✔ a.config: nothing to fix on Linux 6.12.117 x86_64\n',
    });
  });

  it('has nothing to fix in a fragment either', () => {
    const on = '--kernel 6.8 --arch x86_64 --base defconfig';
    const text = 'CONFIG_EXPERT=y\nCONFIG_BASE_SMALL=0\n';
    expect(cli(`a.config ${on}`, text).exit).toBe(0);
    expect(cli(`fix a.config ${on}`, text).exit).toBe(0);
  });

  it('may stand on a base that only the newer model has, with a text that is repaired', () => {
    const line = 'fix a.config --kernel 6.8 --arch x86_64 --base hardening.config';
    const { exit, out } = cli(line, 'CONFIG_NET=y\nCONFIG_PSI=yes\n');
    expect(exit).toBe(0);
    expect(out).toContain('repair   Write CONFIG_PSI=y (value-spelling)\n');
  });

  it('is mended from an editor as from the command line', () => {
    const models = modelFinder(kernel)({
      kernel: parseKernelVersion('6.8.9'),
      arch: 'x86_64',
      model: undefined,
      tree: undefined,
    });
    const document = parseConfigText(small('6.8.9'), 'a.config', { kind: 'complete' });
    const { library } = load({ p: profileText({ none: 'require: { MODULES: [y, n] }' }) });
    const nothing = new Set<never>();
    const fixed = fixOn(document, {
      prepared: { target: {}, boot: nothing, bootDenied: nothing, chosen: choose(library, 'p'), library },
      target: document.target,
      models: models as readonly ModelFile[],
      base: undefined,
      before: [],
      toolchain: undefined,
      arch: undefined,
      accepts: undefined,
    });
    expect(models).toHaveLength(2);
    expect(fixed?.plan).toMatchObject({ changes: [], fixed: [], unfixed: [] });
  });
});

describe('a release that has a model of its own', () => {
  it('is mended by that one', () => {
    const { exit, out } = cli('fix a.config --kind complete', small('6.12.117'));
    expect(exit).toBe(1);
    expect(out).toContain('no fix   CONFIG_BASE_SMALL=0: CONFIG_BASE_SMALL cannot be 0\n');
  });
});
