/** What `resolve` and its kin are given: a base and fragments, in their order. */
import type { ConfigDocument } from '../config/document.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import type { Base } from '../kconfig/index.ts';
import { namedBaseOf } from '../project/base-and-models.ts';
import { failureText, readDocument } from '../project/read.ts';
import type { Target } from '../target.ts';
import { reportUsage } from './check.ts';
import { type RawOptions, textOption } from './options.ts';

export { findModels, makeArch, orUsage, readBase } from '../project/base-and-models.ts';

export interface Layers {
  readonly base: Base;
  /** The base where it is a file. */
  readonly baseDocument: ConfigDocument | undefined;
  readonly fragments: readonly ConfigDocument[];
  /** Of the base, or of the first fragment that tells. */
  readonly target: Target;
}

export function readLayers(raw: RawOptions, host: Host): Layers | ExitCode {
  const choice = textOption(raw, 'base');
  const files = [...raw.files];
  const base = choice === undefined ? undefined : namedBaseOf(choice, host);
  if (choice !== undefined && base === undefined) files.unshift(choice);
  if (base === undefined && files.length === 0) {
    return reportUsage(
      [
        {
          message: 'no config was named',
          help: 'kconfig-lint resolve --kernel 6.12 --arch x86_64 --base defconfig FRAGMENT…',
        },
      ],
      raw,
      host,
    );
  }
  const documents: ConfigDocument[] = [];
  let target: Target = {};
  for (const path of files) {
    const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
    const document = readDocument(path, host, { kind: 'auto', stdinName, keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      return Exit.unreadable;
    }
    documents.push(document);
    target = { ...document.target, ...target };
  }
  if (base !== undefined) return { base, baseDocument: undefined, fragments: documents, target };
  const [first, ...rest] = documents as [ConfigDocument, ...ConfigDocument[]];
  return { base: { kind: 'text', text: first.source.text }, baseDocument: first, fragments: rest, target };
}
