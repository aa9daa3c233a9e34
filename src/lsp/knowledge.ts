/** What is known of the kernel of an open document, worked out when it is first asked for and kept for that version. */
import type { ConfigDocument } from '../config/document.ts';
import type { KernelTree } from '../host.ts';
import { type Evaluation, type ModelFile, resolveAsRecorded, resolveConfig } from '../kconfig/index.ts';
import { makeArch } from '../project/base-and-models.ts';
import { textOption } from '../project/raw-options.ts';
import type { Assembly } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { parseOpen } from './judging.ts';

export interface Knowledge {
  /** Undefined where the text is no config. */
  readonly document: ConfigDocument | undefined;
  /** The model of the kernel, of the newest where it lies between two; undefined where none speaks for it. */
  readonly model: ModelFile | undefined;
  /** What the document, on its base, comes to; undefined where that is not known. */
  readonly evaluation: Evaluation | undefined;
}

const known = new WeakMap<OpenDocument, { readonly assembly: Assembly; readonly knowledge: Knowledge }>();

export function knowledgeOf(open: OpenDocument, assembly: Assembly): Knowledge {
  const found = known.get(open);
  if (found !== undefined && found.assembly === assembly) return found.knowledge;
  const parsed = open.kind === 'config' ? parseOpen(open, assembly) : undefined;
  const document = parsed !== undefined && 'scanned' in parsed ? parsed : undefined;
  let model: ModelFile | undefined | null = null;
  let evaluation: Evaluation | undefined | null = null;
  const knowledge: Knowledge = {
    document,
    get model() {
      if (model === null) model = modelFor(document, assembly);
      return model;
    },
    get evaluation() {
      if (evaluation === null) evaluation = evaluate(document, knowledge.model, assembly);
      return evaluation;
    },
  };
  known.set(open, { assembly, knowledge });
  return knowledge;
}

function modelFor(document: ConfigDocument | undefined, assembly: Assembly): ModelFile | undefined {
  if (document === undefined || textOption(assembly.raw, 'kconfig') === 'off') return undefined;
  const models = assembly.views()?.modelsFor(document);
  return Array.isArray(models) ? (models as readonly ModelFile[]).at(-1) : undefined;
}

function evaluate(
  document: ConfigDocument | undefined,
  model: ModelFile | undefined,
  assembly: Assembly,
): Evaluation | undefined {
  const base = assembly.views()?.base;
  if (document === undefined || model === undefined) return undefined;
  const { text } = document.source;
  if (document.kind === 'complete') return resolveAsRecorded([model], text).evaluations[0];
  if (base === undefined) return undefined;
  const [toolchain, arch] = [textOption(assembly.raw, 'toolchain'), textOption(assembly.raw, 'arch')];
  return resolveConfig({
    models: [model],
    base,
    fragments: [text],
    output: 'new',
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
  }).evaluations[0];
}

/** The kernel tree that symbols are looked up in: the one that was named, else the folder itself where it is one. */
export function treeOf({
  folder,
  raw,
  kernel,
  host,
}: Assembly): { readonly tree: KernelTree; readonly root: string } | undefined {
  const named = textOption(raw, 'tree');
  const isTree =
    named !== undefined || (host.pathKind('Kconfig') === 'file' && host.pathKind('scripts/kconfig') === 'folder');
  if (!isTree) return undefined;
  const tree = kernel.openTree(named ?? folder);
  return 'error' in tree ? undefined : { tree, root: named ?? folder };
}
