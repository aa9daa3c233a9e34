/** Made by scripts/generate-schemas.mjs from schemas/report.schema.json. */
export interface ReportFault {
  readonly instancePath: string;
  readonly message?: string;
}

/** What is wrong with a report, and with one of its files; undefined where it is valid. */
export declare function faultInReport(value: unknown): ReportFault | undefined;
export declare function faultInFile(value: unknown): ReportFault | undefined;
