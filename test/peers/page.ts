/** docs/peers.md: what the comparison with peers came to. */
export interface Summary {
  readonly configs: number;
  readonly releases: Readonly<Record<string, number>>;
  readonly arches: Readonly<Record<string, number>>;
  readonly peers: readonly {
    readonly peer: string;
    readonly version: string;
    readonly profiles: readonly string[];
    readonly configs: number;
    readonly rows: number;
    readonly agreeing: number;
    readonly theirBug: number;
    readonly question: number;
    readonly onlyThere: number;
    readonly onlyHere: number;
  }[];
  /** How often each explanation of the table was needed. */
  readonly used: readonly number[];
  readonly knownGood: readonly number[];
}

export function pageOf(_summary: Summary, _differences: string, _knownGood: string): string {
  return '';
}
