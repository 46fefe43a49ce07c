import type { ExamDetail } from '@jiapian/contract';
import { discontinuationWords } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { timeGap } from './time-gap.ts';

type ExamEvent = ExamDetail['events'][number];

/** From exposure to PACS, with the gaps between. */
export function ExamTimeline({ events, exam }: { events: readonly ExamEvent[]; exam: ExamDetail['exam'] }) {
  const { t } = useTranslation('exams');
  const time = useHospitalTime();
  const start: ExamEvent[] = exam.examAtIsKnown
    ? [{ at: exam.examAt, event: 'exam.taken', facts: {}, actorName: null }]
    : [];
  const points = [...start, ...events];
  return (
    <section className="card" aria-label={t('timeline.title')}>
      <ol className="timeline">
        {points.map((point, index) => {
          const next = points[index + 1];
          const gap = next ? timeGap(point.at, next.at) : null;
          return (
            <li key={`${point.at}-${point.event}-${index}`}>
              <strong>{t(`event.${point.event}`, { defaultValue: point.event })}</strong>
              <time dateTime={point.at} title={time.full(point.at)}>
                {time.day(point.at)} {time.second(point.at)}
              </time>
              <div>
                <EventFacts point={point} />
              </div>
              {gap ? <span className="timeline-gap">{t(`gap.${gap.unit}`, { count: gap.count })}</span> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What is known of one event: who, why, how many. */
function EventFacts({ point }: { point: ExamEvent }) {
  const { t, i18n } = useTranslation('exams');
  const { facts } = point;
  const parts: string[] = [];
  if (point.actorName) parts.push(point.actorName);
  if (typeof facts['reason'] === 'string') {
    parts.push(t(`releaseReason.${facts['reason']}`, { defaultValue: facts['reason'] }));
  }
  if (typeof facts['instances'] === 'number') parts.push(t('images', { count: facts['instances'] }));
  if (typeof facts['discontinuation'] === 'string') {
    const words = discontinuationWords(facts['discontinuation']);
    parts.push(words === null ? facts['discontinuation'] : i18n.language === 'en' ? words.en : words.zh);
  }
  if (typeof facts['callingAeTitle'] === 'string') parts.push(facts['callingAeTitle']);
  return <>{parts.filter((part) => part !== '').join(' · ')}</>;
}
