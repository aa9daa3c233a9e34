/** Compiles the JSON Schemas of rules/ into validators, so that no schema is compiled when the program runs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { root } from './load-ts.mjs';

const types = `/** Made by scripts/generate-schemas.mjs from the JSON Schemas in rules/. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly propertyName?: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

/** What is wrong with \`value\`; empty when it is valid. */
export declare function validateProfile(value: unknown): readonly SchemaError[];
export declare function validateSymbols(value: unknown): readonly SchemaError[];
export declare function validateProject(value: unknown): readonly SchemaError[];
export declare function validateBaseline(value: unknown): readonly SchemaError[];
export declare function validateParameters(value: unknown): readonly SchemaError[];
`;

export async function generateSchemas() {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, code: { source: true, esm: true } });
  for (const [id, path] of [
    ['profile', 'rules/schema.json'],
    ['symbols', 'rules/symbols/schema.json'],
    ['project', 'schemas/project.schema.json'],
    ['baseline', 'schemas/baseline.schema.json'],
    ['parameters', 'rules/parameters/schema.json'],
  ]) {
    ajv.addSchema(JSON.parse(await readFile(join(root, path), 'utf8')), id);
  }
  const validators = standalone.default(ajv, {
    profile: 'profile',
    symbols: 'symbols',
    project: 'project',
    baseline: 'baseline',
    parameters: 'parameters',
  });
  const result = await build({
    stdin: {
      contents: `
        import * as v from 'validators';
        const run = (validate) => (value) => (validate(value) ? [] : validate.errors);
        export const validateProfile = run(v.profile);
        export const validateSymbols = run(v.symbols);
        export const validateProject = run(v.project);
        export const validateBaseline = run(v.baseline);
        export const validateParameters = run(v.parameters);
      `,
      resolveDir: root,
    },
    plugins: [
      {
        name: 'validators',
        setup(b) {
          b.onResolve({ filter: /^validators$/ }, () => ({ path: 'validators', namespace: 'made' }));
          b.onLoad({ filter: /.*/, namespace: 'made' }, () => ({ contents: validators, resolveDir: root }));
        },
      },
    ],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
  });
  return new Map([
    ['src/profiles/schema.generated.js', `// Made by scripts/generate-schemas.mjs.\n${result.outputFiles[0].text}`],
    ['src/profiles/schema.generated.d.ts', types],
  ]);
}
