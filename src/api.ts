/**
 * kconfig-lint as a library: load a model, resolve configs against it.
 *
 * ```js
 * const { loadModel, resolveConfig } = require('kconfig-lint');
 * const model = loadModel('6.12-x86_64');
 * const { text } = resolveConfig({
 *   models: [model],
 *   base: { kind: 'named', name: 'defconfig' },
 *   fragments: ['CONFIG_XEN=y\n'],
 *   toolchain: 'gcc-12',
 *   output: 'config',
 * });
 * ```
 */
import { join } from 'node:path';
import { decodeModel, type ModelFile } from './kconfig/index.ts';
import { createKernelHost } from './node-kernel-host.ts';

export {
  type AllMode,
  allConfig,
  type Base,
  type CompileOptions,
  type CompileResult,
  type Configured,
  compileKconfig,
  type Disagreement,
  decodeModel,
  defConfig,
  type Evaluation,
  encodeModel,
  type KconfigModel,
  type KconfigProblem,
  listNew,
  loadConfig,
  type ModelFile,
  ModelFormatError,
  mergeConfigs,
  type Refusal,
  type Resolved,
  type ResolveOptions,
  resolveConfig,
  symbolNamed,
  writeConfig,
  writeDefconfig,
} from './kconfig/index.ts';

const host = createKernelHost(join(__dirname, '../models'));

/** Names of the models that ship: `6.12-x86_64`. */
export function shippedModels(): readonly string[] {
  return host.shippedModels();
}

/**
 * Loads a model: one that ships by its name, any other by the path of its file.
 *
 * @throws ModelFormatError where the file is no model, Error where it cannot be read.
 */
export function loadModel(nameOrPath: string): ModelFile {
  const isShipped = !/[/\\.]kmodel$|[/\\]/.test(nameOrPath) && host.shippedModels().includes(nameOrPath);
  const read = isShipped ? host.readShippedModel(nameOrPath) : host.readModel(nameOrPath);
  if ('error' in read) throw new Error(`${nameOrPath} cannot be read: ${read.error} (${read.detail})`);
  return decodeModel(read);
}
