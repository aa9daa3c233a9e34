/** Reads a Kconfig tree into symbols and menu entries: the grammar of scripts/kconfig/parser.y, statement by statement. */
import type { Questions } from './answers.ts';
import { createCursor, InvalidStatement, invalid, ParenthesesTooDeep } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import {
  addEntry,
  append,
  createDraft,
  type Draft,
  type DraftSymbol,
  type Entry,
  type EntryKind,
  type Property,
  type PropertyKind,
} from './draft.ts';
import { type Expression, ExpressionTooDeep, isN, none } from './expression.ts';
import { createLexer, type Lexer, Token } from './lexer.ts';
import { createMacros, type Flavour, MacroError } from './macro.ts';
import { type KconfigFile, type KconfigProblem, type KconfigProblemCode, problemAt, spanOfLine } from './problem.ts';
import { SymbolFlag, SymbolType, typeNames } from './symbol.ts';

/** Reads a file of the tree by its path from the root; undefined where there is none. */
export type ReadKconfig = (path: string) => string | undefined;

export interface ParseOptions {
  readonly read: ReadKconfig;
  /** Files whose paths match a pattern with `*` and `?`, sorted; needed for patterns in `source` only. */
  readonly match?: (pattern: string) => readonly string[];
  readonly dialect: Dialect;
  readonly questions: Questions;
  readonly environment: (name: string) => string | undefined;
}

export const kconfigLimits = {
  /** Files that a tree may have. */
  files: 20_000,
  /** UTF-16 units of all files together. */
  text: 64 << 20,
  /** Blocks and files within one another. */
  nesting: 500,
  /** Symbols and menu entries together. */
  entries: 1_000_000,
} as const;

/** Thrown where reading cannot go on, after the problem was reported. */
class ParseStopped extends Error {}

interface Block {
  readonly kind: 'menu' | 'choice' | 'if';
  readonly entry: Entry;
  /** Number of enclosing choices. */
  readonly inChoice: boolean;
}

const baseKeywords =
  'bool choice comment config def_bool def_tristate default depends endchoice endif endmenu help hex if imply int mainmenu menu menuconfig on prompt range select source string tristate visible';
const types: Readonly<Record<string, SymbolType>> = {
  bool: SymbolType.bool,
  tristate: SymbolType.tristate,
  int: SymbolType.int,
  hex: SymbolType.hex,
  string: SymbolType.string,
  def_bool: SymbolType.bool,
  def_tristate: SymbolType.tristate,
};
/** Forms of `source` that forks of Kconfig have: relative to the file, and for files that need not exist. */
const sourceForms: Readonly<Record<string, { relative: boolean; optional: boolean }>> = {
  source: { relative: false, optional: false },
  rsource: { relative: true, optional: false },
  osource: { relative: false, optional: true },
  orsource: { relative: true, optional: true },
};

export interface ParseResult {
  readonly draft: Draft;
  readonly problems: readonly KconfigProblem[];
  /** Paths of the files that were read, in order. */
  readonly files: readonly string[];
}

