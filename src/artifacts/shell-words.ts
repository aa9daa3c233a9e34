/** Cuts a command into words as a shell does, with places; nothing is expanded and nothing runs. */
import type { SourceText, Span } from '../source.ts';

export interface ShellWord {
  readonly value: string;
  readonly span: Span;
  /** It holds something that a shell would replace, so that its value is not known. */
  readonly isOpen: boolean;
}

/** The words of the first command in which `isStart` finds its beginning, to the end of that command. */
export function commandWords(
  { text }: SourceText,
  isStart: (word: string) => boolean,
): readonly ShellWord[] | undefined {
  let words: ShellWord[] = [];
  let position = 0;
  const finish = (): readonly ShellWord[] | undefined => {
    const first = words.findIndex(({ value }) => isStart(value));
    return first === -1 ? undefined : words.slice(first);
  };
  while (position <= text.length) {
    const character = text[position];
    if (character === undefined || character === '\n' || character === ';' || character === '|' || character === '&') {
      const found = finish();
      if (found !== undefined) return found;
      words = [];
      position++;
    } else if (/\s/.test(character)) position++;
    else if (character === '\\' && /^\\\r?\n/.test(text.slice(position, position + 3)))
      position = text.indexOf('\n', position) + 1;
    else if (character === '#') position = endOfLine(text, position);
    else {
      const word = readShellWord(text, position);
      words.push(word);
      position = word.span.end;
    }
  }
  return undefined;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function readShellWord(text: string, start: number): ShellWord {
  let value = '';
  let quote = '';
  let isOpen = false;
  let i = start;
  for (; i < text.length; i++) {
    const character = text[i] as string;
    if (quote === '' && /[\s;|&]/.test(character)) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '\\' && quote !== "'" && i + 1 < text.length) {
      const next = text[++i] as string;
      if (next === '\r' && text[i + 1] === '\n') i++;
      else if (next !== '\n') value += quote === '"' && !'$`"\\'.includes(next) ? `\\${next}` : next;
    } else {
      if ((character === '$' || character === '`') && quote !== "'") isOpen = true;
      value += character;
    }
  }
  return { value, span: { start, end: i }, isOpen };
}
