/**
 * Judges files by the settings of a project: each for every kernel and architecture of its groups, waivers and severities applied.
 * The command line and the language server ask the same.
 */
import type { Check } from '../checks/check.ts';
import { type ConfigDocument, parseConfig, settingOf } from '../config/document.ts';
import type { KindChoice } from '../config/kind.ts';
import type { Finding, InputFailure, Report, RuleInfo } from '../finding.ts';
import type { Host, KernelHost } from '../host.ts';
import type { Base } from '../kconfig/index.ts';
import { lint } from '../lint.ts';
import { readYamlTrees } from '../profiles/yaml.ts';
import type { Arch, Target } from '../target.ts';
import { applyWaivers } from '../waivers/apply.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { textMatches } from '../wildcard.ts';
import { baseOf } from './base.ts';
import { type BootKnowledge, type BootRead, type BootSetup, bootKnowledge, readBoot } from './boot.ts';
import { extraSymbols } from './extra-symbols.ts';
import type { Glob } from './inputs.ts';
import type { Release } from './kernel-list.ts';
import { builtInLibrary } from './library.ts';
import { type Look, lookAt, together } from './looks.ts';
import { changedFinding, type Part } from './merge-reports.ts';
import { modelFinder } from './models.ts';
import { type LoadLibrary, type Prepared, prepare, rulesOf, type UsageError } from './prepare.ts';
import type { Project, SeverityRule, Sourced } from './project-config.ts';
import { projectFileName } from './project-file.ts';
import { wordAt } from './project-references.ts';
import { readDocument } from './read.ts';
import { archesOf, type FileSettings, type Given, releasesOf, settingsOf } from './settings.ts';
import { type Situated, situate } from './situate.ts';

export interface JudgeInput {
  readonly project: Project;
  /** Reads nothing outside of the repository. */
  readonly host: Host;
  readonly kernelHost: KernelHost;
  readonly glob: Glob;
  readonly load: LoadLibrary;
  readonly checks: readonly Check[];
  readonly given: Given;
  /** Ask the Kconfig of the kernel. */
  readonly asksKconfig: boolean;
  readonly findRedundant: boolean;
  /** Judge by what groups name for the matrix, too. */
  readonly takesMatrix?: boolean;
  /** A file with the command line, named beside the settings. */
  readonly cmdlineFile?: string | undefined;
  readonly today: string;
  /** Told of every waiver that spoke. */
  readonly used: Set<Waiver>;
}

export interface JudgeOptions {
  /** Those of the file's own comments that count. */
  readonly inline: readonly Waiver[];
}

/** What each kernel makes of a file; `mergeReports` makes one report of it. */
export interface Judged {
  readonly parts: readonly Part[];
  readonly kconfig: Report['kconfig'];
  /** Rules that could have spoken. */
  readonly rules: ReadonlySet<string>;
}

export interface Judge {
  readonly settingsOf: (path: string) => readonly FileSettings[];
  readonly preparedFor: (settings: FileSettings) => Prepared | readonly UsageError[];
  readonly judge: (document: ConfigDocument, options: JudgeOptions) => Judged | InputFailure | readonly UsageError[];
  /** For what else is asked of the same kernels and stacks. */
  readonly tools: Tools;
}

export type Stop = InputFailure | readonly UsageError[];

