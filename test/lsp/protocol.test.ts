/** How the server behaves on the wire: order of messages, versions, encodings, settings, files that change, and whatever is no message. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { createFrames } from '../../src/lsp/framing.ts';
import { bin, type Client, type ClientOptions, startClient } from '../support/lsp.ts';

const clients: Client[] = [];
async function start(options: ClientOptions = {}): Promise<Client> {
  const client = await startClient({ ...options, files: { '.git/HEAD': '', ...options.files } });
  clients.push(client);
  return client;
}
afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
const wait = (time: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, time));

/** The server without a client library: what is written, and the messages that come back. */
function raw() {
  const child = spawn(process.execPath, [bin, 'lsp', '--stdio'], { cwd: tmpdir(), stdio: ['pipe', 'pipe', 'pipe'] });
  const read = createFrames();
  const messages: { id?: unknown; method?: string; result?: unknown; error?: { code: number; message: string } }[] = [];
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  child.stdout.on('data', (bytes: Buffer) => {
    for (const framed of read(bytes))
      if ('message' in framed) messages.push(framed.message as (typeof messages)[number]);
  });
  const code = new Promise<number | null>((resolve) => void child.on('exit', resolve));
  const write = (text: string | Buffer): void => void child.stdin.write(text);
  const send = (message: object): void => write(frame(JSON.stringify({ jsonrpc: '2.0', ...message })));
  const until = async (found: (message: (typeof messages)[number]) => boolean) => {
    for (let i = 0; i < 600; i++) {
      const message = messages.find(found);
      if (message !== undefined) return message;
      await wait(25);
    }
    throw new Error(`no answer; last were ${JSON.stringify(messages.slice(-3))} and ${errors}`);
  };
  const initialize = (processId: number | null = null): void => {
    send({ id: 'init', method: 'initialize', params: { processId, rootUri: null, capabilities: {} } });
    send({ method: 'initialized', params: {} });
  };
  return { child, code, messages, write, send, until, initialize, errors: () => errors };
}

