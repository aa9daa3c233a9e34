/** `running`: checks the config of the kernel that runs here, wherever the machine keeps it. */
import type { ConfigDocument } from '../../config/document.ts';
import type { InputFailure } from '../../finding.ts';
import type { ExitCode, Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { readDocument } from '../../project/read.ts';
import { formatKernelVersion, parseKernelVersion } from '../../target.ts';
import { runCheck } from '../check.ts';
import { checkOptions, type OptionSpec, type RawOptions, textOption } from '../options.ts';
import type { Services } from '../services.ts';
import { reportUsage } from '../usage.ts';

const notOfWhatRuns = new Set(['stdin-filename', 'fix', 'follow-symlinks', 'shard']);

/** All that `check` has but a name for standard input and changing files: what runs cannot be changed, and is one. */
export const runningOptions: readonly OptionSpec[] = checkOptions.filter(({ name }) => !notOfWhatRuns.has(name));

const surest = '/proc/config.gz';

/** Where a machine keeps the config of a kernel, the surest first; the last ones hold it inside. */
const placesOf = (release: string): readonly string[] => [
  surest,
  `/boot/config-${release}`,
  `/lib/modules/${release}/config`,
  `/lib/modules/${release}/build/.config`,
  ...['', '.xz', '.zst', '.gz'].map((ending) => `/lib/modules/${release}/kernel/kernel/configs.ko${ending}`),
  `/lib/modules/${release}/vmlinuz`,
  `/boot/vmlinuz-${release}`,
];

export function runRunning(raw: RawOptions, host: Host, services: Services): ExitCode | Promise<ExitCode> {
  if (raw.files.length > 0) {
    const help = `kconfig-lint ${raw.files.map(visible).join(' ')} checks files`;
    return reportUsage([{ message: 'running takes no files: it finds the config by itself', help }], raw, host);
  }
  const release = readLine('/proc/sys/kernel/osrelease', host);
  if (release === undefined) {
    host.writeError(
      'kconfig-lint: nothing says here which Linux kernel runs: /proc/sys/kernel/osrelease is not there\n',
    );
    return runCheck({ ...raw, files: [surest] }, host, services);
  }
  const failures: InputFailure[] = [];
  for (const path of placesOf(release)) {
    if (host.pathKind(path) !== 'file') continue;
    const document = readDocument(path, host, { kind: 'complete', stdinName: '-', keep: false });
    if ('scanned' in document) return checkFound(path, document, release, failures, { raw, host, services });
    failures.push(document);
  }
  host.writeError(
    `kconfig-lint: Linux ${visible(release)} runs here, but its config is in none of ${placesOf(release).map(visible).join(', ')}; ` +
      'where it has CONFIG_IKCONFIG=m, "modprobe configs" brings /proc/config.gz\n',
  );
  // Reported as a file that could not be read, in whatever format was asked for.
  const files = failures.length > 0 ? failures.map(({ path }) => path) : [surest];
  return runCheck({ ...raw, files }, host, services);
}

interface Run {
  readonly raw: RawOptions;
  readonly host: Host;
  readonly services: Services;
}

function checkFound(
  path: string,
  { target }: ConfigDocument,
  release: string,
  passedOver: readonly InputFailure[],
  { raw, host, services }: Run,
): ExitCode | Promise<ExitCode> {
  for (const failure of passedOver) {
    host.writeError(`kconfig-lint: ${visible(failure.path)} was passed over: ${visible(failure.message)}\n`);
  }
  host.writeError(`kconfig-lint: Linux ${visible(release)} runs here; its config is ${visible(path)}\n`);
  const runs = parseKernelVersion(release);
  if (target.kernel !== undefined && runs !== undefined && seriesOf(target.kernel) !== seriesOf(runs)) {
    const other = formatKernelVersion(target.kernel);
    host.writeError(`kconfig-lint: but that config is of Linux ${other}: it may not be what runs\n`);
  }
  // A distribution's `uname -r` often stands for another patch level than the one it was built from; its config knows better.
  const kernel = target.kernel === undefined && textOption(raw, 'kernel') === undefined ? { kernel: release } : {};
  return runCheck({ ...raw, ...kernel, ...commandLine(raw, host), files: [path] }, host, services);
}

const seriesOf = (version: number): number => Math.floor(version / 1e3);

/** The command line that the kernel was started with, where `check` takes one and the user gave none. */
function commandLine(raw: RawOptions, host: Host): { readonly cmdline?: string } {
  const takesOne = checkOptions.some(({ name }) => name === 'cmdline');
  const isGiven = ['cmdline', 'cmdline-file', 'manifest'].some((name) => {
    const value = raw[name];
    return typeof value === 'string' || (Array.isArray(value) && value.length > 0);
  });
  const line = takesOne && !isGiven ? readLine('/proc/cmdline', host) : undefined;
  return line === undefined ? {} : { cmdline: line };
}

/** The first line of a small file; undefined where there is none. */
function readLine(path: string, host: Host): string | undefined {
  const read = host.readSource(path, { limit: 1 << 16, unzippedLimit: 1 << 16, keep: true });
  const line = 'error' in read ? '' : (read.text.split('\n')[0] as string).trim();
  return line === '' ? undefined : line;
}
