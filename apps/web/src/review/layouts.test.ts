import type { FilmDetail, FilmRow } from '@jiapian/contract';
import { expect, it } from 'vitest';
import { expectedPane, rememberPictures } from './layouts.ts';

const area = { left: 0, top: 0, width: 1000, height: 800 };
const film = (sopInstanceUid: string, laterality: 'L' | 'R') => ({
  ...{ filmId: sopInstanceUid, examId: 'exam', kind: 'image', modality: 'DX', description: '双手正位' },
  ...{ sopInstanceUid, positionCode: 'UL01', laterality },
});
const [right, left] = [film('1', 'R'), film('2', 'L')];
const rows = (...films: object[]) => films as unknown as FilmRow[];
const [leftRow] = rows(left) as [FilmRow];

it('expects one of a pair in its half, also when the other has been graded and has left the queue', () => {
  const inQueue = expectedPane(leftRow, rows(right, left), {}, area);
  expect(inQueue?.width).toBe(497);
  expect(expectedPane(leftRow, rows(left), {}, area)?.width).toBe(998);
  const opened = {
    film: right,
    images: [{ ...right, rowDirection: null }],
    companions: [{ ...left, rowDirection: null }],
  };
  rememberPictures(opened as unknown as FilmDetail);
  expect(expectedPane(leftRow, rows(left), {}, area)).toEqual(inQueue);
});
