/** Judges requirements, and turns the failed ones into findings. */
import { type ConfigDocument, type Setting, settingOf } from '../config/document.ts';
import type { Finding, Fix, NotApplicable, Related, RuleInfo, Severity, Unknown } from '../finding.ts';
import { type Location, lineSpanOf } from '../source.ts';
import { formatKernelVersion } from '../target.ts';
import type { Trait } from '../traits.ts';
import { adviceFor, fixOf, unique } from './advice.ts';
import {
  baseName,
  type Condition,
  decidingSetting,
  judge,
  missingIn,
  nameIn,
  onTarget,
  partsWith,
  type Situation,
  type SymbolCondition,
  symbolsOf,
  traitsFor,
  Verdict,
} from './condition.ts';
import { acceptedValues, describe, describeSetting, reasonFor } from './condition-words.ts';
import type { Library, Requirement } from './profile.ts';
import { isHidden } from './symbols.ts';

/** What became of a requirement: its verdict and the condition that decided it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly decidedBy: Condition;
}

/** Most requirements are met, and then nobody asks by what. */
const met: Judgement = { verdict: Verdict.met, decidedBy: { kind: 'all', of: [] } };

export function judgeRequirement(requirement: Requirement, situation: Situation): Judgement {
  const { applies, when, otherwise, require } = requirement;
  let open: Condition | undefined;
  if (applies !== undefined) {
    const verdict = judge(applies, situation, true);
    if (verdict === Verdict.unmet) return { verdict: Verdict.notApplicable, decidedBy: applies };
    if (verdict === Verdict.unknown) open = applies;
  }
  let wanted = require;
  if (when !== undefined) {
    const verdict = judge(when, situation, true);
    if (verdict === Verdict.unknown) {
      open ??= when;
      if (otherwise !== undefined && judge(otherwise, situation) !== Verdict.met) wanted = otherwise;
    } else if (verdict !== Verdict.met) {
      if (otherwise === undefined) return { verdict: Verdict.notApplicable, decidedBy: when };
      wanted = otherwise;
    }
  }
  const verdict = judge(wanted, situation);
  // What holds anyway need not be decided; what fails under an open condition is open too.
  if (verdict === Verdict.met) return met;
  if (open !== undefined && verdict === Verdict.unmet) return { verdict: Verdict.unknown, decidedBy: open };
  return { verdict, decidedBy: wanted };
}

/** Why a requirement was not judged: what it asks for did not come to a verdict, or whether it applies did not. */
function reasonOf({ applies, when }: Requirement, { decidedBy }: Judgement, situation: Situation): string {
  return reasonFor(decidedBy, situation, decidedBy === applies || decidedBy === when);
}

/** A class, because an object literal with getters makes three functions each time. */
class LazyRule implements RuleInfo {
  readonly id: string;
  readonly severity: Severity;
  readonly #requirement: Requirement;
  readonly #library: Library;

  constructor(requirement: Requirement, library: Library) {
    this.id = requirement.id;
    this.severity = requirement.severity;
    this.#requirement = requirement;
    this.#library = library;
  }

  get title(): string {
    return this.#library.textOf(this.id).title ?? titleOf(this.#requirement);
  }

