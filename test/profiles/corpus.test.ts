/** Real configs against the profiles they are known to serve, or known to fail. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusFiles, corpusPath, hasCorpus } from '../support/corpus.ts';
import { builtIn, type Case, choose, judgeText, verdicts } from '../support/library.ts';

const target = (kernel: string, arch: 'x86_64' | 'arm64') => {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return { target: { kernel: major * 1e6 + minor * 1e3, arch } };
};

function judge(file: string, names: readonly string[], options: Case = {}) {
  return judgeText(builtIn.library, names, readFileSync(corpusPath(file), 'utf8'), { path: file, ...options });
}

const ids = (report: ReturnType<typeof judge>, severity?: string) =>
  report.findings
    .filter((finding) => severity === undefined || finding.severity === severity)
    .map(({ rule }) => rule.id);

describe('the published krata list alone', () => {
  const zone = choose(builtIn.library, 'krata-zone')[0]!;
  const published = zone.requirements.filter(
    ({ id, name }) =>
      name === name.toUpperCase() &&
      builtIn.library.textOf(id).references.some((url) => url.includes('custom-kernels')),
  );
  const text = published
    .map(
      ({ name }) =>
        `CONFIG_${name}=${name === 'XEN_MEMORY_HOTPLUG_LIMIT' ? 512 : name === 'XEN_FBDEV_FRONTEND' ? 'm' : 'y'}\n`,
    )
    .join('');

  it('holds 37 options, as a fragment', () => {
    expect(published).toHaveLength(37);
    expect(judgeText(builtIn.library, ['krata-zone'], text).kind).toBe('fragment');
  });

  it('passes on x86_64, with a plain word on what is not known: its parents', () => {
    const report = judgeText(builtIn.library, ['krata-zone'], text, target('6.12', 'x86_64'));
    expect(report.findings).toEqual([]);
    const open = report.unknowns.flatMap(({ missing }) => missing);
    expect(open).toEqual(
      expect.arrayContaining(['HYPERVISOR_GUEST', 'PARAVIRT', 'SMP', 'PCI', 'ACPI', 'FB', 'MEMORY_HOTPLUG', 'NET_9P']),
    );
    for (const { name } of published) expect(verdicts(report, zone).get(`krata-zone/${name}`), name).toBe('met');
  });

  it('has 15 options that cannot be on arm64, and says so', () => {
    const report = judgeText(builtIn.library, ['krata-zone'], text, target('6.12', 'arm64'));
    expect(report.findings).toEqual([]);
    const away = published
      .filter(({ id }) => verdicts(report, zone).get(id) === 'not-applicable')
      .map(({ name }) => name);
    expect(away.sort()).toEqual(
      'PCI_XEN XEN_512GB XEN_ACPI XEN_HAVE_PVMMU XEN_HAVE_VPMU XEN_MEMORY_HOTPLUG_LIMIT XEN_PCIDEV_FRONTEND XEN_PV XEN_PVH XEN_PVHVM XEN_PVHVM_GUEST XEN_PVHVM_SMP XEN_PV_MSR_SAFE XEN_PV_SMP XEN_SAVE_RESTORE'
        .split(' ')
        .sort(),
    );
  });

  it.each([
    ['7.3', ['XEN_AUTO_XLATE', 'XEN_PVHVM', 'XEN_PVHVM_SMP', 'XEN_SAVE_RESTORE']],
    ['7.2', ['XEN_SAVE_RESTORE']],
    ['6.1', []],
    ['5.10', ['XEN_GRANT_DMA_OPS', 'XEN_PVHVM_GUEST', 'XEN_PV_MSR_SAFE', 'XEN_VIRTIO']],
  ])('on %s lacks %j without a finding', (kernel, expected) => {
    const report = judgeText(builtIn.library, ['krata-zone'], text, target(kernel, 'x86_64'));
    expect(report.findings).toEqual([]);
    const away = published
      .filter(({ id }) => verdicts(report, zone).get(id) === 'not-applicable')
      .map(({ name }) => name);
    expect(away.sort()).toEqual(expected);
  });
});

describe.skipIf(!hasCorpus)('real configs', () => {
  it("krata's own kernel meets the zone list", () => {
    expect(ids(judge('krata/krata-x86_64.config', ['krata-zone']))).toEqual([]);
  });

  it("Edera's zone fragment lacks only the frame buffer", () => {
    expect(ids(judge('edera/x86_64/zone.config', ['krata-zone'], target('6.12', 'x86_64')))).toEqual(['krata-zone/FB']);
  });

  it.each(corpusFiles.filter((file) => /firecracker\/microvm/.test(file)))(
    '%s: one cause for all that krata asks of a kernel without Xen',
    (file) => {
      const report = judge(file, ['krata-zone']);
      const roots = report.findings.filter(({ cause, severity }) => cause === undefined && severity === 'error');
      expect(roots.length).toBeLessThanOrEqual(2);
      expect(report.findings.length).toBeGreaterThan(15);
    },
  );

  it.each(corpusFiles.filter((file) => /firecracker\/microvm/.test(file)))(
    '%s serves Firecracker, hides PSI and lacks the comment match',
    (file) => {
      expect(ids(judge(file, ['firecracker-guest']), 'error')).toEqual([]);
      const node = judge(file, ['kubernetes-node']);
      expect(ids(node, 'error')).toEqual(['kubernetes-node/NETFILTER_XT_MATCH_COMMENT']);
      const psi = node.findings.find(({ rule }) => rule.id === 'kubernetes-psi/psi-default-disabled');
      expect(psi?.message).toBe('CONFIG_PSI_DEFAULT_DISABLED=y, should be off');
      expect(psi?.rule.explanation).toContain('psi=1');
    },
  );

  it.each([
    ['cloud-hypervisor/linux-config-x86_64', 'cloud-hypervisor-guest', {}],
    ['virtink/linux-config-5.15.12-x86_64', 'virtink', {}],
    ['liquidmetal/firecracker/configs/linux-x86_64-5.10.77.config', 'liquidmetal-firecracker', {}],
    ['liquidmetal/firecracker/configs/linux-arm64-5.10.77.config', 'liquidmetal-firecracker', {}],
    ['vz/vz-linux.config', 'vz-developer', target('6.12', 'arm64')],
    ['vz/vz-linux-container.config', 'vz-container', target('6.12', 'arm64')],
  ] as const)('%s raises no error in %s', (file, profile, options) => {
    expect(ids(judge(file, [profile], options), 'error')).toEqual([]);
  });

  it.each(['x86_64', 'arm64'])("Liquid Metal's 5.10.77 for %s passes the version floors and fails PSI", (arch) => {
    const found = ids(
      judge(`liquidmetal/firecracker/configs/linux-${arch}-5.10.77.config`, ['liquidmetal-firecracker']),
    );
    expect(found).toContain('kubernetes-psi/PSI');
    expect(found.filter((id) => id.includes('/kernel-'))).toEqual([]);
  });

  it('are never faulted for a symbol that their kernel does not have', () => {
    const all = [...builtIn.library.profiles.keys()];
    for (const file of corpusFiles) {
      const report = judge(file, all);
      const { kernel } = report.target;
      for (const { symbol, rule, expected = '' } of report.findings) {
        const facts =
          symbol === undefined || expected.includes(' or CONFIG_') ? undefined : builtIn.library.symbols.get(symbol);
        if (facts === undefined || kernel === undefined || facts.otherNames.length > 0) continue;
        const named =
          report.source.text.includes(`CONFIG_${symbol}=`) ||
          report.source.text.includes(`# CONFIG_${symbol} is not set`);
        expect(
          named || (kernel >= (facts.added ?? 0) && kernel < (facts.removed ?? Number.POSITIVE_INFINITY)),
          `${file} ${rule.id}`,
        ).toBe(true);
      }
    }
  });
});

describe('the kernel floors of Kubernetes', () => {
  it.each([
    ['4.19', ['cgroup-v2/kernel-freezer', 'cgroup-v2/kernel-root-cpu-stat', 'kubernetes-psi/kernel-psi']],
    ['5.2', ['cgroup-v2/kernel-root-cpu-stat']],
    ['5.10', []],
    ['5.12', []],
    ['5.15', []],
  ])('on %s warn of %j', (kernel, expected) => {
    const report = judgeText(builtIn.library, ['liquidmetal-firecracker'], 'CONFIG_CGROUPS=y\n', {
      kind: 'complete',
      ...target(kernel, 'x86_64'),
    });
    const floors = report.findings.filter(({ rule }) => /^(?:cgroup-v2|kubernetes-psi)\/kernel-/.test(rule.id));
    expect(floors.map(({ rule }) => rule.id).sort()).toEqual(expected);
    for (const { severity } of floors) expect(severity).toBe('warning');
  });
});
