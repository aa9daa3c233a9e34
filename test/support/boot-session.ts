/** Lints with a command line and manifests, in memory and with everything that ships. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { ParameterFacts } from '../../src/artifacts/parameter-facts.ts';
import { readParameterIndex } from '../../src/artifacts/parameter-index.ts';
import type { BootExample } from '../../src/boot-checks/check.ts';
import { parseConfigText } from '../../src/config/document.ts';
import type { Finding } from '../../src/finding.ts';
import { readParameters } from '../../src/profiles/parameters.ts';
import { readYamlTrees } from '../../src/profiles/yaml.ts';
import { type BootKnowledge, type BootSetup, readBoot } from '../../src/project/boot.ts';
import type { Prepared } from '../../src/project/prepare.ts';
import { reportSetup, type Situated, situate } from '../../src/project/situate.ts';
import { createSource } from '../../src/source.ts';
import { root } from './corpus.ts';
import { memoryHost } from './host.ts';
import { builtIn } from './library.ts';

const facts = readParameters(
  createSource('parameters.yaml', readFileSync(join(root, 'rules/parameters/parameters.yaml'), 'utf8')),
);
if (Array.isArray(facts)) throw new Error(JSON.stringify(facts));

export const knowledge: BootKnowledge = {
  index: readParameterIndex(
    brotliDecompressSync(readFileSync(join(root, 'models/parameters.index'))).toString('latin1'),
  ),
  facts: facts as ParameterFacts,
};

export function preparedFor(
  { arch, kernel }: Pick<BootExample, 'arch' | 'kernel'> = {},
  boot: readonly 'initrd'[] = [],
): Prepared {
  return {
    target: {
      ...(arch === undefined ? {} : { arch }),
      ...(kernel === undefined ? {} : { kernel, release: String(kernel / 1e6) }),
    },
    boot: new Set(boot),
    bootDenied: new Set(),
    chosen: [],
    library: builtIn.library,
  };
}

export function setupsIn({ cmdline, manifest }: Pick<BootExample, 'cmdline' | 'manifest'>): readonly BootSetup[] {
  const files = manifest === undefined ? {} : { [manifest[0]]: manifest[1] };
  const wishes = { cmdline, manifests: manifest === undefined ? [] : [manifest[0]] };
  const { setups, failures } = readBoot(wishes, memoryHost({ files }), readYamlTrees);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return setups;
}

/** Everything that the checks of command lines and manifests find. */
export function bootFindings(example: BootExample): Finding[] {
  const prepared = preparedFor(example);
  return setupsIn(example).flatMap((setup) => {
    const { findings } = reportSetup(setup, prepared, knowledge, example.config === undefined);
    if (example.config === undefined) return findings;
    return [...findings, ...situated(example, setup).findings];
  });
}

export function situated(example: BootExample, setup: BootSetup | undefined = setupsIn(example)[0]): Situated {
  const document = parseConfigText(example.config ?? '', '.config', { kind: 'complete' });
  return situate(document, setup, preparedFor(example), knowledge);
}
