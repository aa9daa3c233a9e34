/** Turns the YAML of profiles and of symbol facts into a library, or says what is wrong with it and where. */

import { spelledOut } from '../config/classify.ts';
import { hashName } from '../config/scan.ts';
import type { Severity } from '../finding.ts';
import type { SourceText } from '../source.ts';
import { didYouMean } from '../suggest.ts';
import { type BootFact, parseArch, parseKernelVersion, parseRange, type Range } from '../target.ts';
import { Accept, type Condition, type ValueTest } from './condition.ts';
import type { Confidence, Library, Profile, Requirement, RequirementText } from './profile.ts';
import { type SchemaError, validateProfile, validateSymbols } from './schema.generated.js';
import type { SymbolFacts } from './symbols.ts';
import { faultAt, mostFaults, offsetOfPath, readYaml, type YamlFault, type YamlFile } from './yaml.ts';

/** A library that can grow; `texts` backs `textOf`. */
export interface LibraryDraft {
  readonly profiles: Map<string, Profile>;
  readonly symbols: Map<string, SymbolFacts>;
  readonly texts: Map<string, RequirementText>;
  /** What the named abilities stand for that conditions may use. */
  readonly capabilities: Map<string, Condition>;
}

export function emptyDraft(): LibraryDraft {
  return { profiles: new Map(), symbols: new Map(), texts: new Map(), capabilities: new Map() };
}

/** Closes a draft: reports what only shows between files, and makes it a library. */
export function closeDraft(draft: LibraryDraft): Library {
  linkRenames(draft.symbols);
  return {
    profiles: draft.profiles,
    symbols: draft.symbols,
    textOf: (id) => draft.texts.get(id) ?? { reason: '', references: [] },
  };
}

interface RawRequirement {
  readonly title?: string;
  readonly require: RawCondition;
  readonly severity?: Severity;
  readonly when?: RawCondition;
  readonly unless?: RawCondition;
  readonly else?: RawCondition;
  readonly kernel?: string;
  readonly arch?: readonly string[];
  readonly platform?: string;
  readonly boot?: readonly BootFact[];
  readonly cmdline?: string | readonly string[];
  readonly device?: string | readonly string[];
  readonly needs?: readonly string[];
  readonly reason: string;
  readonly references: readonly string[];
  readonly confidence?: Confidence;
}

export type RawCondition = Readonly<Record<string, unknown>>;

interface RawProfile {
  readonly title: string;
  readonly description: string;
  readonly extends?: readonly string[];
  readonly platform?: { readonly name: string; readonly versions: readonly string[] };
  readonly kind?: Profile['kind'];
  readonly boot?: readonly BootFact[];
  readonly requirements: Readonly<Record<string, RawRequirement>>;
}

/** Reads one profile into the draft under `id`. Returns what is wrong with it. */
export function loadProfile(draft: LibraryDraft, id: string, source: SourceText): readonly YamlFault[] {
  const file = readYaml(source);
  if (!('value' in file)) return file;
  const faults = schemaFaults(file, validateProfile(file.value));
  if (faults.length > 0) return faults;
  const raw = file.value as RawProfile;
  for (const [name, row] of Object.entries(raw.requirements)) {
    if (row.else !== undefined && row.unless === undefined && row.when === undefined) {
      const at = offsetOfPath(file, ['requirements', name, 'else'], true);
      faults.push(faultAt(source, at, 'else needs when or unless beside it'));
    }
    for (const { symbol, path } of prefixedIn(row, ['requirements', name]))
      faults.push(
        faultAt(
          source,
          offsetOfPath(file, path, true),
          `"${symbol}" is no symbol`,
          `rules leave CONFIG_ out: write ${symbol.slice(7)}`,
        ),
      );
    for (const { value, meant, path } of spelledOutIn(row, ['requirements', name])) {
      const help = `did you mean ${meant}? A text that reads so is written { is: ${JSON.stringify(value)} }`;
      faults.push(faultAt(source, offsetOfPath(file, path), `"${value}" is not y, m or n`, help));
    }
    for (const { name: ability, path } of capabilitiesIn(row, ['requirements', name])) {
      if (draft.capabilities.has(ability)) continue;
      const near = didYouMean(ability, draft.capabilities.keys());
      faults.push(faultAt(source, offsetOfPath(file, path), `there is no capability "${ability}"`, near));
    }
  }
  if (faults.length > 0) return faults;
  const requirements = Object.entries(raw.requirements).map(([name, row]) => requirementOf(draft, id, name, row));
  draft.profiles.set(id, {
    id,
    title: raw.title,
    description: raw.description,
    extends: raw.extends ?? [],
    boot: raw.boot ?? [],
    requirements,
    ...(raw.kind === undefined ? {} : { kind: raw.kind }),
    ...(raw.platform === undefined ? {} : { platform: raw.platform }),
  });
  return [];
}

