import type { OwnFilm } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useTranslation } from 'react-i18next';
import { GradeShape } from '../ui/grade-shape.tsx';

/** The person's films by what became of them. */
export function OwnFigures({ items }: { items: readonly OwnFilm[] }) {
  const { t } = useTranslation(['home', 'shell']);
  const graded = items.filter(({ film }) => film.state === 'graded');
  const count = (test: (item: OwnFilm) => boolean): number => items.filter(test).length;
  return (
    <div className="card figures">
      <div className="figure">
        <span className="secondary">{t('own.graded')}</span>
        <strong>{graded.length}</strong>
        <span className="hint">{t('own.waiting', { count: count(({ film }) => film.state === 'waiting') })}</span>
      </div>
      {grades.map((grade) => (
        <div key={grade} className="figure">
          <span className={`figure-grade grade-ink-${grade}`}>
            <GradeShape grade={grade} /> {t(`shell:grade.${grade}`)}
          </span>
          <strong>{count(({ film }) => film.grade === grade)}</strong>
        </div>
      ))}
      <div className="figure">
        <span className="secondary">{t('own.unseen')}</span>
        <strong>{count(({ reading, acknowledgedAt }) => reading !== null && acknowledgedAt === null)}</strong>
        <span className="hint">{t('own.appeals', { count: count(({ appeal }) => appeal?.state === 'open') })}</span>
      </div>
      <div className="figure">
        <span className="secondary">{t('own.notSampled')}</span>
        <strong>{count(({ film }) => film.state === 'not-sampled')}</strong>
        <span className="hint">{t('own.notSampledRemark')}</span>
      </div>
    </div>
  );
}
