import { describe, expect, it } from 'vitest';
import { filmSizes, isFinalFault, layOutPrint, type PrintedView } from './print-layout.ts';

const view = (values: Partial<PrintedView> = {}): PrintedView => ({
  filmId: 'f1',
  examId: 'e1',
  columns: 1000,
  rows: 2000,
  pixelSpacingMm: 0.1,
  hasPatientName: true,
  isSideMissing: false,
  ...values,
});
const sheet = { columns: 2, rows: 1, widthMm: 400, heightMm: 400 };

describe('a sheet', () => {
  it('shows every view in life size when each fits its field', () => {
    // 1000 × 0.1 mm = 100 mm in a field of 200 mm; 2000 × 0.1 mm = 200 mm in a field of 400 mm.
    expect(layOutPrint([view(), view({ columns: 500, rows: 500 })], sheet)).toEqual({
      faults: [],
      magnification: 1,
      widthsMm: [100, 50],
    });
  });

  it('shows every view with the magnification of the one that fits least', () => {
    // 8000 × 0.1 mm = 800 mm in 400 mm: half size, for the other as well.
    const layout = layOutPrint([view({ rows: 8000 }), view()], sheet);
    expect(layout.magnification).toBe(0.5);
    expect(layout.widthsMm).toEqual([50, 50]);
  });

  it('is exactly full at the border', () => {
    expect(layOutPrint([view({ columns: 2000, rows: 4000 })], sheet).magnification).toBe(1);
    expect(layOutPrint([view({ columns: 2001, rows: 4000 })], sheet).magnification).toBeLessThan(1);
  });

  it('has no common scale when one view does not tell its own', () => {
    const layout = layOutPrint([view(), view({ filmId: 'f2', pixelSpacingMm: null })], sheet);
    expect(layout).toEqual({
      faults: [{ code: 'scale-unknown', filmId: 'f2' }],
      magnification: null,
      widthsMm: [null, null],
    });
  });

  it('says what is missing, and what does not belong together', () => {
    const { faults } = layOutPrint(
      [view({ isSideMissing: true }), view({ filmId: 'f2', examId: 'e2', hasPatientName: false })],
      sheet,
    );
    expect(faults).toEqual([
      { code: 'different-exams', filmId: null },
      { code: 'side-missing', filmId: 'f1' },
      { code: 'name-missing', filmId: 'f2' },
    ]);
    expect(faults.some(isFinalFault)).toBe(false);
  });

  it('cannot be printed without a view, or with more views than fields', () => {
    expect(layOutPrint([], sheet).faults.filter(isFinalFault)).toHaveLength(1);
    expect(layOutPrint([view(), view()], sheet).faults).toEqual([]);
    expect(layOutPrint([view(), view(), view()], sheet).faults.map(({ code }) => code)).toEqual(['too-many-views']);
  });

  it('is smaller than its film: 14 × 17 inches are 355.6 × 431.8 mm', () => {
    expect(filmSizes['14INX17IN']).toEqual({ widthMm: 346, heightMm: 422 });
  });
});
