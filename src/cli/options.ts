/** The one table of options: help, completion, error messages and both parsers are made from it. */

export interface OptionSpec {
  readonly name: string;
  readonly alias?: string;
  readonly type: 'string' | 'list' | 'flag' | 'number';
  readonly choices?: readonly string[];
  readonly placeholder?: string;
  readonly describe: string;
  readonly default?: string | number;
}

export const formats = ['text', 'json', 'sarif', 'github', 'unix', 'markdown', 'fragment'] as const;
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

export const checkOptions: readonly OptionSpec[] = [
  profile,
  ...targetOptions,
  ...bootOptions,
  ...kconfigOptions,
  { name: 'fix', type: 'flag', describe: 'Change the files so that what can be fixed is, and report what is left' },
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
  { name: 'quiet', alias: 'q', type: 'flag', describe: 'Only errors' },
  {
    name: 'verbose',
    alias: 'v',
    type: 'flag',
    describe: 'Everything: each finding in full, what is not known, what does not apply',
  },
  stdinName,
];

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
  { ...dataFormat, choices: ['text', 'json', 'markdown'] },
  color,
  { ...(checkOptions.find(({ name }) => name === 'fail-on') as OptionSpec) },
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

/** Values by option name, as both parsers give them. */
export interface RawOptions {
  readonly files: readonly string[];
  readonly [name: string]: string | number | boolean | readonly string[] | undefined;
}

export function textOption(raw: RawOptions, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(raw: RawOptions, name: string): readonly string[] {
  const value = raw[name];
  // A comma separates too: --profile a,b.
  return Array.isArray(value) ? value.flatMap((item: string) => item.split(',')).filter((item) => item !== '') : [];
}

/** Values that may hold commas. */
export function rawList(raw: RawOptions, name: string): readonly string[] {
  const value = raw[name];
  return Array.isArray(value) ? (value as string[]) : [];
}

/** True where the run is about more than the configs: a command line or a manifest. */
export function asksOfBoot(raw: RawOptions): boolean {
  return raw['cmdline'] !== undefined || raw['cmdline-file'] !== undefined || rawList(raw, 'manifest').length > 0;
}

export function flagOption(raw: RawOptions, name: string): boolean {
  return raw[name] === true;
}
