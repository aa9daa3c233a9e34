/** Every check by the examples that its documentation shows, and by the cases that must not alarm anybody. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseConfig, parseConfigText } from '../../src/config/document.ts';
import { lint } from '../../src/lint.ts';
import { createSource } from '../../src/source.ts';
import { root } from '../support/corpus.ts';
import { applyFix } from '../support/edits.ts';
import { builtIn, checkText, viewOn } from '../support/library.ts';

function rulesIn(text: string, path?: string, kconfig?: string): string[] {
  return checkText(text, path, kconfig).findings.map(({ rule }) => rule.id);
}

describe('the list of checks', () => {
  it('is the folder of checks', () => {
    const files = readdirSync(join(root, 'src/checks')).filter((name) => !['check.ts', 'index.ts'].includes(name));
    expect(checks.map(({ info }) => `${info.id}.ts`).sort()).toEqual(files.sort());
  });

  it.each(checks.map(({ info }) => info))(
    '$id explains itself and names a source',
    ({ title, explanation, references }) => {
      expect(title).not.toBe('');
      expect(explanation.length).toBeGreaterThan(40);
      expect(references.length).toBeGreaterThan(0);
      for (const reference of references) expect(reference).toMatch(/^https:\/\//);
    },
  );
});

describe.each(checks.filter(({ bad }) => bad.text !== ''))('$info.id', ({ info, bad, good }) => {
  it('finds its bad example', () => {
    expect(rulesIn(bad.text, bad.path, bad.kconfig)).toContain(info.id);
  });

  it('leaves its good example alone', () => {
    expect(rulesIn(good.text, good.path, good.kconfig)).not.toContain(info.id);
  });

  it('offers fixes that settle the finding and bring no new one', () => {
    const before = checkText(bad.text, bad.path, bad.kconfig);
    for (const { fix, rule } of before.findings) {
      if (fix === undefined || rule.id !== info.id) continue;
      const after = rulesIn(applyFix(bad.text, fix), bad.path, bad.kconfig);
      expect(after.filter((id) => id === info.id).length).toBeLessThan(
        before.findings.filter(({ rule: { id } }) => id === info.id).length,
      );
      const known = new Set(before.findings.map(({ rule: { id } }) => id));
      expect(after.filter((id) => !known.has(id))).toEqual([]);
    }
  });
});

describe('not-utf8', () => {
  it('finds bytes that are no UTF-8, and not the ones that are', () => {
    const find = (encoding: 'utf-8' | 'latin1') =>
      lint({
        document: parseConfig(createSource('.config', '# caf\u00e9\nCONFIG_A=y\n', encoding)),
        library: builtIn.library,
        checks,
      });
    expect(find('latin1').findings.map(({ rule }) => rule.id)).toEqual(['not-utf8']);
    expect(find('utf-8').findings).toEqual([]);
  });
});

describe('false alarms', () => {
  it.each([
    ['a setting switched off by a comment', '# CONFIG_KGDB=y\nCONFIG_A=y\n'],
    ['a commented n beside the real setting', '# CONFIG_A=n\n# CONFIG_A is not set\n'],
    ['a misspelled "off" below the real one', 'CONFIG_B=y\n# CONFIG_A is not set\n#CONFIG_A is not set\n'],
    ['a misspelled "off" above the real one', '# CONFIG_A=n\n#CONFIG_A is not set\n# CONFIG_A is not set\n'],
    ['a misspelled "off" above a setting, which would win anyway', '# CONFIG_A=n\n#CONFIG_A is not set\nCONFIG_A=y\n'],
    ['a commented setting below the real one', 'CONFIG_A=y\n#CONFIG_A=m\n# CONFIG_A=y\n'],
    ['a remark about a setting', 'CONFIG_A=y\n# CONFIG_A is not set upstream\n'],
    ['prose about a setting', '# CONFIG_A is not set in the base config, so turn it on here\nCONFIG_A=y\n'],
    ['prose about a setting of another file', '# CONFIG_A is not set in the base config\nCONFIG_B=y\n'],
    ['prose in comments', '# CONFIG options for the board, see CONFIG_A below\n# is not set\n#\nCONFIG_A=y\n'],
    [
      'negative, hexadecimal and empty values',
      'CONFIG_A=-1\nCONFIG_B=0xFFFF800000000000\nCONFIG_C=""\nCONFIG_D="a \\"b\\" \\\\"\n',
    ],
    ['n written out', 'CONFIG_A=n\n'],
    ['a string of UTF-8', 'CONFIG_A="größe"\n'],
    ['modules while MODULES is not mentioned in a fragment', 'CONFIG_A=m\n'],
    ['an ABI name of Debian', '# Linux/x86 6.1.76 Kernel Configuration\nCONFIG_X86_64=y\n', 'config-6.1.0-18-amd64'],
    [
      'a name that is less exact',
      '# Linux/arm64 5.10.252 Kernel Configuration\nCONFIG_ARM64=y\n',
      'ci-aarch64-5.10.config',
    ],
    ['x86_64 given as the architecture of make', '# Linux/x86_64 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n'],
  ])('%s', (_, text, path?: string) => {
    expect(rulesIn(text, path)).toEqual([]);
  });
});

describe('a value where the type of its symbol is known', () => {
  const kconfig = `${['bool', 'tristate', 'string', 'int', 'hex'].map((type) => `config ${type.toUpperCase()}\n\t${type} "${type}"\n`).join('')}config NUMBER\n\tint "number"\n\trange 12 25\n\tdefault 17\n`;
  const told = (line: string): string[] =>
    checkText(`${line}\n`, '.config', kconfig)
      .findings.filter(({ rule }) => rule.id !== 'redundant-default')
      .map(
        ({ rule, message, fix }) => `${rule.id}: ${message}${fix === undefined ? '' : ` => ${fix.edits[0]?.newText}`}`,
      );

  it.each([
    ['CONFIG_STRING="y"', []],
    ['CONFIG_STRING="n"', []],
    [
      'CONFIG_BOOL="y"',
      [
        'value-spelling: "y" is a string: for a bool or tristate the kernel rejects it and the setting is lost => CONFIG_BOOL=y',
      ],
    ],
    [
      'CONFIG_TRISTATE=Y',
      ['value-spelling: "Y" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_TRISTATE=y'],
    ],
    ['CONFIG_BOOL=maybe', ['wrong-value: CONFIG_BOOL cannot be maybe: it is a bool; it comes to off']],
    [
      'CONFIG_STRING=yes',
      ['wrong-value: CONFIG_STRING=yes needs quotes: it is a string; it comes to "" => CONFIG_STRING="yes"'],
    ],
    [
      'CONFIG_STRING=-a"b',
      ['wrong-value: CONFIG_STRING=-a"b needs quotes: it is a string; it comes to "" => CONFIG_STRING="-a\\"b"'],
    ],
    [
      'CONFIG_STRING=18',
      ['wrong-value: CONFIG_STRING=18 needs quotes: it is a string; it comes to "" => CONFIG_STRING="18"'],
    ],
    ['CONFIG_INT=Y', ['wrong-value: CONFIG_INT cannot be Y: it is an int; it comes to 0']],
    [
      'CONFIG_NUMBER="18"',
      ['wrong-value: CONFIG_NUMBER="18" stands in quotes: it is an int; it comes to 17 => CONFIG_NUMBER=18'],
    ],
    [
      'CONFIG_HEX="0x18"',
      ['wrong-value: CONFIG_HEX="0x18" stands in quotes: it is a hex; it comes to 0x0 => CONFIG_HEX=0x18'],
    ],
    [
      'CONFIG_OTHER="y"',
      [
        'unknown-symbol: one symbol is in no kernel known here; name it with --extra-symbols if a patch brings it (CONFIG_OTHER)',
        'value-spelling: "y" is a string: if CONFIG_OTHER is a bool or tristate, the kernel rejects it',
      ],
    ],
  ])('%s', (line, expected) => {
    expect(told(line)).toEqual(expected);
  });

  it('of a string without quotes is told where the base is not known, too', () => {
    const document = parseConfigText('CONFIG_STRING=no\n', '.config', { kind: 'fragment' });
    const kernel = viewOn(document, kconfig, builtIn.library, { base: 'alone' });
    const { findings } = lint({ document, library: builtIn.library, checks, kernel });
    expect(findings.map(({ message }) => message)).toEqual([
      'CONFIG_STRING=no needs quotes: it is a string; the kernel drops the line',
    ]);
  });
});

describe('duplicates', () => {
  it('says which of two values wins, with both lines', () => {
    const [finding] = checkText('CONFIG_A=y\nCONFIG_B=y\n# CONFIG_A is not set\n').findings;
    expect(finding?.message).toBe('CONFIG_A is not set overrides "=y" on line 1');
    expect(finding?.location.span.start).toBe(22);
    expect(finding?.related.map(({ location }) => location.span.start)).toEqual([0]);
  });

  it.each(['# CONFIG_A is not set\nCONFIG_A=n\n', 'CONFIG_A=n\n# CONFIG_A is not set\n'])(
    'knows the two ways to say off for the same: %j',
    (text) => {
      expect(rulesIn(text)).toEqual(['redundant-assignment']);
    },
  );

  it('tells a repeated value from a changed one', () => {
    expect(rulesIn('CONFIG_A=y\nCONFIG_A=y\nCONFIG_A=m\n')).toEqual(['duplicate-assignment', 'redundant-assignment']);
  });
});

describe('a fix of a text with line ends of Windows', () => {
  it.each([
    ['CONFIG_A=yCONFIG_B=y\r\nCONFIG_C=y\r\n', 'CONFIG_A=y\r\nCONFIG_B=y\r\nCONFIG_C=y\r\n'],
    ['CONFIG_A=y\r\nCONFIG_B=y', 'CONFIG_A=y\r\nCONFIG_B=y\r\n'],
  ])('of %j keeps to them', (text, expected) => {
    const fixes = checkText(text).findings.flatMap(({ fix }) => fix ?? []);
    expect(fixes.reduce(applyFix, text)).toBe(expected);
  });
});

describe('a misspelled "off" below a setting', () => {
  it.each([
    ['#CONFIG_PSI is not set', 'not-set-spelling', 'this comment does not turn CONFIG_PSI off: it is set on line 1'],
    ['# CONFIG_PSI is not set.', 'not-set-spelling', 'this comment does not turn CONFIG_PSI off: it is set on line 1'],
    [
      'CONFIG_PSI is not set',
      'not-set-spelling',
      'CONFIG_PSI is not turned off without "# " in front: it is set on line 1',
    ],
    ['# CONFIG_PSI=n', 'commented-assignment', 'this comment does not turn CONFIG_PSI off: it is set on line 1'],
  ])('%s is told with the line that counts, and left to its author', (line, rule, message) => {
    const [finding, ...others] = checkText(`CONFIG_PSI=y\n${line}\n`).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: { id: rule }, message, advice: ['# CONFIG_PSI is not set'] });
    expect(finding?.related.map(({ location }) => location.span.start)).toEqual([0]);
    expect(finding?.fix).toBeUndefined();
  });
});

describe('text behind "is not set"', () => {
  const told = (release: string, above = '') =>
    checkText(`# Linux/x86 ${release} Kernel Configuration\n${above}# CONFIG_PSI is not set.\n`).findings.map(
      ({ severity, message, advice }) => [severity, message, ...advice],
    );
  const off = '# CONFIG_PSI is not set';

  it('is an error from the release on that takes the line for a comment', () => {
    expect(told('6.8.0')).toEqual([['error', 'this comment does not turn CONFIG_PSI off', off]]);
  });

  it('is noted for older ones, which turn the symbol off', () => {
    const message = 'Linux 6.7.12 turns CONFIG_PSI off here; from 6.8 on this is a comment';
    expect(told('6.7.12')).toEqual([['info', message, off]]);
    // What else is said goes by the line above.
    expect(told('6.7.12', 'CONFIG_PSI=y\n')).toEqual([['error', message, off]]);
  });
});

describe('a word without quotes', () => {
  it('is put into quotes only where it can hardly be a mistake for something else', () => {
    const fixed = (line: string, kconfig?: string) =>
      checkText(`${line}\n`, '.config', kconfig).findings.map(({ fix }) => fix?.edits[0]?.newText);
    expect(fixed('CONFIG_A=mm')).toEqual([undefined]);
    expect(fixed('CONFIG_A=-zone')).toEqual(['CONFIG_A="-zone"']);
    expect(fixed('CONFIG_A=zone', 'config A\n\tstring "a"\n')).toContain('CONFIG_A="zone"');
  });
});

describe('capitals', () => {
  it('are what a name lacks that differs from a known one in nothing else', () => {
    const kconfig = 'config PSI\n\tbool "psi"\n';
    const [finding] = checkText('CONFIG_Psi=y\n', '.config', kconfig).findings;
    expect([finding?.severity, finding?.advice]).toEqual(['error', ['CONFIG_PSI=y']]);
  });

  it('are those of the whole name where the prefix has none either', () => {
    expect(checkText('config_net=y\n').findings[0]?.advice).toEqual(['CONFIG_NET=y']);
    expect(checkText('config_Net=y\n').findings[0]?.advice).toEqual(['CONFIG_Net=y']);
  });
});

describe('modules without MODULES', () => {
  it('counts them in one finding', () => {
    const found = checkText('# CONFIG_MODULES is not set\nCONFIG_A=m\nCONFIG_B=y\nCONFIG_C=m\n').findings;
    expect(found.map(({ message }) => message)).toEqual(['CONFIG_A=m and 1 more, but CONFIG_MODULES is not set']);
  });
});

describe('severity', () => {
  it.each([
    ['CONFIG_A=yes\n', 'warning'],
    ['CONFIG_A=Y\n', 'error'],
    ['CONFIG_A="y"\n', 'warning'],
    ['CONFIG_LOCALVERSION="m"\n', 'warning'],
    ['CONFIG_A="a\\dir"\n', 'warning'],
    ['CONFIG_A=y # on\n', 'warning'],
    ['CONFIG_A=17 # on\n', 'error'],
    ['CONFIG_A=y', 'warning'],
    ['CONFIG_A=y\r\nCONFIG_B=y\r\n', 'info'],
    ['CONFIG_A=y\r\nCONFIG_B=y\n', 'warning'],
    ['\ufeff# c\nCONFIG_A=y\n', 'warning'],
    ['\ufeffCONFIG_A=y\n', 'error'],
    ['# a\u202eb\nCONFIG_A=y\n', 'warning'],
    ['CONFIG_A="a\u202eb"\n', 'error'],
  ])('of %j is %s', (text, severity) => {
    expect(checkText(text).findings.map((finding) => finding.severity)).toEqual([severity]);
  });
});
