/** Whether conditions can hold together, on a target and for some config: decided without any config. */
import { numberOf } from '../config/value.ts';
import { type Arch, architectures, type BootFact, type KernelVersion, type Range } from '../target.ts';
import { Accept, type Condition, type SymbolCondition, type ValueTest } from './condition.ts';
import { always, type Known, never, specialise } from './specialise.ts';
import { existenceOf, type SymbolFacts } from './symbols.ts';

type Facts = ReadonlyMap<string, SymbolFacts>;

/** What a symbol may still be: y, m, n as bits, and other values by the tests that they must pass. */
interface Room {
  readonly accept: number;
  /** Undefined where any other value will do. */
  readonly values: readonly ValueTest[] | undefined;
}

interface Wish {
  readonly condition: Condition;
  readonly hold: boolean;
}

/** Steps after which conditions are taken to be satisfiable: no row comes near. */
const mostSteps = 20_000;
const anyLevel = Accept.y | Accept.m | Accept.n;

/** True where some values of symbols make all of the conditions hold; they must be specialised to a target before. */
export function canHold(conditions: readonly Condition[], symbols: Facts): boolean {
  let steps = 0;
  const names = new Map<string, string>();
  const nameOf = (symbol: string): string => {
    let name = names.get(symbol);
    if (name === undefined) {
      name = [symbol, ...(symbols.get(symbol)?.otherNames ?? [])].sort()[0] as string;
      names.set(symbol, name);
    }
    return name;
  };
  // Depth is bounded by the loader (64 levels) times the members of a row.
  const search = (wishes: readonly Wish[], rooms: ReadonlyMap<string, Room>): boolean => {
    const [first, ...rest] = wishes;
    if (first === undefined || steps++ > mostSteps) return true;
    const { condition, hold } = first;
    if (condition.kind === 'not') return search([{ condition: condition.of, hold: !hold }, ...rest], rooms);
    if (condition.kind === 'all' || condition.kind === 'any') {
      const members = condition.of.map((member) => ({ condition: member, hold }));
      if ((condition.kind === 'all') === hold) return search([...members, ...rest], rooms);
      return members.some((member) => search([member, ...rest], rooms));
    }
    // What is left besides symbols is settled by nobody: it may be either way.
    if (condition.kind !== 'symbol') return search(rest, rooms);
    const name = nameOf(condition.symbol);
    const room = narrow(rooms.get(name), condition, hold);
    return room !== undefined && search(rest, new Map(rooms).set(name, room));
  };
  return search(
    conditions.map((condition) => ({ condition, hold: true })),
    new Map(),
  );
}

/** What is left of the room of a symbol; undefined where nothing is. */
function narrow(room: Room | undefined, { accept, values }: SymbolCondition, hold: boolean): Room | undefined {
  const before = room ?? { accept: anyLevel, values: undefined };
  if (!hold) {
    const left = before.accept & ~accept;
    // A number that must not be some number can be another one.
    return left === 0 && before.values !== undefined && before.values.length === 0
      ? undefined
      : { ...before, accept: left };
  }
  const both = before.values === undefined ? values : before.values.filter((a) => values.some((b) => canBeBoth(a, b)));
  const left = before.accept & accept;
  return left === 0 && both.length === 0 ? undefined : { accept: left, values: both };
}

function canBeBoth(a: ValueTest, b: ValueTest): boolean {
  if ([a, b].some(({ test }) => test === 'includes' || test === 'same-as')) return true;
  const [x, y] = [numberOf(a.value), numberOf(b.value)];
  if (a.test === 'is' && b.test === 'is') return x === undefined || y === undefined ? a.value === b.value : x === y;
  if (x === undefined || y === undefined) return true;
  if (a.test === b.test) return true;
  const [low, high] = a.test === 'at-least' || b.test === 'at-most' ? [x, y] : [y, x];
  return low <= high;
}

