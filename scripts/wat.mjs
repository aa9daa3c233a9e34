/**
 * Assembles the small part of the WebAssembly text format that src/config/scan.wat is written in: functions of folded
 * instructions, one memory, exports. Whatever else it meets is an error.
 */

const types = { i32: 0x7f, i64: 0x7e, v128: 0x7b };

/** Instructions that are their operands and then their code; memory instructions take an offset. */
const plain = {
  return: [0x0f],
  select: [0x1b],
  'i32.eqz': [0x45],
  'i32.eq': [0x46],
  'i32.ne': [0x47],
  'i32.lt_s': [0x48],
  'i32.lt_u': [0x49],
  'i32.gt_s': [0x4a],
  'i32.le_s': [0x4c],
  'i32.ge_s': [0x4e],
  'i32.ge_u': [0x4f],
  'i64.eq': [0x51],
  'i32.ctz': [0x68],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.and': [0x71],
  'i32.or': [0x72],
  'i32.xor': [0x73],
  'i32.shl': [0x74],
  'i32.shr_u': [0x76],
  'i32.rotl': [0x77],
  'i64.shl': [0x86],
  'i8x16.splat': [0xfd, 0x0f],
  'i8x16.eq': [0xfd, 0x23],
  'i8x16.lt_u': [0xfd, 0x26],
  'v128.andnot': [0xfd, 0x4f],
  'v128.or': [0xfd, 0x50],
  'i8x16.bitmask': [0xfd, 0x64],
  'i8x16.sub': [0xfd, 0x71],
};
const memory = {
  'i32.load': [0x28],
  'i64.load': [0x29],
  'i32.load8_u': [0x2d],
  'i32.load16_u': [0x2f],
  'i32.store': [0x36],
  'i32.store8': [0x3a],
  'v128.load': [0xfd, 0x00],
};

/** The bytes of the module that `text` describes. */
export function assemble(text) {
  const fields = parse(text);
  const all = (kind) => fields.filter(([head]) => head === kind);
  const functions = all('func').map(readFunction);
  const [[, exported, pages]] = all('memory');
  const exports = [
    [...name(exported[1]), 2, 0],
    ...functions.flatMap(({ exportedAs }, i) =>
      exportedAs === undefined ? [] : [[...name(exportedAs), 0, ...leb(i)]],
    ),
  ];
  const index = new Map(functions.map((f, i) => [f.id, i]));
  const bytes = (list) => list.map((b) => [...leb(b.length), ...b]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, functions.map(signature)),
    ...section(
      3,
      functions.map((_, i) => leb(i)),
    ),
    ...section(5, [[0, ...leb(Number(pages))]]),
    ...section(7, exports),
    ...section(10, bytes(functions.map((f) => code(f, index)))),
  ]);
}

/** Nested lists of words. */
function parse(text) {
  const stack = [[]];
  for (const [word] of text.replace(/;;.*/g, '').matchAll(/[()]|"[^"]*"|[^\s()]+/g)) {
    if (word === '(') stack.push([]);
    else if (word === ')') {
      const list = stack.pop();
      stack.at(-1).push(list);
    } else stack.at(-1).push(word);
  }
  const [[head, ...fields]] = stack[0];
  if (head !== 'module' || stack.length !== 1) throw new Error('not one module with balanced parentheses');
  return fields;
}

function readFunction([, ...parts]) {
  const id = typeof parts[0] === 'string' ? parts.shift() : undefined;
  const take = (kind) => {
    const found = [];
    while (parts[0]?.[0] === kind) found.push(parts.shift().slice(1));
    return found;
  };
  const [[exportedAs] = []] = take('export');
  const parameters = take('param');
  const results = take('result').map(([type]) => type);
  const locals = take('local');
  return { id, exportedAs, parameters, results, locals, body: parts };
}

const signature = ({ parameters, results }) => [
  0x60,
  ...vector(parameters.map(([, type]) => [types[type]])),
  ...vector(results.map((type) => [types[type]])),
];

function code({ parameters, locals, body }, functions) {
  const scope = { functions, locals: new Map([...parameters, ...locals].map(([id], i) => [id, i])), labels: [] };
  return [
    ...vector(locals.map(([, type]) => [1, types[type]])),
    ...body.flatMap((instruction) => encode(instruction, scope)),
    0x0b,
  ];
}

function encode([head, ...rest], scope) {
  const all = (list) => list.flatMap((instruction) => encode(instruction, scope));
  const [first, ...others] = rest;
  switch (head) {
    case 'i32.const':
      return [0x41, ...leb(BigInt.asIntN(32, BigInt(first)))];
    case 'i64.const':
      return [0x42, ...leb(BigInt.asIntN(64, BigInt(first)))];
    case 'local.get':
      return [0x20, ...leb(known(scope.locals, first))];
    case 'local.set':
      return [...all(others), 0x21, ...leb(known(scope.locals, first))];
    case 'call':
      return [...all(others), 0x10, ...leb(known(scope.functions, first))];
    case 'br':
      return [0x0c, ...leb(depthOf(first, scope))];
    case 'br_if':
      return [...all(others), 0x0d, ...leb(depthOf(first, scope))];
    case 'block':
    case 'loop':
      return [head === 'loop' ? 0x03 : 0x02, 0x40, ...inside(others, first, scope), 0x0b];
    case 'if': {
      const [then, otherwise] = others;
      const end = otherwise === undefined ? [] : [0x05, ...inside(otherwise.slice(1), undefined, scope)];
      return [...all([first]), 0x04, 0x40, ...inside(then.slice(1), undefined, scope), ...end, 0x0b];
    }
  }
  if (head in memory) {
    const offset = /^offset=(\d+)$/.exec(first);
    return [...all(offset === null ? rest : others), ...memory[head], 0, ...leb(Number(offset?.[1] ?? 0))];
  }
  if (!(head in plain)) throw new Error(`${head} is not known here`);
  return [...all(rest), ...plain[head]];
}

function inside(instructions, label, scope) {
  const inner = { ...scope, labels: [label, ...scope.labels] };
  return instructions.flatMap((instruction) => encode(instruction, inner));
}

function known(table, id) {
  if (!table.has(id)) throw new Error(`${id} is not known`);
  return table.get(id);
}

function depthOf(label, { labels }) {
  if (!labels.includes(label)) throw new Error(`no block ${label}`);
  return labels.indexOf(label);
}

/** LEB128; numbers are unsigned, bigints signed. */
function leb(value) {
  const bytes = [];
  if (typeof value === 'number') {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    return [...bytes, value];
  }
  for (; value < -64n || value > 63n; value >>= 7n) bytes.push(Number(value & 127n) + 128);
  return [...bytes, Number(value & 127n)];
}

const vector = (items) => [...leb(items.length), ...items.flat()];

function section(id, items) {
  const content = vector(items);
  return [id, ...leb(content.length), ...content];
}

function name(quoted) {
  const bytes = [...Buffer.from(quoted.slice(1, -1))];
  return [...leb(bytes.length), ...bytes];
}
