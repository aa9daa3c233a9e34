/** Made by scripts/generate-schemas.mjs from the JSON Schemas of what is read when the program is built. */
import type { SchemaError } from './schema.generated.js';

/** What is wrong with `value`; empty when it is valid. */
export declare function validateParameters(value: unknown): readonly SchemaError[];
export declare function validateCapabilities(value: unknown): readonly SchemaError[];
