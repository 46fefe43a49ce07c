import { writeImage } from './synthetic-objects.ts';

const digitalXray = '1.2.840.10008.5.1.4.1.1.1.1';
const enhancedCt = '1.2.840.10008.5.1.4.1.1.2.1';
const film = (rows: number, columns: number, frames = 1) => ({
  sopClassUid: digitalXray,
  modality: 'DX',
  exam: rows,
  index: columns,
  rows,
  columns,
  frames,
});

interface MemoryInput {
  readonly name: string;
  readonly write: (folder: string) => string;
}

/** From a common film to the limit and beyond: large, long and narrow, many frames, a whole scan in one object. */
export const sampleFilms: readonly MemoryInput[] = [
  { name: 'film of 7.5 megapixels', write: (folder) => writeImage(folder, film(3000, 2500)) },
  { name: 'stitched spine, 40 megapixels', write: (folder) => writeImage(folder, film(7000, 5800)) },
  { name: 'at the limit, 64 megapixels', write: (folder) => writeImage(folder, film(8000, 8000)) },
  { name: 'beyond the limit, 81 megapixels', write: (folder) => writeImage(folder, film(9000, 9000)) },
  { name: 'one row of 30,000', write: (folder) => writeImage(folder, film(1, 30_000)) },
  { name: 'one column of 30,000', write: (folder) => writeImage(folder, film(30_000, 1)) },
  { name: '60 frames of 7.5 megapixels', write: (folder) => writeImage(folder, film(3000, 2500, 60)) },
  {
    name: 'CT scan of 1,500 frames in one object',
    write: (folder) => writeImage(folder, { ...film(512, 512, 1500), sopClassUid: enhancedCt, modality: 'CT' }),
  },
];
