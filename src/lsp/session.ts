/** What the server knows between messages: open documents, settings, assemblies, and what was last said of each document. */
import { resolve } from 'node:path';
import { type Assembly, assemble, folderFor, type Machine } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { type Judged, judge } from './judging.ts';
import { noSettings, type Settings } from './settings.ts';

export interface Session {
  readonly documents: Map<string, OpenDocument>;
  /** Absolute paths of the workspace folders. */
  readonly folders: string[];
  /** Settings by the URI of the document that they are for. */
  readonly settings: Map<string, Settings>;
  /** Those of clients that cannot be asked. */
  fallback: Settings;
  readonly assemblyFor: (open: OpenDocument) => Assembly;
  /** What is said of the document as it is now; worked out once for each version. */
  readonly judgedFor: (open: OpenDocument) => Judged;
  /** Milliseconds that judging the document took. */
  readonly costOf: (uri: string) => number;
  /** Forgets assemblies and verdicts, so that files and settings are read anew. */
  readonly forget: () => void;
  readonly drop: (uri: string) => void;
  readonly settingsFor: (uri: string) => Settings;
}

interface Verdict {
  readonly open: OpenDocument;
  readonly assembly: Assembly;
  readonly judged: Judged;
  readonly cost: number;
}

/** Assemblies that are kept; each may hold a model of 3 MB. */
const mostAssemblies = 8;

export function createSession(machine: Machine): Session {
  const assemblies = new Map<string, Assembly>();
  const verdicts = new Map<string, Verdict>();
  const settings = new Map<string, Settings>();
  const folders: string[] = [];
  const assemblyFor = (open: OpenDocument): Assembly => {
    const folder = open.path === undefined ? (folders[0] ?? resolve('.')) : folderFor(open.path, folders, machine);
    const { raw } = session.settingsFor(open.uri);
    const key = JSON.stringify([folder, raw]);
    const known = assemblies.get(key);
    if (known !== undefined && !known.isStale()) return known;
    assemblies.delete(key);
    const made = assemble(folder, raw, machine);
    assemblies.set(key, made);
    for (const oldest of assemblies.keys()) {
      if (assemblies.size <= mostAssemblies) break;
      assemblies.delete(oldest);
    }
    return made;
  };
  const session: Session = {
    documents: new Map(),
    folders,
    settings,
    fallback: noSettings,
    assemblyFor,
    judgedFor: (open) => {
      const assembly = assemblyFor(open);
      const known = verdicts.get(open.uri);
      if (known !== undefined && known.open === open && known.assembly === assembly) return known.judged;
      const start = performance.now();
      const judged = judge(open, assembly);
      verdicts.set(open.uri, { open, assembly, judged, cost: performance.now() - start });
      return judged;
    },
    costOf: (uri) => verdicts.get(uri)?.cost ?? 0,
    forget: () => {
      assemblies.clear();
      verdicts.clear();
    },
    drop: (uri) => {
      session.documents.delete(uri);
      verdicts.delete(uri);
      settings.delete(uri);
    },
    settingsFor: (uri) => settings.get(uri) ?? session.fallback,
  };
  return session;
}
