/** Whether the symbols of rules are there, and can be set, in the kernels that the rules are for: asked of the shipped models. */
import type { KernelHost } from '../host.ts';
import { decodeModel, isDefined, type KconfigModel, symbolNamed } from '../kconfig/index.ts';
import { Accept, type Condition, type SymbolCondition } from '../profiles/condition.ts';
import type { Library, Profile, Requirement } from '../profiles/profile.ts';
import type { RowFault } from '../profiles/rule-faults.ts';
import { canHold, factOn, targetsFor } from '../profiles/satisfiable.ts';
import { always } from '../profiles/specialise.ts';
import { existenceOf, isHidden, nameOn } from '../profiles/symbols.ts';
import { type Arch, type KernelVersion, parseArch, parseKernelVersion } from '../target.ts';

interface Place {
  /** `6.12-arm64`. */
  readonly name: string;
  readonly kernel: KernelVersion;
  readonly arch: Arch;
}

/** All that is asked of the models. */
export interface SymbolSource {
  readonly places: readonly Place[];
  readonly has: (symbol: string, place: Place) => boolean;
  readonly isHidden: (symbol: string, place: Place) => boolean;
}

const sources = new WeakMap<KernelHost, SymbolSource>();

/** Reads the index at once, and a model when the first symbol is looked for in it; once for each host. */
export function symbolSource(host: KernelHost): SymbolSource {
  const source = sources.get(host) ?? readSource(host);
  sources.set(host, source);
  return source;
}

function readSource(host: KernelHost): SymbolSource {
  const [first = '', ...lines] = host.readSymbolIndex().split('\n');
  const names = first === '' ? [] : first.split(' ');
  const masks = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), Number.parseInt(line.slice(line.indexOf(' ') + 1), 16)]),
  );
  const bits = new Map(names.map((name, bit) => [name, 1 << bit]));
  const models = new Map<string, KconfigModel | undefined>();
  const modelOf = (name: string): KconfigModel | undefined => {
    if (!models.has(name)) {
      const read = host.readShippedModel(name);
      models.set(name, 'error' in read ? undefined : decodeModel(read).model);
    }
    return models.get(name);
  };
  return {
    places: names.map((name) => {
      const cut = name.indexOf('-');
      const arch = parseArch(name.slice(cut + 1)) ?? 'other';
      return { name, arch, kernel: parseKernelVersion(name.slice(0, cut)) ?? 0 };
    }),
    has: (symbol, { name }) => ((masks.get(symbol) ?? 0) & (bits.get(name) ?? 0)) !== 0,
    isHidden: (symbol, { name }) => {
      const model = modelOf(name);
      const id = model === undefined ? undefined : symbolNamed(model, symbol);
      if (model === undefined || id === undefined || !isDefined(model, id)) return false;
      return model.prompts.starts[id] === model.prompts.starts[id + 1];
    },
  };
}

/** A symbol condition with what must hold beside it, and whether the row asks for just that. */
interface Mention {
  readonly condition: SymbolCondition;
  readonly guards: readonly Condition[];
  readonly isDemand: boolean;
  readonly key: string;
}

export function symbolFaults({ requirements }: Profile, library: Library, source: SymbolSource): RowFault[] {
  return requirements.flatMap((row) =>
    mentionsIn(row).flatMap(
      (mention) => absentFault(row, mention, library, source) ?? hiddenFault(row, mention, library, source) ?? [],
    ),
  );
}

function mentionsIn({ applies = always, when, require, otherwise }: Requirement): Mention[] {
  return [
    ...walk(require, [applies], true, 'require'),
    ...(otherwise === undefined ? [] : walk(otherwise, [applies], true, 'else')),
    ...(when === undefined ? [] : walk(when, [applies], false, 'when')),
  ];
}

