/** The comparison with peers itself: what it takes for a difference, what explains one, and that the page about it is fresh. */
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Target } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { builtIn, choose, load, profileText } from '../support/library.ts';
import { agrees, join, onlyHere, type PeerRow, readTable, weigh } from './compare.ts';
import { judgeKnownGood, readKnownGood } from './known-good.ts';
import { ourViews, readConfig } from './ours.ts';
import { pageOf } from './page.ts';
import { judgeList, readDockerScript, readHardeningChecker, readLxc, readValidators } from './read-peers.ts';
import { compareAll } from './suite.ts';

const read = (path: string): string => readFileSync(joinPath(root, path), 'utf8');
const head = '# Linux/x86 6.12.1 Kernel Configuration\nCONFIG_X86_64=y\n';
const { library } = load({
  demo: profileText({
    one: 'require: { SWAP: y }',
    both: 'require: { NET: y, INET: y }',
    sometimes: 'when: { MODULES: y }\nrequire: { MODULE_SIG: y }',
    lists: 'require: { LSM: { includes: yama } }',
    any: 'require: { any: [ { VETH: [y, m] }, { NETKIT: y } ] }',
  }),
});
const viewsOn = (lines: string) =>
  ourViews(readConfig(`${head}${lines}`, 'a.config'), choose(library, 'demo'), library);
const row = (key: string, isContent: boolean): PeerRow => ({ key, isContent, group: 'required' });
const target: Target = { kernel: 6012001, arch: 'x86_64' };
const table = (...entries: object[]) => readTable(entries.map((entry) => ({ peer: 'p', why: 'W.', ...entry })));

describe('our side', () => {
  it('speaks of each symbol by itself, and of alternatives together', () => {
    const views = viewsOn('CONFIG_NET=y\nCONFIG_LSM="landlock,yama"\nCONFIG_NETKIT=y\n');
    const says = (key: string) => views.get(key)?.verdict;
    expect([says('SWAP'), says('NET'), says('INET')]).toEqual(['unmet', 'met', 'unmet']);
    expect([says('MODULE_SIG'), says('LSM:yama'), says('VETH')]).toEqual(['not-applicable', 'met', 'met']);
    expect(views.get('MODULE_SIG')?.silence).toBe('other-case');
    expect(views.get('INET')?.rows).toEqual(['demo/both']);
  });

  it('tells what a kernel does not have from what is for another case', () => {
    const views = ourViews(readConfig(head, 'a'), choose(builtIn.library, 'docker-engine'), builtIn.library);
    expect(views.get('MEMCG_SWAP')).toMatchObject({ verdict: 'not-applicable', silence: 'not-in-kernel' });
    expect(views.get('CGROUP_DEVICE')).toMatchObject({ verdict: 'not-applicable', silence: 'other-case' });
  });
});

