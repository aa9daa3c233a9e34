/** The Kconfig engine: read a tree or load a model, and know what the kernel makes of a config. */
export { type Answerer, asOneLine, createQuestions, fillIn, type Question } from './answers.ts';
export { type CompileOptions, type CompileResult, compileKconfig } from './compile.ts';
export {
  type AllMode,
  allConfig,
  type Configured,
  defConfig,
  lineFor,
  listNew,
  loadConfig,
  writeConfig,
  writeDefconfig,
} from './configure.ts';
export { describeExpression, describeSymbol, type SymbolDescription } from './describe.ts';
export { type Dialect, dialectOfTools, dialectOfVersion } from './dialect.ts';
export { ChainTooLong, createEvaluation, type Evaluation } from './evaluate.ts';
export {
  decodeModel,
  encodeModel,
  type ModelFile,
  ModelFormatError,
  type NamedConfigs,
  type Toolchains,
} from './format.ts';
export { findLosses, type Link, type Loss, type LossReason, type Wanted } from './losses.ts';
export { isDefined, type KconfigModel, symbolNamed } from './model.ts';
export { kconfigLimits } from './parser.ts';
export { type KconfigProblem, type KconfigProblemCode, kconfigProblemCodes } from './problem.ts';
export { type Base, type Disagreement, type Resolved, type ResolveOptions, resolveConfig } from './resolve.ts';
export { type Additions, type Proposal, propose } from './satisfy.ts';
export { type Answers, answersRecordedIn, assume, recordsToolchain } from './toolchain.ts';
export { mergeConfigs, type Refusal, readUserConfig } from './user-config.ts';
export { createUserValues, type UserValues } from './user-values.ts';
