/** Lets only a sample of the mutants run: always the same ones, whatever order they come in. */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { commonTokens, declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';

function createSample(options) {
  const { stride } = options.sample;
  return {
    init: async () => {},
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          isChosen(mutant, stride) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
        ]),
      ),
  };
}
createSample.inject = [commonTokens.options];

function isChosen({ fileName, location: { start, end }, replacement }, stride) {
  const place = `${relative(process.cwd(), fileName)} ${JSON.stringify([start, end])} ${replacement}`;
  return createHash('sha1').update(place).digest().readUInt32BE(0) % stride === 0;
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, 'sample', createSample)];