describe('a difference', () => {
  const compared = join(
    'p',
    'c',
    target,
    [row('SWAP', true), row('NET', false), row('X', true)],
    viewsOn('CONFIG_SWAP=y\n'),
  );

  it('is where one side complains and the other does not, or only one has a row', () => {
    expect(compared.map(agrees)).toEqual([true, true, false]);
    expect(weigh(compared, []).unexplained.map(({ key }) => key)).toEqual(['X']);
  });

  it('is explained by an entry that fits in every respect, and by no other', () => {
    const explained = (entry: object) => weigh(compared, table(entry)).explained[0];
    expect(explained({ rows: ['X'], class: 'only-there' })).toBe(1);
    expect(explained({ rows: ['X'], class: 'only-there', kernel: '>=6.12', arch: ['x86'] })).toBe(1);
    expect(explained({ rows: ['X'], class: 'their-bug' })).toBe(0);
    expect(explained({ rows: ['X'], class: 'only-there', kernel: '<6.12' })).toBe(0);
    expect(explained({ rows: ['X'], class: 'only-there', arch: ['arm64'] })).toBe(0);
    expect(explained({ rows: ['X'], class: 'only-there', 'peer-says': 'fail' })).toBe(0);
    expect(explained({ rows: ['X'], class: 'only-there', groups: ['optional'] })).toBe(0);
    expect(explained({ peer: 'other', rows: ['X'], class: 'only-there' })).toBe(0);
    expect(explained({ rows: ['SWAP'], class: 'only-there' })).toBe(0);
  });

  it('is also a row of ours that the peer never asks for', () => {
    const ours = new Map([
      ['demo/one', new Set(['SWAP'])],
      ['demo/any', new Set(['VETH'])],
      ['demo/floor', new Set<string>()],
    ]);
    const entry = { rows: ['demo/a*'], class: 'only-here' };
    expect(onlyHere('p', ours, new Set(['SWAP']), table(entry))).toEqual([{ row: 'demo/any', at: 0 }]);
    expect(onlyHere('p', ours, new Set(['SWAP']), [])).toEqual([{ row: 'demo/any', at: -1 }]);
  });

  it.each([
    [{ rows: [] }, 'rows and why'],
    [{ rows: ['X'], class: 'ours' }, 'class is one of'],
    [{ rows: ['X'], class: 'their-bug', kernel: 'new' }, 'no range'],
    [{ rows: ['X'], class: 'their-bug', when: 'y' }, 'has a key "when"'],
  ])('needs a sound entry: %j', (entry, message) => {
    expect(() => table(entry)).toThrow(message);
  });
});

describe('the whole comparison', () => {
  const input = {
    library: builtIn.library,
    peers: { k3s: { version: '1' } },
    configs: [{ name: 'a', text: `${head}CONFIG_NAMESPACES=y\n`, answers: {} }],
    k3s: 'required: [NAMESPACES FOO]\n',
    models: joinPath(root, 'models'),
    knownGood: '[]',
  };
  const entry = '- { peer: k3s, rows: [FOO], class: only-there, why: None. }\n';
  const own = "- { peer: k3s, rows: ['*'], class: only-here, why: None. }\n";

  it('fails on what nothing explains, and on an explanation that nothing needs', () => {
    const run = (differences: string, isFull: boolean) => compareAll({ ...input, differences, isFull });
    expect(run(entry + own, true)).toMatchObject({ failed: 0 });
    const open = run('[]', false);
    expect(open.failed).toBe(1);
    const newer = compareAll({ ...input, differences: '[]', isFull: false, versions: new Map([['k3s', '0']]) });
    expect(newer).toMatchObject({ failed: 0, news: 1 });
    expect(open.lines[0]).toBe('UNEXPLAINED k3s: FOO (required) they fail, we no-row []: 1, a');
    const stale = run(`${entry}${own}- { peer: k3s, rows: [BAR], class: only-there, why: None. }\n`, true);
    expect(stale.failed).toBe(1);
    expect(stale.lines).toContain('STALE: nothing needs entry 3 of the table (k3s: BAR)');
    expect(run(entry, true).lines).toContain('ONLY HERE k3s: k3s/VETH');
  });
});

describe('kernels known to serve', () => {
  const config = { name: 'debian/x', document: readConfig(head, 'x') };
  const judge = (exceptions: object[], configs = ['debian/*']) =>
    judgeKnownGood(readKnownGood([{ configs, profiles: ['demo'], why: 'W.', exceptions }]), [config], library, true);
  const all = { rules: ['demo/*'], why: 'W.' };

  it('may raise no error that no exception has', () => {
    expect(judge([]).failed).toBe(1);
    expect(judge([]).lines[0]).toMatch(/^NOT GOOD debian\/x demo: demo\/one/);
    expect(judge([all])).toMatchObject({ failed: 0, passed: 1 });
    expect(judge([{ ...all, configs: ['other/*'] }]).failed).toBe(2);
  });

  it('make an exception or a pattern that nothing needs a failure', () => {
    expect(judge([all, { rules: ['demo/gone'], why: 'W.' }]).lines).toContain(
      'STALE: nothing needs the exception for demo/gone (demo)',
    );
    expect(judge([all], ['debian/*', 'suse/*']).lines).toContain('STALE: no config is called suse/*');
  });
});

