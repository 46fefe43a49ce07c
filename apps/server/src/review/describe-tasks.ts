import type { FilmDetail, TaskRow } from '@jiapian/contract';
import type { ReviewTaskKind } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { asReading, describeFilm } from './describe-film.ts';
import type { Viewer } from './film-rows.repository.ts';
import { requireTask } from './task-access.ts';
import { findTasks, findReading } from './task.repository.ts';

/** Open tasks on one page; whoever has more than these begins with the oldest. */
const shownTasks = 200;

/** Readings beside the first that this person may do, the oldest first. */
export const describeTasks = async (unit: UnitOfWork, viewer: Viewer, mayArbitrate: boolean): Promise<TaskRow[]> =>
  (await findTasks(unit, viewer, mayArbitrate, shownTasks)).map((row) => ({
    taskId: row.task_id,
    kind: row.kind,
    filmId: row.film_id,
    modality: row.modality,
    positionCode: row.position_code,
    laterality: row.laterality,
    description: row.description,
    createdAt: row.created_at.toISOString(),
    disagreements: row.disagreements as unknown as TaskRow['disagreements'],
  }));

/** How much is hidden: an appeal's reader needs the exam for a 废 and is masked, the others are fully blind. */
const depthOf: Readonly<Record<ReviewTaskKind, 'masked' | 'blind'>> = {
  second: 'blind',
  repeat: 'blind',
  arbitration: 'blind',
  appeal: 'masked',
};

/** Header facts that tell device, room, institution, people, or the moment. */
const telling =
  /station|institution|manufacturer|model|serial|device|software|operator|physician|date|time|accession|uid$|id$|address|department|detector/i;

/** The film as its blind reader sees it: no people, no grades, no earlier readings; an arbiter sees both sheets. */
export const describeTask = async (
  unit: UnitOfWork,
  viewer: Viewer,
  mayArbitrate: boolean,
  taskId: string,
): Promise<FilmDetail> => {
  const task = await requireTask(unit, { reader: viewer, mayArbitrate }, taskId, viewer.now);
  const detail = await describeFilm(unit, viewer, task.film_id);
  const readings =
    task.kind === 'arbitration' ? await bothSheets(unit, [task.first_reading_id, task.second_reading_id]) : [];
  return blindFilm(detail, {
    ...{ readings, isOpen: task.state === 'open' },
    task: { taskId, kind: task.kind, depth: depthOf[task.kind] },
  });
};

/** A film without people, grades and earlier readings; fully blind also without room, device and moment. */
export const blindFilm = (
  detail: FilmDetail,
  shown: { readings: FilmDetail['readings']; isOpen: boolean; task: NonNullable<FilmDetail['task']> },
): FilmDetail => {
  const masked: FilmDetail = {
    ...detail,
    film: {
      ...detail.film,
      state: shown.isOpen ? 'waiting' : 'graded',
      ...{ grade: null, score: null, isGradeMasked: true, isMissedReview: false },
    },
    readings: shown.readings,
    technologistName: null,
    examGrade: { ...detail.examGrade, grade: null },
    task: shown.task,
  };
  return shown.task.depth === 'masked' ? masked : blinded(masked);
};

const blinded = (detail: FilmDetail): FilmDetail => ({
  ...detail,
  film: {
    ...detail.film,
    ...{ deviceId: null, deviceName: null, roomName: null, accessionNumber: '', patientName: '', lock: null },
    ...{ priority: 'unknown', gateState: 'none', holdUntil: null, releasedAt: null, releaseReason: null },
    examAt: `${detail.film.day}T00:00:00.000Z`,
  },
  headerFacts: detail.headerFacts.filter(({ keyword }) => !telling.test(keyword)),
});

/** Without names, in an order that does not say which was first. */
const bothSheets = async (
  unit: UnitOfWork,
  readingIds: readonly (string | null)[],
): Promise<FilmDetail['readings']> => {
  const held = readingIds.flatMap((id) => id ?? []).sort();
  const rows = await Promise.all(held.map((id) => findReading(unit, id)));
  return rows.flatMap((row) =>
    row
      ? [
          {
            ...asReading({ ...row, reader_name: '' }, ''),
            kind: 'second' as const,
            at: new Date(0).toISOString(),
            isLate: false,
          },
        ]
      : [],
  );
};