function frame(body: string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

describe('start and end', () => {
  it('ends with 0 after shutdown and exit, with 1 after exit alone', async () => {
    const polite = raw();
    polite.initialize();
    polite.send({ id: 1, method: 'shutdown' });
    await polite.until(({ id }) => id === 1);
    polite.send({ id: 2, method: 'textDocument/hover', params: {} });
    expect((await polite.until(({ id }) => id === 2)).error?.code).toBe(-32600);
    polite.send({ method: 'exit' });
    expect(await polite.code).toBe(0);
    const rude = raw();
    rude.initialize();
    rude.send({ method: 'exit' });
    expect(await rude.code).toBe(1);
  });

  it('ends when its input does', async () => {
    const server = raw();
    server.initialize();
    await server.until(({ id }) => id === 'init');
    server.child.stdin.end();
    expect(await server.code).toBe(1);
    expect(server.errors()).toBe('');
  });

  it('ends when the process that started it is gone', async () => {
    const parent: ChildProcess = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
    const server = raw();
    server.initialize(parent.pid ?? null);
    await server.until(({ id }) => id === 'init');
    parent.kill();
    expect(await server.code).toBe(1);
  });

  it.each([[['stdin', 'stdout', 'stderr']], [['stdout', 'stderr']], [['stdout']], [['stdin', 'stderr']]] as const)(
    'ends when nobody is at the other end of %j any more, with all that it was asked still to say',
    async (ends) => {
      const server = raw();
      server.initialize();
      await server.until(({ id }) => id === 'init');
      const textDocument = {
        uri: 'file:///tmp/gone.config',
        languageId: 'kconfig',
        version: 1,
        text: 'CONFIG_A=yes\n',
      };
      server.send({ method: 'textDocument/didOpen', params: { textDocument } });
      for (const end of ends) server.child[end].destroy();
      server.child.stdin.on('error', () => undefined);
      for (let id = 0; id < 5; id++)
        if (!server.child.stdin.destroyed)
          server.send({ id, method: 'textDocument/documentSymbol', params: { textDocument } });
      expect(await server.code).toBe(1);
    },
  );

  it('goes on without a reader of its complaints', async () => {
    const server = raw();
    server.child.stderr.destroy();
    server.initialize();
    await server.until(({ id }) => id === 'init');
    server.send({ id: 1, method: 'no/such/method', params: {} });
    expect((await server.until(({ id }) => id === 1)).error?.code).toBe(-32601);
    server.send({ method: 'exit' });
    await server.code;
  });

  it('takes the words that clients add by themselves', () => {
    const words = ['lsp', '--stdio', '--stdio', `--clientProcessId=${process.pid}`];
    const { status, stderr } = spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8', input: '\n' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('answers nothing before initialize but that it comes first', async () => {
    const server = raw();
    server.send({ id: 1, method: 'textDocument/hover', params: {} });
    expect((await server.until(({ id }) => id === 1)).error?.code).toBe(-32002);
    server.initialize();
    await server.until(({ id }) => id === 'init');
    server.send({ id: 3, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    expect((await server.until(({ id }) => id === 3)).error?.code).toBe(-32600);
    server.send({ id: 4, method: 'no/such/method', params: {} });
    expect((await server.until(({ id }) => id === 4)).error?.code).toBe(-32601);
    server.send({ method: 'exit' });
    await server.code;
  });

  it.each([['lsp'], ['lsp --stdio file'], ['lsp --tcp'], ['lsp --stdio --clientProcessId x']])(
    'says how it is started: %s',
    (line) => {
      const { status, stderr } = spawnSync(process.execPath, [bin, ...line.split(' ')], {
        encoding: 'utf8',
        input: '',
      });
      expect(status).toBe(2);
      expect(stderr).toContain('help');
    },
  );
});

describe('what is no message', () => {
  const valid = (id: number): Buffer => frame(JSON.stringify({ jsonrpc: '2.0', id, method: 'no/such', params: {} }));
  it.each<[string, Buffer]>([
    ['no JSON', frame('{"jsonrpc": "2.0", "method": ')],
    ['a list', frame('[1, 2]')],
    ['a number', frame('7')],
    ['null', frame('null')],
    ['a method that is no text', frame('{"jsonrpc":"2.0","id":1,"method":7}')],
    ['params that are no object', frame('{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":7}')],
    ['a header without a length', Buffer.from('Content-Type: text\r\n\r\n')],
    ['words', Buffer.from('hello there\r\n\r\n')],
    ['a length that is too short', Buffer.from('Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","id":5,"method":"x"}')],
    ['a length that is too long', Buffer.from('Content-Length: 500\r\n\r\n{"jsonrpc":"2.0","id":5,"method":"x"}')],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('Content-Length: 4\r\n\r\n'), Buffer.from([0xff, 0xfe, 0, 1])]),
    ],
    ['a header of 100 kB', Buffer.from(`X: ${'y'.repeat(100_000)}`)],
    ['an answer to nothing', frame('{"jsonrpc":"2.0","id":99,"result":null}')],
  ])('is survived: %s', async (_, bytes) => {
    const server = raw();
    server.initialize();
    await server.until(({ id }) => id === 'init');
    server.write(bytes);
    server.write(valid(42));
    expect((await server.until(({ id }) => id === 42)).error?.code).toBe(-32601);
    server.send({ method: 'exit' });
    expect(await server.code).toBe(1);
    expect(server.errors()).toBe('');
  });

  it('never loses the next message, however bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc
              .tuple(fc.string({ maxLength: 40 }), fc.nat())
              .map(([text, id]) => ({ body: JSON.stringify({ jsonrpc: '2.0', id, text }) })),
            fc.string({ maxLength: 30 }).map((noise) => ({ noise })),
          ),
          { maxLength: 8 },
        ),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        (parts, cuts) => {
          const last = frame('{"jsonrpc":"2.0","id":"last"}');
          const bytes = Buffer.concat([
            ...parts.map((part) => ('body' in part ? frame(part.body) : Buffer.from(`${part.noise}\r\n\r\n`))),
            last,
          ]);
          const read = createFrames();
          const found: unknown[] = [];
          for (let from = 0, i = 0; from < bytes.length; i++) {
            const size = cuts[i % cuts.length] as number;
            for (const framed of read(bytes.subarray(from, from + size)))
              if ('message' in framed) found.push(framed.message);
            from += size;
          }
          const bodies = parts.flatMap((part) => ('body' in part ? [JSON.parse(part.body)] : []));
          // Noise may be taken for a header that a body follows, but what comes last is always read.
          expect(found.at(-1)).toEqual({ jsonrpc: '2.0', id: 'last' });
          if (parts.every((part) => 'body' in part)) expect(found.slice(0, -1)).toEqual(bodies);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is survived in any form: mutated and random messages, then a valid request is answered', async () => {
    const server = raw();
    server.initialize();
    await server.until(({ id }) => id === 'init');
    const uri = 'file:///tmp/kconfig-lint-fuzz/.config';
    const position = fc.record({ line: fc.integer({ min: -2, max: 9 }), character: fc.integer({ min: -2, max: 99 }) });
    const methods = [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'textDocument/didSave',
      'textDocument/hover',
      'textDocument/completion',
      'textDocument/codeAction',
      'textDocument/definition',
      'textDocument/references',
      'textDocument/documentSymbol',
      'textDocument/foldingRange',
      'textDocument/rename',
      'textDocument/prepareRename',
      'completionItem/resolve',
      'codeAction/resolve',
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
      '$/cancelRequest',
      '$/setTrace',
      'initialized',
    ];
    const odd = fc.oneof(
      fc.constantFrom(null, true, -1, 1e300, '', [], {}, [null], { uri: 7 }, { start: null }, [[[[]]]]),
      fc.string({ maxLength: 9 }),
    );
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('CONFIG_XEN=y\n', 'CONFIG_XEN', '# CONFIG_X is not set\r\n', 'requirements:\n  A: {', '\ud800'),
    );
    const wellFormed = fc.record({
      textDocument: fc.record({
        uri: fc.constantFrom(uri, 'untitled:x.yaml', '.kconfig-lint.yaml', 'file:///%ff'),
        version: fc.nat(99),
        languageId: fc.constantFrom('config', 'yaml'),
        text,
      }),
      contentChanges: fc.array(
        fc.oneof(fc.record({ text }), fc.record({ text, range: fc.record({ start: position, end: position }) })),
        { maxLength: 3 },
      ),
      position,
      range: fc.record({ start: position, end: position }),
      context: fc.record({ diagnostics: fc.constant([]) }),
      settings: fc.record({ kconfigLint: fc.record({ profiles: odd }) }),
      newName: text,
      data: fc.record({ uri: fc.constant(uri), symbol: text, fixAll: fc.boolean(), version: fc.nat(9) }),
    });
    const params = fc.oneof(
      { weight: 3, arbitrary: wellFormed },
      fc.dictionary(fc.constantFrom('textDocument', 'position', 'range', 'data', 'context'), odd),
      fc.constant(undefined),
    );
    const message = fc.record({
      id: fc.option(fc.oneof(fc.integer(), fc.string(), fc.constant({})), { nil: undefined }),
      method: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...methods) }, fc.string()),
      params,
    });
    const isSafe = ({ method }: { method: string }): boolean => method !== 'exit' && method !== 'shutdown';
    const deadline = Date.now() + 12_000;
    let count = 0;
    for (const each of fc.sample(message.filter(isSafe), { numRuns: 1500, seed: 7 })) {
      if (Date.now() > deadline) break;
      count++;
      const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...each }));
      // Each third one is damaged on its way.
      if (count % 3 === 0) body[(count * 31) % body.length] = (count * 17) % 256;
      server.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
      if (count % 100 === 0) await wait(20);
    }
    expect(count).toBeGreaterThan(200);
    const doc = {
      uri: 'file:///tmp/kconfig-lint-fuzz/after.config',
      languageId: 'config',
      version: 1,
      text: 'CONFIG_PSI = y\n',
    };
    server.send({ method: 'textDocument/didOpen', params: { textDocument: doc } });
    const said = await server.until(({ method, ...rest }) => {
      const published = (rest as { params?: PublishDiagnosticsParams }).params;
      return method === 'textDocument/publishDiagnostics' && published?.uri === doc.uri;
    });
    expect(codes((said as unknown as { params: PublishDiagnosticsParams }).params.diagnostics)).toContain(
      'space-around-equals',
    );
    server.send({ id: 'end', method: 'shutdown' });
    await server.until(({ id }) => id === 'end');
    server.send({ method: 'exit' });
    expect(await server.code).toBe(0);
  }, 60_000);
});

