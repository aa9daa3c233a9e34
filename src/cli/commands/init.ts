/** `init`: stub. */
import type { ExitCode, Host } from '../../host.ts';
import type { RawOptions } from '../options.ts';

export function runInit(_raw: RawOptions, _host: Host): ExitCode {
  return 0;
}
