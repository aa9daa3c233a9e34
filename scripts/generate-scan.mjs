/** Makes src/config/scan.generated.ts, the bytes of the WebAssembly scan, of its source src/config/scan.wat. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './load-ts.mjs';
import { assemble } from './wat.mjs';

export function generateScan() {
  const bytes = [...assemble(readFileSync(join(root, 'src/config/scan.wat'), 'utf8'))];
  const lines = [];
  for (let at = 0; at < bytes.length; at += 32) lines.push(`  ${bytes.slice(at, at + 32).join(',')},`);
  const text = `// Made of scan.wat by scripts/generate-scan.mjs.\nexport const scanModule: readonly number[] = [\n${lines.join('\n')}\n];\n`;
  return new Map([['src/config/scan.generated.ts', text]]);
}
