/**
 * Writes models/parameters.index: every parameter that kernels read from their command line, in which series, on which architectures,
 * and which symbols bring the code that reads it. Taken from Debian's kernel sources (scripts/sources.mjs); run it when a series is added.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { root } from './load-ts.mjs';
import { getSources, serieses } from './sources.mjs';

/** Architectures by their folder, as the program calls them. */
const architectures = new Map([
  ['x86', 'x86'],
  ['arm64', 'arm64'],
  ['arm', 'arm'],
  ['riscv', 'riscv'],
  ['powerpc', 'powerpc'],
  ['s390', 's390'],
  ['mips', 'mips'],
  ['loongarch', 'loongarch'],
]);

function filesIn(folder, prefix = '') {
  const found = [];
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesIn(folder, path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** What makefiles say of objects and folders: `path.o` or `path/` to what it is part of and the symbol it hangs on. */
function readMakefiles(folder, files) {
  const parts = new Map();
  for (const path of files) {
    if (!/(?:^|\/)(?:Makefile|Kbuild|Makefile\.[a-z0-9]+)$/.test(path)) continue;
    const here = dirname(path);
    const text = readFileSync(join(folder, path), 'utf8').replaceAll(/\\\n/g, ' ');
    for (const [, target, level, list] of text.matchAll(
      /^\s*([\w.+-]+?)-(y|m|objs|\$\(CONFIG_\w+\)|\$\(subst m,y,\$\(CONFIG_\w+\)\))\s*[:+]?=\s*(.*)$/gm,
    )) {
      const symbol = /CONFIG_(\w+)/.exec(level)?.[1] ?? '';
      if (
        ['ccflags', 'asflags', 'subdir', 'hostprogs', 'extra', 'always', 'clean', 'lib'].includes(target) &&
        target !== 'lib'
      )
        continue;
      const whole = ['obj', 'lib', 'core', 'drivers', 'net', 'virt', 'libs'].includes(target)
        ? undefined
        : normalize(join(here, `${target}.o`));
      for (const word of list.split('#')[0].trim().split(/\s+/)) {
        if (!/\.o$|\/$/.test(word)) continue;
        const part = normalize(join(whole !== undefined || here !== '.' ? here : '.', word));
        const known = parts.get(part);
        if (known === undefined) parts.set(part, [{ whole, symbol }]);
        else known.push({ whole, symbol });
      }
    }
  }
  return parts;
}

/** The module that a C file is part of, and the symbols it needs to be built, as far as makefiles tell. */
function homeOf(path, parts) {
  const symbols = new Set();
  let object = path.replace(/\.c$/, '.o');
  let isKnown = false;
  for (let depth = 0; depth < 4; depth++) {
    const found = parts.get(object);
    if (found === undefined) break;
    isKnown = true;
    // Listed twice, it hangs on either symbol: then on none for sure.
    if (found.length === 1 && found[0].symbol !== '') symbols.add(found[0].symbol);
    const { whole } = found.find((each) => each.whole !== undefined) ?? found[0];
    if (whole === undefined) break;
    object = whole;
  }
  for (let folder = dirname(object); folder !== '.'; folder = dirname(folder)) {
    const found = parts.get(`${folder}/`);
    if (found?.length === 1 && found[0].symbol !== '') symbols.add(found[0].symbol);
  }
  const module = object.replace(/^.*\//, '').replace(/\.o$/, '').replaceAll('-', '_');
  return { module: isKnown ? module : undefined, symbols };
}

const readers = [
  { rule: /^\s*(?:__setup|early_param)\s*\(\s*"([^"]+)"/gm, prefix: false },
  { rule: /^\s*__setup_param\s*\(\s*"([^"]+)"/gm, prefix: false },
  { rule: /^\s*early_param_on_off\s*\(\s*"([^"]+)"\s*,\s*"([^"]+)"/gm, prefix: false },
  { rule: /^\s*_{0,2}core_param(?:_cb)?\s*\(\s*(\w+)/gm, prefix: false },
  { rule: /^\s*hugetlb(?:_early)?_param\s*\(\s*"([^"]+)"/gm, prefix: false },
  { rule: /cmdline_find_option(?:_bool)?\s*\((?:[^()"]|\([^()]*\))*"([\w.-]+)"/g, prefix: false },
  { rule: /^\s*module_param(?:_[a-z_]+)?\s*\(\s*(\w+)/gm, prefix: true },
  { rule: /^\s*torture_param\s*\(\s*\w+\s*,\s*(\w+)/gm, prefix: true },
];

/** Symbols of the `#ifdef` that stand open before each offset; undefined where something else than one symbol decides. */
function guardsAt(text) {
  const marks = [];
  const stack = [];
  for (const match of text.matchAll(/^[ \t]*#[ \t]*(if|ifdef|ifndef|else|elif|endif)\b(.*)$/gm)) {
    const [, word, rest] = match;
    if (word === 'endif') stack.pop();
    else if (word === 'else' || word === 'elif') {
      stack.pop();
      stack.push('');
    } else {
      const symbol =
        word === 'ifdef'
          ? /^\s*CONFIG_(\w+)\s*$/.exec(rest)?.[1]
          : word === 'if'
            ? /^\s*(?:defined\s*\(?|IS_ENABLED\s*\(|IS_BUILTIN\s*\()\s*CONFIG_(\w+)\s*\)?\s*$/.exec(rest)?.[1]
            : undefined;
      stack.push(symbol ?? '');
    }
    marks.push([match.index, stack.filter((each) => each !== '' && !each.endsWith('_MODULE'))]);
  }
  return (offset) => {
    let now = [];
    for (const [at, symbols] of marks) {
      if (at > offset) break;
      now = symbols;
    }
    return now;
  };
}

function prefixAt(text, offset, module) {
  let prefix = module === undefined ? undefined : `${module}.`;
  for (const match of text.matchAll(/^\s*#\s*define\s+MODULE_PARAM_PREFIX\s+(.*)$/gm)) {
    if (match.index > offset) break;
    prefix = /^"([^"]*)"$/.exec(match[1].trim())?.[1];
  }
  return prefix;
}

/** Everything that one tree reads: name to how often, where and behind which symbols. */
function readTree(folder) {
  const files = filesIn(folder);
  const parts = readMakefiles(folder, files);
  const found = new Map();
  const add = (name, path, symbols) => {
    const key = name.replace(/[=:,]+$/, '').replaceAll('-', '_');
    if (key === '' || /[\s"%]/.test(key)) return;
    const arch = /^arch\/([^/]+)\//.exec(path)?.[1];
    const place = arch === undefined ? '' : (architectures.get(arch) ?? 'other');
    const known = found.get(key) ?? { places: new Set(), needs: [] };
    known.places.add(place);
    known.needs.push([...symbols].sort());
    found.set(key, known);
  };
  for (const path of files) {
    if (!/\.[ch]$/.test(path) || /^(?:tools|samples|scripts|Documentation)\//.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    if (!/__setup|early_param|_param|cmdline_find_option/.test(text)) continue;
    const { module, symbols } = homeOf(path, parts);
    const guards = guardsAt(text);
    for (const { rule, prefix } of readers) {
      for (const match of text.matchAll(rule)) {
        const line = text.lastIndexOf('\n', match.index) + 1;
        if (/^\s*#\s*define/.test(text.slice(line, match.index + match[0].length))) continue;
        const own = prefix ? prefixAt(text, match.index, module) : '';
        if (own === undefined) continue;
        // Where makefiles do not tell, nothing is claimed of the symbols.
        const needs = module === undefined ? [] : [...new Set([...symbols, ...guards(match.index)])];
        for (const name of match.slice(1)) add(`${own}${name}`, path, needs);
      }
    }
    for (const [, name] of path.endsWith('idreg-override.c') ? text.matchAll(/\{\s*"([\w.-]+)",\s*"/g) : [])
      add(name, path, []);
  }
  for (const name of documented(folder)) {
    const known = found.get(name);
    if (known === undefined) found.set(name, { places: new Set(['']), needs: [[]], isOnlyDocumented: true });
  }
  return found;
}

/** Names in the list of the administrator's guide. */
function documented(folder) {
  const text = readFileSync(join(folder, 'Documentation/admin-guide/kernel-parameters.txt'), 'utf8');
  const names = new Set();
  for (const [, name] of text.matchAll(/^\t([A-Za-z0-9_][\w.-]*)(?:=|\s|$)/gm)) {
    // Tags such as [KVM,ARM64] stand there in capitals.
    if (name.length > 1 && !/\.$/.test(name) && !/^[A-Z0-9_]+$/.test(name)) names.add(name.replaceAll('-', '_'));
  }
  return names;
}

const trees = serieses.map((series) => readTree(getSources(series)));
const names = [...new Set(trees.flatMap((tree) => [...tree.keys()]))].sort();
/** One line for all that have series, architectures, symbols and module in common. */
const groups = new Map();
for (const name of names) {
  const own = trees.map((tree) => tree.get(name));
  const mask = own.reduce((bits, each, i) => bits | (each === undefined ? 0 : 1 << i), 0).toString(32);
  const isOnlyDocumented = own.findLast((each) => each !== undefined).isOnlyDocumented === true;
  const places = [...new Set(own.flatMap((each) => (each === undefined ? [] : [...each.places])))].sort();
  const alternatives = new Set(
    own.flatMap((each) => (each === undefined ? [] : each.needs.map((list) => list.join('&')))),
  );
  const needs = alternatives.has('') || alternatives.size > 4 ? '' : [...alternatives].sort().join('|');
  const arches = places.includes('') ? '' : places.join(',');
  const dot = name.indexOf('.');
  const module = dot === -1 ? '' : name.slice(0, dot);
  const key = `${mask}${isOnlyDocumented ? '?' : ''}\t${arches}\t${needs}\t${module}`;
  groups.set(key, [...(groups.get(key) ?? []), name.slice(dot + 1)]);
}
const rows = [...groups].map(([key, own]) => `${key}\t${own.join(' ')}`);
const text = `${serieses.join(' ')}\n${rows.join('\n')}\n`;
const path = join(root, 'models/parameters.index');
if (process.argv.includes('--check')) {
  if (brotliDecompressSync(readFileSync(path)).toString('latin1') !== text) {
    console.error('models/parameters.index is stale; run "npm run parameters"');
    process.exitCode = 1;
  }
} else {
  const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(path, packed);
  console.log(`models/parameters.index: ${names.length} parameters, ${packed.length} bytes`);
}
