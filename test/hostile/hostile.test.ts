/**
 * Hostile input, case by case: exit code and first message are golden (`golden/FAMILY.txt`, written anew by
 * `npx vitest run test/hostile/hostile.test.ts -u`; read the diff as the engineer who is to act on it), and every format tells of the fault.
 */
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/run.ts';
import { families } from './cases/index.ts';
import { clean, expectHarmless, expectTold, expectWellFormed } from './check-format.ts';
import { goldenOf } from './golden.ts';
import type { HostileCase } from './hostile-case.ts';
import { type CaseResult, runCase } from './run-case.ts';

function holdFormats({ sort }: HostileCase, { plain, byFormat }: CaseResult): void {
  const isCheck = byFormat.has('sarif');
  for (const [format, { exit, out, err }] of byFormat) {
    expect(exit, `exit code with ${format}`).toBe(plain.exit);
    expectHarmless(out, format);
    expectHarmless(err);
    if (isCheck) (sort === 'bad' ? expectTold : expectWellFormed)(format, out, exit);
    else if (format === 'json' && out !== '') JSON.parse(out);
  }
}

/** Whatever is wrong with an input is said with what to do. */
function holdMessages({ sort, args }: HostileCase, { plain: { exit, out, err } }: CaseResult): void {
  expectHarmless(out);
  expectHarmless(err);
  if (sort === 'good') {
    expect([0, 1], err).toContain(exit);
    expect(err).not.toMatch(/error\[|^ {2}help: /m);
    return;
  }
  expect([0, 1, 2, 3, 4]).toContain(exit);
  if (exit === 2 || exit === 3) {
    expect(err).toMatch(/^\S.*: .+/);
    expect(err, 'nothing says what to do').toMatch(/^ {2}help: \S/m);
  }
  if (exit === 4) expect(err).toMatch(/was not written|could not be written|cannot be written/);
  // Of a config faults may be mere notes; whatever else was asked for could not be done.
  if (commands.some(({ name }) => name === args[0] && name !== 'check')) expect(exit).toBeGreaterThan(0);
  if (exit < 2) expect(`${out}${err}`).not.toMatch(clean);
}

describe.each(families)('$name', ({ name, cases }) => {
  const golden: string[] = [];

  it('has a name of its own for each case', () => {
    expect(new Set(cases.map((each) => each.name)).size).toBe(cases.length);
  });

  it.each(cases)('$sort: $name', (hostile) => {
    const result = runCase(hostile);
    golden.push(goldenOf(hostile, result));
    holdMessages(hostile, result);
    holdFormats(hostile, result);
  });

  it('says what it is known to say', async () => {
    await expect(`${golden.join('\n')}`).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});

it('is large, and more of it bad than good', () => {
  const all = families.flatMap(({ cases }) => cases);
  const refused = all.filter(({ sort }) => sort === 'bad').length;
  expect(all.length).toBeGreaterThanOrEqual(300);
  expect(refused).toBeGreaterThanOrEqual((all.length - refused) * 2);
});
