import type { FilmCounts } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useTranslation } from 'react-i18next';
import { GradeShape } from '../ui/grade-shape.tsx';
import type { FilmSearch } from './film-search.ts';

/** Counts by state; each opens its films. */
export function FilmCountsStrip(props: {
  readonly counts: FilmCounts | undefined;
  readonly search: FilmSearch;
  readonly onFilter: (part: Partial<FilmSearch>) => void;
}) {
  const { t } = useTranslation(['review', 'shell']);
  const { counts, onFilter } = props;
  const graded = counts ? counts.A + counts.B + counts.C + counts.reject : 0;
  return (
    <div className="counts" role="group" aria-label={t('list.count.label')}>
      <button type="button" onClick={() => onFilter({ list: 'waiting', grade: undefined })}>
        <span>{t('list.count.waiting')}</span>
        <strong>{counts?.waiting ?? '…'}</strong>
        {counts && counts.missed > 0 ? <small>{t('list.count.missed', { count: counts.missed })}</small> : null}
      </button>
      <div>
        <span>{t('list.count.inReview')}</span>
        <strong>{counts?.inReview ?? '…'}</strong>
      </div>
      {grades.map((grade) => (
        <button key={grade} type="button" onClick={() => onFilter({ list: 'graded', grade })}>
          <span className={`ink-${grade}`}>
            <GradeShape grade={grade} size={9} /> {t(`shell:grade.${grade}`)}
          </span>
          <strong>{counts?.[grade] ?? '…'}</strong>
          {counts && graded > 0 ? <small>{Math.round((counts[grade] / graded) * 100)}%</small> : null}
        </button>
      ))}
      <button
        type="button"
        className={counts && counts.dueSoon > 0 ? 'counts-due' : undefined}
        onClick={() => onFilter({ list: 'due-soon', grade: undefined })}
      >
        <span>{t('list.count.dueSoon')}</span>
        <strong>{counts?.dueSoon ?? '…'}</strong>
        {counts && counts.dueSoon > 0 ? <small>{t('list.count.dueSoonHint')}</small> : null}
      </button>
    </div>
  );
}