function walk(condition: Condition, guards: readonly Condition[], isDemand: boolean, key: string): Mention[] {
  switch (condition.kind) {
    case 'symbol':
      return [{ condition, guards, isDemand, key }];
    case 'all': {
      const beside = condition.of.filter(({ kind }) => kind === 'kernel' || kind === 'arch');
      return condition.of.flatMap((member) => walk(member, [...guards, ...beside], isDemand, key));
    }
    case 'any':
      return condition.of.flatMap((member) => walk(member, guards, isDemand && condition.of.length === 1, key));
    case 'not':
      return walk(condition.of, guards, false, key);
    default:
      return [];
  }
}

const newestPatch = 999;

function isAllowed(
  guards: readonly Condition[],
  { kernel, arch }: Pick<Place, 'kernel' | 'arch'>,
  { symbols }: Library,
): boolean {
  return [kernel, kernel + newestPatch].some((each) =>
    canHold(
      guards.map((guard) => factOn(guard, { kernel: each, arch }, symbols)),
      symbols,
    ),
  );
}

function absentFault(row: Requirement, mention: Mention, library: Library, source: SymbolSource): RowFault | undefined {
  const { condition, guards, key } = mention;
  const facts = library.symbols.get(condition.symbol);
  const names = [condition.symbol, ...(facts?.otherNames ?? [])];
  const allowed = source.places.filter((place) => isAllowed(guards, place, library));
  if (allowed.some((place) => names.some((name) => source.has(name, place)))) return undefined;
  const somewhere = source.places.filter((place) => names.some((name) => source.has(name, place)));
  // The facts know kernels that no model speaks for.
  if (facts !== undefined && existsBetween(mention, library, source)) return undefined;
  if (allowed.length === 0 && somewhere.length > 0) return undefined;
  const name = `CONFIG_${condition.symbol}`;
  const others = somewhere
    .slice(0, 3)
    .map((place) => place.name)
    .join(', ');
  return {
    code: 'no-such-symbol',
    severity: 'error',
    row: row.name,
    at: [key],
    message:
      somewhere.length === 0
        ? `no kernel that is known has ${name}`
        : `no kernel that the row is for has ${name}; ${others} ${somewhere.length === 1 ? 'has' : 'have'} it`,
    why: 'A row on a symbol that is not there never applies, or lets every config pass.',
    help: 'Correct the name, the kernel range or the architectures; if a release between the shipped models has it, say so in the facts on symbols.',
  };
}

/** True where the facts give the symbol to a kernel of the row whose series no model speaks for. */
function existsBetween({ condition, guards }: Mention, library: Library, { places }: SymbolSource): boolean {
  const series = (kernel: KernelVersion): number => Math.floor(kernel / 1e3);
  return targetsFor([...guards, condition], library.symbols, {}).some(({ kernel = 0, arch = 'other' }) => {
    if (places.some((place) => series(place.kernel) === series(kernel) && place.arch === arch)) return false;
    const facts = library.symbols.get(condition.symbol);
    if (facts === undefined || (facts.added === undefined && facts.removed === undefined)) return false;
    return (
      existenceOf(facts, { kernel, arch }, library.symbols) === 'yes' && isAllowed(guards, { kernel, arch }, library)
    );
  });
}

function hiddenFault(row: Requirement, mention: Mention, library: Library, source: SymbolSource): RowFault | undefined {
  const { condition, guards, isDemand, key } = mention;
  if (!isDemand || (condition.accept & Accept.n) !== 0) return undefined;
  const facts = library.symbols.get(condition.symbol);
  const place = source.places.find((each) => {
    const target = { kernel: each.kernel, arch: each.arch };
    const name = nameOn(condition.symbol, target, library.symbols);
    if (!source.has(name, each) || !isAllowed(guards, each, library) || !source.isHidden(name, each)) return false;
    return !((facts?.follows?.length ?? 0) > 0 && isHidden(facts, target));
  });
  if (place === undefined) return undefined;
  return {
    code: 'hidden-symbol',
    severity: 'warning',
    row: row.name,
    at: [key],
    message: `CONFIG_${condition.symbol} has no prompt in ${place.name}, and no fact says what brings it`,
    why: 'Nobody can set it; a finding that asks for it leaves its reader without a thing to do.',
    help: 'Ask for what selects it, or say in the facts on symbols that it is hidden and what it follows.',
  };
}
