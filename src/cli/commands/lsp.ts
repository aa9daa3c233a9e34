/** `lsp`: the language server, for editors. */
import { join } from 'node:path';
import type { ExitCode, GitHost, Host, KernelHost } from '../../host.ts';
import type { OptionSpec, RawOptions } from '../options.ts';
import { reportUsage } from '../usage.ts';
import { version } from '../version.ts';

export const lspOptions: readonly OptionSpec[] = [
  { name: 'stdio', type: 'flag', describe: 'Speak over standard input and output; the only way there is' },
  {
    name: 'clientProcessId',
    type: 'number',
    placeholder: 'ID',
    describe: 'Process of the editor; the server ends when it is gone',
  },
];

/** Serves until the editor says exit, or is gone. */
export async function runLsp(raw: RawOptions, host: Host, kernel: KernelHost, git: GitHost): Promise<ExitCode> {
  if (raw.files.length > 0 || raw['stdio'] !== true) {
    const message = raw.files.length > 0 ? 'lsp takes no files' : 'how to speak to the editor was not named';
    const help = 'editors start it as: kconfig-lint lsp --stdio (see docs/language-server.md)';
    return reportUsage([{ message, help }], raw, host);
  }
  const { serve } = await import('../../lsp/start.ts');
  const { stdin: input, stdout: output } = process;
  const rules = join(import.meta.dirname, '../rules');
  const client = raw['clientProcessId'];
  const processId = typeof client === 'number' ? client : null;
  return (await serve({ input, output, host, kernel, git, rules, version, processId })) as ExitCode;
}
