/** Text that is safe within XML and HTML: it can become neither markup nor a character that XML forbids. */
import type { InputFailure, Report } from '../finding.ts';
import { visible } from '../invisible.ts';
import { inParts, type Reporter } from './reporter.ts';

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

/** A reporter whose document is opened by whatever comes first and closed at the end. */
export function xmlReporter(
  root: { readonly opening: string; readonly closing: string },
  file: (report: Report) => string,
  failure: (failure: InputFailure) => string,
): Reporter {
  let isOpen = false;
  const opened = (text: string) => {
    const before = isOpen ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${root.opening}\n`;
    isOpen = true;
    return before + text;
  };
  return inParts(file, opened, {
    failure: (each) => opened(failure(each)),
    end: () => opened(`${root.closing}\n`),
  });
}
