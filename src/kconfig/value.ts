/** Values of int, hex and string symbols: what is valid, and how the kernel compares them. */
import { SymbolType } from './symbol.ts';

/** True where the text is a value that an int or hex symbol can have. */
export function isValidNumber(type: number, text: string): boolean {
  if (type === SymbolType.int) return /^-?(?:0|[1-9][0-9]*)$/.test(text);
  return type === SymbolType.hex && /^(?:0[xX])?[0-9a-fA-F]+$/.test(text);
}

const longMaximum = 2n ** 63n - 1n;
const longMinimum = -(2n ** 63n);
const unsignedMaximum = 2n ** 64n - 1n;

interface Parsed {
  readonly value: bigint;
  /** False where text follows the digits, or where there are none. */
  readonly whole: boolean;
}

/** Digits of the base at the start of the text, as C's strtoll takes them; base 0 tells hex and octal by their prefix. */
function parse(text: string, base: 0 | 10 | 16): Parsed {
  const [, sign = '', rest = ''] = /^[ \t\n\v\f\r]*([+-]?)([\s\S]*)$/.exec(text) as RegExpExecArray;
  let digits: string;
  let prefix = '';
  let after: number;
  if (base !== 10 && /^0[xX][0-9a-fA-F]/.test(rest)) {
    digits = (/^0[xX]([0-9a-fA-F]+)/.exec(rest) as RegExpExecArray)[1] as string;
    after = digits.length + 2;
    prefix = '0x';
  } else if (base === 16) {
    digits = (/^[0-9a-fA-F]*/.exec(rest) as RegExpExecArray)[0];
    after = digits.length;
    prefix = '0x';
  } else if (base === 0 && rest.startsWith('0')) {
    digits = (/^[0-7]*/.exec(rest) as RegExpExecArray)[0];
    after = digits.length;
    prefix = '0o';
  } else {
    digits = (/^[0-9]*/.exec(rest) as RegExpExecArray)[0];
    after = digits.length;
  }
  if (digits === '') return { value: 0n, whole: false };
  const magnitude = BigInt(prefix + digits);
  return { value: sign === '-' ? -magnitude : magnitude, whole: after === rest.length };
}

/** The number at the start of the text of an int or hex symbol, cut to 64 bits; 0 where there is none. */
export function numberOf(type: number, text: string): bigint {
  const { value } = parse(text, type === SymbolType.hex ? 16 : 10);
  return value > longMaximum ? longMaximum : value < longMinimum ? longMinimum : value;
}

interface Comparable {
  readonly kind: 'text' | 'signed' | 'unsigned';
  readonly value: bigint;
}

const logicValues: Readonly<Record<string, bigint>> = { n: 0n, m: 1n, y: 2n };

function comparable(type: number, text: string): Comparable {
  if (type === SymbolType.bool || type === SymbolType.tristate) {
    return { kind: 'signed', value: logicValues[text] as bigint };
  }
  const { value, whole } = parse(text, type === SymbolType.hex ? 16 : type === SymbolType.int ? 10 : 0);
  const fits =
    type === SymbolType.hex
      ? value <= unsignedMaximum && -value <= unsignedMaximum
      : value <= longMaximum && value >= longMinimum;
  if (!whole || !fits) return { kind: 'text', value: 0n };
  return { kind: type === SymbolType.hex ? 'unsigned' : 'signed', value };
}

/** Less than, equal to or greater than 0, as the kernel orders the values of two symbols. */
export function compareValues(typeA: number, a: string, typeB: number, b: string): number {
  if (typeA === SymbolType.string && typeB === SymbolType.string) return compareTexts(a, b);
  const left = comparable(typeA, a);
  const right = comparable(typeB, b);
  if (left.kind === 'text' || right.kind === 'text') return compareTexts(a, b);
  if (left.kind === 'signed' && right.kind === 'signed')
    return left.value < right.value ? -1 : Number(left.value > right.value);
  const [u, v] = [BigInt.asUintN(64, left.value), BigInt.asUintN(64, right.value)];
  return u < v ? -1 : Number(u > v);
}

/** Compares by bytes; in the order of code points, which is that of UTF-8. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as string).codePointAt(0)! - (right[i] as string).codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
