import type { Consultation } from '@jiapian/contract';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilmTitle } from '../review/film-title.tsx';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { StateTag } from '../ui/state-tag.tsx';

/** The films of the consultation: for a judge what is still to be judged, later what it came to. */
export function BenchFilms({ held }: { held: Consultation }) {
  const { t } = useTranslation('consultations');
  const navigate = useNavigate();
  const titleOf = useFilmTitle();
  const isMyTurn = held.state === 'judging' && held.part.isJudge;
  const first = held.list.find(({ isJudged }) => !isJudged);
  const judge = (number: number): void =>
    void navigate({
      to: '/consultations/$consultationId/films/$number',
      params: { consultationId: held.consultationId, number: String(number) },
    });
  return (
    <Card
      title={t('filmsTitle')}
      isFlush
      actions={
        isMyTurn && first ? (
          <Button type="primary" className="consultation-judge" autoFocus onClick={() => judge(first.number)}>
            {t('judge')}
          </Button>
        ) : null
      }
    >
      <ul className="row-list">
        {held.list.map((film) => (
          <li key={film.number} className="row-line">
            <span className="secondary">{film.number}</span>
            <strong>{titleOf({ ...film, modality: held.modality })}</strong>
            <span className="spacer" />
            {isMyTurn ? (
              <StateTag tone={film.isJudged ? 'good' : 'attention'}>
                {t(film.isJudged ? 'judgedByMe' : 'notJudgedByMe')}
              </StateTag>
            ) : null}
            {film.gradeBefore ? (
              <span className="secondary">
                {t('before')} <GradeBadge grade={film.gradeBefore} />
              </span>
            ) : null}
            {film.signed ? (
              <span>
                {t('signed')} <GradeBadge grade={film.signed} /> {t('points', { count: film.signedScore ?? 0 })}
              </span>
            ) : null}
            {held.part.isJudge && !isMyTurn && held.openedAt !== null ? (
              <Button size="small" onClick={() => judge(film.number)}>
                {t('look')}
              </Button>
            ) : null}
            {film.signedNote ? <span className="secondary">「{film.signedNote}」</span> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
