/** Reads what peers print, or the lists they check, into rows; knows nothing of how they are run. */
import type { PeerRow } from './compare.ts';

/** The JSON of kernel-hardening-checker; a word to the reader may stand before it. */
export function readHardeningChecker(text: string): PeerRow[] {
  const list: readonly Record<string, unknown>[] = JSON.parse(text.slice(text.indexOf('[{')));
  return list
    .filter((row) => row['type'] === 'kconfig')
    .map((row) => {
      const symbol = String(row['option_name']).replace(/^CONFIG_/, '');
      const entry = /^\*(.+)\*$/.exec(String(row['desired_val']))?.[1];
      return {
        key: entry === undefined ? symbol : `${symbol}:${entry}`,
        isContent: row['check_result_bool'] === true,
        group: String(row['decision']),
      };
    });
}

/** Options that Docker's script names only to say that they are bad. */
const badWhereSet = new Set(['LEGACY_VSYSCALL_NATIVE', 'LEGACY_VSYSCALL_NONE']);

/** What Docker's check-config.sh prints without colours; only its lines on options count, each once. */
export function readDockerScript(text: string): PeerRow[] {
  const rows = new Map<string, PeerRow>();
  let group = 'required';
  for (const line of text.split('\n')) {
    if (line.startsWith('Optional Features')) group = 'optional';
    if (line.startsWith('- Network Drivers') || line.startsWith('- Storage Drivers')) group = 'driver';
    const [, key, word] = /CONFIG_([A-Z0-9_]+): (enabled|missing)/.exec(line) ?? [];
    if (key === undefined || rows.has(key)) continue;
    rows.set(key, { key, isContent: word === 'enabled' && !badWhereSet.has(key), group });
  }
  return [...rows.values()];
}

/** What lxc-checkconfig calls the options that it does not name. */
const lxcLabels: ReadonlyMap<string, string> = new Map([
  ['Namespaces', 'NAMESPACES'],
  ['Utsname namespace', 'UTS_NS'],
  ['Ipc namespace', 'IPC_NS'],
  ['Pid namespace', 'PID_NS'],
  ['User namespace', 'USER_NS'],
  ['Network namespace', 'NET_NS'],
  ['Multiple /dev/pts instances', 'DEVPTS_MULTIPLE_INSTANCES'],
  ['Cgroups', 'CGROUPS'],
  ['Cgroup device', 'CGROUP_DEVICE'],
  ['Cgroup sched', 'CGROUP_SCHED'],
  ['Cgroup cpu account', 'CGROUP_CPUACCT'],
  ['Cgroup memory controller', 'MEMCG'],
  ['Cgroup cpuset', 'CPUSETS'],
  ['Veth pair device', 'VETH'],
  ['Macvlan', 'MACVLAN'],
  ['Vlan', 'VLAN_8021Q'],
  ['Bridges', 'BRIDGE'],
  ['Advanced netfilter', 'NETFILTER_ADVANCED'],
  ['FUSE (for use with lxcfs)', 'FUSE_FS'],
  ['checkpoint restore', 'CHECKPOINT_RESTORE'],
]);

/** What lxc-checkconfig prints; its lines on the running machine have other labels. */
export function readLxc(text: string): PeerRow[] {
  const rows: PeerRow[] = [];
  for (const line of text.split('\n')) {
    const [, label = '', word] = /^(.+?): (enabled|missing|required)\b/.exec(line) ?? [];
    const key = /^CONFIG_(\w+)$/.exec(label)?.[1] ?? lxcLabels.get(label);
    if (key === undefined) continue;
    const group = ['NAMESPACES', 'IPC_NS', 'PID_NS'].includes(key) ? 'required' : 'optional';
    rows.push({ key, isContent: word === 'enabled', group });
  }
  return rows;
}

/** A list of names of which any will do. */
export interface ListedOption {
  readonly names: readonly string[];
  readonly group: string;
}

/** The options that kubeadm's validators list, from their own Go source. */
export function readValidators(source: string): ListedOption[] {
  const found: ListedOption[] = [];
  for (const group of ['Required', 'Optional']) {
    const block = new RegExp(`^\\t\\t${group}: \\[\\]KernelConfig\\{\\n([\\s\\S]*?)^\\t\\t\\}`, 'm').exec(source)?.[1];
    if (block === undefined) throw new Error(`the validators list no ${group} options where they used to`);
    for (const [, name = '', aliases = ''] of block.matchAll(/\{Name: "(\w+)"(?:, Aliases: \[\]string\{([^}]*)\})?/g)) {
      const others = [...aliases.matchAll(/"(\w+)"/g)].map(([, other]) => other as string);
      found.push({ names: [name, ...others], group: group.toLowerCase() });
    }
  }
  return found;
}

/** How kubeadm and the script of K3s judge such a list: on is y or m, the first name that the file sets counts. */
export function judgeList(options: readonly ListedOption[], config: string): PeerRow[] {
  const values = new Map([...config.matchAll(/^CONFIG_(\w+)=([ymn])/gm)].map(([, name, value]) => [name, value]));
  return options.map(({ names, group }) => {
    const name = names.find((each) => values.has(each));
    const value = name === undefined ? undefined : values.get(name);
    return { key: names[0] as string, isContent: value === 'y' || value === 'm', group };
  });
}
