import type { OwnFilm } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { inLanguage } from '../review/film-words.ts';
import { MarkedPicture } from '../review/marked-picture.tsx';
import { FilmChecks } from '../self-checks/film-checks.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { AppealDialog } from './appeal-dialog.tsx';
import { acknowledgeGrade, withdrawAppeal } from './own-queries.ts';

/** The film with the marked places, why it got its grade, and the two answers: seen, or not agreed. */
export function OwnFilmDetail({ item, standard }: { item: OwnFilm; standard: ReviewStandard }) {
  const { t, i18n } = useTranslation(['home', 'errors']);
  const time = useHospitalTime();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isAppealing, setAppealing] = useState(false);
  const { film, reading, appeal } = item;
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['own-films'] });
  const failed = (error: unknown) => void message.error(t(`errors:${asProblem(error).code}`));
  const seen = useMutation({ mutationFn: () => acknowledgeGrade(film.filmId), onSuccess: refresh, onError: failed });
  const takeBack = useMutation({
    mutationFn: () => withdrawAppeal(appeal?.appealId ?? ''),
    onSuccess: refresh,
    onError: failed,
  });
  const isOpenForAppeal = item.appealEndsAt !== null && new Date(item.appealEndsAt) > new Date();
  return (
    <div className="own-detail">
      {item.cover ? <MarkedPicture cover={item.cover} places={reading?.places ?? []} label={t('own.picture')} /> : null}
      <div className="own-said">
        {reading ? (
          <>
            <p>
              <GradeBadge grade={film.grade} /> <strong>{t('own.score', { count: film.score ?? 0 })}</strong>{' '}
              {reading.decidedBy ? <span className="secondary">{t(`own.decidedBy.${reading.decidedBy}`)}</span> : null}
            </p>
            <ul>
              {reading.marks.map(({ code, step }) => {
                const found = standard.deductions.find((each) => each.code === code);
                const at = reading.places.flatMap((place, index) => (place.code === code ? [index + 1] : []));
                return (
                  <li key={code}>
                    {at.map((number) => (
                      <span key={number} className="own-pin">
                        {number}
                      </span>
                    ))}
                    {found ? inLanguage(found.name, i18n.language) : code}
                    <strong>−{found?.steps[step - 1] ?? '?'}</strong>
                  </li>
                );
              })}
            </ul>
            {reading.note ? <blockquote>{reading.note}</blockquote> : null}
          </>
        ) : (
          <p className="secondary">{t(film.state === 'not-sampled' ? 'own.notSampledMore' : 'own.notGraded')}</p>
        )}
        <FilmChecks filmId={film.filmId} standard={standard} />
        {appeal ? (
          <p>
            {t(`own.appealState.${appeal.state}`)} · {time.brief(appeal.openedAt)} 「{appeal.reason}」
            {appeal.gradeAfter ? (
              <>
                {' '}
                <GradeBadge grade={appeal.gradeBefore} /> → <GradeBadge grade={appeal.gradeAfter} />
              </>
            ) : null}
            {appeal.answer ? ` 「${appeal.answer}」` : ''}
          </p>
        ) : null}
        {reading ? (
          <div className="own-answers">
            {item.acknowledgedAt ? (
              <span className="secondary">{t('own.seenAt', { time: time.brief(item.acknowledgedAt) })}</span>
            ) : (
              <Button type="primary" loading={seen.isPending} onClick={() => seen.mutate()}>
                {t('own.seen')}
              </Button>
            )}
            {isOpenForAppeal && may('review.appeal') ? (
              <Button onClick={() => setAppealing(true)}>
                {t('own.appeal')}{' '}
                <span className="hint">{t('own.until', { time: time.brief(item.appealEndsAt ?? '') })}</span>
              </Button>
            ) : null}
            {appeal?.state === 'open' ? (
              <Button loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
                {t('own.takeBack')}
              </Button>
            ) : null}
          </div>
        ) : null}
        {isOpenForAppeal ? <p className="hint">{t('own.appealHint')}</p> : null}
      </div>
      {isAppealing ? (
        <AppealDialog
          filmId={film.filmId}
          onClose={() => setAppealing(false)}
          onDone={() => {
            setAppealing(false);
            void message.success(t('own.appealed'));
            void refresh();
          }}
        />
      ) : null}
    </div>
  );
}
