import type { ExamRow, Permission } from '@jiapian/contract';

/** A reader does not learn who took an exam before every film of it has its grade (隐名). */
export const maskTechnologist = <Row extends ExamRow>(row: Row, permissions: ReadonlySet<Permission>): Row =>
  permissions.has('review.grade') && row.gradedCount < row.filmCount
    ? { ...row, technologistId: null, technologistName: null, operatorName: '' }
    : row;
