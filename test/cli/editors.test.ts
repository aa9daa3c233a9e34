/** The set-ups of docs/editors.md over the program's own output; scripts/tools-check.mjs runs them in the real editors. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parse, run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { unixReporter } from '../../src/reporters/unix.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';
import { hostileReport } from '../support/hostile.ts';
import { allReports, print } from '../support/reports.ts';
import { snippetsOf } from '../support/snippets.ts';

const snippets = snippetsOf('docs/editors.md');
const snippet = (name: string) => {
  const code = snippets.get(name);
  if (code === undefined) throw new Error(`docs/editors.md has no snippet ${name}`);
  return code;
};

const files = {
  'dir/a b.config':
    '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n# CONFIG_XEN is not set\nCONFIG_MEMCG = y\n',
  'b.config': 'CONFIG_PSI=y\nCONFIG_PSI_DEFAULT_DISABLED=y\nfoo [bar]: baz\nCONFIG_A="x" # y\n',
};

function output(format: string): string {
  const host = memoryHost({ files });
  run(
    ['dir', 'b.config', '-p', 'krata-zone', '-p', 'kubernetes-psi', '-f', format],
    host,
    createKernelHost(join(root, 'models')),
  );
  return host.out();
}

interface JsonFinding {
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly severity: string;
  readonly message: string;
  readonly rule: string;
}

/** What every pattern must read out of the output. */
function expected() {
  const report = JSON.parse(output('json')) as { files: { path: string; findings: JsonFinding[] }[] };
  return report.files.flatMap(({ path, findings }) =>
    findings.map(({ location: { start }, severity, message, rule }) => ({
      path,
      line: start.line,
      column: start.column,
      severity: severity === 'info' ? 'note' : severity,
      message,
      rule,
    })),
  );
}

const found = (regexp: RegExp) =>
  output('unix')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, path, row, column, severity, message, rule] = regexp.exec(line) ?? [];
      return { path, line: Number(row), column: Number(column), severity, message, rule };
    });

describe('what editors are told to read', () => {
  it('is read as it was meant by the problem matcher of VS Code', () => {
    const [task] = JSON.parse(snippet('vscode')).tasks;
    const { pattern } = task.problemMatcher;
    expect(expected().length).toBeGreaterThan(5);
    expect(found(new RegExp(pattern.regexp))).toEqual(expected());
    expect([pattern.file, pattern.line, pattern.column, pattern.severity, pattern.message, pattern.code]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('is read so by the expression that stands below the grammar', () => {
    const page = snippetsOf('docs/editors.md');
    expect(page.size).toBe(9);
    expect(found(/^(.+?):(\d+):(\d+): (error|warning|note): (.+) \[(\S+)\]$/)).toEqual(expected());
  });

  it('keeps to the grammar whatever an input holds', () => {
    const rules = new Map(
      [...snippet('grammar').matchAll(/^(\w+) += (.+?)(?: +;.*)?$/gm)].map(([, name, rule]) => [
        name as string,
        rule as string,
      ]),
    );
    const expression = (name: string): string =>
      (rules.get(name) as string)
        .split(' / ')
        .map((choice) => (choice.match(/"[^"]*"|\S+/g) as string[]).map(partOf).join(''))
        .join('|');
    // What the page needs of ABNF: literals, repetitions, ranges and names.
    function partOf(part: string): string {
      const [, repeat, rest = ''] = /^(1\*)?(.*)$/.exec(part) as RegExpExecArray;
      const known: Readonly<Record<string, string>> = { DIGIT: '\\d', SP: ' ', HTAB: '\\t', LF: '\\n' };
      const range = /^%x([0-9A-F]+)-([0-9A-F]+)$/.exec(rest);
      const body = rest.startsWith('"')
        ? rest.slice(1, -1).replace(/[[\]().*+?]/g, '\\$&')
        : range !== null
          ? `[\\u{${range[1]}}-\\u{${range[2]}}]`
          : (known[rest] ?? `(?:${expression(rest)})`);
      return `${body}${repeat === undefined ? '' : '+'}`;
    }
    const line = new RegExp(`^${expression('finding')}$`, 'u');
    const reports = [...allReports(), hostileReport];
    const lines = print(unixReporter, reports).split(/(?<=\n)/);
    expect(lines.length).toBeGreaterThan(100);
    for (const each of lines) expect(each).toMatch(line);
    expect('no finding\n').not.toMatch(line);
  });

  it('is read so by the pattern of Emacs', () => {
    const source = /"(\^.*\$)"/.exec(snippet('emacs'))?.[1] as string;
    // The same in this language: groups and alternatives are bare there, literal parentheses none.
    const translated = source
      .replace(/\\\\([()|])/g, '$1')
      .replace(/\\\\([[\]])/g, '\\$1')
      .replace('[^][ \\t\\n]', '[^\\][ \\t\\n]');
    const read = output('unix')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, path, row, column, warning, note, message, rule] = new RegExp(translated).exec(line) ?? [];
        return { path, line: Number(row), column: Number(column), severity: warning ?? note ?? 'error', message, rule };
      });
    expect(read).toEqual(expected());
  });

  it('is called with options that there are', () => {
    const calls = [...snippets.values()].flatMap((code) => [
      ...[...code.matchAll(/(?:^|[ "'])kconfig-lint ([^"'|\n]*--?[^"'|\n]*)/gm)].map(([, words]) =>
        (words as string).trim().split(/\s+/),
      ),
    ]);
    const quoted = (code: string) => [...code.matchAll(/["'](-[\w-]*)["']/g)].map(([, word]) => word as string);
    for (const name of ['vscode', 'nvim-lint', 'emacs']) {
      expect(quoted(snippet(name)).length).toBeGreaterThan(0);
      calls.push(
        quoted(snippet(name)).flatMap((word) =>
          word === '--format' ? [word, 'unix'] : word === '--stdin-filename' ? [word, 'x'] : [word],
        ),
      );
    }
    expect(calls.length).toBeGreaterThan(4);
    for (const words of calls) {
      const host = memoryHost();
      const parsed = parse(
        words.map((word) => word.replace(/\\$/, '')),
        host,
      );
      expect('raw' in parsed, `${words.join(' ')}: ${host.err()}`).toBe(true);
    }
  });

  it('is YAML where it says so, with the formats of efm in one list', () => {
    const { tools } = parseYaml(snippet('efm'), { merge: true });
    expect(tools['kconfig-lint']['lint-formats']).toHaveLength(3);
    expect(parseYaml(snippet('gitlab'))['kconfig-lint'].artifacts.reports).toEqual({
      codequality: 'gl-code-quality-report.json',
      junit: 'kconfig.xml',
    });
  });

  it('is what reviewdog reads: one object a line', () => {
    const lines = output('rdjsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ code }) => code.value)).toEqual(expected().map(({ rule }) => rule));
    expect(snippet('reviewdog')).toContain('--format rdjsonl | reviewdog -f=rdjsonl ');
  });
});
