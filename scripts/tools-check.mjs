/** Holds what we print against the real programs that read it: shells, editors, manual page readers, report readers. Each that cannot be had is skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';
import { createTally, installPackages } from './tally.mjs';
import { checkEmacs, checkNeovim, checkVim } from './tools-editors.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-tools-'));
const home = join(folder, 'home');
const { expect, skip, end } = createTally();

/** Program by the Debian package that has it. */
const packages = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  mandoc: 'mandoc',
  man: 'man-db',
  vim: 'vim',
  nvim: 'neovim',
  emacs: 'emacs-nox',
  xmllint: 'libxml2-utils',
  '/usr/lib/python3/dist-packages/junitparser': 'python3-junitparser',
  '/usr/share/vim-ale/autoload/ale.vim': 'vim-ale',
};

const has = (program) =>
  program.startsWith('/') ? existsSync(program) : spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const env = {
  ...process.env,
  PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
  HOME: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  TERM: 'xterm',
  LC_ALL: 'C.UTF-8',
  NO_COLOR: '1',
};
delete env.NODE_EXTRA_CA_CERTS;

function call(program, args, input) {
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    input,
    timeout: 60_000,
    maxBuffer: 1e8,
  });
  return { out: stdout ?? '', err: stderr ?? '', all: `${stdout}${stderr}`, status };
}

const lint = (...args) => call('kconfig-lint', args).out;

/** Runs a check where its programs are there; a check that throws has failed. */
function check(name, programs, body) {
  const lacking = programs.filter((program) => !has(program));
  if (lacking.length > 0) {
    const wanted = lacking.map((program) => packages[program]).join(', ');
    skip(`${name}: ${lacking.join(', ')} cannot be had here (Debian: ${wanted})`);
    return;
  }
  try {
    body();
  } catch (error) {
    expect(name, false, error.stack);
  }
}

const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
function snippet(name) {
  const code = new RegExp(`<!-- snippet: ${name} -->\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (code === undefined) throw new Error(`docs/editors.md has no snippet ${name}`);
  return code;
}

const config =
  '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n# CONFIG_XEN is not set\nCONFIG_MEMCG = y\nCONFIG_A="\u00e4" # y\n';

function prepare() {
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(home, '.config'), { recursive: true });
  symlinkSync(join(root, 'dist/kconfig-lint.cjs'), join(folder, 'bin/kconfig-lint'));
  writeFileSync(join(folder, 'a b.config'), config);
  writeFileSync(join(folder, '.kconfig-lint.yaml'), '');
}

/** What the file comes to, as data. */
function truth(columns = 'start') {
  const [file] = JSON.parse(lint('a b.config', '-f', 'json')).files;
  return file.findings.map(({ location, severity, message, rule }) => ({
    line: location[columns].line,
    severity,
    message,
    rule,
  }));
}

const same = (what, found, expected) =>
  expect(
    what,
    JSON.stringify(found) === JSON.stringify(expected),
    `${JSON.stringify(found, null, 1)}\n is not\n${JSON.stringify(expected, null, 1)}`,
  );

const questions = [
  [['pro'], ['profiles']],
  [['check', '--format', 's'], ['sarif']],
  [['-f', 'h'], ['html']],
  [
    ['model', ''],
    ['build', 'list'],
  ],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['matrix', '--fail-on', 'n'], ['never']],
  [['check', '--max-w'], ['--max-warnings']],
  [
    ['check', '-p', 'krata-'],
    ['krata-host', 'krata-zone'],
  ],
];

function checkShells() {
  check('completion in bash', ['bash'], () => {
    for (const [words, expected] of questions) {
      const all = ['kconfig-lint', ...words].map((word) => `'${word}'`).join(' ');
      const script = `eval "$(kconfig-lint completion bash)"; COMP_WORDS=(${all}); COMP_CWORD=${words.length}; _kconfig_lint; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const found = call('bash', ['--norc', '-c', script])
        .out.trim()
        .split('\n')
        .filter((word) => word !== 'bin' && word !== 'home' && !word.startsWith('.') && !word.includes('.config'))
        .sort();
      same(`bash completes ${words.join(' ')}`, found, expected);
    }
  });
  check('completion in fish', ['fish'], () => {
    for (const [words, expected] of questions) {
      const script = `kconfig-lint completion fish | source; complete -C 'kconfig-lint ${words.join(' ')}'`;
      const lines = call('fish', ['--no-config', '-c', script])
        .out.trim()
        .split('\n')
        .filter((line) => !/^(?:bin\/|home\/|\.kconfig|a b)/.test(line));
      same(`fish completes ${words.join(' ')}`, lines.map((line) => line.split('\t')[0]).sort(), expected);
      if (words[0] === 'pro')
        expect(
          'fish describes what it completes',
          lines[0] === 'profiles\tList, show, compare, find contradictions',
          lines[0],
        );
    }
  });
  check('completion in zsh', ['zsh'], () => {
    const result = join(folder, 'zsh.txt');
    // What is on the line after a tab is written down by a key of our own; only what has one answer stands there.
    const rc = `autoload -U compinit; compinit -u -D; eval "$(kconfig-lint completion zsh)"; PS1=; bindkey -e
finish() { print -r -- "$BUFFER" > ${result}; exit }; zle -N finish; bindkey '^X^F' finish
`;
    writeFileSync(join(folder, 'rc.zsh'), rc);
    for (const [words, expected] of questions.filter(([, answers]) => answers.length === 1)) {
      // A busy machine needs longer to start a shell than an idle one.
      let line = '';
      for (const seconds of [1.5, 5, 15]) {
        rmSync(result, { force: true });
        const keys = `zpty -w -n z $'kconfig-lint ${words.join(' ')}\\t'; sleep ${seconds}; zpty -w -n z $'\\C-x\\C-f'; sleep 0.5`;
        const start = `zpty z zsh -f -i; zpty -w z 'source ${join(folder, 'rc.zsh')}'; sleep ${seconds}`;
        const { all } = call('zsh', ['-f', '-c', `zmodload zsh/zpty; ${start}; ${keys}; zpty -d z`]);
        line = existsSync(result) ? readFileSync(result, 'utf8').trim() : all;
        if (line.endsWith(` ${expected[0]}`)) break;
      }
      same(`zsh completes ${words.join(' ')}`, line.split(' ').at(-1), expected[0]);
    }
  });
}

