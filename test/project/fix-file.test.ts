/** What a repair makes of a file, where that changes how its bytes are read. */
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseConfig } from '../../src/config/document.ts';
import { planFor } from '../../src/lint.ts';
import type { Accepts } from '../../src/project/accepted.ts';
import { fixFile } from '../../src/project/fix-file.ts';
import { createSource } from '../../src/source.ts';
import { choose, load, profileText } from '../support/library.ts';

/** Of a file that is read byte by byte. */
function repaired(bytes: string) {
  const document = parseConfig(createSource('.config', bytes, 'latin1'), { kind: 'fragment' });
  return fixFile(document, {}, checks);
}

it('goes on with what only shows once the text is UTF-8', () => {
  const { text, repairs } = repaired('# \xc2\x01\x85\nCONFIG_A=Y\n');
  expect(text).toBe('# \nCONFIG_A=y\n');
  expect(repairs.filter((repair) => repair.includes('invisible-character'))).toHaveLength(2);
});

it('keeps the bytes of letters that stand there in UTF-8 after it', () => {
  expect(repaired('# \xc3\xa9\nCONFIG_A=5 \xff\n').text).toBe('# \xc3\xa9\nCONFIG_A=5\n');
});

describe('a line that is repaired for a profile', () => {
  const fixed = (text: string, severities = ['error', 'warning', 'info'], accepts?: Accepts) => {
    const { library } = load({ sandbox: profileText({ TUN: 'require: { TUN: n }\nseverity: warning' }) });
    const document = parseConfig(createSource('.config', text), { kind: 'complete' });
    const plan = planFor(choose(library, 'sandbox'));
    return fixFile(document, {}, checks, { plan, library, severities: new Set(severities), accepts });
  };

  it.each(['CONFIG_TUN=Y\n', 'CONFIG_TUN = y\n', 'CONFIG_TUN=m # for tests\nCONFIG_MODULES=y\n'])(
    'is off where the profile excludes the symbol: %j',
    (text) => {
      const { text: after, repairs } = fixed(text);
      expect(after.split('\n')[0]).toBe('# CONFIG_TUN is not set');
      expect(repairs).toEqual(['Set # CONFIG_TUN is not set (sandbox/TUN)']);
    },
  );

  it('is what was meant where what the profile asks was accepted, and is told', () => {
    const { text, repairs } = fixed('CONFIG_TUN=Y\n', ['warning'], ({ rule }) => rule.id === 'sandbox/TUN');
    expect([text, ...repairs]).toEqual(['CONFIG_TUN=y\n', 'Write CONFIG_TUN=y (value-spelling)']);
  });

  it('is what was meant where nobody asks otherwise, or only more mildly than counts', () => {
    expect(fixed('CONFIG_TAP=Y\nCONFIG_TUN=y\n').text).toBe('CONFIG_TAP=y\nCONFIG_TUN=y\n');
    expect(fixed('CONFIG_TUN=Y\n', ['error']).text).toBe('CONFIG_TUN=y\n');
  });
});
