import type { Meeting } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { StateTag } from '../ui/state-tag.tsx';

/** How many have voted; how, only after the reveal. */
export function MeetingVotes({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation(['meeting', 'shell']);
  const { tally, phase, gradeBefore } = meeting;
  const voters = meeting.attendees.filter(({ hasJoined, isOwnFilm }) => hasJoined && !isOwnFilm).length;
  const voted = meeting.attendees.filter(({ hasVoted }) => hasVoted).length;
  const best = tally?.reduce((one, other) => (other.votes > one.votes ? other : one));
  return (
    <section className="meeting-votes" aria-label={t('votes')}>
      <header>
        <h2>{t('votes')}</h2>
        <span className="secondary" aria-live="polite">
          {t(phase === 'revealed' ? 'votedRevealed' : 'voted', { count: voted, all: voters })}
        </span>
        <StateTag tone={phase === 'look' ? 'plain' : phase === 'voting' ? 'attention' : 'good'}>
          {t(`phase.${phase}`)}
        </StateTag>
      </header>
      <ul className="meeting-tally">
        {grades.map((grade) => {
          const votes = tally?.find((each) => each.grade === grade)?.votes;
          return (
            <li key={grade}>
              <span className={`ink-${grade}`}>
                <GradeShape grade={grade} size={13} /> {t(`shell:grade.${grade}`)}
              </span>
              <span className={`meeting-bar ink-${grade}`}>
                <span style={{ width: `${((votes ?? 0) / Math.max(1, voted)) * 100}%` }} />
              </span>
              <strong>{votes ?? '·'}</strong>
            </li>
          );
        })}
      </ul>
      {phase === 'revealed' ? (
        <p className="meeting-before">
          {t('before')} <GradeBadge grade={gradeBefore} />
          {best && best.votes > 0 ? t('same', { count: best.votes, all: voted }) : null}
          {best && best.votes > 0 && gradeBefore !== null && best.grade !== gradeBefore ? (
            <span className="ink-C">{t('differs')}</span>
          ) : null}
        </p>
      ) : null}
      {meeting.reasons.length > 0 ? (
        <ul className="meeting-reasons">
          {meeting.reasons.map(({ grade, reason }, index) => (
            <li key={`${index} ${reason}`}>
              <GradeBadge grade={grade} /> {reason}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