describe('versions', () => {
  it('says of a version only what is true of it, and skips those that are typed over', async () => {
    const client = await start();
    const uri = client.uri('a.config');
    await client.open('a.config', 'CONFIG_PSI=y\n');
    const seen: PublishDiagnosticsParams[] = [];
    for (let version = 2; version <= 40; version++) {
      void client.said(uri, version).then((params) => void seen.push(params));
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '#' }],
      });
    }
    await client.said(uri, 40);
    await wait(300);
    expect(seen.length).toBeLessThan(10);
    expect(seen.at(-1)?.version).toBe(40);
  });

  it('takes back what it said when a document is closed', async () => {
    const client = await start();
    expect(codes(await client.open('a.config', 'CONFIG_PSI = y\n'))).toEqual(['space-around-equals']);
    const gone = client.next(client.uri('a.config'));
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('a.config') },
    });
    expect((await gone).diagnostics).toEqual([]);
  });
});

describe('encodings of positions', () => {
  const text = 'CONFIG_A="é😀"\nCONFIG_B="é😀"  # why\n';
  it.each([
    [['utf-16', 'utf-8'], 'utf-16', 15],
    [['utf-8'], 'utf-8', 18],
    [['utf-32'], 'utf-32', 14],
    [undefined, 'utf-16', 15],
  ])('of %j it takes %s', async (positionEncodings, chosen, length) => {
    const capabilities = positionEncodings === undefined ? {} : { general: { positionEncodings } };
    const client = await start({ capabilities });
    expect(client.result.capabilities.positionEncoding).toBe(chosen);
    const [found] = await client.open('a.config', text);
    expect(found?.code).toBe('comment-after-value');
    expect(found?.range.start.line).toBe(1);
    const uri = client.uri('a.config');
    // Behind the quoted string, in the units of the encoding: takes the comment out.
    const end = { line: 1, character: length - 1 };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: end, end: { line: 1, character: length + 99 } }, text: '' }],
    });
    expect((await client.said(uri, 2)).diagnostics).toEqual([]);
  });
});

