import type { FilmDetail, Meeting } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/key-listener.ts';
import { useFilmTitle } from './film-title.tsx';
import { MeetingDecision } from './meeting-decision.tsx';
import { closeMeeting, freeName, meetingQuery, moveMeeting } from './meeting-queries.ts';
import { useViewer } from './use-viewer.ts';
import { ViewerPanel } from './viewer-panel.tsx';

const qrSize = 168;

/** One film at a time, to be read from three metres: look, vote, reveal, decide, next. */
export function MeetingScreen({ meeting, detail }: { meeting: Meeting; detail: FilmDetail }) {
  const { t } = useTranslation(['meeting', 'errors', 'shell']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const titleOf = useFilmTitle();
  const viewer = useViewer(detail);
  const { meetingId, number, films, phase } = meeting;
  const shown = (next: Meeting): void => {
    client.setQueryData(meetingQuery(meetingId).queryKey, next);
  };
  const failed = (error: unknown): void => void message.error(t(`errors:${asProblem(error).code}`));
  const move = useMutation({
    mutationFn: (to: { number: number; phase: Meeting['phase'] }) => moveMeeting(meetingId, to),
    onSuccess: shown,
    onError: failed,
  });
  const close = useMutation({
    mutationFn: () => closeMeeting(meetingId),
    onSuccess: () => void navigate({ to: '/meetings/$meetingId/minutes', params: { meetingId } }),
    onError: failed,
  });
  const go = (step: number): void => {
    const next = number + step;
    if (next >= 1 && next <= films) move.mutate({ number: next, phase: 'look' });
  };
  const turn = (): void => move.mutate({ number, phase: phase === 'voting' ? 'revealed' : 'voting' });
  useKeys((name) => {
    if (name === 'ArrowRight') go(1);
    else if (name === 'ArrowLeft') go(-1);
    else if (name === 'V') turn();
    else return viewer.onKey(name);
    return true;
  });
  const present = meeting.attendees.filter(({ hasJoined }) => hasJoined);
  const voted = meeting.attendees.filter(({ hasVoted }) => hasVoted).length;
  const most = Math.max(1, ...(meeting.tally ?? []).map(({ votes }) => votes));
  const address = `${location.origin}/meet/${meeting.joinCode}`;
  return (
    <main className="meeting">
      <header className="meeting-head">
        <Link to="/meetings" className="work-back">
          {meeting.title}
        </Link>
        <h1>
          {number} / {films} · {titleOf(detail.film)}
        </h1>
        <span className="spacer" />
        <Button onClick={() => go(-1)} disabled={number === 1}>
          ←
        </Button>
        <Button onClick={() => go(1)} disabled={number === films}>
          →
        </Button>
        <Button onClick={() => close.mutate()} loading={close.isPending}>
          {t('close')}
        </Button>
        <LocaleSwitch />
      </header>
      <div className="meeting-picture">
        <ViewerPanel
          viewer={viewer}
          title={titleOf(detail.film)}
          modality={detail.film.modality}
          places={[]}
          mayMark={false}
          isReferenceShown={false}
          onMark={() => undefined}
        />
      </div>
      <aside className="meeting-side" aria-label={t('panel')}>
        <section className="meeting-join">
          <div className="meeting-qr">
            <QRCode value={address} size={qrSize} bordered={false} color="#000000" bgColor="#ffffff" />
          </div>
          <div>
            <p>{t('scan')}</p>
            <code>{address}</code>
            <p>
              <strong>{t('present', { count: present.length, all: meeting.attendees.length })}</strong>
            </p>
          </div>
        </section>
        <section>
          <Button type="primary" size="large" block loading={move.isPending} onClick={turn}>
            <KeyCap>V</KeyCap> {t(phase === 'voting' ? 'reveal' : 'vote')}
          </Button>
          <p className="meeting-count" aria-live="polite">
            {t('voted', { count: voted, all: present.length })}
          </p>
          <ul className="meeting-tally">
            {grades.map((grade) => {
              const votes = meeting.tally?.find((each) => each.grade === grade)?.votes;
              return (
                <li key={grade} className={`ink-${grade}`}>
                  <GradeShape grade={grade} size={18} /> {t(`shell:grade.${grade}`)}
                  <span className="meeting-bar">
                    <span style={{ width: `${((votes ?? 0) / most) * 100}%` }} />
                  </span>
                  <strong>{votes ?? '·'}</strong>
                </li>
              );
            })}
          </ul>
        </section>
        <MeetingDecision meeting={meeting} detail={detail} onDecided={shown} onFailed={failed} />
        <section>
          <ul className="meeting-people">
            {meeting.attendees.map(({ attendeeId, name, hasJoined, hasVoted, isOwnFilm }) => (
              <li key={attendeeId} className={hasJoined ? undefined : 'secondary'}>
                {name} {isOwnFilm ? t('ownFilm') : hasVoted ? '✓' : ''}
                {hasJoined ? (
                  <button
                    type="button"
                    aria-label={t('free', { name })}
                    onClick={() => void freeName(meetingId, attendeeId).catch(failed)}
                  >
                    ×
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      </aside>
    </main>
  );
}
