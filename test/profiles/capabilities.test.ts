/** The named abilities of a config: their file, and what real configs come to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { decodeModel, isDefined, symbolNamed } from '../../src/kconfig/index.ts';
import { symbolsOf } from '../../src/profiles/condition.ts';
import type { Target } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { choose, judgeText, load, verdicts } from '../support/library.ts';

interface Capability {
  readonly title: string;
  readonly condition: unknown;
  readonly notes?: readonly { readonly kernel?: string; readonly note: string }[];
  readonly references: readonly string[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const data = parse(read('rules/capabilities/capabilities.yaml'), { schema: 'failsafe' }) as {
  capabilities: Record<string, Capability>;
};
const names = Object.keys(data.capabilities);

/** The same as a profile, so that conditions go through the loader of profiles and are judged by its machinery. */
const profile = JSON.stringify({
  title: 'Capabilities',
  description: 'All.',
  requirements: Object.fromEntries(
    Object.entries(data.capabilities).map(([name, { condition, references }]) => [
      name,
      { require: condition, reason: 'It can.', references },
    ]),
  ),
});
const facts = Object.fromEntries(
  readdirSync(join(root, 'rules/symbols'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, read(`rules/symbols/${name}`)]),
);
const { library, faults } = load({ capabilities: profile }, facts);

function able(text: string, target?: Target): string[] {
  const report = judgeText(library, ['capabilities'], text, {
    kind: 'complete',
    ...(target === undefined ? {} : { target }),
  });
  return [...verdicts(report, choose(library, 'capabilities')[0]!)]
    .filter(([, verdict]) => verdict === 'met')
    .map(([id]) => id.replace('capabilities/', ''));
}

describe('the file of capabilities', () => {
  it('follows its schema', () => {
    const ajv = new Ajv2020({ allErrors: true, strict: true });
    ajv.addSchema(JSON.parse(read('rules/schema.json')));
    const validate = ajv.compile(JSON.parse(read('rules/capabilities/schema.json')));
    expect(validate(data) ? [] : validate.errors).toEqual([]);
    expect(validate({ capabilities: { x: { title: 'X', condition: { 'X-Y': 'y' }, references: [] } } })).toBe(false);
  });

  it('has conditions that profiles could have, and plain notes', () => {
    expect(faults).toEqual([]);
    expect(names.length).toBeGreaterThan(80);
    for (const [name, { title, notes = [] }] of Object.entries(data.capabilities)) {
      expect(title, name).toMatch(/^[A-Z].*[^.]$/);
      for (const { note } of notes) expect(note, name).toMatch(/^[A-Za-z].*\.$/);
    }
  });

  it('names symbols that a kernel has', () => {
    const models = ['5.10-x86_64', '6.12-x86_64', '7.2-x86_64', '6.12-arm64'].map(
      (name) => decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`)))).model,
    );
    for (const { id, require } of choose(library, 'capabilities')[0]!.requirements) {
      for (const { symbol } of symbolsOf(require)) {
        const known = models.some((model) => {
          const found = symbolNamed(model, symbol);
          return found !== undefined && isDefined(model, found);
        });
        expect(known, `${id}: ${symbol}`).toBe(true);
      }
    }
  });
});

describe('what a config can do', () => {
  const where = { kernel: 6_012_000, arch: 'x86_64' } as const;

  it('is nothing for an empty one, but that no unsigned module gets in', () => {
    expect(able('CONFIG_A=y\n', where)).toEqual(['signed_modules']);
  });

  it.each([
    ['VSOCKETS=m VIRTIO_VSOCKETS=m', ['vsock', 'vsock_guest']],
    ['VSOCKETS=y VHOST_VSOCK=m', ['vsock', 'vsock_host']],
    ['VIRTIO_FS=m FUSE_FS=n', []],
    ['BPF_LSM=y LSM="landlock,bpf"', ['bpf_lsm']],
    ['BPF_LSM=y LSM="landlock,yama"', []],
    ['CGROUPS=y', ['cgroup_v2']],
    ['KVM=m', []],
    ['KVM=m KVM_AMD=m', ['kvm', 'nested_virt']],
    ['IO_URING=y BTRFS_FS=m NFSD=y TUN=y PSI=y', ['btrfs_snapshots', 'io_uring', 'nfsd', 'psi', 'tun']],
    ['BLK_DEV_DM=m DM_CRYPT=m', ['device_mapper', 'dm_crypt']],
    ['IP_NF_IPTABLES=m NF_TABLES=m', ['nftables']],
  ])('with %s is %j', (lines, expected) => {
    const text = lines
      .split(' ')
      .map((line) => (line.endsWith('=n') ? `# CONFIG_${line.slice(0, -2)} is not set\n` : `CONFIG_${line}\n`))
      .join('');
    expect(
      able(text, where)
        .filter((name) => name !== 'signed_modules')
        .sort(),
    ).toEqual(expected);
  });

  it('depends on the architecture and the release', () => {
    expect(able('CONFIG_KVM=y\n', { ...where, arch: 'arm64' })).toContain('kvm');
    expect(able('CONFIG_KVM=y\n', { ...where, arch: 'arm64' })).not.toContain('nested_virt');
    expect(able('CONFIG_CGROUPS=y\n', { ...where, kernel: 4_004_000 })).not.toContain('cgroup_v2');
  });

  it('of the default config of x86_64 is this', () => {
    const found = able(read('fixtures/real/linux-x86_64-6.12.config'));
    for (const name of ['cgroup_v2', 'netns', 'seccomp', 'initrd', 'modules', 'io_uring'])
      expect(found).toContain(name);
    for (const name of ['overlayfs', 'wireguard', 'dm_crypt', 'psi']) expect(found).not.toContain(name);
  });
});
