/** How a report is printed. */
export interface Page {
  /** Sentences about the whole report, such as that a plan is partial. */
  readonly remarks: readonly string[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Of this package. */
  readonly version: string;
  /** Whether something is missing in the report: then not even a report in which all is open is certain. */
  readonly isPartial?: boolean;
  /** Whether a text is the verdict alone. */
  readonly isQuiet?: boolean;
  /** Whether a long text shows everything; otherwise what breaks, and the rest as a count. */
  readonly isWhole?: boolean;
}
