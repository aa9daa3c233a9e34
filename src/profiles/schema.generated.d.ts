/** Made by scripts/generate-schemas.mjs from the JSON Schemas in rules/. */
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

/** What is wrong with `value`; empty when it is valid. */
export declare function validateProfile(value: unknown): readonly SchemaError[];
export declare function validateSymbols(value: unknown): readonly SchemaError[];
export declare function validateProject(value: unknown): readonly SchemaError[];
export declare function validateBaseline(value: unknown): readonly SchemaError[];
