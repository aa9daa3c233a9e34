/** Container images: layouts and archives made here and by umoci and skopeo, layers on top of each other, and broken ones. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileView } from '../../src/artifacts/archive/view.ts';
import {
  dockerSave,
  type Files,
  faultIn,
  hasTool,
  ociLayout,
  opened,
  pathsIn,
  run,
  type TarEntry,
  tarOf,
  tarOfFiles,
  temporaryFolder,
  textIn as text,
  viewIn,
  writeFiles,
} from '../support/archives.ts';

const hasUmoci = hasTool('umoci');
const hasSkopeo = hasTool('skopeo');

const layoutOf = (files: Files): string => writeFiles(temporaryFolder(), files);

const archive = (bytes: Uint8Array): string => {
  const path = join(temporaryFolder(), 'image.tar');
  writeFileSync(path, bytes);
  return path;
};

const folder = (name: string): TarEntry => ({ name, type: '5', mode: 0o755 });
const file = (name: string, content = name): TarEntry => ({ name, content });
const gone = (name: string): TarEntry => ({ name });

const stacked = (...layers: TarEntry[][]): FileView => viewIn(layoutOf(ociLayout([{ layers: layers.map(tarOf) }])));

describe('layers', () => {
  it('stand on top of each other', () => {
    const view = stacked([file('a', 'old'), file('b')], [file('a', 'new'), file('d/c')]);
    expect(pathsIn(view)).toEqual(['a', 'b', 'd/c']);
    expect(text(view, 'a')).toBe('new');
  });

  it('take away files and folders of the layers below', () => {
    const view = stacked([file('a'), file('d/x'), file('d/e/y'), file('keep')], [gone('.wh.a'), gone('.wh.d')]);
    expect(pathsIn(view)).toEqual(['keep']);
  });

  it('take nothing away of what they bring themselves, in whatever order', () => {
    expect(pathsIn(stacked([file('d/old')], [file('d/new'), gone('.wh.d')]))).toEqual(['d/new']);
    expect(pathsIn(stacked([file('d/old')], [gone('.wh.d'), file('d/new')]))).toEqual(['d/new']);
    expect(pathsIn(stacked([file('d/old')], [file('d/new'), gone('d/.wh..wh..opq')]))).toEqual(['d/new']);
  });

  it('hide all of a folder below', () => {
    const view = stacked([file('d/a'), file('d/e/b'), file('z')], [gone('d/.wh..wh..opq'), file('d/e/n')]);
    expect(pathsIn(view)).toEqual(['z', 'd/e/n']);
  });

  it('bring back what a layer between took away', () => {
    expect(text(stacked([file('a', '1')], [gone('.wh.a')], [file('a', '3')]), 'a')).toBe('3');
  });

  it('put a file in the place of a folder, and a folder in that of a file', () => {
    expect(pathsIn(stacked([file('d/x')], [file('d', 'file now')]))).toEqual(['d']);
    expect(pathsIn(stacked([file('d', 'file')], [file('d/x')]))).toEqual(['d/x']);
  });

  it('write through links to folders, as when they are unpacked', () => {
    const view = stacked(
      [folder('usr/lib'), { name: 'lib', type: '2', link: 'usr/lib' }],
      [file('lib/modules/6.12/config', 'C')],
    );
    expect(text(view, 'usr/lib/modules/6.12/config')).toBe('C');
    expect(text(view, 'lib/modules/6.12/config')).toBe('C');
  });

  it('know nothing of whiteouts in an archive that is no layer', () => {
    expect(pathsIn(viewIn(archive(tarOfFiles({ a: '1', '.wh.a': '' }))))).toEqual(['.wh.a', 'a']);
  });
});

describe('archives of images', () => {
  const layers = [
    tarOfFiles({ 'boot/config-6.12.0': 'CONFIG_A=y\n' }),
    tarOf([gone('boot/.wh.nothing'), file('etc/x')]),
  ];

  it.each([
    ['an OCI layout in a folder', () => layoutOf(ociLayout([{ layers }]))],
    ['an OCI layout with plain layers', () => layoutOf(ociLayout([{ layers }], { pack: false }))],
    ['an OCI layout in a tar', () => archive(tarOfFiles(ociLayout([{ layers }])))],
    ['docker save', () => archive(dockerSave(layers))],
    ['docker save, through gzip', () => archive(gzipSync(dockerSave(layers)))],
  ])('reads %s', (_, make) => {
    const files = opened(make());
    expect(files.kind).toBe('image');
    expect(files.places.map(({ platform }) => platform)).toEqual(['linux/amd64']);
    const view = files.places[0]?.open() as FileView;
    expect(pathsIn(view)).toEqual(['boot/config-6.12.0', 'etc/x']);
    expect(text(view, 'boot/config-6.12.0')).toBe('CONFIG_A=y\n');
  });

  it('follows links between the layers of an old docker save', () => {
    const layer = tarOfFiles({ a: 'x' });
    const entries = [
      file('one/layer.tar', ''),
      { name: 'two/layer.tar', type: '2', link: '../one/layer.tar' },
      file('manifest.json', JSON.stringify([{ Layers: ['one/layer.tar', 'two/layer.tar'] }])),
    ];
    expect(
      text(
        viewIn(
          archive(tarOf([{ ...entries[0], name: 'one/layer.tar', content: layer }, ...entries.slice(1)] as TarEntry[])),
        ),
        'a',
      ),
    ).toBe('x');
  });

  it('names each image of several by its platform, else by its name', () => {
    const two = layoutOf(ociLayout([{ layers }, { layers, architecture: 'arm64' }]));
    expect(opened(two).places.map(({ name }) => name.slice(two.length))).toEqual(['@linux/amd64', '@linux/arm64']);
    const other = [tarOfFiles({ other: '1' })];
    const named = layoutOf(
      ociLayout([
        { layers, reference: 'v1' },
        { layers: other, reference: 'v2' },
      ]),
    );
    expect(opened(named).places.map(({ name }) => name.slice(named.length))).toEqual(['@v1#1', '@v2#2']);
  });

  it.skipIf(!hasUmoci)('reads what umoci makes, with what was removed', () => {
    const at = temporaryFolder();
    const files = writeFiles(temporaryFolder(), {
      'boot/config-6.1.0': 'CONFIG_OLD=y\n',
      'boot/config-6.12.0': 'CONFIG_NEW=y\n',
    });
    run('umoci', ['init', '--layout', 'layout'], { cwd: at });
    run('umoci', ['new', '--image', 'layout:kernel'], { cwd: at });
    run('umoci', ['insert', '--rootless', '--image', 'layout:kernel', join(files, 'boot'), '/boot'], { cwd: at });
    run('umoci', ['insert', '--rootless', '--image', 'layout:kernel', '--whiteout', '/boot/config-6.1.0'], { cwd: at });
    const view = viewIn(join(at, 'layout'));
    expect(pathsIn(view)).toEqual(['boot/config-6.12.0']);
    expect(text(view, 'boot/config-6.12.0')).toBe('CONFIG_NEW=y\n');
  });

  it.skipIf(!hasSkopeo)('reads what skopeo makes of it: docker archives and OCI archives', () => {
    const layout = layoutOf(ociLayout([{ layers, reference: 'kernel' }]));
    for (const kind of ['docker-archive', 'oci-archive']) {
      const path = join(temporaryFolder(), 'image.tar');
      run('skopeo', ['copy', '--insecure-policy', `oci:${layout}:kernel`, `${kind}:${path}:kernel:latest`]);
      expect(text(viewIn(path), 'boot/config-6.12.0')).toBe('CONFIG_A=y\n');
    }
  });
});

describe('images that are not what they say', () => {
  const layer = tarOfFiles({ a: 'x' });
  const layout = () => ociLayout([{ layers: [layer] }]);
  const layerPath = (files: Record<string, Uint8Array>) =>
    Object.keys(files).find((path) => files[path]?.[0] === 0x1f) as string;

  it('holds every blob against its digest', () => {
    const files = layout();
    const path = layerPath(files);
    files[path] = gzipSync(tarOfFiles({ a: 'y' }));
    expect(faultIn(layoutOf(files))).toMatchObject({
      fault: 'bad-digest',
      message: expect.stringMatching(/^the layer sha256:[0-9a-f]{64} has the digest sha256:[0-9a-f]{64}$/),
      help: 'fetch or build it again; nothing of it can be trusted',
    });
  });

  it('says which layer is missing', () => {
    const files = layout();
    delete files[layerPath(files)];
    expect(faultIn(layoutOf(files))).toMatchObject({
      fault: 'missing',
      message: expect.stringMatching(/^the layer sha256:[0-9a-f]{64} is not in the archive$/),
    });
  });

  const withIndex = (index: unknown) => layoutOf({ ...layout(), 'index.json': JSON.stringify(index) });

  it.each<[string, unknown, string, RegExp]>([
    ['an index without images', { manifests: [] }, 'no-image', /^its index names no image$/],
    [
      'a digest that leads elsewhere',
      { manifests: [{ digest: 'sha256:../../../etc/passwd' }] },
      'bad-json',
      /is no digest$/,
    ],
    [
      'a manifest that is missing',
      { manifests: [{ digest: `sha256:${'0'.repeat(64)}` }] },
      'missing',
      /^the blob sha256:0{64} is not in the archive$/,
    ],
    ['no object at all', 7, 'bad-json', /^index\.json is not the JSON that belongs there$/],
  ])('refuses %s', (_, index, fault, message) => {
    expect(faultIn(withIndex(index))).toMatchObject({ fault, message: expect.stringMatching(message) });
  });

  it('refuses encrypted layers, and artifacts that are no images', () => {
    const of = (mediaType: string) => faultIn(layoutOf(ociLayout([{ layers: [layer], mediaType }])));
    expect(of('application/vnd.oci.image.layer.v1.tar+gzip+encrypted')).toMatchObject({ fault: 'unsupported' });
    expect(of('application/vnd.cncf.helm.chart.content.v1')).toMatchObject({ fault: 'no-image' });
  });

  it('refuses an index that holds itself', () => {
    const files: Record<string, Uint8Array> = { 'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}') };
    files['index.json'] = Buffer.from('{"manifests":[]}');
    expect(faultIn(layoutOf({ ...files, blobs: '' }))).toMatchObject({ fault: 'no-image' });
  });

  it('refuses what a Docker before 1.10 saved', () => {
    expect(faultIn(archive(tarOfFiles({ repositories: '{}', 'x/layer.tar': layer })))).toMatchObject({
      fault: 'unsupported',
      help: 'save it again with a Docker of today',
    });
  });

  it('gives up on a layer that unfolds without end', { timeout: 120_000 }, () => {
    // 5 GiB of zeros.
    const head = tarOf([{ name: 'zeros', size: 5 * 2 ** 30 }]).subarray(0, 512);
    const chunk = gzipSync(Buffer.alloc(1 << 26));
    const bomb = Buffer.concat([gzipSync(head), ...Array<Buffer>(80).fill(chunk)]);
    expect(faultIn(archive(dockerSave([bomb])))).toMatchObject({
      fault: 'too-large',
      message: expect.stringMatching(/unfolds to more than 4294967296 bytes$/),
      help: 'unpack it yourself and name the file',
    });
  });
});

describe('images that cost', { timeout: 120_000 }, () => {
  const image = (...layers: Buffer[]) => layoutOf(ociLayout([{ layers }]));
  const seconds = (work: () => void): number => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };

  it('whiteouts of the same folder, again and again', () => {
    const own = Array.from({ length: 5000 }, (_, i) => file(`d/${i}`, ''));
    const gones = Array.from({ length: 5000 }, () => [gone('.wh.d'), gone('d/.wh..wh..opq')]).flat();
    const path = image(tarOf([file('d/old', 'x')]), tarOf([...own, ...gones]));
    expect(seconds(() => expect(pathsIn(viewIn(path))).toHaveLength(5000))).toBeLessThan(10);
  });

  it('paths of two thousand folders each, all different', () => {
    const record = (text: string) => {
      const length = [...Array(5000).keys()].find((n) => n === Buffer.byteLength(`${n} ${text}\n`));
      return `${length} ${text}\n`;
    };
    const deep = Array.from({ length: 400 }, (_, i) => [
      { name: 'pax', type: 'x', content: record(`path=${i}/${'a/'.repeat(1990)}f`) },
      { name: 'x' },
    ]).flat();
    expect(faultIn(image(tarOf(deep)))).toMatchObject({
      fault: 'too-many-entries',
      message: 'it has more than 500000 files and folders',
      help: 'name an archive that holds the kernel alone',
    });
  });
});
