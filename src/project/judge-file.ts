/** What `check` and the language server alike do with one file: ask the Kconfig of its kernel, and judge it. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import type { Report } from '../finding.ts';
import type { ExitCode } from '../host.ts';
import { lint } from '../lint.ts';
import type { View } from './kernel-view.ts';
import type { Prepared, UsageError } from './prepare.ts';
import { listOption, type RawOptions, textOption } from './raw-options.ts';
import type { Views } from './views.ts';

/** All findings on a document; `view` is what its kernel makes of it, where a model speaks for that. */
export function judgeDocument(document: ConfigDocument, prepared: Prepared, view: View | undefined): Report {
  return lint({
    document,
    checks,
    target: prepared.target,
    profiles: prepared.chosen,
    ...bootOf(prepared),
    library: prepared.library,
    kernel: view,
  });
}

export type ViewOf = (document: ConfigDocument) => View | undefined | UsageError | ExitCode;

/**
 * Gives the view of each document. Where options speak of the kernel's Kconfig they are looked at before anything is read; else what
 * that takes is loaded for the first document whose kernel is known.
 */
export function openViews(
  raw: RawOptions,
  prepared: Prepared,
  createViews: (raw: RawOptions, prepared: Prepared) => Views | UsageError | ExitCode,
): ViewOf | UsageError | ExitCode {
  if (textOption(raw, 'kconfig') === 'off') return () => undefined;
  let views: Views | UsageError | ExitCode | undefined;
  const open = () => {
    views ??= createViews(raw, prepared);
    return views;
  };
  const isAsked =
    ['base', 'model', 'tree', 'toolchain'].some((name) => textOption(raw, name) !== undefined) ||
    listOption(raw, 'extra-symbols').length > 0;
  if (isAsked) {
    const opened = open();
    if (typeof opened === 'number' || 'help' in opened) return opened;
  }
  return (document) => {
    const { kernel, arch } = { ...document.target, ...prepared.target };
    if (!isAsked && (kernel === undefined || arch === undefined)) return undefined;
    const opened = open();
    return typeof opened === 'number' || 'help' in opened ? opened : opened.viewOf(document);
  };
}

export function bootOf({ boot, bootDenied, library }: Prepared) {
  return { boot, bootDenied, library };
}
