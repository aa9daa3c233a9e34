import { type ModelFile } from './kconfig/index.ts';
export { type AllMode, allConfig, type Base, type CompileOptions, type CompileResult, type Configured, compileKconfig, type Disagreement, decodeModel, defConfig, type Evaluation, encodeModel, type KconfigModel, type KconfigProblem, listNew, loadConfig, type ModelFile, ModelFormatError, mergeConfigs, type Refusal, type Resolved, type ResolveOptions, resolveConfig, symbolNamed, writeConfig, writeDefconfig, } from './kconfig/index.ts';
/** Names of the models that ship: `6.12-x86_64`. */
export declare function shippedModels(): readonly string[];
/**
 * Loads a model: one that ships by its name, any other by the path of its file.
 *
 * @throws ModelFormatError where the file is no model, Error where it cannot be read.
 */
export declare function loadModel(nameOrPath: string): ModelFile;
