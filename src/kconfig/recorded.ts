/** Complete configs by what they record of their own toolchain: resolved, or only looked at for what their kernel would drop. */
import { keepsAll, loadUserConfig } from './configure.ts';
import type { ModelFile } from './format.ts';
import { comesOutAs, type Wanted } from './losses.ts';
import { isDefined, symbolsNamed } from './model.ts';
import { type Resolved, type Run, resolvedFrom } from './resolve.ts';
import { readAsRecorded } from './toolchain.ts';

/** A complete config and what its kernel makes of it. */
export interface RecordedConfig {
  /** Computed when it is first asked for. */
  readonly resolved: Resolved;
  /** True where the newest kernel keeps every setting of a symbol that it has; to know that takes less than to resolve. */
  readonly keeps: (wanted: readonly Wanted[]) => boolean;
}

/** What `make olddefconfig` makes of a complete config, its toolchain taken as the config records it; faster, and as good for that. */
export function resolveAsRecorded(models: readonly ModelFile[], text: string): Resolved {
  return readRecorded(models, text).resolved;
}

/** The same, nothing of it computed before it is asked for. */
export function readRecorded(models: readonly ModelFile[], text: string): RecordedConfig {
  const read = [...models].reverse().map(({ model }) => ({ model, ...readAsRecorded(model, text) }));
  let resolved: Resolved | undefined;
  return {
    get resolved() {
      resolved ??= resolvedFrom(
        read.map(({ model, answers, config, standing }): Run => {
          const configured = loadUserConfig(model, answers, config, standing);
          return { ...configured, answers, config, standing, unsure: [] };
        }),
        'config',
      );
      return resolved;
    },
    keeps: (wanted) => {
      const [{ model, answers, config, standing }] = read as [(typeof read)[number]];
      const numbers = symbolsNamed(model, wanted);
      return keepsAll(model, answers, config, standing, (evaluation) =>
        wanted.every(({ value }, i) => {
          const id = numbers[i] as number;
          return id < 0 || !isDefined(model, id) || comesOutAs(evaluation, id, value);
        }),
      );
    },
  };
}
