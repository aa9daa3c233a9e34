/** Checks of names: parameters that the kernel does not read, not any more, not there, or not in this build. */
import type { PlacedParameter } from '../artifacts/cmdline-text.ts';
import { insteadOf, isForUserspace } from '../artifacts/parameter-facts.ts';
import { isForeign, type KnownParameter, seriesAround } from '../artifacts/parameter-index.ts';
import { type ConfigDocument, settingOf } from '../config/document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { nearest } from '../suggest.ts';
import { parameterName } from '../traits.ts';
import { type BootCheck, type BootInput, bootFinding } from './check.ts';

const list = 'https://docs.kernel.org/admin-guide/kernel-parameters.html';

export function writtenName({ written }: PlacedParameter): string {
  const equals = written.indexOf('=', 1);
  return (equals === -1 ? written : written.slice(0, equals)).replaceAll('"', '');
}

/** Each with what is known of it; those that are for others than the kernel are left out, and each name comes once. */
function parametersOf(input: BootInput): { parameter: PlacedParameter; known: KnownParameter | undefined }[] {
  const names = new Set<string>();
  // Without the index nothing is known, and nothing is unknown.
  if (input.index.series.length === 0) return [];
  return (input.line?.parameters ?? []).flatMap((parameter) => {
    if (names.has(parameter.name) || isForUserspace(parameter, input.facts)) return [];
    names.add(parameter.name);
    return [{ parameter, known: input.index.find(parameter.name) }];
  });
}

/** Letters that a name may differ in and still be meant. */
const mostTypos = 2;

const unknown: RuleInfo = {
  id: 'cmdline/unknown-parameter',
  title: 'Parameter that the kernel does not know',
  severity: 'warning',
  explanation:
    'The kernel says nothing when a parameter is misspelled: a name without a dot goes to init, as a word or as a variable of its environment, and one with a dot is left alone.',
  references: [list],
};

export const unknownParameter: BootCheck = {
  info: unknown,
  bad: { cmdline: 'console=ttyS0 nomodules' },
  good: { cmdline: 'console=ttyS0 nomodule systemd.unit=rescue.target' },
  find: (input) =>
    parametersOf(input).flatMap(({ parameter, known }) => {
      if (known !== undefined) return [];
      const name = writtenName(parameter);
      const instead = insteadOf(parameter.name, input.facts);
      const near = instead === undefined ? nearNames(parameter.name, input) : [];
      const hint =
        instead !== undefined ? `; ${instead}` : near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
      if (name.includes('.')) {
        // Modules that are not part of the kernel have parameters too.
        return hint === '' ? [] : [finding(parameter, `no module of the kernel has the parameter ${name}${hint}`)];
      }
      const message = `the kernel has no parameter ${name} and hands it to init${hint}`;
      return [finding(parameter, message, hint === '' ? 'info' : undefined)];
    }),
};

function finding(parameter: PlacedParameter, message: string, severity?: 'info'): Finding {
  return bootFinding(unknown, { message, location: parameter.location, severity });
}

function nearNames(name: string, { index }: BootInput): string[] {
  if (name.length < 3) return [];
  const dot = name.indexOf('.');
  const rest = name.slice(dot + 1);
  const candidates = index.names().filter((each) => {
    if (Math.abs(each.length - name.length) > mostTypos) return false;
    return dot === -1 ? !each.includes('.') : each.includes('.');
  });
  const close = nearest(name, candidates, rest.length < 5 ? 1 : mostTypos).filter(
    (each) => Math.abs(each.length - name.length) <= mostTypos,
  );
  if (close.length > 0 || dot === -1) return close.slice(0, 3);
  // The module is right, only its parameter is not.
  const own = index.names().filter((each) => each.startsWith(name.slice(0, dot + 1)));
  return nearest(
    rest,
    own.map((each) => each.slice(dot + 1)),
    mostTypos,
  ).map((each) => name.slice(0, dot + 1) + each);
}

const retired: RuleInfo = {
  id: 'cmdline/retired-parameter',
  title: 'Parameter that only older kernels know',
  severity: 'warning',
  explanation:
    'Parameters leave the kernel with the code that read them. What they asked for is then silently not done.',
  references: [list],
};

