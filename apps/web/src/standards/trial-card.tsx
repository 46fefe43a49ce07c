import type { StandardDraft, StandardSimulation } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { simulationQuery } from './standards-queries.ts';

const spans = [7, 31, 92, 366];
const filmsShown = 8;

/** What the draft would have made of past grades: the distribution, who moves where, and films to look at. */
export function TrialCard({ draft }: { draft: StandardDraft }) {
  const { t } = useTranslation('standards');
  const [days, setDays] = useState(31);
  const trial = useQuery({ ...simulationQuery(draft, days), placeholderData: keepPreviousData });
  return (
    <Card
      title={t('trial.title')}
      remark={trial.data ? t('trial.remark', { count: trial.data.all.readings }) : null}
      actions={
        <Select
          size="small"
          aria-label={t('trial.span')}
          value={days}
          options={spans.map((value) => ({ value, label: t('trial.days', { count: value }) }))}
          onChange={setDays}
        />
      }
    >
      {trial.isError ? <ProblemNotice problem={asProblem(trial.error)} onRetry={() => void trial.refetch()} /> : null}
      {trial.isPending ? <Skeleton active /> : null}
      {trial.data ? (
        trial.data.all.readings === 0 ? (
          <p className="secondary">{t('trial.none')}</p>
        ) : (
          <Trial trial={trial.data} />
        )
      ) : null}
    </Card>
  );
}

function Trial({ trial }: { trial: StandardSimulation }) {
  const { t } = useTranslation('standards');
  const { all } = trial;
  const moved = all.better + all.stricter;
  return (
    <div className="trial">
      <Bars all={all} />
      <p>
        <strong>{t('trial.moved', { count: moved, share: percent(moved, all.readings) })}</strong>{' '}
        <span className="secondary">{t('trial.direction', { better: all.better, stricter: all.stricter })}</span>
      </p>
      <Matrix trial={trial} />
      {trial.partial > 0 ? <p className="source-open">{t('trial.partial', { count: trial.partial })}</p> : null}
      <MovedRows
        title={t('trial.devices')}
        rows={trial.devices.map((device) => ({ ...device, name: device.name || t('shell:unknown') }))}
      />
      <MovedRows
        title={t('trial.positions')}
        rows={trial.positions.map((position) => ({ ...position, name: position.positionCode ?? t('shell:unknown') }))}
      />
      {trial.films.slice(0, filmsShown).map((film) => (
        <div key={film.filmId} className="trial-film">
          <Link to="/review/$filmId" params={{ filmId: film.filmId }}>
            {t('trial.film')}
          </Link>
          <span>
            <GradeBadge grade={film.before} /> → <GradeBadge grade={film.after} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** Two bars a grade: as graded, and as the draft would have it. */
function Bars({ all }: { all: StandardSimulation['all'] }) {
  const { t } = useTranslation('standards');
  const bar = (className: string, count: number) => (
    <div className="trial-bar">
      <span className={className} style={{ width: `${(100 * count) / all.readings}%` }} />
      <small>
        {count} · {percent(count, all.readings)}
      </small>
    </div>
  );
  return (
    <div className="trial-bars" role="img" aria-label={t('trial.title')}>
      {grades.map((grade) => (
        <div key={grade}>
          <GradeBadge grade={grade} />
          <div>
            {bar('trial-before', all.before[grade] ?? 0)}
            {bar(`trial-after trial-${grade}`, all.after[grade] ?? 0)}
          </div>
        </div>
      ))}
    </div>
  );
}

function Matrix({ trial }: { trial: StandardSimulation }) {
  const { t } = useTranslation('standards');
  const count = (before: Grade, after: Grade): number =>
    trial.moves.find((move) => move.before === before && move.after === after)?.films ?? 0;
  return (
    <table className="trial-matrix">
      <thead>
        <tr>
          <th>{t('trial.matrix')}</th>
          {grades.map((grade) => (
            <th key={grade}>{t(`shell:grade.${grade}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grades.map((before) => (
          <tr key={before}>
            <th>{t(`shell:grade.${before}`)}</th>
            {grades.map((after) => (
              <td key={after} className={before !== after && count(before, after) > 0 ? 'trial-moved' : undefined}>
                {count(before, after) || '·'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MovedRows(props: {
  readonly title: string;
  readonly rows: readonly { name: string; readings: number; better: number; stricter: number }[];
}) {
  const { t } = useTranslation('standards');
  const rows = props.rows.filter(({ better, stricter }) => better + stricter > 0).slice(0, filmsShown);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{props.title}</h3>
      {rows.map((row) => (
        <div key={row.name} className="trial-film">
          <span>{row.name}</span>
          <span className="secondary">
            {t('trial.row', { better: row.better, stricter: row.stricter, count: row.readings })}
          </span>
        </div>
      ))}
    </section>
  );
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
