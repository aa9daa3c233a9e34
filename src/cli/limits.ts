/** `--limit`: the limits that a user may raise, and the one place that lets them be raised. */
import { imageLimits } from '../artifacts/image.ts';
import { limits } from '../config/limits.ts';
import { type Host, hostWith, type RaisedLimits } from '../host.ts';
import type { UsageError } from '../project/prepare.ts';
import { didYouMean } from '../suggest.ts';
import { listOption, type OptionSpec, type RawOptions } from './options.ts';

export const limitOption: OptionSpec = {
  name: 'limit',
  type: 'list',
  placeholder: 'NAME=NUMBER',
  describe: 'Raise a limit on what is read, such as config-size=64M (see docs/limits.md); repeatable',
};

/** What holds without the option. */
export const usualLimits: Readonly<Required<RaisedLimits>> = {
  'config-size': limits.fileSize,
  'config-unpacked': limits.decompressedSize,
  'line-length': limits.lineLength,
  lines: limits.lines,
  settings: limits.symbols,
  'image-size': limits.imageSize,
  'image-part': imageLimits.payload,
  'image-unpacked': imageLimits.total,
  'image-places': imageLimits.candidates,
};

/** A buffer holds no more, and neither would most machines. */
const most = 2 ** 31;
const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** The host with what the command line raised; nothing else reaches its limits. */
export function withLimits(raw: RawOptions, host: Host): Host | UsageError {
  const choices = listOption(raw, 'limit');
  if (choices.length === 0) return host;
  const raised = new Map<string, number>();
  for (const choice of choices) {
    const [name = ''] = choice.split('=', 1);
    if (!Object.hasOwn(usualLimits, name)) {
      const names = Object.keys(usualLimits);
      const help = didYouMean(name, names) || `limits are ${names.join(', ')}`;
      return { message: `there is no limit "${name}" that can be raised`, help };
    }
    const [, digits, unit = ''] = /^=(\d{1,10})([KMG]?)$/.exec(choice.slice(name.length)) ?? [];
    const value = digits === undefined ? Number.NaN : Number(digits) * (units[unit] as number);
    if (!(value <= most)) return { message: `--limit cannot be "${choice}"`, help: `such as ${name}=64M; at most 2G` };
    const usual = usualLimits[name as keyof RaisedLimits];
    if (value < usual)
      return { message: `--limit ${name} is ${usual} as it is`, help: 'a limit can be raised, not lowered' };
    raised.set(name, value);
  }
  return hostWith(host, { limits: Object.fromEntries(raised) as RaisedLimits });
}
