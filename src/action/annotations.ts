/** Annotations of a run: the worst first, no more of a kind than GitHub shows, and how many there are besides. */
import { annotation, failureCommand, workflowCommand } from '../reporters/github.ts';
import { plural } from '../reporters/reporter.ts';
import type { FindingJson, Results } from './results.ts';

/** GitHub shows this many of a kind for one step and drops the others without a word. */
export const mostOfAKind = 10;

const nouns = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Commands for the runner. `toWorkspace` turns a path of the report into one from the root of the repository. */
export function annotations({ summary, findings, failures }: Results, toWorkspace: (path: string) => string): string {
  const failed = failures.map(({ path, ...failure }) =>
    failureCommand({ ...failure, path: path === null ? '' : toWorkspace(path) }),
  );
  const of = (severity: FindingJson['severity']) =>
    findings[severity].map(({ location: { path, start, end }, rule, ...finding }) =>
      annotation({ ...finding, path: toWorkspace(path), start, end, title: rule }),
    );
  return (
    ranked('error', [...failed, ...of('error')], failures.length + summary.error) +
    ranked('warning', of('warning'), summary.warning) +
    ranked('info', of('info'), summary.info)
  );
}

/** Where there are more than can be shown, the last place says so. */
function ranked(severity: FindingJson['severity'], commands: readonly string[], total: number): string {
  if (total <= mostOfAKind) return commands.join('');
  const shown = mostOfAKind - 1;
  const rest = `${plural(total - shown, `more ${nouns[severity]}`)}: the log and the job summary have them all`;
  const last = workflowCommand(severity === 'info' ? 'notice' : severity, { title: 'kconfig-lint' }, rest);
  return commands.slice(0, shown).join('') + last;
}
