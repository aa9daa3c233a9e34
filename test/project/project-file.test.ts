/** The project file: what it may say, and what is said of what it may not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { parseRanges, parseReleases } from '../../src/project/kernel-list.ts';
import { allRules } from '../../src/project/open-project.ts';
import { loadWithOwn } from '../../src/project/own-profiles.ts';
import { findPaths, matchPath, type PathPattern, parsePathPattern } from '../../src/project/path-pattern.ts';
import { readProject } from '../../src/project/project-config.ts';
import { referenceFaults } from '../../src/project/project-references.ts';
import { inRange, parseKernelVersion } from '../../src/target.ts';
import { textMatches } from '../../src/wildcard.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';

const kernel = createKernelHost(join(root, 'models'));

function patterns(...texts: string[]): PathPattern[] {
  return texts.map((text) => {
    const pattern = parsePathPattern(text);
    if ('fault' in pattern) throw new Error(pattern.fault);
    return pattern;
  });
}

function faults(text: string, more: Readonly<Record<string, string>> = {}): string {
  const host = memoryHost({
    files: { '.kconfig-lint.yaml': text, '.git/HEAD': '', 'a.config': 'CONFIG_XEN=y\n', ...more },
  });
  expect(run([], host, kernel)).toBe(2);
  expect(host.out()).toBe('');
  return host.err();
}

describe('faults of a project file', () => {
  const group = (more: string) => `files:\n  zone:\n    paths: a.config\n    ${more}\n`;
  it.each([
    ['a misspelled key', 'fils: {}\n', ':1:1: unknown key "fils" in the project file\n  help: did you mean files?'],
    [
      'a misspelled key of a group',
      group('kernel: 6.12'),
      ':4:5: unknown key "kernel" in "zone"\n  help: did you mean kernels?',
    ],
    ['a group without files', 'files:\n  zone:\n    base: none\n', ':2:3: "zone" lacks "paths"'],
    [
      'a wrong kind',
      group('kind: fragmnt'),
      ':4:11: "kind" must be one of auto, complete, fragment\n  help: did you mean fragment?',
    ],
    [
      'a wrong profile',
      group('profiles: [krata-zone, krata-zon]'),
      ':4:28: there is no profile "krata-zon"\n  help: did you mean krata-zone?',
    ],
    [
      'a version that there is not',
      group('profiles: kubernetes-node@1.2'),
      ':4:15: profile kubernetes-node does not know',
    ],
    [
      'a wrong release',
      group('kernels: [6.12, six]'),
      ':4:21: "six" is no kernel release: write 6.12, or a range such as 6.1–6.18',
    ],
    ['a range upside down', group('kernels: 6.12-6.1'), ':4:14: the range 6.12-6.1 ends before it starts'],
    [
      'a wrong architecture',
      group('arches: x86_46'),
      ':4:13: "x86_46" is not an architecture\n  help: did you mean x86_64?',
    ],
    ['a wrong boot fact', group('boot: initrdd'), ':4:11: "initrdd" is not a boot fact\n  help: did you mean initrd'],
    [
      'an unknown rule',
      'severities:\n  unmet-dependancy: off\n',
      ':2:3: there is no rule "unmet-dependancy"\n  help: did you mean unmet-dependency?',
    ],
    [
      'an unknown requirement',
      'severities:\n  krata-zone/XENN: off\n',
      ':2:3: there is no rule "krata-zone/XENN"\n  help: did you mean krata-zone/XEN',
    ],
    [
      'a rule of an unknown profile',
      'severities:\n  krata-zon/*: off\n',
      ':2:3: there is no rule "krata-zon/*": no profile is called krata-zon\n  help: did you mean krata-zone?',
    ],
    [
      'a wrong severity',
      'severities:\n  unmet-dependency: none\n',
      ':2:21: "unmet-dependency" must be one of error, warning, info, off',
    ],
    ['a stack on nothing', group('stack-on: zoen'), ':4:15: there is no group "zoen"\n  help: did you mean zone?'],
    [
      'a circle',
      'files:\n  a: {paths: a.config, stack-on: b}\n  b: {paths: b.config, stack-on: [a]}\n',
      ':2:34: the groups a, b stack on each other in a circle',
    ],
    [
      'a pattern that is none',
      'files:\n  zone:\n    paths: ["a.config", "[ab].config"]\n',
      ':3:25: "[ab].config": only * ? ** {a,b} and {arch} have a meaning here',
    ],
    ['a value of the wrong form', group('kernels: {from: 6.1}'), ':4:14: "kernels" has a value of the wrong form'],
    ['a waiver without a reason', 'waivers:\n  - rule: unmet-dependency\n', ':2:5: "waivers" lacks "reason"'],
    [
      'a day that there is not',
      'waivers:\n  - {rule: unmet-dependency, reason: why not, expires: 2027-02-30}\n',
      ':2:56: "2027-02-30" is no day',
    ],
    [
      'a waiver of an unknown rule',
      'waivers:\n  - {rule: unmet-dependenc, reason: why not}\n',
      ':2:12: there is no rule "unmet-dependenc"',
    ],
    [
      'a waiver for no group',
      'files:\n  zone: {paths: a.config}\nwaivers:\n  - {rule: unmet-dependency, reason: why not, files: zonee}\n',
      'there is no group "zonee"\n  help: did you mean zone?',
    ],
    ['the same key twice', 'fail-on: error\nfail-on: never\n', ':2:1: "fail-on" stands here twice'],
    ['an alias', 'severities: &a\n  unmet-dependency: off\ndefaults: *a\n', ':3:11: aliases are not allowed here'],
    ['a deep nest', `files: ${'['.repeat(100)}${']'.repeat(100)}\n`, 'nested more than 64 levels deep'],
    ['a shell', 'allow-shell: true\n', ':1:1: unknown key "allow-shell" in the project file'],
    ['a limit', 'limits: {size: 1}\n', ':1:1: unknown key "limits" in the project file'],
    [
      'a toolchain that there is not',
      group('toolchain: gcc-99\n    base: defconfig\n    kernels: 6.12\n    arches: x86_64'),
      ':4:16: ',
    ],
    ['a base that there is not', group('base: tinny_defconfig\n    kernels: 6.12\n    arches: x86_64'), ':4:11: '],
  ])('%s has its place and what to do', (_, text, said) => {
    expect(faults(text)).toContain(`.kconfig-lint.yaml${said.startsWith(':') ? said : ''}`);
    expect(faults(text)).toContain(said);
  });

  it('are all said at once', () => {
    const said = faults('fils: {}\nmax-warning: 3\n');
    expect(said.match(/unknown key/g)).toHaveLength(2);
  });

  it('end at the root of the repository: nothing outside of it is read', () => {
    for (const [key, value] of [
      ['base', '../secret.config'],
      ['base', '/etc/passwd'],
      ['profiles', '../mine.yaml'],
      ['tree', '../linux'],
      ['model', '../x.kmodel'],
      ['extra-symbols', '../patches/**/Kconfig'],
      ['stack-on', '../zone.config'],
    ]) {
      expect(faults(group(`${key}: ${value}`), { '../secret.config': 'CONFIG_XEN=y\n' })).toContain(
        `"${value}" lies outside of the repository`,
      );
    }
    expect(faults('baseline: ../baseline.json\n')).toContain('lies outside of the repository');
    expect(faults('files:\n  all: {paths: "../*.config"}\n')).toContain('leaves the folder of the project file');
  });

  it('leave room below the root', () => {
    const files = {
      '../.git/HEAD': '',
      '.kconfig-lint.yaml': 'files:\n  zone: {paths: a.config, base: ../base.config, kernels: 6.12, arches: x86_64}\n',
      '../base.config': 'CONFIG_HYPERVISOR_GUEST=y\nCONFIG_PARAVIRT=y\n',
      'a.config': 'CONFIG_XEN=y\n',
    };
    const host = memoryHost({ files });
    expect(run(['-f', 'json'], host, kernel)).toBe(0);
    expect(JSON.parse(host.out()).files[0].kconfig.base).toBe('on ../base.config');
  });
});

