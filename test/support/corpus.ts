/** Real configs that lie beside the repository, where they do; tests over them skip loudly where they do not. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '../shared/corpus');

export const hasCorpus = existsSync(folder);
if (!hasCorpus) console.warn(`SKIPPED: tests over real configs, because ${folder} is not there`);

function filesIn(path: string): string[] {
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const child = join(path, name);
      return statSync(child).isDirectory() ? filesIn(child) : name === 'README.md' ? [] : [child];
    });
}

/** Paths relative to the folder of the corpus. */
export const corpusFiles: readonly string[] = hasCorpus
  ? filesIn(folder).map((path) => path.slice(folder.length + 1))
  : [];

export function corpusPath(name: string): string {
  return join(folder, name);
}
