/** Reads `KEY=VALUE` lines as they are: no quotes, no escapes, nothing that a shell would make of them. */
import type { SourceText, Span } from '../../source.ts';

export interface MetadataField {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface MetadataProblem {
  readonly message: string;
  readonly span: Span;
  /** A warning where readers agree on what is meant. */
  readonly severity: 'error' | 'warning';
}

export interface Metadata {
  readonly fields: readonly MetadataField[];
  readonly problems: readonly MetadataProblem[];
}

/** Lines that are looked at; metadata has about six. */
const mostLines = 1000;

export function readMetadata({ text }: SourceText): Metadata {
  const fields: MetadataField[] = [];
  const problems: MetadataProblem[] = [];
  let lines = 0;
  for (let start = 0; start < text.length && lines < mostLines; lines++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    const span = { start, end };
    const say = (message: string, severity: 'error' | 'warning' = 'error') =>
      problems.push({ message, span, severity });
    const match = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (line.endsWith('\r')) say('a line ends with a carriage return, which becomes part of its value');
    else if (match === null) {
      if (line.trim() === '') say('a line is empty, where KEY=VALUE should stand', 'warning');
      else say('a line is not KEY=VALUE');
    } else {
      const [, key = '', value = ''] = match;
      const valueSpan = { start: start + key.length + 1, end };
      if (/^["'].*["']$/.test(value)) say(`the value of ${key} stands in quotes, which become part of it`);
      else if (value !== value.trim()) say(`the value of ${key} has spaces around it, which become part of it`);
      const before = fields.find((field) => field.key === key);
      if (before !== undefined) say(`${key} stands there twice`);
      fields.push({ key, value, span, valueSpan });
    }
    start = end + 1;
  }
  return { fields, problems };
}

export function fieldOf({ fields }: Metadata, key: string): MetadataField | undefined {
  return fields.findLast((field) => field.key === key);
}
