/**
 * A test runner for mutants: bundles each test file once, and for each mutant runs what was bundled anew in this process. Starting a worker
 * and loading the modules would take many times what the tests themselves take.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { commonTokens, declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { collect, hooksOf, words } from './words.mjs';

const space = '__stryker__';

/** What a test imports from `vitest` is ours, and properties try the same few values each time. */
const replacements = {
  vitest: 'module.exports = globalThis.__mutants__',
  'fast-check': `
    const fc = require('fast-check-itself');
    const assert = (property, given) =>
      fc.assert(property, { ...given, seed: 1, endOnFailure: true, numRuns: Math.min(given?.numRuns ?? 100, 100) });
    module.exports = { __esModule: true, ...fc, assert, default: { ...fc, assert } };`,
};

const plugin = {
  name: 'mutants',
  setup(build) {
    build.onResolve({ filter: /^(vitest|fast-check)$/ }, ({ path }) => ({ path, namespace: 'mutants' }));
    build.onLoad({ filter: /.*/, namespace: 'mutants' }, ({ path }) => ({ contents: replacements[path] }));
    build.onResolve({ filter: /^fast-check-itself$/ }, () => ({ path: 'fast-check', external: true }));
    // A module finds its files from where it stands, not from where it is bundled.
    build.onLoad({ filter: /test\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

async function bundled(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [plugin],
    logLevel: 'error',
  });
  const text = outputFiles[0].text;
  return new Script(`(function (exports, require, module) {${text}\n})`, { filename: `${file}.cjs` });
}

function createRunner(options) {
  const here = process.cwd();
  const { without } = options.anew;
  const load = createRequire(join(here, 'package.json'));
  const scripts = new Map();
  /** Milliseconds that a test took when nothing was changed: the quickest has the first word. */
  const cost = new Map();
  globalThis.__mutants__ = words;

  /** Loads `files` anew and runs those of their tests that are asked for, until one fails. */
  async function run(files, isWanted, bail) {
    const state = globalThis[space];
    const results = [];
    const tests = [];
    for (const file of files) {
      const name = relative(here, file);
      try {
        const module = { exports: {} };
        tests.push(...collect(name, () => scripts.get(file).runInThisContext()(module.exports, load, module)));
      } catch (error) {
        results.push({ id: name, name, timeSpentMs: 0, status: 1, failureMessage: String(error?.stack ?? error) });
        if (bail) return results;
      }
    }
    const wanted = tests
      .filter(({ id }) => isWanted(id) && !without.some((words) => id.includes(words)))
      .sort((a, b) => (cost.get(a.id) ?? 0) - (cost.get(b.id) ?? 0));
    const hooks = hooksOf(wanted);
    for (const test of wanted) {
      const { id } = test;
      if (test.isSkipped) {
        results.push({ id, name: id, timeSpentMs: 0, status: 2 });
        continue;
      }
      const start = performance.now();
      state.currentTestId = id;
      let failureMessage;
      try {
        await hooks.before(test);
        await test.run();
        await hooks.after(test);
      } catch (error) {
        failureMessage = String(error?.message ?? error).slice(0, 500);
      }
      state.currentTestId = undefined;
      const result = { id, name: id, fileName: test.file, timeSpentMs: performance.now() - start };
      results.push(failureMessage === undefined ? { ...result, status: 0 } : { ...result, status: 1, failureMessage });
      if (failureMessage !== undefined && bail) break;
    }
    await hooks.end();
    return results;
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      globalThis[space] ??= {};
      const files = options.anew.tests.map((file) => join(here, file));
      for (const [i, script] of (await Promise.all(files.map(bundled))).entries()) scripts.set(files[i], script);
    },
    dryRun: async () => {
      const state = globalThis[space];
      state.activeMutant = undefined;
      state.mutantCoverage = { static: {}, perTest: {} };
      const tests = await run([...scripts.keys()], () => true, false);
      for (const { id, timeSpentMs } of tests) cost.set(id, timeSpentMs);
      writeFileSync(
        options.anew.times,
        JSON.stringify(
          [...cost].sort((a, b) => b[1] - a[1]),
          null,
          1,
        ),
      );
      return { status: 'complete', tests, mutantCoverage: state.mutantCoverage };
    },
    mutantRun: async ({ testFilter, activeMutant, hitLimit }) => {
      const state = globalThis[space];
      const chosen = testFilter === undefined ? undefined : new Set(testFilter);
      const files = [...scripts.keys()].filter(
        (file) => chosen === undefined || testFilter.some((id) => id.startsWith(`${relative(here, file)} `)),
      );
      Object.assign(state, { activeMutant: activeMutant.id, hitLimit, hitCount: 0, currentTestId: undefined });
      const tests = await run(files, (id) => chosen?.has(id) ?? true, true);
      state.activeMutant = undefined;
      const timeout = determineHitLimitReached(state.hitCount, hitLimit);
      return toMutantRunResult(timeout ?? { status: 'complete', tests });
    },
  };
}
createRunner.inject = [commonTokens.options];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'anew', createRunner)];
