import type { ChecksToDo, FilmCheck, FilmToCheck } from '@jiapian/contract';
import { AppError, DAY_MS, type Grade } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findFilmRow, findImages, type Viewer } from '../review/index.ts';
import { currentStandard } from '../standards/index.ts';
import { checkPolicyInForce } from './check-policy.ts';
import { findFilmChecks, findFilmsToCheck } from './film-check.repository.ts';

/** Days in which an own film can be checked; "at once" with a weekend's slack. [PD] */
const SELF_CHECK_DAYS = 3;
const shownFilms = 40;

/** Films that wait for this person's word, own ones first, the newest first. */
export const describeChecksToDo = async (unit: UnitOfWork, viewer: Viewer): Promise<ChecksToDo> => {
  const policy = await checkPolicyInForce(unit);
  const { rejectReasons } = await currentStandard(unit, viewer.now);
  const { accountId, staffId } = viewer;
  const found =
    staffId === null
      ? []
      : await findFilmsToCheck(unit, {
          ...{ accountId, staffId, isSelfCheckOn: policy.isSelfCheckOn, limit: shownFilms },
          since: new Date(viewer.now.getTime() - SELF_CHECK_DAYS * DAY_MS),
        });
  const items: FilmToCheck[] = [];
  for (const { film_id, kind } of found) {
    const film = await findFilmRow(unit, viewer, film_id);
    if (!film) continue;
    const [cover] = await findImages(unit, film.examId, film.coverSopInstanceUid);
    const isSelf = kind === 'self';
    items.push({
      ...{ filmId: film.filmId, kind, positionCode: film.positionCode, laterality: film.laterality },
      cover: cover ? { sopInstanceUid: cover.sopInstanceUid, rows: cover.rows, columns: cover.columns } : null,
      ...{ modality: film.modality, description: film.description },
      // A colleague's film comes without what would tell whose it is.
      examAt: isSelf ? film.examAt : null,
      accessionNumber: isSelf ? film.accessionNumber : null,
    });
  }
  return { policy, items, reasons: rejectReasons.map(({ code, name }) => ({ code, name })) };
};

/** Checks of a film: the own one always, others' once the film has its grade and this person may see it. */
export const describeFilmChecks = async (
  unit: UnitOfWork,
  viewer: Viewer,
  filmId: string,
): Promise<{ items: FilmCheck[]; grade: Grade | null; examId: string }> => {
  const film = await findFilmRow(unit, viewer, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const isOpen = film.state === 'graded' && !film.isGradeMasked;
  const checks = await findFilmChecks(unit, filmId);
  return {
    examId: film.examId,
    grade: isOpen ? film.grade : null,
    items: checks
      .filter(({ account_id }) => isOpen || account_id === viewer.accountId)
      .map((check) => ({
        kind: check.kind,
        verdict: check.verdict,
        reasonCode: check.reason_code,
        note: check.note,
        at: check.at.toISOString(),
        name: check.name,
        isMine: check.account_id === viewer.accountId,
      })),
  };
};
