/** Conditions on symbols and on the target: what they are, what they say in words, and whether they hold. */
import { type ConfigDocument, type Setting, settingAt, settingOf } from '../config/document.ts';
import { findRow, Mark } from '../config/scan.ts';
import { numberOf } from '../config/value.ts';
import { textBetween } from '../source.ts';
import { archMatches, type BootFact, inRange, type KernelVersion, type Range, type Target } from '../target.ts';
import { matchesTrait, type Trait } from '../traits.ts';
import { type Existence, existenceOf, existenceOfName, isElsewhere, nameOn, type SymbolFacts } from './symbols.ts';

export type ValueTest =
  | { readonly test: 'is'; readonly value: string }
  | { readonly test: 'at-least' | 'at-most'; readonly value: string }
  | { readonly test: 'includes'; readonly value: string }
  /** The value of the symbol that `value` names. */
  | { readonly test: 'same-as'; readonly value: string };

/** Which tristate values a symbol condition accepts, as bits. */
export const Accept = { y: 1, m: 2, n: 4 } as const;

export interface SymbolCondition {
  readonly kind: 'symbol';
  readonly symbol: string;
  /** `hashName(symbol)`. */
  readonly hash: number;
  /** Sum of `Accept` bits. */
  readonly accept: number;
  readonly values: readonly ValueTest[];
}

export type Condition =
  | SymbolCondition
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'kernel' | 'platform'; readonly range: Range }
  | { readonly kind: 'arch'; readonly names: readonly string[] }
  | { readonly kind: 'boot'; readonly facts: readonly BootFact[] }
  | { readonly kind: 'file-name'; readonly patterns: readonly string[] }
  | TraitCondition;

/** One of these stands on the command line, or is a device of the machine; nothing does where neither is known. */
export interface TraitCondition {
  readonly kind: 'cmdline' | 'device';
  readonly patterns: readonly string[];
}

/** What a model of the target's kernel adds to what a document says. */
export interface KernelKnowledge {
  /** `Linux 6.12.117 x86_64`. */
  readonly name: string;
  /** Whether the kernel has a symbol, `maybe` where only one of two releases does; absent where the model does not speak for all of it. */
  readonly defines?: (symbol: string) => Existence;
  /** What the kernel makes of the document and its base: judged in place of the document, which is then only pointed at. */
  readonly resolved?: {
    readonly document: ConfigDocument;
    /** The files that it was made of, the one that counts first. */
    readonly files: readonly ConfigDocument[];
    /** Symbols whose values hang on the toolchain. */
    readonly uncertain: ReadonlySet<string>;
  };
  /** A complete config of another release is judged, for which the models only stand in. */
  readonly isStandIn?: boolean;
  /** Lines that make a rule hold; undefined where only the condition itself tells. */
  readonly adviceFor: (rule: string) => readonly string[] | undefined;
}

/** Everything a condition is judged by. */
export interface Situation {
  /** What is judged: the file, or what a kernel makes of it. */
  readonly document: ConfigDocument;
  /** The files, where that is something else; the one that counts first. */
  readonly written?: readonly ConfigDocument[];
  readonly kernel?: KernelKnowledge | undefined;
  readonly target: Target;
  readonly boot: ReadonlySet<BootFact>;
  /** The versioned product, where the profile is about one. */
  readonly platform?: { readonly name: string; readonly number: KernelVersion };
  readonly symbols: ReadonlyMap<string, SymbolFacts>;
}