function checkManual() {
  const file = join(root, 'man/kconfig-lint.1');
  check('the manual page', ['mandoc'], () => {
    const { all } = call('mandoc', ['-Tlint', file]);
    expect('mandoc has nothing to say of the manual page', all.trim() === '', all);
    const text = call('mandoc', ['-Tascii', file]).out.replace(/.\u0008/g, '');
    for (const part of [
      'SYNOPSIS',
      'EXIT STATUS',
      'ENVIRONMENT',
      'FILES',
      'EXAMPLES',
      '--profile NAME',
      'kconfig-lint matrix',
    ])
      expect(`it has ${part}`, text.includes(part));
  });
  check('man', ['man'], () => {
    const { out, err, status } = call('man', ['--warnings', '-l', file]);
    expect('man shows it without a warning', status === 0 && out.includes('kconfig-lint') && err === '', err);
  });
}

function checkReports() {
  check('the report for JUnit readers', ['/usr/lib/python3/dist-packages/junitparser'], () => {
    const path = join(folder, 'junit.xml');
    writeFileSync(path, lint('a b.config', '-p', 'krata-zone', '-f', 'junit'));
    const script = `import sys, json\nfrom junitparser import JUnitXml\nxml = JUnitXml.fromfile(sys.argv[1])\nprint(json.dumps([[s.name, s.tests, s.failures, s.errors, s.skipped, sum(1 for _ in s)] for s in xml]))`;
    const { out, all } = call('/usr/bin/python3', ['-c', script, path]);
    if (out === '') throw new Error(all);
    const [[name, tests, failures, errors, skipped, cases]] = JSON.parse(out);
    expect(
      'junitparser reads the suite, its sums are those of its cases',
      name === 'a b.config' && tests === cases && failures > 0 && errors === 0 && skipped > 0,
      out,
    );
  });
  check('XML', ['xmllint'], () => {
    for (const format of ['junit', 'checkstyle']) {
      const { all, status } = call(
        'xmllint',
        ['--noout', '-'],
        lint('a b.config', 'gone.config', '-p', 'krata-zone', '-f', format),
      );
      expect(`xmllint takes ${format}`, status === 0 && all === '', all);
    }
    const { all, status } = call('xmllint', ['--noout', '-'], lint('matrix', 'a b.config', '-f', 'svg'));
    expect('xmllint takes the SVG of the matrix', status === 0 && all === '', all);
  });
}

try {
  const lacking = Object.keys(packages).filter((program) => !has(program));
  installPackages(lacking.map((program) => packages[program]));
  prepare();
  checkShells();
  checkManual();
  const tools = { folder, home, call, lint, check, expect, same, snippet, truth };
  checkVim(tools);
  checkNeovim(tools);
  checkEmacs(tools);
  checkReports();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
end();
