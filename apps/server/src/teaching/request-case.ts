import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { recordEntry, systemActor, type AuditActor } from '../audit/index.ts';
import { findExamsWithHiddenGrade, type BlindViewer } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { insertCase, type Cleaning } from './cases.repository.ts';
import { findKeptFilms, findSourceFilm } from './source-film.repository.ts';
import { refusePatientWords, type CaseWords } from './words.ts';

/** Takes a graded film into the teaching file: its files are made next, behind the request. */
export const requestCase = async (
  unit: UnitOfWork,
  viewer: BlindViewer,
  by: AuditActor,
  request: { filmId: string; words: CaseWords; cleaning: Cleaning },
): Promise<string> => {
  const film = await findSourceFilm(unit, request.filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const hidden = await findExamsWithHiddenGrade(unit, viewer, [film.exam_id]);
  if (film.grade === null || hidden.size > 0) throw new AppError('TEACHING_FILM_NOT_GRADED');
  await refusePatientWords(unit, request.filmId, request.words);
  const caseId = randomUUID();
  await insertCase(
    unit,
    { ...film, grade: film.grade },
    {
      ...{ caseId, code: freshCode(), meetingId: null, requestedBy: viewer.accountId, at: viewer.now },
      ...{ words: request.words, cleaning: request.cleaning },
    },
  );
  await recordEntry(unit, by, {
    action: 'teaching.case-requested',
    subjectKind: 'teaching-case',
    subjectId: caseId,
    facts: { filmId: request.filmId, dates: request.cleaning.dates },
  });
  return caseId;
};

/** Kept films of meetings are taken in so many at a time. */
const adoptedAtOnce = 20;
const safest: Cleaning = { dates: 'removed', keepsCharacteristics: false, masksCorners: true, regions: [] };

/** Films that a meeting kept for teaching arrive by themselves, cleaned as strictly as can be. */
export const adoptKeptFilms = async (unit: UnitOfWork, now: Date): Promise<number> => {
  const kept = await findKeptFilms(unit, adoptedAtOnce);
  let adopted = 0;
  for (const { film_id, meeting_id } of kept) {
    const film = await findSourceFilm(unit, film_id);
    if (!film || film.grade === null) continue;
    const caseId = randomUUID();
    await insertCase(
      unit,
      { ...film, grade: film.grade },
      {
        ...{ caseId, code: freshCode(), meetingId: meeting_id, requestedBy: null, at: now },
        ...{ words: { title: '', explanation: '', tags: [] }, cleaning: safest },
      },
    );
    await recordEntry(unit, systemActor('teaching'), {
      action: 'teaching.case-requested',
      subjectKind: 'teaching-case',
      subjectId: caseId,
      facts: { filmId: film_id, meetingId: meeting_id },
    });
    adopted += 1;
  }
  return adopted;
};

const codeBytes = 5;
const freshCode = (): string => `TEACHING-${randomBytes(codeBytes).toString('hex').toUpperCase()}`;
