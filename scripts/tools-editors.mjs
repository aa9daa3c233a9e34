/** The set-ups of docs/editors.md in the editors that they are for. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const vimTypes = { error: 'e', warning: 'w', info: 'n' };

export function checkVim({ folder, home, call, lint, check, same, snippet, truth }) {
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

export function checkNeovim({ folder, call, check, same, snippet, truth }) {
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

export function checkEmacs({ folder, call, lint, check, expect, same, snippet, truth }) {
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
