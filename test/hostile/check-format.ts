/** Whether an output is well-formed for its format, harmless to read, and tells of the fault that it must tell of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { root } from '../support/corpus.ts';
import { unsafeCharacters } from '../support/hostile.ts';
import { elementsOf, parseXml } from '../support/xml.ts';

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const draft04 = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
addFormats.default(draft04);
const validSarif = draft04.compile(readJson('test/data/sarif-schema-2.1.0.json'));
const ajv = new Ajv2020({ strict: false });
const validReport = ajv.compile(readJson('schemas/report.schema.json'));
const validRecord = ajv.compile(readJson('schemas/ndjson.schema.json'));
const validRdjson = ajv.compile(readJson('schemas/rdjsonl.schema.json'));

/** What the text says of a file without any finding. */
export const clean = /: nothing wrong$/m;

/** How many faults an output names; throws where it is not of its format. */
const faultsIn: Readonly<Record<string, (text: string, exit: number) => number>> = {
  json: (text, exit) => {
    const report = JSON.parse(text);
    expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
    expect(report.summary.exitCode).toBe(exit);
    const findings = report.files.flatMap((file: { findings: unknown[] }) => file.findings);
    return report.failures.length + findings.length;
  },
  ndjson: (text, exit) => {
    const records = linesOf(text).map((line) => JSON.parse(line));
    for (const record of records) expect(validRecord(record), JSON.stringify(validRecord.errors)).toBe(true);
    expect([records[0]?.type, records.at(-1)?.type]).toEqual(['start', 'end']);
    expect(records.at(-1).summary.exitCode).toBe(exit);
    return records.filter(({ type }) => type === 'finding' || type === 'failure').length;
  },
  sarif: (text, exit) => {
    const log = JSON.parse(text);
    expect(validSarif(log), JSON.stringify(validSarif.errors)).toBe(true);
    const [{ invocations, results }] = log.runs;
    const [{ executionSuccessful, exitCode, toolExecutionNotifications }] = invocations;
    expect(exitCode).toBe(exit);
    expect(executionSuccessful).toBe(exit < 2);
    return toolExecutionNotifications.length + results.length;
  },
  github: (text) => {
    const lines = linesOf(text);
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^\r\n]*::/);
    return lines.length;
  },
  gitlab: (text) => {
    const issues: { description: string; fingerprint: string; location: { path: string } }[] = JSON.parse(text);
    for (const { description, fingerprint, location } of issues) {
      expect(description.length).toBeGreaterThan(5);
      expect(fingerprint.length).toBeGreaterThan(5);
      expect(location.path.length).toBeGreaterThan(0);
    }
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    return issues.length;
  },
  junit: (text) => {
    const top = parseXml(text);
    expect(top.name).toBe('testsuites');
    return ['error', 'failure', 'system-out'].reduce((sum, name) => sum + elementsOf(top, name).length, 0);
  },
  checkstyle: (text) => {
    const top = parseXml(text);
    expect(top.name).toBe('checkstyle');
    return elementsOf(top, 'error').length;
  },
  rdjsonl: (text) => {
    const rows = linesOf(text).map((line) => JSON.parse(line));
    for (const row of rows) expect(validRdjson(row), JSON.stringify(validRdjson.errors)).toBe(true);
    return rows.length;
  },
  unix: (text) => {
    const lines = linesOf(text);
    for (const line of lines) expect(line).toMatch(/^.+:\d+:\d+: (?:error|warning|note): .+ \[\S+\]$/);
    return lines.length;
  },
  markdown: (text, exit) => {
    if (exit > 1) expect(text).not.toContain('nothing wrong**');
    // Markup is escaped, and no link leads elsewhere than to a page.
    expect(text).not.toMatch(/<(?:script|img|iframe)/i);
    expect(text.replaceAll(/\\[\s\S]|<code>.*?<\/code>/g, '')).not.toMatch(/\]\(\s*(?!https:|#)\w+:/);
    return text.split('\n').filter((line) => /^[-|*>#]/.test(line)).length - 1;
  },
  html: (text) => {
    expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/i);
    expect(text).toContain("default-src 'none'");
    const tags = tagsOf(text);
    expect(tags.filter(({ name }) => name === 'script').length).toBeLessThanOrEqual(1);
    for (const { name, attributes } of tags) {
      expect(['img', 'iframe', 'object', 'embed', 'base']).not.toContain(name);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^on/);
        if (key === 'href' || key === 'src') expect(value).toMatch(name === 'link' ? /^data:/ : /^(?:#|https:\/\/)/);
      }
    }
    expect(text).not.toMatch(/<title>Nothing wrong[^,]*</);
    return 1;
  },
  fragment: (text) => {
    const lines = linesOf(text);
    for (const line of lines) expect(line).toMatch(/^(?:#|CONFIG_\w+=)/);
    return lines.length;
  },
  text: (text, exit) => {
    if (exit < 2) expect(text).not.toMatch(clean);
    return 1;
  },
};

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}

/** The tags of a page as a browser reads them, by quotes and not by what stands in them; what a script or style holds is skipped. */
function tagsOf(html: string): Tag[] {
  const page = html.replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
  return [
    ...page.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi),
  ].map(([, name = '', list = '']) => ({
    name: name.toLowerCase(),
    attributes: [...list.matchAll(/([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g)].map(
      ([, key = '', a, b, c]) => [key.toLowerCase(), a ?? b ?? c ?? ''] as const,
    ),
  }));
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Formats whose strings have escapes of their own, behind which a path or a value may stand as it is. */
const escaped = new Set(['json', 'ndjson', 'sarif', 'rdjsonl', 'gitlab']);

/** Holds for whatever a program prints where a person, a terminal or a build log may see it. */
export function expectHarmless(text: string, format = 'text'): void {
  const shown = escaped.has(format) ? text.replace(/"(?:[^"\\]|\\.)*"/gs, '""') : text;
  expect(shown).not.toMatch(unsafeCharacters);
  if (format !== 'github') expect(text).not.toMatch(/^\s*(?:::|##\[)/m);
  expect(text).not.toMatch(/^ {4}at \S/m);
  expect(text).not.toContain('internal error');
}

/** Holds for the output of `check` in a format, where the run found something wrong or could not look. */
export function expectTold(format: string, text: string, exit: number): void {
  const count = (faultsIn[format] as (typeof faultsIn)[string])(text, exit);
  // A fragment says what to type, which of a fault of spelling there may be nothing.
  if (format !== 'fragment' || exit > 1) expect(count, `${format} names no fault`).toBeGreaterThan(0);
}

/** Holds for a good case: the output is of its format, and its exit code says that all is well. */
export function expectWellFormed(format: string, text: string, exit: number): void {
  if (format === 'html' || format === 'text') return;
  (faultsIn[format] as (typeof faultsIn)[string])(text, exit);
}
