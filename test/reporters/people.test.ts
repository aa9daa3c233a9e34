/** The reports that people read: text, markdown, annotations, unix lines, fragment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseConfigText } from '../../src/config/document.ts';
import type { Finding, Report } from '../../src/finding.ts';
import { lint } from '../../src/lint.ts';
import { waiveOwn } from '../../src/project/project-run.ts';
import { fragmentReporter } from '../../src/reporters/fragment.ts';
import { githubReporter } from '../../src/reporters/github.ts';
import { code, escapeText, markdownReporter } from '../../src/reporters/markdown.ts';
import { textReporter } from '../../src/reporters/text.ts';
import { unixReporter } from '../../src/reporters/unix.ts';
import { wrap } from '../../src/reporters/wrap.ts';
import { builtIn, choose, judgeText, load, profileText } from '../support/library.ts';
import { allReports, failures, print } from '../support/reports.ts';

const complete = {
  kind: 'complete' as const,
  path: 'x.config',
  target: { kernel: 6012000, arch: 'x86_64' as const, kernelFrom: '--kernel', archFrom: '--arch' },
};
const xen = () =>
  judgeText(
    builtIn.library,
    ['xen-guest-pvh'],
    '# CONFIG_XEN is not set\nCONFIG_HYPERVISOR_GUEST=y\nCONFIG_PARAVIRT=y\nCONFIG_ACPI=y\n',
    complete,
  );
const psi = (text: string, kind: 'complete' | 'fragment' = 'complete') =>
  judgeText(builtIn.library, ['kubernetes-psi'], text, { ...complete, kind });
const one = { profiles: ['kubernetes-psi'] };

describe('text', () => {
  it('says that all is well in one glance', () => {
    expect(print(textReporter, [psi('CONFIG_PSI=y\n')], [], one)).toBe(
      [
        '✔ x.config: nothing wrong for kubernetes-psi',
        '  Linux 6.12 (--kernel), x86_64 (--arch), complete config of 1 setting (--kind complete)',
        '  kubernetes-psi  2 met, 0 unmet, 1 not applicable (Kubernetes 1.36)',
        '',
        '0 errors, 0 warnings, 1 not applicable in 1 file',
        '',
      ].join('\n'),
    );
  });

  it('says what is, what should be, why, where and what to type', () => {
    expect(print(textReporter, [psi('CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\n')], [], one)).toBe(
      [
        '▲ x.config: 1 warning for kubernetes-psi',
        '  Linux 6.12 (--kernel), x86_64 (--arch), complete config of 2 settings (--kind complete)',
        '  kubernetes-psi  1 met, 1 unmet, 1 not applicable (Kubernetes 1.36)',
        '',
        'warning  CONFIG_PSI_DEFAULT_DISABLED=y, should be off',
        '  at     x.config:2:1',
        '  why    PSI is built in but off by default: the pressure files are missing until psi=1 is given on',
        '         the kernel command line. Turn PSI_DEFAULT_DISABLED off, or boot with psi=1.',
        '  fix    # CONFIG_PSI_DEFAULT_DISABLED is not set',
        '  rule   kubernetes-psi/psi-default-disabled',
        '         https://kubernetes.io/docs/reference/node/kernel-version-requirements/',
        '',
        '0 errors, 1 warning, 1 not applicable in 1 file',
        '',
      ].join('\n'),
    );
  });

  it('says of a fragment what is not known and how to settle it', () => {
    const text = print(textReporter, [psi('# nothing\n', 'fragment')], [], one);
    expect(text.split('\n')[0]).toBe('? x.config: nothing wrong found for kubernetes-psi, 2 not known yet');
    expect(text).toContain('not known  2 requirements: CONFIG_PSI');
    expect(text.replace(/\s+/g, ' ')).toContain('Name what it is merged onto with --base, such as --base defconfig');
    expect(text).not.toContain('--kernel.');
  });

  it('shows the line that a check is about where no symbol says which it is', () => {
    const text = `nonsense \x1b[31mhere\n${'y'.repeat(300)}\n# Linux/um 6.1.0 Kernel Configuration\nCONFIG_UML=y\n`;
    const document = parseConfigText(text, 'x.config');
    const shown = print(textReporter, [lint({ document, library: builtIn.library, checks })], [], { verbose: true });
    expect(shown).toContain('  Linux 6.1.0 (header), another architecture (CONFIG_UML), fragment of 1 setting\n');
    expect(shown).toContain('  at     x.config:1:1: nonsense \\u{1B}[31mhere\n');
    const long = parseConfigText(`${'y'.repeat(300)}\nCONFIG_A=y\n`, 'x.config');
    expect(print(textReporter, [lint({ document: long, library: builtIn.library, checks })], [])).toMatch(
      /^ {2}at {5}x\.config:1:1: y{60}…$/m,
    );
  });

  it('says once what is to be done for a symbol, however many ask for it and however much', () => {
    const { library } = load({
      guest: profileText({ TUN: 'require: { TUN: y }' }),
      host: profileText({ tunnel: 'require: { TUN: [y, m] }', VETH: 'require: { VETH: [y, m] }\nneeds: [tunnel]' }),
      late: profileText({ TUN: 'require: { TUN: y }\nseverity: warning' }),
    });
    const say = (profiles: string[], verbose = false) =>
      print(textReporter, [judgeText(library, profiles, '# CONFIG_TUN is not set\n', complete)], [], {
        profiles,
        verbose,
      });
    const strict = say(['guest', 'host']);
    expect(strict.split('\n')[0]).toBe('✖ x.config: 3 errors from 1 cause for guest, host');
    expect(strict).toContain('CONFIG_TUN is not set, must be y\n');
    expect(strict).not.toContain('y or m');
    expect(strict).toContain('  rule   guest/TUN, host/tunnel https');
    // What needs the milder one needs the one that speaks for it.
    expect(strict).toContain('  then   1 more requirement can hold only after this: CONFIG_VETH\n');
    const mild = say(['host', 'late']);
    expect(mild.split('\n')[0]).toBe('✖ x.config: 2 errors, 1 warning from 1 cause for host, late');
    expect(mild).toContain('  also   CONFIG_TUN is not set, should be y (late/TUN)\n');
    expect(say(['guest', 'host'], true).match(/^(error|warning) /gm)).toHaveLength(3);
  });

  it('tells a line that is miswritten and what a profile asks of its symbol together, with the line that settles both', () => {
    const { library } = load({
      sandbox: profileText({ TUN: 'require: { TUN: n }' }),
      host: profileText({ TUN: 'require: { TUN: y }' }),
    });
    const document = parseConfigText('CONFIG_TUN=Y\n', 'x.config', { kind: 'complete' });
    const say = (profile: string) =>
      print(textReporter, [lint({ document, profiles: choose(library, profile), library, checks })], [], {
        profiles: [profile],
      });
    for (const [profile, asked, line] of [
      ['sandbox', 'off', '# CONFIG_TUN is not set'],
      ['host', 'y', 'CONFIG_TUN=y'],
    ] as const) {
      const text = say(profile);
      expect(text.split('\n')[0]).toBe(`✖ x.config: 2 errors from 1 cause for ${profile}`);
      expect(text).toContain(`  also   CONFIG_TUN=Y, must be ${asked} (${profile}/TUN)\n`);
      expect(text.match(/^ {2}fix .*$/gm)).toEqual([`  fix    ${line}`]);
    }
  });

  it('keeps mistakes in several lines on one symbol apart, each with its place', () => {
    const document = parseConfigText('CONFIG_A = y\nCONFIG_A = y\nCONFIG_B=y\n', 'x.config', { kind: 'fragment' });
    const text = print(textReporter, [lint({ document, library: builtIn.library, checks })], []);
    expect(text.match(/^ {2}at .*$/gm)).toEqual(['  at     x.config:1:1', '  at     x.config:2:1']);
  });

  it('groups what has one cause, and counts causes', () => {
    const text = print(textReporter, [xen()], [], { profiles: ['xen-guest-pvh'] });
    expect(text.split('\n')[0]).toMatch(/^✖ x\.config: \d+ errors, \d+ warnings.* from \d+ causes for xen-guest-pvh$/);
    expect(text.match(/^error {4}CONFIG_XEN is not set, must be y$/gm)).toHaveLength(1);
    expect(text).toMatch(/ {2}then {3}\d+ more requirements can hold only after this: CONFIG_/);
    expect(text).not.toMatch(/^error {4}CONFIG_XEN_PVH/m);
    expect(print(textReporter, [xen()], [], { verbose: true })).toMatch(/^error {4}CONFIG_XEN_PVH is absent/m);
  });

  it('says the same thing of many lines once', () => {
    const report = lint({
      document: parseConfigText('foo\nCONFIG_A=y\nbar\nbaz\n', 'x.config'),
      checks,
      library: builtIn.library,
    });
    const text = print(textReporter, [report], [], { profiles: [] });
    expect(text.match(/neither a setting nor a comment/g)).toHaveLength(1);
    expect(text).toContain('  also   on 2 more lines: 3, 4\n');
    expect(text).toContain('No profile was chosen');
  });

  it('fits its width, leaves no blanks at line ends, and knows no escape codes without colour', () => {
    for (const width of [60, 80, 120, 300]) {
      for (const verbose of [false, true]) {
        const text = print(textReporter, [...allReports(), xen()], failures, { width, verbose });
        for (const line of text.split('\n')) {
          expect(line).not.toMatch(/\s$/);
          const longestWord = Math.max(
            ...line
              .trim()
              .split(/\s+/)
              .map((word) => word.length),
          );
          if (!/^[✖▲✔?] /.test(line))
            expect(line.length, line).toBeLessThanOrEqual(Math.max(Math.min(width, 120), longestWord + 25));
        }
        expect(text).not.toContain('\u001b');
      }
    }
    expect(print(textReporter, [xen()], [], { color: true })).toContain('\u001b[31m');
  });

  it('is silent about lesser things when quiet', () => {
    expect(print(textReporter, [psi('#\n')], [], { ...one, quiet: true })).toBe('');
    const text = print(textReporter, [xen()], [], { quiet: true });
    expect(text).toContain('error    CONFIG_XEN');
    expect(text).not.toMatch(/^(?:warning|note) /m);
  });

  it('counts inputs that were not read', () => {
    expect(print(textReporter, [], failures)).toBe('\n0 errors, 0 warnings in 0 files; 2 inputs could not be read\n');
  });

  it('wraps plain text line by line as it would word by word', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.stringMatching(/^[a-z]{20,30}$/),
      fc.constantFrom('', '::x'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.integer({ min: 5, max: 30 }), (words, width) => {
        // Colour codes take no room, and no short cut either.
        const text = ['a', ...words].join(' ');
        const coloured = wrap(`\u001b[31m${text}`, 2, width);
        expect(wrap(text, 2, width)).toBe(coloured.replace('\u001b[31m', ''));
      }),
    );
  });

  it('wraps at blanks only, colours not counted', () => {
    expect(wrap('aa bb cc', 2, 7)).toBe('aa bb\n  cc');
    expect(wrap('toolongtobreak x', 2, 8)).toBe('toolongtobreak\n  x');
    expect(wrap('\u001b[31maa\u001b[39m bb cc', 0, 5)).toBe('\u001b[31maa\u001b[39m bb\ncc');
  });
});

describe('hostile text', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 30 });

  function reportOf(path: string, text: string): Report {
    const report = lint({
      document: parseConfigText(
        `CONFIG_A="${text.replace(/[\r\n"\\]/g, '')}\nCONFIG_LSM="${text.replace(/["\\\r\n]/g, '')}"\n`,
        path,
        { kind: 'complete' },
      ),
      checks,
      library: builtIn.library,
    });
    const [first] = report.findings;
    const made =
      first === undefined
        ? []
        : [{ ...(first as Finding), message: text, advice: [text], symbol: undefined } as Finding];
    return { ...report, findings: [...report.findings, ...made] };
  }

  it('never reaches a terminal or a log as it is', () => {
    fc.assert(
      fc.property(hostile, hostile, (path, text) => {
        for (const factory of [textReporter, unixReporter, githubReporter, markdownReporter, fragmentReporter]) {
          const out = print(factory, [reportOf(path, text)], [{ path, code: 'x', message: text, help: text }]);
          expect(out).not.toMatch(
            /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/,
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it('cannot forge workflow commands', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          fc.constantFrom('\n::add-path::/x', 'a,b:c%0A::error::', '::set-env name=X::y', '##[error]x'),
        ),
        (text) => {
          const reports = [reportOf(text, text)];
          const out = print(githubReporter, reports, [{ path: text, code: 'x', message: text, help: text }]);
          const lines = out.split('\n').filter((line) => line !== '');
          expect(lines).toHaveLength(reports[0]!.findings.length + 1);
          for (const line of lines)
            expect(line).toMatch(
              /^::(?:error|warning|notice) file=[^,:]*(?:,(?:line|endLine|col|endColumn)=\d+)*,title=[^,:]*::[^\r\n]*$/,
            );
          for (const factory of [textReporter, unixReporter, markdownReporter]) {
            for (const line of print(factory, reports).split('\n'))
              expect(line.startsWith('::set-env') || line.startsWith('::add-path')).toBe(false);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('cannot start a line with a command by being wrapped', () => {
    for (let filler = 40; filler < 110; filler++) {
      const text = `${'x'.repeat(filler)} ::set-env name=A::b ##[error]c`;
      for (const line of print(textReporter, [reportOf('p', text)]).split('\n'))
        expect(line).not.toMatch(/^\s*(?:::|##\[)/);
    }
  });

  it('cannot break out of a table', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.constantFrom('a|b', '`x`|', '<script>', '| --- |\n', '[x](http://y)', '@team')),
        (text) => {
          expect(code(text)).not.toMatch(/[|`\n]|<(?!\/?code>)/);
          expect(escapeText(text)).not.toMatch(/(?<!\\)[|`[\]]|[<>@\n]/);
        },
      ),
      { numRuns: 800 },
    );
  });
});

describe('annotations', () => {
  it('come worst first, with place and rule', () => {
    const lines = print(githubReporter, allReports(), failures).trim().split('\n');
    const kinds = lines.slice(failures.length).map((line) => line.split(' ')[0]);
    expect(kinds).toEqual(
      [...kinds].sort(
        (a, b) => ['::error', '::warning', '::notice'].indexOf(a!) - ['::error', '::warning', '::notice'].indexOf(b!),
      ),
    );
    expect(lines[0]).toBe('::error file=gone.config,title=not checked::no such file%0Anear it is x');
    expect(lines.find((line) => line.includes('title=space-around-equals'))).toMatch(
      /^::error file=\.config,line=1,endLine=1,col=1,endColumn=15,title=space-around-equals::a blank stands before the =/,
    );
  });
});

describe('unix lines', () => {
  it('all have the one form', () => {
    const lines = print(unixReporter, allReports()).trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^(.+?):(\d+):(\d+): (error|warning|note): (.+) \[(\S+)\]$/);
    expect(print(unixReporter, allReports(), [], { quiet: true })).not.toMatch(/: (?:warning|note): /);
  });
});

describe('markdown', () => {
  it('names every kernel that a file was judged for, and what a file is that is no config', () => {
    const report = psi('CONFIG_PSI=y\n');
    const targets = [
      { release: '6.1', arch: 'x86_64' },
      { release: '6.12', arch: 'other' },
    ] as const;
    const say = (change: Partial<Report>) => print(markdownReporter, [{ ...report, ...change }], [], one);
    expect(say({ targets })).toContain('\n\nLinux 6.1 and 6.12, x86_64 and another architecture, complete config.\n\n');
    expect(say({ about: 'the project file' })).toContain('\n\nthe project file.\n\n');
  });

  it('has a table of scores and one of findings', () => {
    const text = print(markdownReporter, [xen()], failures);
    expect(text).toContain('## ❌ <code>x.config</code>');
    expect(text).toContain('| xen-guest-pvh | ');
    expect(text).toMatch(/\| ❌ \| 1:1 \| CONFIG\\_XEN is not set, must be y<br>/);
    expect(text).toContain('<code>CONFIG_XEN=y</code>');
    expect(text).toContain('- ❌ <code>gone.config</code>');
    expect(print(markdownReporter, [psi('#\n', 'fragment')])).toContain(
      '<details><summary>2 requirements not known</summary>',
    );
    expect(print(markdownReporter, [psi('CONFIG_PSI=y\n')])).toContain('## ✅');
    expect(print(markdownReporter, [psi('#\n')], [], { quiet: true })).not.toContain('| ⚠️ |');
  });

  it('stays under the size that GitHub takes, and says what it left out', () => {
    const text = print(markdownReporter, Array.from({ length: 400 }, xen));
    expect(text.length).toBeLessThan(1_000_000);
    expect(text).toMatch(/\d+ more files left out: the report would be too long/);
  });
});

describe('the fragment', () => {
  it('holds each line once, and is what is needed', () => {
    const report = xen();
    const text = print(fragmentReporter, [report]);
    const lines = text.split('\n').filter((line) => /^CONFIG_|is not set$/.test(line));
    expect(new Set(lines).size).toBe(lines.length);
    expect(parseConfigText(text).problems).toEqual([]);
    const fixed = judgeText(
      builtIn.library,
      ['xen-guest-pvh'],
      `CONFIG_HYPERVISOR_GUEST=y\nCONFIG_PARAVIRT=y\nCONFIG_ACPI=y\n${text}`,
      complete,
    );
    const advised = new Set(report.findings.filter(({ advice }) => advice.length > 0).map(({ rule }) => rule.id));
    const hidden = ['PVH', 'SWIOTLB_XEN'];
    expect(
      fixed.findings
        .filter(({ rule, symbol }) => advised.has(rule.id) && !hidden.includes(symbol ?? ''))
        .map(({ message }) => message),
    ).toEqual([]);
  });

  it('holds settings alone, not the waiver that a faulty one should be', () => {
    const text = '# kconfig-lint-disable-next-line unmet-dependency\nCONFIG_PSI = y\n';
    const document = parseConfigText(text, 'x.config', { kind: 'fragment' });
    const report = waiveOwn(lint({ document, library: builtIn.library, checks }), {
      today: '2026-01-01',
      kernelChecks: new Set(),
      knowsRule: () => true,
      rules: new Set(),
    });
    expect(report.findings.map(({ rule }) => rule.id)).toContain('faulty-waiver');
    const lines = print(fragmentReporter, [report]).split('\n');
    expect(lines.filter((line) => !/^# (?:For|\S+: )/.test(line))).toEqual(['CONFIG_PSI=y', '']);
    expect(lines.join()).not.toContain('kconfig-lint-disable');
  });

  it('is empty where nothing is to be done', () => {
    expect(print(fragmentReporter, [psi('CONFIG_PSI=y\n')])).toBe('');
  });
});

it('profiles are chosen for these tests as users choose them', () => {
  expect(choose(builtIn.library, 'xen-guest-pvh')).toHaveLength(1);
});