  get explanation(): string {
    const { reason } = this.#library.textOf(this.id);
    const doubt = doubtOf(this.#requirement);
    return doubt === undefined ? reason : `${reason} (${doubt})`;
  }

  get references(): readonly string[] {
    return this.#library.textOf(this.id).references;
  }
}

const rules = new WeakMap<Requirement, RuleInfo>();

/** A requirement as the rule that reporters and docs know. Its words are looked up when they are first read. */
export function ruleOf(requirement: Requirement, library: Library): RuleInfo {
  let rule = rules.get(requirement);
  if (rule === undefined) {
    rule = new LazyRule(requirement, library);
    rules.set(requirement, rule);
  }
  return rule;
}

/** The requirement in words, for any target. */
export function titleOf(requirement: Requirement): string {
  return describe(requirement.require, anywhere);
}

const anywhere: Situation = {
  document: undefined as unknown as ConfigDocument,
  target: {},
  boot: new Set(),
  symbols: new Map(),
};

export function doubtOf({ confidence }: Requirement): string | undefined {
  switch (confidence) {
    case 'derived':
      return 'derived: no published list says so';
    case 'contested':
      return 'contested: sources disagree';
    case 'out-of-date':
      return 'the source is out of date';
    case 'unverified':
      return 'not verified';
    default:
      return undefined;
  }
}

export function unknownOf(
  requirement: Requirement,
  judgement: Judgement,
  situation: Situation,
  library: Library,
): Unknown {
  const parts = partsWith(Verdict.unknown, judgement.decidedBy, situation);
  const missing = parts.flatMap((part) =>
    symbolsOf(part)
      .filter((symbol) => judge(symbol, situation) === Verdict.unknown)
      .map((symbol) => missingIn(symbol, situation)),
  );
  return {
    rule: ruleOf(requirement, library),
    expected: describe(onTarget(requirement.require, situation), situation),
    reason: reasonOf(requirement, judgement, situation),
    missing: [...new Set(missing)],
  };
}

export function notApplicableOf(
  requirement: Requirement,
  judgement: Judgement,
  situation: Situation,
  library: Library,
): NotApplicable {
  return { rule: ruleOf(requirement, library), reason: reasonOf(requirement, judgement, situation) };
}

/** A finding in the making: the conductor, which knows every verdict, adds its cause and the rules that say the same. */
export type RequirementFinding = Omit<Finding, Owed> & { -readonly [Key in Owed]: Finding[Key] } & {
  /** Adds the places that make another requirement ask for the very same. Called before anything is read. */
  readonly join: (requirement: Requirement) => void;
};
type Owed = 'rule' | 'severity' | 'cause' | 'sameAs';

/** What a failed requirement is about: the parts that fail, their symbols, and what the file says of those. */
interface Failure {
  readonly parts: readonly Condition[];
  /** Parameters of the command line and devices that ask for it. */
  readonly traits: readonly Trait[];
  readonly symbols: readonly SymbolCondition[];
  readonly settings: readonly Setting[];
}

function failureOf(wanted: Condition, requirements: readonly Requirement[], situation: Situation): Failure {
  const { commandLine, devices } = situation.target;
  const isKnown = commandLine !== undefined || devices !== undefined;
  const traits = isKnown ? [...new Set(requirements.flatMap((row) => traitsBehind(row, situation)))] : [];
  if (wanted.kind === 'symbol') {
    const symbols = [wanted];
    return { parts: symbols, traits, symbols, settings: [decidingSetting(wanted, situation)] };
  }
  const parts = partsWith(Verdict.unmet, wanted, situation).map((part) => onTarget(part, situation));
  const symbols = parts.flatMap(symbolsOf);
  const own = parts.flatMap((part) => traitsIn(part, situation));
  return {
    parts,
    traits: [...traits, ...own],
    symbols,
    settings: symbols.map((symbol) => decidingSetting(symbol, situation)),
  };
}

/**
 * Everything but rule and severity is worked out when it is first read: of a group of findings most reports show only the
 * first in full, and over many files this is most of the work.
 */
class LazyFinding implements RequirementFinding {
  rule: RuleInfo;
  severity: Severity;
  cause: string | undefined = undefined;
  sameAs: readonly RuleInfo[] = [];
  readonly #requirement: Requirement;
  readonly #wanted: Condition;
  readonly #situation: Situation;
  #joined: readonly Requirement[] = [];
  #failure: Failure | undefined = undefined;
  #location: Location | undefined = undefined;
  #advice: readonly string[] | undefined = undefined;
  /** Null until it is asked for. */
  #symbol: string | undefined | null = null;
  /** Words on the row that this one gives way to. */
  readonly #concession: (() => string) | undefined;

  constructor(
    rule: RuleInfo,
    requirement: Requirement,
    wanted: Condition,
    situation: Situation,
    concession: (() => string) | undefined,
  ) {
    this.rule = rule;
    this.severity = concession === undefined ? requirement.severity : 'info';
    this.#concession = concession;
    this.#requirement = requirement;
    this.#wanted = wanted;
    this.#situation = situation;
  }

  join(requirement: Requirement): void {
    this.#joined = [...this.#joined, requirement];
  }

  get #detail(): Failure {
    this.#failure ??= failureOf(this.#wanted, [this.#requirement, ...this.#joined], this.#situation);
    return this.#failure;
  }

  get symbol(): string | undefined {
    if (this.#symbol === null) {
      const main = this.#wanted.kind === 'symbol' ? this.#wanted : this.#detail.symbols[0];
      this.#symbol = main === undefined ? undefined : nameIn(main.symbol, this.#situation);
    }
    return this.#symbol;
  }

