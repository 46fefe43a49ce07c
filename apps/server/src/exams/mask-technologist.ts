import type { ExamDetail, ExamRow, Permission } from '@jiapian/contract';

/** A reader does not learn who took an exam before every film of it has its grade (隐名). */
const isMasked = (row: ExamRow, permissions: ReadonlySet<Permission>): boolean =>
  permissions.has('review.grade') && row.gradedCount < row.filmCount;

export const maskTechnologist = <Row extends ExamRow>(row: Row, permissions: ReadonlySet<Permission>): Row =>
  isMasked(row, permissions) ? { ...row, technologistId: null, technologistName: null, operatorName: '' } : row;

/** The same for the whole exam: its time line says that somebody was assigned, and not who. */
export const maskExamDetail = (detail: ExamDetail, permissions: ReadonlySet<Permission>): ExamDetail =>
  isMasked(detail.exam, permissions)
    ? {
        ...detail,
        exam: maskTechnologist(detail.exam, permissions),
        events: detail.events.map((event) =>
          event.event === 'technologist.assigned' ? { ...event, facts: {} } : event,
        ),
      }
    : detail;
