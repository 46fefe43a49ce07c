import { grades, type Grade } from '@jiapian/kernel';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { joinListQuery, joinMeeting, phoneQueryOf, vote } from './meeting-queries.ts';
import './meeting-phone.css';

const route = getRouteApi('/meet/$code');

/** A phone in the meeting: pick the own name, vote, see the result. No account, no image, no patient. */
export function MeetingPhonePage() {
  const { code } = route.useParams();
  const key = `jiapian.meeting.${code}`;
  const [token, setToken] = useState(() => localStorage.getItem(key));
  const keep = (next: string | null): void => {
    if (next === null) localStorage.removeItem(key);
    else localStorage.setItem(key, next);
    setToken(next);
  };
  return (
    <main className="phone">
      <LocaleSwitch />
      {token === null ? (
        <Names code={code} onJoined={keep} />
      ) : (
        <Voting code={code} token={token} onLeft={() => keep(null)} />
      )}
    </main>
  );
}

function Names({ code, onJoined }: { code: string; onJoined: (token: string) => void }) {
  const { t } = useTranslation('meeting');
  const names = useQuery(joinListQuery(code));
  const join = useMutation({
    mutationFn: (attendeeId: string) => joinMeeting(code, attendeeId),
    onSuccess: ({ token }) => onJoined(token),
    onError: () => void names.refetch(),
  });
  const problem = names.error ?? join.error;
  return (
    <>
      <h1>{names.data?.title ?? t('title')}</h1>
      {problem ? <ProblemNotice problem={asProblem(problem)} onRetry={() => void names.refetch()} /> : null}
      <p>{t('who')}</p>
      <ul className="phone-names">
        {names.data?.names.map(({ attendeeId, name, isTaken }) => (
          <li key={attendeeId}>
            <button type="button" disabled={isTaken || join.isPending} onClick={() => join.mutate(attendeeId)}>
              {name} {isTaken ? t('taken') : ''}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Voting({ code, token, onLeft }: { code: string; token: string; onLeft: () => void }) {
  const { t } = useTranslation(['meeting', 'shell']);
  const client = useQueryClient();
  const query = phoneQueryOf(code, token);
  const phone = useQuery(query);
  const cast = useMutation({
    mutationFn: (grade: Grade) => vote(code, { token, number: phone.data?.number ?? 1, grade }),
    onSuccess: (view) => client.setQueryData(query.queryKey, view),
  });
  const view = phone.data;
  const problem = phone.error ?? cast.error;
  if (problem && !view) {
    return (
      <>
        <ProblemNotice problem={asProblem(problem)} onRetry={() => void phone.refetch()} />
        <button type="button" className="phone-leave" onClick={onLeft}>
          {t('chooseAgain')}
        </button>
      </>
    );
  }
  if (!view) return <p aria-busy="true">{t('title')}</p>;
  const words = view.mayVote ? 'phone.voting' : view.phase === 'voting' ? 'phone.own' : `phone.${view.phase}`;
  return (
    <>
      <h1>{view.title}</h1>
      <p>
        {view.name} · {view.number} / {view.films}
      </p>
      <p aria-live="polite">
        <strong>{t(view.isOpen ? words : 'phone.over')}</strong>
      </p>
      {cast.error ? <ProblemNotice problem={asProblem(cast.error)} /> : null}
      <ul className="phone-grades">
        {grades.map((grade) => {
          const votes = view.tally?.find((each) => each.grade === grade)?.votes;
          return (
            <li key={grade}>
              <button
                type="button"
                aria-pressed={view.vote === grade}
                disabled={!view.mayVote}
                className={`grade-ink-${grade}`}
                onClick={() => cast.mutate(grade)}
              >
                <GradeShape grade={grade} size={22} /> {t(`shell:grade.${grade}`)}
                {votes === undefined ? null : <span className="phone-votes">{votes}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
