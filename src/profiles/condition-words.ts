/** Conditions in words: what is asked for, what a file says, and why a verdict is what it is. */
import { type Setting, settingOf } from '../config/document.ts';
import { numberOf } from '../config/value.ts';
import { textBetween } from '../source.ts';
import { type Arch, formatKernelVersion, formatRange } from '../target.ts';
import {
  Accept,
  baseName,
  type Condition,
  decidingSetting,
  judge,
  missingIn,
  nameIn,
  type Situation,
  type SymbolCondition,
  traitsFor,
  Verdict,
} from './condition.ts';
import { whyNot } from './symbols.ts';

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
