import type { Grade } from '@jiapian/kernel';
import { useTranslation } from 'react-i18next';
import './badges.css';
import { GradeShape } from './grade-shape.tsx';

/** 甲 乙 丙 废 as shape, letter and colour; a dashed 未评 when there is none. */
export function GradeBadge({ grade }: { grade: Grade | null }) {
  const { t } = useTranslation('shell');
  if (grade === null) return <span className="badge badge-none">{t('grade.none')}</span>;
  return (
    <span className={`badge grade-${grade}`}>
      <GradeShape grade={grade} size={9} />
      {t(`grade.${grade}`)}
    </span>
  );
}