  get message(): string {
    const { traits } = this.#detail;
    const asking = traits.length === 0 ? '' : `${[...new Set(traits.map(({ written }) => written))].join(' ')}: `;
    return (
      asking +
      messageOf(this.#detail, this.severity, this.#situation) +
      (this.#concession?.() ?? mildly(this.#requirement, this.#wanted, this.#situation))
    );
  }

  get expected(): string {
    return this.#detail.parts.map((part) => describe(part, this.#situation)).join(' and ');
  }

  get actual(): string {
    const { parts, settings } = this.#detail;
    return settings.length > 0 ? unique(settings.map(describeSetting)).join(', ') : actualOf(parts[0], this.#situation);
  }

  get location(): Location {
    this.#location ??= locate(this.#detail, this.#requirement, this.#situation);
    return this.#location;
  }

  get related(): readonly Related[] {
    return relatedOf(this.#detail, this.location, this.#situation);
  }

  get advice(): readonly string[] {
    if (this.#concession !== undefined) return [];
    if (this.#advice === undefined) {
      const found = this.#situation.kernel?.adviceFor(this.#requirement.id);
      this.#advice =
        found === undefined
          ? adviceFor(this.#wanted, this.#situation)
          : inNamesOf(this.#wanted, found, this.#situation);
    }
    return this.#advice;
  }

  get fix(): Fix | undefined {
    return fixOf(fileOf(this.#situation), this.advice);
  }
}

/** A neighbour's model may know a symbol by the name it has there; the file's own name for it is the one to write. */
function inNamesOf(wanted: Condition, lines: readonly string[], situation: Situation): readonly string[] {
  if (situation.kernel?.isStandIn !== true) return lines;
  const renamed = new Map<string, string>();
  for (const { symbol } of symbolsOf(wanted)) {
    const name = nameIn(symbol, situation);
    for (const other of [symbol, ...(situation.symbols.get(symbol)?.otherNames ?? [])]) renamed.set(other, name);
  }
  return lines.map((line) => line.replace(/(?<=CONFIG_)\w+/, (name) => renamed.get(name) ?? name));
}

/** What a platform needs of the same symbols, and why. */
function concessionTo(rival: Requirement, own: Condition, situation: Situation, library: Library): string {
  const names = new Set(symbolsOf(own).map(({ symbol }) => nameIn(symbol, situation)));
  const isShared = (part: Condition): boolean =>
    symbolsOf(part).some(({ symbol }) => names.has(nameIn(symbol, situation)));
  const parts = rival.require.kind === 'all' ? rival.require.of.filter(isShared) : [];
  const needed = (parts.length === 0 ? [rival.require] : parts).map((part) => describe(part, situation)).join(' and ');
  return `; ${rival.id} needs ${needed}, and wins: ${library.textOf(rival.id).reason}`;
}

/** `rival` is the row of a platform that the requirement gives way to: then it is only noted. */
export function findingOf(
  requirement: Requirement,
  { decidedBy }: Judgement,
  situation: Situation,
  library: Library,
  rival?: Requirement,
): RequirementFinding {
  const concession = rival && (() => concessionTo(rival, decidedBy, situation, library));
  return new LazyFinding(ruleOf(requirement, library), requirement, decidedBy, situation, concession);
}

/** A word on the boot fact with which the file would do as it is. */
function mildly({ require, when, otherwise }: Requirement, wanted: Condition, situation: Situation): string {
  if (wanted !== require || otherwise === undefined || when?.kind !== 'not' || when.of.kind !== 'boot') return '';
  if (judge(otherwise, situation) !== Verdict.met) return '';
  return ` (it would do with --boot ${when.of.facts.join(',')})`;
}

const duty: Readonly<Record<Severity, string>> = { error: 'must be', warning: 'should be', info: 'better' };

function messageOf({ parts }: Failure, severity: Severity, situation: Situation): string {
  const about = (symbol: string) => parts.filter((part) => part.kind === 'symbol' && part.symbol === symbol);
  return parts
    .filter((part) => part.kind !== 'symbol' || about(part.symbol)[0] === part)
    .map((part) => {
      if (part.kind !== 'symbol') {
        const symbols = symbolsOf(part);
        const now =
          symbols.length > 0
            ? unique(symbols.map((s) => describeSetting(decidingSetting(s, situation)))).join(', ')
            : actualOf(part, situation);
        return `${now === '' ? '' : `${now}; `}${severity === 'error' ? 'needs' : 'wants'} ${describe(part, situation)}`;
      }
      const setting = decidingSetting(part, situation);
      const facts = situation.symbols.get(part.symbol);
      const follows = isHidden(facts, situation.target)
        ? `; it has no prompt${facts?.follows === undefined ? '' : ` and follows ${facts.follows.map((s) => `CONFIG_${s}`).join(', ')}`}`
        : '';
      const wanted = about(part.symbol).map((each) => acceptedValues(each as SymbolCondition).join(' or '));
      return `${describeSetting(setting)}, ${duty[severity]} ${wanted.join(' and ')}${follows}`;
    })
    .join('; ');
}

function actualOf(condition: Condition | undefined, situation: Situation): string {
  return unique(actualsOf(condition, situation)).join(', ');
}

function actualsOf(condition: Condition | undefined, situation: Situation): string[] {
  const { target, document, platform } = situation;
  switch (condition?.kind) {
    case 'kernel':
      return [`kernel ${target.kernel === undefined ? 'unknown' : formatKernelVersion(target.kernel)}`];
    case 'platform':
      return [platform === undefined ? 'platform unknown' : `${platform.name} ${formatKernelVersion(platform.number)}`];
    case 'arch':
      return [target.arch === 'other' ? 'another architecture' : `architecture ${target.arch ?? 'unknown'}`];
    case 'file-name':
      return [`file name ${baseName(document.source.path)}`];
    case 'boot':
      return [`boot facts: ${[...situation.boot].join(', ') || 'none'}`];
    case 'any':
    case 'all':
      return condition.of.flatMap((member) => actualsOf(member, situation));
    case 'not':
      return actualsOf(condition.of, situation);
    default:
      return [];
  }
}

/** The line that decides; for an absent symbol the line that looks meant for it, its nearest parent, or the header. */
function locate({ settings, symbols, traits }: Failure, requirement: Requirement, situation: Situation): Location {
  const document = fileOf(situation);
  if (symbols.length === 0 && traits[0] !== undefined) return traits[0].location;
  for (const setting of inFile(settings, situation)) if (setting.kind !== 'absent') return setting.location;
  for (const { symbol } of symbols) {
    const meant = meantFor(document, symbol);
    if (meant !== undefined) return meant;
  }
  for (const { symbol } of symbols) {
    const near = nearestParent(document, symbol);
    if (near !== undefined) return near;
  }
  for (const { symbol } of symbols.length === 0 || requirement.when === undefined ? [] : symbolsOf(requirement.when)) {
    const setting = settingOf(document, symbol);
    if (setting.kind !== 'absent') return setting.location;
  }
  const { source, origin } = document;
  const { header } = origin;
  return { source, span: header === undefined ? lineSpanOf(source, 0) : { start: header.start, end: header.end } };
}

/** A line that names the symbol but that the kernel does not read as a setting. */
function meantFor(document: ConfigDocument, symbol: string): Location | undefined {
  return document.problems.find((problem) => problem.symbol === symbol)?.location;
}

/** For `XEN_BLKDEV_FRONTEND`: the line of `XEN_BLKDEV`, else of `XEN`. */
function nearestParent(document: ConfigDocument, symbol: string): Location | undefined {
  for (let at = symbol.lastIndexOf('_'); at > 0; at = symbol.lastIndexOf('_', at - 1)) {
    const setting = settingOf(document, symbol.slice(0, at));
    if (setting.kind !== 'absent') return setting.location;
  }
  return undefined;
}

function relatedOf({ settings, symbols, traits }: Failure, location: Location, situation: Situation): Related[] {
  const document = fileOf(situation);
  const related: Related[] = traits
    .filter((trait) => trait.location !== location)
    .map((trait) => ({ location: trait.location, message: trait.written }));
  for (const setting of inFile(settings, situation)) {
    if (setting.kind !== 'absent' && setting.location.span.start !== location.span.start) {
      related.push({ location: setting.location, message: describeSetting(setting) });
    }
  }
  for (const { symbol } of symbols) {
    const meant = document.problems.length === 0 ? undefined : meantFor(document, symbol);
    if (meant !== undefined)
      related.push({
        location: meant,
        message: `this line looks meant for CONFIG_${symbol}; the kernel does not read it so`,
      });
  }
  return related;
}

/** The parameters and devices for which a requirement is made. */
function traitsBehind({ when, applies }: Requirement, situation: Situation): Trait[] {
  return [when, applies].flatMap((condition) => (condition === undefined ? [] : traitsIn(condition, situation)));
}

function traitsIn(condition: Condition, situation: Situation): Trait[] {
  switch (condition.kind) {
    case 'cmdline':
    case 'device':
      return traitsFor(condition, situation.target);
    case 'all':
    case 'any':
      return condition.of.flatMap((member) => traitsIn(member, situation));
    case 'not':
      return traitsIn(condition.of, situation);
    default:
      return [];
  }
}

/** The file that findings point at. */
function fileOf({ written, document }: Situation): ConfigDocument {
  return written?.[0] ?? document;
}

/** What the file itself says of symbols that were judged as a kernel has them. */
function inFile(settings: readonly Setting[], { written }: Situation): readonly Setting[] {
  if (written === undefined) return settings;
  return settings.map(({ symbol }) => {
    const found = written.map((file) => settingOf(file, symbol));
    return found.find(({ kind }) => kind !== 'absent') ?? { kind: 'absent', symbol };
  });
}
