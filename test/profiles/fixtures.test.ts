/** Every built-in profile by a config that it lets pass and one that it does not; both lie in fixtures/profiles/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KindChoice } from '../../src/config/kind.ts';
import { archMatches, type BootFact, parseArch, parseKernelVersion, type Target } from '../../src/target.ts';
import { startedWith } from '../support/boot.ts';
import { root } from '../support/corpus.ts';
import { builtIn, choose, judgeText, load, verdicts } from '../support/library.ts';

interface Args {
  readonly kernel: string;
  readonly arch: string;
  readonly kind: KindChoice;
  readonly boot?: readonly BootFact[];
  readonly name?: string;
  /** The command line, and the devices of the machine. */
  readonly cmdline?: string;
  readonly devices?: readonly string[];
  /** What is different for the failing config: an older kernel, another boot fact. */
  readonly fails?: Partial<Omit<Args, 'fails'>>;
}

const folder = join(root, 'fixtures/profiles');
const ids = [...builtIn.library.profiles.keys()];

/** A row in a situation that the two configs do not show: another release, architecture, boot fact or platform version. */
interface RowCase extends Omit<Args, 'fails' | 'kind'> {
  readonly row: string;
  readonly verdict: 'met' | 'unmet';
  readonly platform?: string;
  readonly config: readonly string[];
}

function judgeFixture(id: string, file: string) {
  const args = JSON.parse(readFixture(id, 'args.json')) as Args;
  const chosen = file === 'fails.config' ? { ...args, ...args.fails } : args;
  return judge(id, readFixture(id, file), { name: file, ...chosen });
}

function judge(choice: string, text: string, { kernel, arch, kind, boot = [], name, cmdline, devices }: Args) {
  const target: Target = {
    kernel: parseKernelVersion(kernel)!,
    arch: parseArch(arch)!,
    ...startedWith(cmdline, devices),
  };
  const report = judgeText(builtIn.library, [choice], text, { kind, boot, target, path: name ?? '.config' });
  return verdicts(report, choose(builtIn.library, choice)[0]!);
}

function readFixture(id: string, name: string): string {
  return readFileSync(join(folder, id, name), 'utf8');
}

function rowCases(id: string): readonly RowCase[] {
  return existsSync(join(folder, id, 'rows.json')) ? (JSON.parse(readFixture(id, 'rows.json')) as RowCase[]) : [];
}

function judgeRow(id: string, { platform, config, ...args }: RowCase) {
  const choice = platform === undefined ? id : `${id}@${platform}`;
  return judge(choice, `${config.join('\n')}\n`, { kind: 'complete', ...args });
}

describe('fixtures', () => {
  it('are there for every profile and for nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual([...ids].sort());
  });
});

describe.each(ids)('%s', (id) => {
  it('lets its passing config pass, with nothing left open', () => {
    const found = [...judgeFixture(id, 'passes.config')].filter(
      ([, verdict]) => verdict !== 'met' && verdict !== 'not-applicable',
    );
    expect(found).toEqual([]);
  });

  it('fails its failing config in exactly the expected requirements', () => {
    const expected = JSON.parse(readFixture(id, 'fails.expected.json')) as string[];
    const unmet = [...judgeFixture(id, 'fails.config')]
      .filter(([, verdict]) => verdict === 'unmet')
      .map(([row]) => row);
    expect(unmet.sort()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('shows each of its rows met once and unmet once', () => {
    const shown = new Set<string>();
    for (const file of ['passes.config', 'fails.config'])
      for (const [row, verdict] of judgeFixture(id, file)) shown.add(`${row} ${verdict}`);
    for (const each of rowCases(id)) {
      const shows = `${each.row} ${each.verdict}`;
      expect(shown.has(shows), `${shows} is shown twice`).toBe(false);
      expect(judgeRow(id, each).get(each.row), shows).toBe(each.verdict);
      shown.add(shows);
    }
    const rows = (builtIn.library.profiles.get(id)?.requirements ?? []).map((row) => row.id);
    const lacking = rows.flatMap((row) => ['met', 'unmet'].map((verdict) => `${row} ${verdict}`));
    expect(lacking.filter((shows) => !shown.has(shows))).toEqual([]);
  });
});

describe('symbols that rules name', () => {
  const conditions = JSON.stringify([...builtIn.library.profiles.values()].map(({ requirements }) => requirements));
  const named = new Set([...conditions.matchAll(/"symbol":"(\w+)"/g)].map((match) => match[1] as string));

  it('are many', () => {
    expect(named.size).toBeGreaterThan(250);
  });

  it('have facts that can be followed: what hidden ones follow has a prompt', () => {
    for (const [symbol, { follows = [] }] of builtIn.library.symbols) {
      for (const text of follows)
        expect(builtIn.library.symbols.get(text.split('=')[0] as string)?.hidden, `${symbol} follows ${text}`).not.toBe(
          true,
        );
    }
  });

  it('never fail a config for a kernel or an architecture that does not have them', () => {
    for (const kernel of [4019000, 5004000, 5010000, 5015000, 6001000, 6006000, 6012000, 6018000, 7002000, 7003000]) {
      for (const arch of ['x86_64', 'arm64', 'riscv'] as const) {
        for (const id of ids) {
          const { findings } = judgeText(builtIn.library, [id], 'CONFIG_A=y\n', {
            kind: 'complete',
            target: { kernel, arch },
          });
          for (const { symbol, rule, expected = '' } of findings) {
            const facts =
              symbol === undefined || expected.includes(' or CONFIG_')
                ? undefined
                : builtIn.library.symbols.get(symbol);
            if (facts === undefined || facts.otherNames.length > 0) continue;
            expect(
              kernel >= (facts.added ?? 0) && kernel < (facts.removed ?? Number.POSITIVE_INFINITY),
              `${rule.id} on ${kernel}`,
            ).toBe(true);
            expect(facts.arch === undefined || archMatches(facts.arch, arch), `${rule.id} on ${arch}`).toBe(true);
          }
        }
      }
    }
  });
});

describe('a profile that somebody adds', () => {
  it('is judged by the same machinery, without any code', () => {
    const text =
      'title: Board\ndescription: Ours.\nextends: [kubernetes-psi]\nrequirements:\n  LEDS:\n    require: { LEDS_GPIO: [y, m] }\n    severity: warning\n    reason: The front panel shows nothing without it.\n    references: [https://docs.kernel.org/leds/leds-class.html]\n';
    const yaml = Object.fromEntries(
      ['kubernetes-psi'].map((name) => [name, readFileSync(join(root, `rules/${name}.yaml`), 'utf8')]),
    );
    const { library, faults } = load({ ...yaml, board: text });
    expect(faults).toEqual([]);
    const found = (config: string) =>
      judgeText(library, ['board'], config, { kind: 'complete', target: { kernel: 6012000 } }).findings.map(
        ({ rule }) => rule.id,
      );
    expect(found('CONFIG_PSI=y\nCONFIG_LEDS_GPIO=m\n')).toEqual([]);
    expect(found('CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n')).toEqual([
      'kubernetes-psi/psi-default-disabled',
      'board/LEDS',
    ]);
  });

  it('is documented like the others', () => {
    for (const id of ids) expect(existsSync(join(root, `docs/rules/${id}.md`)), id).toBe(true);
  });
});
