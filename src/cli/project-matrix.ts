/** `matrix` over all files of a project: the profiles of each group, and those it names for the matrix alone. */
import type { ConfigDocument } from '../config/document.ts';
import type { InputFailure, ProfileScore } from '../finding.ts';
import type { Host } from '../host.ts';
import { confine } from '../project/confine.ts';
import type { Inputs } from '../project/inputs.ts';
import type { Judged } from '../project/judge.ts';
import type { Part } from '../project/merge-reports.ts';
import { openProject } from '../project/open-project.ts';
import type { UsageError } from '../project/prepare.ts';
import { allFiles } from '../project/settings.ts';
import type { Cell } from './commands/matrix.ts';
import { listOption, type RawOptions } from './options.ts';
import type { ProjectServices } from './project-check.ts';

export interface ProjectMatrix extends Inputs {
  readonly cellsOf: (document: ConfigDocument) => Row | InputFailure | readonly UsageError[];
}

interface Row {
  readonly cells: readonly Cell[];
  readonly release: string | null;
  readonly arch: string | null;
}

/** A profile, and the ids of all its rules. */
interface Column {
  readonly empty: ProfileScore;
  readonly rules: ReadonlySet<string>;
}

export function openMatrix(
  raw: RawOptions,
  host: Host,
  services: ProjectServices,
): ProjectMatrix | readonly UsageError[] {
  const opened = openProject(raw, services.given, host, services, true);
  if (!('project' in opened)) return opened;
  const { project, judge } = opened;
  const help = 'kconfig-lint matrix configs/ --profile krata-zone; without files those of a project file are taken';
  if (project.groups.length === 0) return [{ message: 'matrix takes configs', help }];
  const files = allFiles(project, confine(host, project.root));
  const columns = new Map<string, Column>();
  for (const path of files.paths) {
    for (const settings of judge.settingsOf(path)) {
      const prepared = judge.preparedFor(settings);
      if (!('library' in prepared)) return prepared;
      for (const { profile, requirements } of prepared.chosen) {
        const { id, title } = profile;
        const empty = { profile: id, title, met: 0, unmet: 0, unknown: 0, notApplicable: 0 };
        columns.set(id, { empty, rules: new Set(requirements.map((row) => row.id)) });
      }
    }
  }
  if (columns.size === 0 && listOption(raw, 'profile').length === 0)
    return [{ message: 'no group names a profile', help: 'say "profiles:" in the project file, or --profile all' }];
  return {
    ...files,
    cellsOf: (document) => {
      const judged = judge.judge(document, { inline: [] });
      return 'parts' in judged ? rowOf(judged, [...columns.values()]) : judged;
    },
  };
}

function rowOf({ parts }: Judged, columns: readonly Column[]): Row {
  const words = (of: (part: Part) => string | undefined): string | null =>
    [...new Set(parts.flatMap((part) => of(part) ?? []))].join(', ') || null;
  return {
    cells: columns.map((column) => worst(parts.map((part) => cellIn(part, column)))),
    release: words(({ report }) => report.target.release),
    arch: words(({ report }) => report.target.arch),
  };
}

function cellIn({ report, findings }: Part, { empty, rules }: Column): Cell {
  const score = report.scores.find(({ profile }) => profile === empty.profile);
  if (score === undefined) return { ...empty, errors: 0, warnings: 0 };
  const own = findings.filter(({ rule, sameAs }) => rules.has(rule.id) || sameAs.some(({ id }) => rules.has(id)));
  const count = (severity: string): number => own.filter((finding) => finding.severity === severity).length;
  return { ...score, errors: count('error'), warnings: count('warning') };
}

/** The kernel that fares worst speaks for all. */
function worst(cells: readonly Cell[]): Cell {
  const [first, ...rest] = cells as [Cell, ...Cell[]];
  const weight = ({ errors, warnings, unknown }: Cell): number => errors * 1e6 + warnings * 1e3 + unknown;
  return rest.reduce((a, b) => (weight(b) > weight(a) ? b : a), first);
}
