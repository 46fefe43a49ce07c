import { exposureGroupings, type ExposureGroup } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { exposurePageQuery, type ExposureGrouping } from './analysis-queries.ts';
import './analysis-pages.css';
import { useDayRange } from './day-range.tsx';
import { shortFigure } from './figure-words.ts';
import { RangeBar } from './range-bar.tsx';

/** Steps of the deviation index that the scale shows on either side. */
const scaleEnd = 6;

/** How far exposures were from their target, by device, position or technologist. */
export function ExposurePage() {
  const { t } = useTranslation('analysis');
  const [days, dayControl] = useDayRange();
  const [by, setBy] = useState<ExposureGrouping>('device');
  const found = useQuery(exposurePageQuery(days, by));
  const exposure = found.data;
  return (
    <>
      <PageHead
        title={t('exposure.title')}
        actions={
          <>
            <Segmented
              value={by}
              onChange={setBy}
              options={exposureGroupings.map((value) => ({ value, label: t(`exposure.by.${value}`) }))}
            />
            {dayControl}
          </>
        }
      >
        <span className="secondary">{t('exposure.remark')}</span>
      </PageHead>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {exposure?.films === 0 ? (
        <div className="card">
          <EmptyState title={t('exposure.empty.title')} text={t('exposure.empty.text')} />
        </div>
      ) : null}
      {exposure && exposure.films > 0 ? (
        <Card
          title={t('exposure.deviation')}
          remark={
            exposure.offTargetShare === null
              ? t('exposure.noIndex')
              : t('exposure.offTarget', { share: Math.round(exposure.offTargetShare * 100) })
          }
        >
          <table className="analysis-table">
            <thead>
              <tr>
                <th>{t(`exposure.by.${by}`)}</th>
                <th className="number">{t('exposure.films')}</th>
                <th className="number">{t('exposure.median')}</th>
                <th className="scale">
                  <Scale />
                </th>
                <th className="number">{t('exposure.under')}</th>
                <th className="number">{t('exposure.over')}</th>
                <th>{t('exposure.funnel')}</th>
              </tr>
            </thead>
            <tbody>
              {exposure.groups.map((group) => (
                <Row key={group.key} group={group} by={by} />
              ))}
            </tbody>
          </table>
          <p className="hint">{t('exposure.explain')}</p>
        </Card>
      ) : null}
    </>
  );
}

function Scale() {
  return (
    <span className="scale-ends" aria-hidden="true">
      <span>−{scaleEnd}</span>
      <span>0</span>
      <span>+{scaleEnd}</span>
    </span>
  );
}

function Row({ group, by }: { group: ExposureGroup; by: ExposureGrouping }) {
  const { t, i18n } = useTranslation('analysis');
  const position = by === 'position' ? positionOf(group.name) : null;
  const named = position ? (i18n.language === 'en' ? position.name.en : position.name.zh) : group.name;
  const { p10, p25, median, p75, p90 } = group;
  return (
    <tr>
      <th scope="row">{named === '' ? t('exposure.unnamed') : named}</th>
      <td className="number">
        {group.withIndex} / {group.films}
      </td>
      <td className="number">{median === null ? t('notMeasured') : shortFigure(median)}</td>
      <td className="scale">
        {p10 === null || p25 === null || median === null || p75 === null || p90 === null ? null : (
          <RangeBar
            from={-scaleEnd}
            to={scaleEnd}
            good={[-1, 1]}
            {...{ p10, p25, median, p75, p90 }}
            label={t('exposure.range', { p10: shortFigure(p10), p90: shortFigure(p90) })}
          />
        )}
      </td>
      <td className="number">
        {group.under} {group.farUnder > 0 ? <small>({t('exposure.far', { count: group.farUnder })})</small> : null}
      </td>
      <td className="number">
        {group.over} {group.farOver > 0 ? <small>({t('exposure.far', { count: group.farOver })})</small> : null}
      </td>
      <td>{t(group.isOutsideFunnel ? 'exposure.outside' : 'exposure.inside')}</td>
    </tr>
  );
}
