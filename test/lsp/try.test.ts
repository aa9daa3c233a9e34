import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startClient } from '../support/lsp.ts';
it('tries', async () => {
  const text = readFileSync('fixtures/real/linux-x86_64-6.12.config','utf8');
  const c = await startClient({ settings: { profiles: ['firecracker-guest'] }, files: {'a.config': text} });
  let t=performance.now();
  const d = await c.open('a.config', text);
  console.log(d.length, d.slice(0,2), performance.now()-t, c.messages);
  for (let i=0;i<5;i++){ t=performance.now();
  const e = await c.retype('a.config', text.replace('CONFIG_PSI=y','CONFIG_PSI=n')+'\n'.repeat(i));
  console.log(e.length, performance.now()-t);}
  expect(await c.stop()).toBe(0);
});
