/** The one table of options: help, completion, error messages and both parsers are made from it. */

export { asksOfBoot, flagOption, listOption, type RawOptions, rawList, textOption } from '../project/raw-options.ts';

export interface OptionSpec {
  readonly name: string;
  readonly alias?: string;
  readonly type: 'string' | 'list' | 'flag' | 'number';
  readonly choices?: readonly string[];
  readonly placeholder?: string;
  readonly describe: string;
  readonly default?: string | number;
}

export const formats = [
  'text',
  'json',
  'ndjson',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjsonl',
  'unix',
  'markdown',
  'html',
  'fragment',
] as const;
export const failOnChoices = ['error', 'warning', 'info', 'never'] as const;

const profile: OptionSpec = {
  name: 'profile',
  alias: 'p',
  type: 'list',
  placeholder: 'NAME',
  describe: 'Platform to check for: NAME, NAME@VERSION, all, or the path of your own YAML; repeatable',
};

const targetOptions: readonly OptionSpec[] = [
  {
    name: 'kernel',
    type: 'string',
    placeholder: 'VERSION',
    describe: 'Kernel version, where the file does not say it',
  },
  { name: 'arch', type: 'string', placeholder: 'ARCH', describe: 'Architecture: x86_64, arm64, riscv …' },
  {
    name: 'kind',
    type: 'string',
    choices: ['auto', 'complete', 'fragment'],
    default: 'auto',
    describe: 'Whether silence means off (complete) or nothing (fragment)',
  },
  {
    name: 'boot',
    type: 'list',
    placeholder: 'FACT',
    describe: 'What holds at boot: initrd, no-modules, pci, cgroup-v1; deny one with no-FACT; repeatable',
  },
];

/** What the kernel is started with. */
const bootOptions: readonly OptionSpec[] = [
  {
    name: 'cmdline',
    type: 'string',
    placeholder: 'TEXT',
    describe: 'Kernel command line that the configs will run with',
  },
  {
    name: 'cmdline-file',
    type: 'string',
    placeholder: 'FILE',
    describe: 'A file that holds the command line, such as /proc/cmdline',
  },
  {
    name: 'manifest',
    type: 'list',
    placeholder: 'FILE',
    describe:
      'VM manifest to take machine, command line and profile from: Virtink, KubeVirt, Firecracker, Cloud Hypervisor, xl.cfg; repeatable',
  },
];

/** What is known of a kernel's Kconfig, and what fragments are merged onto. */
const kconfigOptions: readonly OptionSpec[] = [
  {
    name: 'base',
    alias: 'b',
    type: 'string',
    placeholder: 'BASE',
    describe: 'What each fragment is merged onto: none, defconfig, allnoconfig, NAME_defconfig, or a file',
  },
  {
    name: 'toolchain',
    type: 'string',
    placeholder: 'NAME',
    describe: 'Compiler to assume where nothing records one: gcc-12',
  },
  { name: 'model', type: 'string', placeholder: 'FILE', describe: 'A model that "model build" wrote' },
  { name: 'tree', type: 'string', placeholder: 'DIR', describe: 'A kernel tree, instead of a model' },
  {
    name: 'extra-symbols',
    type: 'list',
    placeholder: 'NAME',
    describe: 'Symbols of patches: a name, a pattern, or a file or pattern of files that name them; repeatable',
  },
  {
    name: 'kconfig',
    type: 'string',
    choices: ['auto', 'off'],
    default: 'auto',
    describe: 'Ask the Kconfig of the kernel, where the kernel is known and a model ships',
  },
];

const outputOptions: readonly OptionSpec[] = [
  {
    name: 'output',
    alias: 'o',
    type: 'list',
    placeholder: '[FORMAT=]FILE',
    describe: 'Write a report to a file as well; repeatable',
  },
  { name: 'color', type: 'string', choices: ['auto', 'always', 'never'], default: 'auto', describe: 'Colours in text' },
];

const stdinName: OptionSpec = {
  name: 'stdin-filename',
  type: 'string',
  placeholder: 'NAME',
  describe: 'Name for what is read from "-"',
};

/** How many files are judged at once, and what is kept of it. */
const fleetOptions: readonly OptionSpec[] = [
  {
    name: 'jobs',
    alias: 'j',
    type: 'string',
    placeholder: 'N',
    default: 'auto',
    describe: 'Threads to judge files with: a number, or auto, which takes more than one where that pays',
  },
  { name: 'cache', type: 'flag', describe: 'Keep what files come to, and look there first the next time' },
  {
    name: 'cache-dir',
    type: 'string',
    placeholder: 'DIR',
    describe: 'Folder of the cache, which implies --cache; else ~/.cache/kconfig-lint',
  },
  { name: 'no-cache', type: 'flag', describe: 'Neither keep nor look, whatever --cache says' },
];

