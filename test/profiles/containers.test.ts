/** Kubernetes, container engines and their networks: the conditions that published lists get wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/finding.ts';
import {
  decodeModel,
  describeSymbol,
  isDefined,
  type ModelFile,
  resolveConfig,
  symbolNamed,
} from '../../src/kconfig/index.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import type { BootFact } from '../../src/target.ts';
import { root } from '../support/corpus.ts';
import { builtIn, choose, judgeText, verdicts } from '../support/library.ts';

const family = [...builtIn.library.profiles.keys()].filter((id) =>
  /^(?:cgroup|container|kubernetes|kube-proxy|k3s|docker|podman|lxc|kata-guest|gvisor|cilium|calico|iptables|xtables)/.test(
    id,
  ),
);

type ArchName = 'x86_64' | 'arm64' | 'riscv';

interface Place {
  readonly kernel: string;
  readonly arch?: ArchName;
  readonly boot?: readonly BootFact[];
}

/** Judges a complete config of these settings; `-X` is not set. */
function judge(profile: string, settings: string, { kernel, arch = 'x86_64', boot = [] }: Place): Report {
  const [major = 0, minor = 0, patch = 0] = kernel.split('.').map(Number);
  const lines = settings
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => (each.startsWith('-') ? `# CONFIG_${each.slice(1)} is not set` : `CONFIG_${each}`));
  return judgeText(builtIn.library, [profile], `${['CONFIG_GENERIC_CALIBRATE_DELAY=y', ...lines].join('\n')}\n`, {
    kind: 'complete',
    boot,
    target: { kernel: major * 1e6 + minor * 1e3 + patch, arch },
  });
}

function verdictOn(row: string, settings: string, place: Place): string | undefined {
  const [named = ''] = row.split('/');
  const [id = ''] = named.split('@');
  const rowId = row.replace(/@[^/]*/, '');
  const owner = [...builtIn.library.profiles.keys()].includes(id) ? named : '';
  return verdicts(judge(owner, settings, place), choose(builtIn.library, owner)[0]!).get(rowId);
}

const ids = ({ findings }: Report) => findings.map(({ rule }) => rule.id).sort();
/** All that a user reads of the findings. */
const shown = ({ findings }: Report) =>
  findings.map(({ message, advice }) => [message, ...advice].join('\n')).join('\n');
const symbolsShown = (report: Report) => new Set([...shown(report).matchAll(/CONFIG_(\w+)/g)].map(([, name]) => name));

