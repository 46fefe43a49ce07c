import type { ExamDetail, ExamRow } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import { findBlindExams, findExamsWithHiddenGrade } from './blind-reading.repository.ts';
import type { BlindViewer } from './blind-viewer.ts';

/** Exams of a page with a reading beside the first that the viewer has not done yet. */
export interface HiddenExams {
  /** Their grade is not told. */
  grade: ReadonlySet<string>;
  /** Fully blind (全盲): device, room, institution and people neither. */
  blind: ReadonlySet<string>;
}

export const findHidden = async (
  unit: UnitOfWork,
  viewer: BlindViewer,
  examIds: readonly string[],
): Promise<HiddenExams> => {
  const grade = await findExamsWithHiddenGrade(unit, viewer, examIds);
  return { grade, blind: await findBlindExams(unit, viewer, [...grade]) };
};

/** A reader does not learn who took an exam before every film of it has its grade (隐名). */
const isUngraded = (row: ExamRow, { permissions }: BlindViewer): boolean =>
  permissions.has('review.grade') && row.gradedCount < row.filmCount;

/** A row as this viewer may see it: people masked until every film is graded, and what a blind reading hides. */
export const maskExam = <Row extends ExamRow>(row: Row, viewer: BlindViewer, hidden: HiddenExams): Row => {
  const isBlind = hidden.blind.has(row.examId);
  return {
    ...row,
    ...(isBlind || isUngraded(row, viewer) ? { technologistId: null, technologistName: null, operatorName: '' } : {}),
    ...(isBlind ? { deviceId: null, deviceName: null, roomName: null } : {}),
    // Returned or released tells nearly as much as the grade does.
    ...(hidden.grade.has(row.examId) ? { worstGrade: null, gateState: 'none', holdUntil: null } : {}),
  };
};

/** What of the time line tells a grade: a 废 film is held back, repeated and called back. */
const isTelling = (event: string): boolean => /^(gate|release|rejection|repeat|exam\.released)/.test(event);

/** The same for the whole exam: its time line says that somebody was assigned, and not who. */
export const maskExamDetail = (detail: ExamDetail, viewer: BlindViewer, hidden: HiddenExams): ExamDetail => {
  const { examId } = detail.exam;
  const isBlind = hidden.blind.has(examId);
  const masksPeople = isBlind || isUngraded(detail.exam, viewer);
  const exam = maskExam(detail.exam, viewer, hidden);
  return {
    ...detail,
    exam: isBlind ? { ...exam, institutionName: '' } : exam,
    events: detail.events
      .filter(({ event }) => !(hidden.grade.has(examId) && isTelling(event)))
      .map((event) => ({
        ...event,
        ...(masksPeople && event.event === 'technologist.assigned' ? { facts: {} } : {}),
        ...(isBlind ? { actorName: null } : {}),
      })),
  };
};
