import type { ReleaseOverview } from '@jiapian/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';

/** The five stages of the corridor with what is in each. */
export function Corridor({ overview }: { overview: ReleaseOverview }) {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  const { received, registered, gate, released, forwarded } = overview;
  const isStuck = forwarded.failed + forwarded.refused > 0;
  return (
    <ol className="card corridor" aria-label={t('corridor.label')}>
      <Stage name={t('corridor.received')} count={received.exams} unit={t('corridor.exams')}>
        {received.lastAt
          ? t('corridor.receivedText', { count: received.instances, time: time.brief(received.lastAt) })
          : t('corridor.nothing')}
      </Stage>
      <Stage name={t('corridor.registered')} count={registered.ready} unit={t('corridor.complete')}>
        {t('corridor.receiving', { count: registered.receiving })}
        {registered.unknownDevice > 0 ? (
          <>
            {' · '}
            <Link to="/settings/devices" className="attention-text">
              ▲ {t('corridor.unknownDevice', { count: registered.unknownDevice })}
            </Link>
          </>
        ) : null}
      </Stage>
      <Stage name={t('corridor.gate')} count={gate.held} unit={t('corridor.held')} isGate>
        {gate.dueSoon > 0 ? (
          <span className="bad">{t('corridor.dueSoon', { count: gate.dueSoon })}</span>
        ) : (
          t('corridor.noneDue')
        )}
      </Stage>
      <Stage name={t('corridor.released')} count={released.total} unit={t('corridor.exams')}>
        {t('corridor.releasedText', { graded: released.graded, emergency: released.emergency })}
        {released.missed > 0 ? (
          <span className="attention-text"> · {t('corridor.missed', { count: released.missed })}</span>
        ) : null}
      </Stage>
      <Stage
        name={t('corridor.forwarded')}
        count={forwarded.sentExams}
        unit={t('corridor.arrived')}
        dot={overview.destinations.length === 0 ? null : isStuck ? 'bad' : 'good'}
      >
        {t('corridor.queued', { count: forwarded.queued })}
        {forwarded.failed > 0 ? (
          <span className="bad"> · {t('corridor.failed', { count: forwarded.failed })}</span>
        ) : null}
        {forwarded.refused > 0 ? (
          <span className="bad"> · {t('corridor.refused', { count: forwarded.refused })}</span>
        ) : null}
      </Stage>
    </ol>
  );
}

function Stage(props: {
  name: string;
  count: number;
  unit: string;
  isGate?: boolean;
  dot?: 'good' | 'bad' | null;
  children: ReactNode;
}) {
  const { i18n } = useTranslation();
  return (
    <li className={props.isGate ? 'corridor-gate' : undefined}>
      <div className="secondary">
        {props.name}
        {props.dot ? (
          <span className={props.dot === 'bad' ? 'corridor-dot corridor-dot-bad' : 'corridor-dot'} aria-hidden="true" />
        ) : null}
      </div>
      <div>
        <strong>{new Intl.NumberFormat(i18n.language).format(props.count)}</strong>{' '}
        <span className="secondary">{props.unit}</span>
      </div>
      <div className="hint">{props.children}</div>
    </li>
  );
}
