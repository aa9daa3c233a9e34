/**
 * Twice the input may take at most 2.5 times as long, for input that is made to hurt. CPU time of the same process, the best of several
 * runs in turn, so that a busy machine makes no difference. Ends with "N passed, N failed".
 */
import { loadTs } from '../scripts/load-ts.mjs';

const { parseConfig, settingsOf, linesOf } = await loadTs('src/config/document.ts');
const { createSource } = await loadTs('src/source.ts');
const { readYaml } = await loadTs('src/profiles/yaml.ts');
const { compile, olddefconfig, model } = await loadTs('test/support/kconfig.ts');
const { checkText } = await loadTs('test/support/library.ts');

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
  'one endless line': [400_000, (n) => `CONFIG_A="${'\\"'.repeat(n)}"\n`, read],
  'lines that say nothing': [60_000, (n) => lines(n, () => 'nonsense =\r\n'), read],
  'comments that nearly are settings': [40_000, (n) => lines(n, (i) => `#  CONFIG_A${i} is not set\n`), read],
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
  'macros that name one another': [
    1_500,
    (n) => `m0 := x\n${lines(n, (i) => `m${i + 1} := $(m${i})\n`)}config A\n\tstring "$(m${n})"\n`,
    (text) => void compile(text),
  ],
  'nested conditions': [
    120,
    (n) => `${lines(n, (i) => `if A${i}\nconfig A${i}\n\tbool "a"\n`)}${'endif\n'.repeat(n)}`,
    (text) => void compile(text),
  ],
};

function cpu(action) {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

let [passed, failed] = [0, 0];
for (const [name, [start, make, act, most = start * 64]] of Object.entries(generators)) {
  let size = start;
  // Long enough to measure.
  for (; size < most && cpu(() => act(make(size), size)) < 15_000; ) size *= 2;
  const [small, large] = [make(size), make(size * 2)];
  let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < 7; i++) {
    once = Math.min(
      once,
      cpu(() => act(small, size)),
    );
    twice = Math.min(
      twice,
      cpu(() => act(large, size * 2)),
    );
  }
  const ratio = twice / once;
  const holds = ratio <= 2.5;
  if (holds) passed++;
  else failed++;
  console.log(
    `${holds ? '✔' : '✖'} ${name}: ${size} → ${size * 2}, ${(once / 1000).toFixed(1)} → ${(twice / 1000).toFixed(1)} ms, ${ratio.toFixed(2)} × (at most 2.5)`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
