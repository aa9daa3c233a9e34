/** From what a JSON report says of a file back to the report, so that every format can be made of it. */
import type { Finding, Report, RuleInfo, WaivedFinding } from '../finding.ts';
import { type Location, rememberLineStarts, type SourceText } from '../source.ts';
import { parseKernelVersion, type Target } from '../target.ts';
import { nodesInWords } from './nodes.ts';
import type { FileJson, FindingJson, LocationJson, PlaceJson, TargetJson, WaivedJson } from './report-json.ts';

/** The rule of an id; `finding` is one that speaks for it. */
export type RuleFinder = (id: string, finding?: FindingJson) => RuleInfo;

export interface RebuildChoice {
  readonly ruleOf: RuleFinder;
  /** Leaves fixes of several edits out, for formats that need the text between them, which no report holds. */
  readonly singleEdits: boolean;
}

export function rebuildReport(file: FileJson, choice: RebuildChoice): Report {
  const sources = sourcesOf(file);
  const all = file.nodes?.length ?? 0;
  const finding = (json: FindingJson) => rebuildFinding(json, sources, all, choice);
  const source = sources.get(file.path) as SourceText;
  const { kconfig, settled, waived, targets } = file;
  return {
    source,
    kind: file.kind,
    kindBecause: file.kindBecause,
    symbols: file.settings,
    target: targetOf(file.target),
    ...(targets === undefined ? {} : { targets: targets.map(targetOf) }),
    ...(kconfig === null
      ? {}
      : { kconfig: { name: kconfig.kernel, ...(kconfig.base === null ? {} : { base: ` ${kconfig.base}` }) } }),
    findings: file.findings.map(finding),
    unknowns: file.unknowns.map(({ rule, expected, reason, missing }) => ({
      rule: choice.ruleOf(rule),
      expected,
      reason,
      missing,
    })),
    notApplicable: file.notApplicable.map(({ rule, reason }) => ({ rule: choice.ruleOf(rule), reason })),
    scores: file.profiles,
    counts: file.counts,
    ...(waived === undefined ? {} : { waived: waived.map((each) => waivedOf(each, finding, sources)) }),
    ...(settled === undefined ? {} : { settled }),
    ...(file.kindBecause === 'project file' ? { about: 'the project file' } : {}),
    ...(all > 1
      ? {
          about: `${nodesInWords(file.nodes ?? [], all)}: ${[...new Set((targets ?? [file.target]).map(targetName))].join('; ')}`,
        }
      : {}),
  };
}

function targetName({ release, kernel, arch }: TargetJson): string {
  return [`kernel ${release ?? kernel ?? 'not known'}`, ...(arch === null ? [] : [arch])].join(', ');
}

function rebuildFinding(
  json: FindingJson,
  sources: ReadonlyMap<string, SourceText>,
  all: number,
  { ruleOf, singleEdits }: RebuildChoice,
): Finding {
  const { nodes, fix, targets, symbol, expected, actual, cause, causeTitle, severity, advice } = json;
  const on = nodes === undefined ? '' : ` (${nodesInWords(nodes, all)})`;
  return {
    rule: ruleOf(json.rule, json),
    severity,
    symbol: symbol ?? undefined,
    message: `${json.message}${on}`,
    expected: expected ?? undefined,
    actual: actual ?? undefined,
    location: locationOf(json.location, sources),
    related: json.related.map(({ message, location }) => ({ message, location: locationOf(location, sources) })),
    cause: cause ?? undefined,
    ...(causeTitle === undefined ? {} : { causeTitle: () => causeTitle }),
    sameAs: json.sameAs.map((id) => ruleOf(id)),
    advice,
    ...(fix === null || (singleEdits && fix.edits.length > 1)
      ? {}
      : {
          fix: {
            title: fix.title,
            edits: fix.edits.map(({ newText, ...at }) => ({ location: locationOf(at, sources), newText })),
          },
        }),
    ...(targets === undefined ? {} : { targets }),
  };
}

function waivedOf(
  { finding, reason, owner, expires, inSource, waiver }: WaivedJson,
  findingOf: (json: FindingJson) => Finding,
  sources: ReadonlyMap<string, SourceText>,
): WaivedFinding {
  return {
    finding: findingOf(finding),
    reason,
    owner: owner ?? undefined,
    expires: expires ?? undefined,
    inSource,
    location: locationOf(waiver, sources),
  };
}

function targetOf(json: TargetJson): Target {
  const kernel = json.kernel === null ? undefined : parseKernelVersion(json.kernel);
  const { release, kernelFrom, arch, archFrom, flavour, commandLine } = json;
  const texts = Object.fromEntries(
    Object.entries({ release, kernelFrom, arch, archFrom, flavour }).filter(([, value]) => value !== null),
  );
  return {
    ...texts,
    ...(kernel === undefined ? {} : { kernel }),
    ...(commandLine == null ? {} : { commandLine: { text: commandLine } }),
    ...(json.machine == null ? {} : { machine: { ...json.machine, initrd: json.machine.initrd ?? undefined } }),
  } as Target;
}

function locationOf({ path, start, end }: LocationJson, sources: ReadonlyMap<string, SourceText>): Location {
  return { source: sources.get(path) as SourceText, span: { start: start.offset, end: end.offset } };
}

/** Of each text only the places are known that the report names; between them it is taken for blanks. */
function sourcesOf(file: FileJson): ReadonlyMap<string, SourceText> {
  const places = new Map<string, PlaceJson[]>([[file.path, []]]);
  const note = ({ path, start, end }: LocationJson) => {
    const known = places.get(path);
    if (known === undefined) places.set(path, [start, end]);
    else known.push(start, end);
  };
  const noteFinding = ({ location, related, fix }: FindingJson) => {
    note(location);
    for (const each of related) note(each.location);
    for (const edit of fix?.edits ?? []) note(edit);
  };
  file.findings.forEach(noteFinding);
  for (const { finding, waiver } of file.waived ?? []) {
    noteFinding(finding);
    note(waiver);
  }
  return new Map([...places].map(([path, known]) => [path, sourceOf(path, containerOf(path, file), known, file)]));
}

/** `vmlinux` of `vmlinux!config`. */
function containerOf(path: string, { path: own, artifact }: FileJson): string | undefined {
  if (path === own) return artifact ?? undefined;
  const cut = path.indexOf('!');
  return cut > 0 ? path.slice(0, cut) : undefined;
}

/** Texts of more than this are not even made of blanks: nothing that is checked is so large. */
const longestText = 1 << 24;

function sourceOf(
  path: string,
  container: string | undefined,
  places: readonly PlaceJson[],
  file: FileJson,
): SourceText {
  const ends = places.map(({ offset }) => offset);
  const length = Math.min(
    longestText,
    ends.reduce((most, offset) => Math.max(most, offset), 0),
  );
  const lines = places.reduce((most, { line }) => Math.max(most, line), 1);
  const starts = new Int32Array(Math.min(lines, longestText)).fill(-1);
  starts[0] = 0;
  for (const { line, column, offset } of places) starts[line - 1] = offset - (column - 1);
  // A line that nothing names has no length, and ends where the next one starts.
  for (let i = starts.length - 1, next = length; i >= 0; i--) {
    if ((starts[i] as number) < 0) starts[i] = next;
    next = starts[i] as number;
  }
  const codes = new Uint8Array(length).fill(32);
  const source: SourceText = {
    path,
    container,
    encoding: file.encoding,
    codes,
    get text() {
      return ' '.repeat(length);
    },
  };
  rememberLineStarts(source, starts);
  return source;
}
