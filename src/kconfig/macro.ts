/** The macro language of Kconfig: variables, functions and what they expand to. */
import type { Questions } from './answers.ts';
import type { KconfigProblemCode } from './problem.ts';

export type Flavour = 'simple' | 'recursive' | 'append';

/** Thrown where an expansion cannot go on; the parser turns it into a problem at its place. */
export class MacroError extends Error {
  readonly code: KconfigProblemCode;
  constructor(code: KconfigProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where an expansion happens, and who hears what it says. */
export interface MacroPlace {
  readonly filename: string;
  readonly line: number;
  readonly say: (code: 'info' | 'warning-if', message: string) => void;
}

export interface Macros {
  readonly define: (name: string, flavour: Flavour, value: string, place: MacroPlace) => void;
  /** Expands what follows a `$` at `at`; gives the expansion and where the text goes on. */
  readonly dollar: (text: string, at: number, end: number, place: MacroPlace) => Expansion;
  /** Expands a word with `$` in it, up to the first character that no word has. */
  readonly word: (text: string, at: number, end: number, place: MacroPlace) => Expansion;
}

export interface Expansion {
  readonly text: string;
  readonly end: number;
}

interface Variable {
  value: string;
  flavour: 'simple' | 'recursive';
  expanding: number;
}

export const maximumArguments = 16;
export const maximumNesting = 1000;
/** UTF-16 units that one expansion may come to: a few lines can otherwise double themselves beyond all memory. */
export const maximumLength = 1 << 20;
/** Expansions of a whole tree and UTF-16 units that they come to, where a kernel has some thousands: nothing can be doubled sixty times over too. */
export const maximumExpansions = 1_000_000;
export const maximumExpanded = 256 << 20;

const functionArity: Readonly<Record<string, number>> = {
  'error-if': 2,
  filename: 0,
  info: 1,
  lineno: 0,
  shell: 1,
  'warning-if': 2,
};

/** Makes an empty set of macros that asks `questions` for the environment and the shell. */
export function createMacros(questions: Questions, environment: (name: string) => string | undefined): Macros {
  const variables = new Map<string, Variable>();
  let nesting = 0;
  let expansions = 0;
  let expanded = 0;

  function callFunction(name: string, args: readonly string[], place: MacroPlace): string | undefined {
    const arity = Object.hasOwn(functionArity, name) ? (functionArity[name] as number) : undefined;
    if (arity === undefined) return undefined;
    if (args.length !== arity) {
      const few = args.length < arity ? 'few' : 'many';
      throw new MacroError('macro-arguments', `too ${few} arguments passed to '${name}'`);
    }
    const [first = '', second = ''] = args;
    switch (name) {
      case 'filename':
        return place.filename;
      case 'lineno':
        return String(place.line);
      case 'shell':
        return questions.ask('shell', first);
      case 'error-if':
        if (first === 'y') throw new MacroError('error-if', second);
        return '';
      case 'warning-if':
        if (first === 'y') place.say('warning-if', second);
        return '';
      default:
        place.say('info', first);
        return '';
    }
  }

  function callVariable(name: string, args: readonly string[], place: MacroPlace): string | undefined {
    const variable = variables.get(name);
    if (variable === undefined) return undefined;
    if (args.length === 0 && variable.expanding > 0) {
      throw new MacroError('recursive-macro', `Recursive variable '${name}' references itself (eventually)`);
    }
    if (variable.flavour === 'simple') return variable.value;
    variable.expanding++;
    try {
      return expand(variable.value, args, place);
    } finally {
      variable.expanding--;
    }
  }

  /** The value of `$(clause)`; `args` are those of the function in whose body it stands. */
  function evaluate(clause: string, args: readonly string[], place: MacroPlace): string {
    const own = /^\s*\+?(\d+)$/.exec(clause);
    if (own !== null) {
      const index = Number(own[1]);
      if (index > 0 && index <= args.length) return args[index - 1] as string;
    }
    const [head = '', ...rest] = splitArguments(clause);
    const name = expand(head, args, place);
    const values = rest.map((part) => expand(part, args, place));
    return (
      callVariable(name, values, place) ??
      callFunction(name, values, place) ??
      (values.length === 0 && name !== '' ? environment(name) : undefined) ??
      ''
    );
  }

  function dollar(text: string, at: number, end: number, args: readonly string[], place: MacroPlace): Expansion {
    if (text.charCodeAt(at) !== 40 || at >= end) return { text: '$', end: at };
    let depth = 0;
    let close = at + 1;
    for (; close < end; close++) {
      const c = text.charCodeAt(close);
      // Told at once: each level would be gone through anew.
      if (c === 40 && ++depth > maximumNesting)
        throw new MacroError('recursive-macro', `macros nested deeper than ${maximumNesting}`);
      if (c === 41 && depth-- === 0) break;
    }
    if (close >= end) {
      throw new MacroError('unterminated-macro', `unterminated reference to '${text.slice(at + 1, end)}': missing ')'`);
    }
    if (++expansions > maximumExpansions) {
      throw new MacroError('macro-too-large', `more than ${maximumExpansions} expansions of macros`);
    }
    if (++nesting > maximumNesting) {
      throw new MacroError('recursive-macro', `macros nested deeper than ${maximumNesting}`);
    }
    try {
      return { text: evaluate(text.slice(at + 1, close), args, place), end: close + 1 };
    } finally {
      nesting--;
    }
  }

  function expand(text: string, args: readonly string[], place: MacroPlace): string {
    let out = '';
    let from = 0;
    for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', from)) {
      const expansion = dollar(text, at + 1, text.length, args, place);
      out += text.slice(from, at) + expansion.text;
      if (out.length > maximumLength) {
        throw new MacroError('macro-too-large', `expansion of more than ${maximumLength} characters`);
      }
      from = expansion.end;
    }
    expanded += out.length;
    if (expanded > maximumExpanded) {
      throw new MacroError('macro-too-large', `expansions of more than ${maximumExpanded} characters in all`);
    }
    return out + text.slice(from);
  }

  return {
    define(name, flavour, value, place) {
      const before = variables.get(name);
      if (flavour !== 'append' || before === undefined) {
        const kind = flavour === 'simple' ? 'simple' : 'recursive';
        const fresh = kind === 'simple' ? expand(value, [], place) : value;
        if (before === undefined) variables.set(name, { value: fresh, flavour: kind, expanding: 0 });
        else {
          before.value = fresh;
          before.flavour = kind;
        }
        return;
      }
      before.value += ` ${before.flavour === 'simple' ? expand(value, [], place) : value}`;
      if (before.value.length > maximumLength) {
        throw new MacroError('macro-too-large', `variable '${name}' of more than ${maximumLength} characters`);
      }
    },
    dollar: (text, at, end, place) => dollar(text, at, end, [], place),
    word(text, start, end, place) {
      let out = '';
      let at = start;
      while (at < end) {
        const c = text.charCodeAt(at);
        if (c === 36) {
          const expansion = dollar(text, at + 1, end, [], place);
          out += expansion.text;
          at = expansion.end;
        } else if (isWordCode(c)) {
          out += text[at];
          at++;
        } else break;
      }
      return { text: out, end: at };
    },
  };
}

/** Splits at the commas that stand in no parentheses. */
function splitArguments(clause: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < clause.length; i++) {
    const c = clause.charCodeAt(i);
    if (c === 40) depth++;
    else if (c === 41) depth--;
    else if (c === 44 && depth === 0) {
      parts.push(clause.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(clause.slice(from));
  if (parts.length > maximumArguments) throw new MacroError('macro-arguments', 'too many function arguments');
  return parts;
}

/** Letters, digits, `_` and `-`. */
export function isWordCode(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45;
}
