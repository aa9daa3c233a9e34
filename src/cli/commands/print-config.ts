/** `--print-config`: stub. */
import type { ExitCode, Host } from '../../host.ts';
import type { RawOptions } from '../options.ts';
import type { ProjectServices } from '../project-check.ts';

export function printConfig(_raw: RawOptions, _given: ReadonlySet<string>, _host: Host, _s: ProjectServices): ExitCode {
  return 0;
}
