/** Characters that a reader cannot see, or that change how the text around them is shown. */

/** Soft hyphen, fillers, zero-width and direction-changing characters, line separators, byte order mark, variation selectors. */
const ranges =
  '\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb';

/** Finds them one by one. */
export const invisibleCharacters = new RegExp(`[\\u0080-\\u009f${ranges}]`, 'g');

/** Everything that must not reach a terminal or a log as it is: C0 but tab, DEL, C1, lone surrogates and the invisible ones. */
const unsafe = new RegExp(
  `[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f${ranges}]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`,
  'g',
);

const plain = /^[\t\u0020-\u007e]*$/;

/** A path to start a line with: a log reader takes a line that starts with :: or ##[ for a command. */
export function visiblePath(path: string): string {
  return visible(path).replace(/^(?=\s*(?:::|##\[))/, './');
}

/** `text` with each unsafe character written as `\u{1B}`; one line, whatever it held. */
export function visible(text: string): string {
  // Nearly every text is plain, and then the great expression need not even be compiled.
  if (plain.test(text)) return text;
  return text.replace(unsafe, (c) => `\\u{${c.charCodeAt(0).toString(16).toUpperCase()}}`);
}

/** JSON with the same escaped as JSON has it: the value that is read from it does not change. */
export function visibleJson(json: string): string {
  if (plain.test(json)) return json;
  return json.replace(unsafe, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