const host = createKernelHost(join(root, 'models'));
const loaded = new Map<string, ModelFile>();
function load(name: string): ModelFile {
  let file = loaded.get(name);
  if (file === undefined) {
    expect(host.shippedModels()).toContain(name);
    file = decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`))));
    loaded.set(name, file);
  }
  return file;
}

const places = ['5.10', '6.1', '6.12', '7.2'].flatMap((kernel) =>
  (['x86_64', 'arm64'] as const).map((arch) => [kernel, arch] as const),
);

it('is a family of many profiles', () => {
  expect(family.length).toBeGreaterThanOrEqual(40);
});

describe.each(places)('an empty config of %s for %s', (kernel, arch) => {
  const { model } = load(`${kernel}-${arch}`);
  const named = (boot: readonly BootFact[]) =>
    family.flatMap((id) => {
      // With these on, rows that depend on them apply.
      const settings = 'IPV6=y SWAP=y HUGETLBFS=y EXT4_FS=y IP_VS=y';
      return [...symbolsShown(judge(id, settings, { kernel, arch, boot }))].map(
        (name) => [id, name as string] as const,
      );
    });

  it.each([[[]], [['cgroup-v1']]] as [BootFact[]][])(
    'hears of no symbol that its kernel lacks, with boot facts %j',
    (boot) => {
      const found = named(boot);
      expect(found.length).toBeGreaterThan(300);
      const unknown = found.filter(([, name]) => {
        const symbol = symbolNamed(model, name);
        return symbol === undefined || !isDefined(model, symbol);
      });
      expect(unknown).toEqual([]);
    },
  );

  it('is told of each symbol without a prompt that it has none, and what brings it', () => {
    const hidden = named([]).filter(
      ([, name]) => describeSymbol(model, symbolNamed(model, name) as number).prompts.length === 0,
    );
    for (const [id, name] of hidden) {
      const report = judge(id, 'IPV6=y SWAP=y', { kernel, arch });
      expect(shown(report), `${id} ${name}`).toMatch(
        new RegExp(`CONFIG_${name}\\b.*it has no prompt and follows CONFIG_`),
      );
    }
    if (kernel === '5.10') expect(hidden.map(([, name]) => name)).toContain('MEMCG_SWAP');
  });
});

describe('swap accounting', () => {
  const on = 'CGROUPS=y MEMCG=y SWAP=y';

  it.each(['docker-engine', 'kata-guest', 'kubernetes-swap'])('%s asks for MEMCG_SWAP only where it exists', (id) => {
    expect(verdictOn(`${id}/MEMCG_SWAP`, on, { kernel: '5.4' })).toBe('unmet');
    expect(shown(judge(id, on, { kernel: '5.4' }))).not.toContain(
      'CONFIG_MEMCG_SWAP is absent, should be y; it has no prompt',
    );
    expect(verdictOn(`${id}/MEMCG_SWAP`, on, { kernel: '5.15' })).toBe('unmet');
    expect(shown(judge(id, on, { kernel: '5.15' }))).toMatch(
      /CONFIG_MEMCG_SWAP is absent, .*it has no prompt and follows CONFIG_MEMCG, CONFIG_SWAP/,
    );
    expect(verdictOn(`${id}/MEMCG_SWAP`, on, { kernel: '6.1' })).toBe('not-applicable');
  });

  it.each(['6.1', '6.12', '6.18', '7.2'])('is not heard of on %s, in any profile', (kernel) => {
    for (const id of family) {
      const text = shown(judge(id, 'SWAP=y', { kernel })) + shown(judge(id, '', { kernel, boot: ['cgroup-v1'] }));
      expect(text, id).not.toContain('MEMCG_SWAP');
    }
  });
});

describe('control groups', () => {
  const v1Only =
    /\bCONFIG_(?:CGROUP_CPUACCT|CGROUP_DEVICE|CGROUP_FREEZER|MEMCG_V1|CPUSETS_V1|NET_CLS_CGROUP|CGROUP_NET_PRIO)\b/;

  it.each(['5.10', '6.12', '7.2'])('of v1 are asked of nobody who runs v2, on %s', (kernel) => {
    for (const id of family) expect(shown(judge(id, '', { kernel })), id).not.toMatch(v1Only);
  });

  it.each(['kubernetes-node', 'k3s', 'docker-engine', 'containerd-runc', 'podman-rootless', 'lxc', 'kata-guest'])(
    '%s asks for those of v1 where v1 is mounted, and not for BPF',
    (id) => {
      const found = symbolsShown(judge(id, '', { kernel: '6.12', boot: ['cgroup-v1'] }));
      for (const name of ['CGROUP_CPUACCT', 'CGROUP_DEVICE', 'CGROUP_FREEZER', 'MEMCG_V1', 'CPUSETS_V1'])
        expect(found).toContain(name);
      expect(found).not.toContain('CGROUP_BPF');
      expect(symbolsShown(judge(id, '', { kernel: '6.12' }))).toContain('CGROUP_BPF');
      const before = symbolsShown(judge(id, '', { kernel: '6.10', boot: ['cgroup-v1'] }));
      expect(before).toContain('CGROUP_FREEZER');
      expect(before).not.toContain('MEMCG_V1');
    },
  );

  it('kubeadm asks for those of v1 until 1.34, which is worth a note and no more', () => {
    for (const version of ['1.31', '1.32', '1.33', '1.34']) {
      const found = judge(`kubernetes-node@${version}`, '', { kernel: '6.12' }).findings;
      expect(found.find(({ rule }) => rule.id === 'kubernetes-node/kubeadm-v1-options')?.severity).toBe('info');
    }
    expect(verdictOn('kubernetes-node@1.35/kubeadm-v1-options', '', { kernel: '6.12' })).toBe('not-applicable');
    expect(verdictOn('kubernetes-node@1.36/kubeadm-v1-options', '', { kernel: '6.12' })).toBe('not-applicable');
  });

  it('of v1 stop the kubelet from 1.35 on', () => {
    const v1: Place = { kernel: '6.12', boot: ['cgroup-v1'] };
    expect(verdictOn('kubernetes-node@1.34/no-cgroup-v1', '', v1)).toBe('not-applicable');
    expect(verdictOn('kubernetes-node@1.34/cgroup-v1-maintained', '', v1)).toBe('unmet');
    expect(verdictOn('kubernetes-node@1.35/no-cgroup-v1', '', v1)).toBe('unmet');
    expect(verdictOn('kubernetes-node@1.35/cgroup-v1-maintained', '', v1)).toBe('not-applicable');
    expect(verdictOn('kubernetes-node@1.36/no-cgroup-v1', '', { kernel: '6.12' })).toBe('met');
  });
});

describe('iptables', () => {
  const base = 'NET=y INET=y NETFILTER=y NETFILTER_ADVANCED=y NETFILTER_XTABLES=m NF_CONNTRACK=m NF_NAT=m';
  const legacy = `${base} IP_NF_IPTABLES=m IP_NF_FILTER=m IP_NF_NAT=m IP_NF_MANGLE=m IP_NF_RAW=m`;
  const nft = `${base} NF_TABLES=m NF_TABLES_IPV4=y NFT_COMPAT=m NFT_NAT=m`;
  const targets = 'NETFILTER_XT_NAT=m NETFILTER_XT_TARGET_MASQUERADE=m';

  it.each(['5.10', '6.1', '6.12', '6.16'])('of the legacy kind needs no NETFILTER_XTABLES_LEGACY on %s', (kernel) => {
    expect(ids(judge('iptables-legacy', legacy, { kernel }))).toEqual([]);
    expect(verdictOn('iptables-legacy/NETFILTER_XTABLES_LEGACY', legacy, { kernel })).toBe('not-applicable');
    expect(ids(judge('iptables', `${legacy} ${targets}`, { kernel }))).toEqual([]);
  });

  it.each(['6.17', '6.18', '7.2'])(
    'of the legacy kind needs NETFILTER_XTABLES_LEGACY on %s, and says so once',
    (kernel) => {
      const lost = `${base} IP_NF_IPTABLES=m -NETFILTER_XTABLES_LEGACY`;
      const { findings } = judge('iptables-legacy', lost, { kernel });
      expect(findings.filter(({ cause }) => cause === undefined).map(({ message }) => message)).toEqual([
        'CONFIG_NETFILTER_XTABLES_LEGACY is not set, must be y',
      ]);
      expect(findings.length).toBeGreaterThan(4);
      const kept = `${legacy} NETFILTER_XTABLES_LEGACY=y IP_NF_IPTABLES_LEGACY=m`;
      expect(ids(judge('iptables-legacy', kept, { kernel }))).toEqual([]);
      expect(ids(judge('iptables', `${kept} ${targets}`, { kernel }))).toEqual([]);
    },
  );

  it('of the legacy kind is impossible with PREEMPT_RT since 6.17', () => {
    const found = judge('iptables-legacy', `${base} IP_NF_IPTABLES=m PREEMPT_RT=y`, { kernel: '7.2' });
    expect(found.findings.filter(({ cause }) => cause === undefined).map(({ message }) => message)).toEqual([
      'CONFIG_PREEMPT_RT=y, must be off',
    ]);
    expect(ids(judge('iptables-legacy', `${legacy} PREEMPT_RT=y`, { kernel: '6.12' }))).toEqual([]);
  });

  it.each(['5.10', '6.12', '7.2'])('on nftables does without any legacy table on %s', (kernel) => {
    expect(ids(judge('iptables', `${nft} ${targets}`, { kernel }))).toEqual([]);
    const docker = ids(judge('docker-engine', `${nft} ${targets} IPV6=y`, { kernel }));
    expect(docker.filter((id) => id.includes('legacy') || id.startsWith('iptables'))).toEqual([]);
    const old = ids(
      judge('docker-engine', `${base} ${targets} IP_NF_IPTABLES=m IP_NF_FILTER=m IP_NF_NAT=m IPV6=y`, { kernel }),
    );
    expect(old).toEqual(expect.arrayContaining(['docker-engine/legacy-tables', 'docker-engine/legacy-tables-ipv6']));
  });

  it('needs the NAT targets by themselves where no legacy nat table brings them', () => {
    expect(ids(judge('iptables', nft, { kernel: '7.2' }))).toEqual([
      'iptables/NETFILTER_XT_NAT',
      'iptables/masquerade',
    ]);
  });

  it('is of no concern to kube-proxy in nftables mode', () => {
    const text = `${base} NF_TABLES=m NF_TABLES_IPV4=y NFT_NAT=m NFT_MASQ=m NFT_CT=m NFT_REJECT=m NFT_NUMGEN=m NFT_FIB_IPV4=m -NETFILTER_XTABLES`;
    expect(ids(judge('kube-proxy-nftables', text, { kernel: '6.12' }))).toEqual([]);
  });
});

describe('symbols that are gone', () => {
  it.each([
    ['docker-network-overlay-encrypted/INET_XFRM_MODE_TRANSPORT', '4.19', '5.2'],
    ['cilium-ipsec/INET_XFRM_MODE_TUNNEL', '5.0', '5.2'],
    ['kube-proxy-ipvs/NF_CONNTRACK_IPV4', '4.18', '4.19'],
    ['iptables-nft/NFT_COUNTER', '5.16', '5.17'],
    ['lxc/NF_NAT_IPV4', '5.0', '5.1'],
    ['lxc/DEVPTS_MULTIPLE_INSTANCES', '4.6', '4.7'],
    ['docker-engine/DEVPTS_MULTIPLE_INSTANCES', '4.6', '4.7'],
  ])('%s is asked for on %s and no longer on %s', (row, last, gone) => {
    expect(verdictOn(row, '', { kernel: last })).toBe('unmet');
    expect(verdictOn(row, '', { kernel: gone })).toBe('not-applicable');
  });

  it('and ciphers that no option stands for any more are not asked for', () => {
    for (const kernel of ['5.10', '6.12', '7.2']) {
      for (const id of family) expect(shown(judge(id, '', { kernel })), id).not.toMatch(/CRYPTO_GHASH|CRYPTO_AEAD/);
    }
  });
});

describe('symbols without a prompt', () => {
  it('are asked for through what brings them', () => {
    expect(shown(judge('cilium-ipsec', 'XFRM_USER=y INET_ESP=y', { kernel: '6.12' }))).toMatch(
      /CONFIG_XFRM_OFFLOAD is absent, .*it has no prompt and follows CONFIG_INET_ESP_OFFLOAD/,
    );
    expect(shown(judge('gvisor-host', '', { kernel: '6.1' }))).toMatch(
      /CONFIG_MEMFD_CREATE is absent, .*follows CONFIG_TMPFS/,
    );
    expect(shown(judge('cilium', '', { kernel: '6.12' }))).not.toMatch(/CONFIG_(?:FIB_RULES|BPF)\b/);
  });
});

describe('modules', () => {
  it('serve a host, and not a guest of Kata', () => {
    expect(verdictOn('docker-engine/VETH', 'VETH=m', { kernel: '6.12' })).toBe('met');
    expect(verdictOn('cilium/NET_CLS_BPF', 'NET_CLS_BPF=m', { kernel: '6.12' })).toBe('met');
    expect(verdictOn('kata-guest/VIRTIO_BLK', 'VIRTIO_BLK=m', { kernel: '6.12' })).toBe('unmet');
    expect(verdictOn('kata-guest/vsock', 'VSOCKETS=y VIRTIO_VSOCKETS=m', { kernel: '6.12' })).toBe('unmet');
  });
});

describe('kernel versions', () => {
  it.each([
    ['kubernetes-recursive-read-only/kernel-recursive-read-only', '5.11', '5.12'],
    ['kubernetes-user-namespaces/kernel-idmapped-tmpfs', '6.2', '6.3'],
    ['kubernetes-user-namespaces/kernel-user-namespaces', '6.4', '6.5'],
    ['kubernetes-swap/kernel-tmpfs-noswap', '6.2', '6.3'],
    ['kube-proxy-nftables/kernel-nftables-proxy', '5.12', '5.13'],
    ['kube-proxy-ipvs/kernel-conn-reuse', '5.8', '5.9'],
    ['cilium/kernel-cilium', '5.4', '5.10'],
    ['calico-ebpf/kernel-calico', '5.9', '5.10'],
    ['gvisor-host/kernel-gvisor', '4.14.76', '4.14.77'],
    ['podman-rootless/rootless-storage', '5.10', '5.11'],
  ])('%s fails on %s and holds on %s', (row, before, from) => {
    expect(verdictOn(row, 'OVERLAY_FS=m', { kernel: before })).toBe('unmet');
    expect(verdictOn(row, 'OVERLAY_FS=m', { kernel: from })).toBe('met');
  });

  it('do not stand against a driver that a vendor has brought to an older kernel', () => {
    expect(verdictOn('calico-wireguard/kernel-wireguard', 'WIREGUARD=m', { kernel: '5.4' })).toBe('not-applicable');
    expect(verdictOn('calico-wireguard/WIREGUARD', 'WIREGUARD=m', { kernel: '5.4' })).toBe('met');
    expect(verdictOn('calico-wireguard/kernel-wireguard', '', { kernel: '5.4' })).toBe('unmet');
  });
});

describe('what a profile asks for', () => {
  /** Asked for without all of their parents, which come from elsewhere. */
  const exceptions = [
    'calico-ebpf/DEBUG_INFO_BTF', // the choice of debug information in the build
    'cilium-ipsec/XFRM_OFFLOAD', // has no prompt: INET_ESP_OFFLOAD is what a person sets
    'kubernetes-node/BRIDGE_NETFILTER', // only for plugins that have a bridge
    'kubernetes-node/NETFILTER_XT_TARGET_REDIRECT', // asked for by kubeadm whatever the proxy and its NAT
  ];

  it.each(['6.12-x86_64', '6.12-arm64', '7.2-x86_64', '7.2-arm64'])('is kept by %s: no parent is missing', (name) => {
    const [kernel = '', arch = ''] = name.split('-');
    const [major = 0, minor = 0] = kernel.split('.').map(Number);
    for (const id of family) {
      const folder = join(root, 'fixtures/profiles', id);
      const { boot } = JSON.parse(readFileSync(join(folder, 'args.json'), 'utf8')) as { boot?: BootFact[] };
      const asked = JSON.stringify(choose(builtIn.library, id)[0]!.requirements);
      const lines = readFileSync(join(folder, 'passes.config'), 'utf8')
        .split('\n')
        .filter((line) => asked.includes(`"symbol":"${/CONFIG_(\w+)/.exec(line)?.[1]}"`));
      const legacy = /IP_NF_FILTER=/.test(lines.join()) ? ['NETFILTER_XTABLES_LEGACY', 'IP_NF_IPTABLES_LEGACY'] : [];
      const { text } = resolveConfig({
        models: [load(name)],
        base: { kind: 'named', name: arch === 'arm64' ? 'defconfig' : 'x86_64_defconfig' },
        fragments: [`${[...lines, ...legacy.map((each) => `CONFIG_${each}=y`)].join('\n')}\n`],
        toolchain: 'gcc-12',
        output: 'config',
      });
      const { findings } = judgeText(builtIn.library, [id], text, {
        kind: 'complete',
        boot: boot ?? [],
        target: { kernel: major * 1e6 + minor * 1e3, arch: arch as ArchName },
      });
      const lost = findings.filter(({ severity, rule }) => severity !== 'info' && !exceptions.includes(rule.id));
      expect(lost.map(({ rule, message }) => `${rule.id}: ${message}`)).toEqual([]);
    }
  });
});
