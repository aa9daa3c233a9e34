/** The whole comparison with peers: rows of every config against ours, the table of explanations, and kernels known to serve. */
import { parse } from 'yaml';
import type { ConfigDocument } from '../../src/config/document.ts';
import type { KernelHost } from '../../src/host.ts';
import type { ModelFile } from '../../src/kconfig/index.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import type { KernelKnowledge } from '../../src/profiles/condition.ts';
import { type ChosenProfile, chooseProfile, type Library } from '../../src/profiles/profile.ts';
import { kernelArch, shippedModels } from '../../src/project/kernel.ts';
import { existsIn, isOfVendor } from '../../src/project/kernel-view.ts';
import { formatKernelVersion } from '../../src/target.ts';
import { type Compared, type Explanation, join, onlyHere, type PeerRow, readTable, weigh } from './compare.ts';
import { judgeKnownGood, type KnownGoodOutcome, readKnownGood } from './known-good.ts';
import { keysIn, ourViews, readConfig } from './ours.ts';
import type { Summary } from './page.ts';
import {
  judgeList,
  type ListedOption,
  readDockerScript,
  readHardeningChecker,
  readLxc,
  readValidators,
} from './read-peers.ts';

export { pageOf } from './page.ts';

/** The profiles of ours that answer the question of each peer. */
export const counterparts: Readonly<Record<string, readonly string[]>> = {
  'kernel-hardening-checker': ['hardening-kspp', 'hardening-extra'],
  docker: [
    'docker-engine',
    'docker-swarm',
    'docker-network-overlay-encrypted',
    'docker-network-ipvlan',
    'docker-network-macvlan',
    'docker-storage-overlay2',
    'docker-storage-btrfs',
  ],
  k3s: ['k3s', 'kube-proxy-ipvs'],
  lxc: ['lxc'],
  kubeadm: ['kubernetes-node@1.33'],
};

interface Answer {
  readonly status: number;
  readonly stdout: string;
}

export interface SuiteInput {
  readonly library: Library;
  /** The peers that are here; `source` where a list is read instead of running them. */
  readonly peers: Readonly<Record<string, { readonly version: string; readonly source?: string }>>;
  readonly configs: readonly {
    readonly name: string;
    readonly text: string;
    readonly answers: Record<string, Answer>;
  }[];
  readonly differences: string;
  readonly knownGood: string;
  readonly k3s: string;
  /** The folder of the shipped models. */
  readonly models: string;
  /** The versions that the table was written for; differences from another one are news, not failures, unless all is compared. */
  readonly versions?: ReadonlyMap<string, string>;
  /** Whether all configs and peers are here, so that an explanation that nothing needs is stale. */
  readonly isFull: boolean;
}

export interface SuiteResult {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  /** Differences from a peer newer than the table. */
  readonly news: number;
  readonly summary: Summary;
}

interface Real {
  readonly name: string;
  readonly text: string;
  readonly document: ConfigDocument;
  readonly answers: Record<string, Answer>;
}

export function compareAll(input: SuiteInput): SuiteResult {
  const { library, isFull } = input;
  const table = readTable(parse(input.differences, { schema: 'failsafe' }));
  const real = input.configs
    .map(({ name, text, answers }): Real => ({ name, text, answers, document: readConfig(text, name) }))
    .filter(({ document }) => document.target.kernel !== undefined && document.target.arch !== undefined);
  const knowledgeOf = askModels(createKernelHost(input.models));
  const each = Object.keys(input.peers).map((peer) => comparePeer(peer, real, table, knowledgeOf, input));
  const used = table.map((_, i) => each.reduce((sum, outcome) => sum + (outcome.used[i] as number), 0));
  const stale = table.flatMap(({ peers, rows }, i) =>
    isFull && used[i] === 0
      ? [`STALE: nothing needs entry ${i + 1} of the table (${peers.join(', ')}: ${rows.join(', ')})`]
      : [],
  );
  const good = judgeKnownGood(readKnownGood(parse(input.knownGood, { schema: 'failsafe' })), real, library, isFull);
  const sum = (pick: (outcome: PeerOutcome) => number): number => each.reduce((total, one) => total + pick(one), 0);
  return {
    lines: [...each.flatMap(({ lines }) => lines), ...stale, ...good.lines],
    passed: sum(({ passed }) => passed) + good.passed,
    failed: sum(({ failed }) => failed) + stale.length + good.failed,
    news: sum(({ news }) => news),
    summary: summaryOf(
      real,
      each.map(({ numbers }) => numbers),
      used,
      good,
    ),
  };
}

interface PeerOutcome {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly news: number;
  /** How often each explanation was needed. */
  readonly used: readonly number[];
  readonly numbers: Summary['peers'][number];
}

