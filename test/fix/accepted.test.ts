/** What was accepted stays as it is; and what repairs of the text change is there in every form. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { memoryGit } from '../support/git.ts';
import { memoryHost } from '../support/host.ts';
import { profileText } from '../support/library.ts';

const own = profileText({ PSI: 'require: { PSI: y }', KSM: 'require: { KSM: y }' });
const kernel = createKernelHost(join(root, 'models'));
const on = '--kernel 6.12 --arch x86_64 --base defconfig';

function cli(line: string, files: Readonly<Record<string, string>>) {
  const host = memoryHost({ files: { '.git/HEAD': '', 'own.yaml': own, ...files } });
  const exit = run(line.split(' '), host, kernel, { git: memoryGit({}) });
  return { exit, out: host.out(), err: host.err() };
}

const fragment = 'CONFIG_NET=y\nCONFIG_EXPERT=y\n# CONFIG_PSI is not set\n';
const fix = `fix a.config -p ./own.yaml ${on} -f fragment`;

describe('fix', () => {
  it('mends a requirement that nobody accepted', () => {
    expect(cli(fix, { 'a.config': fragment }).out).toContain('\nCONFIG_PSI=y\n');
  });

  it.each([
    ['a comment of the file', '# kconfig-lint-disable own/PSI -- no need\n', undefined],
    ['a comment for the line', '# kconfig-lint-disable-next-line own/* -- no need\n', undefined],
    ['a waiver of the project', '', 'waivers:\n  - { rule: own/PSI, reason: These zones have no need. }\n'],
    ['a rule that the project switched off', '', 'severities: { own/PSI: off }\n'],
  ])('leaves what is accepted by %s', (_, comment, project) => {
    const lines = fragment.split('\n');
    const text = [...lines.slice(0, 2), comment + lines[2], ''].join('\n');
    const group =
      'files:\n  zone: { paths: a.config, base: defconfig, kernels: "6.12", arches: x86_64, profiles: ./own.yaml }\n';
    const files = { 'a.config': text, ...(project === undefined ? {} : { '.kconfig-lint.yaml': group + project }) };
    const line = project === undefined ? fix : 'fix a.config -f fragment';
    const { out, err } = cli(line, files);
    expect(err).toBe('');
    expect(out).toContain('\nCONFIG_KSM=y\n');
    expect(out).not.toContain('CONFIG_PSI');
  });

  it('mends again what was accepted until yesterday', () => {
    const waivers = 'waivers:\n  - { rule: own/*, reason: These zones have no need., expires: 2020-01-01 }\n';
    const group =
      'files:\n  zone: { paths: a.config, base: defconfig, kernels: "6.12", arches: x86_64, profiles: ./own.yaml }\n';
    const { out } = cli('fix a.config -f fragment', { 'a.config': fragment, '.kconfig-lint.yaml': group + waivers });
    expect(out).toContain('\nCONFIG_PSI=y\n');
  });

  it('leaves a setting without effect, and a line as it is written, where that is accepted', () => {
    const lost = 'CONFIG_XEN=y\nCONFIG_XEN_FBDEV_FRONTEND=m\n';
    expect(cli(`fix a.config ${on} -f fragment`, { 'a.config': lost }).out).toContain('CONFIG_FB=m\n');
    const accepted = lost.replace(
      'CONFIG_XEN_F',
      '# kconfig-lint-disable-next-line unmet-dependency -- later\nCONFIG_XEN_F',
    );
    const { exit, out } = cli(`fix a.config ${on}`, { 'a.config': accepted });
    expect([exit, out]).toEqual([0, '✔ a.config: nothing to fix on Linux 6.12.117 x86_64 on defconfig\n']);
    const odd = '# kconfig-lint-disable value-spelling -- our own reader wants it\nCONFIG_PSI=Y\n';
    expect(cli('fix a.config', { 'a.config': odd }).out).toMatch(/^✔ a\.config: nothing to fix/);
  });

  const odd = 'CONFIG_PSI = y\nCONFIG_DEFAULT_HOSTNAME=my-host\nCONFIG_NET=yCONFIG_USB=n\n';

  it.each([`--kernel 6.12 --arch x86_64 --base none`, ''])('brings repairs in every form: %s', (kernelOptions) => {
    const print = (format: string) =>
      cli(`fix a.config ${kernelOptions} -f ${format}`.replace('  ', ' '), { 'a.config': odd }).out;
    const settings = (text: string) => text.split('\n').filter((line) => /^(?:# )?CONFIG_/.test(line));
    expect(settings(print('fragment'))).toEqual([
      'CONFIG_PSI=y',
      'CONFIG_DEFAULT_HOSTNAME="my-host"',
      'CONFIG_NET=y',
      '# CONFIG_USB is not set',
    ]);
    expect(print('scripts-config')).toBe(
      'scripts/config --file a.config \\\n  --enable PSI \\\n  --set-str DEFAULT_HOSTNAME my-host \\\n  --enable NET \\\n  --disable USB\n',
    );
  });
});
