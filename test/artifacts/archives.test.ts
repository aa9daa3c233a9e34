/** Readers of archives: against the tools that write them, and against archives that no tool would write. */
import { chmodSync, linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Flow, stop } from '../../src/artifacts/archive/bytes.ts';
import { cpioReader } from '../../src/artifacts/archive/cpio.ts';
import { type ArchiveFault, isFault } from '../../src/artifacts/archive/fault.ts';
import { type ArchiveReader, viewOf } from '../../src/artifacts/archive/index.ts';
import { tarReader } from '../../src/artifacts/archive/tar.ts';
import { type FileView, resolveFile } from '../../src/artifacts/archive/view.ts';
import { createArchiveHost } from '../../src/node-archive-host.ts';
import { openFiles } from '../../src/project/open-files.ts';
import {
  faultIn,
  hasTool,
  interest,
  ociLayout,
  opened,
  pathsIn,
  run,
  tarOf,
  tarOfFiles,
  temporaryFolder,
  textIn as text,
  viewIn,
  writeFiles,
} from '../support/archives.ts';

const archive = (bytes: Uint8Array, name = 'a.tar'): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
};

/** A folder with all that archives can hold. */
function sample(): string {
  const folder = temporaryFolder();
  const long = `deep/${'folder-with-a-name/'.repeat(9)}`;
  writeFiles(folder, {
    'boot/config-6.12.0': 'CONFIG_A=y\n',
    empty: '',
    odd: 'x'.repeat(513),
    block: 'y'.repeat(512),
    [`${long}${'long'.repeat(30)}.txt`]: 'found\n',
    'ümlaut ein\tname': 'ü\n',
  });
  chmodSync(join(folder, 'odd'), 0o4750);
  symlinkSync('../boot', join(folder, 'deep/up'));
  symlinkSync('/boot/config-6.12.0', join(folder, 'absolute'));
  symlinkSync('t'.repeat(150), join(folder, 'far'));
  linkSync(join(folder, 'odd'), join(folder, 'zz-same'));
  mkdirSync(join(folder, 'hollow'));
  return folder;
}

/** Compares a view with the folder that it is to show. */
function expectSame(view: FileView, folder: string): void {
  const expected = run('find', ['.', '(', '-type', 'f', '-o', '-type', 'l', ')', '-printf', '%P\\n'], { cwd: folder });
  expect(pathsIn(view).sort()).toEqual(expected.toString().trimEnd().split('\n').sort());
  for (const path of pathsIn(view)) {
    const entry = view.entryAt(path);
    if (entry?.kind !== 'file') continue;
    const { size, mode, uid, gid } = statSync(join(folder, path));
    expect({ path, ...entry }).toMatchObject({ path, size, mode: mode & 0o7777, uid, gid });
    expect(text(view, path)).toBe(run('cat', [join(folder, path)]).toString());
  }
  expect(text(view, 'deep/up/config-6.12.0')).toBe('CONFIG_A=y\n');
  expect(view.entryAt('absolute')?.link).toBe('/boot/config-6.12.0');
  expect(view.entryAt('far')?.link).toBe('t'.repeat(150));
}

