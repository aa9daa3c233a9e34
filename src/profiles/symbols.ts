/** What is known of symbols across releases and architectures, without a Kconfig model. */
import { archMatches, formatKernelVersion, inRange, type KernelVersion, type Range, type Target } from '../target.ts';

export interface SymbolFacts {
  readonly added?: KernelVersion;
  readonly removed?: KernelVersion;
  readonly arch?: readonly string[];
  readonly renamedTo?: string;
  /** Names it had or got: a config that uses one of them speaks of this symbol. */
  readonly otherNames: readonly string[];
  readonly hidden?: true | { readonly kernel?: Range; readonly arch?: readonly string[] };
  /** What a person sets to get it: `SYMBOL` or `SYMBOL=value`. */
  readonly follows?: readonly string[];
}

export type Existence = 'yes' | 'no' | 'maybe';

/** Whether a symbol, under any of its names, can be on for the target. */
export function existenceOf(facts: SymbolFacts, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): Existence {
  const own = ownExistence(facts, target);
  if (own === 'yes') return own;
  let best = own;
  for (const name of facts.otherNames) {
    const existence = existenceOfName(name, target, symbols);
    if (existence === 'yes') return existence;
    if (existence === 'maybe') best = existence;
  }
  return best;
}

/** Whether a symbol can be on for the target under just this name. */
export function existenceOfName(name: string, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): Existence {
  const facts = symbols.get(name);
  return facts === undefined ? 'yes' : ownExistence(facts, target);
}

/** True where the architecture never has the symbol on, though its Kconfig may well define it. */
export function isElsewhere(facts: SymbolFacts, { arch }: Target): boolean {
  return facts.arch !== undefined && arch !== undefined && !archMatches(facts.arch, arch);
}

function ownExistence(facts: SymbolFacts, target: Target): Existence {
  if (isElsewhere(facts, target)) return 'no';
  const { kernel, arch } = target;
  if (kernel !== undefined) {
    if (facts.added !== undefined && kernel < facts.added) return 'no';
    if (facts.removed !== undefined && kernel >= facts.removed) return 'no';
  }
  const archOpen = facts.arch !== undefined && arch === undefined;
  const kernelOpen = (facts.added !== undefined || facts.removed !== undefined) && kernel === undefined;
  return archOpen || kernelOpen ? 'maybe' : 'yes';
}

/** The name a symbol goes by on the target. */
export function nameOn(symbol: string, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): string {
  const facts = symbols.get(symbol);
  if (facts === undefined || ownExistence(facts, target) !== 'no') return symbol;
  return facts.otherNames.find((name) => existenceOfName(name, target, symbols) !== 'no') ?? symbol;
}

/** Why a symbol is not there, or may not be there, for the target; undefined when it is. */
export function whyNot(
  symbol: string,
  facts: SymbolFacts,
  target: Target,
  symbols: ReadonlyMap<string, SymbolFacts>,
): string | undefined {
  const name = `CONFIG_${symbol}`;
  const existence = existenceOf(facts, target, symbols);
  if (existence === 'yes') return undefined;
  const { kernel, arch } = target;
  if (facts.arch !== undefined && arch !== undefined && !archMatches(facts.arch, arch)) {
    return `${name} does not exist on ${arch === 'other' ? 'this architecture' : arch}`;
  }
  if (kernel !== undefined && facts.added !== undefined && kernel < facts.added) {
    return `${name} exists only since ${formatKernelVersion(facts.added)}`;
  }
  if (kernel !== undefined && facts.removed !== undefined && kernel >= facts.removed) {
    return `${name} is gone since ${formatKernelVersion(facts.removed)}`;
  }
  const open = facts.arch !== undefined && arch === undefined ? 'architecture' : 'kernel version';
  return `${name} does not exist for every ${open}, and this one's is not known`;
}

/** True when nobody can set the symbol by hand on the target; an unknown target counts as the strict case only for `true`. */
export function isHidden(facts: SymbolFacts | undefined, target: Target): boolean {
  const hidden = facts?.hidden;
  if (hidden === undefined) return false;
  if (hidden === true) return true;
  if (hidden.arch !== undefined && (target.arch === undefined || !archMatches(hidden.arch, target.arch))) return false;
  if (hidden.kernel !== undefined && (target.kernel === undefined || !inRange(hidden.kernel, target.kernel)))
    return false;
  return true;
}
