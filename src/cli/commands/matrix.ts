/** `matrix`: configs by profiles, one verdict a cell. */
import { createColors } from 'picocolors';
import type { ConfigDocument } from '../../config/document.ts';
import { type Counts, type Finding, type InputFailure, type ProfileScore, severityRank } from '../../finding.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { lint } from '../../lint.ts';
import type { Profile } from '../../profiles/profile.ts';
import { findInputs } from '../../project/inputs.ts';
import type { Prepared } from '../../project/prepare.ts';
import { prepare, projectOptions } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { escapeText } from '../../reporters/markdown.ts';
import { type Cell, legend, mark, type Row } from '../../reporters/matrix.ts';
import { matrixPage } from '../../reporters/matrix-html.ts';
import { matrixSvg } from '../../reporters/matrix-svg.ts';
import { version } from '../../version.ts';
import { asksOfBoot, type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import type { ProjectServices } from '../project-check.ts';
import { openMatrix } from '../project-matrix.ts';
import { bootOf, bootSession, situations } from '../situations.ts';
import { failureText, reportUsage } from '../usage.ts';

/** What the data says of a profile beyond what pictures show. */
export interface ScoredCell extends ProfileScore, Cell {}

export function runMatrix(raw: RawOptions, host: Host, services: ProjectServices): ExitCode {
  const options = projectOptions(raw);
  const prepared = prepare(
    { ...options, profiles: options.profiles.length === 0 && !asksOfBoot(raw) ? ['all'] : options.profiles },
    services.loadLibrary,
  );
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return reportUsage([boot], raw, host);
  const project = raw.files.length === 0 ? openMatrix(raw, host, services) : undefined;
  if (project !== undefined && !('cellsOf' in project)) return reportUsage(project, raw, host);
  const inputs = project ?? findInputs(raw.files, host, services.glob);
  const failures = [...inputs.failures, ...(boot?.failures ?? [])];
  const columns = (boot?.shownAs(prepared) ?? prepared).chosen.map(({ profile }) => profile);
  const rows: Row[] = [];
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  const progress = services.startProgress?.(inputs.paths.length);
  let findings = 0;
  for (const path of inputs.paths) {
    const document = readDocument(path, host, { kind: options.kind, stdinName, keep: false });
    if (!('scanned' in document)) {
      failures.push(document);
      continue;
    }
    const judged = project?.cellsOf(document);
    if (judged !== undefined && !('cells' in judged)) {
      if (!('code' in judged)) return reportUsage(judged, raw, host);
      failures.push(judged);
      continue;
    }
    if (judged !== undefined) {
      rows.push({ path: document.source.path, kind: document.kind, ...judged });
      continue;
    }
    const situated = situations(document, prepared, boot, raw, services);
    for (const { prepared: own, findings: found } of situated) {
      const { release = null, arch = null, machine } = { ...document.target, ...own.target };
      const cells = columns.map((profile) => cellOf(profile, document, own, profile.id === 'cmdline' ? found : []));
      const on = situated.length > 1 && machine !== undefined ? ` (${machine.words})` : '';
      rows.push({ path: `${document.source.path}${on}`, release, arch, kind: document.kind, cells });
      for (const { errors, warnings } of cells) findings += errors + warnings;
    }
    progress?.show(rows.length + failures.length, findings);
  }
  progress?.hide();
  for (const failure of failures) host.writeError(failureText(failure));
  host.write(render(rows, failures, raw, host));
  if (failures.length > 0) return Exit.unreadable;
  return failing(rows, raw) ? Exit.findings : Exit.ok;
}

/** A profile of which no row concerns the config has nothing to say of it. */
function cellOf(
  { id, title }: Profile,
  document: ConfigDocument,
  own: Prepared,
  found: readonly Finding[],
): ScoredCell {
  const profiles = own.chosen.filter(({ profile }) => profile.id === id);
  const { scores, counts } = lint({ document, checks: [], target: own.target, profiles, ...bootOf(own), found });
  const none = { profile: id, title, met: 0, unmet: 0, unknown: 0, notApplicable: 0 };
  return { ...(scores[0] ?? none), errors: counts.error, warnings: counts.warning };
}

function failing(rows: readonly Row[], raw: RawOptions): boolean {
  const failOn = textOption(raw, 'fail-on') ?? 'error';
  if (failOn === 'never') return false;
  const mildest = severityRank(failOn as keyof Counts & ('error' | 'warning' | 'info'));
  return rows.some(({ cells }) =>
    cells.some(
      ({ errors, warnings, unmet }) => errors > 0 || (mildest >= 1 && warnings > 0) || (mildest >= 2 && unmet > 0),
    ),
  );
}

function render(rows: readonly Row[], failures: readonly InputFailure[], raw: RawOptions, host: Host): string {
  const format = textOption(raw, 'format');
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, rows, failures }, null, 2)}\n`;
  if (format === 'markdown') return markdown(rows, failures);
  if (format === 'svg') return matrixSvg(rows);
  if (format === 'html') return matrixPage(rows, version);
  return table(rows, raw, host);
}

const signs = legend.map(([, sign, words]) => `${sign} ${words}`).join('  ');

function markdown(rows: readonly Row[], failures: readonly InputFailure[]): string {
  const unread = failures.map(({ path, message }) => `- ${escapeText(path)}: ${escapeText(message)}\n`).join('');
  const missing = unread === '' ? '' : `\nNot read:\n\n${unread}`;
  if (rows.length === 0) return missing.trimStart();
  const profiles = rows[0]?.cells.map(({ profile }) => profile) ?? [];
  let text = `| config | ${profiles.map(escapeText).join(' | ')} |\n|---|${profiles.map(() => ':-:|').join('')}\n`;
  for (const { path, cells } of rows) text += `| ${escapeText(path)} | ${cells.map(mark).join(' | ')} |\n`;
  return `${text}\n${signs}\n${missing}`;
}

/** With more profiles than fit, they become the rows. */
function table(rows: readonly Row[], raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const profiles = rows[0]?.cells.map(({ profile }) => profile) ?? [];
  const paths = rows.map(({ path }) => visible(path));
  const header = ['', ...paths.map((_, i) => `[${i + 1}]`)];
  const lines = profiles.map((profile, p) => [profile, ...rows.map(({ cells }) => mark(cells[p] as Cell))]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...lines].map((line) => (line[column] as string).length)),
  );
  const paint = (text: string) =>
    text.startsWith('✖')
      ? colors.red(text)
      : text.startsWith('▲')
        ? colors.yellow(text)
        : text.startsWith('✔')
          ? colors.green(text)
          : text;
  let text = '';
  for (const [i, row] of rows.entries()) {
    text += `[${i + 1}] ${paths[i]}  ${colors.dim(`${visible(row.release ?? '?')} ${row.arch ?? '?'} ${row.kind}`)}\n`;
  }
  text += '\n';
  for (const line of [header, ...lines]) {
    text +=
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] as number) : paint(cell.padStart(widths[column] as number)),
        )
        .join('  ')
        .trimEnd() + '\n';
  }
  return `${text}\n${colors.dim(signs)}\n`;
}
