/** Reports are read whatever their size and wherever they are cut, and never taken for whole where they are not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { reporters } from '../../src/reporters/index.ts';
import { fileOfBytes, linesOf } from '../../src/shards/lines.ts';
import { readReports } from '../../src/shards/read-report.ts';
import { root } from '../support/corpus.ts';
import { memoryHost } from '../support/host.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A file that is handed out in small pieces. */
function inPieces(text: string, size: number) {
  const bytes = bytesOf(text);
  return {
    ...fileOfBytes(bytes),
    read: (at: number, length: number) => bytes.subarray(at, at + Math.min(size, length)),
  };
}

describe('lines', () => {
  it('are those of the text, wherever pieces end', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join('\n').toWellFormed();
        const expected = text === '' ? [] : text.replace(/\n$/, '').split('\n');
        const found = [...linesOf(inPieces(text, size))];
        expect(found.map((line) => line?.text)).toEqual(expected);
        expect(found.map((line) => line?.number)).toEqual(expected.map((_, i) => i + 1));
        for (const [i, line] of found.entries())
          expect([...linesOf(inPieces(text, size), line?.next)].map((each) => each?.text)).toEqual(
            expected.slice(i + 1),
          );
      }),
    );
  });
});

const files = { 'a.config': 'CONFIG_A = y\nCONFIG_B=y\nCONFIG_B=n\n', 'b.config': 'CONFIG_B="É"\n', 'c.config': '' };

function report(format: string): string {
  const host = memoryHost({ files });
  void run(
    ['check', ...Object.keys(files), '-f', format, '--kconfig', 'off'],
    host,
    createKernelHost(`${root}/models`),
  );
  return host.out();
}

describe.each(['json', 'ndjson'])('a report as %s', (format) => {
  const text = report(format);

  it('is read as what it is', () => {
    const { parts, failures } = readReports('r', inPieces(text, 7));
    expect(failures).toEqual([]);
    expect([...(parts[0]?.files() ?? [])].map(({ file }) => file.path)).toEqual(['a.config', 'b.config']);
    expect(parts[0]?.failures.map(({ failure }) => failure.path)).toEqual(['c.config']);
  });

  it('says the same as JSON, field by field', () => {
    const { parts } = readReports('r', fileOfBytes(bytesOf(text)));
    expect(JSON.stringify([...(parts[0]?.files() ?? [])].map(({ file }) => file))).toBe(
      JSON.stringify(JSON.parse(report('json')).files),
    );
  });

  it('is never whole where it was cut, and what is wrong is said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), (length) => {
        const { parts, failures } = readReports('r', fileOfBytes(bytesOf(text.slice(0, length))));
        expect(parts).toEqual([]);
        expect(failures).toHaveLength(1);
        expect(failures[0]?.code).toBe('bad-report');
      }),
    );
  });

  it('does not throw whatever is changed in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.string({ maxLength: 3 }), (place, other) => {
        const changed = text.slice(0, place) + other + text.slice(place + 1);
        const { parts } = readReports('r', fileOfBytes(bytesOf(changed)));
        for (const part of parts) for (const { file } of part.files()) expect(typeof file.path).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});

describe('ndjson', () => {
  it('holds no character that a log could show as something else, and loses none', () => {
    expect(Object.keys(reporters)).toContain('ndjson');
    const host = memoryHost({ files: { 'x\u202e\u001b.config': 'CONFIG_A=y\n' } });
    void run(
      ['check', 'x\u202e\u001b.config', '-f', 'ndjson', '--kconfig', 'off'],
      host,
      createKernelHost(`${root}/models`),
    );
    expect(host.out()).not.toMatch(/[\u202e\u001b]/);
    expect(JSON.parse(host.out().split('\n')[1] as string).path).toBe('x\u202e\u001b.config');
  });
});