export const retiredParameter: BootCheck = {
  info: retired,
  bad: { cmdline: 'noreplace-smp', kernel: 7_003_000, arch: 'x86_64' },
  good: { cmdline: 'noreplace-smp', kernel: 6_001_000, arch: 'x86_64' },
  find: (input) =>
    parametersOf(input).flatMap(({ parameter, known }) => {
      if (known === undefined || known.isOnlyDocumented) return [];
      const around = agesOf(known, input);
      if (around !== 'older') return [];
      const instead = insteadOf(parameter.name, input.facts);
      const now = input.target.kernel === undefined ? (input.index.series.at(-1) ?? '') : nameOfKernel(input);
      const message = `${writtenName(parameter)} was read up to Linux ${known.series.at(-1)} and is not by ${now} any more${instead === undefined ? '' : `; ${instead}`}`;
      const severity = input.target.kernel === undefined ? ('info' as const) : undefined;
      return [bootFinding(retired, { message, location: parameter.location, severity })];
    }),
};

/** On which side of the kernel the series lie that read a parameter; undefined where it may be among them. */
function agesOf({ series }: KnownParameter, { index, target }: BootInput): 'older' | 'newer' | undefined {
  const all = index.series;
  const around = target.kernel === undefined ? all.slice(-1) : seriesAround(target, all);
  if (around.some((each) => series.includes(each))) return undefined;
  const at = all.indexOf(around[0] as string);
  return all.indexOf(series.at(-1) as string) < at ? 'older' : 'newer';
}

function nameOfKernel({ target }: BootInput): string {
  return target.release ?? 'this kernel';
}

const foreign: RuleInfo = {
  id: 'cmdline/foreign-parameter',
  title: 'Parameter of another kernel',
  severity: 'warning',
  explanation:
    'The parameter exists, but for another architecture or only in newer kernels. Here it goes to init like any word that the kernel does not know.',
  references: [list],
};

export const foreignParameter: BootCheck = {
  info: foreign,
  bad: { cmdline: 'kvm-arm.mode=nested', arch: 'x86_64' },
  good: { cmdline: 'kvm-arm.mode=nested', arch: 'arm64' },
  find: (input) =>
    parametersOf(input).flatMap(({ parameter, known }) => {
      if (known === undefined || known.isOnlyDocumented) return [];
      const name = writtenName(parameter);
      if (isForeign(known, input.target)) {
        const where = known.arches.map((each) => (each === 'other' ? 'other architectures' : each)).join(', ');
        return [
          bootFinding(foreign, {
            message: `${name} is read on ${where}, not on ${input.target.arch}`,
            location: parameter.location,
          }),
        ];
      }
      if (input.target.kernel === undefined || agesOf(known, input) !== 'newer') return [];
      const message = `${name} is not read by ${nameOfKernel(input)} yet; Linux ${known.series[0]} does`;
      return [bootFinding(foreign, { message, location: parameter.location })];
    }),
};

const unread: RuleInfo = {
  id: 'cmdline/unread-parameter',
  title: 'Parameter whose reader is not built',
  severity: 'info',
  explanation:
    'The code that reads the parameter is not part of this kernel, because the options that bring it are off. It does no harm, and nothing else either.',
  references: [list],
};

export const unreadParameter: BootCheck = {
  info: unread,
  bad: { cmdline: 'i8042.noaux', config: '# CONFIG_SERIO_I8042 is not set\nCONFIG_INPUT=y\n' },
  good: { cmdline: 'i8042.noaux', config: 'CONFIG_INPUT=y\nCONFIG_SERIO=y\nCONFIG_SERIO_I8042=y\n' },
  find: (input) => {
    const { document } = input;
    if (document?.kind !== 'complete') return [];
    const idle = parametersOf(input).flatMap(({ parameter, known }) => {
      if (known === undefined || input.isRuled(parameter) || isForeign(known, input.target)) return [];
      const symbol = missingFor(known, document);
      return symbol === undefined ? [] : [{ parameter, symbol }];
    });
    const [first] = idle;
    if (first === undefined) return [];
    const words = idle.map(({ parameter, symbol }) => `${writtenName(parameter)} (CONFIG_${symbol} is off)`);
    return [
      bootFinding(unread, {
        message: `nothing in this kernel reads ${words.join(', ')}`,
        location: first.parameter.location,
        related: idle
          .slice(1)
          .map(({ parameter }) => ({ location: parameter.location, message: writtenName(parameter) })),
      }),
    ];
  },
};

/** A symbol that is off and without which the parameter is not read; undefined where it is, or that is not known. */
function missingFor({ needs }: KnownParameter, document: ConfigDocument): string | undefined {
  let missing: string | undefined;
  for (const symbols of needs) {
    const off = symbols.findLast((symbol) => settingOf(document, symbol).kind !== 'set');
    if (off === undefined) return undefined;
    missing = off;
  }
  return missing;
}

export const isNamed = (name: string): ((parameter: PlacedParameter) => boolean) => {
  const wanted = parameterName(name);
  return (parameter) => parameter.name === wanted;
};
