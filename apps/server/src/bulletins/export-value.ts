/** What a cell of an export can hold. */
export type ExportValue = string | number | boolean | Date | null;
