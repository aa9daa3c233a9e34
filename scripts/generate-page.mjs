/** Makes src/reporters/page.generated.ts: style and script of the HTML reports as strings, with the hashes that their policy names. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { root } from './load-ts.mjs';

const folder = 'src/reporters/page';

function part(name, file, loader) {
  const source = readFileSync(join(root, folder, file), 'utf8');
  const { code } = transformSync(source, { loader, minify: true, target: ['chrome109', 'firefox115', 'safari16'] });
  const text = code.trim();
  // It could end its element, or open a comment in which the element's end is not seen.
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`${file} cannot stand in a page`);
  const hash = `sha256-${createHash('sha256').update(text).digest('base64')}`;
  return `export const ${name} =\n  ${JSON.stringify(text)};\nexport const ${name}Hash = '${hash}';\n`;
}

export function generatePage() {
  const head = `/** Made by scripts/generate-page.mjs from ${folder}/. */\n`;
  return new Map([
    ['src/reporters/page.generated.ts', head + part('style', 'style.css', 'css') + part('script', 'script.js', 'js')],
  ]);
}
