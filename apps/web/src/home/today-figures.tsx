import type { FilmCounts, ReleaseOverview } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { GradeShape } from '../ui/grade-shape.tsx';

const grades: readonly Grade[] = ['A', 'B', 'C', 'reject'];

/** The numbers of the day; each opens what it counts. */
export function TodayFigures(props: {
  counts: FilmCounts | undefined;
  received: ReleaseOverview['received'] | undefined;
  gate: ReleaseOverview['gate'] | undefined;
  day: string;
}) {
  const { t } = useTranslation('home');
  const time = useHospitalTime();
  const { counts, received, gate, day } = props;
  const graded = counts ? counts.A + counts.B + counts.C + counts.reject : 0;
  return (
    <div className="card figures">
      {received ? (
        <Figure
          label={t('figure.received')}
          value={received.exams}
          remark={
            received.lastAt
              ? t('figure.lastAt', { count: received.instances, time: time.brief(received.lastAt) })
              : t('figure.none')
          }
          link={{ to: '/exams', search: { from: day, to: day } }}
        />
      ) : null}
      <Figure
        label={t('figure.waiting')}
        value={counts?.waiting}
        remark={counts ? t('figure.inReview', { count: counts.inReview }) : null}
        link={{ to: '/review', search: { list: 'waiting' } }}
      />
      {gate ? (
        <Figure label={t('figure.held')} value={gate.held} remark={t('figure.heldRemark')} link={{ to: '/release' }} />
      ) : null}
      <Figure
        label={t('figure.dueSoon')}
        value={counts?.dueSoon}
        remark={t('figure.dueSoonRemark')}
        isBad={(counts?.dueSoon ?? 0) > 0}
        link={{ to: '/review', search: { list: 'due-soon' } }}
      />
      <Figure
        label={t('figure.missed')}
        value={counts?.missed}
        remark={t('figure.missedRemark')}
        link={{ to: '/review', search: { list: 'missed' } }}
      />
      {grades.map((grade) => (
        <Figure
          key={grade}
          label={
            <span className={`figure-grade grade-ink-${grade}`}>
              <GradeShape grade={grade} /> {t(`shell:grade.${grade}`)}
            </span>
          }
          value={counts?.[grade]}
          remark={
            counts && graded > 0
              ? t('figure.share', { share: Math.round((counts[grade] / graded) * 100), graded })
              : null
          }
          link={{ to: '/review', search: { list: 'graded', grade, day } }}
        />
      ))}
    </div>
  );
}

function Figure(props: {
  label: ReactNode;
  value: number | undefined;
  remark?: ReactNode;
  isBad?: boolean;
  link: LinkProps;
}) {
  const { i18n } = useTranslation();
  return (
    <Link {...props.link} className={props.isBad ? 'figure figure-bad' : 'figure'}>
      <span className="secondary">{props.label}</span>
      <strong>{props.value === undefined ? ' ' : new Intl.NumberFormat(i18n.language).format(props.value)}</strong>
      <span className="hint">{props.remark}</span>
    </Link>
  );
}