/** The abilities that conditions name, with their paths; the schema bounds the depth. */
function capabilitiesIn(value: unknown, path: readonly (string | number)[]): { name: string; path: typeof path }[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => capabilitiesIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'capability') return capabilitiesIn(inner, [...path, key]);
    if (!Array.isArray(inner)) return [{ name: inner as string, path: [...path, key] }];
    return (inner as string[]).map((name, i) => ({ name, path: [...path, key, i] }));
  });
}

/** Symbols that are written with CONFIG_, which would never be met; the schema bounds the depth. */
function prefixedIn(value: unknown, path: readonly (string | number)[]): { symbol: string; path: typeof path }[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => prefixedIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key.startsWith('CONFIG_') ? [{ symbol: key, path: [...path, key] }] : []),
    ...prefixedIn(inner, [...path, key]),
  ]);
}

/** Values such as `yes`, which would be taken for a text; the schema bounds the depth. */
function spelledOutIn(
  value: unknown,
  path: readonly (string | number)[],
): { value: string; meant: string; path: typeof path }[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => spelledOutIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    // All other keys begin with a small letter.
    if (!/^[A-Z0-9_]/.test(key)) return spelledOutIn(inner, [...path, key]);
    return listOf<RawValue>(inner).flatMap((wanted, i) => {
      const meant = typeof wanted === 'string' ? spelledOut.get(wanted.toLowerCase()) : undefined;
      if (meant === undefined || wanted === meant) return [];
      return [{ value: wanted as string, meant, path: [...path, key, ...(Array.isArray(inner) ? [i] : [])] }];
    });
  });
}

function requirementOf(draft: LibraryDraft, profile: string, name: string, raw: RawRequirement): Requirement {
  const known = draft.capabilities;
  const limits: Condition[] = [];
  if (raw.kernel !== undefined) limits.push({ kind: 'kernel', range: parseRange(raw.kernel) as Range });
  if (raw.arch !== undefined) limits.push({ kind: 'arch', names: raw.arch });
  if (raw.platform !== undefined) limits.push({ kind: 'platform', range: parseRange(raw.platform) as Range });
  if (raw.boot !== undefined) limits.push({ kind: 'boot', facts: raw.boot });
  for (const kind of ['cmdline', 'device'] as const) {
    const patterns = raw[kind];
    if (patterns !== undefined) limits.push({ kind, patterns: listOf(patterns) });
  }
  const whens: Condition[] = [];
  if (raw.when !== undefined) whens.push(conditionOf(raw.when, known));
  if (raw.unless !== undefined) whens.push({ kind: 'not', of: conditionOf(raw.unless, known) });
  const id = `${profile}/${name}`;
  draft.texts.set(id, {
    reason: raw.reason,
    references: raw.references,
    ...(raw.title === undefined ? {} : { title: raw.title }),
  });
  const applies = allOf(limits);
  const when = allOf(whens);
  return {
    id,
    profile,
    name,
    severity: raw.severity ?? 'error',
    require: conditionOf(raw.require, known),
    needs: raw.needs ?? [],
    confidence: raw.confidence ?? 'source',
    ...(applies === undefined ? {} : { applies }),
    ...(when === undefined ? {} : { when }),
    ...(raw.else === undefined ? {} : { otherwise: conditionOf(raw.else, known) }),
  };
}

function allOf(conditions: readonly Condition[]): Condition | undefined {
  return conditions.length > 1 ? { kind: 'all', of: conditions } : conditions[0];
}

