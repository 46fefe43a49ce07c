import { ctColumns } from './ct-columns.ts';
import { mrColumns } from './mr-columns.ts';
import type { ParameterColumn } from './parameter-column.ts';
import type { ParameterKind } from './parameter-table.ts';
import { projectionColumns } from './projection-columns.ts';

/** The columns of each kind of table, in the order of the sheet. */
export const parameterColumns: Readonly<Record<ParameterKind, readonly ParameterColumn[]>> = {
  projection: projectionColumns,
  CT: ctColumns,
  MR: mrColumns,
};

/** One column by its key; undefined when the kind of table has none of the name. */
export const parameterColumnOf = (kind: ParameterKind, key: string): ParameterColumn | undefined =>
  parameterColumns[kind].find((column) => column.key === key);
