/** Completion for shells: the scripts that `completion` prints, and the words that they ask the program for. */
import type { OptionSpec } from './options.ts';

/** What completion needs to know of a command. */
export interface Completed {
  readonly name: string;
  readonly usage: string;
  readonly describe: string;
  readonly options: readonly OptionSpec[];
}

export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * The scripts ask `kconfig-lint --get-yargs-completions [--with-descriptions] WORDS…`, the word at the cursor last, and get one word a
 * line, behind a tab what it means. Files are left to the shell.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `# bash completion for kconfig-lint: source this, or put it into ~/.local/share/bash-completion/completions/kconfig-lint
_kconfig_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}"
  mapfile -t COMPREPLY < <(
    compgen -W "$("\${COMP_WORDS[0]}" --get-yargs-completions "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$current"
    [[ $current == -* ]] || compgen -f -- "$current"
  )
}
complete -o filenames -F _kconfig_lint kconfig-lint
`,
  zsh: `#compdef kconfig-lint
# zsh completion for kconfig-lint: source this behind compinit, or put it into a folder of $fpath as _kconfig-lint
_kconfig_lint() {
  local line
  local -a described
  for line in "\${(@f)$("\${words[1]}" --get-yargs-completions --with-descriptions "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#described )) && _describe -V kconfig-lint described
  [[ $PREFIX == -* ]] || _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _kconfig_lint "$@"; else compdef _kconfig_lint kconfig-lint; fi
`,
  fish: `# fish completion for kconfig-lint: put this into ~/.config/fish/completions/kconfig-lint.fish
function __kconfig_lint
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    $program --get-yargs-completions --with-descriptions $words (commandline -ct) 2>/dev/null
end
complete -c kconfig-lint -a '(__kconfig_lint)'
`,
};

/** What could stand at the place of the last word. */
export function candidatesFor(
  words: readonly string[],
  commands: readonly Completed[],
  profileNames: () => readonly Candidate[],
): Candidate[] {
  const current = words.at(-1) ?? '';
  const command = commands.find(({ name }) => name === words[0]) ?? (commands[0] as Completed);
  return candidates(words, current, command, commands, profileNames).filter(({ word }) => word.startsWith(current));
}

function candidates(
  words: readonly string[],
  current: string,
  command: Completed,
  commands: readonly Completed[],
  profileNames: () => readonly Candidate[],
): readonly Candidate[] {
  const before = words.at(-2);
  const option = command.options.find(({ name, alias }) => before === `--${name}` || before === `-${alias}`);
  if (option?.choices !== undefined) return option.choices.map(plain);
  if (option?.name === 'profile') return profileNames();
  // A value that only its user knows, or a file, which the shell completes.
  if (option !== undefined && option.type !== 'flag') return [];
  const isFirst = words.length <= 1;
  if (current.startsWith('-')) return optionWords(command);
  if (isFirst) {
    const all = commands.map(({ name, describe }) => ({ word: name, about: describe }));
    return [...all, { word: 'completion', about: 'Print a completion script' }];
  }
  if (words[0] === 'completion') return words.length === 2 ? Object.keys(completionScripts).map(plain) : [];
  const inner = words.length === 2 ? subcommands(command).map(plain) : [];
  if (['profiles', 'explain'].includes(command.name)) return [...inner, ...profileNames()];
  return inner.length > 0 ? inner : current === '' ? optionWords(command) : [];
}

function optionWords({ options }: Completed): Candidate[] {
  const own = options.map(({ name, describe }) => ({ word: `--${name}`, about: describe }));
  return [...own, { word: '--help', about: 'Show help' }];
}

function plain(word: string): Candidate {
  return { word, about: '' };
}

/** `build` and `list` of `$0 model build|list`. */
function subcommands({ name, usage }: Completed): readonly string[] {
  const rest = usage.startsWith(`$0 ${name} `) ? usage.slice(name.length + 4) : '';
  return /^\[?([a-z]+(?:\|[a-z]+)*)\]?(?: |$)/.exec(rest)?.[1]?.split('|') ?? [];
}

/** One candidate a line; a description is one line too. */
export function completionText(found: readonly Candidate[], withDescriptions: boolean): string {
  return found
    .map(
      ({ word, about }) => `${word}${withDescriptions && about !== '' ? `\t${about.replaceAll(/\s+/g, ' ')}` : ''}\n`,
    )
    .join('');
}
