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
`;

const factTypes = `/** Made by scripts/generate-schemas.mjs from the JSON Schemas of what is read when the program is built. */
import type { SchemaError } from './schema.generated.js';

/** What is wrong with \`value\`; empty when it is valid. */
export declare function validateParameters(value: unknown): readonly SchemaError[];
export declare function validateCapabilities(value: unknown): readonly SchemaError[];
`;

const reportTypes = `/** Made by scripts/generate-schemas.mjs from schemas/report.schema.json. */
export interface ReportFault {
  readonly instancePath: string;
  readonly message?: string;
}

/** What is wrong with a report, and with one of its files; undefined where it is valid. */
export declare function faultInReport(value: unknown): ReportFault | undefined;
export declare function faultInFile(value: unknown): ReportFault | undefined;
`;

export async function generateSchemas() {
  const profile = ['Profile', 'rules/schema.json'];
  const validators = await validatorsOf([
    profile,
    ['Symbols', 'rules/symbols/schema.json'],
    ['Project', 'schemas/project.schema.json'],
    ['Baseline', 'schemas/baseline.schema.json'],
  ]);
  // Apart, for the program itself needs none of them.
  const facts = await validatorsOf(
    [
      ['Parameters', 'rules/parameters/schema.json'],
      ['Capabilities', 'rules/capabilities/schema.json'],
    ],
    [profile],
  );
  const report = JSON.parse(await readFile(join(root, 'schemas/report.schema.json'), 'utf8'));
  return new Map([
    ['src/profiles/schema.generated.js', validators],
    ['src/profiles/schema.generated.d.ts', types],
    ['src/profiles/facts-schema.generated.js', facts],
    ['src/profiles/facts-schema.generated.d.ts', factTypes],
    ['src/shards/schema.generated.js', `// Made by scripts/generate-schemas.mjs.\n${await reportValidators(report)}`],
    ['src/shards/schema.generated.d.ts', reportTypes],
    ['schemas/ndjson.schema.json', `${JSON.stringify(linesSchema(report), null, 2)}\n`],
  ]);
}

/** A module with a function `validateNAME` for each schema; `others` are those that they refer to. */
async function validatorsOf(schemas, others = []) {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, code: { source: true, esm: true } });
  for (const [name, path] of [...schemas, ...others])
    ajv.addSchema(JSON.parse(await readFile(join(root, path), 'utf8')), name);
  const text = await bundled(
    standalone.default(ajv, Object.fromEntries(schemas.map(([name]) => [name, name]))),
    `
        import * as v from 'validators';
        const run = (validate) => (value) => (validate(value) ? [] : validate.errors);
        ${schemas.map(([name]) => `export const validate${name} = run(v.${name});`).join('\n')}
      `,
  );
  return `// Made by scripts/generate-schemas.mjs.\n${text}`;
}

/** Reports may be large, and were written by a program: the first fault of one is enough. */
async function reportValidators(report) {
  const ajv = new Ajv2020({ strict: true, inlineRefs: false, code: { source: true, esm: true } });
  ajv.addSchema(report, 'report');
  ajv.addSchema({ $ref: `${report.$id}#/$defs/file` }, 'file');
  return bundled(
    standalone.default(ajv, { report: 'report', file: 'file' }),
    `
        import * as v from 'validators';
        const run = (validate) => (value) => (validate(value) ? undefined : validate.errors[0]);
        export const faultInReport = run(v.report);
        export const faultInFile = run(v.file);
      `,
  );
}

async function bundled(validators, contents) {
  const result = await build({
    stdin: {
      contents,
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
  return result.outputFiles[0].text;
}

/** The schema of one line of `--format ndjson`: the parts of a report, each as a record of its own. */
function linesSchema({ $schema, properties, $defs }) {
  const { file, finding, shard, ...others } = $defs;
  const place = {
    type: 'integer',
    minimum: -1,
    description: 'Place of the input in the whole run, in the report of a shard.',
  };
  const record = (type, description, { required, properties }, more = {}, needed = []) => ({
    description,
    type: 'object',
    additionalProperties: false,
    required: ['type', ...needed, ...required],
    properties: { type: { const: type }, ...more, ...properties },
  });
  const without = ({ required, properties }, ...names) => ({
    required: required.filter((name) => !names.includes(name)),
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
  });
  const only = ({ properties }, ...names) => ({
    type: 'object',
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
  });
  const end = ['lateRules', 'closing'];
  const start = Object.keys(shard.properties).filter((name) => ![...end, 'places', 'failurePlaces'].includes(name));
  const { schemaVersion, tool, summary, failures, node } = properties;
  return {
    $schema,
    $id: 'https://kconfig-lint.dev/schemas/ndjson-1.json',
    title: 'A line of kconfig-lint --format ndjson',
    description:
      'One record: start, then each file with its findings behind it and each failure as they come, then end. A stream without end was cut off.',
    oneOf: [
      record('start', 'The first record.', {
        required: ['schemaVersion', 'tool'],
        properties: { schemaVersion, tool, node, shard: only(shard, ...start) },
      }),
      record('file', 'A file that was checked; as many findings follow as its counts say.', without(file, 'findings'), {
        place,
      }),
      record(
        'finding',
        'A finding of the file before it.',
        finding,
        { file: { type: 'string', description: 'Path of that file.' } },
        ['file'],
      ),
      record('failure', 'An input that could not be read or understood.', failures.items, { place }),
      record('end', 'The last record.', { required: ['summary'], properties: { summary, shard: only(shard, ...end) } }),
    ],
    $defs: { ...others, file, finding },
  };
}
