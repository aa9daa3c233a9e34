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

/** What could stand somewhere: words of ours, files, or both. */
export interface Candidates {
  readonly words: readonly Candidate[];
  readonly files: boolean;
}

/** The line that tells a script to offer files as well. */
const filesLine = ':files\n';

/**
 * The scripts ask `kconfig-lint --get-yargs-completions --with-descriptions WORDS…`, the word at the cursor last, and get one word a
 * line, behind a tab what it means. Files are left to the shell.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `# bash completion for kconfig-lint: source this, or put it into ~/.local/share/bash-completion/completions/kconfig-lint
_kconfig_lint() {
  local line current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${COMP_WORDS[0]}" --get-yargs-completions --with-descriptions "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o filenames -F _kconfig_lint kconfig-lint
`,
  zsh: `#compdef kconfig-lint
# zsh completion for kconfig-lint: source this behind compinit, or put it into a folder of $fpath as _kconfig-lint
_kconfig_lint() {
  local line files
  local -a described
  for line in "\${(@f)$("\${words[1]}" --get-yargs-completions --with-descriptions "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      files=yes
    elif [[ $line == *$'\\t'* ]]; then
      described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    elif [[ -n $line ]]; then
      described+=("\${line//:/\\\\:}")
    fi
  done
  (( $#described )) && _describe -V kconfig-lint described
  [[ -z $files ]] || _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _kconfig_lint "$@"; else compdef _kconfig_lint kconfig-lint; fi
`,
  fish: `# fish completion for kconfig-lint: put this into ~/.config/fish/completions/kconfig-lint.fish
function __kconfig_lint
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program --get-yargs-completions --with-descriptions $words $current 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path $current
        else
            echo $line
        end
    end
end
complete -c kconfig-lint -f -a '(__kconfig_lint)'
`,
};

/** What could stand at the place of the last word. */
export function candidatesFor(
  words: readonly string[],
  commands: readonly Completed[],
  profileNames: () => readonly Candidate[],
): Candidates {
  const current = words.at(-1) ?? '';
  const command = commands.find(({ name }) => name === words[0]) ?? (commands[0] as Completed);
  const found = candidates(words, current, command, commands, profileNames);
  return { ...found, words: found.words.filter(({ word }) => word.startsWith(current)) };
}

function candidates(
  words: readonly string[],
  current: string,
  command: Completed,
  commands: readonly Completed[],
  profileNames: () => readonly Candidate[],
): Candidates {
  const before = words.at(-2);
  const option = command.options.find(({ name, alias }) => before === `--${name}` || before === `-${alias}`);
  if (option !== undefined && option.type !== 'flag') return valuesOf(option, profileNames);
  if (current.startsWith('-')) return { words: optionWords(command), files: false };
  if (words.length <= 1) {
    const all = commands.map(({ name, describe }) => ({ word: name, about: describe }));
    return { words: [...all, { word: 'completion', about: 'Print a completion script' }], files: true };
  }
  if (words[0] === 'completion')
    return { words: words.length === 2 ? Object.keys(completionScripts).map(plain) : [], files: false };
  const inner = words.length === 2 ? subcommands(command).map(plain) : [];
  if (['profiles', 'explain'].includes(command.name)) return { words: [...inner, ...profileNames()], files: false };
  return inner.length > 0
    ? { words: inner, files: false }
    : { words: current === '' ? optionWords(command) : [], files: true };
}

/** A value that only its user knows is nobody's to complete. */
function valuesOf(
  { name, choices, placeholder = '' }: OptionSpec,
  profileNames: () => readonly Candidate[],
): Candidates {
  const words = choices?.map(plain) ?? (name === 'profile' ? profileNames() : []);
  return { words, files: name === 'profile' || name === 'extra-symbols' || /FILE|DIR|BASE/.test(placeholder) };
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
export function completionText({ words, files }: Candidates, withDescriptions: boolean): string {
  if (!withDescriptions) return words.map(({ word }) => `${word}\n`).join('');
  const lines = words.map(({ word, about }) => `${word}${about === '' ? '' : `\t${about.replaceAll(/\s+/g, ' ')}`}\n`);
  return lines.join('') + (files ? filesLine : '');
}
