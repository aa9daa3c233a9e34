/** Command lines and manifests on the command line: what is taken from them, what is said, and with which exit code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';

const virtink = (cmdline: string) =>
  `apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nmetadata: { name: web }\nspec:\n  instance:\n    kernel: { image: k, cmdline: "${cmdline}" }\n    disks: [{ name: a }]\n  volumes: [{ name: a, containerRootfs: { image: r, size: 1Gi } }]\n`;
const header = '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n';
const files = {
  'bare.config': `${header}CONFIG_SERIAL_8250=y\nCONFIG_SERIAL_8250_CONSOLE=y\nCONFIG_VIRTIO_BLK=m\n`,
  'psi.config': `${header}CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n`,
  'own.config': `${header}CONFIG_CMDLINE_BOOL=y\nCONFIG_CMDLINE="console=hvc0"\n`,
  'vm.yaml': virtink('console=ttyS0 root=/dev/vda rw'),
  'bad.yaml': virtink('console=ttyS0 root=/dev/vdb rw'),
  'two.yaml': `${virtink('console=ttyS0 root=/dev/vda rw')}---\n${virtink('console=hvc0 root=/dev/vda rw')}`,
  'broken.yaml': 'apiVersion: v1\n  kind: x\n',
  'pod.yaml': 'apiVersion: v1\nkind: Pod\n',
  cmdline: 'console=ttyS0 psi=1\n',
};

function cli(words: readonly string[]) {
  const host = memoryHost({ files });
  const exit = run(words, host, createKernelHost(join(root, 'models')));
  return { exit, out: host.out(), err: host.err() };
}

const json = (words: readonly string[]) => JSON.parse(cli([...words, '--format', 'json', '--kconfig', 'off']).out);
const rulesIn = (file: { findings: { rule: string }[] }) => file.findings.map(({ rule }) => rule);

describe('a command line', () => {
  it('is held against the config, with places in both', () => {
    const { exit, out } = cli(['bare.config', '--cmdline', 'console=ttyS0 root=/dev/vda rw', '--kconfig', 'off']);
    expect(exit).toBe(1);
    expect(out).toContain('root=/dev/vda: CONFIG_VIRTIO_BLK=m, must be y (it would do with --boot initrd)');
    expect(out).toContain('at     bare.config:5:1');
    expect(out).toContain('see    --cmdline:1:15: root=/dev/vda');
    expect(out).toContain('command line: console=ttyS0 root=/dev/vda rw');
  });

  it('lets a module do with an initrd', () => {
    const rules = (boot: readonly string[]) =>
      rulesIn(json(['bare.config', '--cmdline', 'root=/dev/vda rw', ...boot]).files[0]).filter(
        (id) => id === 'cmdline/root-virtio',
      );
    expect(rules([])).toEqual(['cmdline/root-virtio']);
    expect(rules(['--boot', 'initrd'])).toEqual([]);
  });

  it('with psi=1 settles what PSI_DEFAULT_DISABLED leaves open', () => {
    const found = (more: readonly string[]) =>
      rulesIn(json(['psi.config', '--profile', 'kubernetes-psi', ...more]).files[0]).filter((id) => /psi/.test(id));
    expect(found([])).toEqual(['kubernetes-psi/psi-default-disabled']);
    expect(found(['--cmdline', 'quiet'])).toEqual(['kubernetes-psi/psi-default-disabled']);
    expect(found(['--cmdline', 'psi=1'])).toEqual([]);
    expect(found(['--cmdline-file', 'cmdline'])).toEqual([]);
  });

  it('is that of the config where it holds one', () => {
    const [file] = json(['own.config', '--kind', 'complete']).files;
    expect(rulesIn(file)).toContain('cmdline/console-hvc');
    expect(file.target.commandLine).toBe('console=hvc0');
  });

  it('is checked alone as well', () => {
    const { exit, out } = cli(['check', '--cmdline', 'root=/dev/vda ro nomodules']);
    expect(exit).toBe(0);
    expect(out).toContain('▲ --cmdline: 1 warning');
    expect(out).toContain('kernel command line');
  });
});

describe('a manifest', () => {
  it('brings machine, command line and profile, and says why', () => {
    const { out } = cli(['bare.config', '--manifest', 'vm.yaml', '--kconfig', 'off']);
    expect(out).toContain('✔ vm.yaml: nothing wrong for virtink');
    expect(out).toContain('Virtink virtual machine "web" of vm.yaml, without an initrd: profile virtink, because');
    expect(out).toContain('root=/dev/vda: CONFIG_VIRTIO_BLK=m, must be y');
    expect(out).toMatch(/see {4}vm\.yaml:6:49: root=\/dev\/vda/);
    expect(out).toMatch(/virtink +\d+ met/);
  });

  it('is checked alone', () => {
    expect(cli(['check', '--manifest', 'vm.yaml']).exit).toBe(0);
    const { exit, out } = cli(['check', '--manifest', 'bad.yaml']);
    expect(exit).toBe(1);
    expect(out).toContain('at     bad.yaml:6:49');
    expect(out).toContain('rule   manifest/root-device');
  });

  it('holds a config against each of its machines', () => {
    const { files: reports } = json(['bare.config', '--manifest', 'two.yaml', '--kind', 'complete']);
    expect(reports.map(({ path, kind }: { path: string; kind: string }) => `${path} ${kind}`)).toEqual([
      'two.yaml manifest',
      'two.yaml manifest',
      'bare.config complete',
      'bare.config complete',
    ]);
    expect(rulesIn(reports[2])).not.toContain('cmdline/console-hvc-virtio');
    expect(rulesIn(reports[3])).toContain('cmdline/console-hvc-virtio');
  });

  it('leaves the choice of a profile to who makes one', () => {
    const [, file] = json([
      'bare.config',
      '--manifest',
      'vm.yaml',
      '--profile',
      'systemd',
      '--profile',
      'virtink',
    ]).files;
    expect(file.profiles.map(({ profile }: { profile: string }) => profile)).toEqual([
      'systemd',
      'virtink',
      'cmdline',
      'manifest',
    ]);
    const [, denied] = json(['bare.config', '--manifest', 'vm.yaml', '--boot', 'initrd']).files;
    expect(rulesIn(denied)).not.toContain('cmdline/root-virtio');
  });

  it('gives way to a command line that is named', () => {
    const [, file] = json([
      'bare.config',
      '--manifest',
      'vm.yaml',
      '--cmdline',
      'console=ttyS0 root=/dev/vda ro',
    ]).files;
    expect(file.target.commandLine).toBe('console=ttyS0 root=/dev/vda ro');
  });

  it.each([
    [['bare.config', '--manifest', 'broken.yaml'], 3, 'broken.yaml:1:13: error[not-a-manifest]: Nested mappings'],
    [
      ['--manifest', 'pod.yaml'],
      3,
      'pod.yaml:1:1: error[not-a-manifest]: no virtual machine is described here, only Pod of v1',
    ],
    [['bare.config', '--manifest', 'none.yaml'], 3, 'none.yaml: error[missing]: no such file'],
    [['bare.config', '--cmdline-file', 'none'], 3, 'none: error[missing]: no such file'],
    [
      ['bare.config', '--cmdline', 'a', '--cmdline-file', 'cmdline'],
      2,
      '--cmdline and --cmdline-file exclude each other',
    ],
    [[], 2, 'no file was named'],
  ] as const)('%j ends with %d', (words, code, text) => {
    const { exit, err } = cli(words);
    expect(err).toContain(text);
    expect(exit).toBe(code);
  });
});

describe('other commands and formats', () => {
  it('matrix has a column for the command line', () => {
    const { out } = cli([
      'matrix',
      'bare.config',
      'psi.config',
      '--manifest',
      'vm.yaml',
      '--profile',
      'kubernetes-psi',
    ]);
    expect(out).toMatch(/^cmdline +✖/m);
    expect(out).toMatch(/^virtink +✖/m);
    expect(out).toMatch(/^kubernetes-psi /m);
  });

  it('stack judges what the whole comes to', () => {
    const { out, exit } = cli([
      'stack',
      'bare.config',
      '--kernel',
      '6.12',
      '--arch',
      'x86_64',
      '--base',
      'defconfig',
      '--cmdline',
      'console=ttyS0 root=/dev/vda rw rootfstype=ext4',
    ]);
    expect(exit).toBe(1);
    expect(out).toContain('root=/dev/vda: CONFIG_VIRTIO_BLK=m, must be y');
  });

  it('fix changes what the command line asks for', () => {
    const { out } = cli(['fix', 'bare.config', '--manifest', 'vm.yaml', '--base', 'defconfig', '--format', 'fragment']);
    expect(out).toContain('CONFIG_VIRTIO_BLK=y');
    const { exit, err } = cli(['fix', 'bare.config', '--manifest', 'two.yaml']);
    expect([exit, err]).toEqual([2, expect.stringContaining('fix takes one machine')]);
  });

  it('explain knows the rules', () => {
    expect(cli(['explain', 'manifest/root-device']).out).toContain(
      'Root device that the machine does not have (error)',
    );
    expect(cli(['explain', 'cmdline/root-virtio']).out).toContain('CONFIG_VIRTIO_BLK=y (error)');
    expect(cli(['explain', 'cmdline/unknown-paramter']).err).toContain('did you mean cmdline/unknown-parameter');
  });

  it('the JSON report follows its schema', () => {
    const schema = JSON.parse(readFileSync(join(root, 'schemas/report.schema.json'), 'utf8'));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const report = json(['bare.config', '--manifest', 'two.yaml']);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.files[2].target.machine).toMatchObject({ profile: 'virtink', initrd: false });
  });

  it('SARIF has every rule, and the place in the manifest', () => {
    const { runs } = JSON.parse(
      cli(['bare.config', '--manifest', 'vm.yaml', '--format', 'sarif', '--kconfig', 'off']).out,
    );
    const ids = runs[0].tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const id of ['cmdline/unknown-parameter', 'manifest/root-device', 'cmdline/root-virtio', 'virtink/VIRTIO_PCI'])
      expect(ids).toContain(id);
    const result = runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === 'virtink/root-device');
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('bare.config');
    expect(result.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('vm.yaml');
  });

  it('markdown and unix formats name the manifest', () => {
    expect(cli(['--manifest', 'bad.yaml', '--format', 'markdown']).out).toContain('VM manifest');
    expect(cli(['--manifest', 'bad.yaml', '--format', 'unix']).out).toContain('bad.yaml:6:49');
  });
});