describe('the schema', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/project.schema.json'), 'utf8'));
  it('is a schema, and reserves the keys of groups for defaults too', () => {
    expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
    const { group, defaults } = schema.$defs;
    const own = Object.keys(group.properties).filter((key) => key !== 'paths' && key !== 'stack-on');
    expect(Object.keys(defaults.properties)).toEqual(own);
  });
});

describe('the pages about it', () => {
  const blocks = ['project-file', 'waivers'].flatMap((page) => {
    const text = readFileSync(join(root, `docs/${page}.md`), 'utf8');
    return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => [page, block] as const);
  });
  it.each(blocks)('show in %s what holds', (_, block) => {
    const text = /^files:/m.test(block) ? block : `files:\n  zone: {paths: a.config}\n${block}`;
    const host = memoryHost({ files: { '.kconfig-lint.yaml': text } });
    const project = readProject('.kconfig-lint.yaml', host);
    expect(project).toHaveProperty('groups');
    if ('groups' in project) expect(referenceFaults(project, loadWithOwn(host), allRules)).toEqual([]);
  });

  it('name every key', () => {
    const text = readFileSync(join(root, 'docs/project-file.md'), 'utf8');
    const schema = JSON.parse(readFileSync(join(root, 'schemas/project.schema.json'), 'utf8'));
    for (const key of [...Object.keys(schema.properties), ...Object.keys(schema.$defs.group.properties)])
      expect(text).toMatch(new RegExp(`^\\| [^|]*\`${key}\``, 'm'));
  });
});

