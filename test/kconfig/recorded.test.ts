/** Complete configs as their kernel recorded them: the short answer to whether all is kept agrees with the long one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { effectiveSettings, effectiveValues, parseConfigText } from '../../src/config/document.ts';
import {
  decodeModel,
  findLosses,
  type ModelFile,
  readRecorded,
  resolveConfig,
  type Wanted,
} from '../../src/kconfig/index.ts';
import { createRandom } from '../conformance/generate.ts';
import { root } from '../support/corpus.ts';

const load = (name: string): ModelFile =>
  decodeModel(brotliDecompressSync(readFileSync(join(root, 'models', `${name}.kmodel`))));

const wantedIn = (text: string): Wanted[] =>
  [...effectiveValues(parseConfigText(text, '.config', { kind: 'complete' }))].map(([symbol, value]) => ({
    symbol,
    value,
  }));

/** The config with some of its lines changed, turned off or left out. */
function mutate(text: string, random: () => number, times: number): string {
  const lines = text.split('\n');
  for (let k = 0; k < times; k++) {
    const at = Math.floor(random() * lines.length);
    const name = /CONFIG_(\w+)[= ]/.exec(lines[at] as string)?.[1];
    if (name === undefined) continue;
    const spelled = [`CONFIG_${name}=y`, `CONFIG_${name}=m`, `# CONFIG_${name} is not set`, `CONFIG_${name}=70000`, ''];
    lines[at] = spelled[Math.floor(random() * spelled.length)] as string;
  }
  return lines.join('\n');
}

describe.each(['5.10-x86_64', '6.1-arm64', '6.12-x86_64', '7.3-arm'])('%s', (name) => {
  const file = load(name);
  const [toolchain = ''] = Object.keys(file.toolchains);
  const complete = resolveConfig({
    models: [file],
    base: { kind: 'named', name: 'defconfig' },
    fragments: [],
    toolchain,
    output: 'config',
  }).text;

  it('keeps its own defconfig', () => {
    expect(readRecorded([file], complete).keeps(wantedIn(complete))).toBe(true);
  });

  it('keeps what has no losses, and nothing else', () => {
    const random = createRandom(11);
    let kept = 0;
    for (let i = 0; i < 24; i++) {
      const text = mutate(complete, random, i % 3 === 0 ? 1 : i);
      const wanted = wantedIn(text);
      const { keeps, resolved } = readRecorded([file], text);
      const [evaluation] = resolved.evaluations;
      const losses = findLosses(evaluation as NonNullable<typeof evaluation>, wanted);
      const isKept = losses.every(({ reason }) => reason === 'unknown-symbol');
      // A value out of range is looked at in full, whatever comes of it.
      if (keeps(wanted)) {
        expect(isKept).toBe(true);
        kept++;
      } else if (!text.includes('=70000')) expect(isKept).toBe(false);
    }
    expect(kept).toBeGreaterThan(0);
  });
});

it('values of settings are those that the settings have', () => {
  const text = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
  const odd = 'CONFIG_A="a \\"b\\""\nCONFIG_B=n\nCONFIG_B=y\nCONFIG_C=0x10\n# CONFIG_D is not set\nCONFIG_E=\n';
  for (const each of [text, odd]) {
    const document = parseConfigText(each, '.config', { kind: 'complete' });
    const values = [...effectiveSettings(document)].map(([symbol, setting]) => [
      symbol,
      setting.kind === 'set' ? setting.value : 'n',
    ]);
    expect([...effectiveValues(document)]).toEqual(values);
  }
});
