import type { ReviewStandard } from '@jiapian/rules';
import { verdictOfGrade } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { inLanguage } from '../review/film-words.ts';
import { StateTag } from '../ui/state-tag.tsx';
import { filmChecksQuery } from './self-check-queries.ts';
import './self-checks.css';

/** What the technologist and a colleague had said, beside the grade; the server keeps it back until that is saved. */
export function FilmChecks({ filmId, standard }: { filmId: string; standard: Pick<ReviewStandard, 'rejectReasons'> }) {
  const { t, i18n } = useTranslation('self-checks');
  const time = useHospitalTime();
  const checks = useQuery(filmChecksQuery(filmId));
  if (!checks.data || checks.data.items.length === 0) return null;
  const { items, grade } = checks.data;
  return (
    <section className="film-checks" aria-label={t('checks.title')}>
      <h2>
        {t('checks.title')} <span className="hint">{t('checks.beside')}</span>
      </h2>
      <ul className="row-list">
        {items.map((check) => {
          const reason = standard.rejectReasons.find(({ code }) => code === check.reasonCode);
          const isSame = grade !== null && verdictOfGrade(grade) === check.verdict;
          return (
            <li key={`${check.kind} ${check.at}`} className="film-check">
              <strong>
                {t(`kind.${check.kind}`)} {t(`verdict.${check.verdict}`)}
              </strong>{' '}
              {reason ? inLanguage(reason.name, i18n.language) : ''}{' '}
              {grade === null ? null : (
                <StateTag tone={isSame ? 'good' : 'attention'}>
                  {t(isSame ? 'checks.agrees' : 'checks.differs')}
                </StateTag>
              )}
              <div className="hint">
                {check.isMine ? t('checks.mine') : check.name} · {time.brief(check.at)}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