describe('tar, as GNU tar writes it', () => {
  it.each(['gnu', 'pax', 'oldgnu'])('reads the format %s', (format) => {
    const folder = sample();
    const path = join(temporaryFolder(), 'a.tar');
    run('tar', [`--format=${format}`, '-C', folder, '-cf', path, '.']);
    expectSame(viewIn(path), folder);
    expect(text(viewIn(path), 'absolute')).toBe('CONFIG_A=y\n');
  });

  it.each(['ustar', 'v7'])('reads the format %s, whose names are short', (format) => {
    const folder = writeFiles(temporaryFolder(), { 'a/b': 'content', [`${'long/'.repeat(18)}x`]: 'far down' });
    const path = join(temporaryFolder(), 'a.tar');
    run('tar', [`--format=${format}`, '-C', folder, '-cf', path, '.']);
    expect(text(viewIn(path), 'a/b')).toBe('content');
    expect(text(viewIn(path), `${'long/'.repeat(18)}x`)).toBe('far down');
  });

  it('reads numbers beyond octal', () => {
    const folder = writeFiles(temporaryFolder(), { a: 'x' });
    for (const format of ['gnu', 'pax']) {
      const path = join(temporaryFolder(), 'a.tar');
      run('tar', [`--format=${format}`, '--owner=:3000000', '--group=:4000000', '-C', folder, '-cf', path, 'a']);
      expect(viewIn(path).entryAt('a')).toMatchObject({ uid: 3_000_000, gid: 4_000_000 });
    }
  });

  it.each(['gnu', 'pax'])('refuses a sparse file of the format %s, and reads what stands behind it', (format) => {
    const folder = writeFiles(temporaryFolder(), { z: 'behind' });
    run(
      'bash',
      [
        '-c',
        'truncate -s 4M holes; for i in $(seq 0 30); do printf x | dd of=holes bs=1 seek=$((i*100000)) conv=notrunc status=none; done',
      ],
      { cwd: folder },
    );
    const path = join(temporaryFolder(), 'a.tar');
    run('tar', [`--format=${format}`, '--sparse', '-C', folder, '-cf', path, 'holes', 'z']);
    const view = viewIn(path);
    expect(text(view, 'z')).toBe('behind');
    expect(text(view, 'holes')).toBe('! holes is packed as a sparse file');
  });

  it('reads it through gzip, in pieces', () => {
    const folder = writeFiles(temporaryFolder(), { a: 'one', large: Buffer.alloc(5_000_000, 'abc'), z: 'last' });
    const path = join(temporaryFolder(), 'a.tar.gz');
    run('tar', ['-C', folder, '-czf', path, 'a', 'large', 'z']);
    const view = viewIn(path);
    expect([text(view, 'a'), text(view, 'z')]).toEqual(['one', 'last']);
    const read = view.read([
      { path: 'z', limit: 100 },
      { path: 'large', limit: 10_000_000 },
      { path: 'a', limit: 2 },
      { path: 'a', limit: 2, isStartEnough: true },
    ]);
    expect(read.map((each) => (isFault(each) ? each.message : each.length))).toEqual([
      4,
      5_000_000,
      'a has 3 bytes, more than 2',
      2,
    ]);
  });
});

