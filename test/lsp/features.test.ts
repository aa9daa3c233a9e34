/** What an editor shows beside diagnostics: hover, completion, actions, places, outlines; and that no name is changed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { root } from '../support/corpus.ts';
import { bin, type Client, startClient } from '../support/lsp.ts';

const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
const fragment = readFileSync(join(root, 'fixtures/fragments/krata-zone.config'), 'utf8');

let client: Client;
/** Kernel, architecture, base and profiles are the same for all fragments here. */
const settings = { profiles: ['krata-zone'], kernel: '6.12', arch: 'x86_64', base: 'defconfig' };

const kconfig = `mainmenu "Linux"
config 64BIT
	def_bool y
config MODULES
	bool "Modules"
	modules
config NET
	bool "Networking support"
	help
	  Unless you know what you are doing,
	  say Y here.

	    Deeper.
config VSOCKETS
	tristate "Virtual sockets"
	depends on NET
`;

beforeAll(async () => {
  client = await startClient({
    settings,
    files: {
      '.git/HEAD': '',
      'linux/Kconfig': kconfig,
      'linux/scripts/kconfig/conf.c': '',
      'linux/Makefile': 'VERSION = 6\n',
    },
  });
});
afterAll(async () => {
  expect(client.messages).toEqual([]);
  expect(await client.stop()).toBe(0);
});

/** Opens a text with a `|` in it, and tells where that stood. */
async function at(path: string, marked: string, languageId?: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const diagnostics = await client.open(path, text, languageId);
  const document = TextDocument.create(client.uri(path), 'config', 1, text);
  const position = document.positionAt(offset);
  return { text, diagnostics, position, params: { textDocument: { uri: client.uri(path) }, position } };
}

let files = 0;
const fresh = (name = 'config'): string => `f${files++}.${name}`;

async function hover(marked: string, path = fresh()): Promise<string> {
  const { params } = await at(path, marked);
  const found = await client.request<Hover | null>('textDocument/hover', params);
  return found === null ? '' : (found.contents as { value: string }).value;
}

async function complete(marked: string, path = fresh(), languageId?: string) {
  const { params, text } = await at(path, marked, languageId);
  const list = await client.request<CompletionList>('textDocument/completion', params);
  const document = TextDocument.create('x', 'config', 1, text);
  const accept = (label: string): string => {
    const item = list.items.find((each) => each.label === label) as CompletionItem;
    return TextDocument.applyEdits(document, [item.textEdit as { range: never; newText: string }]);
  };
  return { list, labels: list.items.map(({ label }) => label), accept };
}

function applied(text: string, { edit }: CodeAction): string {
  const [change] = edit?.documentChanges ?? [];
  if (change === undefined || !('edits' in change)) throw new Error('the action has no edits');
  return TextDocument.applyEdits(TextDocument.create('x', 'config', 1, text), change.edits as never);
}

async function actions(path: string, position: Position, diagnostics: readonly Diagnostic[], only?: string[]) {
  return client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: client.uri(path) },
    range: { start: position, end: position },
    context: { diagnostics, ...(only === undefined ? {} : { only }) },
  });
}

describe('the diagnostics of one file', () => {
  it('are a thousand at most, the worst first, and then a word on the rest', async () => {
    const { diagnostics } = await at('many.config', `|CONFIG_NET=y\n${'junk\n'.repeat(1500)}`);
    expect(diagnostics).toHaveLength(1001);
    expect(diagnostics[1000]?.message).toMatch(/^\d+ more findings, which the command line shows$/);
    const { diagnostics: all } = await at('some.config', `|CONFIG_PSI=y\n${'junk\n'.repeat(900)}`);
    expect(all.filter(({ code }) => code === 'unexpected-data')).toHaveLength(900);
    expect(all.at(-1)?.message).not.toContain('more findings');
  });
});

