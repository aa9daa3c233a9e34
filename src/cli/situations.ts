/** What a config is judged with besides its profiles: how its kernel is started, and what its Kconfig says. */
import { type ConfigDocument, settingOf } from '../config/document.ts';
import type { ExitCode } from '../host.ts';
import type { View } from '../project/kernel-view.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import type { BootSession } from './boot.ts';
import { asksOfBoot, listOption, type RawOptions, textOption } from './options.ts';
import type { Services } from './services.ts';
import type { Views } from './views.ts';

/** What was asked of the boot, read before any config. */
export function bootSession(raw: RawOptions, services: Services): BootSession | UsageError | undefined {
  return asksOfBoot(raw) ? services.openBoot(raw) : undefined;
}

/** The ways in which a config is to be judged: as it is, or as its kernel will be started. */
export function situations(
  document: ConfigDocument,
  prepared: Prepared,
  boot: BootSession | undefined,
  raw: RawOptions,
  services: Services,
): ReturnType<BootSession['situate']> {
  if (boot !== undefined) return boot.situate(document, prepared);
  const own = settingOf(document, 'CMDLINE');
  const session = own.kind === 'set' && own.value.trim() !== '' ? services.openBoot(raw) : undefined;
  return session === undefined || 'message' in session
    ? [{ prepared, findings: [] }]
    : session.situate(document, prepared);
}

export type ViewOf = (document: ConfigDocument, prepared: Prepared) => View | undefined | UsageError | ExitCode;

/**
 * Gives the view of each document. Where options speak of the kernel's Kconfig they are looked at before anything is read; else what
 * that takes is loaded for the first document whose kernel is known.
 */
export function openViews(
  raw: RawOptions,
  prepared: Prepared,
  services: Pick<Services, 'createViews'>,
): ViewOf | UsageError | ExitCode {
  if (textOption(raw, 'kconfig') === 'off') return () => undefined;
  let views: Views | UsageError | ExitCode | undefined;
  const open = () => {
    views ??= services.createViews(raw, prepared);
    return views;
  };
  const isAsked =
    ['base', 'model', 'tree', 'toolchain'].some((name) => textOption(raw, name) !== undefined) ||
    listOption(raw, 'extra-symbols').length > 0;
  if (isAsked) {
    const opened = open();
    if (typeof opened === 'number' || 'help' in opened) return opened;
  }
  return (document, own) => {
    const { kernel, arch } = { ...document.target, ...own.target };
    if (!isAsked && (kernel === undefined || arch === undefined)) return undefined;
    const opened = open();
    return typeof opened === 'number' || 'help' in opened ? opened : opened.viewOf(document, own);
  };
}

export function bootOf({ boot, bootDenied, library }: Prepared) {
  return { boot, bootDenied, library };
}
