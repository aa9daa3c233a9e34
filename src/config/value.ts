/** How the kernel reads what stands behind `=`. */

/**
 * The value the kernel takes. Strings lose quotes and escapes, and whatever stands behind the closing quote;
 * of an unquoted word only the first letter counts for a bool or tristate (`conf_set_sym_val` in
 * scripts/kconfig/confdata.c), so words that spell a tristate are read as that letter. Anything else stays as written.
 */
export function readValue(written: string): string {
  if (written.charCodeAt(0) === 34) return unquote(written);
  const word = /^(?:(y)|(m)|(n))(?:es|od|odule|o|CONFIG_.*)?(?![\w.-])/.exec(written);
  if (word !== null) return word[1] ?? word[2] ?? (word[3] as string);
  return written;
}

/** The content of a quoted string; an unterminated one is taken to the end. */
export function unquote(written: string): string {
  if (!written.includes('\\')) {
    const close = written.indexOf('"', 1);
    return written.slice(1, close === -1 ? undefined : close);
  }
  let content = '';
  for (let i = 1; i < written.length; i++) {
    let c = written.charAt(i);
    if (c === '"') break;
    if (c === '\\') c = written.charAt(++i);
    content += c;
  }
  return content;
}

/** True for `123`, `-1` and `0x1F`. */
export function isNumber(value: string): boolean {
  return /^(?:-?\d+|0[xX][\da-fA-F]+)$/.test(value);
}

/** The number a value stands for, whatever its size. */
export function numberOf(value: string): bigint | undefined {
  if (!isNumber(value)) return undefined;
  return value.startsWith('-') ? -BigInt(value.slice(1)) : BigInt(value);
}