describe('hover', () => {
  it('tells of a symbol what Kconfig, the stack and the profiles say', async () => {
    const text = await hover(
      fragment.replace('CONFIG_XEN_BALLOON_MEMORY_HOTPLUG', 'CONFIG_XEN_BAL|LOON_MEMORY_HOTPLUG'),
    );
    expect(text).toMatch(/\*\*type\*\* bool/);
    expect(text).toMatch(/\*\*value\*\* n in this config/);
    expect(text).toMatch(/\*\*depends on\*\* .*MEMORY\\_HOTPLUG \\\[=n\\\]/);
    expect(text).toMatch(/\*\*by\*\* Linux 6\.12/);
    expect(text).toMatch(/\*\*releases\*\* /);
    expect(text).toContain('unmet-dependency');
    expect(text).toContain('CONFIG_MEMORY_HOTPLUG=y');
  });

  it('names the rows that ask for it, the chosen profiles first', async () => {
    const text = await hover('CONFIG_X|EN=y\n');
    expect(text).toMatch(/\*\*Who asks for it\*\*\n\n- \*\*krata-zone\//);
    expect(text).toContain('also asked for by');
    expect(text).toMatch(/\*\*selected by\*\*|\*\*selects\*\*/);
  });

  it('works in a complete config, on its own kernel', async () => {
    const marked = real.replace('# CONFIG_VIRTIO_MMIO is', '# CONFIG_VIRTIO|_MMIO is');
    expect(await hover(marked, 'linux-x86_64-6.12.config')).toMatch(/Linux 6\.12\.117 x86\\_64[\s\S]*value\*\* n/);
  });

  it('knows symbols that this kernel lacks, and says of others that nobody has them', async () => {
    expect(await hover('CONFIG_NO_SUCH|_THING=y\n')).toContain('No kernel that is known here has this symbol');
    expect(await hover('CONFIG_ARM64_|PAN=y\n')).toMatch(/Not in Linux 6\.12\.117 x86/);
  });

  it('says nothing where no symbol stands', async () => {
    expect(await hover('# just wor|ds\nCONFIG_XEN=y\n')).toBe('');
    expect(await hover('CONFIG_XEN=y\n|\nCONFIG_PCI=y\n')).toBe('');
  });

  it('works in profiles', async () => {
    const text = await hover(
      'title: T\ndescription: D.\nrequirements:\n  A:\n    require: { OVERLAY|_FS: y }\n    reason: R.\n    references: ["https://x.org"]\n',
      fresh('yaml'),
    );
    expect(text).toMatch(/### CONFIG_OVERLAY_FS[\s\S]*tristate/);
  });
});

describe('completion of symbols', () => {
  it('offers what begins so first, with types, and makes room for the value', async () => {
    const { list, labels, accept } = await complete('CONFIG_XEN_BLKDEV_|\n');
    expect(labels.slice(0, 2)).toEqual(['CONFIG_XEN_BLKDEV_BACKEND', 'CONFIG_XEN_BLKDEV_FRONTEND']);
    expect(list.items[0]?.detail).toBe('tristate');
    expect(list.isIncomplete).toBe(false);
    expect(accept('CONFIG_XEN_BLKDEV_FRONTEND')).toBe('CONFIG_XEN_BLKDEV_FRONTEND=\n');
  });

  it('is limited, and says so', async () => {
    const { list } = await complete('CONFIG_|\n');
    expect(list.items.length).toBe(200);
    expect(list.isIncomplete).toBe(true);
  });

  it.each([
    ['XEN_BLKDEV_F|\n', 'CONFIG_XEN_BLKDEV_FRONTEND', 'CONFIG_XEN_BLKDEV_FRONTEND=\n'],
    ['xen_blkdev_f|\n', 'CONFIG_XEN_BLKDEV_FRONTEND', 'CONFIG_XEN_BLKDEV_FRONTEND=\n'],
    ['CONFIG_VBLK|\n', 'CONFIG_VIRTIO_BLK', 'CONFIG_VIRTIO_BLK=\n'],
    ['CONFIG_BLKDEV_FRONT|\n', 'CONFIG_XEN_BLKDEV_FRONTEND', 'CONFIG_XEN_BLKDEV_FRONTEND=\n'],
    ['# CONFIG_XEN_BLKDEV_F|\n', 'CONFIG_XEN_BLKDEV_FRONTEND', '# CONFIG_XEN_BLKDEV_FRONTEND is not set\n'],
    ['CONFIG_XEN_BLKDEV_F|=y\n', 'CONFIG_XEN_BLKDEV_FRONTEND', 'CONFIG_XEN_BLKDEV_FRONTEND=y\n'],
    ['# CONFIG_XEN_BLKDEV_F| is not set\n', 'CONFIG_XEN_BLKDEV_FRONTEND', '# CONFIG_XEN_BLKDEV_FRONTEND is not set\n'],
    [
      'CONFIG_XEN=y\r\nCONFIG_XEN_BLKDEV_F|\r\n',
      'CONFIG_XEN_BLKDEV_FRONTEND',
      'CONFIG_XEN=y\r\nCONFIG_XEN_BLKDEV_FRONTEND=\r\n',
    ],
  ])('%j gives %s', async (marked, label, text) => {
    const { labels, accept } = await complete(marked);
    expect(labels).toContain(label);
    expect(accept(label)).toBe(text);
  });

  it('offers the rules that speak in the file for a waiver', async () => {
    const { accept } = await complete('# kconfig-lint-disable-next-line sp|\nCONFIG_PSI = y\n');
    expect(accept('space-around-equals')).toBe(
      '# kconfig-lint-disable-next-line space-around-equals\nCONFIG_PSI = y\n',
    );
  });

  it('leaves comments alone', async () => {
    expect((await complete('# some wor|\nCONFIG_XEN=y\n')).labels).toEqual([]);
  });

  it('tells more of an item when asked', async () => {
    const { list } = await complete('CONFIG_XEN_BLKDEV_F|\n');
    const item = await client.request<CompletionItem>('completionItem/resolve', list.items[0] as CompletionItem);
    expect((item.documentation as { value: string }).value).toContain('XEN\\_BLKDEV\\_FRONTEND');
  });
});

describe('completion of values', () => {
  it.each([
    ['CONFIG_XEN_BLKDEV_FRONTEND=|\n', ['y', 'm', 'n']],
    ['CONFIG_XEN=|\n', ['y', 'n']],
    ['CONFIG_NR_CPUS=|\n', ['64', '2', '512']],
    ['CONFIG_NR_CPUS=1|2\n', ['64', '2', '512']],
    ['CONFIG_DEFAULT_HOSTNAME=|\n', ['"(none)"']],
  ])('%j gives %j', async (marked, values) => {
    expect(new Set((await complete(marked)).labels)).toEqual(new Set(values));
  });

  it('puts first what the profiles ask for, and names them', async () => {
    const { list } = await complete('CONFIG_XEN=|\n');
    const [first] = list.items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    expect(first?.label).toBe('y');
    expect(first?.detail).toMatch(/asked for by krata-zone\//);
  });

  it('replaces the value that is there', async () => {
    const { accept } = await complete('CONFIG_NR_CPUS=1|2\nCONFIG_XEN=y\n');
    expect(accept('512')).toBe('CONFIG_NR_CPUS=512\nCONFIG_XEN=y\n');
  });
});

describe('completion in YAML', () => {
  const head = 'title: T\ndescription: D.\nrequirements:\n  first-row:\n    require: { PSI: y }\n';
  it.each([
    [`${head}    sev|`, 'severity', `${head}    severity: `],
    [`${head}    severity: w|`, 'warning', `${head}    severity: warning`],
    [`${head}  second:\n    require: { OVERLAY_|`, 'OVERLAY_FS', `${head}  second:\n    require: { OVERLAY_FS: `],
    [
      `${head}  second:\n    require:\n      OVERLAY_|`,
      'OVERLAY_FS',
      `${head}  second:\n    require:\n      OVERLAY_FS: `,
    ],
    [`${head}  second:\n    require: { PSI: |`, 'y', `${head}  second:\n    require: { PSI: y`],
    [`${head}  second:\n    needs: [|`, 'first-row', `${head}  second:\n    needs: [first-row`],
    [`${head}extends: [krata-z|`, 'krata-zone', `${head}extends: [krata-zone`],
    [`${head}boo|`, 'boot', `${head}boot: `],
  ])('%j offers %s', async (marked, label, text) => {
    const { labels, accept } = await complete(marked, fresh('yaml'), 'yaml');
    expect(labels).toContain(label);
    expect(accept(label)).toBe(text);
  });

  it('knows the keys of the project file', async () => {
    const { labels } = await complete('ex|\n', 'sub/.kconfig-lint.yaml', 'yaml');
    expect(labels).toContain('extra-symbols');
  });
});

describe('actions', () => {
  it('set what a profile asks for, and then it is not asked for any more', async () => {
    const path = fresh();
    const { text, diagnostics, position } = await at(path, '|# CONFIG_XEN is not set\nCONFIG_HYPERVISOR_GUEST=y\n');
    const found = await actions(path, position, diagnostics);
    const set = found.find(({ title }) => title === 'Set CONFIG_XEN=y') as CodeAction;
    expect(set).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(set.diagnostics?.[0]?.message).toContain('CONFIG_XEN');
    const again = await client.retype(path, applied(text, set));
    expect(again.filter(({ message }) => String(message).startsWith('CONFIG_XEN is not set'))).toEqual([]);
  });

  it('add the dependencies of a setting that the kernel drops', async () => {
    const path = fresh();
    const { text, diagnostics, position } = await at(path, `${fragment}|CONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\n`);
    const isLost = ({ code, message }: Diagnostic): boolean =>
      code === 'unmet-dependency' && String(message).includes('XEN_BALLOON_MEMORY');
    expect(diagnostics.some(isLost)).toBe(true);
    const line = diagnostics.find(isLost)?.range.start ?? position;
    const found = await actions(path, line, diagnostics);
    expect(new Set(found.map(({ title }) => title)).size).toBe(found.length);
    const add = found.find(({ title }) => title.startsWith('Add ')) as CodeAction;
    expect(add.title).toMatch(/^Add CONFIG_MEMORY_HOTPLUG=y.*so that CONFIG_XEN_BALLOON_MEMORY_HOTPLUG holds$/);
    const again = await client.retype(path, applied(text, add));
    expect(again.some(isLost)).toBe(false);
  });

  it('take out lines that change nothing, one or all', async () => {
    const path = fresh();
    const { text, diagnostics, position } = await at(path, 'CONFIG_PCI=y\nCONFIG_SMP=y\nCONFIG_PCI=y\nCONFIG|_SMP=y\n');
    expect(diagnostics.find(({ code }) => code === 'redundant-assignment')?.tags).toEqual([1]);
    const found = await actions(path, position, diagnostics);
    const all = found.find(({ title }) => /^Remove all \d+ redundant lines$/.test(title)) as CodeAction;
    expect(applied(text, all).match(/CONFIG_SMP/g)?.length ?? 0).toBeLessThanOrEqual(1);
    const one = found.find(({ title }) => title === 'Remove the second line') as CodeAction;
    expect(applied(text, one)).toBe('CONFIG_PCI=y\nCONFIG_SMP=y\nCONFIG_PCI=y\n');
  });

  it('waive with a reason above the line, after which the finding is gone', async () => {
    const path = fresh();
    const { text, diagnostics, position } = await at(path, 'CONFIG_PCI=y\nCONFIG_PSI| = y\n');
    expect(diagnostics.map(({ code }) => code)).toContain('space-around-equals');
    const found = await actions(path, position, diagnostics);
    const waive = found.find(({ title }) => title.startsWith('Waive space-around-equals')) as CodeAction;
    const waived = applied(text, waive);
    expect(waived).toMatch(
      /^CONFIG_PCI=y\n# kconfig-lint-disable-next-line space-around-equals -- .+\nCONFIG_PSI = y\n$/,
    );
    const codes = (await client.retype(path, waived)).map(({ code }) => code);
    expect(codes).not.toContain('space-around-equals');
    expect(codes).not.toContain('faulty-waiver');
  });

  it('fix everything in the file as "kconfig-lint fix --write" does', async () => {
    const path = fresh();
    const { text, diagnostics, position } = await at(path, `|${fragment}CONFIG_PSI = y\n`);
    const [all] = await actions(path, position, diagnostics, ['source.fixAll']);
    expect(all?.kind).toBe('source.fixAll.kconfigLint');
    const resolved = await client.request<CodeAction>('codeAction/resolve', all as CodeAction);
    client.write(path, text);
    const args = [
      'fix',
      path,
      '--write',
      '-p',
      'krata-zone',
      '--kernel',
      '6.12',
      '--arch',
      'x86_64',
      '--base',
      'defconfig',
    ];
    spawnSync(process.execPath, [bin, ...args], { cwd: client.folder });
    expect(applied(text, resolved)).toBe(readFileSync(join(client.folder, path), 'utf8'));
    expect(applied(text, resolved)).not.toBe(text);
  });

  it('are made for one version only', async () => {
    const path = fresh();
    const { position, diagnostics } = await at(path, '|CONFIG_PSI = y\n');
    const [all] = await actions(path, position, diagnostics, ['source.fixAll']);
    await client.retype(path, 'CONFIG_PSI=y\n');
    expect((await client.request<CodeAction>('codeAction/resolve', all as CodeAction)).edit).toBeUndefined();
  });
});

describe('places', () => {
  const lineOf = (text: string, line: string): number => text.split('\n').indexOf(line);

  it('leads from a symbol into the kernel tree, and shows its prompt and help', async () => {
    const other = await startClient({
      settings: { tree: 'linux', arch: 'x86_64', base: 'none' },
      files: {
        '.git/HEAD': '',
        'linux/Kconfig': kconfig,
        'linux/Makefile': 'VERSION = 6\nPATCHLEVEL = 12\n',
        'linux/scripts/kconfig/conf.c': '',
      },
    });
    await other.open('a.config', 'CONFIG_NET=y\nCONFIG_VSOCKETS=m\n');
    const params = { textDocument: { uri: other.uri('a.config') }, position: { line: 0, character: 9 } };
    const [place] = await other.request<Location[]>('textDocument/definition', params);
    expect(place?.uri).toBe(other.uri('linux/Kconfig'));
    expect(place?.range.start.line).toBe(lineOf(kconfig, 'config NET'));
    const text = JSON.stringify(await other.request<Hover>('textDocument/hover', params));
    expect(text).toContain('Networking support');
    expect(text).toContain('Unless you know what you are doing,\\nsay Y here.\\n\\n  Deeper.');
    await other.open('own.yaml', 'title: T\ndescription: D.\nrequirements:\n  a:\n    require: { NET: y }\n', 'yaml');
    const inProfile = { textDocument: { uri: other.uri('own.yaml') }, position: { line: 4, character: 16 } };
    expect((await other.request<Location[]>('textDocument/definition', inProfile))[0]?.uri).toBe(
      other.uri('linux/Kconfig'),
    );
    await other.stop();
  });

  it('leads from a symbol to the rows that ask for it, where there is no tree', async () => {
    const { params } = await at(fresh(), 'CONFIG_X|EN=y\n');
    const [place] = await client.request<Location[]>('textDocument/definition', params);
    expect(place?.uri).toMatch(/rules\/krata-zone\.yaml$/);
    const rows = readFileSync(join(root, 'rules/krata-zone.yaml'), 'utf8').split('\n');
    expect(rows[place?.range.start.line ?? 0]).toMatch(/^ {2}XEN:/);
    expect(await client.request('textDocument/implementation', params)).toContainEqual(place);
  });

  it.each([
    ['# kconfig-lint-disable-next-line krata-zone/X|EN -- no\nCONFIG_XEN=y\n', fresh(), /rules\/krata-zone\.yaml$/],
    [
      'title: T\ndescription: D.\nextends: [krata-|zone]\nrequirements: {}\n',
      fresh('yaml'),
      /rules\/krata-zone\.yaml$/,
    ],
    [
      'title: T\ndescription: D.\nrequirements:\n  A:\n    require: { PSI: y }\n  B:\n    needs: [|A]\n',
      'own.yaml',
      /own\.yaml$/,
    ],
    ['files:\n  z: { paths: a, profiles: [krata-z|one] }\n', 'sub/.kconfig-lint.yaml', /rules\/krata-zone\.yaml$/],
  ])('leads from a name to its profile or row: %j', async (marked, path, uri) => {
    const { params } = await at(path, marked, path.endsWith('yaml') ? 'yaml' : 'config');
    const [place] = await client.request<Location[]>('textDocument/definition', params);
    expect(place?.uri).toMatch(uri);
  });

  it('finds a symbol in all open documents', async () => {
    const [one, two] = [fresh(), fresh('yaml')];
    await client.open(
      two,
      'title: T\ndescription: D.\nrequirements:\n  A:\n    require: { SOME_RARE_THING: y }\n',
      'yaml',
    );
    const { params } = await at(
      one,
      'CONFIG_SOME_RARE|_THING=y\n# CONFIG_SOME_RARE_THING_2 is not set\nCONFIG_SOME_RARE_THING=m\n',
    );
    const found = await client.request<Location[]>('textDocument/references', {
      ...params,
      context: { includeDeclaration: true },
    });
    expect(found.map(({ uri, range }) => [uri, range.start.line])).toEqual([
      [client.uri(two), 4],
      [client.uri(one), 0],
      [client.uri(one), 2],
    ]);
    expect(await client.request('textDocument/documentHighlight', params)).toHaveLength(2);
  });

  it('refuses to rename a symbol, in plain words, and changes nothing', async () => {
    const { params } = await at(fresh(), 'CONFIG_X|EN=y\n');
    await expect(client.request('textDocument/prepareRename', params)).rejects.toThrow(
      /a name that the kernel's Kconfig gives/,
    );
    await expect(client.request('textDocument/rename', { ...params, newName: 'CONFIG_ZEN' })).rejects.toThrow(
      /Nothing was changed/,
    );
    const { params: nowhere } = await at(fresh(), '# wo|rds\nCONFIG_XEN=y\n');
    await expect(client.request('textDocument/rename', { ...nowhere, newName: 'x' })).rejects.toThrow(
      /nothing here that can be renamed/,
    );
  });

  it('outlines a config by its headings, and folds it', async () => {
    const path = 'outline.config';
    const text = `#
# General setup
#
CONFIG_SWAP=y

#
# IRQ subsystem
#
CONFIG_GENERIC_IRQ_SHOW=y
# end of IRQ subsystem

CONFIG_PSI=y
# end of General setup

# What we need
CONFIG_XEN=y
`;
    await client.open(path, text);
    const textDocument = { uri: client.uri(path) };
    const outline = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    const names = (symbols: readonly DocumentSymbol[]): unknown[] =>
      symbols.map(({ name, children }) => (children === undefined ? name : [name, ...names(children)]));
    expect(names(outline)).toEqual([
      ['General setup', 'CONFIG_SWAP', ['IRQ subsystem', 'CONFIG_GENERIC_IRQ_SHOW'], 'CONFIG_PSI'],
      ['What we need', 'CONFIG_XEN'],
    ]);
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [0, 12],
      [5, 9],
      [14, 15],
    ]);
    await client.open('real.config', real);
    const all = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: client.uri('real.config') },
    });
    const within = ({ range, children = [] }: DocumentSymbol): boolean =>
      children.every(
        (child) =>
          child.range.start.line >= range.start.line && child.range.end.line <= range.end.line && within(child),
      );
    expect(all.every(within)).toBe(true);
    const count = (symbols: readonly DocumentSymbol[]): number =>
      symbols.reduce((sum, { name, children = [] }) => sum + (name.startsWith('CONFIG_') ? 1 : 0) + count(children), 0);
    expect(count(all)).toBe(real.match(/^(?:# )?CONFIG_\w+(?:=| is not set)/gm)?.length);
  });
});
