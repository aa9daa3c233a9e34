/** `explain`: a rule, a profile or a symbol: what demands it, why, and since when it exists. */
import { createColors } from 'picocolors';
import type { BootExample } from '../../boot-checks/check.ts';
import { bootChecks } from '../../boot-checks/index.ts';
import type { Check } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import type { RuleInfo } from '../../finding.ts';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { resolveConfig } from '../../kconfig/index.ts';
import { titleOf } from '../../profiles/evaluate.ts';
import type { Library, Requirement } from '../../profiles/profile.ts';
import type { SymbolFacts } from '../../profiles/symbols.ts';
import { allBundleRules } from '../../project/bundle/rules.ts';
import { kernelArch, shippedModels } from '../../project/kernel.ts';
import { isProfilePath, type LoadLibrary } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { allRequirements, demandsOn, factLines, limitsOf, symbolsNamedBy } from '../../project/rows.ts';
import { hasSymbol, modelNames, newestWith, pageRows, type SymbolPage, symbolPage } from '../../project/symbol-page.ts';
import { wrap } from '../../reporters/text.ts';
import { nearest } from '../../suggest.ts';
import { formatKernelVersion, formatRange, parseKernelVersion, type Target } from '../../target.ts';
import { waiverRules } from '../../waivers/waiver.ts';
import { listOption, type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { failureText, reportUsage } from '../usage.ts';
import { runProfiles } from './profiles.ts';

export function runExplain(raw: RawOptions, host: Host, load: LoadLibrary, kernel: KernelHost): ExitCode {
  const [subject] = raw.files;
  if (subject === undefined || raw.files.length > 1) {
    const help = 'kconfig-lint explain duplicate-assignment, explain krata-zone, explain CONFIG_PSI';
    return reportUsage([{ message: 'explain takes one rule, profile or symbol', help }], raw, host);
  }
  const loaded = load(listOption(raw, 'profile').filter(isProfilePath));
  if (!('library' in loaded)) return reportUsage(loaded, raw, host);
  const { library } = loaded;
  const check = explainable.find(({ info }) => info.id === subject);
  if (check !== undefined) return print(raw, host, checkJson(check), checkText(check, raw, host));
  const rule = [...allBundleRules, ...waiverRules].find(({ id }) => id === subject);
  if (rule !== undefined) return print(raw, host, { rule: rule.id, ...rule }, ruleText(rule, raw, host));
  if (library.profiles.has(subject.split('@')[0] as string)) return runProfiles(raw, host, load);
  const requirement = allRequirements(library).find(({ id }) => id === subject);
  if (requirement !== undefined) {
    return print(raw, host, requirementJson(requirement, library), requirementText(requirement, library, raw, host));
  }
  const symbol = subject.replace(/^CONFIG_/, '');
  const demands = demandsOn(symbol, library);
  const facts = library.symbols.get(symbol);
  const page = pageFor(symbol, raw, host, kernel);
  if (page === undefined) return Exit.unreadable;
  const isKnown = page.where.some(({ releases }) => releases.length > 0);
  if (demands.length === 0 && facts === undefined && !isKnown) {
    return unknownSubject(subject, symbol, library, raw, host, modelNames(kernel));
  }
  const json = {
    symbol,
    facts:
      facts === undefined ? null : { ...factsJson(facts), note: library.textOf(`CONFIG_${symbol}`).reason || null },
    kconfig: page,
    requirements: demands.map((row) => requirementJson(row, library)),
  };
  const text = symbolText(
    symbol,
    facts,
    pageText(page, createColors(wantsColor(raw, host))),
    demands,
    library,
    raw,
    host,
  );
  return print(raw, host, json, text);
}

/** The page of a symbol; a `--config` is evaluated by the model of its own kernel. Undefined where that cannot be read. */
function pageFor(symbol: string, raw: RawOptions, host: Host, kernel: KernelHost): SymbolPage | undefined {
  const config = textOption(raw, 'config');
  let target: Target = {};
  let text: string | undefined;
  if (config !== undefined) {
    const document = readDocument(config, host, { kind: 'auto', stdinName: '<stdin>', keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      return undefined;
    }
    target = document.target;
    text = document.source.text;
  }
  const release = textOption(raw, 'kernel');
  const version = release === undefined ? target.kernel : parseKernelVersion(release);
  const arch = kernelArch(textOption(raw, 'arch') ?? target.arch ?? 'x86_64');
  const found = version === undefined || arch === undefined ? undefined : shippedModels(version, arch, kernel);
  const chosen = Array.isArray(found) ? found.at(-1) : newestWith(symbol, kernel);
  const [evaluation] =
    chosen === undefined || text === undefined || !hasSymbol(chosen.model, symbol)
      ? []
      : resolveConfig({ models: [chosen], base: { kind: 'text', text }, fragments: [], output: 'new' }).evaluations;
  return symbolPage(symbol, chosen?.model, evaluation, kernel);
}

function pageText(page: SymbolPage, colors: ReturnType<typeof createColors>): string {
  return pageRows(page)
    .map(([label, text]) => `  ${colors.dim(label.padEnd(12))}${wrap(text, 14, 100)}\n`)
    .join('');
}

function print(raw: RawOptions, host: Host, json: object, text: string): ExitCode {
  host.write(
    textOption(raw, 'format') === 'json' ? `${JSON.stringify({ schemaVersion: 1, ...json }, null, 2)}\n` : text,
  );
  return Exit.ok;
}

function unknownSubject(
  subject: string,
  symbol: string,
  library: Library,
  raw: RawOptions,
  host: Host,
  more: readonly string[],
): ExitCode {
  const rows = allRequirements(library);
  const symbols = new Set([
    ...rows.flatMap((row) => [...symbolsNamedBy(row)]),
    ...more.filter((name) => /^[A-Z0-9_]{3,}$/.test(name)),
  ]);
  const known = [
    ...explainable.map(({ info }) => info.id),
    ...[...allBundleRules, ...waiverRules].map(({ id }) => id),
    ...library.profiles.keys(),
    ...rows.map(({ id }) => id),
  ];
  const near = [...nearest(symbol, symbols).map((name) => `CONFIG_${name}`), ...nearest(subject, known)].slice(0, 3);
  const message = `nothing is known of "${subject}": no rule, no profile, and no kernel that ships here has such a symbol`;
  return reportUsage(
    [{ message, help: near.length === 0 ? 'run "kconfig-lint profiles"' : `did you mean ${near.join(', ')}?` }],
    raw,
    host,
  );
}

type Explainable = Pick<Check, 'info' | 'bad' | 'good'>;

/** A command line, a manifest and a config as one example. */
function exampleOf({ cmdline, manifest, config }: BootExample): Check['bad'] {
  const text = [cmdline, manifest?.[1].trimEnd(), config?.trimEnd()].filter((part) => part !== undefined).join('\n\n');
  return { text, ...(manifest === undefined ? {} : { path: manifest[0] }) };
}

const explainable: readonly Explainable[] = [
  ...checks,
  ...bootChecks.map(({ info, bad, good }) => ({ info, bad: exampleOf(bad), good: exampleOf(good) })),
];

function checkText({ info, bad, good }: Explainable, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const place = ({ path }: { readonly path?: string }) => (path === undefined ? '' : ` in ${path}`);
  const example = (text: string) =>
    visible(text.replace(/\n$/, '').replaceAll('\n', '\n')).replaceAll('\\u{A}', '\n    ');
  return [
    `${colors.bold(info.id)}  ${info.title} (${info.severity})`,
    wrap(info.explanation, 0, 100),
    '',
    `  found${place(bad)}:`,
    colors.red(`    ${example(bad.text)}`),
    `  not found${place(good)}:`,
    colors.green(`    ${example(good.text)}`),
    '',
    ...info.references.map((reference) => colors.dim(reference)),
    '',
  ].join('\n');
}

function checkJson({ info, bad, good }: Explainable) {
  return { rule: info.id, ...info, bad, good };
}

function ruleText({ id, title, severity, explanation, references }: RuleInfo, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const head = `${colors.bold(id)}  ${title} (${severity})`;
  return [head, wrap(explanation, 0, 100), '', ...references.map((each) => colors.dim(each)), ''].join('\n');
}

function requirementText(requirement: Requirement, library: Library, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const { reason, references } = library.textOf(requirement.id);
  const limits = limitsOf(requirement);
  return [
    `${colors.bold(requirement.id)}  ${titleOf(requirement)} (${requirement.severity})`,
    ...(limits === '' ? [] : [`only ${limits}`]),
    wrap(reason, 0, 100),
    ...references.map((reference) => colors.dim(reference)),
    '',
  ].join('\n');
}

function requirementJson(requirement: Requirement, library: Library) {
  const { id, severity, confidence } = requirement;
  return {
    rule: id,
    severity,
    confidence,
    expected: titleOf(requirement),
    limits: limitsOf(requirement) || null,
    ...library.textOf(id),
  };
}

function symbolText(
  symbol: string,
  facts: SymbolFacts | undefined,
  page: string,
  demands: readonly Requirement[],
  library: Library,
  raw: RawOptions,
  host: Host,
): string {
  const colors = createColors(wantsColor(raw, host));
  let text = `${colors.bold(`CONFIG_${symbol}`)}\n`;
  for (const line of facts === undefined ? [] : factLines(facts, library.textOf(`CONFIG_${symbol}`).reason))
    text += `  ${wrap(line, 2, 100)}\n`;
  text += page;
  if (demands.length === 0) text += '  No profile asks for it.\n';
  for (const row of demands) {
    const { reason, references } = library.textOf(row.id);
    const limits = limitsOf(row);
    text += `\n  ${colors.bold(row.id)} (${row.severity}): ${titleOf(row)}${limits === '' ? '' : colors.dim(`, only ${limits}`)}\n`;
    text += `    ${wrap(reason, 4, 100)}\n    ${colors.dim(references.join('  '))}\n`;
  }
  return text;
}

function factsJson({ added, removed, arch, otherNames, hidden, follows }: SymbolFacts) {
  return {
    added: added === undefined ? null : formatKernelVersion(added),
    removed: removed === undefined ? null : formatKernelVersion(removed),
    arch: arch ?? null,
    otherNames,
    hidden:
      hidden === undefined
        ? false
        : hidden === true
          ? true
          : { kernel: hidden.kernel && formatRange(hidden.kernel), arch: hidden.arch },
    follows: follows ?? [],
  };
}
