/** Reports of every sort, to be put through every reporter. */
import { checks } from '../../src/checks/index.ts';
import { parseConfig, parseConfigText } from '../../src/config/document.ts';
import type { InputFailure, Report, RunSummary } from '../../src/finding.ts';
import { lint } from '../../src/lint.ts';
import { ruleOf } from '../../src/profiles/evaluate.ts';
import type { ReporterFactory, ReportStyle } from '../../src/reporters/reporter.ts';
import { createSource } from '../../src/source.ts';
import { builtIn, choose, viewOn } from './library.ts';

export const profiles = choose(builtIn.library, 'krata-zone', 'kubernetes-node', 'kubernetes-psi');

export const style: ReportStyle = {
  color: false,
  width: 100,
  verbose: false,
  quiet: false,
  version: '1.2.3',
  rules: [
    ...checks.map(({ info }) => info),
    ...profiles.flatMap(({ requirements }) => requirements.map((row) => ruleOf(row, builtIn.library))),
  ],
  profiles: profiles.map(({ profile }) => profile.id),
};

/** Every kind of finding: each check by its bad example, and requirements that fail, are open or do not apply. */
export function allReports(): Report[] {
  const examples = checks.map(({ bad }) => {
    const document = parseConfigText(bad.text === '' ? '#\n' : bad.text, bad.path ?? '.config');
    const kernel = bad.kconfig === undefined ? undefined : viewOn(document, bad.kconfig, builtIn.library, { profiles });
    return lint({ document, checks, profiles, library: builtIn.library, kernel });
  });
  const latin1 = parseConfig(createSource('b\u00e4d.config', '# caf\u00e9\nCONFIG_A=y\n', 'latin1'));
  const failing = parseConfigText(
    '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n# CONFIG_XEN is not set\nCONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\nCONFIG_MEMCG = y\n',
    'dir/with space#%?/x.config',
    { kind: 'complete' },
  );
  const fragment = parseConfigText('CONFIG_XEN=y\n', 'frag.config');
  const clean = parseConfigText('# nothing\n', 'clean.config');
  return examples
    .concat(
      [latin1, failing, fragment].map((document) => lint({ document, checks, profiles, library: builtIn.library })),
    )
    .concat(lint({ document: clean, checks, library: builtIn.library }));
}

export const failures: readonly InputFailure[] = [
  { path: 'gone.config', code: 'missing', message: 'no such file', help: 'near it is x' },
  {
    path: 'odd\n::error::x',
    code: 'not-a-config',
    message: 'no line sets a CONFIG_ symbol',
    help: 'name a .config',
    line: 1,
    column: 1,
  },
];

export function summaryOf(reports: readonly Report[], failed: readonly InputFailure[] = []): RunSummary {
  const counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
  for (const report of reports)
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += report.counts[key];
  return {
    files: reports.length,
    failures: failed.length,
    counts,
    exitCode: failed.length > 0 ? 3 : counts.error > 0 ? 1 : 0,
  };
}

export function print(
  factory: ReporterFactory,
  reports: readonly Report[],
  failed: readonly InputFailure[] = [],
  change: Partial<ReportStyle> = {},
): string {
  const reporter = factory({ ...style, ...change });
  const files = reports.map((report) => reporter.file(report)).join('');
  const broken = failed.map((failure) => reporter.failure(failure)).join('');
  return files + broken + reporter.end(summaryOf(reports, failed));
}