describe('tar that lies', () => {
  it('takes a name that leads out of the archive for a fault, and for no file', () => {
    const view = viewIn(archive(tarOfFiles({ '../../etc/passwd': 'root', 'a/../../b': 'x', good: 'y' })));
    expect(view.faults.map(({ fault, message }) => [fault, message])).toEqual([
      ['unsafe-path', 'it has a file with the name ../../etc/passwd, which leads out of it'],
      ['unsafe-path', 'it has a file with the name a/../../b, which leads out of it'],
    ]);
    expect(pathsIn(view)).toEqual(['good']);
  });

  it('takes an absolute name for one below the root of the archive, as tar does', () => {
    expect(pathsIn(viewIn(archive(tarOfFiles({ '/etc//x/./y': '1' }))))).toEqual(['etc/x/y']);
  });

  it('refuses a NUL in a name', () => {
    const record = (text: string) => {
      const length = [...Array(200).keys()].find((n) => n === Buffer.byteLength(`${n} ${text}\n`));
      return `${length} ${text}\n`;
    };
    const view = viewIn(
      archive(tarOf([{ name: 'pax', type: 'x', content: record('path=a\0b') }, { name: 'a' }, { name: 'z' }])),
    );
    expect(view.faults[0]).toMatchObject({ fault: 'unsafe-path' });
    expect(pathsIn(view)).toEqual(['z']);
  });

  it('follows links round in a circle only so long, and never out', () => {
    const view = viewIn(
      archive(
        tarOf([
          { name: 'a', type: '2', link: 'b' },
          { name: 'b', type: '2', link: 'a' },
          { name: 'up', type: '2', link: '../../../../etc/passwd' },
          { name: 'dir/in', type: '2', link: '..' },
          { name: 'x', content: 'x' },
        ]),
      ),
    );
    expect(text(view, 'a')).toBe('! a is a link that leads round in a circle');
    expect(text(view, 'up')).toBe('! up is missing: it is a link, and etc is not there');
    expect(text(view, 'dir/in/dir/in/x')).toBe('x');
    expect(resolveFile(view, 'dir')).toMatchObject({ fault: 'not-a-file', message: 'dir is a folder' });
  });

  it('takes the last of two files with one name, and says so', () => {
    const view = viewIn(
      archive(
        tarOf([
          { name: 'a', content: 'one' },
          { name: './a', content: 'two' },
        ]),
      ),
    );
    expect(text(view, 'a')).toBe('two');
    expect(view.duplicates).toEqual(['a']);
  });

  it('does not read through a hard link to nowhere', () => {
    const view = viewIn(archive(tarOf([{ name: 'a', type: '1', link: '../../etc/passwd' }])));
    expect(text(view, 'a')).toBe('! a is a hard link to a file that is not in the archive');
  });

  it.each([
    ['in the middle of a file', 700, 'the tar archive is cut off in or after a'],
    ['in a header', 2048 + 300, 'the tar archive is cut off in or after b'],
  ])('says where it is cut off: %s', (_, at, message) => {
    const bytes = tarOfFiles({ a: 'x'.repeat(600), b: '', c: '' });
    expect(faultIn(archive(bytes.subarray(0, at)))).toMatchObject({ fault: 'truncated', message });
  });

  it('does not go on after a damaged header', () => {
    const bytes = tarOfFiles({ a: 'x', b: 'y' });
    bytes[1024 + 3] = 65;
    expect(faultIn(archive(bytes))).toMatchObject({
      fault: 'bad-archive',
      message: 'the tar header at byte 1024 (after a) has a wrong checksum',
    });
  });

  it('refuses what states more than there is without making room for it', () => {
    const view = viewIn(
      archive(Buffer.concat([tarOf([{ name: 'small', content: 's' }]).subarray(0, 1024), tarOf([])])),
    );
    expect(text(view, 'small')).toBe('s');
    expect(faultIn(archive(tarOf([{ name: 'huge', content: 'x', size: 2 ** 32 }])))).toMatchObject({
      fault: 'truncated',
    });
    expect(faultIn(archive(tarOf([{ name: 'x', type: 'x', content: 'x', size: 2 ** 30 }])))).toMatchObject({
      fault: 'too-large',
      message: 'a name or extended header in it has 1073741824 bytes',
    });
  });

  it('stops at gzip that is cut off or damaged', () => {
    const packed = gzipSync(tarOfFiles({ a: 'x'.repeat(5000), b: 'y' }));
    expect(faultIn(archive(packed.subarray(0, packed.length - 20)))).toMatchObject({ fault: 'bad-compression' });
    const wrong = Buffer.from(packed);
    wrong[wrong.length - 6] = (wrong[wrong.length - 6] as number) ^ 1;
    // The trailer is read only where the archive does not end before it.
    expect(['bad-compression', 'nothing is wrong']).toContain(
      (() => {
        try {
          return faultIn(archive(wrong)).fault;
        } catch (error) {
          return (error as Error).message;
        }
      })(),
    );
  });
});