/** A condition of YAML that follows the schema; `known` says what the abilities that it names stand for. */
export function conditionOf(raw: RawCondition, known: ReadonlyMap<string, Condition>): Condition {
  const parts = Object.entries(raw).map(([key, value]): Condition => {
    switch (key) {
      case 'any':
      case 'all':
        return { kind: key, of: (value as RawCondition[]).map((member) => conditionOf(member, known)) };
      case 'not':
        return { kind: 'not', of: conditionOf(value as RawCondition, known) };
      case 'kernel':
      case 'platform':
        return { kind: key, range: parseRange(value as string) as Range };
      case 'arch':
        return { kind: 'arch', names: listOf(value as string) };
      case 'boot':
        return { kind: 'boot', facts: listOf(value as BootFact) };
      case 'capability':
        return allOf(listOf(value as string).flatMap((name) => known.get(name) ?? [])) as Condition;
      case 'file-name':
      case 'cmdline':
      case 'device':
        return { kind: key, patterns: listOf(value as string) };
      default:
        return symbolCondition(key, listOf<RawValue>(value as RawValue));
    }
  });
  return allOf(parts) as Condition;
}

type RawValue = string | Readonly<Record<string, string>>;

function symbolCondition(symbol: string, wanted: readonly RawValue[]): Condition {
  let accept = 0;
  const values: ValueTest[] = [];
  for (const value of wanted) {
    if (value === 'y' || value === 'm' || value === 'n') accept |= Accept[value];
    else if (typeof value === 'string') values.push({ test: 'is', value });
    else {
      const [test, bound] = Object.entries(value)[0] as [ValueTest['test'], string];
      values.push({ test, value: bound });
    }
  }
  return { kind: 'symbol', symbol, hash: hashName(symbol), accept, values };
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

interface RawSymbol {
  readonly added?: string;
  readonly removed?: string;
  readonly arch?: readonly string[];
  readonly 'renamed-to'?: string;
  readonly hidden?: 'true' | { readonly kernel?: string; readonly arch?: readonly string[] };
  readonly follows?: readonly string[];
  readonly note?: string;
}

/** Reads one file of symbol facts into the draft. */
export function loadSymbols(draft: LibraryDraft, source: SourceText): readonly YamlFault[] {
  const file = readYaml(source);
  if (!('value' in file)) return file;
  const faults = schemaFaults(file, validateSymbols(file.value));
  if (faults.length > 0) return faults;
  const { symbols } = file.value as { symbols: Record<string, RawSymbol> };
  for (const [symbol, raw] of Object.entries(symbols)) {
    if (draft.symbols.has(symbol)) {
      const at = offsetOfPath(file, ['symbols', symbol], true);
      faults.push(faultAt(source, at, `facts about ${symbol} stand in another file too`));
      continue;
    }
    draft.symbols.set(symbol, {
      otherNames: [],
      ...(raw.added === undefined ? {} : { added: parseKernelVersion(pad(raw.added)) as number }),
      ...(raw.removed === undefined ? {} : { removed: parseKernelVersion(pad(raw.removed)) as number }),
      ...(raw.arch === undefined ? {} : { arch: raw.arch }),
      ...(raw['renamed-to'] === undefined ? {} : { renamedTo: raw['renamed-to'] }),
      ...(raw.hidden === undefined ? {} : { hidden: hiddenOf(raw.hidden) }),
      ...(raw.follows === undefined ? {} : { follows: raw.follows }),
    });
    if (raw.note !== undefined) draft.texts.set(`CONFIG_${symbol}`, { reason: raw.note, references: [] });
  }
  return faults;
}

function pad(version: string): string {
  return version.includes('.') ? version : `${version}.0`;
}

function hiddenOf(raw: NonNullable<RawSymbol['hidden']>): NonNullable<SymbolFacts['hidden']> {
  if (raw === 'true') return true;
  return {
    ...(raw.kernel === undefined ? {} : { kernel: parseRange(raw.kernel) as Range }),
    ...(raw.arch === undefined ? {} : { arch: raw.arch }),
  };
}

/** Lets each name of a renamed symbol know the others. */
function linkRenames(symbols: Map<string, SymbolFacts>): void {
  for (const [old, facts] of [...symbols]) {
    const now = facts.renamedTo;
    if (now === undefined) continue;
    addName(symbols, old, now);
    addName(symbols, now, old);
  }
}

function addName(symbols: Map<string, SymbolFacts>, symbol: string, name: string): void {
  const facts = symbols.get(symbol) ?? { otherNames: [] };
  if (!facts.otherNames.includes(name)) symbols.set(symbol, { ...facts, otherNames: [...facts.otherNames, name] });
}

/** Requirements that need each other, the first of them again at the end; undefined where none do. */
function needsInCircle(requirements: readonly Requirement[]): readonly string[] | undefined {
  const needs = new Map(requirements.map(({ name, needs: own }) => [name, own]));
  const done = new Set<string>();
  for (const { name: start } of requirements) {
    const path: string[] = [];
    const todo = [{ name: start, depth: 0 }];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      path.length = next.depth;
      if (path.includes(next.name)) return [...path.slice(path.indexOf(next.name)), next.name];
      if (done.has(next.name)) continue;
      path.push(next.name);
      done.add(next.name);
      for (const name of needs.get(next.name) ?? []) if (name !== next.name) todo.push({ name, depth: path.length });
    }
  }
  return undefined;
}

