/**
 * The reading of configs out of kernel images against `cat` and the format's own tool, which are told where to look. CPU time of fresh
 * processes; the start of Node itself, which no reading can make faster, is left out.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { atMost, env, interleave, median, ms, times } from './measure.mjs';

const config = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'));
const has = (tool) => spawnSync(tool, ['--version']).error === undefined;

/** What a fresh process takes from opening an image to having its config: seconds of CPU, and its memory in MB. */
function reading(image) {
  const script = `
    require('node:v8').setFlagsFromString('--no-opt');
    const fs = require('node:fs');
    const before = process.cpuUsage();
    const { readPacked, findEmbedded } = require(${JSON.stringify(join(root, 'dist/artifacts.cjs'))});
    const fd = fs.openSync(process.argv[1]);
    const found =
      findEmbedded((at, into) => fs.readSync(fd, into, 0, into.length, at)) ?? readPacked(fs.readFileSync(process.argv[1]));
    const { user, system } = process.cpuUsage(before);
    // The high-water mark of this process; what resourceUsage() says starts with that of the parent.
    const peak = /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1] ?? NaN;
    console.log(JSON.stringify([(user + system) / 1e6, found.bytes.length, peak / 1024]));`;
  const { stdout } = spawnSync(process.execPath, ['-e', script, image], { env, encoding: 'utf8' });
  const [cpu, length, rss] = JSON.parse(stdout);
  if (length !== config.length) throw new Error(`${image}: the config has ${length} bytes instead of ${config.length}`);
  return { cpu, rss };
}

/** The images, each with the command that reads it. */
async function makeImages(folder, report) {
  const { bzImage, vmlinux, withSize, zbootImage } = await loadTs('test/support/images.ts');
  // A program's code and data, of which Node's own executable has enough.
  const code = readFileSync(process.execPath).subarray(8 << 20, (8 << 20) + (30 << 20));
  const kernel = vmlinux({ config, filler: code });
  const images = [];
  const add = (name, bytes, at, tool) => {
    const path = join(folder, name.replaceAll(/\W/g, '-'));
    writeFileSync(path, bytes);
    images.push({ name, path, tool, command: `cat ${path} >/dev/null; tail -c +${at + 1} ${path} | ${tool}` });
  };
  const wrapped = (name, wrap, tool, args, unpack) => {
    if (!has(tool)) return report.skip(`${name}, because ${tool} is not installed`);
    const packed = execFileSync(tool, [...args, '-c'], { input: kernel, maxBuffer: 1 << 30 });
    const image = wrap(tool === 'gzip' ? packed : withSize(packed, kernel.length), tool);
    add(name, image, image.indexOf(packed.subarray(0, 64)), unpack);
  };
  add('vmlinux of 60 MB', kernel, kernel.indexOf('IKCFG_ST') + 8, 'gzip -dc');
  wrapped('Image.gz', (bytes) => bytes, 'gzip', ['-6'], 'gzip -dc');
  wrapped('bzImage, lz4', bzImage, 'lz4', ['-l', '-q'], 'lz4 -dc');
  wrapped('bzImage, zstd', bzImage, 'zstd', ['-3', '-q'], 'zstd -dc');
  wrapped(
    'zboot, xz',
    zbootImage,
    'xz',
    ['-1', '--check=crc32', '--x86', '--lzma2=preset=1'],
    'xz -dc --single-stream',
  );
  return images;
}

export async function measureImages(report, { folder, rounds }) {
  report.section(
    'Kernel images',
    'From opening an image to having the text of its config, without the start of Node, against `cat` and the tool of the format, which is told where to look.',
  );
  const images = await makeImages(folder, report);
  images.forEach(({ name, path, tool, command }, i) => {
    const theirs = { runs: [{ argv: ['bash', '-c', command] }], statuses: [0, 1, 2, 141] };
    const pairs = Array.from({ length: rounds.other }, () => [reading(path), interleave([theirs], 1, 0)[0][0]]);
    const value = median(pairs.map(([ours, { cpu }]) => ours.cpu / cpu));
    const peak = Math.max(...pairs.map(([{ rss }]) => rss));
    report.row({
      what: `${name}, against cat and ${tool.split(' ')[0]}`,
      ours: ms(median(pairs.map(([{ cpu }]) => cpu))),
      theirs: ms(median(pairs.map(([, { cpu }]) => cpu))),
      measured: `${times(value)}, ${Math.round(peak)} MB`,
      ...atMost(value, '×', { gate: i === 0 ? 9 : 15 }),
      goal: `${i === 0 ? '≤ 3 ×, ' : ''}< 300 MB`,
      holds: (i > 0 || value <= 3) && peak < 300,
    });
  });
}
