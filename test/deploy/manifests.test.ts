/** The manifests in deploy/: nothing that a pod could misuse, and commands that this program understands and that do what they say. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { version } from '../../src/version.ts';
import { root } from '../support/corpus.ts';

const textOf = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-deploy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: object;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Pod {
  readonly [key: string]: unknown;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext: { readonly runAsUser: number };
  readonly volumes: readonly { readonly name: string; readonly hostPath?: { readonly path: string } }[];
}

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly completions?: number;
    readonly parallelism?: number;
    readonly completionMode?: string;
    readonly template: { readonly spec: Pod };
  };
}

const workloads = ['kubernetes-shards.yaml', 'kubernetes-nodes.yaml'].flatMap((name) =>
  parseAllDocuments(textOf(name)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Workload;
  }),
);
const podOf = ({ spec }: Workload) => spec.template.spec;
const containersOf = (workload: Workload) => [...(podOf(workload).initContainers ?? []), ...podOf(workload).containers];
const workload = (name: string) => workloads.find(({ metadata }) => metadata.name === name) as Workload;

/** The program under its name, for scripts that call it. */
function binFolder(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'kconfig-lint'),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/kconfig-lint.cjs')}" "$@"\n`,
  );
  chmodSync(join(bin, 'kconfig-lint'), 0o755);
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1 $2" = "--yes kconfig-lint@${version}" ] || exit 9\nshift 2\nexec kconfig-lint "$@"\n`,
  );
  chmodSync(join(bin, 'npx'), 0o755);
  return bin;
}

/** Runs the script of a container with the folders of its volumes in a folder of ours. */
function runScript(script: string, env: Readonly<Record<string, string>>, cwd: string) {
  const local = script.replaceAll('/reports', join(folder, 'reports'));
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', local], {
    cwd,
    encoding: 'utf8',
    env: { PATH: `${binFolder()}:${process.env['PATH']}`, ...env },
  });
  return { exit: status, out: stdout, err: stderr };
}

const envOf = ({ env = [] }: Container) =>
  Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

describe('workloads', () => {
  it('are an Indexed Job, a job that merges, and a DaemonSet', () => {
    expect(workloads.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Job kconfig-lint',
      'Job kconfig-lint-merge',
      'DaemonSet kconfig-lint-nodes',
    ]);
  });

  it.each(workloads.map((each) => [each.metadata.name, each] as const))(
    '%s: the pod is as poor as can be',
    (_, each) => {
      const pod = podOf(each);
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
      for (const key of ['hostPID', 'hostNetwork', 'hostIPC', 'serviceAccountName', 'shareProcessNamespace'])
        expect(pod).not.toHaveProperty(key);
      for (const container of containersOf(each)) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(Object.keys(container.resources.limits)).toEqual(['cpu', 'memory']);
        expect(Object.keys(container.resources.requests)).toEqual(['cpu', 'memory']);
        // A name that nobody can pull by mistake, of this version.
        expect(container.image).toBe(`registry.example.org/kconfig-lint:${version}`);
        for (const { name, readOnly } of container.volumeMounts ?? [])
          if (name !== 'reports' || each.metadata.name !== 'kconfig-lint') expect(readOnly, name).toBe(true);
      }
      const hostPaths = pod.volumes.flatMap(({ hostPath }) => (hostPath === undefined ? [] : [hostPath.path]));
      expect(hostPaths).toEqual(each.kind === 'DaemonSet' ? ['/boot'] : []);
    },
  );

  it('count shards alike', () => {
    const [shards, merge] = [workload('kconfig-lint'), workload('kconfig-lint-merge')];
    const { completions, completionMode } = shards.spec;
    expect(completionMode).toBe('Indexed');
    for (const each of [shards, merge])
      expect(envOf(containersOf(each)[0] as Container)['SHARDS']).toBe(String(completions));
  });
});

