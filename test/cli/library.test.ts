/** The library as a product: what its commands say of profiles, of rule files and of configs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { type MemoryOptions, memoryHost } from '../support/host.ts';
import { builtIn, judgeText } from '../support/library.ts';

const kernels = createKernelHost(join(root, 'models'));

function cli(line: string, options: MemoryOptions = {}) {
  const host = memoryHost(options);
  const words = line.split(' ').filter((word) => word !== '');
  const exit = run(words, host, kernels);
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
      limits: 'where CONFIG_PSI=y and no psi=1 or psi=y or psi=on on the command line',
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

describe("profiles of a user's own", () => {
  const profile = (body: string, head = '') => `title: T\ndescription: D.\n${head}requirements:\n  A: ${row(body)}\n`;

  it('that extend each other are told so once', () => {
    const files = {
      'a.yaml': profile('require: { A: y }', 'extends: [./b.yaml]\n'),
      'b.yaml': profile('require: { A: y }', 'extends: [./a.yaml]\n'),
      '.config': 'CONFIG_A=y\n',
    };
    const { exit, err } = cli('check --profile ./a.yaml .config', { files });
    expect(exit).toBe(2);
    expect(err.match(/extends goes round in a circle/g)).toHaveLength(1);
    expect(err).toContain('a.yaml:3:1');
    expect(err).toContain('a → b → a');
  });

  it('are refused where they spell a value out', () => {
    const files = { 'a.yaml': profile('require: { PSI: yes }'), '.config': 'CONFIG_PSI=y\n' };
    const { exit, out, err } = cli('check --profile ./a.yaml .config', { files });
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('a.yaml:4:24');
    expect(err).toContain('did you mean y?');
  });
});

describe('rules lint', () => {
  const lint = (rows: string, head = '') => {
    const files = { 'own.yaml': `title: T\ndescription: D.\n${head}requirements:\n${rows}` };
    const { exit, out } = cli('rules lint own.yaml -f json', { files });
    const { findings } = JSON.parse(out) as {
      findings: {
        code: string;
        line: number;
        column: number;
        row: string;
        message: string;
        why: string;
        help: string;
      }[];
    };
    return { exit, findings, said: findings.map(({ code, row: name, line }) => `${code} ${name} ${line}`) };
  };
  const kubernetes = 'platform: { name: Kubernetes, versions: ["1.34", "1.35"] }\n';

  it.each([
    // One planted defect of each kind, with its place.
    [
      'an unknown key',
      `  A:\n    require: { SWAP: y }\n    reason: R.\n    references: ["https://x.org"]\n    tittle: x\n`,
      '',
      'schema null 8',
    ],
    ['a value spelled out', `  A: ${row('require: { SWAP: yes }')}\n`, '', 'schema null 4'],
    ['an unknown profile', `  A: ${row('require: { SWAP: y }')}\n`, 'extends: [kubernetes-nod]\n', 'link null 3'],
    ['an unknown need', `  A: ${row('require: { SWAP: y }, needs: [B]')}\n`, '', 'link null 4'],
    [
      'on and off',
      `  A: ${row('require: { SWAP: y }')}\n  B: ${row('require: { SWAP: n }')}\n`,
      '',
      'contradiction A 4',
    ],
    [
      'on and off where both apply',
      `  A: ${row('require: { SWAP: y }, kernel: ">=5.10"')}\n  B: ${row('require: { SWAP: n }, kernel: "<6.1", when: { ZSWAP: n }')}\n`,
      '',
      'contradiction A 4',
    ],
    [
      'a contradiction of what is inherited',
      `  A: ${row('require: { CGROUPS: n }')}\n`,
      'extends: [cgroup-v2]\n',
      'contradiction A 5',
    ],
    [
      'a contradiction in one version of the platform',
      `  A: ${row('require: { SWAP: y }, platform: ">=1.35"')}\n  B: ${row('require: { SWAP: n }')}\n`,
      kubernetes,
      'contradiction A 5',
    ],
    [
      'a contradiction of alternatives',
      `  A: ${row('require: { any: [ { SWAP: n }, { ZSWAP: n } ] }')}\n  B: ${row('require: { SWAP: y, ZSWAP: [y, m] }')}\n`,
      '',
      'contradiction A 4',
    ],
    [
      'an empty range',
      `  A:\n    kernel: ">=6.1 <5.0"\n    require: { SWAP: y }\n    reason: R.\n    references: ["https://x.org"]\n`,
      '',
      'unreachable A 5',
    ],
    [
      'architectures that exclude each other',
      `  A: ${row('arch: [arm64], when: { arch: x86_64 }, require: { SWAP: y }')}\n`,
      '',
      'unreachable A 4',
    ],
    [
      'a when that the range rules out',
      `  A: ${row('kernel: "<5.10", when: { kernel: ">=6.1" }, require: { SWAP: y }')}\n`,
      '',
      'unreachable A 4',
    ],
    [
      'a when that contradicts itself',
      `  A: ${row('when: { all: [ { ZSWAP: y }, { ZSWAP: n } ] }, require: { SWAP: y }')}\n`,
      '',
      'unreachable A 4',
    ],
    [
      'a version that nobody can choose',
      `  A: ${row('platform: "<1.20", require: { SWAP: y }')}\n`,
      kubernetes,
      'unreachable A 5',
    ],
    ['a version of no platform', `  A: ${row('platform: ">=1.20", require: { SWAP: y }')}\n`, '', 'unreachable A 4'],
    [
      'an alternative for other kernels',
      `  A: ${row('kernel: ">=6.1", require: { any: [ { SWAP: y }, { kernel: "<5.10", ZSWAP: y } ] }')}\n`,
      '',
      'unreachable A 4',
    ],
    ['a misspelled symbol', `  A: ${row('require: { SWAPP: y }')}\n`, '', 'no-such-symbol A 4'],
    ['a misspelled symbol that is to be off', `  A: ${row('require: { DEVMEMM: n }')}\n`, '', 'no-such-symbol A 4'],
    [
      'a misspelled symbol in when',
      `  A: ${row('when: { ZSWAPP: y }, require: { SWAP: y }')}\n`,
      '',
      'no-such-symbol A 4',
    ],
    [
      'a symbol of other releases',
      `  A: ${row('kernel: ">=6.12", require: { MEMCG_SWAP: y }')}\n`,
      '',
      'no-such-symbol A 4',
    ],
    [
      'a symbol of another architecture',
      `  A: ${row('arch: [arm64], require: { PVH: y }')}\n`,
      '',
      'no-such-symbol A 4',
    ],
    ['a hidden symbol', `  A: ${row('require: { VIRTIO_ANCHOR: y }')}\n`, '', 'hidden-symbol A 4'],
    ['http', `  A: { require: { SWAP: y }, reason: R., references: ["http://x.org"] }\n`, '', 'dead-reference A 4'],
    [
      'a malformed address',
      `  A: { require: { SWAP: y }, reason: R., references: ["https://x,org/a"] }\n`,
      '',
      'dead-reference A 4',
    ],
    [
      'an address for examples',
      `  A: { require: { SWAP: y }, reason: R., references: ["https://www.example.com/a"] }\n`,
      '',
      'dead-reference A 4',
    ],
    [
      'an inherited row again',
      `  A: ${row('require: { CGROUPS: y }')}\n`,
      'extends: [cgroup-v2]\n',
      'duplicate-row A 5',
    ],
    [
      'a row twice',
      `  A: ${row('require: { SWAP: y }')}\n  B: ${row('require: { SWAP: y }, severity: info')}\n`,
      '',
      'duplicate-row B 5',
    ],
  ])('finds %s', (_, rows, head, expected) => {
    const { exit, findings, said } = lint(rows, head);
    expect(said).toEqual([expected]);
    const [{ code, message, why, help }] = findings as [(typeof findings)[0]];
    expect(exit).toBe(code === 'hidden-symbol' || code === 'duplicate-row' ? 0 : 1);
    for (const text of [message, why, help]) expect(text.length).toBeGreaterThan(10);
  });

  it.each([
    [
      'rows for different kernels',
      `  A: ${row('require: { SWAP: y }, kernel: "<6.1"')}\n  B: ${row('require: { SWAP: n }, kernel: ">=6.1"')}\n`,
      '',
    ],
    [
      'rows for different architectures',
      `  A: ${row('require: { SWAP: y }, arch: [x86]')}\n  B: ${row('require: { SWAP: n }, arch: [arm64]')}\n`,
      '',
    ],
    [
      'rows where the other does not hold',
      `  A: ${row('require: { SWAP: y }, when: { ZSWAP: y }')}\n  B: ${row('require: { SWAP: n }, unless: { ZSWAP: y }')}\n`,
      '',
    ],
    [
      'a stricter row',
      `  A: ${row('require: { TUN: [y, m] }')}\n  B: ${row('require: { TUN: y }, boot: [no-modules]')}\n`,
      '',
    ],
    ['an inherited row that is replaced', `  CGROUPS: ${row('require: { CGROUPS: n }')}\n`, 'extends: [cgroup-v2]\n'],
    [
      'a symbol under its older name',
      `  A: ${row('kernel: "<6.9", require: { MITIGATION_RETPOLINE: y }, arch: [x86]')}\n`,
      '',
    ],
    ['a hidden symbol with facts', `  A: ${row('require: { XEN_PV_SMP: y }')}\n`, ''],
    [
      'numbers that fit',
      `  A: ${row('require: { NR_CPUS: { at-least: "8" } }')}\n  B: ${row('require: { NR_CPUS: { at-most: "64" } }')}\n`,
      '',
    ],
  ])('lets pass %s', (_, rows, head) => {
    expect(lint(rows, head)).toMatchObject({ exit: 0, said: [] });
  });

  it('says where, which row, what, why and what to do', () => {
    const text = `title: T\ndescription: D.\nrequirements:\n  A: ${row('require: { SWAP: y }')}\n  B: ${row('require: { SWAP: n }')}\n`;
    const { out, exit } = cli('rules lint own.yaml', { files: { 'own.yaml': text } });
    expect(exit).toBe(1);
    expect(out).toBe(
      `own.yaml:4:17: error[contradiction]: A: CONFIG_SWAP=y contradicts own/B, which asks for CONFIG_SWAP off
  why   Where both apply no value of CONFIG_SWAP meets both, so every config fails one of them.
  help  Limit one of the two with when, kernel, arch or platform, or give the row the name of the
        inherited one to replace it.

1 error, 0 warnings in 1 rule file
`,
    );
  });

  it.each([
    ['nonsense: [', 'not-a-profile'],
    ['just: a map\n', 'not-a-profile'],
    ['- a\n- b\n', 'not-a-profile'],
  ])('is 2 where a file is no profile: %j', (text, code) => {
    const good = `title: T\ndescription: D.\nrequirements:\n  A: ${row('require: { SWAPP: y }')}\n`;
    const { out, exit } = cli('rules lint bad.yaml good.yaml -f json', {
      files: { 'bad.yaml': text, 'good.yaml': good },
    });
    expect(exit).toBe(2);
    expect(JSON.parse(out).findings.map((each: { code: string }) => each.code)).toEqual([code, 'no-such-symbol']);
  });

  it('is 2 for what is not there, and for other words', () => {
    expect(cli('rules lint gone.yaml')).toMatchObject({ exit: 2, out: expect.stringContaining('gone.yaml:1:1') });
    expect(cli('rules lint').exit).toBe(2);
    expect(cli('rules').exit).toBe(2);
    expect(cli('rules check x.yaml').exit).toBe(2);
  });

  it('finds nothing in the built-in rules', () => {
    const names = readdirSync(join(root, 'rules')).filter((name) => name.endsWith('.yaml'));
    const files = Object.fromEntries(
      names.map((name) => [`rules/${name}`, readFileSync(join(root, 'rules', name), 'utf8')]),
    );
    expect(cli('rules lint rules', { files })).toEqual({
      exit: 0,
      err: '',
      out: `✔ nothing wrong in ${names.length} rule files\n`,
    });
  });
});

describe('capabilities', () => {
  const config = 'CONFIG_VSOCKETS=m\nCONFIG_VIRTIO_VSOCKETS=m\nCONFIG_PSI=y\nCONFIG_BPF_LSM=y\nCONFIG_LSM="yama"\n';
  const on = (target: string, text = config, kind = 'complete') => {
    const { out, exit } = cli(`capabilities x.config ${target} --kind ${kind}`, { files: { 'x.config': text } });
    expect(exit).toBe(0);
    return (name: string) => new RegExp(`^ {2}(\\S.*?) +${name} {2}`, 'm').exec(out)?.[1];
  };

  it('are one line each: what is there, what is a module, what is not', () => {
    const found = on('--kernel 6.12 --arch x86_64');
    expect(['psi', 'vsock', 'tun', 'bpf_lsm', 'signed_modules'].map(found)).toEqual([
      'present',
      'module',
      'absent',
      'absent',
      'present',
    ]);
    const { out } = cli('capabilities x.config --kernel 6.12 --arch x86_64', { files: { 'x.config': config } });
    expect(out).toMatch(/^x\.config: Linux 6\.12, x86_64, fragment\n/);
    expect(out.trimEnd().split('\n').length).toBe(98);
  });

  it('are not known where a fragment is silent, and not there where the kernel lacks them', () => {
    expect(on('--kernel 6.12 --arch x86_64', 'CONFIG_PSI=y\n', 'fragment')('tun')).toBe('unknown');
    expect(on('--kernel 5.10 --arch x86_64')('tdx_guest')).toBe('not on this kernel');
    expect(on('--kernel 6.12 --arch arm64')('tdx_guest')).toBe('not on this kernel');
    expect(on('--kernel 6.12 --arch x86_64')('tdx_guest')).toBe('absent');
  });

  it('come as data, with what the config does not decide', () => {
    const files = { 'x.config': config, 'y.config': 'CONFIG_A=y\n' };
    const { out } = cli('capabilities x.config y.config --kernel 6.12 --arch x86_64 -f json', { files });
    const data = JSON.parse(out);
    expect(data.files.map(({ path }: { path: string }) => path)).toEqual(['x.config', 'y.config']);
    expect(data.files[0]).toMatchObject({ kind: 'fragment', kernel: '6.12', arch: 'x86_64' });
    const named = new Map(data.files[0].capabilities.map((each: { name: string }) => [each.name, each]));
    expect(named.get('vsock')).toMatchObject({ state: 'module', references: [expect.stringMatching(/^https:/)] });
    expect((named.get('landlock') as { notes: string[] }).notes).toEqual([
      'lsm= on the kernel command line replaces the list in LSM.',
    ]);
  });

  it('is 3 where a file cannot be read, the others still said', () => {
    const ran = cli('capabilities gone.config x.config', { files: { 'x.config': config } });
    expect(ran).toMatchObject({ exit: 3, err: expect.stringContaining('gone.config') });
    expect(ran.out).toContain('x.config: a kernel that is not named, fragment');
    expect(cli('capabilities').exit).toBe(2);
    const data = JSON.parse(cli('capabilities gone.config x.config -f json', { files: { 'x.config': config } }).out);
    expect(data.failures).toMatchObject([{ path: 'gone.config', code: 'missing' }]);
  });

  it('are conditions of profiles', () => {
    const own = `title: T\ndescription: D.\nrequirements:\n  pressure: ${row('require: { capability: psi }')}\n  sockets: ${row('when: { capability: [psi, netns] }, require: { capability: vsock }')}\n`;
    const run = (text: string) => {
      const files = { 'own.yaml': own, 'x.config': text };
      const { out } = cli('x.config -p ./own.yaml --kernel 6.12 --kind complete -f json', { files });
      return JSON.parse(out).files[0].findings.map(
        ({ rule, expected }: { rule: string; expected: string }) => `${rule}: ${expected}`,
      );
    };
    expect(run('CONFIG_A=y\n')).toEqual(['own/pressure: CONFIG_PSI=y']);
    expect(run('CONFIG_PSI=y\nCONFIG_NET_NS=y\n')[0]).toMatch(/^own\/sockets: .*VSOCKETS/);
    expect(run('CONFIG_PSI=y\n')).toEqual([]);
    const wrong = {
      'own.yaml': own.replace('psi }, reason', 'psy }, reason').replace('netns', 'nents'),
      'x.config': 'CONFIG_A=y\n',
    };
    const { exit, err } = cli('x.config -p ./own.yaml', { files: wrong });
    expect(exit).toBe(2);
    expect(err).toContain('own.yaml:4:38: there is no capability "psy"\n  help: did you mean psi?');
    expect(err).toMatch(/own\.yaml:5:\d+: there is no capability "nents"\n {2}help: did you mean .*netns/);
    expect(cli('rules lint own.yaml', { files: { 'own.yaml': own } }).exit).toBe(0);
  });
});

describe('profiles conflicts', () => {
  it('says each pair once, with both reasons and what wins', () => {
    const { out, exit } = cli('profiles conflicts lxc hardening-kspp');
    expect(exit).toBe(1);
    expect(out).toBe(`1 conflict

CONFIG_INET_DIAG
  lxc/criu-sockets (platform, info): CONFIG_UNIX_DIAG=y or m and CONFIG_INET_DIAG=y or m and
    CONFIG_PACKET_DIAG=y or m and CONFIG_NETLINK_DIAG=y or m
    CRIU learns of open sockets through these interfaces.
  hardening-kspp/INET_DIAG (hardening, info): CONFIG_INET_DIAG off
    Sockets of all processes can be listed by a way that had holes. ss and checkpointing of
    containers need it.
  in a check by both lxc/criu-sockets counts, and the other is only noted
`);
    const data = JSON.parse(cli('profiles conflicts hardening-kspp lxc hardening-kernel -f json').out);
    expect(data.conflicts).toMatchObject([{ symbols: ['INET_DIAG'], wins: 'lxc/criu-sockets' }]);
    expect(data.conflicts[0].rows.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['hardening', 'platform']);
  });

  // Which platforms need what people who harden kernels leave out.
  it.each([
    ['kubernetes-node', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS']],
    ['docker-engine', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS', 'CHECKPOINT_RESTORE']],
    ['containerd-runc', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS', 'CHECKPOINT_RESTORE']],
    ['podman-rootless', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS']],
    ['lxc', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS', 'CHECKPOINT_RESTORE']],
    ['lxc', 'hardening-kspp', ['INET_DIAG']],
    ['k3s', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS', 'CHECKPOINT_RESTORE']],
    ['cilium', 'hardening-extra', ['BPF_SYSCALL', 'CRYPTO_USER_API_HASH']],
    ['calico-ebpf', 'hardening-extra', ['BPF_SYSCALL']],
    ['systemd', 'hardening-extra', ['BPF_SYSCALL', 'USER_NS', 'KCMP+CHECKPOINT_RESTORE']],
    ['kata-guest', 'hardening-extra', ['BPF_SYSCALL', 'BLK_DEV_WRITE_MOUNTED']],
    ['gvisor-host', 'hardening-extra', ['USER_NS']],
  ])('%s and %s contradict each other on %j', (platform, hardening, symbols) => {
    const { out } = cli(`profiles conflicts ${platform} ${hardening} --kernel 6.12 --arch x86_64 -f json`);
    const { conflicts } = JSON.parse(out) as { conflicts: { symbols: string[]; wins: string }[] };
    expect(conflicts.map((each) => each.symbols.join('+')).sort()).toEqual([...symbols].sort());
    for (const { wins } of conflicts) expect(wins).not.toContain('hardening');
  });

  it('finds rows that only together rule out what another one needs', () => {
    const { out } = cli('profiles conflicts systemd hardening-extra --kernel 6.12 --arch x86_64');
    expect(out).toContain('CONFIG_KCMP, CONFIG_CHECKPOINT_RESTORE\n  systemd/kcmp (platform');
    expect(out).toContain('in a check by both systemd/kcmp counts, and the others are only noted');
    const files = {
      'own.yaml': `title: A\ndescription: D.\nrequirements:\n  one-of: ${row('require: { any: [ { SWAP: y }, { ZRAM: y } ] }')}\n  no-swap: ${row('require: { SWAP: n }')}\n  no-zram: ${row('require: { ZRAM: n }')}\n`,
    };
    const { exit, out: linted } = cli('rules lint own.yaml', { files });
    expect(exit).toBe(1);
    expect(linted).toContain('Where all apply no value of CONFIG_SWAP, CONFIG_ZRAM meets all');
  });

  const files = {
    'a.yaml': `title: A\ndescription: D.\nrequirements:\n  SWAP: ${row('require: { SWAP: y }, kernel: ">=6.1", arch: [x86]')}\n`,
    'b.yaml': `title: B\ndescription: D.\nrequirements:\n  no-swap: ${row('require: { SWAP: n }')}\n`,
  };

  it.each([
    ['', 1],
    ['--kernel 6.12', 1],
    ['--kernel 5.10', 0],
    ['--kernel 6.12 --arch arm64', 0],
    ['--kernel 6.12 --arch x86_64', 1],
  ])('are those of the target: %s', (target, exit) => {
    expect(cli(`profiles conflicts ./a.yaml ./b.yaml ${target}`, { files }).exit).toBe(exit);
  });

  it('says where nothing tells which row wins, and where there is none', () => {
    expect(cli('profiles conflicts ./a.yaml ./b.yaml', { files }).out).toContain('choose one of the profiles');
    expect(cli('profiles conflicts cgroup-v2 kubernetes-node')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('✔ no conflict'),
    });
    expect(cli('profiles conflicts lxc').exit).toBe(2);
    expect(cli('profiles conflicts lxc hardening-ksp').err).toContain('hardening-kspp?');
  });
});

describe('a check by a platform and by hardening', () => {
  const text =
    '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_INET_DIAG=m\nCONFIG_UNIX_DIAG=m\nCONFIG_PACKET_DIAG=m\nCONFIG_NETLINK_DIAG=m\n';
  const found = (profiles: string, config = text) => {
    const files = { 'x.config': config };
    const { out } = cli(`x.config ${profiles} --kind complete --kconfig off -f json`, { files });
    return (
      JSON.parse(out).files[0].findings as {
        rule: string;
        severity: string;
        message: string;
        advice: string[];
        fix: unknown;
      }[]
    ).filter(({ rule }) => /INET_DIAG|criu-sockets/.test(rule));
  };

  it('says a conflict once: the platform wins, hardening is a note with both reasons', () => {
    const [only, ...others] = found('-p lxc -p hardening-kspp');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ rule: 'hardening-kspp/INET_DIAG', severity: 'info' });
    expect(only?.message).toBe(
      'CONFIG_INET_DIAG=m, better off; lxc/criu-sockets needs CONFIG_INET_DIAG=y or m, and wins: CRIU learns of open sockets through these interfaces.',
    );
    expect(only?.advice ?? []).toEqual([]);
    expect(found('-p hardening-kspp')[0]?.message).toBe('CONFIG_INET_DIAG=m, better off');
    const hardened = text.replace('CONFIG_INET_DIAG=m', '# CONFIG_INET_DIAG is not set');
    expect(found('-p lxc -p hardening-kspp', hardened)).toMatchObject([{ rule: 'lxc/criu-sockets', severity: 'info' }]);
  });

  it('leaves a row of hardening as it is where the platform can live with it', () => {
    const files = {
      'x.config': 'CONFIG_DEVMEM=y\n',
      'p.yaml': `title: P\ndescription: D.\nrequirements:\n  mem: ${row('require: { any: [ { DEVMEM: y }, { PROC_KCORE: y } ] }')}\n`,
      'h.yaml': `title: H\ndescription: D.\nkind: hardening\nrequirements:\n  DEVMEM: ${row('require: { DEVMEM: n }')}\n`,
    };
    const severities = (profiles: string) =>
      JSON.parse(cli(`x.config ${profiles} --kind complete -f json`, { files }).out).files[0].findings.map(
        ({ severity }: { severity: string }) => severity,
      );
    expect(severities('-p ./p.yaml -p ./h.yaml')).toEqual(['error']);
    files['p.yaml'] = files['p.yaml'].replace('{ any: [ { DEVMEM: y }, { PROC_KCORE: y } ] }', '{ DEVMEM: y }');
    expect(severities('-p ./p.yaml -p ./h.yaml')).toEqual(['info']);
    files['p.yaml'] = files['p.yaml'].replace('title: P', 'title: P\nkind: hardening');
    expect(severities('-p ./p.yaml -p ./h.yaml')).toEqual(['error']);
  });
});

describe('a symbol that was renamed', () => {
  const finding = (text: string, profile: string, rule: string, more = '') => {
    const { out } = cli(`x.config -p ${profile} --kind complete -f json ${more}`, { files: { 'x.config': text } });
    const all = JSON.parse(out).files[0].findings as {
      rule: string;
      message: string;
      advice: string[];
      expected: string;
      symbol: string;
    }[];
    return all.find((each) => each.rule === rule);
  };
  const header = (release: string) =>
    `# Linux/x86 ${release} Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_CC_HAS_SLS=y\n`;

  it.each(['', '--kconfig off'])('goes by the name that the config has %s', (more) => {
    const text = `${header('5.10.262')}# CONFIG_SLS is not set\n`;
    expect(finding(text, 'hardening-cpu', 'hardening-cpu/MITIGATION_SLS', more)).toMatchObject({
      symbol: 'SLS',
      message: 'CONFIG_SLS is not set, should be y',
      expected: 'CONFIG_SLS=y',
      fix: { title: 'Set CONFIG_SLS=y' },
    });
  });

  it('goes by the name that the Kconfig has where the config is silent', () => {
    const own = `title: T\ndescription: D.\nrequirements:\n  mitigations: ${row('require: { SPECULATION_MITIGATIONS: y }')}\n`;
    const files = { 'x.config': header('6.1.192'), 'own.yaml': own };
    const [found] = JSON.parse(cli('x.config -p ./own.yaml --kind complete -f json', { files }).out).files[0].findings;
    expect(found).toMatchObject({ symbol: 'CPU_MITIGATIONS', message: 'CONFIG_CPU_MITIGATIONS is absent, must be y' });
    expect(JSON.stringify(found)).not.toContain('CONFIG_SPECULATION_MITIGATIONS');
    const fixed = cli(
      'fix x.config -p ./own.yaml --kind fragment --base allnoconfig --arch x86_64 --kernel 6.1 -f fragment',
      { files: { ...files, 'x.config': 'CONFIG_A=y\n' } },
    );
    expect(fixed.out).not.toContain('SPECULATION_MITIGATIONS');
  });

  it('stands beside no alternative that the target lacks', () => {
    const own = `title: T\ndescription: D.\nrequirements:\n  any: ${row('require: { any: [ { MEMCG_SWAP: y }, { SWAP: y }, { ZSWAP: y }, { kernel: "<5.0", TUN: y } ] }')}\n`;
    const found = (release: string) => {
      const files = { 'x.config': header(release), 'own.yaml': own };
      return JSON.parse(cli('x.config -p ./own.yaml --kind complete -f json --kconfig off', { files }).out).files[0]
        .findings[0];
    };
    expect(found('6.12.0').message).toBe(
      'CONFIG_SWAP is absent, CONFIG_ZSWAP is absent; needs CONFIG_SWAP=y or CONFIG_ZSWAP=y',
    );
    expect(found('5.10.0').expected).toBe('CONFIG_MEMCG_SWAP=y or CONFIG_SWAP=y or CONFIG_ZSWAP=y');
  });
});
