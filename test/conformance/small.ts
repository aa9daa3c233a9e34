/** Small random trees, put to the kernel's conf and to the engine. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AllMode,
  allConfig,
  compileKconfig,
  type Dialect,
  listNew,
  loadConfig,
  writeConfig,
  writeDefconfig,
} from '../../src/kconfig/index.ts';
import { type GeneratedCase, generateCase } from './generate.ts';

const smallModes = [
  'olddefconfig',
  'listnewconfig',
  'savedefconfig',
  'allnoconfig',
  'allyesconfig',
  'allmodconfig',
  'alldefconfig',
] as const;
type SmallMode = (typeof smallModes)[number];

export interface SmallCase {
  readonly made: GeneratedCase;
  readonly mode: SmallMode;
}

/** The same for the same seed. */
export function smallCase(seed: number, classic: boolean): SmallCase {
  return { made: generateCase(seed, classic), mode: smallModes[seed % smallModes.length] as SmallMode };
}

export const kconfigOf = ({ blocks }: GeneratedCase, dialect: Dialect): string =>
  `${blocks.join('\n').replace('@modules@', dialect.keywords.option ? 'option modules' : 'modules')}\n`;

/** What conf makes of each, or `refused`. */
export function confOnSmall(batch: readonly SmallCase[], dialect: Dialect, conf: string, scratch: string): string[] {
  const root = join(scratch, 'small');
  rmSync(root, { recursive: true, force: true });
  let script = '';
  for (const [i, { made, mode }] of batch.entries()) {
    const folder = join(root, String(i));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'Kconfig'), kconfigOf(made, dialect));
    writeFileSync(join(folder, '.config'), `${made.config.join('\n')}\n`);
    script += `cd '${folder}'; '${conf}' --${mode === 'savedefconfig' ? 'savedefconfig=saved' : mode} Kconfig >out 2>err </dev/null; echo $? >status\n`;
  }
  spawnSync('sh', ['-c', script]);
  return batch.map(({ mode }, i) => {
    const folder = join(root, String(i));
    if (readFileSync(join(folder, 'status'), 'utf8').trim() !== '0') return 'refused';
    return readFileSync(
      join(folder, mode === 'listnewconfig' ? 'out' : mode === 'savedefconfig' ? 'saved' : '.config'),
      'utf8',
    );
  });
}

/** What the engine makes of it. */
export function engineOnSmall({ made, mode }: SmallCase, dialect: Dialect): string {
  const text = kconfigOf(made, dialect);
  const { model } = compileKconfig({
    path: 'Kconfig',
    read: (path) => (path === 'Kconfig' ? text : undefined),
    dialect,
    answer: () => '',
    environment: () => undefined,
    release: '',
    arch: '',
  });
  if (model === undefined) return 'refused';
  if (mode.startsWith('all'))
    return writeConfig(allConfig(model, [], mode.replace('config', '') as AllMode).evaluation, []);
  const { evaluation } = loadConfig(model, [], `${made.config.join('\n')}\n`);
  if (mode === 'olddefconfig') return writeConfig(evaluation, []);
  return mode === 'listnewconfig' ? listNew(evaluation) : writeDefconfig(evaluation);
}
