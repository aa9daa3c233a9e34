/** What becomes of a stack: which of its settings a kernel keeps, on what the others founder, and what would make them hold. */
import { type ConfigDocument, effectiveSettings, type Setting } from '../config/document.ts';
import {
  type Base,
  type Evaluation,
  findLosses,
  type Loss,
  type ModelFile,
  type Proposal,
  propose,
  resolveConfig,
  type Wanted,
} from '../kconfig/index.ts';

type Known = Exclude<Setting, { kind: 'absent' }>;

/** One symbol of a stack: the setting that counts, and those that it overrides, the nearest first. */
export interface StackSetting extends Wanted {
  readonly setting: Known;
  readonly overridden: readonly { readonly value: string; readonly setting: Known }[];
}

export interface LossGroup {
  readonly reason: Loss['reason'];
  readonly root: string;
  readonly losses: readonly Loss[];
}

export interface StackReport {
  readonly settings: readonly StackSetting[];
  /** Lost settings by what they founder on, the largest group first. */
  readonly groups: readonly LossGroup[];
  readonly lost: number;
  /** Settings that only some toolchains, or only some of the releases, lose. */
  readonly doubtful: readonly string[];
  /** What would make the lost ones hold. */
  readonly proposal: Proposal;
  /** Of the newest model, without the proposal. */
  readonly evaluation: Evaluation;
  /** Settings that a built config does not have although its kernel would keep them; undefined where none was named. */
  readonly unexplained:
    | readonly { readonly symbol: string; readonly value: string; readonly actual: string }[]
    | undefined;
}

export interface StackInput {
  readonly models: readonly ModelFile[];
  readonly base: Base;
  /** What is merged onto the base, in order. */
  readonly fragments: readonly ConfigDocument[];
  /** Whose settings are judged: the fragments, or the base itself where there are none. */
  readonly documents: readonly ConfigDocument[];
  readonly toolchain?: string;
  readonly arch?: string;
  /** A config that was built: what is lost is what is not in it. */
  readonly final?: ConfigDocument | undefined;
}

/** Throws UnknownName, as `resolveConfig` does. */
export function judgeStack({ models, base, fragments, documents, final, ...rest }: StackInput): StackReport {
  const texts = fragments.map(({ source }) => source.text);
  const settings = settingsOf(documents);
  const resolved = resolveConfig({ models, base, fragments: texts, output: 'config', ...rest });
  const { evaluations } = resolved;
  const [first, ...others] = evaluations as [Evaluation, ...Evaluation[]];
  const losses = findLosses(first, settings);
  const everywhere = new Set(losses.map(({ symbol }) => symbol));
  const anywhere = new Set(everywhere);
  for (const other of others) {
    const own = new Set(findLosses(other, settings).map(({ symbol }) => symbol));
    for (const symbol of everywhere) if (!own.has(symbol)) everywhere.delete(symbol);
    for (const symbol of own) anywhere.add(symbol);
  }
  const missing = final === undefined ? undefined : missingFrom(final, settings);
  const lost = losses.filter(({ symbol }) => (missing === undefined ? everywhere.has(symbol) : missing.has(symbol)));
  const explained = new Set(lost.map(({ symbol }) => symbol));
  const proposal = propose(
    (additions) => resolved.again(additions),
    settings,
    missing === undefined ? everywhere : explained,
  );
  return {
    settings,
    groups: groupsOf(lost),
    lost: missing === undefined ? lost.length : missing.size,
    doubtful: missing === undefined ? [...anywhere].filter((symbol) => !everywhere.has(symbol)) : [],
    proposal,
    evaluation: first,
    unexplained:
      missing === undefined ? undefined : [...missing.values()].filter(({ symbol }) => !explained.has(symbol)),
  };
}

/** What a built config does not have as it was asked for; silence means off. */
function missingFrom(
  final: ConfigDocument,
  settings: readonly StackSetting[],
): Map<string, { symbol: string; value: string; actual: string }> {
  const built = effectiveSettings(final);
  const missing = new Map<string, { symbol: string; value: string; actual: string }>();
  for (const { symbol, value } of settings) {
    const setting = built.get(symbol);
    const actual = setting?.kind === 'set' ? setting.value : 'n';
    if (actual !== value) missing.set(symbol, { symbol, value, actual });
  }
  return missing;
}

function settingsOf(documents: readonly ConfigDocument[]): StackSetting[] {
  const bySymbol = new Map<string, { value: string; setting: Known }[]>();
  for (const document of documents) {
    for (const [symbol, setting] of effectiveSettings(document)) {
      const entry = { value: setting.kind === 'set' ? setting.value : 'n', setting };
      const known = bySymbol.get(symbol);
      if (known === undefined) bySymbol.set(symbol, [entry]);
      else known.unshift(entry);
    }
  }
  return [...bySymbol].map(([symbol, [own, ...overridden]]) => {
    const { value, setting } = own as { value: string; setting: Known };
    return { symbol, value, setting, overridden };
  });
}

/** Losses that founder on the same symbol in the same way are one matter; so are all symbols that the kernel does not have. */
function groupsOf(losses: readonly Loss[]): LossGroup[] {
  const groups = new Map<string, { reason: Loss['reason']; root: string; losses: Loss[] }>();
  for (const loss of losses) {
    const { reason } = loss;
    const key = reason === 'unknown-symbol' || reason === 'invalid-value' ? reason : `${reason} ${loss.root}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, root: loss.root, losses: [loss] });
    else group.losses.push(loss);
  }
  return [...groups.values()].sort((a, b) => b.losses.length - a.losses.length);
}
