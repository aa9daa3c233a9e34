/** `--print-config FILE`: the settings that hold for a file, and where each comes from. */
import { createColors } from 'picocolors';
import type { ConfigDocument } from '../../config/document.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { tidy } from '../../project/inputs.ts';
import { longterm } from '../../project/kernel-list.ts';
import { type OpenProject, openProject } from '../../project/open-project.ts';
import type { UsageError } from '../../project/prepare.ts';
import { listKeys, type Sourced, textKeys } from '../../project/project-config.ts';
import { projectFileName } from '../../project/project-file.ts';
import { readDocument } from '../../project/read.ts';
import { archesOf, type FileSettings, placeOf, releasesOf, stackOf } from '../../project/settings.ts';
import { positionOf } from '../../source.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import type { ProjectServices } from '../project-check.ts';
import { failureText, reportUsage } from '../usage.ts';

/** One line: what is set to what, and who says so. */
interface Row {
  readonly key: string;
  readonly value: string | number | readonly string[];
  readonly from: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

export function printConfig(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
): ExitCode {
  const opened = openProject(raw, given, host, services);
  if (!('project' in opened)) return reportUsage(opened, raw, host);
  const path = tidy(textOption(raw, 'print-config') ?? '');
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  const document = readDocument(path, host, { kind: 'auto', stdinName, keep: true });
  if (!('scanned' in document)) {
    host.writeError(failureText(document));
    return Exit.unreadable;
  }
  const groups = opened.judge.settingsOf(document.source.path).map((settings) => ({
    group: settings.group?.name,
    rows: rowsOf(settings, document, opened),
  }));
  const faulty = groups.flatMap(({ rows }) => ('message' in rows ? [rows] : []));
  if (faulty.length > 0) return reportUsage(faulty, raw, host);
  const said = groups as readonly { group: string | undefined; rows: readonly Row[] }[];
  const whole = wholeRows(raw, given, opened);
  if (textOption(raw, 'format') === 'json') {
    const project = opened.project.source?.path ?? null;
    const data = {
      schemaVersion: 1,
      path,
      project,
      groups: said.map(({ group, rows }) => ({ group: group ?? null, settings: rows })),
      run: whole,
    };
    host.write(`${JSON.stringify(data, null, 2)}\n`);
  } else host.write(asText(path, said, whole, opened, raw, host));
  return Exit.ok;
}

function row(key: string, said: Sourced<string | number | readonly string[]>): Row {
  return { key, value: said.value, from: said.from, ...placeOf(said) };
}

function rowsOf(
  settings: FileSettings,
  document: ConfigDocument,
  { project, host }: OpenProject,
): readonly Row[] | UsageError {
  const rows: Row[] = [];
  const { target } = document;
  if (settings.texts.kind === undefined || settings.texts.kind.value === 'auto')
    rows.push({ key: 'kind', value: document.kind, from: document.kindBecause });
  for (const key of textKeys) {
    const said = settings.texts[key];
    if (said !== undefined && !(key === 'kind' && said.value === 'auto')) rows.push(row(key, said));
  }
  const releases = releasesOf(settings);
  const arches = archesOf(settings);
  for (const key of listKeys) {
    const said = settings.lists[key];
    if (key === 'kernels' && said !== undefined && releases !== undefined)
      rows.push(row(key, { ...said, value: releases.map(({ text }) => text) }));
    else if (key === 'arches' && said !== undefined && arches !== undefined)
      rows.push(row(key, { ...said, value: arches }));
    else if (key !== 'extra-symbols' && said !== undefined) rows.push(row(key, said));
  }
  if (releases === undefined && target.release !== undefined)
    rows.push({ key: 'kernels', value: [target.release], from: `the file: ${target.kernelFrom}` });
  if (arches === undefined && target.arch !== undefined)
    rows.push({ key: 'arches', value: [target.arch], from: `the file: ${target.archFrom}` });
  for (const arch of arches ?? [target.arch]) {
    const stack = stackOf(project, settings, arch, host);
    if ('message' in stack) return stack;
    const on = (arches ?? []).length > 1 ? ` (${arch})` : '';
    for (const said of stack) rows.push(row(`stack-on${on}`, said));
  }
  for (const said of settings.extraSymbols) rows.push(row('extra-symbols', said));
  for (const { pattern, severity, from, location } of settings.severities)
    rows.push(
      row('severity', { value: `${pattern}: ${severity}`, from, ...(location === undefined ? {} : { location }) }),
    );
  for (const waiver of project.waivers) {
    if (settings.path === undefined || !waiver.coversFile(settings.path)) continue;
    const { rules, symbols, reason, location, expires } = waiver;
    const of = [...rules, ...symbols.map((symbol) => `CONFIG_${symbol}`)].join(' ');
    const until = expires === undefined ? '' : `, until ${expires}`;
    rows.push(row('waiver', { value: `${of}: ${reason}${until}`, from: 'waivers', location }));
  }
  return rows;
}

/** What holds for the whole run. */
function wholeRows(raw: RawOptions, given: ReadonlySet<string>, { project, ref }: OpenProject): readonly Row[] {
  const rows: Row[] = [];
  const { failOn, maxWarnings, baseline } = project;
  rows.push(
    given.has('fail-on') || failOn === undefined
      ? {
          key: 'fail-on',
          value: textOption(raw, 'fail-on') ?? 'error',
          from: given.has('fail-on') ? '--fail-on' : 'default',
        }
      : row('fail-on', failOn),
  );
  const most = raw['max-warnings'];
  if (typeof most === 'number') rows.push({ key: 'max-warnings', value: most, from: '--max-warnings' });
  else if (maxWarnings !== undefined) rows.push(row('max-warnings', maxWarnings));
  const known = textOption(raw, 'baseline');
  if (known !== undefined) rows.push({ key: 'baseline', value: known, from: '--baseline' });
  else if (baseline !== undefined) rows.push(row('baseline', { ...baseline, value: project.folder + baseline.value }));
  if (ref !== undefined) rows.push({ key: 'config-ref', value: ref.ref, from: '--config-ref' });
  return rows;
}

function asText(
  path: string,
  groups: readonly { readonly group: string | undefined; readonly rows: readonly Row[] }[],
  whole: readonly Row[],
  { project, judge }: OpenProject,
  raw: RawOptions,
  host: Host,
): string {
  const { bold, dim } = createColors(wantsColor(raw, host));
  const all = [...groups.flatMap(({ rows }) => rows), ...whole];
  const keys = Math.max(...all.map(({ key }) => key.length));
  const spelled = ({ value }: Row): string => (typeof value === 'object' ? value.join(', ') : String(value));
  const values = Math.min(48, Math.max(...all.map((each) => spelled(each).length)));
  const line = (each: Row): string => {
    const place = each.path === undefined ? '' : `, ${each.path}:${each.line}:${each.column}`;
    return `  ${each.key.padEnd(keys)}  ${visible(spelled(each)).padEnd(values)}  ${dim(visible(`${each.from}${place}`))}\n`;
  };
  let text = `${bold(visible(path))}\n`;
  for (const { group, rows } of groups) {
    const settings = judge.settingsOf(path).find((each) => each.group?.name === group);
    const { location } = settings?.group ?? {};
    const place =
      location === undefined
        ? ''
        : ` (${location.source.path}:${positionOf(location.source, location.span.start).line})`;
    if (group !== undefined) text += `group ${group}${place}\n`;
    else if (project.source === undefined) text += `no ${projectFileName} holds here\n`;
    else text += `in no group of ${project.source.path}\n`;
    for (const each of rows) text += line(each);
  }
  text += `the run\n${whole.map(line).join('')}`;
  const isRange = groups.some(({ rows }) =>
    rows.some(({ key, value }) => key === 'kernels' && value.toString().split(',').length > 2),
  );
  return isRange
    ? `${text}${dim(`Of a range both ends are checked, and between them the longterm releases: ${longterm.slice(-6).join(', ')}.`)}\n`
    : text;
}
