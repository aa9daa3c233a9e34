/** `profiles`: lists them, or shows one with every row. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { describe } from '../../profiles/condition-words.ts';
import { doubtOf, titleOf } from '../../profiles/evaluate.ts';
import {
  type ChosenProfile,
  chooseProfile,
  type Library,
  platformLabel,
  type Requirement,
} from '../../profiles/profile.ts';
import { rowsInForce } from '../../profiles/specialise.ts';
import type { LoadLibrary } from '../../project/prepare.ts';
import { anywhere, limitsOf, rowJson } from '../../project/rows.ts';
import { wrap } from '../../reporters/text.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { runConflicts } from './conflicts.ts';
import { chooseNamed, runProfileDiff } from './profile-diff.ts';

export function runProfiles(raw: RawOptions, host: Host, load: LoadLibrary): ExitCode {
  const [action, ...rest] = raw.files;
  if (action === 'diff') return runProfileDiff({ ...raw, files: rest }, host, load);
  if (action === 'conflicts') return runConflicts({ ...raw, files: rest }, host, load);
  const named = raw.files.filter((name) => name !== 'list' && name !== 'show');
  const found = chooseNamed(named, raw, host, load);
  if (typeof found === 'number') return found;
  const { library, chosen } = found;
  if (named.length === 0) {
    host.write(textOption(raw, 'format') === 'json' ? listJson(library) : listText(library, raw, host));
    return Exit.ok;
  }
  const json = textOption(raw, 'format') === 'json';
  const shown = chosen.map((choice, i) => {
    // Whoever names a version wants the rows of that version.
    const each = named[i]?.includes('@') ? { ...choice, requirements: rowsInForce(choice) } : choice;
    return json ? showJson(each, library) : showText(each, library, raw, host);
  });
  host.write(json ? `${JSON.stringify({ schemaVersion: 1, profiles: shown }, null, 2)}\n` : shown.join('\n'));
  return Exit.ok;
}

function rowsOf(library: Library, id: string): readonly Requirement[] {
  const choice = chooseProfile(library, id);
  return 'profile' in choice ? choice.requirements : [];
}

function listText(library: Library, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const profiles = [...library.profiles.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const width = Math.max(...profiles.map(({ id }) => id.length));
  let text = '';
  for (const { id, title, platform } of profiles) {
    const versions = platform === undefined ? '' : colors.dim(`  @${platform.versions.join(' @')}`);
    text += `${colors.bold(id.padEnd(width))}  ${String(rowsOf(library, id).length).padStart(3)} rows  ${title}${versions}\n`;
  }
  return `${text}\n${colors.dim('kconfig-lint profiles NAME shows every row; kconfig-lint --profile NAME FILE checks.')}\n`;
}

function listJson(library: Library): string {
  const profiles = [...library.profiles.values()].map((profile) => ({
    id: profile.id,
    title: profile.title,
    description: profile.description,
    extends: profile.extends,
    kind: profile.kind ?? 'platform',
    platform: profile.platform ?? null,
    requirements: rowsOf(library, profile.id).length,
  }));
  return `${JSON.stringify({ schemaVersion: 1, profiles }, null, 2)}\n`;
}

function showText(chosen: ChosenProfile, library: Library, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const width = host.isTerminal ? Math.min(host.columns, 120) : 100;
  const { profile, boot } = chosen;
  const platform = platformLabel(chosen);
  let text = `${colors.bold(profile.id)}  ${profile.title}${platform === undefined ? '' : ` (${platform})`}\n`;
  text += `${wrap(profile.description, 0, width)}\n`;
  if (profile.extends.length > 0) text += colors.dim(`extends ${profile.extends.join(', ')}`) + '\n';
  if (boot.length > 0) text += colors.dim(`assumes ${boot.join(', ')}`) + '\n';
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue };
  for (const requirement of chosen.requirements) {
    const { reason, references, title } = library.textOf(requirement.id);
    const doubt = doubtOf(requirement);
    const limits = limitsOf(requirement);
    const otherwise = requirement.otherwise === undefined ? '' : `; else ${describe(requirement.otherwise, anywhere)}`;
    text += `\n${paint[requirement.severity](requirement.severity.padEnd(8))} ${colors.bold(titleOf(requirement))}${otherwise}\n`;
    if (title !== undefined) text += `         ${wrap(title, 9, width)}\n`;
    if (limits !== '') text += colors.dim(`         only ${wrap(limits, 9, width)}`) + '\n';
    text += `         ${wrap(reason, 9, width)}${doubt === undefined ? '' : colors.dim(` (${doubt})`)}\n`;
    text += colors.dim(`         ${requirement.id}  ${references.join('  ')}`) + '\n';
  }
  return text;
}

function showJson(chosen: ChosenProfile, library: Library) {
  const { profile, requirements, boot } = chosen;
  return {
    id: profile.id,
    title: profile.title,
    description: profile.description,
    extends: profile.extends,
    kind: profile.kind ?? 'platform',
    platform: platformLabel(chosen) ?? null,
    boot,
    requirements: requirements.map((requirement) => rowJson(requirement, library)),
  };
}