export function createJudge(input: JudgeInput): Judge {
  const { project, host, given } = input;
  const prepared = new Map<string, Prepared | readonly UsageError[]>();
  const extras = new Map<string, ReturnType<typeof extraSymbols>>();
  const documents = new Map<string, ConfigDocument | InputFailure>();
  const boots = new Map<string, BootRead>();
  const knowledge = bootKnowledge(host, input.kernelHost.readParameterIndex);
  const bases = new Map<string, Base | InputFailure>();
  const findModels = modelFinder(input.kernelHost);
  let index: string | undefined;
  const cached = <T>(map: Map<string, T>, key: string, make: () => T): T => {
    if (!map.has(key)) map.set(key, make());
    return map.get(key) as T;
  };
  const tools: Tools = {
    ...input,
    findModels,
    preparedFor: ({ lists }) => {
      const { boot } = lists;
      const shown = input.takesMatrix === true ? (lists.matrix?.value ?? []) : [];
      const profiles =
        shown.length === 0
          ? lists.profiles
          : {
              ...(lists.profiles ?? lists.matrix),
              value: [...(lists.profiles?.value ?? []), ...shown],
              from: 'matrix',
            };
      return cached(prepared, JSON.stringify([profiles?.value, boot?.value]), () => {
        const kind: KindChoice = 'auto';
        const made = prepare({ profiles: profiles?.value ?? [], boot: boot?.value ?? [], kind }, input.load);
        return 'library' in made ? made : made.map((error) => placed(error, [profiles, boot]));
      });
    },
    isExtra: ({ extraSymbols: all }) => {
      const names = all.flatMap(({ value }) => value);
      return cached(extras, JSON.stringify(names), () => extraSymbols(names, host, input.glob));
    },
    read: (path) =>
      cached(documents, path, () => readDocument(path, host, { kind: 'auto', stdinName: path, keep: true })),
    baseOf: (choice) => cached(bases, choice, () => baseOf(choice, host)),
    bootOf: ({ texts, lists }) => {
      const cmdline = texts.cmdline?.value;
      const manifests = lists.manifests?.value ?? [];
      const cmdlineFile = cmdline === undefined ? input.cmdlineFile : undefined;
      return cached(boots, JSON.stringify([cmdline, cmdlineFile, manifests]), () =>
        readBoot({ cmdline, cmdlineAt: texts.cmdline?.location, cmdlineFile, manifests }, host, readYamlTrees),
      );
    },
    knowledge,
    machines: () => [...boots.values()].flatMap(({ setups }) => setups.filter(({ machine }) => machine !== undefined)),
    index: () => {
      index ??= input.kernelHost.readSymbolIndex();
      return index;
    },
  };
  return {
    settingsOf: (path) => settingsOf(project, path, given, host),
    preparedFor: tools.preparedFor,
    tools,
    judge: (document, options) =>
      judgeFile(document, settingsOf(project, document.source.path, given, host), tools, options),
  };
}

export interface Tools extends JudgeInput {
  readonly findModels: ReturnType<typeof modelFinder>;
  readonly preparedFor: (settings: FileSettings) => Prepared | readonly UsageError[];
  readonly isExtra: (settings: FileSettings) => ReturnType<typeof extraSymbols>;
  readonly read: (path: string) => ConfigDocument | InputFailure;
  /** What the kernels of these settings are started with. */
  readonly bootOf: (settings: FileSettings) => BootRead;
  readonly knowledge: () => BootKnowledge;
  /** The machines of all manifests that were read. */
  readonly machines: () => readonly BootSetup[];
  readonly baseOf: (choice: string) => Base | InputFailure;
  readonly index: () => string;
}

/** A fault of what a setting names, at the place where it is named. */
function placed(error: UsageError, said: readonly (Sourced<readonly string[]> | undefined)[]): UsageError {
  if (error.path !== undefined) return error;
  const word = /"([^"]+)"/.exec(error.message)?.[1] ?? '';
  const from = said.find((each) => each?.value.some((text) => text === word || text.startsWith(`${word}@`))) ?? said[0];
  return { ...error, ...wordAt(from ?? {}, word) };
}

/** One file as a member of one group, on one kernel and architecture. */
interface Job {
  readonly document: ConfigDocument;
  readonly settings: FileSettings;
  readonly prepared: Prepared;
  /** What the settings say of the target. */
  readonly said: Target;
  readonly look: Look | undefined;
  /** What the command line is wrong in, for this file. */
  readonly found: readonly Finding[];
  /** Which of the machines. */
  readonly machine: number;
}

/** The ways in which a kernel of the file is started; one where nothing tells how. */
function situations(
  document: ConfigDocument,
  settings: FileSettings,
  prepared: Prepared,
  tools: Tools,
): readonly Situated[] | InputFailure {
  const { setups, failures } = tools.bootOf(settings);
  if (failures[0] !== undefined) return failures[0];
  const own = settingOf(document, 'CMDLINE');
  if (setups.length === 0 && !(own.kind === 'set' && own.value.trim() !== '')) return [{ prepared, findings: [] }];
  const { library } = prepared.library.profiles.size > 0 ? prepared : { library: builtInLibrary(tools.host) };
  return (setups.length > 0 ? setups : [undefined]).map((setup) =>
    situate(document, setup, { ...prepared, library }, tools.knowledge()),
  );
}

