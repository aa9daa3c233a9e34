/** The language server says of a file exactly what `check --format json` says of it: the same code, held together here. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { corpusFiles, corpusPath, hasCorpus, root } from '../support/corpus.ts';
import { bin, type Client, startClient } from '../support/lsp.ts';

interface JsonPlace {
  readonly path: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

interface JsonFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly references: readonly string[];
  readonly location: JsonPlace;
  readonly related: readonly { readonly message: string; readonly location: JsonPlace }[];
}

interface JsonReport {
  readonly files: readonly { readonly path: string; readonly findings: readonly JsonFinding[] }[];
  readonly failures: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: ReadonlyMap<string, Uint8Array | string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-agree-'));
  folders.push(folder);
  mkdirSync(join(folder, '.git'));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function check(folder: string, args: readonly string[], paths: readonly string[]): JsonReport {
  const result = spawnSync(process.execPath, [bin, 'check', '--format', 'json', ...args, ...paths], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(result.stdout) as JsonReport;
}

const rank = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** `hidden` characters stand at the start of the file and not in the editor. */
function placeText({ start, end }: JsonPlace, hidden: number): string {
  const column = ({ line, column: from }: JsonPlace['start']): number =>
    line === 1 ? Math.max(1, from - hidden) : from;
  return `${start.line}:${column(start)}-${end.line}:${column(end)}`;
}

function rangeText({ start, end }: Diagnostic['range']): string {
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

/** One line for each finding, with all that a client is told. */
function fromCheck({ findings }: JsonReport['files'][number], hidden: number): string[] {
  return findings.map(({ rule, severity, message, location, related, references }) =>
    [
      rank[severity],
      rule,
      placeText(location, hidden),
      message,
      references[0] ?? '',
      ...related.map((each) => `${each.location.path} ${placeText(each.location, hidden)} ${each.message}`),
    ].join(' | '),
  );
}

function fromServer(diagnostics: readonly Diagnostic[], client: Client): string[] {
  const pathOf = (uri: string): string => uri.replace(`${client.uri('')}/`, '').replace(client.uri(''), '');
  return diagnostics.map(({ severity, code, range, message, codeDescription, relatedInformation }) =>
    [
      severity,
      code,
      rangeText(range),
      message,
      codeDescription?.href ?? '',
      ...(relatedInformation ?? []).map(
        (each) => `${decodeURIComponent(pathOf(each.location.uri))} ${rangeText(each.location.range)} ${each.message}`,
      ),
    ].join(' | '),
  );
}

const hasMark = (content: Uint8Array | string): boolean =>
  Buffer.from(content as string)
    .toString('utf8')
    .startsWith('\ufeff');

/** Files whose text an editor has as it is on disk. */
function asText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  return text.includes('\ufffd') ? Buffer.from(bytes).toString('latin1') : text.replace(/^\ufeff/, '');
}

async function compare(files: ReadonlyMap<string, Uint8Array | string>, args: readonly string[], settings: object) {
  const folder = folderWith(files);
  const paths = [...files.keys()].filter((path) => !path.endsWith('.yaml'));
  const report = check(folder, args, paths);
  const client = await startClient({ folder, settings });
  let findings = 0;
  let failures = 0;
  for (const path of paths) {
    const content = files.get(path) as Uint8Array | string;
    const said = await client.open(path, asText(Buffer.from(content as string)), 'kernel-config');
    const file = report.files.find((each) => each.path === path);
    const failure = report.failures.find((each) => each.path === path);
    if (failure !== undefined) {
      failures++;
      expect(
        said.map(({ code }) => code),
        path,
      ).toEqual([failure.code]);
      expect(said[0]?.message).toContain(failure.message);
    } else {
      findings += file?.findings.length ?? 0;
      expect(fromServer(said, client), path).toEqual(
        fromCheck(file as JsonReport['files'][number], hasMark(content) ? 1 : 0),
      );
    }
  }
  expect(client.messages.filter((message) => !message.includes('was shorter'))).toEqual([]);
  await client.stop();
  return { findings, failures };
}

function fixtureFiles(): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const folder of ['real', 'fragments'])
    for (const name of readdirSync(join(root, 'fixtures', folder)))
      if (!/\.(?:json|md|gz)$/.test(name))
        found.set(`${folder}/${name}`, readFileSync(join(root, 'fixtures', folder, name)));
  for (const profile of readdirSync(join(root, 'fixtures/profiles'))) {
    const path = join(root, 'fixtures/profiles', profile, 'fails.config');
    found.set(`profiles/${profile}/fails.config`, readFileSync(path));
  }
  return found;
}

