import { useQuery } from '@tanstack/react-query';
import { Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { distributionQueryOf, metricsQuery } from './analysis-queries.ts';
import './analysis-pages.css';
import { useDayRange } from './day-range.tsx';
import { DistributionChart } from './distribution-chart.tsx';
import { type FigureFilter, FigureFilters } from './figure-filters.tsx';
import { metricWords, unitWords } from './figure-words.ts';
import { MeasuredFilmsCard } from './measured-films-card.tsx';
import { RulesCard } from './rules-card.tsx';

/** One figure over time, each point opening its film, and how machine and readers agree on each rule. */
export function MeasurementsPage() {
  const { t } = useTranslation('analysis');
  const [days, dayControl] = useDayRange();
  const [chosen, setChosen] = useState('');
  const [filter, setFilter] = useState<FigureFilter>({});
  const metrics = useQuery(metricsQuery(days));
  const items = metrics.data?.items ?? [];
  const key = items.some((item) => keyOf(item) === chosen) ? chosen : (items[0] && keyOf(items[0])) || '';
  const [metric = '', where = ''] = key.split('|');
  const found = useQuery(distributionQueryOf(days, filter, metric, where));
  return (
    <>
      <PageHead
        title={t('measurements.title')}
        actions={
          <>
            <Select
              aria-label={t('measurements.metric')}
              value={key}
              onChange={setChosen}
              style={{ minWidth: 280 }}
              showSearch={{ optionFilterProp: 'label' }}
              options={items.map((item) => ({
                value: keyOf(item),
                label: `${metricWords(t, item.metric, item.where)} (${item.films})`,
              }))}
            />
            <FigureFilters filter={filter} onChange={setFilter} />
            {dayControl}
          </>
        }
      >
        <span className="secondary">{t('measurements.remark')}</span>
      </PageHead>
      {metrics.isError ? (
        <ProblemNotice problem={asProblem(metrics.error)} onRetry={() => void metrics.refetch()} />
      ) : null}
      {metrics.isPending ? <Skeleton active /> : null}
      {metrics.data && items.length === 0 ? (
        <div className="card">
          <EmptyState title={t('measurements.empty.title')} text={t('measurements.empty.text')} />
        </div>
      ) : null}
      {found.data && found.data.points.length > 0 ? (
        <Card title={metricWords(t, metric, where)} remark={unitWords(found.data.unit)}>
          <DistributionChart distribution={found.data} />
          {found.data.isCut ? <p className="hint">{t('measurements.cut')}</p> : null}
        </Card>
      ) : null}
      {found.data?.points.length === 0 && items.length > 0 ? (
        <div className="card">
          <EmptyState title={t('measurements.none.title')} text={t('measurements.none.text')} />
        </div>
      ) : null}
      {items.length > 0 ? (
        <MeasuredFilmsCard
          days={days}
          filter={filter}
          figures={items}
          shown={where === '' ? metric : `${metric}|${where}`}
        />
      ) : null}
      <RulesCard />
    </>
  );
}

const keyOf = ({ metric, where }: { metric: string; where: string }): string => `${metric}|${where}`;