describe('settings', () => {
  const bare = 'CONFIG_PSI=n\n';
  it('come from workspace/configuration', async () => {
    const client = await start({ settings: { profiles: ['kubernetes-psi'], kernel: '6.12' } });
    expect(codes(await client.open('a.config', bare))).toContain('kubernetes-psi/PSI');
  });

  it('come from initializationOptions, and from didChangeConfiguration', async () => {
    const client = await start({
      initializationOptions: { kconfigLint: { profiles: 'kubernetes-psi', kernel: 6.12 } },
    });
    expect(codes(await client.open('a.config', bare))).toContain('kubernetes-psi/PSI');
    const again = client.next(client.uri('a.config'));
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { kconfigLint: { profiles: [] } },
    });
    expect(codes((await again).diagnostics)).not.toContain('kubernetes-psi/PSI');
  });

  it('that are wrong are told of, and the rest holds', async () => {
    const client = await start({
      settings: { profiles: ['kubernetes-psi'], kernel: '6.12', kind: 'odd', nope: 1, redundant: 'yes' },
    });
    expect(codes(await client.open('a.config', bare))).toContain('kubernetes-psi/PSI');
    expect(client.messages.join('\n')).toMatch(/kconfigLint\.kind is one of auto, complete, fragment/);
    expect(client.messages.join('\n')).toMatch(/there is no setting kconfigLint\.nope/);
    expect(client.messages.join('\n')).toMatch(/kconfigLint\.redundant takes true or false/);
  });

  it.each([
    [{ profiles: ['krata-zonne'] }, /did you mean krata-zone/],
    [{ kernel: 'six' }, /"six" is not a kernel version/],
    [{ arch: 'z80' }, /"z80" is not an architecture/],
    [{ model: 'gone.kmodel' }, /no such file/],
    [{ base: 'gone.txt', kernel: '6.12', arch: 'x86_64' }, /no such file|gone\.txt/],
  ])('that no check could be made with are said in the file: %j', async (settings, message) => {
    const client = await start({ settings });
    const [fault, ...rest] = await client.open('a.config', bare);
    expect(rest).toEqual([]);
    expect(fault?.message).toMatch(message);
  });
});

