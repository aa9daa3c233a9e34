/** What can be wrong with Kconfig files; a closed set, so that nothing has to be told by its wording. */
import { createSource, type Location, lineSpanOf, type SourceText, type Span } from '../source.ts';

export const kconfigProblemCodes = {
  'invalid-statement': 'error',
  'unknown-statement': 'error',
  'unexpected-end': 'error',
  'missing-end': 'error',
  'end-in-other-file': 'error',
  'missing-file': 'error',
  'outside-tree': 'error',
  'recursive-inclusion': 'error',
  'repeated-inclusion': 'error',
  'recursive-dependency': 'error',
  'recursive-macro': 'error',
  'unterminated-macro': 'error',
  'macro-arguments': 'error',
  'macro-too-large': 'error',
  'error-if': 'error',
  'choice-without-prompt': 'error',
  'choice-member-without-prompt': 'error',
  'choice-member-not-bool': 'error',
  'choice-member-with-default': 'error',
  'choice-member-elsewhere': 'error',
  'transitional-with-properties': 'error',
  'modules-twice': 'error',
  'menuconfig-without-prompt': 'warning',
  'too-deep': 'error',
  'too-large': 'error',
  'warning-if': 'warning',
  info: 'info',
  'ignored-character': 'warning',
  'multi-line-string': 'warning',
  'missing-final-newline': 'warning',
  'blank-help': 'warning',
  'second-help': 'warning',
  'prompt-redefined': 'warning',
  'leading-whitespace': 'warning',
  'type-redefined': 'warning',
  'no-type': 'warning',
  'wrong-type': 'warning',
  'invalid-number': 'warning',
  'default-not-in-choice': 'warning',
} as const;

export type KconfigProblemCode = keyof typeof kconfigProblemCodes;

export interface KconfigProblem {
  readonly code: KconfigProblemCode;
  /** Whether the kernel would refuse the tree, which differs between releases for a few codes. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly location: Location;
}

/** A Kconfig file while it is read. */
export interface KconfigFile {
  /** Relative to the root of the tree. */
  readonly path: string;
  readonly text: string;
}

/** The span of a 1-based line, without its end. */
export function spanOfLine(file: KconfigFile, line: number): Span {
  return lineSpanOf(sourceOf(file), Math.max(0, line - 1));
}

/** Makes a problem at a span of a file. */
export function problemAt(
  file: KconfigFile,
  span: Span,
  code: KconfigProblemCode,
  message: string,
  severity: KconfigProblem['severity'] = kconfigProblemCodes[code],
): KconfigProblem {
  return { code, severity, message, location: { source: sourceOf(file), span } };
}

const sources = new WeakMap<KconfigFile, SourceText>();

function sourceOf(file: KconfigFile): SourceText {
  let source = sources.get(file);
  if (source === undefined) {
    source = createSource(file.path, file.text);
    sources.set(file, source);
  }
  return source;
}
