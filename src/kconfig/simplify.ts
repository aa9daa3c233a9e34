/** Simplifies expressions the way scripts/kconfig/expr.c does, because menus are nested by the simplified form. */
import { type Expression, type ExpressionStore, none, Op } from './expression.ts';
import { mod, no, SymbolType, yes } from './symbol.ts';

/** What the simplifier has to know of symbols and of the kernel it imitates. */
export interface Simplification {
  readonly expressions: ExpressionStore;
  readonly typeOf: (symbol: number) => number;
  readonly isConstant: (symbol: number) => boolean;
  /** Kernels before 6.12 keep a part that became simpler even where the whole did not. */
  readonly keepsParts: boolean;
}

export interface Simplifier {
  /** `m` becomes `m && MODULES`. */
  readonly guardModules: (e: Expression, modules: number) => Expression;
  /** Comparisons of bools and negations in their simplest form. */
  readonly transform: (e: Expression) => Expression;
  /** The expression without operands that say the same twice. */
  readonly withoutDuplicates: (e: Expression) => Expression;
  /** True where everything that `part` asks for is asked for by `whole` too. */
  readonly isSuperset: (whole: Expression, part: Expression) => boolean;
  /** "`e` is not n" with the comparison pushed down to the symbols. */
  readonly isNotN: (e: Expression) => Expression;
}

