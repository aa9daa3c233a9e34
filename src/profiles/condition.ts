/** Conditions on symbols and on the target: what they are, what they say in words, and whether they hold. */
import { type ConfigDocument, type Setting, settingAt, settingOf } from '../config/document.ts';
import { findRow, Mark } from '../config/scan.ts';
import { numberOf } from '../config/value.ts';
import { textBetween } from '../source.ts';
import {
  type Arch,
  archMatches,
  type BootFact,
  formatKernelVersion,
  formatRange,
  inRange,
  type KernelVersion,
  type Range,
  type Target,
} from '../target.ts';
import { matchesTrait, type Trait } from '../traits.ts';
import {
  type Existence,
  existenceOf,
  existenceOfName,
  isElsewhere,
  nameOn,
  type SymbolFacts,
  whyNot,
} from './symbols.ts';

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
function existence(symbol: string, facts: SymbolFacts | undefined, { kernel, target, symbols }: Situation): Existence {
  const thought = facts === undefined ? 'yes' : existenceOf(facts, target, symbols);
  if (kernel?.defines === undefined || (facts !== undefined && isElsewhere(facts, target))) return thought;
  const found = [symbol, ...(facts?.otherNames ?? [])].map(kernel.defines);
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

/** What is asked for: `CONFIG_XEN=y`, `CONFIG_NR_CPUS at least 64`. Uses the name the symbol has on the target. */
export function describe(condition: Condition, situation: Situation): string {
  switch (condition.kind) {
    case 'symbol':
      return describeSymbol(condition, nameIn(condition.symbol, situation));
    case 'all':
      return joinAll(condition.of, situation, ' and ');
    case 'any':
      return joinAll(condition.of, situation, ' or ');
    case 'not':
      if (condition.of.kind === 'boot') return `no ${condition.of.facts.join(' and ')}`;
      return condition.of.kind === 'cmdline' || condition.of.kind === 'device'
        ? `no ${describe(condition.of, situation)}`
        : `not (${describe(condition.of, situation)})`;
    case 'kernel':
      return `kernel ${formatRange(condition.range)}`;
    case 'platform':
      return `${situation.platform?.name ?? 'platform'} ${formatRange(condition.range)}`;
    case 'arch':
      return condition.names.join(' or ');
    case 'boot':
      return condition.facts.join(' and ');
    case 'file-name':
      return `a file name like ${condition.patterns.join(' or ')}`;
    case 'cmdline':
      return `${condition.patterns.join(' or ')} on the command line`;
    case 'device':
      return `device ${condition.patterns.join(' or ')}`;
  }
}

function joinAll(members: readonly Condition[], situation: Situation, by: string): string {
  return members
    .map((member) => {
      const text = describe(member, situation);
      return member.kind === 'all' || member.kind === 'any' ? `(${text})` : text;
    })
    .join(by);
}

function describeSymbol(condition: SymbolCondition, name: string): string {
  const values = acceptedValues(condition);
  if (values.length === 1 && values[0] === 'off') return `CONFIG_${name} off`;
  const tests = condition.values.some((test) => test.test !== 'is');
  return tests ? `CONFIG_${name} ${values.join(' or ')}` : `CONFIG_${name}=${values.join(' or ')}`;
}

/** The values in words, the most preferred first: `y`, `m`, `off`, `"512"`, `at least 64`. */
export function acceptedValues(condition: SymbolCondition): string[] {
  const words: string[] = [];
  if (condition.accept & Accept.y) words.push('y');
  if (condition.accept & Accept.m) words.push('m');
  if (condition.accept & Accept.n) words.push('off');
  for (const { test, value } of condition.values) {
    if (test === 'is') words.push(writeValue(value));
    else if (test === 'includes') words.push(`with "${value}" in its list`);
    else if (test === 'same-as') words.push(`the same as CONFIG_${value}`);
    else words.push(`${test.replace('-', ' ')} ${value}`);
  }
  return words;
}

/** A value as a config writes it. */
export function writeValue(value: string): string {
  return numberOf(value) !== undefined ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * Why a condition's verdict is what it is, in words: of use where that is `unknown` or `not-applicable`, or, `asFact`, where the
 * condition keeps a row from applying. Each thing is said once.
 */
export function reasonFor(condition: Condition, situation: Situation, asFact = false): string {
  /** What would do, by reason. */
  const reasons = new Map<string, Set<string>>();
  for (const { part, isDenied } of decidingParts(condition, situation, asFact)) {
    const reason = reasonOf(part, situation, asFact);
    const wanted = reasons.get(reason) ?? new Set();
    reasons.set(reason, wanted);
    if ((part.kind === 'kernel' || part.kind === 'platform') && judge(part, situation) !== Verdict.unknown)
      wanted.add((isDenied ? 'all but ' : '') + formatRange(part.range));
  }
  return [...reasons]
    .map(([reason, wanted]) => (wanted.size === 0 ? reason : `${reason}, this is for ${[...wanted].join(' or ')}`))
    .join(', ');
}

interface DecidingPart {
  readonly part: Exclude<Condition, { kind: 'all' | 'any' | 'not' }>;
  readonly isDenied: boolean;
}

/** The parts that made a verdict what it is; of those that fail an `all`, one is enough. */
function decidingParts(
  condition: Condition,
  situation: Situation,
  asFact: boolean,
  isDenied = false,
): readonly DecidingPart[] {
  switch (condition.kind) {
    case 'not':
      return decidingParts(condition.of, situation, asFact, !isDenied);
    case 'all':
    case 'any': {
      const verdict = judge(condition, situation, asFact);
      const deciding = condition.of.filter((member) => judge(member, situation, asFact) === verdict);
      const enough = condition.kind === 'all' && verdict === Verdict.unmet ? deciding.slice(0, 1) : deciding;
      return enough.flatMap((member) => decidingParts(member, situation, asFact, isDenied));
    }
    default:
      return [{ part: condition, isDenied }];
  }
}

function reasonOf(condition: DecidingPart['part'], situation: Situation, asFact: boolean): string {
  const { target } = situation;
  switch (condition.kind) {
    case 'symbol':
      return symbolReason(condition, situation, asFact);
    case 'kernel':
      return target.kernel === undefined
        ? 'the kernel version is not known'
        : `the kernel is ${formatKernelVersion(target.kernel)}`;
    case 'arch':
      return target.arch === undefined
        ? 'the architecture is not known'
        : `the architecture is ${describeArch(target.arch)}`;
    case 'platform':
      return situation.platform === undefined
        ? 'the platform version is not known'
        : `${situation.platform.name} is ${formatKernelVersion(situation.platform.number)}`;
    case 'boot':
      return condition.facts
        .map((fact) => (situation.boot.has(fact) ? `boot fact ${fact}` : `no boot fact ${fact}`))
        .join(', ');
    case 'file-name':
      return `the file is named ${baseName(situation.document.source.path)}`;
    case 'cmdline': {
      const [found] = traitsFor(condition, target);
      if (found !== undefined) return `${found.written} stands on the command line`;
      const none = target.commandLine === undefined ? 'no command line is known' : 'the command line has none of it';
      return `${none} (${condition.patterns.join(', ')})`;
    }
    case 'device':
      return `the machine ${traitsFor(condition, target).length > 0 ? 'has' : 'has no'} ${condition.patterns.join(', ')}`;
  }
}

function symbolReason(condition: SymbolCondition, situation: Situation, asFact: boolean): string {
  const { kernel, symbols, target, written = [] } = situation;
  const { symbol } = condition;
  const facts = symbols.get(symbol);
  const setting = decidingSetting(condition, situation);
  // A fragment may name what the kernel does not have: then that is why.
  const isSaid = setting.kind !== 'absent' && judge(condition, situation) !== Verdict.notApplicable;
  if (asFact && isSaid && judge(condition, situation, asFact) !== Verdict.unknown) return describeSetting(setting);
  const why = facts === undefined ? undefined : whyNot(symbol, facts, target, symbols);
  if (why !== undefined) return why;
  if (kernel?.resolved?.uncertain.has(symbol)) return `the toolchain decides CONFIG_${symbol}`;
  if (kernel?.defines?.(symbol) === 'no') return `CONFIG_${symbol} does not exist in ${kernel.name}`;
  const name = missingIn(condition, situation);
  const isDropped = written.some((file) => settingOf(file, name).kind !== 'absent');
  return isDropped ? `${kernel?.name} does not keep CONFIG_${name}` : `CONFIG_${name} is not mentioned`;
}

/** The symbol that a file would have to mention for a condition to be decided: its own, or the one that its value is held against. */
export function missingIn(condition: SymbolCondition, situation: Situation): string {
  const { document } = situation;
  const isSaid = decidingSetting(condition, situation).kind !== 'absent';
  const open = isSaid ? condition.values.find((test) => boundOf(test, document) === undefined) : undefined;
  return open?.value ?? nameIn(condition.symbol, situation);
}

/** What the file says: `CONFIG_X is not set`, `CONFIG_X=m`, `CONFIG_X is absent`. */
export function describeSetting(setting: Setting): string {
  const name = `CONFIG_${setting.symbol}`;
  if (setting.kind === 'absent') return `${name} is absent`;
  if (setting.kind === 'not-set') return `${name} is not set`;
  const { source } = setting.location;
  return `${name}=${textBetween(source, setting.valueSpan.start, setting.valueSpan.end)}`;
}

function describeArch(arch: Arch): string {
  return arch === 'other' ? 'another one' : arch;
}
