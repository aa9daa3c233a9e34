/** SARIF and JSON: valid by their schemas and by GitHub's extra rules, whatever was found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseConfigText } from '../../src/config/document.ts';
import { fingerprint } from '../../src/finding.ts';
import { lint } from '../../src/lint.ts';
import { jsonReporter } from '../../src/reporters/json.ts';
import { maxResults, sarifReporter, uriOf } from '../../src/reporters/sarif.ts';
import { root } from '../support/corpus.ts';
import { builtIn } from '../support/library.ts';
import { allReports, failures, print } from '../support/reports.ts';

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const draft04 = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(draft04);
const validSarif = draft04.compile(readJson('test/data/sarif-schema-2.1.0.json'));
const validReport = new Ajv2020({ allErrors: true }).compile(readJson('schemas/report.schema.json'));

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Place {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Region;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: Place }[];
  readonly relatedLocations?: readonly { readonly physicalLocation: Place }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly fixes?: readonly { readonly artifactChanges: readonly { readonly replacements: readonly unknown[] }[] }[];
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly tags: readonly string[] };
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
}

function sarif(reports = allReports(), failed = failures): Run {
  const log = JSON.parse(print(sarifReporter, reports, failed)) as { runs: Run[] };
  expect(validSarif(log), JSON.stringify(validSarif.errors?.slice(0, 3))).toBe(true);
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe('SARIF', () => {
  const run = sarif();

  it('holds a result for every kind of finding', () => {
    const found = new Set(run.results.map(({ ruleId }) => ruleId));
    for (const { info } of checks) expect(found.has(info.id), info.id).toBe(true);
    expect([...found].filter((id) => id.includes('/')).length).toBeGreaterThan(30);
  });

  it('describes every rule in full', () => {
    const { rules } = run.tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { name, shortDescription, fullDescription, help, defaultConfiguration, properties } of rules) {
      expect(name.length).toBeLessThanOrEqual(255);
      for (const { text } of [shortDescription, fullDescription]) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(1024);
      }
      expect(help.text.length * help.markdown.length).toBeGreaterThan(0);
      expect(['error', 'warning', 'note']).toContain(defaultConfiguration.level);
      expect(properties.tags.length).toBeLessThanOrEqual(10);
    }
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('gives every result a region, and a place that is relative and encoded', () => {
    for (const { locations, relatedLocations = [], message } of run.results) {
      expect(message.text).not.toBe('');
      expect(locations).toHaveLength(1);
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
        expect(endLine > startLine || endColumn >= startColumn).toBe(true);
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w.~%!'()*/-]+$/);
      }
    }
    expect(
      run.results.some(
        ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri === 'dir/with%20space%23%25%3F/x.config',
      ),
    ).toBe(true);
  });

  it('tells results apart by fingerprints of its own, the same in every run', () => {
    const prints = (of: Run) =>
      of.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(prints(sarif())).toEqual(prints(run));
    const perFile = new Map<string, string[]>();
    for (const { locations, partialFingerprints, ruleId } of run.results) {
      if (!ruleId.includes('/')) continue;
      const { uri } = locations[0]!.physicalLocation.artifactLocation;
      perFile.set(uri, [...(perFile.get(uri) ?? []), partialFingerprints.primaryLocationLineHash]);
    }
    for (const [uri, hashes] of perFile) if (uri.startsWith('dir')) expect(new Set(hashes).size).toBe(hashes.length);
    expect(fingerprint('a')).not.toBe(fingerprint('b'));
    expect(fingerprint('')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('offers no fix without changes', () => {
    const fixes = run.results.flatMap(({ fixes: found = [] }) => found);
    expect(fixes.length).toBeGreaterThan(10);
    for (const { artifactChanges } of fixes)
      for (const { replacements } of artifactChanges) expect(replacements.length).toBeGreaterThan(0);
  });

  it('reports inputs that were not checked', () => {
    expect(run.invocations[0]?.executionSuccessful).toBe(false);
    expect(run.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text)).toContain(
      'gone.config: no such file. near it is x',
    );
    expect(sarif([], []).invocations[0]?.executionSuccessful).toBe(true);
  });

  it('keeps the worst where there are too many, and says how many were left out', () => {
    const many = parseConfigText(
      Array.from({ length: 7000 }, (_, i) => `CONFIG_A${i}=y\nCONFIG_A${i}=y\n`).join('') + 'CONFIG_B=Y\n',
    );
    const report = lint({ document: many, checks, library: builtIn.library });
    const cut = sarif([report, report, report, report], []);
    expect(cut.results).toHaveLength(maxResults);
    expect(cut.results.slice(0, 4).map(({ level }) => level)).toEqual(['error', 'error', 'error', 'error']);
    expect(cut.invocations[0]?.toolExecutionNotifications[0]?.message.text).toMatch(
      /^23004 of 28004 results were left out/,
    );
  });

  it('makes URIs of any path', () => {
    expect(['/a b/c', 'x:y', '\ud800', 'a\nb'].map(uriOf)).toEqual(['file:///a%20b/c', 'x%3Ay', '%EF%BF%BD', 'a%0Ab']);
  });
});

describe('JSON', () => {
  const parse = (text: string) => {
    const value = JSON.parse(text);
    expect(validReport(value), JSON.stringify(validReport.errors?.slice(0, 3))).toBe(true);
    return value;
  };

  it('is valid for every kind of report', () => {
    const { files, failures: failed, summary, schemaVersion } = parse(print(jsonReporter, allReports(), failures));
    expect(schemaVersion).toBe(1);
    expect(files).toHaveLength(allReports().length);
    expect(failed).toEqual(failures);
    expect(summary).toMatchObject({ failures: 2, exitCode: 3 });
  });

  it('is valid without any file', () => {
    expect(parse(print(jsonReporter, []))).toMatchObject({ files: [], failures: [] });
  });

  it('says all about a finding', () => {
    const report = allReports().find(({ source }) => source.path.startsWith('dir'))!;
    const [file] = parse(print(jsonReporter, [report])).files;
    expect(file.target).toEqual({
      commandLine: null,
      machine: null,
      kernel: '6.12',
      release: '6.12.0',
      kernelFrom: 'header',
      arch: 'x86_64',
      archFrom: 'CONFIG_X86_64',
      flavour: null,
    });
    const xen = file.findings.find(({ rule }: { rule: string }) => rule === 'krata-zone/XEN');
    expect(xen).toMatchObject({
      symbol: 'XEN',
      severity: 'error',
      expected: 'CONFIG_XEN=y',
      actual: 'CONFIG_XEN is not set',
      cause: 'krata-zone/HYPERVISOR_GUEST',
      advice: ['CONFIG_XEN=y'],
      location: { start: { line: 3, column: 1, offset: 56 }, end: { line: 3, column: 24, offset: 79 } },
      fix: { edits: [{ start: { line: 3 }, newText: 'CONFIG_XEN=y' }] },
    });
    expect(file.profiles.map(({ profile }: { profile: string }) => profile)).toEqual([
      'krata-zone',
      'kubernetes-node',
      'kubernetes-psi',
    ]);
  });
});
