import type { FilmDetail, Meeting } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useKeys } from '../ui/key-listener.ts';
import { useFilmTitle } from './film-title.tsx';
import { MeetingDecision } from './meeting-decision.tsx';
import { MeetingFoot } from './meeting-foot.tsx';
import { MeetingHead } from './meeting-head.tsx';
import { MeetingJoin } from './meeting-join.tsx';
import { MeetingPicture } from './meeting-picture.tsx';
import { closeMeeting, freeName, meetingQuery, moveMeeting, noteInMeeting, pointInMeeting } from './meeting-queries.ts';
import { MeetingReference } from './meeting-reference.tsx';
import { MeetingRecord } from './meeting-record.tsx';
import { MeetingVotes } from './meeting-votes.tsx';
import { useMeetingDecision } from './use-meeting-decision.ts';
import type { PointedPlace } from './use-meeting-stream.ts';
import { useViewer } from './use-viewer.ts';

/** One film at a time, to be read from three metres: look, vote, reveal, decide, next. */
export function MeetingScreen(props: {
  readonly meeting: Meeting;
  readonly detail: FilmDetail;
  readonly pointed: PointedPlace;
  readonly isLive: boolean;
}) {
  const { t } = useTranslation(['meeting', 'errors']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const titleOf = useFilmTitle();
  const { meeting, detail } = props;
  const { meetingId, number, films, phase } = meeting;
  const viewer = useViewer(detail, true);
  const [isPointing, setPointing] = useState(false);
  const [isReferenceShown, setReferenceShown] = useState(false);
  const note = useRef<InputRef>(null);
  const shown = (next: Meeting): void => {
    client.setQueryData(meetingQuery(meetingId).queryKey, next);
  };
  const failed = (error: unknown): void => void message.error(t(`errors:${asProblem(error).code}`));
  const move = useMutation({
    mutationFn: (to: { number: number; phase: Meeting['phase'] }) => moveMeeting(meetingId, to),
    onSuccess: shown,
    onError: failed,
  });
  const go = (step: 1 | -1): void => {
    const next = number + step;
    if (next >= 1 && next <= films && !move.isPending) move.mutate({ number: next, phase: 'look' });
  };
  const turn = (): void => {
    if (!move.isPending) move.mutate({ number, phase: phase === 'voting' ? 'revealed' : 'voting' });
  };
  const acts = useMeetingDecision({
    ...{ meeting, detail, onFailed: failed },
    onRefused: (code) => void message.warning(t(`errors:${code}`)),
    onDecided: (next) => {
      shown(next);
      void client.invalidateQueries({ queryKey: ['films'] });
      go(1);
    },
  });
  const point = (place: PointedPlace): void => void pointInMeeting(meetingId, place).catch(() => undefined);
  const togglePointing = (): void => {
    if (isPointing) point(null);
    setPointing(!isPointing);
  };
  useKeys((name) => {
    const digit = grades[Number(name) - 1];
    if (/^[1-4]$/.test(name) && digit && phase !== 'voting') acts.setChosen(digit);
    else if (name === 'Enter' && phase !== 'voting' && !acts.isDecided) acts.submit();
    else if (name === 'ArrowRight') go(1);
    else if (name === 'ArrowLeft') go(-1);
    else if (name === 'V' && !acts.isDecided) turn();
    else if (name === 'P') togglePointing();
    else if (name === 'G') setReferenceShown(!isReferenceShown);
    else if (name === 'T' && !acts.isDecided) acts.setKept(!acts.isKept);
    else if (name === 'N') note.current?.focus();
    else return viewer.onKey(name);
    return true;
  }, meeting.isOpen);
  const close = (): void => {
    closeMeeting(meetingId).then(
      () => void navigate({ to: '/meetings/$meetingId/minutes', params: { meetingId } }),
      failed,
    );
  };
  const latest = detail.readings.find(({ act }) => act === 'grade');
  return (
    <main className="meeting">
      <MeetingHead meeting={meeting} isLive={props.isLive} onClose={close} />
      <MeetingPicture
        {...{ detail, viewer, isPointing, pointed: props.pointed, pointerName: meeting.leaderName }}
        title={titleOf(detail.film)}
        // Where the first reader saw the defect would lead the vote.
        places={phase === 'revealed' ? (latest?.places ?? []) : []}
        onPoint={point}
      />
      {isReferenceShown ? <MeetingReference detail={detail} onClose={() => setReferenceShown(false)} /> : null}
      <aside className="meeting-side" aria-label={t('panel')}>
        <MeetingVotes meeting={meeting} />
        {phase === 'voting' || acts.isDecided ? null : <MeetingDecision {...{ meeting, detail, acts }} />}
        <MeetingJoin meeting={meeting} onFree={(attendeeId) => void freeName(meetingId, attendeeId).catch(failed)} />
        <MeetingRecord
          meeting={meeting}
          input={note}
          onNote={(text) => void noteInMeeting(meetingId, text).then(shown, failed)}
        />
      </aside>
      <MeetingFoot
        {...{ acts, phase, isPointing, isReferenceShown, decidedGrade: meeting.decidedGrade }}
        onReference={() => setReferenceShown(!isReferenceShown)}
        onTurn={turn}
        onPointing={togglePointing}
        onGo={go}
      />
    </main>
  );
}
