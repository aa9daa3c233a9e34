/** What a repair makes of a file, where that changes how its bytes are read. */
import { expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseConfig } from '../../src/config/document.ts';
import { fixFile } from '../../src/project/fix-file.ts';
import { createSource } from '../../src/source.ts';

/** Of a file that is read byte by byte. */
function repaired(bytes: string) {
  const document = parseConfig(createSource('.config', bytes, 'latin1'), { kind: 'fragment' });
  return fixFile(document, {}, checks, undefined);
}

it('goes on with what only shows once the text is UTF-8', () => {
  const { text, repairs } = repaired('# \xc2\x01\x85\nCONFIG_A=Y\n');
  expect(text).toBe('# \nCONFIG_A=y\n');
  expect(repairs.filter((repair) => repair.includes('invisible-character'))).toHaveLength(2);
});

it('keeps the bytes of letters that stand there in UTF-8 after it', () => {
  expect(repaired('# \xc3\xa9\nCONFIG_A=5 \xff\n').text).toBe('# \xc3\xa9\nCONFIG_A=5\n');
});