function judgeFile(
  document: ConfigDocument,
  all: readonly FileSettings[],
  tools: Tools,
  options: JudgeOptions,
): Judged | Stop {
  const jobs: Job[] = [];
  const rules = new Set(tools.checks.map(({ info }) => info.id));
  for (const settings of all) {
    const prepared = tools.preparedFor(settings);
    if (!('library' in prepared)) return prepared;
    const own = ofKind(document, settings);
    for (const arch of archesOf(settings) ?? [undefined]) {
      for (const release of releasesOf(settings) ?? [undefined]) {
        const target = targetFor(settings, release, arch);
        const situated = situations(own, settings, { ...prepared, target }, tools);
        if ('code' in situated) return situated;
        for (const [machine, { prepared: started, findings }] of situated.entries()) {
          for (const rule of rulesOf(started)) rules.add(rule.id);
          const said = started.target;
          const look = tools.asksKconfig ? lookAt(own, settings, started, said, target.arch, tools) : undefined;
          if (look !== undefined && !('view' in look)) return look;
          jobs.push({ document: own, settings, prepared: started, said, look, found: findings, machine });
        }
      }
    }
  }
  const looks = together(jobs.flatMap(({ look }) => look ?? []));
  const parts = jobs.map((job) =>
    judgeOne({ ...job, look: job.look === undefined ? undefined : looks.get(job.look) }, tools, options),
  );
  const bases = new Set([...looks.values()].flatMap(({ view }) => view.base ?? []));
  const [first] = looks.values();
  const kconfig =
    first === undefined
      ? undefined
      : { name: first.view.name, ...(bases.size === 0 ? {} : { base: [...bases].join(',') }) };
  return { parts, kconfig, rules };
}

function ofKind(document: ConfigDocument, { texts: { kind } }: FileSettings): ConfigDocument {
  if (kind === undefined || kind.value === 'auto') return document;
  return {
    ...parseConfig(document.source, { kind: kind.value as KindChoice, limits: document.limits }),
    kindBecause: because(kind),
  };
}

function because({ from, value }: Sourced<string>): string {
  return from.startsWith('--') ? `--kind ${value}` : `kind: ${value} of ${from}`;
}

/** What the settings say of the target; it wins over what the file says. */
export function targetFor({ lists }: FileSettings, release: Release | undefined, arch: Arch | undefined): Target {
  const who = (said: Sourced<unknown> | undefined): string =>
    said?.from.startsWith('--') ? said.from : projectFileName;
  return {
    ...(release === undefined
      ? {}
      : { kernel: release.version, release: release.text, kernelFrom: who(lists.kernels) }),
    ...(arch === undefined ? {} : { arch, archFrom: who(lists.arches) }),
  };
}

function judgeOne(
  { document, settings, prepared, said, look, found, machine }: Job,
  tools: Tools,
  options: JudgeOptions,
): Part {
  const target = { ...document.target, ...said };
  const { chosen, boot, bootDenied, library } = prepared;
  const report = lint({
    document,
    checks: tools.checks,
    target: said,
    profiles: chosen,
    boot,
    bootDenied,
    library,
    kernel: look?.view,
    found,
  });
  const { findings, off } = bySeverity(report.findings, settings.severities);
  const waivers = [...waiversFor(tools.project.waivers, settings), ...options.inline];
  const { kept, waived } = applyWaivers(findings, waivers, target.kernel, tools.today, tools.used);
  return { report, findings: kept, waived, off, group: settings.group?.name, target, machine };
}

/** The waivers of a project that speak of a file. */
export function waiversFor(waivers: readonly Waiver[], { path }: FileSettings): readonly Waiver[] {
  return path === undefined ? [] : waivers.filter(({ coversFile }) => coversFile(path));
}

/** Severities as the project has them; what is off is only counted. */
export function bySeverity(
  findings: readonly Finding[],
  severities: readonly SeverityRule[],
): { findings: readonly Finding[]; off: readonly Finding[] } {
  if (severities.length === 0) return { findings, off: [] };
  const known = new Map<RuleInfo, Finding['severity'] | 'off' | undefined>();
  const severityOf = (rule: RuleInfo) => {
    if (!known.has(rule))
      known.set(rule, severities.findLast(({ pattern }) => textMatches(pattern, rule.id))?.severity);
    return known.get(rule);
  };
  const kept: Finding[] = [];
  const off: Finding[] = [];
  for (const finding of findings) {
    const severity = severityOf(finding.rule);
    if (severity === 'off') off.push(finding);
    else
      kept.push(
        severity === undefined || severity === finding.severity ? finding : changedFinding(finding, { severity }),
      );
  }
  return { findings: kept, off };
}
