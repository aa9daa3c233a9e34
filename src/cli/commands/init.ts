/** `init`: writes a project file by looking at the repository, and asks at most three questions. */
import { checks } from '../../checks/index.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { chooseProfile } from '../../profiles/profile.ts';
import { type GuessedGroup, guessGroups, isFragment, lacksArch, projectText } from '../../project/init.ts';
import { lookedFor } from '../../project/inputs.ts';
import { parseReleases, wordsOf } from '../../project/kernel-list.ts';
import { loadWithOwn } from '../../project/own-profiles.ts';
import type { UsageError } from '../../project/prepare.ts';
import { readProject } from '../../project/project-config.ts';
import { projectFileName } from '../../project/project-file.ts';
import { archFault } from '../../project/project-parts.ts';
import { referenceFaults } from '../../project/project-references.ts';
import { surveyRepository } from '../../project/survey.ts';
import { plural } from '../../reporters/reporter.ts';
import { createSource } from '../../source.ts';
import { didYouMean } from '../../suggest.ts';
import { parseArch } from '../../target.ts';
import { waiverRules } from '../../waivers/waiver.ts';
import { flagOption, type RawOptions } from '../options.ts';
import { reportUsage } from '../usage.ts';

export function runInit(raw: RawOptions, host: Host): ExitCode {
  if (raw.files.length > 0)
    return reportUsage(
      [{ message: 'init takes no files', help: 'it looks at everything below the current folder' }],
      raw,
      host,
    );
  if (host.linkKind(projectFileName) !== 'missing') {
    const help = 'edit it, or remove it first; "kconfig-lint --print-config FILE" shows what it makes of a file';
    return reportUsage([{ path: projectFileName, message: 'it is there already', help }], raw, host);
  }
  const survey = surveyRepository(host);
  if (survey.configs.length === 0) {
    const help = `${lookedFor}; docs/project-file.md tells how to name others`;
    return reportUsage([{ message: 'no kernel config is below this folder', help }], raw, host);
  }
  const guessed = guessGroups(survey);
  const groups = flagOption(raw, 'yes') ? withDefaults(guessed) : ask(guessed, host);
  const text = projectText(groups);
  const faults = faultsOf(text, host);
  if (faults.length > 0) return reportUsage(faults, raw, host);
  const failure = writeText(projectFileName, text, host);
  if (failure !== undefined) {
    host.writeError(`kconfig-lint: ${projectFileName} was not written: ${visible(failure)}\n`);
    return Exit.output;
  }
  host.write(`${projectFileName}: ${plural(groups.length, 'group')} of ${plural(survey.configs.length, 'file')}\n`);
  for (const group of groups) host.write(`  ${visible(summary(group))}\n`);
  if (survey.left > 0) host.write(`${plural(survey.left, 'further file')} left out: name them by patterns\n`);
  host.write('Look it over, then run "kconfig-lint".\n');
  return Exit.ok;
}

/** All of it, or nothing; says what went wrong. */
function writeText(path: string, text: string, host: Host): string | undefined {
  const output = host.openOutput(path);
  if (typeof output === 'string') return output;
  output.write(text);
  return output.commit();
}

function summary({ name, pattern, configs, stackOn, base, kernels, arches, profiles }: GuessedGroup): string {
  const parts = [
    stackOn === undefined ? undefined : `on ${stackOn}`,
    base === undefined ? undefined : `on ${base.text}`,
    kernels === undefined ? undefined : `Linux ${kernels.text}`,
    arches?.text,
    profiles === undefined ? undefined : `for ${profiles.text}`,
  ].filter((part) => part !== undefined);
  return `${name}: ${pattern} (${plural(configs.length, 'file')})${parts.length === 0 ? '' : `, ${parts.join(', ')}`}`;
}

const aGuess = 'a guess';

/** Fragments without a base are taken for what most are: changes to defconfig. */
function withDefaults(groups: readonly GuessedGroup[]): readonly GuessedGroup[] {
  return groups.map((group) =>
    isFragment(group) && group.stackOn === undefined && group.base === undefined
      ? { ...group, base: { text: 'defconfig', from: aGuess } }
      : group,
  );
}

