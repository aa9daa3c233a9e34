/** The inputs of the GitHub Action. action.yml and the docs are made from this table, and so are the arguments of the command line. */

export interface ActionInput {
  readonly name: string;
  /**
   * `files` are what is checked, one a line; an `option` is that of `kconfig-lint check` by the same name, a `list` is one that may be
   * given several times, one a line; `names` may also have commas between them. A `flag` and a `text` are for the action itself.
   */
  readonly kind: 'files' | 'option' | 'list' | 'names' | 'flag' | 'text';
  readonly describe: string;
  readonly default?: string;
}

export const inputs: readonly ActionInput[] = [
  {
    name: 'files',
    kind: 'files',
    describe: 'Configs to check: files, folders or globs, one a line; without it those that the project file names',
  },
  {
    name: 'profile',
    kind: 'names',
    describe: 'Platforms to check for, one a line: NAME, NAME@VERSION, all, or the path of your own YAML',
  },
  { name: 'config', kind: 'option', describe: 'Project file to use in place of the nearest .kconfig-lint.yaml' },
  { name: 'kernel', kind: 'option', describe: 'Kernel version, where the files do not say it: 6.12' },
  { name: 'arch', kind: 'option', describe: 'Architecture, where the files do not say it: x86_64, arm64, riscv' },
  {
    name: 'base',
    kind: 'option',
    describe: 'What each fragment is merged onto: none, defconfig, allnoconfig, NAME_defconfig, or a file',
  },
  { name: 'boot', kind: 'names', describe: 'What holds at boot, one a line: initrd, no-modules, pci, cgroup-v1' },
  { name: 'baseline', kind: 'option', describe: 'File of findings that are known: counted, not shown' },
  {
    name: 'config-ref',
    kind: 'option',
    describe:
      'Commit whose project file, waivers and baseline count; base is that of the pull request, which then cannot waive for itself',
  },
  {
    name: 'since',
    kind: 'option',
    describe: 'Commit to compare with: only requirements whose verdict changed since are findings',
  },
  { name: 'fail-on', kind: 'option', describe: 'Mildest finding that fails the step: error, warning, info or never' },
  { name: 'max-warnings', kind: 'option', describe: 'More warnings than this fail the step' },
  { name: 'format', kind: 'option', describe: 'How the log reports: text, json, unix, markdown and so on' },
  { name: 'output', kind: 'list', describe: 'More reports, one a line: FORMAT=FILE' },
  {
    name: 'annotations',
    kind: 'flag',
    default: 'true',
    describe: 'Mark findings in the files of the pull request, ten of a kind, the worst first',
  },
  {
    name: 'summary',
    kind: 'flag',
    default: 'true',
    describe: 'Write configs by platforms and all findings to the job summary',
  },
  { name: 'working-directory', kind: 'text', default: '.', describe: 'Folder to run in' },
];

export const outputs: readonly { readonly name: string; readonly describe: string }[] = [
  { name: 'errors', describe: 'Number of errors; empty where nothing was checked' },
  { name: 'warnings', describe: 'Number of warnings; empty where nothing was checked' },
  { name: 'unknown', describe: 'Number of requirements that could not be judged; empty where nothing was checked' },
  {
    name: 'sarif-file',
    describe: 'The SARIF report, for github/codeql-action/upload-sarif; empty where nothing was checked',
  },
  {
    name: 'exit-code',
    describe:
      '0 all well, 1 findings, 2 wrong usage, 3 an input could not be read, 4 a report could not be written, 70 a bug',
  },
];

/** What the workflow says; undefined where an input is left out or empty. */
export type ReadInput = (name: string) => string | undefined;

/** Inputs come as environment variables. */
export function inputReader(env: Readonly<Record<string, string | undefined>>): ReadInput {
  return (name) => {
    const value = env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };
}

export interface Invocation {
  /** Arguments of `kconfig-lint`. */
  readonly argv: readonly string[];
  readonly annotations: boolean;
  readonly summary: boolean;
  readonly workingDirectory: string;
  /** Where the workflow itself wants the SARIF report. */
  readonly sarif: string | undefined;
}

/** What the inputs ask for, or what is wrong with them. */
export function readInvocation(read: ReadInput): Invocation | { readonly fault: string } {
  const argv = ['check'];
  const flags = new Map<string, boolean>();
  for (const { name, kind } of inputs) {
    const value = read(name);
    if (kind === 'flag') {
      const flag = flagOf(value ?? 'true');
      if (flag === undefined) return { fault: `the input ${name} is "${value}"; write true or false` };
      flags.set(name, flag);
    } else if (value === undefined || kind === 'text') continue;
    else if (kind === 'option') argv.push(`--${name}=${value}`);
    else if (kind === 'list' || kind === 'names') {
      const separated = kind === 'names' ? value.replaceAll(',', '\n') : value;
      argv.push(...linesOf(separated).map((item) => `--${name}=${item}`));
    }
  }
  // What begins like an option is a file all the same.
  for (const line of linesOf(read('files') ?? '')) argv.push(line.startsWith('-') ? `./${line}` : line);
  return {
    argv,
    annotations: flags.get('annotations') === true,
    summary: flags.get('summary') === true,
    workingDirectory: read('working-directory') ?? '.',
    sarif: linesOf(read('output') ?? '')
      .find((line) => line.startsWith('sarif='))
      ?.slice('sarif='.length),
  };
}

/** As YAML 1.2 writes them, and with it the runner's own toolkit. */
function flagOf(text: string): boolean | undefined {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : undefined;
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
