/** Text that is safe within XML and HTML: it can become neither markup nor a character that XML forbids. */
import { visible } from '../invisible.ts';

const special = /[&<>"'`\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '\ufffe': '\\u{FFFE}',
  '\uffff': '\\u{FFFF}',
};

/** For content and for quoted attributes alike; one line, whatever the text held. */
export function escapeXml(text: string): string {
  return visible(text).replace(special, (c) => entities[c] as string);
}

/** ` name="value"`, or nothing where there is no value. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`;
}
