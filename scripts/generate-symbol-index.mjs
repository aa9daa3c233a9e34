/** Makes models/symbols.index from the shipped models: which symbol is in which of them. Compared by its text, for packers differ. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { loadTs, root } from './load-ts.mjs';

const path = 'models/symbols.index';

/** Names in `stale` what differs, and writes it unless `check`. */
export async function generateSymbolIndex(check, stale) {
  const { decodeModel, isDefined, writeSymbolIndex } = await loadTs('src/kconfig/index.ts');
  const models = new Map();
  const names = (await readdir(join(root, 'models'))).filter((name) => name.endsWith('.kmodel')).sort();
  for (const name of names) {
    const { model } = decodeModel(brotliDecompressSync(await readFile(join(root, 'models', name))));
    const symbols = model.symbols.names.filter((symbol, id) => isDefined(model, id) && /^[A-Za-z0-9_]+$/.test(symbol));
    models.set(name.replace(/\.kmodel$/, ''), symbols);
  }
  const text = writeSymbolIndex(models);
  const old = await readFile(join(root, path)).then(
    (bytes) => brotliDecompressSync(bytes).toString('latin1'),
    () => undefined,
  );
  if (old === text) return;
  stale.push(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
  if (!check) await writeFile(join(root, path), brotliCompressSync(Buffer.from(text, 'latin1'), { params }));
}
