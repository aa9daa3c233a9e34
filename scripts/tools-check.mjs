/** Holds what we print against the real programs that read it: shells, editors, manual page readers, report readers. Each that cannot be had is skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-tools-'));
const home = join(folder, 'home');
const counts = { passed: 0, failed: 0, skipped: 0 };

function expect(what, holds, detail = '') {
  counts[holds ? 'passed' : 'failed']++;
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : `\n${detail}`}`);
}

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

/** As root on Debian, gets what is not there. */
function install() {
  const lacking = Object.keys(packages).filter((program) => !has(program));
  if (lacking.length === 0 || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`installing ${lacking.map((program) => packages[program]).join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
  for (const program of lacking)
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', packages[program]], {
      env,
      stdio: 'ignore',
    });
}

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
    counts.skipped++;
    console.log(
      `SKIPPED: ${name}: ${lacking.join(', ')} cannot be had here (Debian: ${lacking.map((program) => packages[program]).join(', ')})`,
    );
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
      rmSync(result, { force: true });
      const keys = `zpty -w -n z $'kconfig-lint ${words.join(' ')}\\t'; sleep 1.5; zpty -w -n z $'\\C-x\\C-f'; sleep 0.5`;
      const script = `zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'source ${join(folder, 'rc.zsh')}'; sleep 2; ${keys}; zpty -d z`;
      const { all } = call('zsh', ['-f', '-c', script]);
      const line = existsSync(result) ? readFileSync(result, 'utf8').trim() : all;
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

const vimTypes = { error: 'e', warning: 'w', info: 'n' };

function checkVim() {
  check('the quickfix list of Vim', ['vim'], () => {
    mkdirSync(join(home, '.vim/compiler'), { recursive: true });
    writeFileSync(join(home, '.vim/compiler/kconfig-lint.vim'), snippet('vim'));
    const script = `set nocp shellpipe=>%s\nset rtp^=${join(home, '.vim')}\ncompiler kconfig-lint\nsilent make! a\\ b.config\ncall writefile([json_encode(map(getqflist(), {_, each -> [each.lnum, each.type, each.text, bufname(each.bufnr)]}))], '${join(folder, 'vim.json')}')\nqall!\n`;
    writeFileSync(join(folder, 'quickfix.vim'), script);
    call('vim', ['-es', '-u', 'NONE', '-N', '-S', join(folder, 'quickfix.vim')]);
    const found = JSON.parse(readFileSync(join(folder, 'vim.json'), 'utf8'));
    same(
      'Vim reads places, kinds and messages',
      found,
      truth().map(({ line, severity, message, rule }) => [
        line,
        vimTypes[severity],
        `${message} [${rule}]`,
        'a b.config',
      ]),
    );
  });
  check('the lint-formats of efm in Vim', ['vim'], () => {
    const formats = [...snippet('efm').matchAll(/^ +- '(.*)'$/gm)].map(([, format]) => format.replaceAll(' ', '\\ '));
    const lines = join(folder, 'unix.txt');
    writeFileSync(lines, lint('a b.config', '-f', 'unix'));
    writeFileSync(
      join(folder, 'efm.vim'),
      `set efm=${formats.join(',')}\ncgetfile ${lines}\ncall writefile([json_encode(map(getqflist(), {_, each -> [each.lnum, each.type, each.valid]}))], '${join(folder, 'efm.json')}')\nqall!\n`,
    );
    call('vim', ['-es', '-u', 'NONE', '-N', '-S', join(folder, 'efm.vim')]);
    same(
      'they read every line',
      JSON.parse(readFileSync(join(folder, 'efm.json'), 'utf8')),
      truth().map(({ line, severity }) => [line, vimTypes[severity], 1]),
    );
  });
  check('ALE in Vim', ['vim', '/usr/share/vim-ale/autoload/ale.vim'], () => {
    const result = join(folder, 'ale.json');
    const script = `set nocp hidden\nfiletype on\nset rtp^=/usr/share/vim-ale\nlet g:ale_lint_on_enter = 1\nlet g:ale_lint_delay = 0\nruntime plugin/ale.vim\n${snippet('ale')}\nedit a\\ b.config\nfunction! Wait()\n  for i in range(150)\n    sleep 100m\n    if !empty(get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])) | break | endif\n  endfor\n  call writefile([json_encode(map(copy(get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])), {_, each -> [each.lnum, each.type, each.code]}))], '${result}')\n  qall!\nendfunction\nALELint\ncall Wait()\n`;
    writeFileSync(join(folder, 'ale.vim'), script);
    const { all } = call('vim', ['-E', '-s', '-u', 'NONE', '-N', '-S', join(folder, 'ale.vim')]);
    const types = { error: 'E', warning: 'W', info: 'I' };
    const found = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : all;
    const expected = truth().map(({ line, severity, rule }) => [line, types[severity], rule]);
    same(
      'ALE runs it on the buffer and shows the findings',
      Array.isArray(found) ? found.map(String).sort() : found,
      expected.map(String).sort(),
    );
  });
}

function checkNeovim() {
  check('the linter of nvim-lint in Neovim', ['nvim'], () => {
    const result = join(folder, 'nvim.json');
    // The plug-in itself is not in Debian; what it hands to a linter and takes from it is.
    const script = `package.loaded.lint = { linters = {}, try_lint = function() end }\n${snippet('nvim-lint')}\nlocal linter = require('lint').linters['kconfig-lint']\nvim.cmd('edit a\\\\ b.config')\nlocal words = { linter.cmd }\nfor _, word in ipairs(linter.args) do table.insert(words, type(word) == 'function' and word() or word) end\nlocal lines = vim.api.nvim_buf_get_lines(0, 0, -1, true)\ntable.insert(lines, '')\nlocal output = vim.fn.system(words, lines)\nlocal found = linter.parser(output, 0)\nvim.diagnostic.set(vim.api.nvim_create_namespace('kconfig-lint'), 0, found)\nlocal file = io.open('${result}', 'w')\nfile:write(vim.json.encode(vim.diagnostic.get(0)))\nfile:close()\nvim.cmd('qall!')\n`;
    writeFileSync(join(folder, 'lint.lua'), script);
    const { all } = call('nvim', [
      '--headless',
      '-u',
      'NONE',
      '-c',
      `luafile ${join(folder, 'lint.lua')}`,
      '-c',
      'qall!',
    ]);
    if (!existsSync(result)) throw new Error(all);
    const kinds = { error: 1, warning: 2, info: 3 };
    const found = JSON.parse(readFileSync(result, 'utf8')).map(({ lnum, severity, code, source }) =>
      [lnum + 1, severity, code, source].join(),
    );
    same(
      'Neovim shows the findings of the buffer',
      found.sort(),
      truth()
        .map(({ line, severity, rule }) => [line, kinds[severity], rule, 'kconfig-lint'].join())
        .sort(),
    );
  });
}

function checkEmacs() {
  check('Flymake in Emacs', ['emacs'], () => {
    writeFileSync(join(folder, 'setup.el'), snippet('emacs'));
    const script = `(load "${join(folder, 'setup.el')}" nil t)
