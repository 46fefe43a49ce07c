import { useTranslation } from 'react-i18next';
import { examTitle } from '../ui/exam-title.ts';

/** What the exam is called, cut where the column ends; whole when pointed at. */
export function ExamWords({
  row,
}: {
  row: { positionCodes: readonly string[]; description: string; modality: string };
}) {
  const { i18n } = useTranslation();
  const words = examTitle(row, i18n.language);
  return (
    <span className="exam-words" title={words}>
      {words}
    </span>
  );
}
