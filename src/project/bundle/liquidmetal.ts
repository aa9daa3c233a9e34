/** What Liquid Metal's image-builder expects: configs by name, lists of versions that agree, modules of the right release. */
import type { ConfigDocument } from '../../config/document.ts';
import type { SourceText, Span } from '../../source.ts';
import { type Inspection, matching } from './inspection.ts';
import { bundleRules } from './rules.ts';
import { inspectPvh } from './virtink.ts';

type Builder = 'firecracker' | 'cloud-hypervisor';

/** For which hypervisor a file is, by its path. */
export function builderOf(path: string): Builder {
  return /cloud-?hypervisor|vmlinux\.bin$/.test(path) ? 'cloud-hypervisor' : 'firecracker';
}

export const liquidmetalProfile: Readonly<Record<Builder, string>> = {
  firecracker: 'liquidmetal-firecracker',
  'cloud-hypervisor': 'liquidmetal-cloud-hypervisor',
};

export function inspectLiquidmetal(inspection: Inspection, kernelBytes: Uint8Array | undefined): void {
  const { kernelPath } = inspection;
  if (kernelPath !== undefined && kernelBytes !== undefined && builderOf(kernelPath) === 'cloud-hypervisor')
    inspectPvh(inspection, kernelPath, kernelBytes);
  inspectModules(inspection);
  inspectLists(inspection);
}

const configName = /(?:^|\/)linux-(x86_64|arm64)-(\d+\.\d+(?:\.\d+)?)\.config$/;

