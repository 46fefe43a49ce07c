import { filmContextSchema, type FilmDetail } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { inLanguage } from './film-words.ts';
import { MarkedPicture } from './marked-picture.tsx';

/** A good film of the same position, what the exam comes to, and how this device and position have done. */
export function FilmContext({ detail, standard }: { detail: FilmDetail; standard: ReviewStandard }) {
  const { t, i18n } = useTranslation('review');
  const { filmId } = detail.film;
  const context = useQuery({
    queryKey: ['film-context', filmId],
    queryFn: ({ signal }) => request(filmContextSchema, 'GET', `/films/${filmId}/context`, { signal }),
    staleTime: Infinity,
  }).data;
  const { examGrade } = detail;
  const percent = (share: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
  const history = context?.history;
  return (
    <>
      <section className="reference-picture">
        <h2>{t('context.reference')}</h2>
        {context?.reference ? (
          <MarkedPicture cover={context.reference} places={[]} label={t('context.reference')} />
        ) : (
          <p className="hint">{t('context.noReference')}</p>
        )}
      </section>
      {examGrade.films > 1 ? (
        <section>
          <h2>{t('context.exam')}</h2>
          <p>
            {t('context.examFilms', examGrade)} · {t(`context.rule.${examGrade.rule}`)}{' '}
            {examGrade.grade ? <GradeBadge grade={examGrade.grade} /> : null}
          </p>
        </section>
      ) : null}
      {history ? (
        <section>
          <h2>{t('context.history')}</h2>
          {history.gradeAOrB ? (
            <p>
              {t('context.rate', {
                rate: percent(history.gradeAOrB.proportion),
                lower: percent(history.gradeAOrB.lower),
                upper: percent(history.gradeAOrB.upper),
                count: history.graded,
                days: history.days,
              })}
            </p>
          ) : (
            <p className="hint">{t('context.noHistory', { days: history.days })}</p>
          )}
          {history.marks.map(({ code, count }) => {
            const item = standard.deductions.find((each) => each.code === code);
            return (
              <p key={code} className="secondary">
                {item ? inLanguage(item.name, i18n.language) : code} × {count}
              </p>
            );
          })}
        </section>
      ) : null}
    </>
  );
}
