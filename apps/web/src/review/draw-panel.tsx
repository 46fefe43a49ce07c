import type { SamplingDraw } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { checkDraw, drawFilms, drawsQuery, rateQuery } from './task-queries.ts';

/** Draws of some days: what was drawn, how much of it is read, and the proof that it can be drawn again the same. */
export function DrawPanel({ isSampling }: { isSampling: boolean }) {
  const { t } = useTranslation(['tasks', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [fromDay, setFromDay] = useState(time.dayBefore(1));
  const [toDay, setToDay] = useState(time.dayBefore(0));
  const draws = useQuery(drawsQuery);
  const draw = useMutation({
    mutationFn: () => drawFilms({ fromDay, toDay }),
    onSuccess: ({ drawn, candidates }) => {
      void message.success(t('draw.done', { drawn, candidates }));
      void client.invalidateQueries({ queryKey: ['films'] });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  return (
    <Card title={t('draw.title')} remark={t('draw.remark')}>
      <div className="draw-days">
        <Input
          type="date"
          aria-label={t('draw.from')}
          value={fromDay}
          max={toDay}
          onChange={(event) => setFromDay(event.target.value)}
        />
        –
        <Input
          type="date"
          aria-label={t('draw.to')}
          value={toDay}
          min={fromDay}
          onChange={(event) => setToDay(event.target.value)}
        />
        {may('review.plan') ? (
          <Button disabled={!isSampling} loading={draw.isPending} onClick={() => draw.mutate()}>
            {t('draw.draw')}
          </Button>
        ) : null}
      </div>
      {isSampling ? null : <p className="hint">{t('draw.everyFilm')}</p>}
      <Rate days={{ fromDay, toDay }} />
      <ul className="draw-list">
        {draws.data?.items.map((each) => (
          <DrawLine key={each.drawId} draw={each} />
        ))}
      </ul>
    </Card>
  );
}

/** Each rate with the interval of its sample; what is unread stands beside it under its own name. */
function Rate({ days }: { days: { fromDay: string; toDay: string } }) {
  const { t, i18n } = useTranslation('tasks');
  const rate = useQuery(rateQuery(days)).data;
  if (!rate || rate.films === 0) return null;
  const percent = (share: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const words = (value: typeof rate.gradeA): string =>
    value === null
      ? t('draw.notMeasurable')
      : `${percent(value.proportion)} (${percent(value.lower)} – ${percent(value.upper)})`;
  return (
    <dl className="draw-rate">
      <dt>{t('draw.gradeA')}</dt>
      <dd>{words(rate.gradeA)}</dd>
      <dt>{t('draw.gradeAOrB')}</dt>
      <dd>{words(rate.gradeAOrB)}</dd>
      <dt>{t('draw.films')}</dt>
      <dd>{t('draw.states', rate)}</dd>
      <dt />
      <dd className="hint">{t(rate.isSampled ? 'draw.fromSample' : 'draw.fromAll')}</dd>
    </dl>
  );
}

function DrawLine({ draw }: { draw: SamplingDraw }) {
  const { t } = useTranslation(['tasks', 'errors']);
  const time = useHospitalTime();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const check = useMutation({
    mutationFn: () => checkDraw(draw.drawId),
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  return (
    <li>
      <button type="button" className="draw-line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <strong>{draw.fromDay === draw.toDay ? draw.fromDay : `${draw.fromDay} – ${draw.toDay}`}</strong>
        <span>
          {t('draw.quota', { read: draw.readCount, drawn: draw.drawnCount, candidates: draw.candidateCount })}
        </span>
        <progress max={draw.drawnCount || 1} value={draw.readCount} aria-label={t('draw.progress')} />
      </button>
      {isOpen ? (
        <div className="draw-detail">
          <p className="hint">
            {t('draw.by', { who: draw.drawnBy ?? '—', time: time.full(draw.drawnAt), version: draw.policyVersion })} ·{' '}
            {t('draw.seed')} <code>{draw.seed}</code>{' '}
            <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
              {t('draw.check')}
            </Button>{' '}
            {check.data
              ? t(check.data.isRepeatable ? 'draw.same' : 'draw.different', { count: check.data.compared })
              : null}
          </p>
          <table>
            <thead>
              <tr>
                <th>{t('draw.stratum')}</th>
                <th>{t('draw.candidates')}</th>
                <th>{t('draw.certain')}</th>
                <th>{t('draw.random')}</th>
                <th>{t('draw.read')}</th>
              </tr>
            </thead>
            <tbody>
              {draw.strata.map((stratum) => (
                <tr key={stratum.stratum}>
                  <td>
                    {stratum.label
                      .map((part) => (part === '?' ? t('draw.unknown') : part === '*' ? t('draw.whole') : part))
                      .join(' · ')}
                  </td>
                  <td>{stratum.candidates}</td>
                  <td>{stratum.certain}</td>
                  <td>{stratum.random}</td>
                  <td>{stratum.read}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </li>
  );
}