describe('Debian packages', () => {
  const build = (compression: string): string => {
    const folder = writeFiles(temporaryFolder(), {
      'DEBIAN/control':
        'Package: linux-image-6.12.0-test\nVersion: 6.12-1\nArchitecture: amd64\nMaintainer: T <t@example.org>\nDepends: kmod, initramfs-tools (>= 0.1) | dracut\nDescription: kernel\n',
      'boot/config-6.12.0-test': 'CONFIG_X86_64=y\n',
    });
    const path = join(temporaryFolder(), 'a.deb');
    run('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', folder, path]);
    return path;
  };
  const hasDpkg = hasTool('dpkg-deb');

  it.skipIf(!hasDpkg).each(['none', 'gzip'])('reads what dpkg-deb packs with %s', (compression) => {
    const files = opened(build(compression));
    expect(files.kind).toBe('deb');
    expect(files.facts).toEqual({
      kind: 'deb',
      name: 'linux-image-6.12.0-test',
      version: '6.12-1',
      arch: 'amd64',
      depends: ['kmod', 'initramfs-tools', 'dracut'],
    });
    const view = files.places[0]?.open() as FileView;
    expect(text(view, 'boot/config-6.12.0-test')).toBe('CONFIG_X86_64=y\n');
  });
});

describe('RPM packages', () => {
  const hasRpmbuild = hasTool('rpmbuild');
  const spec = `Name: kernel-core
Version: 6.12.0
Release: 1.test
Summary: kernel
License: GPL
BuildArch: noarch
Requires: dracut
%description
kernel
%install
mkdir -p %{buildroot}/lib/modules/6.12.0 %{buildroot}/boot
echo CONFIG_X86_64=y > %{buildroot}/lib/modules/6.12.0/config
ln %{buildroot}/lib/modules/6.12.0/config %{buildroot}/lib/modules/6.12.0/same
ln -s ../lib/modules/6.12.0/config %{buildroot}/boot/config-6.12.0
head -c 100000 /dev/zero > %{buildroot}/lib/modules/6.12.0/vmlinuz
%files
/lib/modules/6.12.0
/boot/config-6.12.0
`;

  it.skipIf(!hasRpmbuild).each(['w9.gzdio', 'w.ufdio'])('reads what rpmbuild packs as %s', (payload) => {
    const at = writeFiles(temporaryFolder(), { 'kernel.spec': spec });
    run('rpmbuild', ['-bb', '--define', `_topdir ${at}`, '--define', `_binary_payload ${payload}`, 'kernel.spec'], {
      cwd: at,
    });
    const files = opened(join(at, 'RPMS/noarch/kernel-core-6.12.0-1.test.noarch.rpm'));
    expect(files.facts).toMatchObject({
      kind: 'rpm',
      name: 'kernel-core',
      version: '6.12.0-1.test',
      arch: 'noarch',
      depends: ['dracut'],
    });
    const view = files.places[0]?.open() as FileView;
    for (const path of ['lib/modules/6.12.0/config', 'lib/modules/6.12.0/same', 'boot/config-6.12.0'])
      expect(text(view, path)).toBe('CONFIG_X86_64=y\n');
    expect(view.entryAt('lib/modules/6.12.0/vmlinuz')).toMatchObject({ size: 100_000, mode: 0o644, uid: 0 });
  });

  it('says where a package is cut off', () => {
    const lead = Buffer.alloc(96);
    lead.writeUInt32BE(0xedabeedb);
    expect(faultIn(archive(lead))).toMatchObject({
      fault: 'truncated',
      message: 'the package is cut off at byte 96, within its headers',
    });
    expect(faultIn(archive(Buffer.concat([lead, Buffer.alloc(64)])))).toMatchObject({
      message: 'there is no rpm header at byte 96',
    });
  });
});

describe('folders', () => {
  it('are looked at through links that stay within them', () => {
    const folder = writeFiles(temporaryFolder(), { 'kernel/real': 'x' });
    symlinkSync('real', join(folder, 'kernel/image'));
    symlinkSync('../../..', join(folder, 'kernel/up'));
    symlinkSync('loop', join(folder, 'loop'));
    const view = viewIn(folder);
    expect(text(view, 'kernel/image')).toBe('x');
    expect(text(view, 'kernel/up/etc/passwd')).toBe(
      '! kernel/up/etc/passwd is a link that leads out of what was named',
    );
    expect(text(view, 'loop')).toBe('! loop is a link that leads round in a circle');
    expect(pathsIn(view)).toEqual(['loop', 'kernel/image', 'kernel/real', 'kernel/up']);
  });

  it('may hold what is no file, which nobody waits for', () => {
    const folder = temporaryFolder();
    run('mkfifo', [join(folder, 'pipe')]);
    expect(text(viewIn(folder), 'pipe')).toBe('! pipe is no regular file');
    expect(faultIn(join(folder, 'pipe'))).toMatchObject({ fault: 'unreadable', message: 'this is not a regular file' });
    expect(faultIn(join(folder, 'none'))).toMatchObject({ fault: 'missing', message: 'no such file' });
  });
});