/** Reads the tree that begins at `path`. Never throws for what the files hold. */
export function parseKconfig(path: string, options: ParseOptions): ParseResult {
  const { dialect } = options;
  const problems: KconfigProblem[] = [];
  const files: string[] = [];
  const firstIncluded = new Map<string, string>();
  const macros = createMacros(options.questions, options.environment);
  const keywords = new Set(baseKeywords.split(' '));
  for (const [word, known] of Object.entries(dialect.keywords)) if (known) keywords.add(word);

  const top: KconfigFile = { path, text: options.read(path) ?? '' };
  const draft = createDraft(top);
  const { expressions: x } = draft;
  let lexer: Lexer = createLexer(top, keywords, dialect.pathWords, macros, (found) => problems.push(found));
  let lexers: Lexer[] = [lexer];
  let lines: number[] = [];
  let blocks: Block[] = [];
  /** The entry that takes options; undefined after a statement that ends it. */
  let open: Entry | undefined;
  /** Each choice with each of its members, as one number. */
  const memberships = new Set<number>();
  let entries = 0;
  let textRead = top.text.length;
  let started = false;

  function report(code: KconfigProblemCode, message: string, severity?: KconfigProblem['severity']): void {
    const start = lexer.starts[Math.min(cursor.at, lexer.count - 1)] ?? lexer.end;
    problems.push(problemAt(lexer.file, { start, end: lexer.end }, code, message, severity));
  }

  function stop(code: KconfigProblemCode, message: string): never {
    report(code, message);
    throw new ParseStopped(message);
  }

  const cursor = createCursor(draft, () => lexer, kconfigLimits.nesting);
  const {
    expectEnd,
    isOperator,
    isWord,
    kind,
    symbolNamed,
    takeExpression,
    takeIf,
    takeName,
    takeQuoted,
    takeSymbol,
    word,
  } = cursor;

  function begin(entryKind: EntryKind, symbol: number): Entry {
    if (++entries > kconfigLimits.entries) stop('too-large', `more than ${kconfigLimits.entries} entries`);
    closeEntry();
    const entry = addEntry(blocks.at(-1)?.entry ?? draft.root, entryKind, symbol, lexer.file, lexer.line);
    if (symbol >= 0) (draft.symbols[symbol] as DraftSymbol).entries.push(entry);
    open = entry;
    return entry;
  }

  /** What the kernel checks of an entry once its options have ended. */
  function closeEntry(): void {
    const entry = open;
    open = undefined;
    if (entry?.kind !== 'config' || dialect.choices === 'classic' || blocks.at(-1)?.inChoice !== true) return;
    const symbol = draft.symbols[entry.symbol] as DraftSymbol;
    const at = (code: KconfigProblemCode, message: string): void => {
      problems.push(problemAt(entry.file, spanOfLine(entry.file, entry.line), code, message));
    };
    if (entry.prompt === undefined) at('choice-member-without-prompt', 'choice member must have a prompt');
    if (symbol.type !== SymbolType.bool) at('choice-member-not-bool', 'choice member must be bool');
    const choice = [...blocks].reverse().find((block) => block.kind === 'choice') as Block;
    const owner = draft.symbols[choice.entry.symbol] as DraftSymbol;
    const membership = choice.entry.symbol * 2 ** 26 + entry.symbol;
    if (memberships.has(membership)) return;
    memberships.add(membership);
    owner.members = append(owner.members, entry.symbol);
  }

  function addProperty(propertyKind: PropertyKind, text: string, value: number, upper: number, condition: Expression) {
    const entry = open as Entry;
    const property: Property = {
      kind: propertyKind,
      text,
      value,
      upper,
      condition,
      entry,
      file: lexer.file,
      line: lexer.line,
    };
    if (entry.symbol >= 0) (draft.symbols[entry.symbol] as DraftSymbol).properties.push(property);
    return property;
  }

  function addPrompt(propertyKind: PropertyKind, text: string, given: Expression, entry: Entry): void {
    let prompt = text;
    if (/^[ \t\n\v\f\r]/.test(prompt)) {
      report('leading-whitespace', 'leading whitespace ignored');
      prompt = prompt.replace(/^[ \t\n\v\f\r]+/, '');
    }
    if (entry.prompt !== undefined) report('prompt-redefined', 'prompt redefined');
    let condition = given;
    if (propertyKind === 'prompt') {
      for (let menu = entry.parent; menu !== undefined; menu = menu.parent)
        condition = x.and(condition, menu.visibility);
    }
    open = entry;
    entry.prompt = addProperty(propertyKind, prompt, 0, 0, condition);
  }

  function setType(type: SymbolType): void {
    const symbol = draft.symbols[(open as Entry).symbol] as DraftSymbol;
    if (symbol.type === SymbolType.unknown) symbol.type = type;
    else if (symbol.type !== type) {
      const from = typeNames[symbol.type];
      report('type-redefined', `ignoring type redefinition of '${symbol.name}' from '${from}' to '${typeNames[type]}'`);
    }
  }

  /** Reads an option of the open entry; false where the line is no option of it. */
  function option(entry: Entry, keyword: string): boolean {
    const { kind: of } = entry;
    const isConfig = of === 'config' || of === 'menuconfig';
    switch (keyword) {
      case 'depends':
        cursor.at++;
        if (!isWord('on')) invalid();
        cursor.at++;
        return depends(entry);
      case 'help':
      case '---help---':
        if (!isConfig && of !== 'choice') return false;
        cursor.at++;
        expectEnd();
        return help(entry);
      case 'visible':
        if (of !== 'menu') return false;
        cursor.at++;
        entry.visibility = x.and(entry.visibility, takeIf());
        expectEnd();
        return true;
      case 'prompt': {
        if (!isConfig && of !== 'choice') return false;
        cursor.at++;
        const text = takeQuoted();
        addPrompt('prompt', text, takeIf(), entry);
        expectEnd();
        return true;
      }
      case 'default':
        if (of === 'choice') return choiceDefault();
        return isConfig && defaultValue(undefined);
      case 'optional':
        if (of !== 'choice') return false;
        cursor.at++;
        expectEnd();
        (draft.symbols[entry.symbol] as DraftSymbol).flags |= SymbolFlag.optional;
        return true;
      case 'bool':
      case 'tristate':
        return (isConfig || (of === 'choice' && isChoiceType(keyword))) && typed(entry, types[keyword] as SymbolType);
      default:
        return isConfig && configOption(entry, keyword);
    }
  }

  /** Reworked choices are of bools only. */
  function isChoiceType(keyword: string): boolean {
    return dialect.typedChoices && (dialect.choices === 'classic' || keyword === 'bool');
  }

  function configOption(entry: Entry, keyword: string): boolean {
    switch (keyword) {
      case 'int':
      case 'hex':
      case 'string':
        return typed(entry, types[keyword] as SymbolType);
      case 'def_bool':
      case 'def_tristate':
        return defaultValue(types[keyword]);
      case 'select':
      case 'imply': {
        cursor.at++;
        const target = takeName();
        const condition = takeIf();
        expectEnd();
        addProperty(keyword, '', target, 0, condition);
        return true;
      }
      case 'range': {
        cursor.at++;
        const lower = takeSymbol();
        const upper = takeSymbol();
        const condition = takeIf();
        expectEnd();
        addProperty('range', '', lower, upper, condition);
        return true;
      }
      case 'modules':
        cursor.at++;
        expectEnd();
        return modules(entry);
      case 'transitional':
        cursor.at++;
        expectEnd();
        (draft.symbols[entry.symbol] as DraftSymbol).flags |= SymbolFlag.transitional;
        return true;
      case 'option':
        return oldOption(entry);
      default:
        return false;
    }
  }

  function typed(entry: Entry, type: SymbolType): boolean {
    cursor.at++;
    const isReworkedChoice = entry.kind === 'choice' && dialect.choices === 'reworked';
    if (isReworkedChoice && kind() !== Token.quoted) invalid();
    if (kind() === Token.quoted) {
      const text = takeQuoted();
      const condition = takeIf();
      expectEnd();
      addPrompt('prompt', text, condition, entry);
    }
    expectEnd();
    if (!isReworkedChoice) setType(type);
    return true;
  }

  function depends(entry: Entry): boolean {
    let dependency = takeExpression();
    if (dialect.conditionalDepends) {
      const condition = takeIf();
      if (condition !== none) dependency = x.or(dependency, isN(x, condition));
    }
    expectEnd();
    entry.dependency = x.and(entry.dependency, dependency);
    return true;
  }

  function defaultValue(type: SymbolType | undefined): boolean {
    cursor.at++;
    const value = takeExpression();
    const condition = takeIf();
    expectEnd();
    addProperty('default', '', value, 0, condition);
    if (type !== undefined) setType(type);
    return true;
  }

  function choiceDefault(): boolean {
    cursor.at++;
    const member = takeName();
    const condition = takeIf();
    expectEnd();
    addProperty('default', '', x.symbol(member), 0, condition);
    return true;
  }

  function help(entry: Entry): boolean {
    const severity = dialect.strict ? 'error' : 'warning';
    const name = (draft.symbols[entry.symbol] as DraftSymbol).name || '<choice>';
    if (entry.hasHelp) report('second-help', `'${name}' defined with more than one help text`, severity);
    if (!lexer.skipHelp()) report('blank-help', `'${name}' defined with blank help text`, severity);
    entry.hasHelp = true;
    return true;
  }

  function modules(entry: Entry): boolean {
    if (draft.modules !== 0) {
      const [name, before] = [draft.symbols[entry.symbol]?.name, draft.symbols[draft.modules]?.name];
      report('modules-twice', `symbol '${name}' redefines option 'modules' already defined by symbol '${before}'`);
    }
    draft.modules = entry.symbol;
    return true;
  }

  /** `option modules`, `option defconfig_list`, `option allnoconfig_y`, `option env="NAME"`: kernels before 5.13. */
  function oldOption(entry: Entry): boolean {
    cursor.at++;
    const name = word();
    cursor.at++;
    const symbol = draft.symbols[entry.symbol] as DraftSymbol;
    if (name === 'modules') return modules(entry);
    if (name === 'defconfig_list') symbol.flags |= SymbolFlag.defconfigList;
    else if (name === 'allnoconfig_y') symbol.flags |= SymbolFlag.allnoconfigY;
    else if (name === 'env' && isOperator('=')) {
      cursor.at++;
      const value = options.environment(takeQuoted()) ?? '';
      addProperty('default', '', x.symbol(symbolNamed(value, true)), 0, none);
    } else invalid();
    expectEnd();
    return true;
  }

  function openBlock(blockKind: Block['kind'], entry: Entry): void {
    if (blocks.length >= kconfigLimits.nesting) stop('too-deep', `blocks nested deeper than ${kconfigLimits.nesting}`);
    blocks.push({ kind: blockKind, entry, inChoice: blockKind === 'choice' || blocks.at(-1)?.inChoice === true });
  }

  /** A choice or menu opens its block once its options have ended, that is before the next statement. */
  function openPending(): void {
    const entry = open;
    if (entry?.kind === 'choice') {
      if (entry.prompt === undefined && dialect.choices === 'reworked') {
        problems.push(
          problemAt(
            entry.file,
            spanOfLine(entry.file, entry.line),
            'choice-without-prompt',
            'choice must have a prompt',
          ),
        );
      }
      open = undefined;
      openBlock('choice', entry);
    } else if (entry?.kind === 'menu') {
      open = undefined;
      openBlock('menu', entry);
    }
  }

  function endBlock(ends: Block['kind']): void {
    cursor.at++;
    expectEnd();
    closeEntry();
    const block = blocks.at(-1);
    if (block === undefined) invalid();
    if (block.kind !== ends) {
      report('unexpected-end', `unexpected '${ends}' within ${block.kind} block`);
      blocks.pop();
      return;
    }
    if (block.entry.file.path !== lexer.file.path) {
      report('end-in-other-file', `'${ends}' in different file than '${ends}'`);
    }
    blocks.pop();
  }

  /** Reads a statement that is not an option. */
  function statement(): void {
    const inChoice = blocks.at(-1)?.inChoice === true;
    if (kind() === Token.word) return wordStatement(inChoice);
    if (kind() !== Token.keyword) invalid();
    const keyword = word();
    if (keyword !== 'mainmenu') openPending();
    switch (keyword) {
      case 'config':
      case 'menuconfig': {
        if (keyword === 'menuconfig' && blocks.at(-1)?.inChoice === true) invalid();
        cursor.at++;
        const symbol = takeName();
        expectEnd();
        begin(keyword, symbol);
        return;
      }
      case 'endmenu':
      case 'endchoice':
      case 'endif':
        return endBlock(keyword.slice(3) as Block['kind']);
      case 'if': {
        cursor.at++;
        const condition = takeExpression();
        expectEnd();
        const entry = begin('if', -1);
        entry.dependency = condition;
        open = undefined;
        return openBlock('if', entry);
      }
      case 'comment': {
        cursor.at++;
        const text = takeQuoted();
        expectEnd();
        addPrompt('comment', text, none, begin('comment', -1));
        return;
      }
      default:
        if (blocks.at(-1)?.inChoice === true) invalid();
        return outerStatement(keyword);
    }
  }

  function outerStatement(keyword: string): void {
    switch (keyword) {
      case 'menu': {
        cursor.at++;
        const text = takeQuoted();
        expectEnd();
        addPrompt('menu', text, none, begin('menu', -1));
        return;
      }
      case 'choice':
        return choice();
      case 'source':
        cursor.at++;
        return source(sourceForms['source'] as { relative: boolean; optional: boolean });
      case 'mainmenu': {
        if (started) invalid();
        cursor.at++;
        const text = takeQuoted();
        expectEnd();
        addPrompt('menu', text, none, draft.root);
        open = undefined;
        return;
      }
      default:
        invalid();
    }
  }

  function wordStatement(inChoice: boolean): void {
    const form =
      Object.hasOwn(sourceForms, word()) && lexer.kinds[1] === Token.quoted ? sourceForms[word()] : undefined;
    const flavour = lexer.count === 3 && lexer.kinds[2] === Token.value ? lexer.texts[1] : undefined;
    if (inChoice || (form === undefined && flavour === undefined)) {
      if (inChoice) invalid();
      report('unknown-statement', `unknown statement "${word()}"`);
      openPending();
      closeEntry();
      return;
    }
    openPending();
    if (blocks.at(-1)?.inChoice === true) invalid();
    if (form !== undefined) {
      cursor.at++;
      return source(form);
    }
    closeEntry();
    const flavours: Readonly<Record<string, Flavour>> = { '=': 'recursive', ':=': 'simple', '+=': 'append' };
    const place = {
      filename: lexer.file.path,
      // The kernel's parser has taken the end of the line by then.
      line: lexer.nextLine,
      say: (code: KconfigProblemCode, message: string) => report(code, message),
    };
    macros.define(word(), flavours[flavour as string] as Flavour, lexer.texts[2] as string, place);
  }

  const namedChoices = new Map<string, number>();
  function choice(): void {
    cursor.at++;
    let symbol: number | undefined;
    if (dialect.choices === 'classic' && kind() === Token.word) {
      const name = lexer.texts[cursor.at++] as string;
      symbol = namedChoices.get(name) ?? draft.addSymbol(name, SymbolFlag.choice);
      namedChoices.set(name, symbol);
    }
    expectEnd();
    symbol ??= draft.addSymbol('', SymbolFlag.choice);
    begin('choice', symbol);
    if (dialect.choices === 'reworked') setType(SymbolType.bool);
  }

  function source(form: { relative: boolean; optional: boolean }): void {
    const pattern = dialect.pathWords && kind() === Token.word ? (lexer.texts[cursor.at++] as string) : takeQuoted();
    expectEnd();
    closeEntry();
    const folder = form.relative ? lexer.file.path.replace(/[^/]*$/, '') : '';
    const path = normalize(folder + pattern);
    if (path === undefined) stop('outside-tree', `"${pattern}" is outside the tree`);
    if (/[*?]/.test(path) && options.match !== undefined) {
      const found = options.match(path);
      if (found.length === 0 && !form.optional) stop('missing-file', `no file matches "${pattern}"`);
      for (const each of [...found].reverse()) include(each, form.optional);
      return;
    }
    include(path, form.optional);
  }

  function include(path: string, optional: boolean): void {
    const text = options.read(path);
    if (text === undefined) {
      if (optional) return;
      stop('missing-file', `can't open file "${path}"`);
    }
    const circle = lexers.findIndex((each) => each.file.path === path);
    if (circle >= 0) {
      const chain = lexers
        .map((each, index) => `${each.file.path}:${lines[index] ?? lexer.line}`)
        .slice(circle)
        .reverse();
      stop('recursive-inclusion', `${path} includes itself: included from ${chain.join(', ')}`);
    }
    const before = firstIncluded.get(path);
    if (before !== undefined && dialect.includesOnce) {
      stop('repeated-inclusion', `repeated inclusion of ${path}, first included at ${before}`);
    }
    firstIncluded.set(path, `${lexer.file.path}:${lexer.line}`);
    files.push(path);
    textRead += text.length;
    if (files.length > kconfigLimits.files) stop('too-large', `more than ${kconfigLimits.files} files`);
    if (textRead > kconfigLimits.text) stop('too-large', `more than ${kconfigLimits.text} characters`);
    if (lexers.length >= kconfigLimits.nesting) stop('too-deep', `files nested deeper than ${kconfigLimits.nesting}`);
    lines.push(lexer.line);
    lexer = createLexer({ path, text }, keywords, dialect.pathWords, macros, (found) => problems.push(found));
    lexers.push(lexer);
  }

  function readStatement(): void {
    cursor.at = 0;
    try {
      const keyword = lexer.kinds[0] === Token.keyword ? (lexer.texts[0] as string) : '';
      if (!(open !== undefined && keyword !== '' && keyword !== 'if' && option(open, keyword))) {
        cursor.at = 0;
        const entry = open;
        statement();
        if (entry?.kind === 'menuconfig' && entry.prompt === undefined && open !== entry) menuconfigPrompt(entry);
      }
    } catch (error) {
      if (error instanceof MacroError) stop(error.code, error.message);
      if (error instanceof ParenthesesTooDeep) stop('too-deep', 'parentheses nested too deep');
      if (!(error instanceof InvalidStatement)) throw error;
      report('invalid-statement', 'invalid statement');
    }
    started = true;
  }

  /** The end of a block then counts as that of the file around; what else stands there newer kernels refuse in the first file only. */
  function missingNewline(): void {
    // They do so since 6.9; how a config is read changed one release later.
    const refusesAll = dialect.reader === 'exact' && lexers.length === 1;
    const severity = refusesAll || /^end(?:menu|choice|if)$/.test(lexer.texts[0] as string) ? 'error' : 'warning';
    const span = { start: lexer.end, end: lexer.end };
    problems.push(problemAt(lexer.file, span, 'missing-final-newline', 'no newline at the end of the file', severity));
  }

  function menuconfigPrompt(entry: Entry): void {
    const severity = dialect.strict ? 'error' : 'warning';
    problems.push(
      problemAt(
        entry.file,
        spanOfLine(entry.file, entry.line),
        'menuconfig-without-prompt',
        'menuconfig statement without prompt',
        severity,
      ),
    );
  }

  files.push(path);
  if (options.read(path) === undefined) {
    problems.push(problemAt(top, { start: 0, end: 0 }, 'missing-file', `can't find file ${path}`));
    return { draft, problems, files };
  }
  try {
    for (;;) {
      if (lexer.next()) {
        if (lexer.isCut) missingNewline();
        readStatement();
      } else if (lexers.length === 1) break;
      else {
        lexers.pop();
        lines.pop();
        lexer = lexers.at(-1) as Lexer;
        // Options of an entry may go on in the file that included it, but a pending block opens where its own file ends.
        openPending();
      }
    }
    openPending();
    const last = open;
    closeEntry();
    if (last?.kind === 'menuconfig' && last.prompt === undefined) menuconfigPrompt(last);
    for (const block of blocks) {
      const { file, line } = block.entry;
      problems.push(problemAt(file, spanOfLine(file, line), 'missing-end', `missing end of this ${block.kind}`));
    }
  } catch (error) {
    if (error instanceof MacroError) {
      problems.push(problemAt(lexer.file, { start: lexer.end, end: lexer.end }, error.code, error.message));
    } else if (error instanceof ExpressionTooDeep) report('too-deep', error.message);
    else if (!(error instanceof ParseStopped)) throw error;
  }
  lexers = [];
  lines = [];
  blocks = [];
  return { draft, problems, files };
}

/** The path without `.` and `..`; undefined where it leads out of the tree. */
function normalize(path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
