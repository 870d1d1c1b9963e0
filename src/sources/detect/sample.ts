/** How a value of the first records is written. `text`: CSV without quotes, or a JSON string. */
export type SampleKind = 'empty' | 'text' | 'quoted' | 'number' | 'boolean' | 'structure';

export interface Sample {
  readonly kind: SampleKind;
  readonly text: string;
  readonly line: number;
}

/** A column as the first records show it. */
export interface ColumnSample {
  readonly name: string;
  readonly path: string;
  /** One a record, in file order; JSON records without the key have none. */
  readonly samples: Sample[];
}

/** Records and bytes that a detection looks at, at most. */
export const SAMPLE_RECORDS = 2_000;
