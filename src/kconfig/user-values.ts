/** What a config asks for, before Kconfig has its say. */
import type { KconfigModel } from './model.ts';
import { SymbolFlag } from './symbol.ts';

/** What a config asks for, by symbol number. */
export interface UserValues {
  readonly has: Uint8Array;
  /** Of bools and tristates. */
  readonly tristates: Uint8Array;
  /** Of ints, hexes and strings. */
  readonly texts: (string | undefined)[];
  /** Members of each choice symbol in the order in which they are heard: what was set last comes first. */
  readonly priorities: Map<number, number[]>;
  /** Classic choices: the member that was set, by choice symbol. */
  readonly chosen: Map<number, number>;
}

/** No values asked for. */
export function createUserValues(model: KconfigModel): UserValues {
  const { count, flags } = model.symbols;
  const priorities = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    if ((flags[i] as number) & SymbolFlag.choice) {
      priorities.set(i, [...model.members.symbols.subarray(model.members.starts[i], model.members.starts[i + 1])]);
    }
  }
  return {
    has: new Uint8Array(count),
    tristates: new Uint8Array(count),
    texts: new Array<string | undefined>(count).fill(undefined),
    priorities,
    chosen: new Map(),
  };
}
