/** The library as a product: what its commands say of profiles, of rule files and of configs. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';
import { builtIn, judgeText } from '../support/library.ts';

function cli(line: string, options: MemoryOptions = {}) {
  const host = memoryHost(options);
  const words = line.split(' ').filter((word) => word !== '');
  const exit = run(words, host, createKernelHost(join(root, 'models')));
  return { exit, out: host.out(), err: host.err() };
}

const row = (body: string) => `{ ${body}, reason: R., references: ["https://x.org"] }`;

describe('the version of a platform', () => {
  const asked = (version: string) => {
    const target = { kernel: 6012000, arch: 'x86_64' } as const;
    const names = [`kubernetes-node@${version}`];
    const { findings } = judgeText(builtIn.library, names, 'CONFIG_A=y\n', { kind: 'complete', target });
    return findings.map(({ rule }) => rule.id);
  };

  it('holds for what the profile extends: pressure metrics are of 1.34', () => {
    expect(asked('1.31')).not.toContain('kubernetes-psi/PSI');
    expect(asked('1.33')).not.toContain('kubernetes-psi/PSI');
    expect(asked('1.34')).toContain('kubernetes-psi/PSI');
  });

  it('is named once, and only its rows are shown', () => {
    const shown = cli('profiles show kubernetes-node@1.31').out;
    expect(shown).toMatch(/^kubernetes-node {2}Kubernetes node \(Kubernetes 1\.31\)\n/);
    expect(shown).not.toContain('kubernetes-psi/PSI');
    expect(shown).toContain('kubernetes-node/kubeadm-v1-options');
    expect(cli('profiles show kubernetes-node').out).toContain('kubernetes-psi/PSI');
  });
});

describe('profiles show --format json', () => {
  it('gives every row with its symbols, its profile, its words', () => {
    const { out } = cli('profiles show kubernetes-node@1.35 --format json');
    const [{ id, platform, requirements }] = JSON.parse(out).profiles;
    expect([id, platform]).toEqual(['kubernetes-node', 'Kubernetes 1.35']);
    expect(
      requirements.find(({ rule }: { rule: string }) => rule === 'kubernetes-psi/psi-default-disabled'),
    ).toMatchObject({
      profile: 'kubernetes-psi',
      severity: 'warning',
      symbols: ['PSI_DEFAULT_DISABLED'],
      expected: 'CONFIG_PSI_DEFAULT_DISABLED off',
      limits: 'where CONFIG_PSI=y',
      references: [expect.stringMatching(/^https:/), expect.stringMatching(/^https:/)],
    });
  });
});

describe('profiles diff', () => {
  it('tells what a new version of Kubernetes asks for and no longer asks for', () => {
    const { out, exit } = cli('profiles diff kubernetes-node@1.34 kubernetes-node@1.35');
    expect(exit).toBe(0);
    expect(out).toMatch(
      /^kubernetes-node \(Kubernetes 1\.34\) → kubernetes-node \(Kubernetes 1\.35\): 1 row added, 2 removed, 0 changed\n/,
    );
    expect(out).toMatch(/\+ error {4}no cgroup-v1[\s\S]*refuses to start[\s\S]*kubernetes-node\/no-cgroup-v1/);
    expect(out).toMatch(/- info {5}CONFIG_CGROUP_CPUACCT=y[\s\S]*kubernetes-node\/kubeadm-v1-options/);
    expect(cli('profiles diff kubernetes-node@1.35 kubernetes-node@1.34').out).toContain('2 rows added, 1 removed');
    expect(cli('profiles diff cgroup-v2 cgroup-v2').out).toBe(
      'cgroup-v2 → cgroup-v2: 0 rows added, 0 removed, 0 changed\n',
    );
  });

  it('names what changed in a row, old and new', () => {
    const own = (rows: string) => `title: T\ndescription: D.\nrequirements:\n${rows}`;
    const files = {
      'old.yaml': own(`  A: ${row('severity: warning, require: { A: [y, m] }')}\n  B: ${row('require: { B: y }')}\n`),
      'new.yaml': own(`  B: ${row('require: { B: y }')}\n  A: ${row('require: { A: y }, kernel: ">=6.1"')}\n`),
    };
    const { out } = cli('profiles diff ./old.yaml ./new.yaml', { files });
    expect(out).toBe(
      `old → new: 0 rows added, 0 removed, 1 changed

~ error    CONFIG_A=y
           new/A
           rule: old/A → new/A
           profile: old → new
           severity: warning → error
           expected: CONFIG_A=y or m → CONFIG_A=y
           limits: none → for kernel >=6.1
`,
    );
    const data = JSON.parse(cli('profiles diff ./old.yaml ./new.yaml -f json', { files }).out);
    expect(data).toMatchObject({ schemaVersion: 1, from: { id: 'old' }, to: { id: 'new' }, added: [], removed: [] });
    expect(data.changed[0].fields).toEqual(['rule', 'profile', 'severity', 'expected', 'limits']);
    expect(data.changed[0].before.severity).toBe('warning');
  });

  it('takes two profiles that exist', () => {
    expect(cli('profiles diff cgroup-v2').exit).toBe(2);
    expect(cli('profiles diff cgroup-v2 cgroup-v3')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('cgroup-v2?'),
    });
    expect(cli('profiles diff kubernetes-node@1.34 kubernetes-node@9').err).toContain('it knows 1.31');
  });
});

describe('fragment', () => {
  const settingsIn = (text: string) =>
    text.split('\n').filter((line) => /^CONFIG_|^# CONFIG_\w+ is not set/.test(line));

  it.each([
    ['kubernetes-node', '6.12', 'arm64', 'none'],
    ['kubernetes-node', '6.12', 'x86_64', 'defconfig'],
    ['firecracker-guest', '6.1', 'x86_64', 'none'],
    ['docker-engine', '7.2', 'arm64', 'allnoconfig'],
    ['cilium', '5.10', 'x86_64', 'none'],
  ])('of %s on %s %s with %s holds, and olddefconfig keeps all of it', (profile, kernel, arch, base) => {
    const target = `--kernel ${kernel} --arch ${arch}`;
    const { out, exit } = cli(`fragment -p ${profile} ${target} --base ${base}`);
    const lines = settingsIn(out);
    expect(exit).toBe(/left out/.test(out) ? 1 : 0);
    expect(lines.length).toBeGreaterThan(10);
    const resolved = cli(`resolve --base ${base} ${target} --toolchain gcc-12 f.config`, {
      files: { 'f.config': out },
    });
    const kept = new Set(settingsIn(resolved.out));
    expect(lines.filter((line) => !kept.has(line))).toEqual([]);
    const files = { 'x.config': resolved.out };
    const checked = JSON.parse(
      cli(`x.config -p ${profile} ${target} --kind complete --kconfig off -f json`, { files }).out,
    );
    const unmet = checked.files[0].findings.map(({ rule }: { rule: string }) => rule).sort();
    const left = [...out.matchAll(/^# - (\S+) \(/gm)].map((match) => match[1]).sort();
    expect(unmet.filter((rule: string) => rule.includes('/'))).toEqual(left);
    // Every line stands below the rows that it is for.
    for (const [, above] of out.matchAll(/^(.*)\n(?:CONFIG_|# CONFIG_\w+ is not set)/gm))
      expect(above).toMatch(/^# \S+\/\S+/);
  });

  const own = `title: T\ndescription: D.\nrequirements:
  VETH: ${row('require: { VETH: y }')}
  SWAP: ${row('require: { SWAP: y }')}
  no-net: ${row('severity: warning, require: { NET: n }')}
  old: ${row('require: { kernel: ">=6.13" }')}
  gone: ${row('require: { any: [ { MEMCG_SWAP_NOT_THERE: y } ] }')}
  follow: ${row('when: { VETH: [y, m] }, require: { BRIDGE: [y, m] }')}
`;

  it('says which rows it leaves out and why, and what holds anyway', () => {
    const { out, exit } = cli('fragment -p ./own.yaml --kernel 6.12 --arch x86_64', { files: { 'own.yaml': own } });
    expect(exit).toBe(1);
    expect(out).toMatch(
      /^# own\n# on Linux 6\.12\.\d+ x86_64 on no base built with gcc-12: \d+ settings make 3 rows hold/,
    );
    expect(out).toContain('\n# own/VETH\nCONFIG_VETH=y\n');
    expect(out).toContain('\n# own/follow\nCONFIG_BRIDGE=');
    expect(out).toContain('\n# own/SWAP (so by default)\nCONFIG_SWAP=y\n');
    expect(out).toMatch(/\n# 3 rows that are left out:\n/);
    expect(out).toMatch(/\n# - own\/no-net \(warning\): what it takes would undo own\/VETH/);
    expect(out).toContain('\n# - own/old (error): kernel 6.12; needs kernel >=6.13\n');
    expect(out).toContain('\n# - own/gone (error): this kernel has no CONFIG_MEMCG_SWAP_NOT_THERE\n');
    const data = JSON.parse(
      cli('fragment -p ./own.yaml --kernel 6.12 --arch x86_64 -f json', { files: { 'own.yaml': own } }).out,
    );
    expect(data).toMatchObject({ schemaVersion: 1, toolchain: 'gcc-12', met: 3 });
    expect(data.lines).toContainEqual({
      symbol: 'VETH',
      value: 'y',
      line: 'CONFIG_VETH=y',
      rules: ['own/VETH'],
      isDefault: false,
    });
    expect(data.leftOut.map(({ rule }: { rule: string }) => rule)).toEqual(['own/no-net', 'own/old', 'own/gone']);
  });

  it('speaks for a release between two models, and for errors alone', () => {
    const { out } = cli('fragment -p ./own.yaml --kernel 6.6 --arch arm64 -q', { files: { 'own.yaml': own } });
    expect(out).toMatch(/^# on Linux 6\.1\.\d+ and 6\.12\.\d+ arm64/m);
    expect(out).not.toContain('no-net');
  });

  it.each([
    ['fragment', 'no profile was named'],
    ['fragment -p cgroup-v2', 'nothing tells the architecture'],
    ['fragment -p cgroup-v2 --arch arm64', 'nothing tells the kernel release'],
    ['fragment -p cgroup-v2 --arch arm64 --kernel 6.12 --base tiny_defconfig', 'there is no config tiny_defconfig'],
    ['fragment -p cgroup-v2 --arch arm64 --kernel 6.12 x.config', 'fragment takes no file'],
  ])('%s: %s', (line, message) => {
    expect(cli(line)).toMatchObject({ exit: 2, err: expect.stringContaining(message), out: '' });
  });
});
