/** Boolean expressions of Kconfig, each built once: equal expressions are the same number. */
import { mod, no, yes } from './symbol.ts';

export const Op = {
  symbol: 1,
  not: 2,
  and: 3,
  or: 4,
  equal: 5,
  notEqual: 6,
  less: 7,
  lessEqual: 8,
  greater: 9,
  greaterEqual: 10,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

/** The number of an expression; 0 is "no condition", which is always `y`. */
export type Expression = number;
export const none: Expression = 0;

/** Nesting that an expression may have; what is deeper is refused when it is built. */
export const maximumDepth = 2000;

export class ExpressionTooDeep extends Error {}

/** Expressions as columns: `left` and `right` are symbols in `symbol` and comparisons, expressions elsewhere. */
export interface ExpressionTable {
  readonly length: number;
  readonly op: ArrayLike<number>;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  /** One bit of 32 for each symbol named, where that is known: expressions without a common bit have no symbol in common. */
  readonly names?: ArrayLike<number>;
}

export interface ExpressionStore extends ExpressionTable {
  readonly symbol: (symbol: number) => Expression;
  readonly compare: (op: Op, left: number, right: number) => Expression;
  readonly not: (operand: Expression) => Expression;
  /** `none` on either side leaves the other. */
  readonly and: (a: Expression, b: Expression) => Expression;
  readonly or: (a: Expression, b: Expression) => Expression;
  readonly names: ArrayLike<number>;
}

const bitOf = (symbol: number): number => 1 << (Math.imul(symbol, 0x9e3779b1) >>> 27);

/** Makes an empty store. */
export function createExpressions(): ExpressionStore {
  let capacity = 1 << 17;
  let op = new Uint8Array(capacity);
  let left = new Int32Array(capacity);
  let right = new Int32Array(capacity);
  let depth = new Uint16Array(capacity);
  let names = new Int32Array(capacity);
  let table = new Int32Array(capacity * 2);
  let length = 1;

  function slotOf(o: number, l: number, r: number): number {
    const hash = Math.imul(l, 0x9e3779b1) ^ Math.imul(r, 0x85ebca6b) ^ Math.imul(o, 0xc2b2ae35);
    const mask = capacity * 2 - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = table[slot] as number;
      if (found === 0 || (left[found] === l && right[found] === r && op[found] === o)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const widen = <T extends Uint8Array | Uint16Array | Int32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    capacity *= 2;
    op = widen(op, new Uint8Array(capacity));
    left = widen(left, new Int32Array(capacity));
    right = widen(right, new Int32Array(capacity));
    depth = widen(depth, new Uint16Array(capacity));
    names = widen(names, new Int32Array(capacity));
    table = new Int32Array(capacity * 2);
    for (let i = 1; i < length; i++) table[slotOf(op[i] as number, left[i] as number, right[i] as number)] = i;
    store.op = op;
    store.left = left;
    store.right = right;
    store.names = names;
  }

  function namesIn(o: number, l: number, r: number): number {
    if (o === Op.and || o === Op.or) return (names[l] as number) | (names[r] as number);
    if (o === Op.not) return names[l] as number;
    return o === Op.symbol ? bitOf(l) : bitOf(l) | bitOf(r);
  }

  function make(o: number, l: number, r: number, nested: number): Expression {
    if (nested > maximumDepth) throw new ExpressionTooDeep(`expression nested deeper than ${maximumDepth}`);
    const slot = slotOf(o, l, r);
    const known = table[slot] as number;
    if (known !== 0) return known;
    const id = length++;
    table[slot] = id;
    op[id] = o;
    left[id] = l;
    right[id] = r;
    depth[id] = nested;
    names[id] = namesIn(o, l, r);
    store.length = length;
    if (length === capacity) grow();
    return id;
  }

  const two = (o: number, a: Expression, b: Expression): Expression =>
    a === none || b === none ? a || b : make(o, a, b, Math.max(depth[a] as number, depth[b] as number) + 1);

  // Plain fields, replaced when the columns grow: they are read millions of times.
  const store = {
    length,
    op,
    left,
    right,
    names,
    symbol: (symbol: number) => make(Op.symbol, symbol, 0, 1),
    compare: (o: Op, l: number, r: number) => make(o, l, r, 1),
    not: (operand: Expression) => make(Op.not, operand, 0, (depth[operand] as number) + 1),
    and: (a: Expression, b: Expression) => two(Op.and, a, b),
    or: (a: Expression, b: Expression) => two(Op.or, a, b),
  };
  return store;
}

/** "`e` is n", as `depends on A if B` needs it. */
export function isN(x: ExpressionStore, e: Expression): Expression {
  switch (x.op[e]) {
    case Op.and:
      return x.or(isN(x, x.left[e] as number), isN(x, x.right[e] as number));
    case Op.or:
      return x.and(isN(x, x.left[e] as number), isN(x, x.right[e] as number));
    case Op.not:
      return isNotN(x, x.left[e] as number);
    case Op.symbol:
      return x.compare(Op.equal, x.left[e] as number, no);
    default:
      return x.not(e);
  }
}

function isNotN(x: ExpressionStore, e: Expression): Expression {
  switch (x.op[e]) {
    case Op.and:
    case Op.or:
      return x.not(isN(x, e));
    case Op.not:
      return isN(x, x.left[e] as number);
    case Op.symbol:
      return x.compare(Op.notEqual, x.left[e] as number, no);
    default:
      return e;
  }
}

/** True where the expression names the symbol at all. What was added last is looked at first: entries mostly name the one above. */
export function mentions(x: ExpressionTable, e: Expression, symbol: number): boolean {
  if (x.names !== undefined && ((x.names[e] as number) & bitOf(symbol)) === 0) return false;
  switch (x.op[e]) {
    case Op.and:
    case Op.or:
      return mentions(x, x.right[e] as number, symbol) || mentions(x, x.left[e] as number, symbol);
    case Op.not:
      return mentions(x, x.left[e] as number, symbol);
    case Op.symbol:
      return x.left[e] === symbol;
    case 0:
      return false;
    default:
      return x.left[e] === symbol || x.right[e] === symbol;
  }
}

/** True where the expression cannot hold while the symbol is n. */
export function dependsOn(x: ExpressionTable, e: Expression, symbol: number): boolean {
  switch (x.op[e]) {
    case Op.and:
      return dependsOn(x, x.right[e] as number, symbol) || dependsOn(x, x.left[e] as number, symbol);
    case Op.symbol:
      return x.left[e] === symbol;
    case Op.equal:
      return x.left[e] === symbol && (x.right[e] === yes || x.right[e] === mod);
    case Op.notEqual:
      return x.left[e] === symbol && x.right[e] === no;
    default:
      return false;
  }
}

/** True where a part of the (transformed) expression asks for the symbol to be off. */
export function mentionsNegated(x: ExpressionTable, e: Expression, symbol: number): boolean {
  switch (x.op[e]) {
    case Op.and:
    case Op.or:
      return mentionsNegated(x, x.right[e] as number, symbol) || mentionsNegated(x, x.left[e] as number, symbol);
    case Op.not:
      return x.op[x.left[e] as number] === Op.symbol && x.left[x.left[e] as number] === symbol;
    case Op.equal:
      return x.left[e] === symbol && x.right[e] === no;
    case Op.notEqual:
      return x.left[e] === symbol && (x.right[e] === yes || x.right[e] === mod);
    default:
      return false;
  }
}
