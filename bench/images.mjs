/**
 * Measures the reading of configs out of kernel images against `cat` and the format's own tool, which are told where to look. CPU time
 * of fresh processes; the start of Node itself, which no reading can make faster, is left out and printed apart.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 7);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-bench-'));
const { bzImage, vmlinux, withSize, zbootImage } = await loadTs('test/support/images.ts');
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds of CPU that a shell command takes, its children too. */
function shell(command) {
  const script = 'TIMEFORMAT="%3U %3S"; { time bash -c "$0" >/dev/null 2>/dev/null; } 2>&1; true';
  const [user, system] = execFileSync('bash', ['-c', script, command], { env, encoding: 'utf8' }).trim().split(/\s+/);
  return (Number(user) + Number(system)) * 1000;
}

/** What a fresh process takes from opening an image to having its config, in milliseconds of CPU, and its memory in MB. */
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
    console.log(JSON.stringify([(user + system) / 1000, found.bytes.length, peak / 1024]));`;
  const { stdout } = spawnSync(process.execPath, ['-e', script, image], { env, encoding: 'utf8' });
  const [time, length, memory] = JSON.parse(stdout);
  if (length !== config.length) throw new Error(`${image}: the config has ${length} bytes instead of ${config.length}`);
  return { time, memory };
}

const has = (tool) => spawnSync(tool, ['--version']).error === undefined;
const config = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'));
// A program's code and data, of which Node's own executable has enough.
const code = readFileSync(process.execPath).subarray(8 << 20, (8 << 20) + (30 << 20));
const kernel = vmlinux({ config, filler: code });

/** The first one is what the goal is about; of the packed ones the unpacking is compared with programs in C. */
const images = [];
const add = (name, bytes, at, tool) => {
  const path = join(folder, name.replaceAll(/\W/g, '-'));
  writeFileSync(path, bytes);
  images.push({ name, path, at, tool });
};
const pack = (tool, ...args) => execFileSync(tool, [...args, '-c'], { input: kernel, maxBuffer: 1 << 30 });
const payloadAt = (image, payload) => image.indexOf(payload.subarray(0, 64));
const wrapped = (name, wrap, tool, args, unpack) => {
  if (!has(tool)) return console.log(`SKIPPED: ${name}, because ${tool} is not installed`);
  const packed = pack(tool, ...args);
  const image = wrap(tool === 'gzip' ? packed : withSize(packed, kernel.length), tool);
  add(name, image, payloadAt(image, packed), unpack);
};

add('vmlinux of 60 MB', kernel, kernel.indexOf('IKCFG_ST') + 8, 'gzip -dc');
wrapped('Image.gz', (bytes) => bytes, 'gzip', ['-6'], 'gzip -dc');
wrapped('bzImage, lz4', bzImage, 'lz4', ['-l', '-q'], 'lz4 -dc');
wrapped('bzImage, zstd', bzImage, 'zstd', ['-3', '-q'], 'zstd -dc');
wrapped('zboot, xz', zbootImage, 'xz', ['-1', '--check=crc32', '--x86', '--lzma2=preset=1'], 'xz -dc --single-stream');

let failed = false;
const start = median(Array.from({ length: runs }, () => shell(`${process.execPath} -e 0`)));
console.log(`Node ${process.version}, ${runs} runs, CPU time; to start Node takes ${start.toFixed(0)} ms\n`);
for (const { name, path, at, tool } of images) {
  const command = `cat ${path} >/dev/null; tail -c +${at + 1} ${path} | ${tool}`;
  const [mine, theirs, memory] = [[], [], []];
  for (let i = 0; i < runs; i++) {
    const { time, memory: used } = reading(path);
    mine.push(time);
    memory.push(used);
    theirs.push(shell(command));
  }
  const ratio = median(mine.map((time, i) => time / theirs[i]));
  const peak = Math.max(...memory);
  const goal = name === images[0].name ? 3 : Number.POSITIVE_INFINITY;
  const holds = ratio <= goal && peak < 300;
  failed ||= !holds;
  console.log(
    `${holds ? '✔' : '✖'} ${name}: ${median(mine).toFixed(0)} ms, ${ratio.toFixed(2)} × cat and ${tool.split(' ')[0]} (${goal === 3 ? 'goal ≤ 3' : 'no goal'}), ${peak.toFixed(0)} MB (goal < 300)`,
  );
}
rmSync(folder, { recursive: true, force: true });
if (failed) process.exitCode = 1;
