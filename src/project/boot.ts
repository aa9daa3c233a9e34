/** What a kernel is started with, read from a command line or from manifests: the setups that a config is held against. */
import { type PlacedText, placedText } from '../artifacts/cmdline-text.ts';
import type { Machine } from '../artifacts/machine.ts';
import { manifestLimit, type ReadYaml, readManifest } from '../artifacts/manifest.ts';
import type { ParameterFacts } from '../artifacts/parameter-facts.ts';
import { type ParameterIndex, readParameterIndex } from '../artifacts/parameter-index.ts';
import type { InputFailure } from '../finding.ts';
import type { Host } from '../host.ts';
import { createSource, type Location, positionOf, type SourceText } from '../source.ts';
import { readFailure } from './read.ts';

/** What the user named; paths as `readSource` takes them. */
export interface BootWishes {
  readonly cmdline?: string | undefined;
  /** Where that stands, if it stands in a file. */
  readonly cmdlineAt?: Location | undefined;
  readonly cmdlineFile?: string | undefined;
  readonly manifests: readonly string[];
}

/** One way in which the kernel is started: on a machine, or with a command line whose machine is not known. */
export interface BootSetup {
  readonly source: SourceText;
  readonly machine?: Machine;
  /** Undefined where the manifest does not say it. */
  readonly given?: readonly PlacedText[] | undefined;
}

export interface BootRead {
  readonly setups: readonly BootSetup[];
  readonly failures: readonly InputFailure[];
}

/** What is known of all parameters; read when it is first needed. */
export interface BootKnowledge {
  readonly index: ParameterIndex;
  readonly facts: ParameterFacts;
}

/** `readIndex` gives the text of models/parameters.index. */
export function bootKnowledge(host: Host, readIndex: () => string): () => BootKnowledge {
  let known: BootKnowledge | undefined;
  return () => {
    known ??= {
      index: readParameterIndex(readIndex()),
      facts: JSON.parse(host.asset('parameters.json')) as ParameterFacts,
    };
    return known;
  };
}

/** A command line that was named beside manifests takes the place of theirs. */
export function readBoot(
  { cmdline, cmdlineAt, cmdlineFile, manifests }: BootWishes,
  host: Host,
  readYaml: ReadYaml,
): BootRead {
  const failures: InputFailure[] = [];
  let own: BootSetup | undefined;
  if (cmdline !== undefined) own = writtenSetup(cmdline, cmdlineAt);
  else if (cmdlineFile !== undefined) {
    const source = readText(cmdlineFile, host, failures);
    if (source !== undefined) own = lineSetup(source, source.path);
  }
  const machines = manifests.flatMap((path) => {
    const source = readText(path, host, failures);
    return source === undefined ? [] : machineSetups(source, readYaml, failures);
  });
  const given = own?.given;
  const setups = machines.map((setup) => (given === undefined ? setup : { ...setup, given }));
  return { setups: setups.length === 0 && own !== undefined ? [own] : setups, failures };
}

/** A command line of a project file, at its place there, or one of the user's. */
function writtenSetup(cmdline: string, at: Location | undefined): BootSetup {
  if (at === undefined) return lineSetup(createSource('--cmdline', cmdline), '--cmdline');
  const { source, span } = at;
  const start = source.text.indexOf(cmdline, span.start);
  // Folded over several lines it stands nowhere as the kernel reads it.
  if (start === -1 || start > span.start + 1) return lineSetup(createSource(source.path, cmdline), source.path);
  return { source, given: [placedText(source, start, start + cmdline.length, source.path)] };
}

/** A file such as /proc/cmdline ends with a line break that is not part of the command line. */
function lineSetup(source: SourceText, from: string): BootSetup {
  const end = source.text.replace(/\r?\n?\0*$/, '').length;
  return { source, given: [placedText(source, 0, end, from)] };
}

function machineSetups(source: SourceText, readYaml: ReadYaml, failures: InputFailure[]): BootSetup[] {
  const machines = readManifest(source, readYaml);
  if (!('message' in machines)) return machines.map((machine) => ({ source, machine, given: machine.commandLine }));
  const { offset, message, help } = machines;
  failures.push({
    path: source.path,
    code: 'not-a-manifest',
    message,
    help,
    ...positionOf(source, Math.min(offset, source.codes.length)),
  });
  return [];
}

function readText(path: string, host: Host, failures: InputFailure[]): SourceText | undefined {
  const read = host.readSource(path, { limit: manifestLimit, unzippedLimit: manifestLimit, keep: true });
  if (!('error' in read)) return path === '-' ? createSource('<stdin>', read.text, read.encoding) : read;
  failures.push(readFailure(path, read, host));
  return undefined;
}

/** The name of a machine in a report: `Virtink virtual machine "web" of vm.yaml`. */
export function machineInWords({ title, name, source }: Machine): string {
  return `${title}${name === undefined ? '' : ` "${name}"`} of ${source.path}`;
}
