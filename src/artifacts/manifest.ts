/** Which kind of manifest a text is, and the machines that it describes. */
import type { SourceText } from '../source.ts';
import { readCloudHypervisor, readCloudHypervisorCommand } from './cloud-hypervisor.ts';
import { readFirecracker } from './firecracker.ts';
import { readJson } from './json.ts';
import { readKubevirt } from './kubevirt.ts';
import type { Machine } from './machine.ts';
import { commandWords } from './shell-words.ts';
import { at, entryOf, itemsAt, type Tree, type TreeFault, textAt } from './tree.ts';
import { readVirtink } from './virtink.ts';
import { readXen } from './xen.ts';
import { readXlConfig } from './xl-config.ts';

export interface ManifestFault extends TreeFault {
  readonly help: string;
}

/** Reads YAML; brought along, because its package is. */
export type ReadYaml = (source: SourceText) => readonly Tree[] | TreeFault;

export const manifestLimit = 1024 * 1024;

const kinds =
  'a VirtualMachine of Virtink or KubeVirt, a Firecracker machine config, a Cloud Hypervisor VmConfig or command, or an xl.cfg';

/** Known by what it says, never by its name. Documents of other kinds in a stream are left alone. */
export function readManifest(source: SourceText, readYaml: ReadYaml): readonly Machine[] | ManifestFault {
  const { text } = source;
  const damaged = (fault: TreeFault): ManifestFault => ({
    ...fault,
    help: 'correct it at that place; nothing of it was checked',
  });
  const start = text.search(/[^\s\ufeff]/);
  if (start === -1) return { offset: 0, message: 'the manifest is empty', help: `name ${kinds}` };
  if (text[start] === '{') {
    const tree = readJson(source);
    return 'message' in tree ? damaged(tree) : machinesIn(source, [tree]);
  }
  const words = commandWords(source, (word) => /(?:^|\/)cloud-hypervisor(?:-static|-v[\d.]+)?$/.test(word));
  if (words !== undefined && words.length > 1 && !/^apiVersion:/m.test(text))
    return [readCloudHypervisorCommand(source, words)];
  if (isXlConfig(text)) {
    const config = readXlConfig(source);
    return 'message' in config ? damaged(config) : [readXen(source, config)];
  }
  const trees = readYaml(source);
  return 'message' in trees ? damaged(trees) : machinesIn(source, trees);
}

function isXlConfig(text: string): boolean {
  return (
    !/^\s*(?:---|apiVersion\s*:)/m.test(text) &&
    /^[ \t]*(?:name|kernel|type|builder|memory|vcpus|disk|vif|extra|cmdline|root|ramdisk|bootloader|firmware|pvh)[ \t]*=/m.test(
      text,
    )
  );
}

function machinesIn(source: SourceText, trees: readonly Tree[]): readonly Machine[] | ManifestFault {
  const documents = trees.flatMap((tree) => (textAt(tree, 'kind') === 'List' ? itemsAt(tree, 'items') : [tree]));
  const machines = documents.flatMap((tree) => machineIn(source, tree) ?? []);
  if (machines.length > 0) return machines;
  const found = documents
    .map((tree) => [textAt(tree, 'kind'), textAt(tree, 'apiVersion')].filter((part) => part !== undefined).join(' of '))
    .filter((each) => each !== '');
  const what =
    found.length === 0
      ? 'no virtual machine is described here'
      : `no virtual machine is described here, only ${found.slice(0, 3).join(', ')}`;
  return { offset: documents[0]?.span.start ?? 0, message: what, help: `name ${kinds}` };
}

function machineIn(source: SourceText, tree: Tree): Machine | undefined {
  const api = textAt(tree, 'apiVersion');
  const kind = textAt(tree, 'kind') ?? '';
  if (api !== undefined) {
    if (api.startsWith('virt.virtink.smartx.com/') && kind === 'VirtualMachine') return readVirtink(source, tree);
    const isKubevirt = /^(?:pool\.)?kubevirt\.io\//.test(api);
    return isKubevirt && /^VirtualMachine(?:Instance|InstanceReplicaSet|Pool)?$/.test(kind)
      ? readKubevirt(source, tree)
      : undefined;
  }
  if (entryOf(tree, 'boot-source') !== undefined || entryOf(tree, 'machine-config') !== undefined)
    return readFirecracker(source, tree);
  if (entryOf(tree, 'payload') !== undefined || at(tree, 'kernel', 'path') !== undefined)
    return readCloudHypervisor(source, tree);
  return entryOf(tree, 'drives') === undefined ? undefined : readFirecracker(source, tree);
}
