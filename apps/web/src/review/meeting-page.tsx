import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { MeetingScreen } from './meeting-screen.tsx';
import { meetingFilmQuery, meetingQuery } from './meeting-queries.ts';
import { useMeetingStream } from './use-meeting-stream.ts';
import './meeting.css';

const route = getRouteApi('/signed-in/meetings/$meetingId');

/** The big screen of a running meeting; opened again anywhere, it goes on where it was. */
export function MeetingPage() {
  const { t } = useTranslation('meeting');
  const { meetingId } = route.useParams();
  const meeting = useQuery(meetingQuery(meetingId));
  const live = useMeetingStream(meetingId);
  const number = meeting.data?.number ?? 1;
  const film = useQuery({ ...meetingFilmQuery(meetingId, number), enabled: meeting.data !== undefined });
  const problem = meeting.data ? film.error : meeting.error;
  if (problem) {
    return (
      <main className="work-problem">
        <ProblemNotice problem={asProblem(problem)} onRetry={() => void meeting.refetch()} />
        <Link to="/meetings">{t('title')}</Link>
      </main>
    );
  }
  if (meeting.data?.isOpen === false) return <Navigate to="/meetings/$meetingId/minutes" params={{ meetingId }} />;
  if (!meeting.data || !film.data) return <main className="meeting" aria-busy="true" aria-label={t('title')} />;
  return <MeetingScreen key={number} meeting={meeting.data} detail={film.data} {...live} />;
}