/**
 * Faults that show only once every profile is there: unknown and circular `extends`, unknown `needs`. `looped` holds the profiles of
 * circles that have been told, and gets those of another one.
 */
export function linkFaults(
  draft: LibraryDraft,
  id: string,
  source: SourceText,
  looped: Set<string> = new Set(),
): readonly YamlFault[] {
  const file = readYaml(source);
  const profile = draft.profiles.get(id);
  if (!('value' in file) || profile === undefined) return [];
  const faults: YamlFault[] = [];
  for (const [i, parent] of profile.extends.entries()) {
    const at = offsetOfPath(file, ['extends', i]);
    if (!draft.profiles.has(parent)) {
      faults.push(faultAt(source, at, `there is no profile "${parent}"`, didYouMean(parent, draft.profiles.keys())));
    }
  }
  const loop = looped.has(id) ? undefined : findLoop(draft, id);
  if (loop !== undefined) {
    for (const each of loop) looped.add(each);
    faults.push(
      faultAt(
        source,
        offsetOfPath(file, ['extends'], true),
        `extends goes round in a circle: ${loop.join(' → ')}`,
        'take one of them out',
      ),
    );
  }
  if (faults.length > 0) return faults;
  const circle = needsInCircle(profile.requirements);
  if (circle !== undefined) {
    const at = offsetOfPath(file, ['requirements', circle[0] as string, 'needs']);
    const help = 'one of them has to come first: each would stay silent because of the other';
    faults.push(faultAt(source, at, `needs goes round in a circle: ${circle.join(' → ')}`, help));
  }
  const names = namesOf(draft, id, new Set());
  for (const row of profile.requirements) {
    for (const [i, need] of row.needs.entries()) {
      if (names.has(need) && need !== row.name) continue;
      const at = offsetOfPath(file, ['requirements', row.name, 'needs', i]);
      faults.push(
        faultAt(
          source,
          at,
          `there is no other requirement "${need}" in this profile`,
          didYouMean(
            need,
            [...names].filter((name) => name !== row.name),
          ) || 'name a requirement of this profile or of one that it extends',
        ),
      );
    }
  }
  return faults;
}

function findLoop(draft: LibraryDraft, id: string): readonly string[] | undefined {
  const stack: (readonly string[])[] = [[id]];
  const seen = new Set<string>();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    for (const parent of draft.profiles.get(path.at(-1) as string)?.extends ?? []) {
      if (parent === id) return [...path, parent];
      if (!seen.has(parent)) stack.push([...path, parent]);
      seen.add(parent);
    }
  }
  return undefined;
}

function namesOf(draft: LibraryDraft, id: string, seen: Set<string>): Set<string> {
  const names = new Set<string>();
  const todo = [id];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const profile = draft.profiles.get(next);
    if (profile === undefined || seen.has(next)) continue;
    seen.add(next);
    for (const row of profile.requirements) names.add(row.name);
    todo.push(...profile.extends);
  }
  return names;
}

/** Schema errors in words, at their places; the first of many. */
export function schemaFaults(file: YamlFile, errors: readonly SchemaError[], whole = 'the profile'): YamlFault[] {
  const faults = new Map<string, YamlFault>();
  for (const error of mostTelling(errors)) {
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const fault = describeSchemaError(file, path, error, whole);
    faults.set(`${fault.line}:${fault.column}:${fault.message}`, fault);
  }
  return [...faults.values()].slice(0, mostFaults);
}

