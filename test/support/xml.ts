/** Reads XML with a strict parser: every element with its attributes, text and children. */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Draft extends Element {
  readonly children: Element[];
  text: string;
}

/** The root element; throws where the text is not well-formed XML 1.0. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser();
  const top: Draft = { name: '', attributes: {}, children: [], text: '' };
  const open: Draft[] = [top];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (more) => {
    (open.at(-1) as Draft).text += more;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return top.children[0] as Element;
}

/** Every element by its name, wherever it stands. */
export function elementsOf(root: Element, name: string): Element[] {
  const found: Element[] = [];
  const todo = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.name === name) found.push(next);
    todo.push(...next.children.toReversed());
  }
  return found;
}