describe('files that change', () => {
  it('a project file is read anew when it is saved, and its own faults are shown while it is typed', async () => {
    const client = await start({
      files: { '.kconfig-lint.yaml': 'extra-symbols: [OURS]\n' },
      settings: { kernel: '6.12', arch: 'x86_64', base: 'none' },
    });
    expect(codes(await client.open('a.config', 'CONFIG_OURS=y\nCONFIG_THEIRS_ENTIRELY=y\n'))).toEqual([
      'unknown-symbol',
    ]);
    const faulty = await client.open('.kconfig-lint.yaml', 'extra-symbols: [OURS]\nextra-symbol: [X]\n', 'yaml');
    expect(faulty[0]?.range.start).toEqual({ line: 1, character: 0 });
    expect(faulty[0]?.message).toMatch(/extra-symbols/);
    expect(await client.retype('.kconfig-lint.yaml', 'extra-symbols: [OURS, THEIRS_ENTIRELY]\n')).toEqual([]);
    client.write('.kconfig-lint.yaml', 'extra-symbols: [OURS, THEIRS_ENTIRELY]\n');
    const again = client.next(client.uri('a.config'));
    await client.connection.sendNotification('textDocument/didSave', {
      textDocument: { uri: client.uri('.kconfig-lint.yaml') },
    });
    expect((await again).diagnostics).toEqual([]);
  });

  it('a profile of the user is read anew, whoever changed it', async () => {
    const profile = (value: string): string =>
      `title: O\ndescription: D.\nrequirements:\n  A: { require: { PSI: ${value} }, reason: R., references: ["https://x.org"] }\n`;
    const client = await start({ files: { 'own.yaml': profile('y') }, settings: { profiles: ['./own.yaml'] } });
    expect(await client.open('a.config', 'CONFIG_PSI=y\n')).toEqual([]);
    client.write('own.yaml', profile('n'));
    const again = client.next(client.uri('a.config'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('own.yaml'), type: 2 }],
    });
    expect(codes((await again).diagnostics)).toEqual(['own/A']);
    client.write('own.yaml', profile('y'));
    expect(await client.retype('a.config', 'CONFIG_PSI=y\n\n')).toEqual([]);
  });

  it('a profile is checked while it is typed, exactly as "rules lint" does', async () => {
    const text = `title: O
description: D.
extends: [krata-zonne]
requirements:
  A: { require: { NO_SUCH_THING: y }, reason: R., references: ["https://x.org"] }
  B: { require: { PSI: y }, kernel: ">=7 <6", reason: R., references: ["https://x.org/a b"] }
`;
    const client = await start({ files: { 'own.yaml': text } });
    for (const each of [
      text,
      text.replace('krata-zonne', 'krata-zone'),
      text.replace('reason: R., ', 'reason: '),
      'requirements: [\n',
    ]) {
      client.write('own.yaml', each);
      const said = await (each === text ? client.open('own.yaml', each, 'yaml') : client.retype('own.yaml', each));
      const { stdout } = spawnSync(process.execPath, [bin, 'rules', 'lint', 'own.yaml', '-f', 'json'], {
        cwd: client.folder,
        encoding: 'utf8',
      });
      const { findings } = JSON.parse(stdout) as {
        findings: { line: number; column: number; code: string; severity: string; message: string }[];
      };
      const plain = said.map(({ range, code, severity }) => [
        range.start.line + 1,
        range.start.character + 1,
        code,
        severity === 1 ? 'error' : 'warning',
      ]);
      if (/^title/.test(each)) {
        expect(findings.length).toBeGreaterThan(0);
        expect(plain).toEqual(findings.map(({ line, column, code, severity }) => [line, column, code, severity]));
        for (const [i, { message }] of findings.entries()) expect(said[i]?.message).toContain(message);
      }
    }
  });

  it('YAML that is none of ours is left alone', async () => {
    const client = await start();
    expect(await client.open('docker-compose.yaml', 'services:\n  a: {\n', 'yaml')).toEqual([]);
    expect(await client.open('notes.txt', 'dear diary\n', 'text')).toEqual([]);
  });
});

describe('where files lie', () => {
  it('each folder of a workspace has its own project file', async () => {
    const client = await start({
      workspaceFolders: ['one', 'two'],
      files: {
        'one/.kconfig-lint.yaml': 'extra-symbols: [OUR_ONE]\n',
        'two/.kconfig-lint.yaml': 'extra-symbols: [OUR_TWO]\n',
      },
      settings: { kernel: '6.12', arch: 'x86_64', base: 'none' },
    });
    expect(await client.open('one/a.config', 'CONFIG_OUR_ONE=y\n')).toEqual([]);
    expect(codes(await client.open('two/a.config', 'CONFIG_OUR_ONE=y\n'))).toEqual(['unknown-symbol']);
    expect(await client.open('two/deep/er/b.config', 'CONFIG_OUR_TWO=y\n')).toEqual([]);
  });

  it.each([
    'untitled:Untitled-1.config',
    'git:/tmp/a.config?%7B%22ref%22%3A%22%22%7D',
    'vscode-remote://ssh/x/a%20b.config',
  ])('a document need not be a file: %s', async (uri) => {
    const client = await start({ settings: { kernel: '6.12', arch: 'x86_64' } });
    expect(codes(await client.open(uri, 'CONFIG_PSI = y\n'))).toEqual(['space-around-equals']);
    const hover = await client.request('textDocument/hover', {
      textDocument: { uri },
      position: { line: 0, character: 9 },
    });
    expect(JSON.stringify(hover)).toContain('CONFIG_PSI');
  });

  it('what is too large or no text is refused gently', async () => {
    const client = await start();
    expect(codes(await client.open('big.config', 'CONFIG_A=y\n'.repeat(900_000)))).toEqual(['too-large']);
    expect(codes(await client.open('image.config', 'CONFIG_A=y\n\0\0\0\u0001'))).toEqual(['nul-byte']);
    expect(codes(await client.open('a.config', 'CONFIG_PSI = y\n'))).toEqual(['space-around-equals']);
  });
});