/** Where settings come from, and what is known already. */
const projectOptions: readonly OptionSpec[] = [
  {
    name: 'config',
    type: 'string',
    placeholder: 'FILE',
    describe: 'Project file instead of the nearest .kconfig-lint.yaml',
  },
  { name: 'no-project', type: 'flag', describe: 'Leave every project file aside' },
  {
    name: 'config-ref',
    type: 'string',
    placeholder: 'REF',
    describe: 'Project file, waivers and baseline as they are in git at REF, or at the base of the pull request (base)',
  },
  {
    name: 'since',
    type: 'string',
    placeholder: 'REF',
    describe: 'Only verdicts that were others in git at REF, or at base',
  },
  { name: 'baseline', type: 'string', placeholder: 'FILE', describe: 'Findings that are known: counted, not shown' },
  { name: 'update-baseline', type: 'flag', describe: 'Write all that is found to the baseline' },
  { name: 'prune-baseline', type: 'flag', describe: 'Take out of the baseline what is found no more' },
  {
    name: 'print-config',
    type: 'string',
    placeholder: 'FILE',
    describe: 'Print the settings of a file and where each comes from',
  },
];

/** For runs that are parts of something larger. */
const partOptions: readonly OptionSpec[] = [
  {
    name: 'shard',
    type: 'string',
    placeholder: 'I/N',
    describe: 'Check only the I-th of N parts of the inputs, chosen by content; merge-reports puts them together',
  },
  {
    name: 'node',
    type: 'string',
    placeholder: 'NAME',
    describe: 'Machine that the report is of, for merge-reports',
  },
];

const followSymlinks: OptionSpec = {
  name: 'follow-symlinks',
  type: 'flag',
  describe: 'Let what is to be changed be a symbolic link: the file that it leads to is',
};

export const checkOptions: readonly OptionSpec[] = [
  profile,
  ...targetOptions,
  ...bootOptions,
  ...kconfigOptions,
  { name: 'fix', type: 'flag', describe: 'Change the files so that what can be fixed is, and report what is left' },
  followSymlinks,
  { name: 'redundant', type: 'flag', describe: 'Note settings that the kernel comes to anyway' },
  { name: 'format', alias: 'f', type: 'string', choices: formats, default: 'text', describe: 'How to report' },
  ...outputOptions,
  {
    name: 'fail-on',
    type: 'string',
    choices: failOnChoices,
    default: 'error',
    describe: 'The mildest finding that makes the exit code 1',
  },
  { name: 'max-warnings', type: 'number', placeholder: 'N', describe: 'More warnings than this make the exit code 1' },
  ...partOptions,
  { name: 'watch', type: 'flag', describe: 'Check again whenever a config, a rule file or the project config changes' },
  { name: 'quiet', alias: 'q', type: 'flag', describe: 'Only errors' },
  {
    name: 'verbose',
    alias: 'v',
    type: 'flag',
    describe: 'Everything: each finding in full, what is not known, what does not apply',
  },
  ...fleetOptions,
  ...projectOptions,
  stdinName,
];

export const initOptions: readonly OptionSpec[] = [{ name: 'yes', alias: 'y', type: 'flag', describe: 'Ask nothing' }];

export const fixOptions: readonly OptionSpec[] = [
  profile,
  ...targetOptions,
  ...bootOptions,
  ...kconfigOptions.filter(({ name }) => name !== 'kconfig' && name !== 'extra-symbols'),
  {
    name: 'format',
    alias: 'f',
    type: 'string',
    choices: ['text', 'diff', 'fragment', 'scripts-config', 'json'],
    default: 'text',
    describe: 'How to print what to change',
  },
  { name: 'write', alias: 'w', type: 'flag', describe: 'Change the files' },
  followSymlinks,
  ...projectOptions.filter(({ name }) => name === 'config' || name === 'no-project'),
  { name: 'quiet', alias: 'q', type: 'flag', describe: 'Only what is an error' },
  outputOptions[1] as OptionSpec,
  stdinName,
];

const dataFormat: OptionSpec = {
  name: 'format',
  alias: 'f',
  type: 'string',
  choices: ['text', 'json'],
  default: 'text',
  describe: 'How to print',
};

const color = outputOptions[1] as OptionSpec;

export const profilesOptions: readonly OptionSpec[] = [
  ...targetOptions
    .filter(({ name }) => name === 'kernel' || name === 'arch')
    .map((each) => ({ ...each, describe: `${each.describe.split(/[,:]/)[0]} that conflicts are looked for on` })),
  dataFormat,
  color,
];
export const capabilitiesOptions: readonly OptionSpec[] = [...targetOptions, dataFormat, color, stdinName];
export const rulesOptions: readonly OptionSpec[] = [dataFormat, color];
export const explainOptions: readonly OptionSpec[] = [
  profile,
  {
    name: 'config',
    alias: 'c',
    type: 'string',
    placeholder: 'FILE',
    describe: 'A config to evaluate dependencies against',
  },
  ...targetOptions.filter(({ name }) => name === 'kernel' || name === 'arch'),
  dataFormat,
  color,
];
export const diffOptions: readonly OptionSpec[] = [
  profile,
  ...targetOptions,
  ...kconfigOptions.filter(({ name }) => name !== 'kconfig' && name !== 'extra-symbols'),
  { ...dataFormat, choices: ['text', 'json', 'patch'] },
  color,
  stdinName,
];
export const matrixOptions: readonly OptionSpec[] = [
  profile,
  ...targetOptions,
  ...bootOptions,
  { ...dataFormat, choices: ['text', 'json', 'markdown', 'html', 'svg'] },
  color,
  { ...(checkOptions.find(({ name }) => name === 'fail-on') as OptionSpec) },
  ...projectOptions.filter(({ name }) => name === 'config'),
  stdinName,
];

