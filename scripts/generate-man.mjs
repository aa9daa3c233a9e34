/** Makes man/kconfig-lint.1 from the commands and their options. */
import { loadTs } from './load-ts.mjs';

export async function generateMan() {
  const { commands } = await loadTs('src/cli/run.ts');
  const { manPage } = await loadTs('src/cli/man.ts');
  const { version } = await loadTs('src/cli/version.ts');
  return new Map([['man/kconfig-lint.1', manPage(commands, version)]]);
}
