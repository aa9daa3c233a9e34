/**
 * How fast the language server answers while a large config is typed in: milliseconds, the middle of several and the worst, and on Linux the
 * processor time of the server for one, which a busy machine does not change.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const root = fileURLToPath(new URL('..', import.meta.url));
const real = join(root, 'fixtures/real/linux-x86_64-6.12.config');
const [path = real] = process.argv.slice(2);
const rounds = 15;
const child = spawn(process.execPath, [join(root, 'dist/kconfig-lint.cjs'), 'lsp', '--stdio'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const connection = createProtocolConnection(
  new StreamMessageReader(child.stdout),
  new StreamMessageWriter(child.stdin),
);
const waiting = new Map();
connection.onNotification('textDocument/publishDiagnostics', ({ version }) => waiting.get(version)?.());
connection.listen();
const initializationOptions = { kconfigLint: { profiles: ['firecracker-guest', 'kubernetes-node'], delay: 0 } };
await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, initializationOptions });
await connection.sendNotification('initialized', {});

const uri = 'file:///bench/.config';
const text = readFileSync(path, 'utf8');
const lines = text.split('\n').length;
const said = (version) => new Promise((resolve) => void waiting.set(version, resolve));
const times = new Map();
const spent = new Map();
function cpu() {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
async function time(name, work) {
  const start = performance.now();
  const before = cpu();
  await work();
  spent.set(name, (spent.get(name) ?? 0) + cpu() - before);
  const all = times.get(name) ?? [];
  times.set(name, [...all, performance.now() - start]);
}

let version = 1;
await time('open', async () => {
  const done = said(version);
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'config', version, text },
  });
  await done;
});
const middle = Math.floor(lines / 2);
const textDocument = { uri };
const position = { line: middle, character: 9 };
for (let i = 0; i < rounds; i++) {
  version++;
  const done = said(version);
  const at = { line: middle, character: 0 };
  const change =
    i % 2 === 0
      ? { range: { start: at, end: at }, text: '#' }
      : { range: { start: at, end: { ...at, character: 1 } }, text: '' };
  const edit = { textDocument: { uri, version }, contentChanges: [change] };
  await time('edit, to its diagnostics', async () => {
    await connection.sendNotification('textDocument/didChange', edit);
    await done;
  });
  await time('hover', () => connection.sendRequest('textDocument/hover', { textDocument, position }));
  await time('completion', () => connection.sendRequest('textDocument/completion', { textDocument, position }));
  await time('code actions', () =>
    connection.sendRequest('textDocument/codeAction', {
      textDocument,
      range: { start: position, end: position },
      context: { diagnostics: [] },
    }),
  );
  await time('outline', () => connection.sendRequest('textDocument/documentSymbol', { textDocument }));
  await time('references', () =>
    connection.sendRequest('textDocument/references', {
      textDocument,
      position,
      context: { includeDeclaration: true },
    }),
  );
}
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
console.log(`${lines} lines`);
for (const [name, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  const own = Math.round(spent.get(name) / all.length);
  const line = `${name.padEnd(26)} ${Math.round(sorted[sorted.length >> 1])} ms, at worst ${Math.round(sorted.at(-1))}`;
  console.log(Number.isNaN(own) ? line : `${line}, processor time ${own}`);
}
