import type { ParameterDrift } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { driftQueryOf } from './protocol-queries.ts';
import { type Kind, useProtocolWords } from './protocol-words.ts';
import { parameterColumns } from '@jiapian/rules';

type Item = ParameterDrift['items'][number];
const choices = [30, 90, 365] as const;
/** Lines drawn at once; those that moved most come first. */
const shownLines = 12;

/** What was set against what the table asks of each patient: 1 is as asked, a slope is a drift. */
export function DriftCard({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation('protocols');
  const [days, setDays] = useState<number>(90);
  const found = useQuery(driftQueryOf(deviceId, days));
  const items = found.data?.items ?? [];
  return (
    <Card
      title={t('drift.title')}
      remark={t('drift.remark')}
      actions={
        <Select
          size="small"
          aria-label={t('drift.days')}
          value={days}
          onChange={setDays}
          options={choices.map((value) => ({ value, label: t('lastDays', { count: value }) }))}
        />
      }
    >
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {found.data && items.length === 0 ? <p className="secondary">{t('drift.empty')}</p> : null}
      <ul className="protocol-drift">
        {items.slice(0, shownLines).map((item) => (
          <DriftLine key={`${item.subject} ${item.column}`} item={item} />
        ))}
      </ul>
    </Card>
  );
}

const kindOfColumn = (key: string): Kind =>
  (['projection', 'CT', 'MR'] as const).find((kind) => parameterColumns[kind].some((column) => column.key === key)) ??
  'projection';

const size = { width: 360, height: 56, margin: 6 } as const;
/** Ratios drawn: half to double; what lies beyond sits at the edge. */
const ratioEnds = [0.5, 2] as const;

function DriftLine({ item }: { item: Item }) {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const { drift } = item;
  return (
    <li>
      <div className="protocol-drift-name">
        <strong>{words.subject(item.subject)}</strong>
        <span>{words.columnName(kindOfColumn(item.column), item.column)}</span>
        <span className="hint">
          {drift === null
            ? t('drift.few', { count: item.films })
            : t('drift.change', { share: words.share(drift.change), count: drift.films })}
        </span>
        {drift?.isDrifting ? <StateTag tone="attention">{t('drift.drifting')}</StateTag> : null}
      </div>
      <DriftPoints item={item} />
    </li>
  );
}

function DriftPoints({ item }: { item: Item }) {
  const { t } = useTranslation('protocols');
  const time = useHospitalTime();
  const words = useProtocolWords();
  const moments = item.points.map(({ examAt }) => Date.parse(examAt));
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const x = (at: number): number =>
    last === first ? size.width / 2 : size.margin + ((at - first) / (last - first)) * (size.width - 2 * size.margin);
  const [low, high] = ratioEnds.map(Math.log) as [number, number];
  const y = (ratio: number): number => {
    const at = Math.min(high, Math.max(low, Math.log(Math.max(ratio, ratioEnds[0]))));
    return size.height - size.margin - ((at - low) / (high - low)) * (size.height - 2 * size.margin);
  };
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="group"
      aria-label={t('drift.chart', { count: item.points.length })}
    >
      <line x1={0} x2={size.width} y1={y(1)} y2={y(1)} className="protocol-drift-one" />
      {item.points.map((point, at) => (
        <Link
          key={`${point.filmId} ${at}`}
          to="/review/$filmId"
          params={{ filmId: point.filmId }}
          aria-label={`${time.full(point.examAt)} ${words.share(point.ratio - 1)}`}
          tabIndex={point.isOutside ? 0 : -1}
        >
          <circle
            cx={x(moments[at] ?? first)}
            cy={y(point.ratio)}
            r={3}
            className={point.isOutside ? 'protocol-drift-outside' : 'protocol-drift-point'}
          />
        </Link>
      ))}
    </svg>
  );
}
