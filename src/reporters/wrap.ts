/** Breaks text into lines for a terminal. */

/** Breaks `text` at blanks so that no line passes `width`; later lines start behind `margin` blanks. */
export function wrap(text: string, margin: number, width: number): string {
  const room = width - margin;
  if (text.length <= room) return text;
  const gap = `\n${' '.repeat(margin)}`;
  return isPlain(text) ? breakPlain(text, room, gap) : breakWords(text, room, gap);
}

/** No colour codes, no commands, and one blank between words, so that lengths tell everything. */
function isPlain(text: string): boolean {
  return !/\u001b|::|##\[|^ | $| {2}/.test(text);
}

/** `breakWords` for plain text, line by line instead of word by word. */
function breakPlain(text: string, room: number, gap: string): string {
  let result = '';
  let from = 0;
  while (text.length - from > room) {
    let to = text.lastIndexOf(' ', from + room);
    if (to <= from) to = text.indexOf(' ', from + 1);
    if (to === -1) break;
    result += text.slice(from, to) + gap;
    from = to + 1;
  }
  return result + text.slice(from);
}

function breakWords(text: string, room: number, gap: string): string {
  let result = '';
  let column = 0;
  for (const part of text.split(' ')) {
    // Colour codes take no room on the screen.
    const size = part.includes('\u001b') ? part.replace(/\u001b\[\d+m/g, '').length : part.length;
    // A log reader takes a line that starts so for a command; within a line it is only text.
    const isCommand = part.startsWith('::') || part.startsWith('##[');
    if (column > 0 && column + 1 + size > room && !isCommand) {
      result += gap + part;
      column = size;
    } else {
      result += column > 0 ? ` ${part}` : part;
      column += size + (column > 0 ? 1 : 0);
    }
  }
  return result;
}