/** Makes a simplifier; the types of symbols must be settled. */
export function createSimplifier(given: Simplification): Simplifier {
  const { expressions: x, typeOf, isConstant, keepsParts } = given;
  const yesExpression = x.symbol(yes);
  const noExpression = x.symbol(no);
  const modExpression = x.symbol(mod);
  // Results by expression; none stands for "not yet", because only none itself comes to that.
  let transformed = new Int32Array(1 << 17);
  let deduplicated = new Int32Array(1 << 17);
  let trimmed = new Int32Array(1 << 17);
  const compared = [new Map<Expression, Expression>(), new Map<Expression, Expression>()] as const;
  let joined = 0;
  let otherSide: Expression = none;

  const opOf = (e: Expression): number => x.op[e] as number;
  const leftOf = (e: Expression): number => x.left[e] as number;
  const rightOf = (e: Expression): number => x.right[e] as number;
  const two = (op: number, a: Expression, b: Expression): Expression => (op === Op.and ? x.and(a, b) : x.or(a, b));
  const isJunction = (e: Expression): boolean => opOf(e) === Op.and || opOf(e) === Op.or;
  const haveCommonSymbol = (a: Expression, b: Expression): boolean =>
    ((x.names[a] as number) & (x.names[b] as number)) !== 0;
  const isYes = (e: Expression): boolean => e === none || e === yesExpression;

  function guardModules(e: Expression, modules: number): Expression {
    switch (opOf(e)) {
      case Op.not:
        return x.not(guardModules(leftOf(e), modules));
      case Op.and:
      case Op.or:
        return two(opOf(e), guardModules(leftOf(e), modules), guardModules(rightOf(e), modules));
      case Op.symbol:
        return e === modExpression ? x.and(e, x.symbol(modules)) : e;
      default:
        return e;
    }
  }

  function transform(e: Expression): Expression {
    if (e === none) return e;
    const known = transformed[e] as number;
    if (e < transformed.length && known !== none) return known;
    const result = transformNode(e);
    if (e >= transformed.length) transformed = widened(transformed, e);
    transformed[e] = result;
    return result;
  }

  function transformNode(e: Expression): Expression {
    switch (opOf(e)) {
      case Op.and:
      case Op.or:
        return two(opOf(e), transform(leftOf(e)), transform(rightOf(e)));
      case Op.not:
        return negate(transform(leftOf(e)));
      case Op.equal:
        if (typeOf(leftOf(e)) !== SymbolType.bool) return e;
        if (rightOf(e) === no) return x.not(x.symbol(leftOf(e)));
        if (rightOf(e) === mod) return noExpression;
        return rightOf(e) === yes ? x.symbol(leftOf(e)) : e;
      case Op.notEqual:
        if (typeOf(leftOf(e)) !== SymbolType.bool) return e;
        if (rightOf(e) === no) return x.symbol(leftOf(e));
        if (rightOf(e) === mod) return yesExpression;
        return rightOf(e) === yes ? x.not(x.symbol(leftOf(e))) : e;
      default:
        return e;
    }
  }

  function negate(e: Expression): Expression {
    switch (opOf(e)) {
      case Op.not:
        return leftOf(e);
      case Op.equal:
        return x.compare(Op.notEqual, leftOf(e), rightOf(e));
      case Op.notEqual:
        return x.compare(Op.equal, leftOf(e), rightOf(e));
      case Op.lessEqual:
        return x.compare(Op.greater, leftOf(e), rightOf(e));
      case Op.greaterEqual:
        return x.compare(Op.less, leftOf(e), rightOf(e));
      case Op.less:
        return x.compare(Op.greaterEqual, leftOf(e), rightOf(e));
      case Op.greater:
        return x.compare(Op.lessEqual, leftOf(e), rightOf(e));
      case Op.or:
        return transform(x.and(x.not(leftOf(e)), x.not(rightOf(e))));
      case Op.and:
        return transform(x.or(x.not(leftOf(e)), x.not(rightOf(e))));
      default:
        if (e === yesExpression) return noExpression;
        if (e === noExpression) return yesExpression;
        return e === modExpression ? e : x.not(e);
    }
  }

  /** Drops the constants `y` and `n` from `&&` and `||`. */
  function withoutConstants(e: Expression): Expression {
    if (!isJunction(e)) return e;
    const known = trimmed[e] as number;
    if (e < trimmed.length && known !== none) return known;
    const result = trimNode(e);
    if (e >= trimmed.length) trimmed = widened(trimmed, e);
    trimmed[e] = result;
    return result;
  }

  function trimNode(e: Expression): Expression {
    const op = opOf(e);
    const l = withoutConstants(leftOf(e));
    const r = withoutConstants(rightOf(e));
    const absorbing = op === Op.and ? noExpression : yesExpression;
    const neutral = op === Op.and ? yesExpression : noExpression;
    if (l === absorbing || r === neutral) return l;
    if (l === neutral || r === absorbing) return r;
    return keepsParts ? two(op, l, r) : e;
  }

  /** Both sides with the operands that they share taken out. */
  function withoutShared(a: Expression, b: Expression): readonly [Expression, Expression] {
    let pair: readonly [Expression, Expression] = [a, b];
    if (isJunction(a)) pair = replaceShared(opOf(a), a, b);
    const [first, second] = pair;
    if (opOf(first) !== opOf(second) && isJunction(second)) pair = replaceShared(opOf(second), first, second);
    return [withoutConstants(pair[0]), withoutConstants(pair[1])];
  }

  function replaceShared(op: number, a: Expression, b: Expression): readonly [Expression, Expression] {
    if (opOf(a) === op) {
      const [l, afterLeft] = replaceShared(op, leftOf(a), b);
      const [r, afterRight] = replaceShared(op, rightOf(a), afterLeft);
      return [two(op, l, r), afterRight];
    }
    if (opOf(b) === op) {
      const [afterLeft, l] = replaceShared(op, a, leftOf(b));
      const [afterRight, r] = replaceShared(op, afterLeft, rightOf(b));
      return [afterRight, two(op, l, r)];
    }
    if (a === b && (a === yesExpression || a === noExpression)) return [a, b];
    if (!sameMeaning(a, b)) return [a, b];
    const neutral = op === Op.and ? yesExpression : noExpression;
    return [neutral, neutral];
  }

  /** Equal but for the order of operands. */
  function sameMeaning(a: Expression, b: Expression): boolean {
    if (opOf(a) !== opOf(b) || !haveCommonSymbol(a, b)) return false;
    switch (opOf(a)) {
      case Op.not:
        return sameMeaning(leftOf(a), leftOf(b));
      case Op.and:
      case Op.or: {
        const [l, r] = withoutShared(a, b);
        return l === r && opOf(l) === Op.symbol;
      }
      default:
        return a === b;
    }
  }

  /** The symbol that an operand speaks of, where two operands on one symbol may be joined; in simplest form only symbols are negated. */
  function subject(e: Expression): number {
    const op = opOf(e);
    if (op === Op.symbol || op === Op.equal || op === Op.notEqual) return leftOf(e);
    return op === Op.not ? leftOf(leftOf(e)) : -1;
  }

  /** The type of the symbol that both operands speak of; unknown where they cannot be joined. */
  function commonSubject(a: Expression, b: Expression): number {
    const symbol = subject(a);
    if (symbol < 0 || symbol !== subject(b)) return -1;
    const type = typeOf(symbol);
    return type === SymbolType.bool || type === SymbolType.tristate ? symbol : -1;
  }

  const comparesWith = (e: Expression, op: number, value: number): boolean => opOf(e) === op && rightOf(e) === value;

  /** True where the two compare with `op` against these two values, in either order. */
  const comparePair = (a: Expression, b: Expression, op: number, v: number, w: number): boolean =>
    (comparesWith(a, op, v) && comparesWith(b, op, w)) || (comparesWith(a, op, w) && comparesWith(b, op, v));

  const oneIsPlain = (a: Expression, b: Expression, op: number, value: number): boolean =>
    (opOf(a) === Op.symbol && comparesWith(b, op, value)) || (opOf(b) === Op.symbol && comparesWith(a, op, value));

  function joinOr(a: Expression, b: Expression): Expression {
    if (sameMeaning(a, b)) return a;
    const symbol = commonSubject(a, b);
    if (symbol < 0) return none;
    if (typeOf(symbol) === SymbolType.tristate) {
      if (comparePair(a, b, Op.equal, yes, mod)) return x.compare(Op.notEqual, symbol, no);
      if (comparePair(a, b, Op.equal, yes, no)) return x.compare(Op.notEqual, symbol, mod);
      if (comparePair(a, b, Op.equal, mod, no)) return x.compare(Op.notEqual, symbol, yes);
      return none;
    }
    const plain = x.symbol(symbol);
    const negated = x.not(plain);
    return (a === plain && b === negated) || (a === negated && b === plain) ? yesExpression : none;
  }

  function joinAnd(a: Expression, b: Expression): Expression {
    if (sameMeaning(a, b)) return a;
    const symbol = commonSubject(a, b);
    if (symbol < 0) return none;
    if (oneIsPlain(a, b, Op.equal, yes)) return x.compare(Op.equal, symbol, yes);
    if (oneIsPlain(a, b, Op.notEqual, no)) return x.symbol(symbol);
    if (oneIsPlain(a, b, Op.notEqual, mod)) return x.compare(Op.equal, symbol, yes);
    if (typeOf(symbol) !== SymbolType.tristate) return none;
    if (opOf(a) === Op.equal && opOf(b) === Op.notEqual) return equalButNot(symbol, rightOf(a), rightOf(b));
    if (opOf(a) === Op.notEqual && opOf(b) === Op.equal) return equalButNot(symbol, rightOf(b), rightOf(a));
    if (comparePair(a, b, Op.notEqual, yes, no)) return x.compare(Op.equal, symbol, mod);
    if (comparePair(a, b, Op.notEqual, yes, mod)) return x.compare(Op.equal, symbol, no);
    return comparePair(a, b, Op.notEqual, mod, no) ? x.compare(Op.equal, symbol, yes) : none;
  }

  function equalButNot(symbol: number, value: number, other: number): Expression {
    if (!isConstant(value) || !isConstant(other)) return none;
    return value === other ? noExpression : x.compare(Op.equal, symbol, value);
  }

  const join = (op: number, a: Expression, b: Expression): Expression =>
    haveCommonSymbol(a, b) ? (op === Op.or ? joinOr(a, b) : joinAnd(a, b)) : none;

  /** True where a single operand can be joined with none of a long chain, which is how most conditions grow. */
  function standsAlone(op: number, chain: Expression, operand: Expression): boolean {
    if (opOf(operand) === op) return false;
    let rest = chain;
    for (; opOf(rest) === op; rest = leftOf(rest)) {
      const last = rightOf(rest);
      if (!haveCommonSymbol(last, operand)) continue;
      if (opOf(last) === op || join(op, last, operand) !== none) return false;
    }
    return join(op, rest, operand) === none;
  }

  /** Joins operands of `a` with operands of `b`; gives what is left of `a`, and leaves what is left of `b` in `otherSide`. */
  function joinAcross(op: number, a: Expression, b: Expression): Expression {
    if (opOf(a) === op) {
      const l = joinAcross(op, leftOf(a), b);
      const r = joinAcross(op, rightOf(a), otherSide);
      return l === leftOf(a) && r === rightOf(a) ? a : two(op, l, r);
    }
    if (opOf(b) === op) {
      const afterLeft = joinAcross(op, a, leftOf(b));
      const l = otherSide;
      const afterRight = joinAcross(op, afterLeft, rightOf(b));
      otherSide = l === leftOf(b) && otherSide === rightOf(b) ? b : two(op, l, otherSide);
      return afterRight;
    }
    const union = join(op, a, b);
    otherSide = union === none ? b : union;
    if (union === none) return a;
    joined++;
    return op === Op.or ? noExpression : yesExpression;
  }

  function withoutDuplicates(e: Expression): Expression {
    if (e === none) return e;
    const known = deduplicated[e] as number;
    if (e < deduplicated.length && known !== none) return known;
    const before = joined;
    let result = e;
    do {
      joined = 0;
      if (isJunction(result)) {
        const op = opOf(result);
        const l = withoutDuplicates(leftOf(result));
        const r = withoutDuplicates(rightOf(result));
        if (standsAlone(op, l, r)) result = two(op, l, r);
        else result = two(op, joinAcross(op, l, r), otherSide);
      }
      result = withoutConstants(result);
    } while (joined > 0);
    joined = before;
    if (e >= deduplicated.length) deduplicated = widened(deduplicated, e);
    deduplicated[e] = result;
    return result;
  }

  function compareDown(e: Expression, isEqual: boolean): Expression {
    const results = compared[isEqual ? 1 : 0];
    const known = results.get(e);
    if (known !== undefined) return known;
    const result = compareNode(e, isEqual);
    results.set(e, result);
    return result;
  }

  function compareNode(e: Expression, isEqual: boolean): Expression {
    switch (opOf(e)) {
      case Op.and:
      case Op.or: {
        const op = opOf(e) === Op.and ? Op.or : Op.and;
        const joint = two(op, compareDown(leftOf(e), true), compareDown(rightOf(e), true));
        return isEqual ? joint : x.not(joint);
      }
      case Op.not:
        return compareDown(leftOf(e), !isEqual);
      case Op.symbol:
        return x.compare(isEqual ? Op.equal : Op.notEqual, leftOf(e), no);
      default:
        return isEqual ? x.not(e) : e;
    }
  }

  return {
    guardModules,
    transform,
    withoutDuplicates,
    isSuperset(whole, part) {
      const [, rest] = withoutShared(withoutDuplicates(transform(compareDown(whole, false))), part);
      return isYes(rest);
    },
    isNotN: (e) => (e === none ? yesExpression : withoutDuplicates(transform(compareDown(e, false)))),
  };
}

/** A wider copy that has a place for `index`. */
function widened(old: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const fresh = new Int32Array(Math.max(old.length * 2, index + 1));
  fresh.set(old);
  return fresh;
}
