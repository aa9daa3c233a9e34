/** Holds the import lines of src/ against the layers of ARCHITECTURE.md. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/corpus.ts';

/** Layer of a module by the start of its path in src/; modules of one layer may use each other only where `friends` says so. */
const layers: readonly (readonly [prefix: string, layer: number])[] = [
  ['source.ts', 0],
  ['target.ts', 0],
  ['finding.ts', 0],
  ['host.ts', 0],
  ['invisible.ts', 0],
  ['suggest.ts', 0],
  ['version.ts', 0],
  ['wildcard.ts', 0],
  ['traits.ts', 0],
  ['run-mark.ts', 0],
  ['config/', 1],
  ['kconfig/', 1],
  ['artifacts/', 1],
  ['profiles/', 2],
  ['checks/', 2],
  ['waivers/', 2],
  ['boot-checks/', 2],
  ['fix/', 3],
  ['shards/', 3],
  ['lint.ts', 3],
  ['reporters/', 4],
  ['project/', 5],
  ['cli/', 6],
  ['action/', 6],
  ['lsp/', 6],
  ['node-host.ts', 6],
  ['node-replace.ts', 6],
  ['node-kernel-host.ts', 6],
  ['node-git-host.ts', 6],
  ['node-zlib.ts', 6],
  ['node-archive-host.ts', 6],
  ['node-watch.ts', 6],
  ['node-result-store.ts', 6],
  ['node-threads.ts', 6],
  ['node-tuning.ts', 6],
  ['api.ts', 6],
];

/** Packages that each layer may use. */
const packages: Readonly<Record<number, readonly string[]>> = {
  2: ['yaml'],
  4: ['picocolors'],
  6: [
    'yargs',
    'fast-glob',
    'diff',
    'picocolors',
    'vscode-languageserver',
    'vscode-languageserver-protocol/node',
    'vscode-languageserver-textdocument',
  ],
};

function placeOf(path: string): { prefix: string; layer: number } {
  const found = layers.find(([prefix]) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)));
  if (found === undefined) throw new Error(`src/${path} stands in no layer`);
  return { prefix: found[0], layer: found[1] };
}

/** What is wrong with the imports of one file. */
function faultsOf(path: string, text: string): string[] {
  const from = placeOf(path);
  const faults: string[] = [];
  for (const [, name] of text.matchAll(/^(?:import|export)\b[^;'"]*?from\s*'([^']+)'|^import '([^']+)'/gm)) {
    const specifier = name as string;
    if (specifier.startsWith('.')) {
      const to = placeOf(normalize(join(dirname(path), specifier)));
      // The hosts on Node are one part in several files.
      const own = from.prefix === to.prefix || [from, to].every(({ prefix }) => prefix.startsWith('node-'));
      const below =
        to.layer < from.layer && (from.layer !== 4 || to.layer === 0) && !(from.layer === 5 && to.layer === 4);
      if (
        !own &&
        !below &&
        !(from.layer === 0 && to.layer === 0) &&
        !/^(?:cli\/|action\/|api\.ts)node-[\w-]+\.ts$/.test(from.prefix + to.prefix)
      ) {
        faults.push(`src/${path} (layer ${from.layer}) imports ${specifier} (layer ${to.layer})`);
      }
    } else if (specifier.startsWith('node:')) {
      if (from.layer !== 6) faults.push(`src/${path} (layer ${from.layer}) imports ${specifier}`);
    } else if (!(packages[from.layer] ?? []).includes(specifier)) {
      faults.push(`src/${path} (layer ${from.layer}) imports the package ${specifier}`);
    }
  }
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'/g, '');
  if (from.layer !== 6 && /\b(?:process|console|Buffer)\b\s*\./.test(code)) faults.push(`src/${path} uses Node itself`);
  return faults;
}

function sourcesIn(folder: string, prefix = ''): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesIn(path, `${prefix}${name}/`);
    return name.endsWith('.ts') && !name.includes('.generated.') ? [`${prefix}${name}`] : [];
  });
}

describe('the layers', () => {
  const files = sourcesIn(join(root, 'src'));

  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(40);
  });

  it.each(files)('src/%s imports only what its layer may', (path) => {
    expect(faultsOf(path, readFileSync(join(root, 'src', path), 'utf8'))).toEqual([]);
  });

  it('finds what is planted', () => {
    expect(faultsOf('config/scan.ts', "import { x } from '../profiles/load.ts';")).toHaveLength(1);
    expect(faultsOf('checks/a.ts', "import { x } from '../profiles/load.ts';")).toHaveLength(1);
    expect(faultsOf('reporters/a.ts', "import { x } from '../config/scan.ts';")).toHaveLength(1);
    expect(faultsOf('lint.ts', "import { x } from 'node:fs';")).toHaveLength(1);
    expect(faultsOf('lint.ts', "import {\n  x,\n} from 'yargs';")).toHaveLength(1);
    expect(faultsOf('project/read.ts', 'process.exit(1);')).toHaveLength(1);
    expect(faultsOf('project/read.ts', "import { x } from '../lint.ts';\n// process.exit is banned")).toEqual([]);
  });
});
