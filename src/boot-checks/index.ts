/** Every check of command lines and manifests. */
import type { BootCheck } from './check.ts';
import { ignoredCommandLine, noRoot, tooManyInitArguments, unusedDefault } from './config.ts';
import { machineArch, rootDeviceCheck, rootReadOnly } from './machine.ts';
import { manifestProblemChecks } from './manifest-rules.ts';
import { foreignParameter, retiredParameter, unknownParameter, unreadParameter } from './names.ts';
import { oddCharacter, openQuote, overriddenParameter, tooLong } from './text.ts';

/** Those that hang on the kernel: they are asked for every config. */
export const commandLineChecks: readonly BootCheck[] = [
  foreignParameter,
  ignoredCommandLine,
  machineArch,
  noRoot,
  oddCharacter,
  openQuote,
  overriddenParameter,
  retiredParameter,
  tooLong,
  tooManyInitArguments,
  unknownParameter,
  unreadParameter,
  unusedDefault,
];

export const manifestChecks: readonly BootCheck[] = [rootDeviceCheck, rootReadOnly, ...manifestProblemChecks];

export const bootChecks: readonly BootCheck[] = [...commandLineChecks, ...manifestChecks];
