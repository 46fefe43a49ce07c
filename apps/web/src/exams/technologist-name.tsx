import { EyeInvisibleOutlined } from '@ant-design/icons';
import type { ExamRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';

/** Who took the exam. A reader does not learn it before every film has its grade (隐名). */
export function TechnologistName({
  exam,
}: {
  exam: Pick<ExamRow, 'technologistName' | 'operatorName' | 'filmCount' | 'gradedCount'>;
}) {
  const { t } = useTranslation('exams');
  const may = useMay();
  if (may('review.grade') && exam.gradedCount < exam.filmCount) {
    return (
      <span className="secondary" title={t('technologist.masked')}>
        <EyeInvisibleOutlined /> {t('shell:masked')}
      </span>
    );
  }
  if (exam.technologistName) return <>{exam.technologistName}</>;
  if (exam.operatorName === '') return <span className="hint">{t('shell:unknown')}</span>;
  return (
    <span className="secondary" title={t('operatorUnmapped')}>
      {exam.operatorName} ?
    </span>
  );
}