describe('the scripts of the job', () => {
  const configs = join(folder, 'configs');
  const script = (name: string) => containersOf(workload(name))[0]?.command.at(-1) as string;
  const shardEnv = envOf(containersOf(workload('kconfig-lint'))[0] as Container);

  it('check every config once and say of all what a single run says', () => {
    mkdirSync(configs);
    mkdirSync(join(folder, 'reports'));
    for (let i = 0; i < 12; i++)
      writeFileSync(join(configs, `${i}.config`), `CONFIG_PCI=y\nCONFIG_X${i}=y\nCONFIG_A = y\n`);
    for (let index = 0; index < 8; index++) {
      const { exit, err } = runScript(
        script('kconfig-lint'),
        { ...shardEnv, JOB_COMPLETION_INDEX: String(index) },
        configs,
      );
      expect(exit, err).toBe(0);
      expect(err).toMatch(new RegExp(`shard ${index + 1} of 8`));
    }
    const merged = runScript(script('kconfig-lint-merge'), { SHARDS: '8', PATIENCE: '0' }, configs);
    const single = runScript('kconfig-lint check . --profile kvm-guest', {}, configs);
    expect(merged).toEqual(single);
    expect(merged.exit).toBe(1);
  }, 120_000);

  it('name a shard that never came', () => {
    rmSync(join(folder, 'reports/shard-6.ndjson'));
    const { exit, err } = runScript(script('kconfig-lint-merge'), { SHARDS: '8', PATIENCE: '0' }, configs);
    expect(exit).toBe(3);
    expect(err).toContain('shard 6 of 8 is missing');
  });

  it('fail where the shard checked nothing, so that it is tried again', () => {
    const { exit } = runScript(
      script('kconfig-lint'),
      { ...shardEnv, SHARDS: '4', JOB_COMPLETION_INDEX: '7' },
      configs,
    );
    expect(exit).toBe(1);
  });
});

describe('the DaemonSet', () => {
  it('reports of its node as a stream that can be merged, whether or not the kernel tells its config', () => {
    const check = containersOf(workload('kconfig-lint-nodes'))[0] as Container;
    const { exit, out, err } = runScript(check.command.at(-1) as string, { NODE_NAME: 'worker-7' }, folder);
    expect(exit, err).toBe(0);
    const records = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records[0]).toMatchObject({ type: 'start', node: 'worker-7' });
    expect(records.at(-1)).toMatchObject({ type: 'end' });
    writeFileSync(join(folder, 'log'), err + out);
    const merged = runScript('kconfig-lint merge-reports log --fail-on never --format json', {}, folder);
    expect(merged.exit).toBe(records.at(-1).summary.failures > 0 ? 3 : 0);
    expect(merged.out).toContain('worker-7');
  });
});

describe('the matrix of GitHub Actions', () => {
  const { jobs } = parse(textOf('github-matrix.yaml')) as {
    jobs: Record<string, { strategy?: { matrix: { shard: number[] } }; steps: { run?: string }[] }>;
  };

  it('runs commands that this program understands, shard by shard', () => {
    const shards = jobs['shard']?.strategy?.matrix.shard as number[];
    expect(shards).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const script = jobs['shard']?.steps.find(({ run }) => run !== undefined)?.run as string;
    for (const shard of shards.slice(0, 2)) {
      const { exit, err } = runScript(
        `set -e\n${script}`,
        { SHARD: String(shard), SHARDS: String(shards.length) },
        folder,
      );
      expect(exit, err).toBe(0);
    }
    mkdirSync(join(folder, 'reports'), { recursive: true });
    const merge = jobs['merge']?.steps.find(({ run }) => run !== undefined)?.run as string;
    expect(merge).toContain(`--expect ${shards.length}`);
    const inPlace = merge.replace('merge-reports reports', 'merge-reports shard-1.json shard-2.json');
    const { exit, err } = runScript(inPlace, {}, folder);
    expect(exit).toBe(3);
    expect(err).toContain('shard 3 of 8 is missing');
  });
});
