/** Code blocks of a documentation page by the name in the comment before them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './corpus.ts';

export function snippetsOf(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.matchAll(/<!-- snippet: (\S+) -->\n\n```\w+\n([\s\S]*?)```/g);
  return new Map([...blocks].map(([, name, code]) => [name as string, code as string]));
}
