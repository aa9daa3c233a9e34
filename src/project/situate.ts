/** Puts a config into the situation in which its kernel will be started: command line, machine, boot facts and the profiles for them. */
import { type PlacedLine, readLine } from '../artifacts/cmdline-text.ts';
import { bootFactsOf, effectOf } from '../artifacts/parameter-facts.ts';
import { mergeBuiltIn } from '../boot-checks/built-in.ts';
import type { BootCheck, BootInput } from '../boot-checks/check.ts';
import { commandLineChecks, manifestChecks } from '../boot-checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import { countOf, type Finding, noCounts, type Report, severityRank } from '../finding.ts';
import type { Condition, TraitCondition } from '../profiles/condition.ts';
import { type ChosenProfile, chooseProfile, type Requirement } from '../profiles/profile.ts';
import { type BootFact, bootFacts, type Target } from '../target.ts';
import { matchesTrait, type Trait } from '../traits.ts';
import { type BootKnowledge, type BootSetup, machineInWords } from './boot.ts';
import type { Prepared } from './prepare.ts';

/** Profiles of which only the rows are asked whose parameters or devices are there. */
export const bootProfiles = ['cmdline', 'manifest'] as const;

export interface Situated {
  /** As `prepare` gave it, with what the setup adds. */
  readonly prepared: Prepared;
  /** What the checks of command lines find for this config. */
  readonly findings: readonly Finding[];
}

/** A setup as a config meets it, or as it stands alone where `document` is undefined. `prepared.library` must hold the profiles. */
export function situate(
  document: ConfigDocument | undefined,
  setup: BootSetup | undefined,
  prepared: Prepared,
  { index, facts }: BootKnowledge,
): Situated {
  const machine = setup?.machine;
  const given = setup?.given;
  const known: Target = {
    ...(machine?.arch === undefined ? {} : { arch: machine.arch.arch, archFrom: machine.source.path }),
    ...document?.target,
    ...prepared.target,
  };
  const merged = document === undefined ? { pieces: given ?? [] } : mergeBuiltIn(document, known.arch, given);
  const line = given === undefined && merged.pieces.length === 0 ? undefined : readLine(merged.pieces);
  const parameters = line === undefined ? [] : effectOf(line.parameters, facts).counting;
  const { boot, bootDenied } = factsOf(prepared, machine?.initrd, bootFactsOf(parameters, facts));
  const target: Target = {
    ...prepared.target,
    ...(document?.target.arch === undefined && known.arch !== undefined
      ? { arch: known.arch, archFrom: known.archFrom ?? '' }
      : {}),
    ...(line === undefined ? {} : { commandLine: { text: line.text, parameters } }),
    ...(machine === undefined
      ? {}
      : {
          devices: machine.devices,
          machine: {
            words: machineInWords(machine),
            initrd: machine.initrd,
            profile: machine.profile,
            because: machine.profileBecause,
          },
        }),
  };
  const chosen = profilesFor(prepared, target, machine?.profile);
  const input: BootInput = {
    line,
    given,
    isWhole: given !== undefined,
    machine,
    document,
    target: { ...known, ...target },
    hasInitrd: boot.has('initrd'),
    index,
    facts,
    isRuled: ruledBy(chosen),
  };
  return {
    prepared: { ...prepared, target, boot, bootDenied, chosen },
    findings: findAll(commandLineChecks, input, machine),
  };
}

/** What the user says of the boot wins, then the manifest, then the command line. */
function factsOf({ boot: said, bootDenied: denied }: Prepared, initrd: boolean | undefined, words: readonly string[]) {
  const boot = new Set(said);
  const bootDenied = new Set(denied);
  const add = (word: string): void => {
    const known: readonly string[] = bootFacts;
    const isDenied = !known.includes(word);
    const fact = (isDenied ? word.slice(3) : word) as BootFact;
    if (boot.has(fact) || bootDenied.has(fact)) return;
    (isDenied ? bootDenied : boot).add(fact);
  };
  if (initrd !== undefined) add(initrd ? 'initrd' : 'no-initrd');
  for (const word of words) add(word);
  return { boot, bootDenied };
}

