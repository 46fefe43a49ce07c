import type { ReleaseOverview } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { flowPath, flowTop } from './flow-path.ts';

type Flow = ReleaseOverview['flow'];
const size = { width: 640, height: 220, left: 32, right: 10, top: 12, bottom: 24 };
const LABEL_EVERY_MINUTES = 10;

/** Exams received and forwarded in each minute of the last hour. */
export function FlowCard({ flow }: { flow: Flow }) {
  const { t } = useTranslation('release');
  const isEmpty = flow.every((minute) => minute.received === 0 && minute.forwarded === 0);
  return (
    <Card
      title={t('flow.title')}
      remark={t('flow.remark')}
      actions={
        <>
          <Legend name={t('flow.received')} colour="var(--accent)" />
          <Legend name={t('flow.forwarded')} colour="var(--grade-c)" dash="5 3" />
        </>
      }
    >
      {isEmpty ? <div className="secondary">{t('flow.empty')}</div> : <Chart flow={flow} />}
    </Card>
  );
}

function Legend({ name, colour, dash }: { name: string; colour: string; dash?: string }) {
  return (
    <span className="flow-legend">
      <svg width="18" height="4" aria-hidden="true">
        <line x1="0" x2="18" y1="2" y2="2" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
      </svg>
      {name}
    </span>
  );
}

function Chart({ flow }: { flow: Flow }) {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  const top = flowTop(flow.flatMap((minute) => [minute.received, minute.forwarded]));
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const xOf = (index: number): number => size.left + (inner.width * index) / Math.max(1, flow.length - 1);
  const yOf = (value: number): number => size.top + inner.height * (1 - value / top);
  const ticks = [0, top / 2, top];
  const total = (name: 'received' | 'forwarded'): number => flow.reduce((sum, minute) => sum + minute[name], 0);
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t('flow.summary', { received: total('received'), forwarded: total('forwarded') })}
      style={{ width: '100%', height: 'auto', display: 'block' }}
    >
      {ticks.map((value) => (
        <g key={value}>
          <line x1={size.left} x2={size.width - size.right} y1={yOf(value)} y2={yOf(value)} stroke="var(--line)" />
          <text x={size.left - 6} y={yOf(value) + 4} textAnchor="end" fontSize="12" fill="var(--text-2)">
            {value}
          </text>
        </g>
      ))}
      {flow.map((minute, index) =>
        index % LABEL_EVERY_MINUTES === 0 || index === flow.length - 1 ? (
          <text
            key={minute.minute}
            x={xOf(index)}
            y={size.height - 6}
            textAnchor={index === 0 ? 'start' : index === flow.length - 1 ? 'end' : 'middle'}
            fontSize="12"
            fill="var(--text-2)"
          >
            {index === flow.length - 1 || index + LABEL_EVERY_MINUTES < flow.length ? time.minute(minute.minute) : ''}
          </text>
        ) : null,
      )}
      <path
        d={flowPath(
          flow.map((minute) => minute.received),
          xOf,
          yOf,
        )}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2"
      />
      <path
        d={flowPath(
          flow.map((minute) => minute.forwarded),
          xOf,
          yOf,
        )}
        fill="none"
        stroke="var(--grade-c)"
        strokeWidth="2"
        strokeDasharray="5 3"
      />
    </svg>
  );
}
