/** Command lines and manifests of a run, as a bundle of its own: a plain check loads it only for a config with a command line built in. */
import type { ReadYaml } from '../artifacts/manifest.ts';
import { bootChecks } from '../boot-checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import type { InputFailure, Report, RuleInfo } from '../finding.ts';
import type { Host } from '../host.ts';
import { chooseProfile } from '../profiles/profile.ts';
import { type BootRead, bootKnowledge, readBoot } from '../project/boot.ts';
import type { LoadLibrary, Prepared, UsageError } from '../project/prepare.ts';
import { bootProfiles, reportSetup, type Situated, situate } from '../project/situate.ts';
import { type RawOptions, rawList, textOption } from './options.ts';

export { createKernelHost } from '../node-kernel-host.ts';

/** The boot of a run: what configs are held against besides their profiles. */
export interface BootSession {
  readonly failures: readonly InputFailure[];
  /** Each way in which the kernel is started; one where only its own command line is known. */
  readonly situate: (document: ConfigDocument, prepared: Prepared) => readonly Situated[];
  /** Of the manifests and the command line themselves. */
  readonly reports: (prepared: Prepared, isAlone: boolean) => readonly Report[];
  /** With all profiles that may speak. */
  readonly shownAs: (prepared: Prepared) => Prepared;
  readonly rules: readonly RuleInfo[];
}

export function openBoot(
  raw: RawOptions,
  host: Host,
  load: LoadLibrary,
  readIndex: () => string,
  readYaml: ReadYaml,
): BootSession | UsageError {
  const [cmdline, cmdlineFile] = [textOption(raw, 'cmdline'), textOption(raw, 'cmdline-file')];
  if (cmdline !== undefined && cmdlineFile !== undefined)
    return { message: '--cmdline and --cmdline-file exclude each other', help: 'name one of them' };
  const read: BootRead = readBoot({ cmdline, cmdlineFile, manifests: rawList(raw, 'manifest') }, host, readYaml);
  const knowledge = bootKnowledge(host, readIndex);
  const withLibrary = libraryFor(load);
  const setups = read.setups.length > 0 ? read.setups : [undefined];
  return {
    failures: read.failures,
    situate: (document, prepared) =>
      setups.map((setup) => situate(document, setup, withLibrary(prepared), knowledge())),
    reports: (prepared, isAlone) =>
      read.setups
        .map((setup) => reportSetup(setup, withLibrary(prepared), knowledge(), isAlone))
        // A command line has nothing to say without a kernel that it is for.
        .filter(({ kind }) => isAlone || kind === 'manifest'),
    shownAs: (prepared) => {
      const own = withLibrary(prepared);
      const names = new Set([...read.setups.flatMap(({ machine }) => machine?.profile ?? []), ...bootProfiles]);
      const chosen = [...names].flatMap((name) => {
        const choice = chooseProfile(own.library, name);
        return 'profile' in choice && !own.chosen.some(({ profile }) => profile.id === name) ? [choice] : [];
      });
      return { ...own, chosen: [...own.chosen, ...chosen] };
    },
    rules: bootChecks.map(({ info }) => info),
  };
}

/** Runs without a profile have loaded no library, and here there are always profiles. */
function libraryFor(load: LoadLibrary): (prepared: Prepared) => Prepared {
  let library: Prepared['library'] | undefined;
  return (prepared) => {
    if (prepared.library.profiles.size > 0) return prepared;
    if (library === undefined) {
      const loaded = load([]);
      library = 'library' in loaded ? loaded.library : prepared.library;
    }
    return { ...prepared, library };
  };
}
