/** The Kconfig engine: read a tree or load a model, and know what the kernel makes of a config. */
export { type Answerer, asOneLine, createQuestions, fillIn, type Question } from './answers.ts';
export { type CompileOptions, type CompileResult, compileKconfig } from './compile.ts';
export {
  type AllMode,
  allConfig,
  type Configured,
  defConfig,
  lineFor,
  linesFor,
  listNew,
  loadConfig,
  loadUserConfig,
  writeConfig,
  writeDefconfig,
  writeSome,
} from './configure.ts';
export { describeExpression, describeSymbol, type SymbolDescription } from './describe.ts';
export { type Dialect, dialectOfTools, dialectOfVersion } from './dialect.ts';
export { ChainTooLong, createEvaluation, type Evaluation } from './evaluate.ts';
export { mentions } from './expression.ts';
export {
  decodeModel,
  encodeModel,
  type ModelFile,
  ModelFormatError,
  type NamedConfigs,
  type Toolchains,
} from './format.ts';
export { failing, findLosses, holds, type Link, type Loss, type LossReason, valueIn, type Wanted } from './losses.ts';
export { isDefined, type KconfigModel, symbolNamed, symbolsNamed } from './model.ts';
export { kconfigLimits } from './parser.ts';
export { createPlanner, planSettings } from './plan.ts';
export { findImpossible } from './possible.ts';
export { type KconfigProblem, type KconfigProblemCode, kconfigProblemCodes } from './problem.ts';
export { type Additions, goalOf, type Proposal, propose } from './proposal.ts';
export { type RecordedConfig, readRecorded, resolveAsRecorded } from './recorded.ts';
export {
  type Base,
  type Disagreement,
  type Resolved,
  type ResolveOptions,
  resolveConfig,
  type Settings,
  UnknownName,
} from './resolve.ts';
export {
  type Goal,
  type GoalPart,
  type Outcome,
  type SatisfyInput,
  type Solution,
  satisfy,
  waysOf,
} from './satisfy.ts';
export { typeNames } from './symbol.ts';
export { elsewhereInWords, modelsWith, partsOf, writeSymbolIndex } from './symbol-index.ts';
export { type Answers, answersRecordedIn, assume, recordsToolchain } from './toolchain.ts';
export { mergeConfigs, parseUserConfig, type Refusal, type UserConfig, type UserSetting } from './user-config.ts';
export { createUserValues, type UserValues } from './user-values.ts';
export {
  cameTo,
  chainInWords,
  decidersInWords,
  lossInWords,
  stateInWords,
  wishInWords,
} from './words.ts';
