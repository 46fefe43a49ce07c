import type { Consultation } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { inLanguage } from '../review/film-words.ts';
import { currentStandardQuery } from '../standards/standards-queries.ts';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';

type Marked = Pick<Consultation['opinions'][number], 'marks' | 'conditionsNotMet'>;

/** Opinions side by side, film by film, each signed before another was seen; before that, only the own one. */
export function OpinionsCard({ held }: { held: Consultation }) {
  const { t, i18n } = useTranslation('consultations');
  const time = useHospitalTime();
  const titleOf = useFilmTitle();
  const standard = useQuery(currentStandardQuery).data;
  const nameOf = (accountId: string): string => held.bench.find((judge) => judge.accountId === accountId)?.name ?? '';
  const defectsOf = ({ marks, conditionsNotMet }: Marked): string =>
    [
      ...marks.map(({ code, step }) => {
        const item = standard?.deductions.find((each) => each.code === code);
        return item ? `${inLanguage(item.name, i18n.language)} −${item.steps[step - 1] ?? '?'}` : code;
      }),
      ...conditionsNotMet.map((code) => {
        const condition = standard?.conditions.find((each) => each.code === code);
        return condition ? inLanguage(condition.name, i18n.language) : code;
      }),
    ].join(' · ') || '—';
  return (
    <Card
      title={t('opinions.title')}
      remark={t(held.state === 'judging' ? 'opinions.ownOnly' : 'opinions.remark')}
      isFlush
    >
      <table className="consultation-opinions">
        <thead>
          <tr>
            <th>{t('opinions.film')}</th>
            <th>{t('opinions.judge')}</th>
            <th>{t('opinions.grade')}</th>
            <th>{t('opinions.defects')}</th>
            <th>{t('opinions.note')}</th>
            <th>{t('opinions.at')}</th>
          </tr>
        </thead>
        <tbody>
          {held.list.flatMap((film) => [
            ...film.earlier.map((reading) => (
              <tr key={reading.readingId} className="consultation-earlier">
                <td>{`${film.number} ${titleOf({ ...film, modality: held.modality })}`}</td>
                <td>{t('opinions.earlier')}</td>
                <td>
                  <GradeBadge grade={reading.grade} /> {reading.score ?? ''}
                </td>
                <td>{defectsOf(reading)}</td>
                <td>{reading.note}</td>
                <td>{time.brief(reading.at)}</td>
              </tr>
            )),
            ...held.opinions
              .filter(({ number }) => number === film.number)
              .map((opinion) => (
                <tr key={`${film.number} ${opinion.accountId}`}>
                  <td>{`${film.number} ${titleOf({ ...film, modality: held.modality })}`}</td>
                  <td>
                    <strong>{nameOf(opinion.accountId)}</strong>
                  </td>
                  <td>
                    <GradeBadge grade={opinion.grade} /> {opinion.score}
                  </td>
                  <td>{defectsOf(opinion)}</td>
                  <td>{[opinion.note, opinion.overrideReason].filter(Boolean).join(' · ')}</td>
                  <td>{time.brief(opinion.at)}</td>
                </tr>
              )),
          ])}
        </tbody>
      </table>
    </Card>
  );
}
