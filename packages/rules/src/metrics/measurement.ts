/**
 * One automatic figure: what was measured, in which unit, by which method and version of it, and where on the picture.
 * A later version of a method supersedes nothing: both figures stay, told apart by `version`.
 */
export interface Measurement {
  readonly metric: string;
  readonly value: number;
  /** A UCUM symbol (`mGy`, `mm`, `deg`, `HU`), `1` for a ratio. */
  readonly unit: string;
  readonly method: string;
  readonly version: number;
  /** The part it speaks of when one metric has several figures, such as the insert of a phantom. */
  readonly where?: string;
  readonly place?: Place;
}

/** A figure that does not exist, and why; never shown as a number. `reason` is a word of the metric's page. */
export interface NotMeasured {
  readonly metric: string;
  readonly reason: string;
  readonly where?: string;
}

/** A rectangle on the picture: column and row of its upper left corner, width and height, in pixels of the stored frame. */
export interface Place {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** What a set of metrics says of one object. */
export interface Measured {
  readonly measurements: readonly Measurement[];
  readonly notMeasured: readonly NotMeasured[];
}
