/** What is known of the kernels of an open document, worked out when it is first asked for and kept for that version. */
import type { ConfigDocument } from '../config/document.ts';
import type { KernelTree } from '../host.ts';
import type { Evaluation, ModelFile } from '../kconfig/index.ts';
import type { Library, Requirement } from '../profiles/profile.ts';
import { evaluateOn, type KernelOf, kernelsOf } from '../project/kernels-of.ts';
import { builtInLibrary } from '../project/library.ts';
import type { Assembly } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { parseOpen, pathOf } from './judging.ts';

export interface Knowledge {
  /** Undefined where the text is no config. */
  readonly document: ConfigDocument | undefined;
  /** The kernel that is spoken of: the last one of the file's that a model speaks for, else the last one. */
  readonly kernel: KernelOf | undefined;
  /** The model of that kernel, of the newest where it lies between two. */
  readonly model: ModelFile | undefined;
  /** What the document, on its stack, comes to there; undefined where that is not known. */
  readonly evaluation: Evaluation | undefined;
  /** Rows of the profiles that the document is checked against. */
  readonly chosen: ReadonlySet<Requirement>;
  /** The profiles, those that ship and the user's own. */
  readonly library: Library;
}

const known = new WeakMap<OpenDocument, { readonly assembly: Assembly; readonly knowledge: Knowledge }>();

export function knowledgeOf(open: OpenDocument, assembly: Assembly): Knowledge {
  const found = known.get(open);
  if (found !== undefined && found.assembly === assembly) return found.knowledge;
  const parsed = open.kind === 'config' ? parseOpen(open, assembly) : undefined;
  const document = parsed !== undefined && 'scanned' in parsed ? parsed : undefined;
  const judge = assembly.open?.judge;
  const kernels = document === undefined || judge === undefined ? [] : kernelsOf(document, judge);
  const kernel = kernels.findLast(({ models }) => models !== undefined) ?? kernels.at(-1);
  const chosen = new Set(
    kernels.flatMap(({ prepared }) => prepared.chosen.flatMap(({ requirements }) => requirements)),
  );
  const libraries = kernels.map(({ prepared }) => prepared.library);
  let evaluation: Evaluation | undefined | null = null;
  const knowledge: Knowledge = {
    document,
    kernel,
    chosen,
    model: kernel?.models?.at(-1),
    get evaluation() {
      if (evaluation === null)
        evaluation = document === undefined || kernel === undefined ? undefined : evaluateOn(document, kernel);
      return evaluation;
    },
    get library() {
      return libraries.find(({ profiles }) => profiles.size > 0) ?? builtIn(assembly);
    },
  };
  known.set(open, { assembly, knowledge });
  return knowledge;
}

const builtInByHost = new WeakMap<object, Library>();

/** For documents that no profile was chosen for. */
function builtIn({ host }: Assembly): Library {
  const library = builtInByHost.get(host) ?? builtInLibrary(host);
  builtInByHost.set(host, library);
  return library;
}

/** Kernel tree and profiles as the settings of a document name them, by paths from the folder of the assembly. */
export function namedFor(
  open: OpenDocument,
  assembly: Assembly,
): { readonly tree?: string; readonly profiles: readonly string[] } {
  const all = assembly.open?.judge.settingsOf(pathOf(open, assembly)) ?? [];
  const tree = all.map(({ texts }) => texts.tree?.value).find((each) => each !== undefined);
  const profiles = all.flatMap(({ lists }) => lists.profiles?.value ?? []);
  return { profiles, ...(tree === undefined ? {} : { tree }) };
}

/** The kernel tree that symbols are looked up in: the one that was named, else the folder itself where it is one. */
export function treeOf(
  open: OpenDocument,
  assembly: Assembly,
): { readonly tree: KernelTree; readonly root: string } | undefined {
  const { folder, kernel, host } = assembly;
  const named = namedFor(open, assembly).tree;
  const isTree = host.pathKind('Kconfig') === 'file' && host.pathKind('scripts/kconfig') === 'folder';
  if (named === undefined && !isTree) return undefined;
  const tree = kernel.openTree(named ?? folder);
  return 'error' in tree ? undefined : { tree, root: named ?? folder };
}
