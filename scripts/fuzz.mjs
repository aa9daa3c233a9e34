/**
 * Fuzzing: mutates real input and holds every reader to its promise: a result or an error of its own, in time, in bounded memory.
 * Usage: node scripts/fuzz.mjs [--seconds 60] [--target NAME]… [--seed N]. What brings a reader down is written to test/fuzz/crashes,
 * from where the tests replay it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';

const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((word, i) => (word === name ? [args[i + 1]] : []));
const seconds = Number(valuesOf('--seconds')[0] ?? 60);
const seed = Number(valuesOf('--seed')[0] ?? Date.now() % 1e9);
const limits = { milliseconds: 50, per: 65536, heap: 256 * 1024 * 1024, size: 65536 };

const [job] = valuesOf('--job');
if (job !== undefined) await work(job);
else await conduct();

/** Small, fast, and the same for the same seed (mulberry32). */
function randomFrom(start) {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One to eight changes: bits, bytes, words of the language, pieces taken out, doubled, moved, or from another seed. */
function mutate(bytes, seeds, words, random) {
  let at = Buffer.from(bytes);
  for (let n = 1 + random(8); n > 0; n--) {
    const place = random(at.length + 1);
    const length = random(Math.min(64, at.length - place) + 1);
    const cut = (piece) => Buffer.concat([at.subarray(0, place), piece, at.subarray(place + length)]);
    switch (random(9)) {
      case 0:
        if (place < at.length) at[place] ^= 1 << random(8);
        break;
      case 1:
        if (place < at.length) at[place] = random(256);
        break;
      case 2:
        at = cut(Buffer.alloc(0));
        break;
      case 3:
        at = Buffer.concat([at.subarray(0, place), at.subarray(place, place + length), at.subarray(place)]);
        break;
      case 4: {
        const other = seeds[random(seeds.length)];
        const from = random(other.length + 1);
        at = cut(other.subarray(from, from + random(256)));
        break;
      }
      case 5:
        at = at.subarray(0, place);
        break;
      case 6:
        if (words.length > 0)
          at = cut(Buffer.from(words[random(words.length)].repeat(random(20) === 0 ? 1 + random(500) : 1)));
        break;
      case 7:
        if (place + 4 <= at.length) at.writeUInt32LE([0, 1, 0x7fffffff, 0x80000000, 0xffffffff][random(5)], place);
        break;
      default:
        if (words.length > 0)
          at = Buffer.concat([at.subarray(0, place), Buffer.from(words[random(words.length)]), at.subarray(place)]);
    }
    if (at.length > limits.size) at = at.subarray(0, limits.size);
  }
  return at;
}

/** One target in this process, until the time is over; the last line is its result as JSON. */
async function work(name) {
  const { targets } = await loadTs('test/fuzz/targets.ts');
  const target = targets.find((each) => each.name === name);
  const seeds = target.seeds(root).map((bytes) => Buffer.from(bytes));
  const random = randomFrom(seed ^ parseInt(createHash('sha1').update(name).digest('hex').slice(0, 8), 16));
  const end = Date.now() + seconds * 1000;
  const found = new Map();
  let runs = 0;
  const fails = (bytes) => {
    const start = process.cpuUsage();
    try {
      target.run(bytes);
    } catch (error) {
      return {
        kind: 'throws',
        message: String(error?.stack ?? error)
          .split('\n')
          .slice(0, 3)
          .join(' | '),
      };
    }
    const used = process.cpuUsage(start);
    const milliseconds = (used.user + used.system) / 1000;
    const allowed = (target.milliseconds ?? limits.milliseconds) * Math.max(1, bytes.length / limits.per);
    return milliseconds > allowed
      ? { kind: 'slow', message: `${milliseconds.toFixed(0)} ms for ${bytes.length} bytes` }
      : undefined;
  };
  // Cold code is slow code.
  const warm = Date.now() + Math.min(5000, seconds * 250);
  for (let i = 0; i < 200 && Date.now() < warm; i++) fails(seeds[i % seeds.length]);
  while (Date.now() < end) {
    const bytes = mutate(seeds[random(seeds.length)], seeds, target.words, random);
    // Node lets go of an unpacker that has failed only when the event loop turns.
    if (runs % 64 === 0) await new Promise(setImmediate);
    if (runs % 64 === 0 && process.memoryUsage().heapUsed > limits.heap) globalThis.gc?.();
    runs++;
    let wrong = fails(bytes);
    // The machine may have been busy, or have collected garbage: only what is slow three times is slow.
    for (let i = 0; wrong?.kind === 'slow' && i < 3; i++) wrong = fails(bytes);
    if (wrong !== undefined && found.size < 20) {
      const key = wrong.kind === 'slow' ? 'slow' : wrong.message.replace(/\d+/g, 'N');
      if (!found.has(key)) found.set(key, { ...wrong, bytes: bytes.toString('base64') });
    }
  }
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  if (heap > limits.heap)
    found.set('heap', { kind: 'memory', message: `${heap >> 20} MiB are held after ${runs} runs`, bytes: '' });
  console.log(JSON.stringify({ name, runs, found: [...found.values()] }));
}

async function conduct() {
  const { targets } = await loadTs('test/fuzz/targets.ts');
  const chosen = valuesOf('--target');
  const queue = targets.map(({ name }) => name).filter((name) => chosen.length === 0 || chosen.includes(name));
  let [passed, failed] = [0, 0];
  console.log(`seed ${seed}, ${seconds} s a target`);
  const next = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const { status, out, err } = await child(name);
      const line = out.trim().split('\n').at(-1) ?? '';
      const result = line.startsWith('{') ? JSON.parse(line) : undefined;
      const found = result?.found ?? [
        { kind: 'abort', message: `ended with ${status}: ${err.slice(-300)}`, bytes: '' },
      ];
      console.log(`${found.length === 0 ? '✔' : '✖'} ${name}: ${result?.runs ?? 'an unknown number of'} runs`);
      if (found.length === 0) passed++;
      else failed++;
      for (const { kind, message, bytes } of found) console.log(`  ${kind}: ${message}${keep(name, bytes)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function child(name) {
  const words = [
    '--expose-gc',
    new URL(import.meta.url).pathname,
    '--job',
    name,
    '--seconds',
    String(seconds),
    '--seed',
    String(seed),
  ];
  return new Promise((resolve) => {
    const started = spawn(process.execPath, words, { cwd: root });
    let [out, err] = ['', ''];
    started.stdout.on('data', (data) => {
      out += data;
    });
    started.stderr.on('data', (data) => {
      err += data;
    });
    started.on('close', (code, signal) => resolve({ status: code ?? signal, out, err }));
  });
}

function keep(name, bytes) {
  if (bytes === '') return '';
  const content = Buffer.from(bytes, 'base64');
  const path = join('test/fuzz/crashes', `${name}-${createHash('sha1').update(content).digest('hex').slice(0, 10)}`);
  mkdirSync(join(root, 'test/fuzz/crashes'), { recursive: true });
  writeFileSync(join(root, path), content);
  return ` (${path}, ${readFileSync(join(root, path)).length} bytes)`;
}
