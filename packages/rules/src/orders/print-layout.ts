/** One film that is to stand in a field of the sheet. */
export interface PrintedView {
  readonly filmId: string;
  readonly examId: string;
  readonly columns: number;
  readonly rows: number;
  /** Distance of neighbouring pixels in the plane of the detector, mm; null when the image does not say. */
  readonly pixelSpacingMm: number | null;
  readonly hasPatientName: boolean;
  /** A paired or lateral position whose side nobody knows. */
  readonly isSideMissing: boolean;
}

/** Fields (分格) of a sheet and the size of its printable part, mm. */
export interface PrintSheet {
  readonly columns: number;
  readonly rows: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What is wrong with a sheet; `filmId` when one film is meant. */
export interface LayoutFault {
  readonly code: 'no-views' | 'too-many-views' | 'different-exams' | 'scale-unknown' | 'side-missing' | 'name-missing';
  readonly filmId: string | null;
}

/** A sheet as it would be printed. */
export interface PrintLayout {
  readonly faults: readonly LayoutFault[];
  /** One for all views: 1 is life size in the plane of the detector; null when a scale is unknown. */
  readonly magnification: number | null;
  /** Width of each view on the sheet, mm, in order; null beside an unknown scale, and then the printer fits each view. */
  readonly widthsMm: readonly (number | null)[];
}

/** Film sizes of DICOM (2010,0050) and their printable part, mm: the edge of 5 mm that printers leave is taken off. [GKU] */
export const filmSizes: Readonly<Record<string, { readonly widthMm: number; readonly heightMm: number }>> = {
  '8INX10IN': { widthMm: 193, heightMm: 244 },
  '10INX12IN': { widthMm: 244, heightMm: 295 },
  '11INX14IN': { widthMm: 269, heightMm: 346 },
  '14INX17IN': { widthMm: 346, heightMm: 422 },
  A4: { widthMm: 200, heightMm: 287 },
  A3: { widthMm: 287, heightMm: 410 },
};

/**
 * Checks a sheet and gives every view the same magnification: the largest with which the largest view still fits its
 * field, and never more than life size. Views of different exams on one sheet, an unknown side, name or scale are
 * faults that a person may accept; a sheet without views or with more views than fields cannot be printed.
 */
export const layOutPrint = (views: readonly PrintedView[], sheet: PrintSheet): PrintLayout => {
  const faults: LayoutFault[] = [];
  if (views.length === 0) faults.push({ code: 'no-views', filmId: null });
  if (views.length > sheet.columns * sheet.rows) faults.push({ code: 'too-many-views', filmId: null });
  if (new Set(views.map(({ examId }) => examId)).size > 1) faults.push({ code: 'different-exams', filmId: null });
  for (const { filmId, pixelSpacingMm, isSideMissing, hasPatientName } of views) {
    if (pixelSpacingMm === null) faults.push({ code: 'scale-unknown', filmId });
    if (isSideMissing) faults.push({ code: 'side-missing', filmId });
    if (!hasPatientName) faults.push({ code: 'name-missing', filmId });
  }
  const magnification = commonMagnification(views, sheet);
  const widthsMm = views.map(({ columns, pixelSpacingMm }) =>
    magnification === null || pixelSpacingMm === null ? null : columns * pixelSpacingMm * magnification,
  );
  return { faults, magnification, widthsMm };
};

/** Faults with which nothing can be printed, whoever accepts them. */
export const isFinalFault = ({ code }: LayoutFault): boolean => code === 'no-views' || code === 'too-many-views';

const commonMagnification = (views: readonly PrintedView[], sheet: PrintSheet): number | null => {
  const fieldWidth = sheet.widthMm / sheet.columns;
  const fieldHeight = sheet.heightMm / sheet.rows;
  let magnification = 1;
  for (const { columns, rows, pixelSpacingMm } of views) {
    if (pixelSpacingMm === null || pixelSpacingMm <= 0) return null;
    magnification = Math.min(
      magnification,
      fieldWidth / (columns * pixelSpacingMm),
      fieldHeight / (rows * pixelSpacingMm),
    );
  }
  return views.length === 0 ? null : magnification;
};