describe('what peers print', () => {
  it('is read from the JSON of kernel-hardening-checker, behind a warning too', () => {
    const each = (option_name: string, desired_val: string, check_result_bool: boolean, type = 'kconfig') => ({
      option_name,
      desired_val,
      check_result_bool,
      type,
      decision: 'kspp',
    });
    const list = [each('CONFIG_BUG', 'y', true), each('CONFIG_LSM', '*yama*', false), each('x', 'y', true, 'cmdline')];
    expect(readHardeningChecker(`[!] WARNING\n${JSON.stringify(list)}`)).toEqual([
      { key: 'BUG', isContent: true, group: 'kspp' },
      { key: 'LSM:yama', isContent: false, group: 'kspp' },
    ]);
  });

  it("is read from Docker's script, each option once, and bad ones as bad", () => {
    const text =
      '- cgroup hierarchy: cgroupv2\n- CONFIG_NAMESPACES: enabled\n- CONFIG_NF_NAT: missing\n- CONFIG_NF_NAT: missing\n' +
      'Optional Features:\n- CONFIG_LEGACY_VSYSCALL_NONE: enabled\n- CONFIG_VETH: enabled (as module)\n- Network Drivers:\n    - CONFIG_VXLAN: missing\n';
    expect(readDockerScript(text).map(({ key, isContent, group }) => `${key} ${isContent} ${group}`)).toEqual([
      'NAMESPACES true required',
      'NF_NAT false required',
      'LEGACY_VSYSCALL_NONE false optional',
      'VETH true optional',
      'VXLAN false driver',
    ]);
  });

  it('is read from lxc-checkconfig by its labels', () => {
    const text =
      'LXC version 7\nNamespaces: required\nCgroup namespace: enabled\nBridges: enabled, loaded\nCONFIG_EPOLL: missing\n';
    expect(readLxc(text).map(({ key, isContent, group }) => `${key} ${isContent} ${group}`)).toEqual([
      'NAMESPACES false required',
      'BRIDGE true optional',
      'EPOLL false optional',
    ]);
  });

  it("is worked out from kubeadm's list, where the first name that is set counts", () => {
    const source =
      '\t\tRequired: []KernelConfig{\n\t\t\t{Name: "A"},\n\t\t\t{Name: "B", Aliases: []string{"C"}},\n\t\t},\n' +
      '\t\tOptional: []KernelConfig{\n\t\t\t{Name: "D", Description: "x"},\n\t\t},\n';
    const options = readValidators(source);
    expect(options).toEqual([
      { names: ['A'], group: 'required' },
      { names: ['B', 'C'], group: 'required' },
      { names: ['D'], group: 'optional' },
    ]);
    expect(
      judgeList(options, 'CONFIG_A=m\nCONFIG_C=y\n# CONFIG_D is not set\n').map(({ isContent }) => isContent),
    ).toEqual([true, true, false]);
    expect(() => readValidators('package system\n')).toThrow('list no Required options');
  });
});

describe('docs/peers.md', () => {
  const [differences, knownGood] = [read('test/peers/differences.yaml'), read('test/peers/known-good.yaml')];
  const summary = JSON.parse(read('test/peers/results.json'));

  it('is what the data make it', () => {
    expect(read('docs/peers.md')).toBe(pageOf(summary, differences, knownGood));
    expect(summary.used).toHaveLength(readTable(parse(differences, { schema: 'failsafe' })).length);
  });

  it('tells of a comparison with at least 60 configs of 6 releases, in which every explanation was needed', () => {
    expect(summary.configs).toBeGreaterThanOrEqual(60);
    expect(Object.keys(summary.releases).length).toBeGreaterThanOrEqual(6);
    expect(Math.min(...summary.used)).toBeGreaterThan(0);
  });
});
