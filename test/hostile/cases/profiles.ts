/** Profiles of strangers: YAML that attacks its reader, and rules that say what they must not. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const config = { 'x.config': 'CONFIG_A=y\n' };
const args = 'x.config -p ./own.yaml';
const head = 'title: Own\ndescription: Ours.\n';
const row = 'require: { A: y }, reason: R., references: ["https://example.org/"]';
const sound = `${head}requirements:\n  a: { ${row} }\n`;
const withRow = (text: string): string => `${head}requirements:\n  a: { ${text} }\n`;

const badRule = (name: string, profile: string | Uint8Array, more: Record<string, string> = {}): HostileCase =>
  bad(name, args, { ...config, 'own.yaml': profile, ...more });
const goodRule = (name: string, profile: string | Uint8Array, more: Record<string, string> = {}): HostileCase =>
  good(name, args, { ...config, 'own.yaml': profile, ...more });

const laughs = `${Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 9 }, () => (i === 0 ? 'ha' : `*l${i}`)).join(', ')}]`).join('\n')}\n`;
const nested = (depth: number): string =>
  `${head}requirements:\n  a: { require: ${'{ not: '.repeat(depth)}{ A: y }${' }'.repeat(depth)}, reason: R., references: ["https://example.org/"] }\n`;
const rows = (count: number): string => Array.from({ length: count }, (_, i) => `  r${i}: { ${row} }\n`).join('');

export const profileCases: readonly HostileCase[] = [
  badRule('an empty profile', ''),
  badRule('nothing but a comment', '# to do\n'),
  badRule('a list', '- a\n- b\n'),
  badRule('a word', 'hello\n'),
  badRule('a mapping that is not closed', 'title: { a\n'),
  badRule('a quote that is not closed', 'title: "Own\n'),
  badRule('a tab for indentation', `${head}requirements:\n\ta: b\n`),
  badRule('indentation that does not fit', `${head}requirements:\n    a: 1\n  b: 2\n`),
  badRule('brackets a thousand deep', '['.repeat(1000) + ']'.repeat(1000)),
  badRule('brackets twenty thousand deep', '['.repeat(20_000)),
  badRule('dashes a hundred deep', `${'- '.repeat(100)}a\n`),
  badRule('keys a hundred deep', Array.from({ length: 100 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')),
  badRule('question marks a hundred deep', `${'? '.repeat(100)}a\n`),
  badRule('conditions a hundred deep', nested(100)),
  badRule('an alias', `${head}requirements:\n  a: &a { ${row} }\n  b: *a\n`),
  badRule('a billion laughs', laughs),
  badRule('an alias to itself', 'a: &a [*a]\n'),
  badRule('a merge key', `${head}x: &x { a: b }\nrequirements:\n  <<: *x\n`),
  badRule(
    'a tag that makes a function in JavaScript',
    `${head}requirements: !!js/function 'function () { return 1 }'\n`,
  ),
  badRule('a tag that makes an object in Python', '!!python/object/apply:os.system ["touch PWNED"]\n'),
  badRule('binary data', `${head}requirements: !!binary aGVsbG8=\n`),
  badRule('two documents', `${sound}---\n${sound}`),
  badRule('a directive of another version', `%YAML 9.9\n---\n${sound}`),
  badRule('a NUL', `${head}requirements: "\0"\n`),
  badRule('UTF-16', Buffer.from(`\ufeff${sound}`, 'utf16le')),
  badRule('Latin-1 in a title', Buffer.from(`title: caf\u00e9\ndescription: Ours.\n`, 'latin1')),
  badRule('an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])),
  badRule('a bomb', gzipSync(Buffer.alloc(4 << 20, 32))),
  badRule('a key twice', `title: A\n${sound}`),
  badRule('a row twice', `${sound}  a: { ${row} }\n`),
  badRule('a symbol twice', withRow('require: { A: y, A: m }, reason: R., references: ["https://example.org/"]')),
  badRule(
    'more than 5,000 rows',
    `${head}requirements:\n${Array.from({ length: 5001 }, (_, i) => `  r${i}: y\n`).join('')}`,
  ),
  badRule('more than 1 MiB', `${head}# ${'x'.repeat(1 << 20)}\nrequirements: {}\n`),
  badRule('no title', sound.slice(sound.indexOf('\n') + 1)),
  badRule('no rows', head),
  badRule('rows that are a list', `${head}requirements: [a, b]\n`),
  badRule('a key that there is not', `${sound}script: rm -rf /\n`),
  badRule('the key __proto__', `${sound}__proto__: { polluted: y }\n`),
  badRule('a row named __proto__ without a body', `${head}requirements:\n  __proto__: y\n`),
  badRule('the key constructor', `${sound}constructor: { prototype: { polluted: y } }\n`),
  badRule('no reason', withRow('require: { A: y }, references: ["https://example.org/"]')),
  badRule('no reference', withRow('require: { A: y }, reason: R.')),
  badRule(
    'a reference that runs a script',
    withRow('require: { A: y }, reason: R., references: ["javascript:alert(1)"]'),
  ),
  badRule('a reference to a file', withRow('require: { A: y }, reason: R., references: ["file:///etc/passwd"]')),
  badRule('a severity that there is not', withRow(`${row}, severity: fatal`)),
  badRule('a kernel that is none', withRow(`${row}, kernel: "~6"`)),
  badRule('an architecture that there is not', withRow(`${row}, arch: [z80]`)),
  badRule('a fact that there is not', withRow(`${row}, boot: [floppy]`)),
  badRule(
    'a symbol with CONFIG_ in front',
    withRow('require: { CONFIG_A: y }, reason: R., references: ["https://example.org/"]'),
  ),
  badRule('a symbol with a blank', withRow('require: { "A B": y }, reason: R., references: ["https://example.org/"]')),
  badRule(
    'a value that is a mapping',
    withRow('require: { A: { matches: "(a+)+$" } }, reason: R., references: ["https://example.org/"]'),
  ),
  badRule(
    'at-least of a word',
    withRow('require: { A: { at-least: many } }, reason: R., references: ["https://example.org/"]'),
  ),
  badRule('an empty condition', withRow('require: {}, reason: R., references: ["https://example.org/"]')),
  badRule('any of nothing', withRow('require: { any: [] }, reason: R., references: ["https://example.org/"]')),
  badRule(
    'an ability that there is not',
    withRow('require: { capability: fly }, reason: R., references: ["https://example.org/"]'),
  ),
  badRule('needs a row that is not there', withRow(`${row}, needs: [b]`)),
  badRule('needs itself', withRow(`${row}, needs: [a]`)),
  badRule(
    'rows that need each other',
    `${head}requirements:\n  a: { ${row}, needs: [b] }\n  b: { ${row}, needs: [a] }\n`,
  ),
  badRule('extends itself', `${head}extends: [./own.yaml]\nrequirements: {}\n`),
  badRule('extends each other', `${sound}extends: [./other.yaml]\n`, {
    'other.yaml': `${sound}extends: [./own.yaml]\n`,
  }),
  badRule('extends a profile that there is not', `${sound}extends: [krata-zon]\n`),
  badRule('extends a file that is not there', `${sound}extends: [./gone.yaml]\n`),
  badRule('extends an address', `${sound}extends: ["https://example.org/evil.yaml"]\n`),
  badRule('extends /etc/passwd', `${sound}extends: [/etc/passwd]\n`),
  badRule('extends ../../../../etc/passwd', `${sound}extends: [./../../../../etc/passwd]\n`),
  badRule(
    'a chain of more than a hundred files',
    `${sound}extends: [./p0.yaml]\n`,
    Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`p${i}.yaml`, `${sound}extends: [./p${i + 1}.yaml]\n`])),
  ),
  badRule('escape sequences in a key', `${sound}"\\e[31mred\\e]0;x\\a": 1\n`),
  badRule('text that is shown backwards in a key', `${sound}"\u202ex": 1\n`),
  bad('a profile that is a folder', args, config, { make: () => mkdirSync('own.yaml') }),
  bad('a profile that is a pipe', args, config, { make: () => void execFileSync('mkfifo', ['own.yaml']) }),
  bad('a profile that is a device', args, config, { make: () => symlinkSync('/dev/zero', 'own.yaml') }),
  bad('a link in a circle', args, config, { make: () => symlinkSync('own.yaml', 'own.yaml') }),
  bad('a profile that is not there', args, config),
  bad('a name that is none', 'x.config -p krata-zon', config),
  bad('a version that there is not', 'x.config -p kubernetes-node@0.1', config),
  bad('the version of what has none', 'x.config -p krata-zone@1', config),
  bad('a name that is a property of every object', 'x.config -p constructor', config),
  bad('a name that leads away', 'x.config -p ../../etc/passwd', config),
  bad('rules lint: a broken file', 'rules lint own.yaml', { 'own.yaml': `${sound}script: y\n` }),
  bad('rules lint: nothing named', 'rules lint', {}),

  goodRule(
    'rows named like properties of every object',
    `${head}requirements:\n  constructor: { ${row} }\n  toString: { ${row} }\n  valueOf: { ${row} }\n`,
  ),
  badRule(
    'symbols named like properties of every object',
    withRow(
      'require: { any: [ { constructor: y }, { __proto__: y }, { A: y } ] }, reason: R., references: ["https://example.org/"]',
    ),
  ),
  goodRule(
    'words that YAML 1.1 takes for something else',
    withRow(
      'require: { any: [ { A: y }, { A: [{ is: on }, { is: off }, { is: yes }, { is: no }, 1_000, 0o7, 1e3] } ] }, reason: "no", references: ["https://example.org/"]',
    ),
  ),
  goodRule('line ends of Windows', sound.replaceAll('\n', '\r\n')),
  goodRule('a byte order mark', `\ufeff${sound}`),
  goodRule(
    'markup in a reason',
    withRow(
      'require: { A: y }, reason: "<script>alert(1)</script> [x](javascript:1) `rm`", references: ["https://example.org/?a=b&c"]',
    ),
  ),
  goodRule('three hundred rows', `${head}requirements:\n${rows(300)}`),
  goodRule('conditions twenty deep', nested(20)),
  goodRule('a profile named twice', sound, {}),
];
