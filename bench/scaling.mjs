/**
 * Twice the input may take at most 2.5 times as long, for input that is made to hurt. Both sizes are measured in turn, many times, and
 * the least CPU time of each counts: whatever else the machine does makes runs longer, never shorter. What is over the bound is
 * measured on, up to ten times as long. The young generation is so large that neither size fills it: what only the larger one has to have
 * copied by the garbage collector is a step of two or three times, wherever it lies, and says nothing of how time grows.
 * Ends with "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import { loadTs } from '../scripts/load-ts.mjs';

const roomy = ['--min-semi-space-size=256', '--max-semi-space-size=256'];
if (!roomy.every((flag) => process.execArgv.includes(flag))) {
  const { status } = spawnSync(process.execPath, [...roomy, import.meta.filename], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const { parseConfig, settingsOf, linesOf } = await loadTs('src/config/document.ts');
const { createSource } = await loadTs('src/source.ts');
const { readYaml } = await loadTs('src/profiles/yaml.ts');
const { createFrames } = await loadTs('src/lsp/framing.ts');
const { compile, olddefconfig, model } = await loadTs('test/support/kconfig.ts');
const { checkText } = await loadTs('test/support/library.ts');
const { print } = await loadTs('test/support/reports.ts');
const { textReporter } = await loadTs('src/reporters/text.ts');
const { collidingName } = await loadTs('test/support/collisions.ts');

const read = (text) => {
  const document = parseConfig(createSource('x.config', text));
  for (const _ of settingsOf(document));
  for (const _ of linesOf(document));
};
const yaml = (text) => void readYaml(createSource('x.yaml', text));
const lines = (n, line) => Array.from({ length: n }, (_, i) => line(i)).join('');
const chain = (n) => lines(n, (i) => `config A${i}\n\tbool "a"\n${i > 0 ? `\tdepends on A${i - 1}\n` : ''}`);

/** The size to begin with, what is made of a size, what is done with it, and the size to end with where there is a limit. */
const generators = {
  'one symbol, again and again': [40_000, (n) => lines(n, (i) => `CONFIG_A=${i}\n`), read],
  'symbols that only their last letter tells apart': [
    20_000,
    (n) => lines(n, (i) => `CONFIG_${'A'.repeat(40)}${i}=y\n`),
    read,
  ],
  'symbols that were chosen for their hash': [
    8_000,
    (n) => lines(n, (i) => `CONFIG_${collidingName(i)}=y\n`),
    read,
    32_768,
  ],
  // Beyond the megabyte up to which WebAssembly scans, so that both sizes take the same way.
  'one endless line': [600_000, (n) => `CONFIG_A="${'\\"'.repeat(n)}"\n`, read],
  'a message of the language server in small pieces': [
    2_000,
    (n) => `Content-Length: ${n * 4096 + 2}\r\n\r\n"${'content- '.repeat(n * 456).slice(0, n * 4096)}"`,
    (text) => {
      const [bytes, take] = [Buffer.from(text), createFrames()];
      let messages = 0;
      for (let at = 0; at < bytes.length; at += 4096) messages += take(bytes.subarray(at, at + 4096)).length;
      if (messages !== 1) throw new Error(`${messages} messages`);
    },
  ],
  'lines that say nothing': [60_000, (n) => lines(n, () => 'nonsense =\r\n'), read],
  'comments that nearly are settings': [40_000, (n) => lines(n, (i) => `#  CONFIG_A${i} is not set\n`), read],
  'a printed report on one symbol, again and again': [
    1_500,
    (n) => lines(n, (i) => (i % 2 ? `CONFIG_A = ${i}\n` : `CONFIG_A=${i}\n`)),
    (text) => void print(textReporter, [checkText(text)], []),
  ],
  'a report on many faults': [1_500, (n) => lines(n, (i) => `CONFIG_X${i} = Y\n`), (text) => void checkText(text)],
  'keys of a mapping': [2_000, (n) => lines(n, (i) => `key${i}: value\n`), yaml],
  'a sequence in one line': [8_000, (n) => `a: [${lines(n, () => 'b, ')}]\n`, yaml],
  'a chain of dependencies': [120, chain, (text) => void model(text), 480],
  'values along a chain': [
    120,
    chain,
    (text, n) =>
      void olddefconfig(
        text,
        lines(n, (i) => `CONFIG_A${i}=y\n`),
      ),
    480,
  ],
  'selects of one symbol': [
    2_000,
    (n) => `config Z\n\tbool\n${lines(n, (i) => `config A${i}\n\tbool "a"\n\tselect Z\n`)}`,
    (text) => void olddefconfig(text, 'CONFIG_A1=y\n'),
  ],
  'members of a choice': [
    1_000,
    (n) => `choice\n\tprompt "c"\n${lines(n, (i) => `config A${i}\n\tbool "a"\n`)}endchoice\n`,
    (text) => void olddefconfig(text, 'CONFIG_A7=y\n'),
  ],
  'defaults of a choice': [
    1_000,
    (n) =>
      `choice\n\tprompt "c"\n${lines(n, (i) => `\tdefault A${i} if N\n`)}${lines(n, (i) => `config A${i}\n\tbool "a"\n`)}endchoice\n`,
    (text) => void olddefconfig(text, 'CONFIG_A7=y\n'),
  ],
  'members of a choice, each set': [
    1_000,
    (n) => `choice\n\tprompt "c"\n${lines(n, (i) => `config A${i}\n\tbool "a"\n`)}endchoice\n`,
    (text, n) =>
      void olddefconfig(
        text,
        lines(n, (i) => `CONFIG_A${i}=y\n`),
      ),
  ],
  'members of a choice that nobody sees': [
    1_000,
    (n) =>
      `config X\n\tbool "x"\nchoice\n\tprompt "c"\n${lines(n, (i) => `config A${i}\n\tbool "a"\n\tdepends on X\n`)}endchoice\n`,
    (text) => void olddefconfig(text, 'CONFIG_A7=y\n'),
  ],
  'faults in one Kconfig file': [
    2_000,
    (n) => lines(n, (i) => `config A${i}\n\tbool "a"\n\tdefault 7\n\trange 1 2\n`),
    (text) => void compile(text),
  ],
  'macros that name one another': [
    1_500,
    (n) => `m0 := x\n${lines(n, (i) => `m${i + 1} := $(m${i})\n`)}config A\n\tstring "$(m${n})"\n`,
    (text) => void compile(text),
  ],
  'nested conditions': [
    120,
    (n) => `${lines(n, (i) => `config A${i}\n\tbool "a"\nif A${i}\n`)}${'endif\n'.repeat(n)}`,
    (text) => void model(text),
    240,
  ],
  'symbols under the deepest conditions': [
    500,
    (n) =>
      `${lines(240, (i) => `config A${i}\n\tbool "a"\nif A${i}\n`)}${lines(n, (i) => `config B${i}\n\tbool "b"\n`)}${'endif\n'.repeat(240)}`,
    (text) => void model(text),
  ],
};