describe('patterns of paths', () => {
  it('match as people mean them', () => {
    const inside = (path: string, ...texts: string[]) => matchPath(patterns(...texts), path) !== undefined;
    expect(inside('configs/zone.config', 'configs/*.config')).toBe(true);
    expect(inside('configs/x/zone.config', 'configs/*.config')).toBe(false);
    expect(inside('configs/x/y/zone.config', 'configs/**/*.config')).toBe(true);
    expect(inside('configs/zone.config', 'configs/**/*.config')).toBe(true);
    expect(inside('zone-a.config', './zone-?.{config,fragment}')).toBe(true);
    expect(inside('zone-ab.config', 'zone-?.{config,fragment}')).toBe(false);
    expect(inside('zone-a.config', '*.config', '!zone-*')).toBe(false);
    expect(matchPath(patterns('configs/{arch}/*.config'), 'configs/aarch64/a.config')).toEqual({ arch: 'aarch64' });
    expect(matchPath(patterns('configs/{arch}/*.config'), 'configs/common/a.config')).toBeUndefined();
    expect(parsePathPattern('{a,b}'.repeat(12))).toHaveProperty('fault');
  });

  it('take no longer than pattern times text', () => {
    const start = performance.now();
    expect(textMatches(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('find files, and leave packages and git aside', () => {
    const host = memoryHost({
      files: { 'a/x.config': '', 'a/b/y.config': '', 'node_modules/z.config': '', '.git/w.config': '', 'n.txt': '' },
    });
    expect(findPaths(patterns('**/*.config'), '', host)).toEqual(['a/b/y.config', 'a/x.config']);
    expect(findPaths(patterns('a/*.config', 'n.txt'), '', host)).toEqual(['a/x.config', 'n.txt']);
  });
});

describe('releases', () => {
  const texts = (...words: string[]) => {
    const found = parseReleases(words);
    return 'fault' in found ? found.fault : found.map(({ text }) => text);
  };
  it('are what is named, and of a range its ends and the longterm ones between', () => {
    expect(texts('6.12', 'v6.6.30')).toEqual(['6.12', '6.6.30']);
    for (const range of ['6.1–6.18', '6.1-6.18', '6.1..6.18', '6.1 to 6.18', 'v6.1 – v6.18'])
      expect(texts(range)).toEqual(['6.1', '6.6', '6.12', '6.18']);
    expect(texts('6.1.30–6.7')).toEqual(['6.1.30', '6.6', '6.7']);
    expect(texts('6.2–6.3, 6.3')).toEqual(['6.2', '6.3']);
    expect(texts('6.10')).toEqual(['6.10']);
    expect(texts('>=6.1')).toContain('no kernel release');
  });

  it('fall into the ranges of waivers', () => {
    const holds = (range: string, version: string) => {
      const ranges = parseRanges([range]);
      if ('fault' in ranges) return ranges.fault;
      return ranges.some((each) => inRange(each, parseKernelVersion(version) as number));
    };
    expect(holds('6.12', '6.12.30')).toBe(true);
    expect(holds('6.1–6.12', '6.12.30')).toBe(true);
    expect(holds('6.1–6.12', '6.13')).toBe(false);
    expect(holds('>=6.1 <6.9', '6.8')).toBe(true);
    expect(holds('6.1, 6.6', '6.6.3')).toBe(true);
    expect(holds('six', '6.8')).toContain('no range of releases');
  });
});
