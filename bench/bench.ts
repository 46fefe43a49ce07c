/** What a `*.bench.ts` file exports under the name `bench`. */
export interface Bench {
  readonly title: string;
  readonly run: (progress: (line: string) => void) => Promise<BenchResult>;
}

export interface BenchResult {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  /** The single measurements behind the tables. */
  readonly measurements: unknown;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure that was promised, and what came out. */
export interface Target {
  readonly claim: string;
  readonly measured: string;
  readonly isMet: boolean;
}
