/** Small Kconfig trees in memory, for every dialect. */
import {
  allConfig,
  type CompileResult,
  compileKconfig,
  dialectOfVersion,
  type KconfigModel,
  listNew,
  loadConfig,
  writeConfig,
  writeDefconfig,
} from '../../src/kconfig/index.ts';

export interface Tree {
  readonly files: Readonly<Record<string, string>>;
  /** `major * 1000 + minor`; the newest where absent. */
  readonly version?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Answers of the shell; commands that are not in it stay open. */
  readonly answers?: Readonly<Record<string, string>>;
}

export function compile(tree: Tree | string): CompileResult {
  const {
    files,
    version = 7003,
    environment = {},
    answers = {},
  } = typeof tree === 'string' ? { files: { Kconfig: tree } } : tree;
  const read = (path: string): string | undefined => (Object.hasOwn(files, path) ? files[path] : undefined);
  return compileKconfig({
    path: 'Kconfig',
    read,
    match: (pattern) => {
      const rule = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
      return Object.keys(files)
        .filter((path) => rule.test(path))
        .sort();
    },
    dialect: dialectOfVersion(version),
    answer: ({ text }) => (Object.hasOwn(answers, text) ? answers[text] : undefined),
    environment: (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined),
    release: '',
    arch: '',
  });
}

export function model(tree: Tree | string): KconfigModel {
  const result = compile(tree);
  if (result.model === undefined) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.model;
}

/** The settings that olddefconfig writes, without header and menus. */
export function olddefconfig(tree: Tree | string, config = '', answers: readonly string[] = []): string[] {
  const { evaluation } = loadConfig(model(tree), answers, config);
  return settings(writeConfig(evaluation, answers));
}

export function settings(text: string): string[] {
  return text.split('\n').filter((line) => /^CONFIG_|^# CONFIG_/.test(line));
}

export function whole(tree: Tree | string, config = ''): string {
  return writeConfig(loadConfig(model(tree), [], config).evaluation, []);
}

export function savedefconfig(tree: Tree | string, config: string): string {
  return writeDefconfig(loadConfig(model(tree), [], config).evaluation);
}

export function listnewconfig(tree: Tree | string, config: string): string {
  return listNew(loadConfig(model(tree), [], config).evaluation);
}

export function allnoconfig(tree: Tree | string): string[] {
  return settings(writeConfig(allConfig(model(tree), [], 'allno').evaluation, []));
}

/** Codes of the problems with their lines: `recursive-macro 3`. */
export function problemsOf(tree: Tree | string): string[] {
  return compile(tree).problems.map(({ code, location: { source, span } }) => {
    const line = source.text.slice(0, span.start).split('\n').length;
    return `${code} ${source.path === 'Kconfig' ? '' : `${source.path}:`}${line}`;
  });
}