/** Targets that tell apart whatever the conditions tell apart: kernels beside each bound, the named architectures and others, boot facts. */
export function targetsFor(conditions: readonly Condition[], facts: Facts, known: Known): Known[] {
  const kernels = new Set<KernelVersion>([5_010_000, 6_001_000, 6_012_000, 7_003_000]);
  const arches = new Set<Arch>(['x86_64', 'arm64', 'riscv']);
  const boots = new Set<BootFact>();
  const bound = (value: KernelVersion, parts: number): void => {
    for (const each of [value - 1, value, value + (parts === 1 ? 1e6 : parts === 2 ? 1e3 : 1)]) kernels.add(each);
  };
  for (const condition of conditions.flatMap(leavesOf)) {
    if (condition.kind === 'kernel') for (const { value, parts } of condition.range as Range) bound(value, parts);
    else if (condition.kind === 'arch') {
      for (const name of condition.names) if (architectures.includes(name as never)) arches.add(name as Arch);
    } else if (condition.kind === 'boot') for (const fact of condition.facts) boots.add(fact);
    else if (condition.kind === 'symbol') {
      const { added, removed, arch = [] } = facts.get(condition.symbol) ?? {};
      for (const value of [added, removed]) if (value !== undefined) bound(value, 3);
      for (const name of arch) if (architectures.includes(name as never)) arches.add(name as Arch);
    }
  }
  const free = known.boot === undefined ? subsetsOf([...boots]) : [known.boot];
  return (known.kernel === undefined ? [...kernels] : [known.kernel]).flatMap((kernel) =>
    (known.arch === undefined ? [...arches] : [known.arch]).flatMap((arch) =>
      free.map((boot) => ({ ...known, kernel, arch, boot })),
    ),
  );
}

function subsetsOf(facts: readonly BootFact[]): ReadonlySet<BootFact>[] {
  const sets: ReadonlySet<BootFact>[] = [new Set()];
  for (const fact of facts) sets.push(...sets.map((set) => new Set([...set, fact])));
  return sets;
}

/** The parts of a condition that are not made of others. */
export function leavesOf(condition: Condition): Condition[] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(leavesOf);
  return condition.kind === 'not' ? leavesOf(condition.of) : [condition];
}

/** A condition as a fact on one target: what the target does not have is off. */
export function factOn(condition: Condition, known: Known, facts: Facts): Condition {
  return specialise(withoutAbsent(condition, known, facts), known);
}

function withoutAbsent(condition: Condition, known: Known, facts: Facts): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { kind: condition.kind, of: condition.of.map((member) => withoutAbsent(member, known, facts)) };
  if (condition.kind === 'not') return { kind: 'not', of: withoutAbsent(condition.of, known, facts) };
  return isAbsent(condition, known, facts) ? ((condition.accept & Accept.n) !== 0 ? always : never) : condition;
}

function isAbsent(condition: Condition, { kernel, arch }: Known, facts: Facts): condition is SymbolCondition {
  const own = condition.kind === 'symbol' ? facts.get(condition.symbol) : undefined;
  if (own === undefined) return false;
  const target = { ...(kernel === undefined ? {} : { kernel }), ...(arch === undefined ? {} : { arch }) };
  return existenceOf(own, target, facts) === 'no';
}

/** What a requirement comes to on one target; undefined where it does not concern it, because the target lacks its symbols. */
export function demandOn(condition: Condition, known: Known, facts: Facts): Condition | undefined {
  if (condition.kind === 'symbol' && isAbsent(condition, known, facts))
    return (condition.accept & Accept.n) !== 0 ? always : undefined;
  if (condition.kind === 'all' || condition.kind === 'any') {
    const of = condition.of.flatMap((member) => demandOn(member, known, facts) ?? []);
    return of.length === 0 ? undefined : specialise({ kind: condition.kind, of }, known);
  }
  if (condition.kind === 'not') {
    const of = demandOn(condition.of, known, facts);
    return of === undefined ? undefined : specialise({ kind: 'not', of }, known);
  }
  return specialise(condition, known);
}
