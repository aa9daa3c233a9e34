/** Targets with a command line and devices, for tests of rules that ask for them. */

import { parseCommandLine } from '../../src/artifacts/cmdline.ts';
import { createSource } from '../../src/source.ts';
import type { Target } from '../../src/target.ts';
import type { Trait } from '../../src/traits.ts';

/** Devices are written as `name` or `name=value`. */
export function startedWith(
  cmdline?: string,
  devices: readonly string[] = [],
): Pick<Target, 'commandLine' | 'devices'> {
  const source = createSource('--cmdline', cmdline ?? '');
  const parameters = parseCommandLine(cmdline ?? '').parameters.map(
    ({ name, value, span }): Trait => ({
      name,
      value,
      written: source.text.slice(span.start, span.end),
      location: { source, span },
    }),
  );
  const machine = createSource('vm.yaml', devices.join('\n'));
  return {
    ...(cmdline === undefined ? {} : { commandLine: { text: cmdline, parameters } }),
    devices: devices.map((device): Trait => {
      const [name = '', value] = device.split('=');
      const start = machine.text.indexOf(device);
      const location = { source: machine, span: { start, end: start + device.length } };
      return { name, value, written: device, location };
    }),
  };
}
