/** `profiles conflicts A B …`: requirements of the profiles that no config meets together, each pair once, with both reasons. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { type Contradiction, contradictions } from '../../profiles/contradictions.ts';
import type { ChosenProfile, Library, Requirement } from '../../profiles/profile.ts';
import { type LoadLibrary, type Prepared, prepare, projectOptions } from '../../project/prepare.ts';
import { rowJson } from '../../project/rows.ts';
import { plural } from '../../reporters/reporter.ts';
import { wrap } from '../../reporters/text.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { reportUsage } from '../usage.ts';
import { chooseNamed } from './profile-diff.ts';

type Conflict = Pick<Contradiction, 'a' | 'others' | 'symbols'>;

/** Exit code 1 where there is a conflict. */
export function runConflicts(raw: RawOptions, host: Host, load: LoadLibrary): ExitCode {
  const prepared = prepare({ ...projectOptions(raw), profiles: [] }, load);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  if (raw.files.length < 2) {
    const help = 'kconfig-lint profiles conflicts lxc hardening-kspp --kernel 6.12 --arch x86_64';
    return reportUsage([{ message: 'profiles conflicts compares two profiles or more', help }], raw, host);
  }
  const found = chooseNamed(raw.files, raw, host, load);
  if (typeof found === 'number') return found;
  const { library, chosen } = found;
  const conflicts = conflictsOf(chosen, library, prepared);
  if (textOption(raw, 'format') === 'json') {
    const side = (row: Requirement) => ({ kind: kindOf(row, library), ...rowJson(row, library) });
    const data = conflicts.map((conflict) => ({
      symbols: conflict.symbols,
      rows: [conflict.a, ...conflict.others].map(side),
      wins:
        winnerOf(conflict, library)
          ?.map(({ id }) => id)
          .join(' ') ?? null,
    }));
    host.write(
      `${JSON.stringify({ schemaVersion: 1, profiles: chosen.map(({ profile }) => profile.id), conflicts: data }, null, 2)}\n`,
    );
  } else host.write(asText(conflicts, library, raw, host));
  return conflicts.length > 0 ? Exit.findings : Exit.ok;
}

/** Of each pair of profiles; a pair of rows that both bring is one conflict. */
function conflictsOf(chosen: readonly ChosenProfile[], library: Library, { target }: Prepared): Conflict[] {
  const known = { kernel: target.kernel, arch: target.arch };
  const found = new Map<string, Conflict>();
  for (const [i, first] of chosen.entries()) {
    for (const second of chosen.slice(i + 1)) {
      for (const conflict of contradictions(first, second, library.symbols, known)) {
        const rows = [conflict.a, ...conflict.others].map(({ id }) => id);
        found.set(rows.sort().join(' '), conflict);
      }
    }
  }
  return [...found.values()];
}

function kindOf({ profile }: Requirement, library: Library): 'platform' | 'hardening' {
  return library.profiles.get(profile)?.kind ?? 'platform';
}

/** The rows that count in a check by both sides; undefined where nothing says which. */
function winnerOf({ a, others }: Conflict, library: Library): readonly Requirement[] | undefined {
  const [x, y] = [kindOf(a, library), kindOf(others[0], library)];
  return x === y ? undefined : x === 'platform' ? [a] : others;
}

function asText(conflicts: readonly Conflict[], library: Library, raw: RawOptions, host: Host): string {
  const { bold, dim, green } = createColors(wantsColor(raw, host));
  const width = host.isTerminal ? Math.min(host.columns, 120) : 100;
  if (conflicts.length === 0) return `${green('✔')} no conflict: a config can meet all of them\n`;
  let text = `${plural(conflicts.length, 'conflict')}\n`;
  for (const conflict of conflicts) {
    text += `\n${bold(conflict.symbols.map((symbol) => `CONFIG_${symbol}`).join(', '))}\n`;
    const rows = [conflict.a, ...conflict.others];
    for (const row of rows) {
      const { rule, expected, limits, reason, severity } = rowJson(row, library);
      const only = limits === null ? '' : `, only ${limits}`;
      const said = `${rule} (${kindOf(row, library)}, ${severity}): ${expected}${only}`;
      text += `  ${wrap(said, 4, width)}\n    ${wrap(reason, 4, width)}\n`;
    }
    const winner = winnerOf(conflict, library);
    const all = conflict.others.length > 1 ? 'all of them where all' : 'both where both';
    const said =
      winner === undefined
        ? `no config meets ${all} apply; choose one of the profiles`
        : `in a check by both ${winner.map(({ id }) => id).join(' and ')} counts, and the ${rows.length > 2 ? 'others are' : 'other is'} only noted`;
    text += `  ${dim(said)}\n`;
  }
  return text;
}