(find-file "a b.config")
(let ((flymake flymake-mode) (result nil) (tries 0))
  (kconfig-lint-flymake (lambda (found &rest _) (setq result (or found t))))
  (while (and (not result) (< tries 300)) (accept-process-output nil 0.1) (setq tries (1+ tries)))
  (princ (json-encode (list (cons 'mode (if flymake t :json-false))
    (cons 'found (vconcat (mapcar (lambda (each) (vector (line-number-at-pos (flymake-diagnostic-beg each)) (symbol-name (flymake-diagnostic-type each)) (flymake-diagnostic-text each))) result)))))))
(terpri)
(let ((pattern (cdr (assq 'kconfig-lint compilation-error-regexp-alist-alist))))
  (with-temp-buffer
    (insert-file-contents "unix.txt")
    (princ (json-encode (vector (count-lines (point-min) (point-max)) (how-many (car pattern) (point-min) (point-max)))))))`;
    writeFileSync(join(folder, 'run.el'), `(require 'json)\n${script}`);
    writeFileSync(join(folder, 'unix.txt'), lint('a b.config', '-f', 'unix'));
    const { out, all } = call('emacs', ['--batch', '-Q', '-l', join(folder, 'run.el')]);
    const [flymake = '', compile = ''] = out.trim().split('\n');
    if (!flymake.startsWith('{')) throw new Error(all);
    const { mode, found } = JSON.parse(flymake);
    const types = { error: ':error', warning: ':warning', info: ':note' };
    expect('Emacs turns Flymake on for a config', mode === true, flymake);
    same(
      'Flymake shows the findings of the buffer',
      found.map(String).sort(),
      truth()
        .map(({ line, severity, message, rule }) => [line, types[severity], `${message} [${rule}]`].join())
        .sort(),
    );
    const [lines, read] = JSON.parse(compile);
    expect('M-x compile reads every line', lines > 3 && lines === read, compile);
    writeFileSync(join(folder, 'compile.el'), snippet('emacs'));
    const compiled = call('emacs', [
      '--batch',
      '-Q',
      '--eval',
      '(setq byte-compile-error-on-warn t)',
      '-f',
      'batch-byte-compile',
      join(folder, 'compile.el'),
    ]);
    expect('Emacs compiles the set-up without a warning', compiled.status === 0, compiled.all);
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
  install();
  prepare();
  checkShells();
  checkManual();
  checkVim();
  checkNeovim();
  checkEmacs();
  checkReports();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { passed, failed, skipped } = counts;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