/** One peer on every config it can judge. */
function comparePeer(
  peer: string,
  real: readonly Real[],
  table: readonly Explanation[],
  knowledgeOf: ReturnType<typeof askModels>,
  input: SuiteInput,
): PeerOutcome {
  const { library, isFull } = input;
  const version = input.peers[peer]?.version ?? '';
  const names = counterparts[peer] ?? [];
  const profiles = choose(library, names);
  const all = real.map((config) => {
    const rows = rowsOf(peer, config, input);
    if (rows === undefined) return undefined;
    const { name, document } = config;
    return join(peer, name, document.target, rows, ourViews(document, profiles, library, knowledgeOf(document)));
  });
  const configs = all.filter((each) => each !== undefined).length;
  const compared = all.flatMap((each) => each ?? []);
  const { agreeing, explained, unexplained } = weigh(compared, table);
  const own = isFull ? onlyHere(peer, ourRows(profiles, library), new Set(compared.map(({ key }) => key)), table) : [];
  const unknown = own.filter(({ at }) => at < 0);
  const isNew = !isFull && input.versions !== undefined && input.versions.get(peer) !== version;
  const bad = unexplained.length + unknown.length;
  const explainedRows = compared.length - agreeing - unexplained.length;
  const count = (kind: string): number =>
    explained.reduce((sum, each, i) => sum + (table[i]?.class === kind ? each : 0), 0);
  return {
    lines: [
      ...unexplainedLines(unexplained),
      ...unknown.map(({ row }) => `ONLY HERE ${peer}: ${row}`),
      `${peer} ${version}: ${configs} configs, ${compared.length} rows, ${agreeing} agree, ${explainedRows} differ and are explained, ${bad} not`,
    ],
    passed: compared.length + own.length - bad,
    failed: isNew ? 0 : bad,
    news: isNew ? bad : 0,
    used: explained.map((each, i) => each + own.filter(({ at }) => at === i).length),
    numbers: {
      ...{ peer, version, profiles: names, configs, rows: compared.length, agreeing },
      theirBug: count('their-bug'),
      question: count('different-question'),
      onlyThere: count('only-there'),
      onlyHere: own.length,
    },
  };
}

/** What the shipped models know of a config's kernel, as a lint asks them; undefined where none speaks for it. */
function askModels(host: KernelHost): (document: ConfigDocument) => KernelKnowledge | undefined {
  const read = new Map<string, readonly ModelFile[] | undefined>();
  return (document) => {
    const { kernel = 0, arch = 'other' } = document.target;
    const name = `${formatKernelVersion(kernel - (kernel % 1000))} ${arch}`;
    if (!read.has(name)) {
      const make = kernelArch(arch);
      const models = make === undefined ? undefined : shippedModels(kernel, make, host);
      read.set(name, Array.isArray(models) ? models : undefined);
    }
    const models = read.get(name);
    if (models === undefined || isOfVendor(document)) return undefined;
    return { name, defines: (symbol) => existsIn(models, symbol), adviceFor: () => undefined };
  };
}

function choose(library: Library, names: readonly string[]): ChosenProfile[] {
  return names.map((name) => {
    const choice = chooseProfile(library, name);
    if (!('profile' in choice)) throw new Error(choice.message);
    return choice;
  });
}

/** The peer's rows on a config; undefined where it cannot judge it. */
function rowsOf(peer: string, { text, answers }: Real, { peers, k3s }: SuiteInput): readonly PeerRow[] | undefined {
  if (peer === 'kubeadm') return judgeList(readValidators(peers[peer]?.source ?? ''), text);
  if (peer === 'k3s') return judgeList(readList(k3s), text);
  const answer = answers[peer];
  if (answer === undefined) return undefined;
  if (peer === 'kernel-hardening-checker') {
    return answer.status === 0 ? readHardeningChecker(answer.stdout) : undefined;
  }
  return peer === 'docker' ? readDockerScript(answer.stdout) : readLxc(answer.stdout);
}

function readList(text: string): ListedOption[] {
  const groups: Readonly<Record<string, readonly string[]>> = parse(text, { schema: 'failsafe' });
  return Object.entries(groups).flatMap(([group, list]) =>
    list.flatMap((names) => names.split(' ')).map((name) => ({ names: [name], group })),
  );
}

function ourRows(profiles: readonly ChosenProfile[], library: Library): Map<string, Set<string>> {
  return new Map(profiles.flatMap(({ requirements }) => requirements.map((row) => [row.id, keysIn(row, library)])));
}

/** One line for each kind of difference, with the configs it was met on. */
function unexplainedLines(unexplained: readonly Compared[]): string[] {
  const kinds = new Map<string, Compared[]>();
  for (const each of unexplained) {
    const kind = `${each.peer}: ${each.key} (${each.group}) they ${each.isContent ? 'ok' : 'fail'}, we ${each.we}${each.silence === undefined ? '' : ` (${each.silence})`} [${each.rows.join(' ')}]`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  return [...kinds].map(
    ([kind, list]) =>
      `UNEXPLAINED ${kind}: ${list.length}, ${list
        .slice(0, 4)
        .map(({ config }) => config)
        .join(', ')}`,
  );
}

function summaryOf(
  real: readonly Real[],
  peers: Summary['peers'],
  used: readonly number[],
  good: KnownGoodOutcome,
): Summary {
  const releases = new Map<string, number>();
  const arches = new Map<string, number>();
  for (const { document } of real) {
    const { kernel = 0, arch = 'other' } = document.target;
    const release = formatKernelVersion(kernel - (kernel % 1000));
    releases.set(release, (releases.get(release) ?? 0) + 1);
    arches.set(arch, (arches.get(arch) ?? 0) + 1);
  }
  const order = ([a]: readonly [string, number], [b]: readonly [string, number]): number =>
    a.localeCompare(b, 'en', { numeric: true });
  return {
    configs: real.length,
    releases: Object.fromEntries([...releases].sort(order)),
    arches: Object.fromEntries([...arches].sort(order)),
    peers,
    used,
    knownGood: good.counts,
  };
}
