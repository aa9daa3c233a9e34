/** What `--base` and a project file name: what fragments are merged onto. */
import type { ConfigDocument } from '../config/document.ts';
import type { InputFailure } from '../finding.ts';
import type { Host } from '../host.ts';
import type { Base } from '../kconfig/index.ts';
import { kernelArch } from './kernel.ts';
import { readDocument } from './read.ts';

const namedBase = /^[\w.-]*(?:defconfig|\.config)$/;

/** A base that is no file: `none`, `allnoconfig`, or a config of the kernel tree by its name. */
export function namedBaseOf(choice: string, host: Host): Base | undefined {
  if (choice === 'none' || choice === 'allnoconfig') return { kind: choice };
  return namedBase.test(choice) && host.pathKind(choice) === 'missing' ? { kind: 'named', name: choice } : undefined;
}

/** A base by its name or its path. */
export function baseOf(choice: string, host: Host): Base | InputFailure {
  const named = namedBaseOf(choice, host);
  if (named !== undefined) return named;
  const document = readDocument(choice, host, { kind: 'auto', stdinName: '<stdin>', keep: true });
  return 'scanned' in document ? baseFrom(document) : document;
}

export function baseFrom({ source }: ConfigDocument): Base {
  return { kind: 'text', text: source.text };
}

/** kbuild on an x86_64 machine calls itself x86, and so do the configs that it writes. */
export function makeArch(option: string, base: Base): string {
  const arch = kernelArch(option)?.name ?? option;
  return arch === 'x86_64' && base.kind === 'text' && /^# Linux\/x86 /m.test(base.text) ? 'x86' : arch;
}
