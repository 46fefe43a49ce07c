import type { ChecksToDo, FilmToCheck } from '@jiapian/contract';
import { checkVerdicts, needsCheckReason, type CheckVerdict } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { inLanguage } from '../review/film-words.ts';
import { filmQueryOf } from '../review/review-queries.ts';
import { useKeys } from '../ui/key-listener.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CheckPicture } from './check-picture.tsx';
import { checkFilm } from './self-check-queries.ts';

/** The film large, three words below; a doubt or a repeat asks for its reason, and that saves it. */
export function CheckOneFilm(props: {
  readonly film: FilmToCheck;
  readonly reasons: ChecksToDo['reasons'];
  readonly left: number;
  readonly onPassed: () => void;
}) {
  const { t, i18n } = useTranslation('self-checks');
  const titleOf = useFilmTitle();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const opened = useRef(Date.now());
  const [verdict, setVerdict] = useState<CheckVerdict | null>(null);
  const { film, reasons } = props;
  const detail = useQuery(filmQueryOf(film.filmId));
  const saving = useMutation({
    mutationFn: (said: { verdict: CheckVerdict; reasonCode: string | null }) =>
      checkFilm(film.filmId, {
        ...{ ...said, kind: film.kind, note: '' },
        secondsSpent: Math.round((Date.now() - opened.current) / 1000),
      }),
    onSuccess: (_saved, said) => {
      void message.success(t('saved', { verdict: t(`verdict.${said.verdict}`) }));
      for (const key of ['tasks', 'films']) void client.invalidateQueries({ queryKey: [key] });
      props.onPassed();
    },
  });
  const say = (said: CheckVerdict): void => {
    if (saving.isPending) return;
    if (needsCheckReason(said)) setVerdict(said);
    else saving.mutate({ verdict: said, reasonCode: null });
  };
  const reason = (reasonCode: string): void => {
    if (verdict !== null && !saving.isPending) saving.mutate({ verdict, reasonCode });
  };
  useKeys((name) => {
    const said = checkVerdicts[Number(name) - 1];
    if (said) say(said);
    else if (name === 'Escape' && verdict !== null) setVerdict(null);
    else return false;
    return true;
  });
  const facts = [film.examAt ? time.brief(film.examAt) : '', film.accessionNumber ?? ''].filter((part) => part !== '');
  return (
    <>
      <div className="check-head">
        <h1>{titleOf(film)}</h1>
        <span className="secondary check-left">{t('left', { count: props.left })}</span>
        <span className="secondary">{[t(`kind.${film.kind}`), ...facts].join(' · ')}</span>
        <button type="button" className="check-skip" onClick={props.onPassed}>
          {t('skip')}
        </button>
      </div>
      {detail.isError ? (
        <ProblemNotice problem={asProblem(detail.error)} onRetry={() => void detail.refetch()} />
      ) : null}
      {detail.data ? (
        <CheckPicture detail={detail.data} label={titleOf(film)} />
      ) : (
        <div className="check-wait" aria-busy="true" aria-label={t('loading')} />
      )}
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="check-foot">
        <p>
          <strong>{verdict === null ? t(`ask.${film.kind}`) : t('reason')}</strong>{' '}
          <span className="secondary">{verdict === null ? t(`askRemark.${film.kind}`) : ''}</span>
        </p>
        {verdict === null ? null : (
          <div className="check-reasons" role="group" aria-label={t('reason')}>
            {reasons.map(({ code, name }) => (
              <button key={code} type="button" disabled={saving.isPending} onClick={() => reason(code)}>
                {inLanguage(name, i18n.language)}
              </button>
            ))}
          </div>
        )}
        <div className="check-words" role="group" aria-label={t(`ask.${film.kind}`)}>
          {checkVerdicts.map((word, index) => (
            <button
              key={word}
              type="button"
              className={`check-word check-word-${word}`}
              aria-pressed={verdict === word}
              aria-keyshortcuts={String(index + 1)}
              disabled={saving.isPending}
              onClick={() => say(word)}
            >
              {t(`verdict.${word}`)}
            </button>
          ))}
        </div>
        <p className="hint check-keys">{t('keys')}</p>
      </div>
    </>
  );
}