describe('whatever comes', () => {
  const folder = sample();
  const tar = run('tar', ['--format=pax', '-C', folder, '-cf', '-', '.']);
  const cpio = run('bash', ['-c', 'find . -mindepth 1 | sort | cpio -o -H newc --quiet'], { cwd: folder });
  const viewFrom = (bytes: Uint8Array, reader: ArchiveReader, sizes: readonly number[]): FileView | ArchiveFault => {
    let turn = 0;
    const flow: Flow = (sink) => {
      let skip = 0;
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + (sizes[turn++ % sizes.length] as number));
        at += piece.length;
        if (skip >= piece.length) skip -= piece.length;
        else {
          const next = sink(piece.subarray(skip));
          if (next === stop) return undefined;
          skip = next;
        }
      }
      return undefined;
    };
    return viewOf('a', [{ flow, reader }], { isLayered: false, interest });
  };
  const shown = (view: FileView | ArchiveFault) =>
    isFault(view) ? view.message : pathsIn(view).map((path) => [path, text(view, path)]);

  it.each<[string, Buffer, ArchiveReader]>([
    ['tar', tar, tarReader],
    ['cpio', cpio, cpioReader],
  ])('%s reads the same in pieces of any size', (_, bytes, reader) => {
    const whole = shown(viewFrom(bytes, reader, [bytes.length]));
    expect(whole.length).toBeGreaterThan(8);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        expect(shown(viewFrom(bytes, reader, sizes))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, Buffer, ArchiveReader]>([
    ['tar', tar, tarReader],
    ['cpio', cpio, cpioReader],
  ])('%s that was tampered with gives files or a fault, never an exception', (_, bytes, reader) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const wrong = Buffer.from(bytes);
          for (const [at, byte] of changes) wrong[at] = byte;
          shown(viewFrom(wrong, reader, [4096]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['a.deb', 'a.rpm', 'a.oci'])('%s that was tampered with is refused in words', (kind) => {
    const bytes = hostile[kind as keyof typeof hostile]();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const wrong = Buffer.from(bytes);
        wrong[at] = byte;
        const path = archive(wrong, kind);
        const files = openFiles(path, { host: createArchiveHost(), unpackWhole: () => undefined }, interest);
        if (files === undefined || isFault(files)) return;
        for (const place of files.places) shown(place.open());
        files.close();
      }),
      { numRuns: 60 },
    );
  });

  const member = (name: string, content: Uint8Array): Buffer => {
    const head = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`;
    return Buffer.concat([Buffer.from(head), content, Buffer.alloc(content.length % 2, 10)]);
  };
  const hostile = {
    'a.deb': () =>
      Buffer.concat([
        Buffer.from('!<arch>\n'),
        member('debian-binary', Buffer.from('2.0\n')),
        member('control.tar', tarOfFiles({ control: 'Package: x\n' })),
        member('data.tar.gz', gzipSync(tarOfFiles({ 'boot/config-6.12': 'CONFIG_A=y\n' }))),
      ]),
    'a.rpm': () => {
      const header = Buffer.alloc(16);
      header.write('\x8e\xad\xe8\x01', 'latin1');
      const lead = Buffer.alloc(96);
      lead.writeUInt32BE(0xedabeedb);
      return Buffer.concat([lead, header, header, gzipSync(cpio)]);
    },
    'a.oci': () => tarOfFiles(ociLayout([{ layers: [tarOfFiles({ a: 'x' })] }])),
  };
});
