import type { FilmQuery, FilmRow } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import {
  exportRowLimit,
  exportRows,
  type ExportColumn,
  type ExportFile,
  type ExportFormat,
} from '../bulletins/index.ts';
import type { Database } from '../platform/database.ts';
import { findFilmRows } from './film-pages.repository.ts';
import type { Viewer } from './film-rows.repository.ts';

type Locale = 'zh-CN' | 'en';

/** The worklist as a file, in the order of the screen; people stay masked as they are there. */
export const exportFilms = (
  database: Database,
  hospitalId: string,
  viewer: Viewer,
  filter: Omit<FilmQuery, 'cursor' | 'limit'>,
  { format, locale }: { format: ExportFormat; locale: Locale },
): ExportFile => exportRows(format, columnsIn(locale), pages(database, hospitalId, viewer, filter));

const pageRows = 1_000;

async function* pages(
  database: Database,
  hospitalId: string,
  viewer: Viewer,
  filter: Omit<FilmQuery, 'cursor' | 'limit'>,
): AsyncGenerator<FilmRow> {
  let cursor: string | undefined;
  for (let read = 0; read <= exportRowLimit; read += pageRows) {
    const from = cursor;
    const page = await database.withHospital(hospitalId, (unit) =>
      findFilmRows(unit, viewer, { ...filter, cursor: from, limit: pageRows }),
    );
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

const gradeWords = {
  'zh-CN': { A: '甲', B: '乙', C: '丙', reject: '废' },
  en: { A: 'A', B: 'B', C: 'C', reject: 'reject' },
} as const;

const columnsIn = (locale: Locale): ExportColumn<FilmRow>[] => {
  const isChinese = locale === 'zh-CN';
  const title = (chinese: string, english: string): string => (isChinese ? chinese : english);
  return [
    { title: title('检查时间', 'Exam time'), value: (film) => new Date(film.examAt), width: 22 },
    { title: title('检查号', 'Accession number'), value: (film) => film.accessionNumber, width: 18 },
    { title: title('体位', 'Position'), value: (film) => positionName(film, isChinese), width: 24 },
    { title: title('检查描述', 'Description'), value: (film) => film.description, width: 28 },
    { title: title('类型', 'Modality'), value: (film) => film.modality, width: 8 },
    { title: title('设备', 'Device'), value: (film) => film.deviceName, width: 16 },
    { title: title('机房', 'Room'), value: (film) => film.roomName },
    { title: title('评级', 'Grade'), value: (film) => (film.grade ? gradeWords[locale][film.grade] : null), width: 8 },
    { title: title('得分', 'Score'), value: (film) => film.score, width: 8 },
    {
      title: title('漏评', 'Missed review'),
      value: (film) => (film.isMissedReview ? title('是', 'yes') : null),
      width: 8,
    },
    { title: title('闸门', 'Gate'), value: (film) => film.gateState, width: 10 },
    { title: title('放行原因', 'Release reason'), value: (film) => film.releaseReason, width: 14 },
    {
      title: title('放行时间', 'Released at'),
      value: (film) => (film.releasedAt ? new Date(film.releasedAt) : null),
      width: 22,
    },
  ];
};

const positionName = (film: FilmRow, isChinese: boolean): string => {
  const position = film.positionCode === null ? undefined : positionOf(film.positionCode);
  if (!position) return '';
  return isChinese ? position.name.zh : position.name.en;
};
