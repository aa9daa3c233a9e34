/** `extract`: prints the config that lies in a kernel image, or is compressed in any way, as it is. */
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { readDocument } from '../../project/read.ts';
import { type OptionSpec, type RawOptions, textOption } from '../options.ts';
import { failureText, reportUsage } from '../usage.ts';
import { writeText } from './resolve.ts';

export const extractOptions: readonly OptionSpec[] = [
  {
    name: 'output',
    alias: 'o',
    type: 'string',
    placeholder: 'FILE',
    describe: 'Write the config to a file instead of standard output',
  },
];

export function runExtract(raw: RawOptions, host: Host): ExitCode {
  const [path, ...more] = raw.files;
  if (path === undefined || more.length > 0) {
    return reportUsage(
      [{ message: 'extract takes one file', help: 'kconfig-lint extract vmlinux > .config' }],
      raw,
      host,
    );
  }
  const output = textOption(raw, 'output');
  if (output !== undefined && path !== '-' && host.sameFile(path, output)) {
    return reportUsage(
      [{ message: `the config would overwrite ${output}`, help: 'name another file with --output' }],
      raw,
      host,
    );
  }
  const document = readDocument(path, host, { kind: 'auto', stdinName: '<stdin>', keep: true });
  if (!('scanned' in document)) {
    host.writeError(failureText(document));
    return Exit.unreadable;
  }
  return writeText(document.source.text, raw, host);
}
