import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { inLanguage } from './film-words.ts';
import { minutesQuery } from './meeting-queries.ts';
import './minutes.css';

const route = getRouteApi('/signed-in/shell/meetings/$meetingId/minutes');

/** Minutes as the meeting wrote them; the browser prints them or saves them as PDF. */
export function MinutesPage() {
  const { t, i18n } = useTranslation(['meeting', 'shell']);
  const time = useHospitalTime();
  const { meetingId } = route.useParams();
  const minutes = useQuery(minutesQuery(meetingId));
  if (minutes.isError)
    return <ProblemNotice problem={asProblem(minutes.error)} onRetry={() => void minutes.refetch()} />;
  const held = minutes.data;
  if (!held) return null;
  const present = held.attendance.filter(({ joinedAt }) => joinedAt !== null);
  const absent = held.attendance.filter(({ joinedAt }) => joinedAt === null);
  return (
    <article className="minutes">
      <PageHead
        title={`${held.title} · ${t('minutes.title')}`}
        actions={
          <Button
            className="no-print"
            href={addressOf(`/meetings/${meetingId}/minutes.pdf`, { locale: i18n.language })}
          >
            {t('minutes.print')}
          </Button>
        }
      />
      <dl>
        <dt>{t('minutes.time')}</dt>
        <dd>
          {time.full(held.openedAt)} – {held.closedAt ? time.full(held.closedAt) : t('running')}
        </dd>
        <dt>{t('minutes.leader')}</dt>
        <dd>
          {held.leaderName} ·{' '}
          {held.decideBy === 'majority' ? t('byMajorityOf', { count: held.minimumVotes }) : t('byLeader')}
        </dd>
        <dt>{t('minutes.present', { count: present.length })}</dt>
        <dd>{present.map(({ name, joinedAt }) => `${name} (${time.minute(joinedAt ?? '')})`).join(' · ') || '—'}</dd>
        <dt>{t('minutes.absent', { count: absent.length })}</dt>
        <dd>{absent.map(({ name }) => name).join(' · ') || '—'}</dd>
      </dl>
      <table>
        <thead>
          <tr>
            <th>#</th>
            <th>{t('minutes.film')}</th>
            <th>{t('minutes.cause')}</th>
            <th>{t('minutes.before')}</th>
            <th>{t('minutes.votes')}</th>
            <th>{t('decision')}</th>
            <th>{t('note')}</th>
          </tr>
        </thead>
        <tbody>
          {held.films.map((film) => {
            const position = film.positionCode === null ? undefined : positionOf(film.positionCode);
            const votes = film.tally.filter((each) => each.votes > 0);
            return (
              <tr key={film.number}>
                <td>{film.number}</td>
                <td>
                  {position ? inLanguage(position.name, i18n.language) : film.description} {film.accessionNumber}
                </td>
                <td>{t(`because.${film.because}`)}</td>
                <td>
                  <GradeBadge grade={film.gradeBefore} />
                </td>
                <td>
                  {votes.map(({ grade, votes: count }) => `${t(`shell:grade.${grade}`)} ${count}`).join(' · ') || '—'}
                </td>
                <td>
                  <GradeBadge grade={film.decidedGrade} /> {film.decidedAt ? time.minute(film.decidedAt) : ''}
                </td>
                <td>
                  {film.note} {film.isKeptForTeaching ? t('minutes.kept') : ''}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {held.notes.length > 0 ? (
        <section>
          <h2>{t('minutes.notes')}</h2>
          <ul>
            {held.notes.map(({ at, number, text }) => (
              <li key={`${at} ${text}`}>
                {time.minute(at)} {number === null ? '' : `#${number}`} {text}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="minutes-sign">{t('minutes.sign')}</p>
    </article>
  );
}