/**
 * Of the errors of one `anyOf` those inside of the value help, and a key that it does not know; where there are none, the summary:
 * each alternative for itself only says that it is not the other.
 */
function mostTelling(errors: readonly SchemaError[]): readonly SchemaError[] {
  const summaries = new Set(
    errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath),
  );
  const withMore = new Set<string>();
  for (const { instancePath, keyword } of errors) {
    for (let at = instancePath.lastIndexOf('/'); at > 0; at = instancePath.lastIndexOf('/', at - 1))
      withMore.add(instancePath.slice(0, at));
    if (keyword === 'additionalProperties') withMore.add(instancePath);
  }
  const telling = errors.filter(({ keyword, instancePath }) => {
    if (keyword === 'propertyNames') return false;
    if (keyword === 'additionalProperties' || !summaries.has(instancePath)) return true;
    return keyword === 'anyOf' && !withMore.has(instancePath);
  });
  // A misspelled key is the cause of the one that is missing.
  const isUnknownKey = (error: SchemaError) => error.keyword === 'additionalProperties';
  return [...telling.filter(isUnknownKey), ...telling.filter((error) => !isUnknownKey(error))];
}

function describeSchemaError(file: YamlFile, path: readonly string[], error: SchemaError, whole: string): YamlFault {
  const { source } = file;
  const params = error.params;
  // An index says less than the list it counts in.
  const last = path.filter((step) => !/^\d+$/.test(step)).at(-1);
  const where = last === undefined ? whole : `"${last}"`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      return faultAt(
        source,
        offsetOfPath(file, [...path, key], true),
        `unknown key "${key}" in ${where}`,
        didYouMean(key, known),
      );
    }
    case 'required':
      return faultAt(source, offsetOfPath(file, path, true), `${where} lacks "${params['missingProperty']}"`);
    case 'enum': {
      const allowed = params['allowedValues'] as string[];
      return faultAt(
        source,
        offsetOfPath(file, path),
        `${where} must be one of ${allowed.join(', ')}`,
        typeof error.data === 'string' ? meantOf(error.data, allowed) : '',
      );
    }
    case 'pattern':
      if (error.propertyName !== undefined) {
        return faultAt(
          source,
          offsetOfPath(file, [...path, error.propertyName], true),
          `"${error.propertyName}" is not a valid name`,
        );
      }
      return faultAt(source, offsetOfPath(file, path), `"${error.data as string}" is not a valid ${patternName(path)}`);
    case 'anyOf':
      return faultAt(source, offsetOfPath(file, path), `${where} has a value of the wrong form`);
    case 'type': {
      const wanted = typeNames[String(params['type'])] ?? 'of another kind';
      return faultAt(source, offsetOfPath(file, path), `${where} must be ${wanted}`);
    }
    case 'minProperties':
    case 'minItems':
      return faultAt(source, offsetOfPath(file, path), `${where} is empty`, 'say what is meant, or take it out');
    case 'minLength':
      return faultAt(
        source,
        offsetOfPath(file, path),
        `${where} is too short`,
        'say it in words that others understand',
      );
    case 'const':
      return faultAt(source, offsetOfPath(file, path), `${where} must be ${String(params['allowedValue'])}`);
    default:
      return faultAt(source, offsetOfPath(file, path), `${where} ${error.message ?? 'is not valid'}`);
  }
}

/** `did you mean …?`, also for another name of an architecture. */
function meantOf(word: string, allowed: readonly string[]): string {
  const arch = parseArch(word);
  return arch !== undefined && allowed.includes(arch) ? `did you mean ${arch}?` : didYouMean(word, allowed);
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function patternName(path: readonly string[]): string {
  const names = path.filter((step) => !/^\d+$/.test(step));
  const last = names.at(-1);
  if (last === 'kernel' || last === 'platform') return `range: write comparisons such as ">=5.2 <6.9"`;
  if (last === 'references') return 'reference: it must start with https://';
  if (last === 'extends') return 'profile to extend: write a name, or a path that begins with ./ and ends in .yaml';
  return last === undefined ? 'value' : `value of ${last}`;
}
