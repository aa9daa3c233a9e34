/** Configs in kernel images, compressed ones, and that of the running kernel, through every command that reads a config. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, it } from 'vitest';
import * as packedReaders from '../../src/cli/artifacts.ts';
import { run } from '../../src/cli/run.ts';
import type { Host } from '../../src/host.ts';
import { createNodeHost } from '../../src/node-host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { arm64Image, bzImage, noise, vmlinux, withSize, zbootImage } from '../support/images.ts';
import { packer } from '../support/packers.ts';

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = readFileSync(join(root, 'fixtures/profiles/krata-zone/fails.config'));
const path = (name: string) => join(folder, name);
function put(name: string, bytes: Buffer): string {
  writeFileSync(path(name), bytes);
  return path(name);
}

const plain = put('plain.config', config);
const bz = put('bzImage', bzImage(withSize(gzipSync(vmlinux({ config })), 5)));
const all = [
  put('vmlinux', vmlinux({ config })),
  bz,
  put('Image', arm64Image({ config })),
  put('Image.gz', gzipSync(arm64Image({ config }))),
  put('vmlinuz.efi', zbootImage(gzipSync(arm64Image({ config })), 'gzip')),
  // Larger than any config may be, and named like one.
  put('large.config', vmlinux({ config, filler: noise(6 << 20) })),
];

const kernel = createKernelHost(join(root, 'models'));
function cli(words: readonly string[], host: Host = createNodeHost(join(root, 'dist'), () => packedReaders)) {
  let out = '';
  let err = '';
  const write = (text: string): boolean => {
    out += text;
    return true;
  };
  const writeError = (text: string): void => {
    err += text;
  };
  const exit = run(words, { ...host, write, writeError }, kernel);
  return { exit, out, err };
}
const target = ['--kernel', '6.12', '--arch', 'x86_64', '--kind', 'complete'];
const check = [...target, '-p', 'krata-zone', '-f', 'unix'];

describe('a config in an image is checked like the config itself', () => {
  const expected = cli([plain, ...check]);

  it.each(all)('%s', (image) => {
    const { exit, out, err } = cli([image, ...check]);
    expect(out).toBe(expected.out.replaceAll(`${plain}:`, `${image}!config:`));
    expect([exit, err]).toEqual([expected.exit, '']);
    expect(out).toContain(`${image}!config:`);
  });

  it.each([
    ['xz', ['xz', '-1']],
    ['bzip2', ['bzip2']],
    ['zstd', ['zstd']],
    ['lz4', ['lz4']],
    ['lzma', ['lzma']],
    ['lzop', ['lzop']],
  ])('compressed by %s, and then it goes by its own name', (name, [tool, ...args]) => {
    const by = packer(tool as string, ...args);
    if (!by.available) return;
    const file = put(`config.${name}`, by.pack(config));
    expect(cli([file, ...check]).out).toBe(expected.out.replaceAll(`${plain}:`, `${file}:`));
  });

  it('from standard input too', () => {
    const program = join(root, 'dist/kconfig-lint.cjs');
    for (const image of [bz, path('large.config')]) {
      const options = { input: readFileSync(image), encoding: 'utf8', maxBuffer: 1 << 26 } as const;
      const { stdout, stderr } = spawnSync(process.execPath, [program, '-', ...check], options);
      expect(stdout).toBe(expected.out.replaceAll(`${plain}:`, '<stdin>!config:'));
      expect(stderr).toBe('');
    }
    const { stdout } = spawnSync(process.execPath, [program, '-', '--stdin-filename', 'boot/vmlinux', ...check], {
      input: readFileSync(bz),
      encoding: 'utf8',
    });
    expect(stdout).toContain('boot/vmlinux!config:');
  });

  it('by the program as it ships, with the same words', () => {
    const program = join(root, 'dist/kconfig-lint.cjs');
    const text = (file: string) =>
      spawnSync(process.execPath, [program, file, ...target, '-p', 'krata-zone'], { encoding: 'utf8' }).stdout;
    // Lines are broken by width, so names of one length are compared.
    const twin = put('plain01!config', config);
    const image = put('plain01', readFileSync(bz));
    expect(text(image)).toBe(text(twin));
  });
});

describe('every command that reads a config reads one in an image', () => {
  it.each([
    ['matrix', [bz, '-p', 'krata-zone', ...target]],
    ['capabilities', [bz, ...target]],
    ['explain', ['CONFIG_XEN', '-c', bz, '--kernel', '6.12', '--arch', 'x86_64']],
    ['fix', [bz, '-p', 'krata-zone', ...target]],
    ['stack', ['--base', bz, plain, '--kernel', '6.12', '--arch', 'x86_64']],
    ['resolve', [bz, '--kernel', '6.12', '--arch', 'x86_64']],
    ['upgrade', [bz, '--from', '6.1', '--to', '6.12', '--arch', 'x86_64']],
  ])('%s', (command, words) => {
    const ofImage = cli([command, ...words]);
    const ofPlain = cli([command, ...words.map((word) => (word === bz ? plain : word))]);
    const isSame = (a: string, b: string) =>
      a.replaceAll(`${bz}!config`, plain).replaceAll(/\s+/g, ' ').includes(b.replaceAll(/\s+/g, ' ').slice(0, 200));
    expect(ofImage.exit).toBe(ofPlain.exit);
    expect(isSame(ofImage.out, ofPlain.out), ofImage.out.slice(0, 400)).toBe(true);
  });

  it('diff', () => {
    expect(cli(['diff', plain, bz, ...target]).out).toContain('0 changed, 0 added, 0 removed');
  });

  it('extract, to the byte', () => {
    for (const image of [...all, plain])
      expect(cli(['extract', image])).toEqual({ exit: 0, out: config.toString(), err: '' });
    expect(cli(['extract', bz, '-o', path('out.config')])).toEqual({ exit: 0, out: '', err: '' });
    expect(readFileSync(path('out.config'))).toEqual(config);
    expect(cli(['extract', bz, '-o', bz])).toMatchObject({ exit: 2, err: expect.stringContaining('overwrite') });
    expect(cli(['extract']).exit).toBe(2);
    expect(cli(['extract', bz, bz]).exit).toBe(2);
    expect(cli(['extract', path('gone')]).exit).toBe(3);
  });
});

describe('an image is not changed', () => {
  it('by check --fix', () => {
    const before = readFileSync(bz);
    const { exit, err } = cli([bz, '--fix', ...check]);
    expect(exit).toBe(4);
    expect(err).toContain(`${bz} was not written: its config is part of the image`);
    expect(readFileSync(bz)).toEqual(before);
  });

  it('by fix --write, which then says what to do', () => {
    const { exit, err } = cli(['fix', '--write', bz, '-p', 'krata-zone', ...target]);
    expect([exit, err]).toEqual([4, expect.stringContaining('kconfig-lint extract')]);
    const { out } = cli(['fix', bz, '-p', 'krata-zone', ...target]);
    expect(out).toContain('the image must be built anew');
    expect(cli(['fix', bz, '-p', 'krata-zone', ...target, '-f', 'scripts-config']).out).toContain('--file .config');
  });
});

describe('reports name the image as the artifact', () => {
  const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

  it('json', () => {
    const report = JSON.parse(cli([bz, plain, ...target, '-p', 'krata-zone', '-f', 'json']).out);
    expect(new Ajv2020().compile(readJson('schemas/report.schema.json'))(report)).toBe(true);
    expect(report.files).toMatchObject([
      { path: `${bz}!config`, artifact: bz },
      { path: plain, artifact: null },
    ]);
  });

  it('sarif, with the place in the config beside it', () => {
    const log = JSON.parse(cli([bz, ...target, '-p', 'krata-zone', '-f', 'sarif']).out);
    const draft04 = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
    addFormats.default(draft04);
    const valid = draft04.compile(readJson('test/data/sarif-schema-2.1.0.json'));
    expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
    const [result] = log.runs[0].results;
    expect(result.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: `file://${bz}` }, region: { startLine: 1, startColumn: 1 } },
        logicalLocations: [{ fullyQualifiedName: expect.stringMatching(/^config:\d+:\d+$/), kind: 'resource' }],
      },
    ]);
    expect(JSON.stringify(log)).not.toContain('"fixes"');
  });

  it('github, without a line', () => {
    expect(cli([bz, ...target, '-p', 'krata-zone', '-f', 'github']).out).toMatch(
      new RegExp(`^::\\w+ file=${bz},title=`),
    );
  });
});

describe('an image without a config', () => {
  it('is a failure that says why, and where to look', () => {
    const image = put('vmlinuz-6.12.8', bzImage(gzipSync(vmlinux({ release: '6.12.8' })), '6.12.8 (a@b) #1'));
    const { exit, out, err } = cli([image, '-f', 'unix']);
    expect(exit).toBe(3);
    expect(out).toContain('vmlinuz-6.12.8:1:1: error: not checked: this is an x86_64 bzImage');
    expect(err).toContain('error[no-ikconfig]: this is an x86_64 bzImage of Linux 6.12.8 that holds no config');
    expect(err).toContain('CONFIG_IKCONFIG=m');
    const beside = put('config-6.12.8', config);
    expect(cli([image]).err).toContain(`seems to be ${beside}`);
  });

  it('is one in data too', () => {
    const image = put('cut', readFileSync(bz).subarray(0, 60_000));
    const report = JSON.parse(cli([image, '-f', 'json']).out);
    expect(report.failures).toMatchObject([{ path: image, code: 'damaged-image' }]);
  });

  it('and what is large but no image is still too large', () => {
    expect(cli([put('long.config', Buffer.alloc(9 << 20, 'a'))]).err).toContain('error[too-large]');
    expect(cli([put('zeros', Buffer.alloc(9 << 20))])).toMatchObject({ exit: 3 });
    expect(cli([put('latin1.config', Buffer.from('# caf\xe9\nCONFIG_PSI=y\n', 'latin1'))]).exit).toBe(0);
    expect(cli([put('utf16.config', Buffer.from('\ufeffCONFIG_PSI=y\n', 'utf16le'))]).err).toContain('error[utf-16]');
  });
});

describe('running', () => {
  const release = '6.12.8-custom';
  const header =
    '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 6.12.8 Kernel Configuration\n#\nCONFIG_X86_64=y\nCONFIG_PSI=y\n';
  const system = { '/proc/sys/kernel/osrelease': `${release}\n` };
  const places = [
    '/proc/config.gz',
    `/boot/config-${release}`,
    `/lib/modules/${release}/config`,
    `/lib/modules/${release}/build/.config`,
  ];
  const running = (files: Readonly<Record<string, string>>, ...words: string[]) =>
    cli(['running', ...words], memoryHost({ files: { ...system, ...files } }));

  it.each(places)('takes %s, and says so', (place) => {
    const rest = Object.fromEntries(places.slice(places.indexOf(place)).map((each) => [each, header]));
    const { exit, out, err } = running(rest, '-p', 'kubernetes-psi');
    expect(err).toBe(`kconfig-lint: Linux ${release} runs here; its config is ${place}\n`);
    expect(out).toContain(place);
    expect(exit).toBe(0);
  });

  it('takes the options of check', () => {
    const report = running({ '/proc/config.gz': header }, '-p', 'kubernetes-psi', '-f', 'json', '--fail-on', 'warning');
    expect(JSON.parse(report.out).files[0]).toMatchObject({ path: '/proc/config.gz', target: { release: '6.12.8' } });
    expect(running({ '/proc/config.gz': header }, '--fix').exit).toBe(2);
    expect(running({ '/proc/config.gz': header }, 'some.config')).toMatchObject({ exit: 2 });
  });

  it('passes over what it cannot understand', () => {
    const { exit, err } = running({ '/proc/config.gz': '', [places[1] as string]: header });
    expect(exit).toBe(0);
    expect(err).toContain('/proc/config.gz was passed over');
    expect(err).toContain(`its config is /boot/config-${release}`);
  });

  it('takes the release of the machine where the config does not say it', () => {
    const { out } = running({ '/proc/config.gz': 'CONFIG_X86_64=y\nCONFIG_PSI=y\n' }, '-f', 'json');
    expect(JSON.parse(out).files[0].target.kernel).toBe('6.12.8');
  });

  it('says when the config is that of another kernel', () => {
    const { err } = running({ [places[3] as string]: header.replace('6.12.8', '6.1.5') });
    expect(err).toContain('but that config is of Linux 6.1.5');
  });

  it('is a failure where there is no config, or no Linux', () => {
    const none = running({}, '-f', 'json');
    expect(none).toMatchObject({
      exit: 3,
      err: expect.stringContaining('its config is in none of /proc/config.gz, /boot/'),
    });
    expect(JSON.parse(none.out).failures).toMatchObject([{ path: '/proc/config.gz', code: 'missing' }]);
    const nowhere = cli(['running'], memoryHost({ files: {} }));
    expect(nowhere).toMatchObject({
      exit: 3,
      err: expect.stringContaining('nothing says here which Linux kernel runs'),
    });
  });
});
