/** `profiles diff A B`: the rows that one profile, or one version of it, has and the other does not, or has otherwise. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import {
  type ChosenProfile,
  chooseProfile,
  type Library,
  platformLabel,
  type Requirement,
} from '../../profiles/profile.ts';
import { rowsInForce } from '../../profiles/specialise.ts';
import { isProfilePath, type LoadLibrary } from '../../project/prepare.ts';
import { rowJson } from '../../project/rows.ts';
import { plural } from '../../reporters/reporter.ts';
import { wrap } from '../../reporters/text.ts';
import { didYouMean } from '../../suggest.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { reportUsage } from '../usage.ts';

/** The profiles of these names, in their order; what is wrong with them was said already and is the exit code. */
export function chooseNamed(
  names: readonly string[],
  raw: RawOptions,
  host: Host,
  load: LoadLibrary,
): { readonly library: Library; readonly chosen: readonly ChosenProfile[] } | ExitCode {
  const loaded = load(names.filter(isProfilePath));
  if (!('library' in loaded)) return reportUsage(loaded, raw, host);
  const own = [...loaded.names];
  const chosen: ChosenProfile[] = [];
  for (const name of names.map((each) => (isProfilePath(each) ? (own.shift() as string) : each))) {
    const choice = chooseProfile(loaded.library, name);
    if (!('profile' in choice)) {
      const [id = name] = name.split('@');
      const near = loaded.library.profiles.has(id) ? '' : didYouMean(id, loaded.library.profiles.keys());
      return reportUsage([{ message: choice.message, help: near === '' ? choice.help : near }], raw, host);
    }
    chosen.push(choice);
  }
  return { library: loaded.library, chosen };
}

type Row = ReturnType<typeof rowJson>;

interface Change {
  readonly before: Row;
  readonly after: Row;
  /** What differs: keys of a row. */
  readonly fields: readonly (keyof Row)[];
}

interface ProfileDiff {
  readonly added: readonly Row[];
  readonly removed: readonly Row[];
  readonly changed: readonly Change[];
}

export function runProfileDiff(raw: RawOptions, host: Host, load: LoadLibrary): ExitCode {
  if (raw.files.length !== 2) {
    const help = 'kconfig-lint profiles diff kubernetes-node@1.34 kubernetes-node@1.35';
    return reportUsage([{ message: 'profiles diff compares two profiles', help }], raw, host);
  }
  const found = chooseNamed(raw.files, raw, host, load);
  if (typeof found === 'number') return found;
  const [from, to] = found.chosen as [ChosenProfile, ChosenProfile];
  const diff = compare(from, to, found.library);
  if (textOption(raw, 'format') === 'json') {
    const data = { schemaVersion: 1, from: headJson(from), to: headJson(to), ...diff };
    host.write(`${JSON.stringify(data, null, 2)}\n`);
  } else host.write(asText(from, to, diff, raw, host));
  return Exit.ok;
}

function headJson(chosen: ChosenProfile) {
  return { id: chosen.profile.id, title: chosen.profile.title, platform: platformLabel(chosen) ?? null };
}

function compare(from: ChosenProfile, to: ChosenProfile, library: Library): ProfileDiff {
  const [before, after] = [rowsByKey(from), rowsByKey(to)];
  const json = (row: Requirement): Row => rowJson(row, library);
  const changed: Change[] = [];
  for (const [key, row] of after) {
    const old = before.get(key);
    if (old === undefined) continue;
    const change = { before: json(old), after: json(row) };
    const fields = (Object.keys({ ...change.before, ...change.after }) as (keyof Row)[]).filter(
      (field) => JSON.stringify(change.before[field]) !== JSON.stringify(change.after[field]),
    );
    // A row that only moved to another file asks for nothing new.
    if (fields.some((field) => field !== 'rule' && field !== 'profile')) changed.push({ ...change, fields });
  }
  return {
    added: [...after].filter(([key]) => !before.has(key)).map(([, row]) => json(row)),
    removed: [...before].filter(([key]) => !after.has(key)).map(([, row]) => json(row)),
    changed,
  };
}

/** Rows by name; by rule where two profiles of a family have rows of one name. */
function rowsByKey(chosen: ChosenProfile): Map<string, Requirement> {
  const rows = new Map<string, Requirement>();
  for (const row of rowsInForce(chosen)) rows.set(rows.has(row.name) ? row.id : row.name, row);
  return rows;
}

function labelOf(chosen: ChosenProfile): string {
  const platform = platformLabel(chosen);
  return platform === undefined ? chosen.profile.id : `${chosen.profile.id} (${platform})`;
}

function asText(
  from: ChosenProfile,
  to: ChosenProfile,
  { added, removed, changed }: ProfileDiff,
  raw: RawOptions,
  host: Host,
): string {
  const { green, red, yellow, bold, dim } = createColors(wantsColor(raw, host));
  const width = host.isTerminal ? Math.min(host.columns, 120) : 100;
  const counts = `${plural(added.length, 'row')} added, ${removed.length} removed, ${changed.length} changed`;
  let text = `${bold(labelOf(from))} → ${bold(labelOf(to))}: ${counts}\n`;
  const row = (sign: string, { rule, severity, expected, limits, reason }: Row): string => {
    const only = limits === null ? '' : dim(`           only ${wrap(limits, 11, width)}\n`);
    return `\n${sign} ${severity.padEnd(8)} ${bold(expected)}\n${only}           ${wrap(reason, 11, width)}\n           ${dim(rule)}\n`;
  };
  for (const each of added) text += row(green('+'), each);
  for (const each of removed) text += row(red('-'), each);
  for (const { before, after, fields } of changed) {
    text += `\n${yellow('~')} ${after.severity.padEnd(8)} ${bold(after.expected)}\n           ${dim(after.rule)}\n`;
    for (const field of fields) {
      const said = (value: unknown): string =>
        (Array.isArray(value) ? value.join(', ') : `${value ?? 'none'}`) || 'none';
      text += `           ${field}: ${wrap(`${said(before[field])} → ${said(after[field])}`, 11, width)}\n`;
    }
  }
  return text;
}