/** A config under `configs/`; those that ship in an image are named otherwise. */
export function inspectConfigName({ say }: Inspection, path: string, { source }: ConfigDocument): void {
  if (!/(?:^|\/)configs\//.test(path) || configName.test(path)) return;
  const file = path.slice(path.lastIndexOf('/') + 1);
  const isAarch64 = /^linux-aarch64-/.test(file);
  const hint = isAarch64 ? `; it is arm64 there: ${file.replace('aarch64', 'arm64')}` : '';
  say(
    bundleRules.configName,
    { source, span: { start: 0, end: 0 } },
    `${file} is not named linux-ARCH-VERSION.config${hint}`,
  );
}

/** Modules of another release are never looked at. */
function inspectModules({ view, kernel, say, at }: Inspection): void {
  const folder = 'lib/modules';
  const releases = view.namesIn(folder).filter((name) => view.entryAt(`${folder}/${name}`)?.kind === 'folder');
  for (const release of releases) {
    const names = view.namesIn(`${folder}/${release}`);
    if (!names.includes('modules.dep'))
      say(
        bundleRules.modules,
        at(`${folder}/${release}`),
        `${folder}/${release} has no modules.dep, so modprobe finds nothing in it`,
        {
          advice: [`depmod ${release}`],
        },
      );
  }
  if (kernel?.release === undefined || releases.length === 0 || releases.includes(kernel.release)) return;
  say(
    bundleRules.modules,
    at(folder),
    `The kernel is ${kernel.release}, and the modules are for ${releases.join(', ')}`,
    {
      severity: 'error',
      expected: kernel.release,
      actual: releases.join(', '),
    },
  );
}

interface VersionList {
  readonly builder: Builder | 'any';
  readonly versions: readonly { readonly text: string; readonly span: Span; readonly isQuoted: boolean }[];
  readonly span: Span;
}

const textLimit = 1 << 20;

function inspectLists(inspection: Inspection): void {
  const makefile = ['kernel/Makefile', 'Makefile'].find(inspection.has);
  if (makefile === undefined) return;
  const source = inspection.text(makefile, textLimit);
  if (source === undefined) return;
  const lists = makefileLists(source);
  if (lists.length === 0) return;
  const folder = makefile.slice(0, -'Makefile'.length);
  const built = new Set<string>();
  for (const { builder, versions } of lists) {
    for (const { text, span } of versions) {
      const places = configPlaces(folder, builder);
      const found = places.flatMap((place) => matching(inspection.view, `${place}linux-*-${text}.config`));
      for (const path of found) built.add(path);
      if (found.length > 0) continue;
      inspection.say(
        bundleRules.versionList,
        inspection.at(makefile, span),
        `${makefile} lists ${text}, and there is no ${places[0]}linux-x86_64-${text}.config`,
        { expected: `${places[0]}linux-x86_64-${text}.config` },
      );
    }
  }
  const all = ['firecracker/configs/*.config', 'cloud-hypervisor/configs/*.config', 'configs/*.config'];
  for (const path of all.flatMap((pattern) => matching(inspection.view, folder + pattern))) {
    if (built.has(path) || !configName.test(path)) continue;
    inspection.say(
      bundleRules.versionList,
      inspection.at(path),
      `${path} is in no list of ${makefile}, so it is not built`,
      {
        severity: 'warning',
      },
    );
  }
  inspectWorkflows(inspection, makefile, lists);
}

function configPlaces(folder: string, builder: VersionList['builder']): string[] {
  const own = builder === 'any' ? 'firecracker' : builder;
  return [`${folder}${own}/configs/`, `${folder}configs/`];
}

/** `FC_KERNEL_VERSIONS ?= 4.19.215 5.10.77 # …`; older ones have one list for all. */
function makefileLists(source: SourceText): VersionList[] {
  const lists: VersionList[] = [];
  for (const match of source.text.matchAll(/^(FC_|CH_|)KERNEL_VERSIONS[ \t]*[?:]?=([^#\n]*)/gm)) {
    const [whole, prefix, values = ''] = match;
    const start = match.index + whole.length - values.length;
    const builder = prefix === 'FC_' ? 'firecracker' : prefix === 'CH_' ? 'cloud-hypervisor' : 'any';
    lists.push({
      builder,
      versions: wordsIn(values, start),
      span: { start: match.index, end: match.index + whole.trimEnd().length },
    });
  }
  return lists;
}

function wordsIn(text: string, offset: number): VersionList['versions'] {
  return [...text.matchAll(/(["']?)(\d[\w.-]*)\1/g)].map((match) => {
    const [whole, quote = '', version = ''] = match;
    const start = offset + match.index + quote.length;
    return { text: version, span: { start, end: start + whole.length - 2 * quote.length }, isQuoted: quote !== '' };
  });
}

function inspectWorkflows(inspection: Inspection, makefile: string, lists: readonly VersionList[]): void {
  const workflows = ['.github/workflows/kernel-images*.yml', '.github/workflows/kernel-images*.yaml'];
  for (const path of workflows.flatMap((pattern) => matching(inspection.view, pattern))) {
    if (/-arm\b/.test(path)) continue;
    const source = inspection.text(path, textLimit);
    if (source === undefined) continue;
    for (const { builder, versions, span } of workflowLists(source)) {
      const [list] = lists.filter((each) => each.builder === builder || each.builder === 'any' || builder === 'any');
      if (list === undefined) continue;
      inspectNumbers(inspection, path, versions);
      const [here, there] = [versions, list.versions].map((each) => each.map(({ text }) => text)) as [
        string[],
        string[],
      ];
      const lacking = there.filter((version) => !here.includes(version));
      const extra = here.filter((version) => !there.includes(version));
      if (lacking.length + extra.length === 0) continue;
      const said = [
        ...(lacking.length === 0 ? [] : [`it lacks ${lacking.join(', ')}`]),
        ...(extra.length === 0 ? [] : [`it has ${extra.join(', ')} beyond it`]),
      ].join(', and ');
      inspection.say(
        bundleRules.versionList,
        inspection.at(path, span),
        `The list in ${path} is not that of ${makefile}: ${said}`,
        {
          severity: 'warning',
          expected: there.join(', '),
          actual: here.join(', '),
          related: [{ location: inspection.at(makefile, list.span), message: 'the list of the Makefile' }],
        },
      );
    }
  }
}

/** The matrix of each job; what the job builds tells which list it repeats. */
function workflowLists({ text }: SourceText): VersionList[] {
  const lists: VersionList[] = [];
  const jobs = [...text.matchAll(/^ {2}[\w-]+:[ \t]*$/gm)].map(({ index }) => index);
  for (const match of text.matchAll(/^[ \t]+version:[ \t]*\[([^\]\n]*)\]/gm)) {
    const from = jobs.filter((at) => at < match.index).at(-1) ?? 0;
    const job = text.slice(from, jobs.find((at) => at > match.index) ?? text.length);
    const builder = /build-fc|FC_KERNEL|firecracker/.test(job)
      ? 'firecracker'
      : /build-ch|CH_KERNEL|cloud-?hypervisor/.test(job)
        ? 'cloud-hypervisor'
        : 'any';
    const start = match.index + match[0].indexOf('[');
    const span = { start, end: match.index + match[0].length };
    lists.push({ builder, versions: wordsIn(match[1] ?? '', start + 1), span });
  }
  return lists;
}

/** YAML takes 5.10 for the number 5.1. */
function inspectNumbers({ say, at }: Inspection, path: string, versions: VersionList['versions']): void {
  for (const { text, span, isQuoted } of versions) {
    if (isQuoted || !/^\d+\.\d*0$/.test(text)) continue;
    say(
      bundleRules.versionList,
      at(path, span),
      `${path} has ${text} without quotes, which YAML takes for the number ${Number(text)}`,
      {
        advice: [`'${text}'`],
      },
    );
  }
}