/** The four verdicts; `Verdict.met` is 0 so that tables of them start out as met. */
export const Verdict = { met: 0, unmet: 1, unknown: 2, notApplicable: 3 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/**
 * Judges a condition. `asFact` asks whether it holds rather than whether it is met: then a symbol that the target does not
 * have is simply off. Depth is bounded by the loader (64).
 */
export function judge(condition: Condition, situation: Situation, asFact = false): Verdict {
  switch (condition.kind) {
    case 'symbol':
      return asFact ? judgeFact(condition, situation) : judgeSymbol(condition, situation);
    case 'all':
      return judgeAll(condition.of, situation, asFact);
    case 'any':
      return judgeAny(condition.of, situation, asFact);
    case 'not': {
      const inner = judge(condition.of, situation, asFact);
      return inner === Verdict.met ? Verdict.unmet : inner === Verdict.unmet ? Verdict.met : inner;
    }
    case 'kernel':
      if (situation.target.kernel === undefined) return Verdict.unknown;
      return holds(inRange(condition.range, situation.target.kernel));
    case 'platform':
      if (situation.platform === undefined) return Verdict.unknown;
      return holds(inRange(condition.range, situation.platform.number));
    case 'arch':
      if (situation.target.arch === undefined) return Verdict.unknown;
      return holds(archMatches(condition.names, situation.target.arch));
    case 'boot':
      return holds(condition.facts.every((fact) => situation.boot.has(fact)));
    case 'file-name':
      return holds(
        condition.patterns.some((pattern) => matchesName(pattern, baseName(situation.document.source.path))),
      );
    case 'cmdline':
    case 'device':
      return holds(traitsFor(condition, situation.target).length > 0);
  }
}

/** Parameters or devices that a condition speaks of. */
export function traitsFor({ kind, patterns }: TraitCondition, target: Target): Trait[] {
  const traits = (kind === 'cmdline' ? target.commandLine?.parameters : target.devices) ?? [];
  return traits.filter((trait) => patterns.some((pattern) => matchesTrait(pattern, trait)));
}

function holds(is: boolean): Verdict {
  return is ? Verdict.met : Verdict.unmet;
}

/** All must hold; members that do not concern the target are left out. */
function judgeAll(members: readonly Condition[], situation: Situation, asFact: boolean): Verdict {
  let result: Verdict = Verdict.notApplicable;
  for (const member of members) {
    const verdict = judge(member, situation, asFact);
    if (verdict === Verdict.unmet) return verdict;
    if (verdict === Verdict.unknown) result = verdict;
    else if (verdict === Verdict.met && result === Verdict.notApplicable) result = verdict;
  }
  return result;
}

/**
 * One must hold; members that do not concern the target are left out. What may or may not be there but is surely not on cannot be the
 * one that holds, where another could.
 */
function judgeAny(members: readonly Condition[], situation: Situation, asFact: boolean): Verdict {
  let canFail = false;
  const open: Condition[] = [];
  for (const member of members) {
    const verdict = judge(member, situation, asFact);
    if (verdict === Verdict.met) return verdict;
    if (verdict === Verdict.unknown) open.push(member);
    else if (verdict === Verdict.unmet) canFail = true;
  }
  if (open.length === 0) return canFail ? Verdict.unmet : Verdict.notApplicable;
  const none = canFail && open.every((member) => judge(member, situation, true) === Verdict.unmet);
  return none ? Verdict.unmet : Verdict.unknown;
}

/** Names of a symbol, its own first; but what is not known to be gone from the target, or yet to come, before what is. */
function namesOf(symbol: string, { kernel, target, symbols }: Situation): readonly string[] {
  const others = symbols.get(symbol)?.otherNames ?? [];
  const names = [symbol, ...others];
  if (others.length === 0) return names;
  const isDead = (name: string): boolean =>
    (kernel?.defines?.(name) ?? existenceOfName(name, target, symbols)) === 'no';
  return [...names.filter((name) => !isDead(name)), ...names.filter(isDead)];
}

/**
 * The row that speaks for a symbol, under whichever of its names the document uses: of several the one that the target has. A name
 * that it does not have speaks only where no other does, since a complete config that uses it proves our facts wrong.
 */
function rowFor({ symbol, hash }: SymbolCondition, facts: SymbolFacts | undefined, situation: Situation): number {
  const { source, scanned } = situation.document;
  if (facts === undefined || facts.otherNames.length === 0) return findRow(source.codes, scanned.table, symbol, hash);
  for (const name of namesOf(symbol, situation)) {
    const row = findRow(source.codes, scanned.table, name);
    if (row >= 0) return row;
  }
  return -1;
}

function judgeSymbol(condition: SymbolCondition, situation: Situation): Verdict {
  const facts = situation.symbols.get(condition.symbol);
  const row = rowFor(condition, facts, situation);
  const complete = situation.document.kind === 'complete';
  const exists = existence(condition.symbol, facts, situation);
  if (situation.kernel?.resolved?.uncertain.has(condition.symbol) === true) return Verdict.unknown;
  // What does not exist is off. Kconfig writes only what exists, so a complete config that names a symbol proves our
  // facts wrong; a fragment proves nothing.
  const off = row < 0 && (complete || exists === 'no');
  if (off && (condition.accept & Accept.n) !== 0) return Verdict.met;
  if (exists === 'no' && !(complete && row >= 0)) return Verdict.notApplicable;
  if (row < 0) return complete && exists === 'yes' ? Verdict.unmet : Verdict.unknown;
  if (accepts(condition, situation.document, row)) return Verdict.met;
  return complete || condition.values.every((test) => boundOf(test, situation.document) !== undefined)
    ? Verdict.unmet
    : Verdict.unknown;
}

/** Whether a symbol condition holds: what a complete config does not name is off, whether the kernel has it or not. */
function judgeFact(condition: SymbolCondition, situation: Situation): Verdict {
  const verdict = judgeSymbol(condition, situation);
  if (verdict === Verdict.notApplicable) return Verdict.unmet;
  const { document, kernel } = situation;
  if (verdict !== Verdict.unknown || document.kind !== 'complete') return verdict;
  // What a complete config names is known, unless the toolchain decides it.
  return kernel?.resolved?.uncertain.has(condition.symbol) === true ? verdict : Verdict.unmet;
}

/**
 * Whether the target has a symbol under any of its names: as its model says, else as far as is known without one. Where only one of
 * the two models around a kernel has it, the facts may still rule it out; and a tree defines for every architecture what only some can have on.
 */
function existence(symbol: string, facts: SymbolFacts | undefined, situation: Situation): Existence {
  const { document, kernel, target, symbols } = situation;
  const thought = facts === undefined ? 'yes' : existenceOf(facts, target, symbols);
  if (kernel?.defines === undefined || (facts !== undefined && isElsewhere(facts, target))) return thought;
  const found = [symbol, ...(facts?.otherNames ?? [])].map(kernel.defines);
  // Of a complete config of another release its silence fits what is known: a backport to the model's own proves nothing of it.
  if (kernel.isStandIn === true && document.kind === 'complete' && thought === 'no') return 'no';
  return found.includes('yes') ? 'yes' : found.includes('maybe') && thought !== 'no' ? 'maybe' : 'no';
}

/** True when a complete config gives the symbol, under its own name, an accepted y, m or n that decides. Says nothing else. */
export function holdsPlainly(condition: SymbolCondition, situation: Situation): boolean {
  const { symbol, hash, accept } = condition;
  const { document, kernel, symbols } = situation;
  if (document.kind !== 'complete') return false;
  const { table } = document.scanned;
  const row = findRow(document.source.codes, table, symbol, hash);
  if (row < 0) return false;
  const mark = table.mark[row];
  const bit = mark === Mark.y ? Accept.y : mark === Mark.m ? Accept.m : mark === Mark.other ? 0 : Accept.n;
  if ((accept & bit) === 0 || kernel?.resolved?.uncertain.has(symbol) === true) return false;
  const facts = symbols.get(symbol);
  return facts === undefined || facts.otherNames.length === 0 || rowFor(condition, facts, situation) === row;
}

function accepts(condition: SymbolCondition, document: ConfigDocument, row: number): boolean {
  switch (document.scanned.table.mark[row]) {
    case Mark.y:
      return (condition.accept & Accept.y) !== 0;
    case Mark.m:
      return (condition.accept & Accept.m) !== 0;
    case Mark.n:
    case Mark.notSet:
      return (condition.accept & Accept.n) !== 0;
  }
  const setting = settingAt(document, row, condition.symbol);
  if (setting.kind === 'not-set') return (condition.accept & Accept.n) !== 0;
  const { value } = setting;
  const written = textBetween(document.source, setting.valueSpan.start, setting.valueSpan.end);
  const quoted = written.startsWith('"');
  // Without its closing quote the kernel drops the line.
  if (quoted && !/^"[^"\\]*(?:\\.[^"\\]*)*"/s.test(written)) return false;
  // A quoted "y" is a string, which no bool or tristate takes.
  if (!quoted && (value === 'y' || value === 'm')) return (condition.accept & Accept[value]) !== 0;
  return condition.values.some((test) => passes(test.test, value, boundOf(test, document), quoted));
}

/** What a value is held against; undefined where that is the value of a symbol which the document does not give. */
export function boundOf({ test, value }: ValueTest, document: ConfigDocument): string | undefined {
  if (test !== 'same-as') return value;
  const setting = settingOf(document, value);
  return setting.kind === 'set' ? setting.value : undefined;
}

/** A number in quotes is a text to the kernel, and a text without them is nothing: it drops the line. */
export function passes(test: ValueTest['test'], value: string, bound: string | undefined, isQuoted: boolean): boolean {
  if (bound === undefined) return false;
  // The kernel splits at commas alone: a blank is part of the item.
  if (test === 'includes') return isQuoted && value.split(',').includes(bound);
  const [is, limit] = [numberOf(value), numberOf(bound)];
  const equal = test === 'is' || test === 'same-as';
  if (is === undefined || limit === undefined || isQuoted)
    return equal && value === bound && (isQuoted || isHex(value));
  return equal ? is === limit : test === 'at-least' ? is >= limit : is <= limit;
}

/** Of a hex symbol the kernel takes the digits alone too. */
function isHex(value: string): boolean {
  return /^[\da-f]+$/i.test(value);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `*` stands for any text; linear in the length of both. */
export function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const last = parts.pop() as string;
  if (parts.length === 0) return name === last;
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    const found = i === 0 ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** The symbol conditions within a condition, left to right. */
export function symbolsOf(condition: Condition): SymbolCondition[] {
  if (condition.kind === 'symbol') return [condition];
  const symbols: SymbolCondition[] = [];
  eachSymbol(condition, (symbol) => void symbols.push(symbol));
  return symbols;
}

/** The same without a list of them. */
export function eachSymbol(condition: Condition, visit: (symbol: SymbolCondition) => void): void {
  switch (condition.kind) {
    case 'symbol':
      return visit(condition);
    case 'all':
    case 'any':
      for (const member of condition.of) eachSymbol(member, visit);
      return;
    case 'not':
      return eachSymbol(condition.of, visit);
  }
}

/** The setting that decides a symbol condition, under whichever of its names the file uses. */
export function decidingSetting(condition: SymbolCondition, situation: Situation): Setting {
  const { document, symbols } = situation;
  const { symbol } = condition;
  const facts = symbols.get(symbol);
  const row = rowFor(condition, facts, situation);
  if (row < 0) return settingOf(document, nameIn(symbol, situation));
  // Where it has no other name, the row's is known and need not be decoded.
  return settingAt(document, row, facts === undefined || facts.otherNames.length === 0 ? symbol : undefined);
}

/** The name that a symbol goes by: in a complete config, else in the Kconfig of the kernel, else as far as the facts tell. */
export function nameIn(symbol: string, situation: Situation): string {
  const { document, kernel, target, symbols } = situation;
  const names = namesOf(symbol, situation);
  if (names.length === 1) return symbol;
  const { codes } = document.source;
  const written =
    document.kind === 'complete' ? names.find((name) => findRow(codes, document.scanned.table, name) >= 0) : undefined;
  return written ?? names.find((name) => kernel?.defines?.(name) === 'yes') ?? nameOn(symbol, target, symbols);
}

/** A condition without the alternatives that are for other targets, where others are left. */
export function onTarget(condition: Condition, situation: Situation): Condition {
  if (condition.kind === 'all') return { kind: 'all', of: condition.of.map((member) => onTarget(member, situation)) };
  if (condition.kind !== 'any') return condition;
  const isElsewhere = (member: Condition): boolean =>
    judge(member, situation) === Verdict.notApplicable ||
    (member.kind === 'all' &&
      symbolsOf(member).length > 0 &&
      member.of.some(
        (part) => (part.kind === 'kernel' || part.kind === 'arch') && judge(part, situation) === Verdict.unmet,
      ));
  const of = condition.of.filter((member) => !isElsewhere(member)).map((member) => onTarget(member, situation));
  return of.length === 1 ? (of[0] as Condition) : { kind: 'any', of: of.length === 0 ? condition.of : of };
}

/** The parts of a condition that have this verdict, down to those that cannot be split: why it came out as it did. */
export function partsWith(verdict: Verdict, condition: Condition, situation: Situation): Condition[] {
  if (judge(condition, situation) !== verdict) return [];
  if (condition.kind !== 'all') return [condition];
  return condition.of.flatMap((member) => partsWith(verdict, member, situation));
}

/** The symbol that a file would have to mention for a condition to be decided: its own, or the one that its value is held against. */
export function missingIn(condition: SymbolCondition, situation: Situation): string {
  const { document } = situation;
  const isSaid = decidingSetting(condition, situation).kind !== 'absent';
  const open = isSaid ? condition.values.find((test) => boundOf(test, document) === undefined) : undefined;
  return open?.value ?? nameIn(condition.symbol, situation);
}
