/** The real thing: files of every kind, streams that break, the program as a process. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../src/config/limits.ts';
import { createNodeHost, encodeSource } from '../src/node-host.ts';
import { root } from './support/corpus.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-host-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const host = createNodeHost('.');
const read = (path: string, limit = limits.fileSize) =>
  host.readSource(path, { limit, unzippedLimit: limits.decompressedSize, keep: true });
const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
delete env['NODE_EXTRA_CA_CERTS'];
const bin = join(root, 'dist/kconfig-lint.cjs');
const program = (args: readonly string[], input?: string | Uint8Array) =>
  spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });

describe('reading', () => {
  it('gives every byte back, whatever the encoding', () => {
    const cases = ['CONFIG_A=y\n', 'CONFIG_A=y\r\n', '\ufeffCONFIG_A="größe"', ''].map((text) => Buffer.from(text));
    for (const bytes of [...cases, Buffer.from([67, 233, 255, 10]), Buffer.from([0, 1, 2, 128])]) {
      const source = read(put('bytes', bytes));
      if ('error' in source) throw new Error(source.detail);
      expect(encodeSource(source).equals(bytes)).toBe(true);
    }
  });

  it('knows gzip by its first bytes, not by its name', () => {
    const plain = read(put('plain.gz', 'CONFIG_A=y\n'));
    const zipped = read(put('config', gzipSync('CONFIG_A=y\n')));
    expect([plain, zipped].map((source) => ('error' in source ? source : source.text))).toEqual([
      'CONFIG_A=y\n',
      'CONFIG_A=y\n',
    ]);
  });

  it('refuses gzip that is cut, damaged or too much', () => {
    const zipped = gzipSync(Buffer.alloc(100_000, 'CONFIG_A=y\n'));
    const damaged = Buffer.from(zipped);
    damaged[zipped.length - 6] = 255 - (damaged[zipped.length - 6] as number);
    expect(read(put('cut', zipped.subarray(0, zipped.length - 9)))).toMatchObject({ error: 'bad-gzip' });
    expect(read(put('damaged', damaged))).toMatchObject({ error: 'bad-gzip' });
    expect(read(put('bomb', gzipSync(Buffer.alloc(limits.decompressedSize + 1))))).toMatchObject({
      error: 'too-large',
    });
    const most = read(put('most', gzipSync(Buffer.alloc(limits.decompressedSize, 'x'))));
    expect('error' in most).toBe(false);
  });

  it('refuses a byte more than the limit, and takes the limit', () => {
    expect('error' in read(put('eight', Buffer.alloc(limits.fileSize, 'x')))).toBe(false);
    expect(read(put('more', Buffer.alloc(limits.fileSize + 1, 'x')))).toMatchObject({ error: 'too-large' });
  });

  it('refuses what is no regular file, at once', () => {
    execFileSync('mkfifo', [at('fifo')]);
    mkdirSync(at('sub'));
    expect(read(at('fifo'))).toMatchObject({ error: 'not-regular' });
    expect(read('/dev/zero')).toMatchObject({ error: 'not-regular' });
    expect(read(at('sub'))).toMatchObject({ error: 'folder' });
    expect(read(at('gone'))).toMatchObject({ error: 'missing' });
    expect(read(join(at('eight'), 'x'))).toMatchObject({ error: 'missing' });
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not', () => {
    chmodSync(put('secret', 'x'), 0);
    expect(read(at('secret'))).toMatchObject({ error: 'denied' });
  });

  it.skipIf(!existsSync('/proc/self/status'))('reads files whose size the system does not know', () => {
    const source = read('/proc/self/status');
    expect('error' in source ? source : source.text).toContain('Name:');
  });

  it('uses one memory again where nothing must be kept', () => {
    const choice = { limit: 1000, unzippedLimit: 1000, keep: false };
    const first = host.readSource(put('one', 'CONFIG_A=y\n'), choice);
    const second = host.readSource(put('two', 'CONFIG_B=m\n'), choice);
    if ('error' in first || 'error' in second) throw new Error('unreadable');
    expect(first.codes.buffer).toBe(second.codes.buffer);
  });
});

describe('writing a file', () => {
  it('puts it there whole or not at all, and leaves nothing beside it', () => {
    const output = host.openOutput(at('report'));
    if (typeof output === 'string') throw new Error(output);
    output.write('half');
    expect(existsSync(at('report'))).toBe(false);
    output.write(' and half');
    expect(output.commit()).toBeUndefined();
    expect(readFileSync(at('report'), 'utf8')).toBe('half and half');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes several files of one folder at once', () => {
    const names = Array.from({ length: 20 }, (_, i) => `report-${i}`);
    const outputs = names.map((name) => host.openOutput(at(name)));
    for (const output of outputs) {
      if (typeof output === 'string') throw new Error(output);
      expect(output.commit()).toBeUndefined();
    }
    for (const name of names) expect(readFileSync(at(name), 'utf8')).toBe('');
    put('two-reports.config', 'CONFIG_A = y\n');
    const { status, stderr } = program(['two-reports.config', '-o', 'json=r.json', '-o', 'sarif=r.sarif']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    for (const name of ['r.json', 'r.sarif']) expect(JSON.parse(readFileSync(at(name), 'utf8'))).toBeTypeOf('object');
  });

  it('refuses links, folders and folders that are not there', () => {
    symlinkSync(at('report'), at('link'));
    expect(host.openOutput(at('link'))).toMatch(/is not a regular file/);
    expect(host.openOutput(folder)).toMatch(/is not a regular file/);
    expect(host.openOutput(at('gone/report'))).toMatch(/ENOENT/);
  });
});

describe('the program', () => {
  it('checks what it is given and says so in its exit code', () => {
    put('bad.config', 'CONFIG_PSI = y\n');
    put('good.config', 'CONFIG_PSI=y\n');
    expect(program(['good.config']).status).toBe(0);
    expect(program(['bad.config'])).toMatchObject({ status: 1, stderr: '' });
    expect(program(['gone.config']).status).toBe(3);
    expect(program(['--nope']).status).toBe(2);
    expect(program(['-', '--stdin-filename', 'x'], gzipSync('CONFIG_PSI = y\n')).stdout).toContain('x:1:1');
    expect(program(['fifo']).stderr).toContain('error[not-regular]');
    expect(program(['*.config', '-f', 'unix']).stdout).toContain('bad.config:1:1: error');
  });

  it('does the same by its short and its long way', () => {
    for (const args of [
      ['bad.config', 'good.config'],
      ['good.config', '-p', 'kubernetes-psi', '-v'],
      ['gone.config'],
      ['bad.config', '-q'],
    ]) {
      const short = program(args);
      const long = program([...args, '-o', 'text=copy']);
      expect([short.status, short.stdout, short.stderr]).toEqual([long.status, long.stdout, long.stderr]);
      expect(readFileSync(at('copy'), 'utf8')).toBe(short.stdout);
    }
  });

  it('follows no link in a folder', () => {
    mkdirSync(at('tree'));
    writeFileSync(at('tree/a.config'), 'CONFIG_A=y\n');
    symlinkSync(at('tree'), at('tree/loop'));
    symlinkSync(at('bad.config'), at('tree/b.config'));
    expect(JSON.parse(program(['tree', '-f', 'json']).stdout).files.map(({ path }: { path: string }) => path)).toEqual([
      'tree/a.config',
    ]);
  });

  it('delivers twenty megabytes through a pipe, whole', () => {
    put('many.config', Array.from({ length: 45_000 }, (_, i) => `CONFIG_A${i}=y\nCONFIG_A${i}=n\n`).join(''));
    const { stdout, status } = spawnSync(process.execPath, [bin, 'many.config', '-f', 'json'], {
      cwd: folder,
      env,
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(20_000_000);
    expect(JSON.parse(stdout).files[0].findings).toHaveLength(45_000);
  });

  it('says nothing when its reader has gone, and keeps its verdict', async () => {
    const child = spawn(
      'bash',
      [
        '-c',
        `set -o pipefail; "${process.execPath}" "${bin}" many.config -f unix 2>err | head -1 >/dev/null; echo "\${PIPESTATUS[0]}"`,
      ],
      { cwd: folder, env },
    );
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(out.trim()).toBe('0');
    expect(readFileSync(at('err'), 'utf8')).toBe('');
  });

  it.skipIf(!existsSync('/dev/full'))('calls a full disk by its name', () => {
    const { stdout, status } = spawnSync(
      'bash',
      ['-c', `"${process.execPath}" "${bin}" bad.config 2>&1 >/dev/full; echo "exit $?"`],
      { cwd: folder, env, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, 'kconfig-lint: the output could not be written whole (ENOSPC)\nexit 4\n']);
  });

  it('calls its own fault by its name', () => {
    const copy = at('broken');
    mkdirSync(copy);
    for (const name of ['kconfig-lint.cjs', 'texts.txt'])
      writeFileSync(join(copy, name), readFileSync(join(root, 'dist', name)));
    writeFileSync(join(copy, 'rules.txt'), '{"profiles":1}');
    const { status, stderr } = spawnSync(process.execPath, [join(copy, 'kconfig-lint.cjs'), 'good.config', '-p', 'x'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(70);
    expect(stderr).toMatch(/^kconfig-lint \d+\.\d+\.\d+: internal error, this is a bug/);
  });
});

describe('changing a file in place', () => {
  const recipe = 'CONFIG_XEN=y\nCONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\n';
  const fixed = `${recipe}CONFIG_MEMORY_HOTPLUG=y\n`;
  const fix = (name: string, ...more: string[]) =>
    program(['--fix', name, '--kernel', '6.12', '--arch', 'x86_64', '--base', 'defconfig', ...more]);

  it('keeps the mode, and leaves nothing beside it', () => {
    put('mode.config', recipe);
    chmodSync(at('mode.config'), 0o640);
    expect(fix('mode.config').status).toBe(0);
    expect(readFileSync(at('mode.config'), 'utf8')).toBe(fixed);
    expect(statSync(at('mode.config')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.includes('kconfig-lint.tmp'))).toEqual([]);
  });

  it('follows a link to the file only when told, and leaves the link', () => {
    put('real.config', recipe);
    symlinkSync(at('real.config'), at('link.config'));
    const { status, stderr } = fix('link.config');
    expect(status).toBe(4);
    expect(stderr).toContain(
      `link.config was not written: it is a symbolic link to ${at('real.config')}; name that, or say --follow-symlinks`,
    );
    expect(readFileSync(at('real.config'), 'utf8')).toBe(recipe);
    expect(fix('link.config', '--follow-symlinks').status).toBe(0);
    expect(lstatSync(at('link.config')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('real.config'), 'utf8')).toBe(fixed);
  });

  it('keeps line endings and bytes that are no UTF-8', () => {
    const text = Buffer.concat([Buffer.from([35, 32, 233, 13, 10]), Buffer.from(recipe.replaceAll('\n', '\r\n'))]);
    put('crlf.config', text);
    const { status, stdout } = program([
      'fix',
      '--write',
      'crlf.config',
      '--kernel',
      '6.12',
      '--arch',
      'x86_64',
      '--base',
      'defconfig',
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('CONFIG_MEMORY_HOTPLUG=y');
    const after = readFileSync(at('crlf.config'));
    expect(after.subarray(0, 3).equals(Buffer.from([35, 32, 233]))).toBe(true);
    expect(after.toString('latin1')).toMatch(/CONFIG_MEMORY_HOTPLUG=y\r?\n$/);
  });

  it('refuses what is packed and what was changed meanwhile, and leaves it as it is', () => {
    const packed = gzipSync(recipe);
    put('packed.config', packed);
    const { status, stderr } = fix('packed.config');
    expect(status).toBe(4);
    expect(stderr).toContain('packed.config was not written: it is packed, or was changed since it was read');
    expect(readFileSync(at('packed.config')).equals(packed)).toBe(true);
    const source = read(put('raced.config', recipe));
    if ('error' in source) throw new Error(source.detail);
    put('raced.config', `${recipe}CONFIG_A=y\n`);
    expect(host.replaceFile(at('raced.config'), source, fixed, false)).toContain('changed since');
    expect(readFileSync(at('raced.config'), 'utf8')).toBe(`${recipe}CONFIG_A=y\n`);
  });

  it('refuses what is read-only and what has a second name, and leaves it as it is', () => {
    put('fixed.config', recipe);
    chmodSync(at('fixed.config'), 0o444);
    put('first.config', recipe);
    linkSync(at('first.config'), at('second.config'));
    for (const [name, why] of [
      ['fixed.config', 'it is read-only'],
      ['first.config', 'it has 2 names (hard links), and the others would keep the old text'],
    ] as const) {
      const { status, stderr } = fix(name);
      expect(status).toBe(4);
      expect(stderr).toContain(`${name} was not written: ${why}`);
      expect(readFileSync(at(name), 'utf8')).toBe(recipe);
    }
    expect(readdirSync(folder).filter((name) => name.includes('kconfig-lint.tmp'))).toEqual([]);
  });

  it('cannot change standard input, and says so', () => {
    const { status, stderr } = program(
      ['--fix', '-', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'defconfig'],
      recipe,
    );
    expect(status).toBe(4);
    expect(stderr).toContain('standard input cannot be written');
  });
});