const modelOptions: readonly OptionSpec[] = [
  {
    name: 'kernel',
    type: 'string',
    placeholder: 'VERSION',
    describe: 'Kernel release; without it the one that the base names',
  },
  {
    name: 'arch',
    type: 'string',
    placeholder: 'ARCH',
    describe: 'Architecture as in "make ARCH=": x86_64, x86, arm64, riscv, arm …',
  },
  { name: 'model', type: 'string', placeholder: 'FILE', describe: 'A model that "model build" wrote' },
  { name: 'tree', type: 'string', placeholder: 'DIR', describe: 'A kernel tree, instead of a model' },
  {
    name: 'allow-shell',
    type: 'flag',
    describe: 'Let the tree run its shell commands to ask the toolchain; never on a tree you do not trust',
  },
];

export const resolveOptions: readonly OptionSpec[] = [
  ...modelOptions,
  {
    name: 'base',
    alias: 'b',
    type: 'string',
    placeholder: 'BASE',
    describe: 'none, defconfig, allnoconfig, NAME_defconfig, or a file; without it the first file is the base',
  },
  {
    name: 'toolchain',
    type: 'string',
    placeholder: 'NAME',
    describe: 'Compiler to assume where the base does not record one: gcc-12',
  },
  { name: 'savedefconfig', type: 'flag', describe: 'Print only what differs from the defaults' },
  { name: 'listnewconfig', type: 'flag', describe: 'Print the symbols that base and fragments do not settle' },
  {
    name: 'output',
    alias: 'o',
    type: 'string',
    placeholder: 'FILE',
    describe: 'Write the config to a file instead of standard output',
  },
  { name: 'quiet', alias: 'q', type: 'flag', describe: 'Say nothing of models, doubts and lines not taken' },
  stdinName,
];

export const stackOptions: readonly OptionSpec[] = [
  profile,
  targetOptions.find(({ name }) => name === 'boot') as OptionSpec,
  ...bootOptions,
  ...resolveOptions.filter(({ name }) =>
    ['kernel', 'arch', 'model', 'tree', 'allow-shell', 'base', 'toolchain'].includes(name),
  ),
  { ...dataFormat, choices: ['text', 'json', 'fragment'], describe: 'How to print; fragment is only what to add' },
  color,
  {
    name: 'final',
    type: 'string',
    placeholder: 'FILE',
    describe: 'The .config that was built: name what is not in it',
  },
  { name: 'verbose', alias: 'v', type: 'flag', describe: 'Name every setting' },
  stdinName,
];

export const fragmentOptions: readonly OptionSpec[] = [
  profile,
  targetOptions.find(({ name }) => name === 'boot') as OptionSpec,
  ...resolveOptions.filter(({ name }) =>
    ['kernel', 'arch', 'model', 'tree', 'allow-shell', 'toolchain'].includes(name),
  ),
  {
    name: 'base',
    alias: 'b',
    type: 'string',
    placeholder: 'BASE',
    default: 'none',
    describe: 'What the fragment is for: none, defconfig, allnoconfig, NAME_defconfig, or a file',
  },
  { ...dataFormat, describe: 'How to print; text is the fragment' },
  { name: 'quiet', alias: 'q', type: 'flag', describe: 'Only what is an error' },
];

export const upgradeOptions: readonly OptionSpec[] = [
  {
    name: 'from',
    type: 'string',
    placeholder: 'VERSION',
    describe: 'Kernel release of today; without it the one that the config names',
  },
  { name: 'to', type: 'string', placeholder: 'VERSION', describe: 'Kernel release to come' },
  ...resolveOptions.filter(({ name }) => name === 'arch' || name === 'base' || name === 'toolchain'),
  dataFormat,
  color,
  { name: 'verbose', alias: 'v', type: 'flag', describe: 'Name every setting' },
  stdinName,
];

export const modelBuildOptions: readonly OptionSpec[] = [
  ...modelOptions.filter(({ name }) => name !== 'model' && name !== 'kernel'),
  {
    name: 'output',
    alias: 'o',
    type: 'string',
    placeholder: 'FILE',
    describe: 'Where the model is written; RELEASE-ARCH.kmodel without it',
  },
  color,
];
