/** What merging writes of files that are JSON already: the same text that a single run would have written. */
import type { InputFailure, RunSummary } from '../finding.ts';
import { jsonEnd, jsonOpening } from './json.ts';
import { endLine, failureLine, fileLines, startLine } from './ndjson.ts';

/** A reporter for the parts of reports, in the shape that `--format json` gives them. */
export interface JsonWriter {
  readonly file: (file: { readonly path: string; readonly findings: readonly object[] }) => string;
  /** Called for each failure at its turn; `end` gets all of them. */
  readonly failure: (failure: InputFailure) => string;
  readonly end: (failures: readonly InputFailure[], summary: RunSummary) => string;
}

export const jsonWriters: Readonly<Record<string, (version: string) => JsonWriter>> = {
  json: (version) => {
    let files = 0;
    return {
      file: (file) => `${files++ === 0 ? jsonOpening(version) : ','}\n${JSON.stringify(file)}`,
      failure: () => '',
      end: (failures, summary) => `${files === 0 ? jsonOpening(version) : '\n'}${jsonEnd(failures, summary)}}\n`,
    };
  },
  ndjson: (version) => {
    let files = 0;
    const opening = () => (files++ === 0 ? startLine(version, {}, undefined) : '');
    return {
      file: (file) => opening() + fileLines(file),
      failure: (failure) => opening() + failureLine(failure),
      end: (_, summary) => opening() + endLine(summary),
    };
  },
};