interface Question {
  readonly key: 'kernels' | 'arches' | 'profiles' | 'base';
  readonly text: string;
  /** Of whom it is asked. */
  readonly of: readonly GuessedGroup[];
  readonly otherwise: string;
  /** What is wrong with an answer. */
  readonly fault: (answer: string) => string | undefined;
}

const mostQuestions = 3;

/** What is not known comes first, then what is only guessed. */
function questionsOf(groups: readonly GuessedGroup[], host: Host): readonly Question[] {
  const open = groups.filter((group) => group.stackOn === undefined);
  const fragments = open.filter(isFragment);
  const guess = (key: Question['key']): string =>
    fragments.find((group) => group[key] !== undefined)?.[key]?.text ?? '';
  const archless = open.filter((group) => lacksArch(group) && group.arches === undefined);
  const homeless = open.filter(({ profiles }) => profiles === undefined);
  const questions: readonly Question[] = [
    {
      key: 'kernels',
      text: 'Which kernel releases are WHO for (6.12, or 6.1–6.18)?',
      of: fragments,
      otherwise: guess('kernels'),
      fault: (answer) => {
        const releases = parseReleases([answer]);
        return 'fault' in releases ? releases.fault : undefined;
      },
    },
    {
      key: 'arches',
      text: 'Which architectures are WHO for (x86_64, arm64 …)?',
      of: archless,
      otherwise: '',
      fault: (answer) =>
        wordsIn(answer).flatMap((word) => (parseArch(word) === undefined ? archFault(word)[0] : []))[0],
    },
    {
      key: 'profiles',
      text: 'Which platforms are WHO for (names that "kconfig-lint profiles" lists)?',
      of: homeless,
      otherwise: '',
      fault: (answer) => profileFault(answer, host),
    },
    {
      key: 'base',
      text: 'What are WHO merged onto (none, defconfig, allnoconfig, NAME_defconfig or a file)?',
      of: fragments.filter(({ base }) => base?.from === aGuess),
      otherwise: guess('base'),
      fault: () => undefined,
    },
  ];
  return questions.filter(({ of }) => of.length > 0).slice(0, mostQuestions);
}

function wordsIn(answer: string): readonly string[] {
  return answer.split(',').map((word) => word.trim());
}

/** Where nobody can answer, all stays as it was guessed. */
function ask(guessed: readonly GuessedGroup[], host: Host): readonly GuessedGroup[] {
  let groups = withDefaults(guessed);
  for (const { key, text, of, otherwise, fault } of questionsOf(groups, host)) {
    const names = new Set(of.map(({ name }) => name));
    const question = text.replace('WHO', wordsOf([...names]));
    const answer = host.ask(`${question}${otherwise === '' ? '' : ` [${otherwise}]`} `)?.trim() ?? '';
    if (answer === '') continue;
    const wrong = fault(answer);
    if (wrong !== undefined) host.writeError(`${visible(wrong)}. It is left open.\n`);
    else
      groups = groups.map((group) =>
        names.has(group.name) ? { ...group, [key]: { text: answer, from: 'you' } } : group,
      );
  }
  return groups;
}

function profileFault(text: string, host: Host): string | undefined {
  const loaded = loadWithOwn(host)([]);
  if (!('library' in loaded)) return undefined;
  for (const name of wordsIn(text)) {
    const chosen = chooseProfile(loaded.library, name);
    if ('profile' in chosen) continue;
    const near = didYouMean(name, loaded.library.profiles.keys());
    return `${chosen.message}${near === '' ? '' : `; ${near}`}`;
  }
  return undefined;
}

/** What a run would say of the file itself: it is written only where that is nothing. */
function faultsOf(text: string, host: Host): readonly UsageError[] {
  const source = createSource(projectFileName, text);
  const read = readProject(projectFileName, {
    ...host,
    readSource: (path, options) => (path === projectFileName ? source : host.readSource(path, options)),
  });
  if (!('groups' in read)) return read;
  return referenceFaults(read, loadWithOwn(host), [...checks.map(({ info }) => info), ...waiverRules]);
}
