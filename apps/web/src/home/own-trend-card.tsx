import type { OwnTrend } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';

const chart = { width: 440, height: 190, left: 40, right: 8, top: 10, bottom: 24 };

/** The own share of 甲 and 乙 week by week with its interval, the group without names, and one sentence. */
export function OwnTrendCard({ trend }: { trend: OwnTrend }) {
  const { t, i18n } = useTranslation('home');
  const percent = (share: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const { group, rate } = trend;
  return (
    <Card
      title={t('own.trend')}
      remark={t('own.trendRemark')}
      actions={group ? <span className="hint">{t('own.groupOf', { count: group.people })}</span> : null}
    >
      <TrendChart trend={trend} label={t('own.trend')} percent={percent} />
      <div className="own-legend hint">
        <span className="own-legend-own">{t('own.legendOwn')}</span>
        <span className="own-legend-group">{t('own.legendGroup')}</span>
        <span className="own-legend-band">{t('own.legendBand')}</span>
      </div>
      <p>
        {rate
          ? t('own.rate', {
              rate: percent(rate.proportion),
              lower: percent(rate.lower),
              upper: percent(rate.upper),
              count: trend.graded,
            })
          : null}{' '}
        {group ? t('own.groupRate', { rate: percent(group.rate) }) : null}{' '}
        <strong>{t(`own.verdict.${trend.verdict}`, { count: trend.minimumCount })}</strong>
      </p>
    </Card>
  );
}

function TrendChart(props: { trend: OwnTrend; label: string; percent: (share: number) => string }) {
  const { trend } = props;
  const { weeks, group, minimumCount } = trend;
  const values = weeks.flatMap(({ rate, group: theirs }) => [rate?.lower ?? 1, theirs ?? 1]);
  const floor = Math.max(0, Math.floor(Math.min(0.8, ...values) * 10) / 10);
  const inner = { width: chart.width - chart.left - chart.right, height: chart.height - chart.top - chart.bottom };
  const x = (index: number): number => chart.left + (inner.width * (index + 0.5)) / Math.max(1, weeks.length);
  const y = (share: number): number => chart.top + inner.height * (1 - (share - floor) / (1 - floor));
  const own = weeks.flatMap(({ rate, graded, week }, index) => (rate ? [{ rate, graded, week, index }] : []));
  const theirs = weeks.flatMap(({ group: value }, index) => (value === null ? [] : [{ value, index }]));
  const lines = [floor, (floor + 1) / 2, 1];
  return (
    <svg viewBox={`0 0 ${chart.width} ${chart.height}`} className="own-chart" role="img" aria-label={props.label}>
      {group ? (
        <rect
          x={chart.left}
          width={inner.width}
          y={y(group.high)}
          height={Math.max(1, y(Math.max(floor, group.low)) - y(group.high))}
          className="own-band"
        />
      ) : null}
      {lines.map((share) => (
        <g key={share}>
          <line x1={chart.left} x2={chart.width - chart.right} y1={y(share)} y2={y(share)} className="own-grid" />
          <text x={chart.left - 6} y={y(share) + 4} textAnchor="end">
            {props.percent(share)}
          </text>
        </g>
      ))}
      <polyline points={theirs.map(({ value, index }) => `${x(index)},${y(value)}`).join(' ')} className="own-group" />
      <polyline
        points={own.map(({ rate, index }) => `${x(index)},${y(rate.proportion)}`).join(' ')}
        className="own-line-mine"
      />
      {own.map(({ rate, graded, week, index }) => (
        <g key={week}>
          <line
            x1={x(index)}
            x2={x(index)}
            y1={y(rate.upper)}
            y2={y(Math.max(floor, rate.lower))}
            className="own-whisker"
          />
          <circle
            cx={x(index)}
            cy={y(rate.proportion)}
            r={4}
            className={graded < minimumCount ? 'own-point own-point-few' : 'own-point'}
          >
            <title>{`${week} · ${props.percent(rate.proportion)} · n=${graded}`}</title>
          </circle>
        </g>
      ))}
      {weeks.map(({ week }, index) =>
        index % Math.ceil(weeks.length / 6) === 0 ? (
          <text key={week} x={x(index)} y={chart.height - 6} textAnchor="middle">
            {week.slice('YYYY-'.length)}
          </text>
        ) : null,
      )}
    </svg>
  );
}