/** What people and machines do to configs. */
const odd = new Map<string, Uint8Array | string>([
  ['spaces.config', 'CONFIG_PSI = y\n CONFIG_A=y\nCONFIG_B=Y # why\n#CONFIG_X is not set\n'],
  ['twice.config', 'CONFIG_PSI=y\nCONFIG_PSI=n\nCONFIG_CGROUPS=y\nCONFIG_CGROUPS=y\n'],
  ['crlf.config', 'CONFIG_PSI = y\r\nCONFIG_A=y\r\nCONFIG_A=y\r\n'],
  ['bom.config', '\ufeffCONFIG_PSI = y\nCONFIG_A=y\nCONFIG_A=y'],
  ['wide.config', 'CONFIG_A="😀é"\nCONFIG_A="😀é"  # 😀 why\nCONFIG_B=\u200by\n'],
  ['latin.config', Buffer.from('CONFIG_A="\xe9"\nCONFIG_PSI = y\n', 'latin1')],
  ['empty.config', ''],
  ['prose.config', 'dear diary\n'],
  ['nul.config', 'CONFIG_A=y\n\0\0\0\n'],
  ['long.config', `CONFIG_A="${'x'.repeat(70_000)}"\n`],
  ['waived.config', '# kconfig-lint-disable-next-line space-around-equals -- it is so\nCONFIG_PSI = y\n'],
  ['unused.config', '# kconfig-lint-disable-next-line space-around-equals -- it is so\nCONFIG_PSI=y\n'],
  ['faulty.config', '# kconfig-lint-disable-next-line nothing-such\nCONFIG_PSI = y\n'],
]);

describe('the server agrees with check', () => {
  it('on odd texts', async () => {
    expect(await compare(odd, [], {})).toMatchObject({ failures: 4 });
  });

  it('on fixtures, for another kernel than theirs', async () => {
    const settings = { kernel: '5.10', arch: 'arm64' };
    expect((await compare(fixtureFiles(), ['--kernel', '5.10', '--arch', 'arm64'], settings)).findings).toBeGreaterThan(
      20,
    );
  }, 120_000);

  it('on fixtures, with profiles and boot facts', async () => {
    const args = ['-p', 'krata-zone', '-p', 'hardening-kspp', '--boot', 'initrd'];
    const settings = { profiles: ['krata-zone', 'hardening-kspp'], boot: ['initrd'] };
    expect((await compare(fixtureFiles(), args, settings)).findings).toBeGreaterThan(100);
  }, 120_000);

  it('on fragments with kernel, architecture and base', async () => {
    const files = new Map([...fixtureFiles()].filter(([path]) => path.startsWith('fragments')));
    files.set(
      'odd.config',
      Buffer.from('CONFIG_XEN_BLKDEV_FRONTENT=y\nCONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\nCONFIG_NR_CPUS=999999\n'),
    );
    const args = ['-p', 'krata-zone', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'defconfig', '--redundant'];
    const settings = { profiles: ['krata-zone'], kernel: '6.12', arch: 'x86_64', base: 'defconfig', redundant: true };
    expect((await compare(files, args, settings)).findings).toBeGreaterThan(3);
  }, 120_000);

  it('in a project with groups, stacks, severities and waivers', async () => {
    const project = `files:
  zones:
    paths: zones/*.config
    base: defconfig
    kernels: [6.1, 6.12]
    arches: x86_64
    profiles: [krata-zone, ./own.yaml]
severities:
  krata-zone/*: warning
waivers:
  - rule: unmet-dependency
    symbol: XEN_FBDEV_FRONTEND
    reason: The frame buffer is not wanted.
extra-symbols: [OUR_PATCH]
`;
    const own =
      'title: O\ndescription: D.\nrequirements:\n  A: { require: { OVERLAY_FS: y }, reason: R., references: ["https://x.org"] }\n';
    const fragment = readFileSync(join(root, 'fixtures/fragments/krata-zone.config'), 'utf8');
    const files = new Map([
      ['.kconfig-lint.yaml', project],
      ['own.yaml', own],
      ['zones/zone.config', `${fragment}CONFIG_OUR_PATCH=y\nCONFIG_PSI = y\n`],
      ['other.config', fragment],
    ]);
    expect((await compare(files, [], {})).findings).toBeGreaterThan(3);
    expect((await compare(files, ['--kernel', '7.2'], { kernel: '7.2' })).findings).toBeGreaterThan(3);
  }, 120_000);

  it.runIf(hasCorpus)(
    'on real configs',
    async () => {
      const files = new Map(
        corpusFiles
          .filter((name) => !/\.(?:md|json|ya?ml|sh|gz)$/.test(name))
          .map((name) => [name, readFileSync(corpusPath(name))] as const)
          .filter(([name, bytes]) => bytes.includes('CONFIG_') && basename(name) !== 'README.md'),
      );
      expect(files.size).toBeGreaterThan(15);
      const found = await compare(files, ['-p', 'firecracker-guest'], { profiles: ['firecracker-guest'] });
      expect(found.findings).toBeGreaterThan(100);
    },
    300_000,
  );
});