const bound = 2.5;
/** Milliseconds: runs are made as long as that, where the input has no limit, and measured for so much in all. */
const [shortest, patience] = [12, 400];

function millisecondsOf(action) {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The best time of each of two inputs, taken in turn until so much time is used. */
function bestOf(best, actions, milliseconds) {
  let used = 0;
  for (let i = 0; i < 5 || used < milliseconds; i++)
    actions.forEach((action, which) => {
      const time = millisecondsOf(action);
      used += time;
      best[which] = Math.min(best[which], time);
    });
  return best;
}

let [passed, failed] = [0, 0];
for (const [name, [start, make, act, most = start * 64]] of Object.entries(generators)) {
  let size = start;
  for (; size * 2 < most; size *= 2) {
    const text = make(size);
    if (Math.min(...[0, 0, 0].map(() => millisecondsOf(() => act(text, size)))) >= shortest) break;
  }
  const [small, large] = [make(size), make(size * 2)];
  const actions = [() => act(small, size), () => act(large, size * 2)];
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 5 && (round === 0 || best[1] / best[0] > bound); round++)
    bestOf(best, actions, patience * (1 + round));
  const [once, twice] = best;
  const ratio = twice / once;
  const holds = ratio <= bound;
  if (holds) passed++;
  else failed++;
  console.log(
    `${holds ? '✔' : '✖'} ${name}: ${size} → ${size * 2}, ${once.toFixed(1)} → ${twice.toFixed(1)} ms, ${ratio.toFixed(2)} × (at most ${bound})`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