function profilesFor(
  { chosen, library }: Prepared,
  target: Target,
  machineProfile: string | undefined,
): ChosenProfile[] {
  const found = [...chosen];
  for (const name of [machineProfile, ...bootProfiles]) {
    if (name === undefined || found.some(({ profile }) => profile.id === name)) continue;
    const choice = chooseProfile(library, name);
    if (!('profile' in choice)) continue;
    const isBoot = (bootProfiles as readonly string[]).includes(name);
    const requirements = isBoot ? choice.requirements.filter((row) => concerns(row, target)) : choice.requirements;
    if (requirements.length > 0) found.push({ ...choice, requirements });
  }
  return found;
}

/** True where all that a row is limited to among parameters and devices is there. */
function concerns({ applies }: Requirement, { commandLine, devices = [] }: Target): boolean {
  return traitConditions(applies).every(({ kind, patterns }) => {
    const traits = kind === 'cmdline' ? (commandLine?.parameters ?? []) : devices;
    return traits.some((trait) => patterns.some((pattern) => matchesTrait(pattern, trait)));
  });
}

function traitConditions(applies: Condition | undefined): TraitCondition[] {
  const parts = applies?.kind === 'all' ? applies.of : applies === undefined ? [] : [applies];
  return parts.filter((part): part is TraitCondition => part.kind === 'cmdline' || part.kind === 'device');
}

/** Parameters that a row is about, so that nothing more general need be said of them. */
function ruledBy(chosen: readonly ChosenProfile[]): (parameter: Trait) => boolean {
  const rows = chosen.find(({ profile }) => profile.id === 'cmdline')?.requirements ?? [];
  const patterns = rows.flatMap(({ applies }) =>
    traitConditions(applies)
      .filter(({ kind }) => kind === 'cmdline')
      .flatMap((each) => each.patterns),
  );
  return (parameter) => patterns.some((pattern) => matchesTrait(pattern, parameter));
}

/** Findings of what a platform adds by itself are no fault of the user's: there only what breaks the boot is said. */
function findAll(checks: readonly BootCheck[], input: BootInput, machine: BootInput['machine']): Finding[] {
  const findings = checks.flatMap((check) => check.find(input));
  const implied = new Set(
    (machine?.commandLine ?? [])
      .filter(({ from }) => from !== machine?.source.path)
      .map(({ locate }) => locate({ start: 0, end: 0 })),
  );
  return findings.filter(({ location, severity }) => severity !== 'info' || !implied.has(location));
}

/** What is to be said of a manifest or a command line by itself: without a config all, with one only what does not hang on it. */
export function reportSetup(setup: BootSetup, prepared: Prepared, knowledge: BootKnowledge, isAlone: boolean): Report {
  const situated = situate(undefined, setup, prepared, knowledge);
  const { target } = situated.prepared;
  const line: PlacedLine | undefined = setup.given === undefined ? undefined : readLine(setup.given);
  const input: BootInput = {
    line,
    given: setup.given,
    isWhole: setup.given !== undefined,
    machine: setup.machine,
    target,
    hasInitrd: situated.prepared.boot.has('initrd'),
    isRuled: () => true,
    ...knowledge,
  };
  const findings = [...findAll(manifestChecks, input, setup.machine), ...(isAlone ? situated.findings : [])];
  findings.sort(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || a.location.span.start - b.location.span.start,
  );
  return {
    source: setup.source,
    kind: setup.machine === undefined ? 'command-line' : 'manifest',
    kindBecause: setup.machine?.profileBecause ?? '',
    symbols: 0,
    target,
    findings,
    unknowns: [],
    notApplicable: [],
    scores: [],
    counts: { ...noCounts, ...countOf(findings) },
  };
}
