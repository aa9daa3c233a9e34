/** Everything about one file that can be put right: what the checks of its text offer, then what the kernel's Kconfig allows. */
import type { Check } from '../checks/check.ts';
import { checks as allChecks } from '../checks/index.ts';
import { type ConfigDocument, parseConfig } from '../config/document.ts';
import { applyEdits } from '../config/edits.ts';
import { type FixInput, type FixPlan, proposeFix } from '../fix/propose.ts';
import { planFor } from '../lint.ts';
import { createSource } from '../source.ts';
import type { Target } from '../target.ts';
import { makeArch, orUsage } from './base-and-models.ts';
import { baseInWords, nameOf } from './kernel-view.ts';
import type { Prepared, UsageError } from './prepare.ts';
import { flagOption, type RawOptions, textOption } from './raw-options.ts';
import type { Views } from './views.ts';

export interface FileFix {
  readonly before: ConfigDocument;
  /** The file with all of it done. */
  readonly text: string;
  /** Findings about the text itself that are settled, in words. */
  readonly repairs: readonly string[];
  /** Undefined where no model speaks for the kernel. */
  readonly plan: FixPlan | undefined;
}

/** Repairs may uncover others; after so many rounds it is left at that. */
const mostRounds = 5;

/** Throws UnknownName, as `resolveConfig` does. */
export function fixFile(
  before: ConfigDocument,
  target: Target,
  checks: readonly Check[],
  input: Omit<FixInput, 'document' | 'target'> | undefined,
): FileFix {
  let document = before;
  const repairs: string[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const found = checks.flatMap((check) => check.find({ document, target }));
    const fixes = found.flatMap(({ fix, rule }) => (fix === undefined ? [] : [{ fix, rule }]));
    const text = applyEdits(
      document.source,
      fixes.flatMap(({ fix }) => fix.edits),
    );
    if (text === document.source.text) break;
    repairs.push(...fixes.map(({ fix, rule }) => `${fix.title} (${rule.id})`));
    document = parseConfig(createSource(before.source.path, text, before.source.encoding), { kind: before.kind });
  }
  if (input === undefined) return { before, text: document.source.text, repairs, plan: undefined };
  const fragments = input.fragments.length === 0 ? [] : [...input.fragments.slice(0, -1), document];
  const plan = proposeFix({ ...input, document, target, fragments });
  return { before, text: plan.text, repairs, plan };
}

/** A fix and what it was found by. */
export interface Fixed extends FileFix {
  /** `Linux 6.12.117 x86_64 on defconfig`; or why no Kconfig was asked. */
  readonly by: string;
}

/** Finds the fix of one document; a usage error where a named base or toolchain is none that its model knows. */
export function fixWith(
  document: ConfigDocument,
  raw: RawOptions,
  prepared: Prepared,
  views: Views,
): Fixed | UsageError {
  const target = { ...document.target, ...prepared.target };
  const models = views.modelsFor(document);
  const isComplete = document.kind === 'complete';
  const base = views.base ?? { kind: 'none' as const };
  if (!Array.isArray(models)) {
    const { message, help } = models as UsageError;
    return { ...fixFile(document, target, allChecks, undefined), by: `${message} (${help})` };
  }
  const [toolchain, arch] = [textOption(raw, 'toolchain'), textOption(raw, 'arch')];
  return orUsage(raw, () => {
    const fixed = fixFile(document, target, allChecks, {
      models: models.slice(-1),
      base,
      fragments: isComplete ? [] : [document],
      plan: planFor(prepared.chosen, prepared.boot, prepared.bootDenied),
      library: prepared.library,
      severities: new Set(flagOption(raw, 'quiet') ? ['error'] : ['error', 'warning', 'info']),
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    });
    return { ...fixed, by: `${nameOf(models.slice(-1))}${isComplete ? '' : baseInWords(base)}` };
  });
}
