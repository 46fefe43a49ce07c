import type { Distribution } from '@jiapian/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { shortFigure } from './figure-words.ts';

const size = { width: 1000, height: 260, left: 64, right: 12, top: 12, bottom: 28 } as const;

/** Points over time with the median and the middle half; each point is a link to its film. */
export function DistributionChart({ distribution }: { distribution: Distribution }) {
  const { t } = useTranslation('analysis');
  const time = useHospitalTime();
  const { points, percentiles } = distribution;
  const values = points.map(({ value }) => value);
  const moments = points.map(({ at }) => Date.parse(at));
  const y = scaleOf(Math.min(...values), Math.max(...values), size.height - size.bottom, size.top);
  const x = scaleOf(Math.min(...moments), Math.max(...moments), size.left, size.width - size.right);
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="group"
      aria-label={t('measurements.chart', { count: points.length })}
    >
      {percentiles ? (
        <>
          <rect
            x={size.left}
            width={size.width - size.left - size.right}
            y={y(percentiles.p75)}
            height={Math.max(1, y(percentiles.p25) - y(percentiles.p75))}
            className="range-good"
          />
          {linesOf(percentiles).map(([name, value]) => (
            <g key={name}>
              <line
                x1={size.left}
                x2={size.width - size.right}
                y1={y(value)}
                y2={y(value)}
                className="distribution-line"
              />
              <text x={size.left - 6} y={y(value) + 4} textAnchor="end">
                {name} {shortFigure(value)}
              </text>
            </g>
          ))}
        </>
      ) : null}
      {points.map((point, at) => {
        const name = `${time.full(point.at)} · ${shortFigure(point.value)}`;
        const dot = (
          <circle cx={x(moments[at] ?? 0)} cy={y(point.value)} r={5} className="distribution-point">
            <title>{name}</title>
          </circle>
        );
        return point.filmId === null ? (
          <g key={`${point.examId} ${at}`}>{dot}</g>
        ) : (
          <Link key={`${point.examId} ${at}`} to="/review/$filmId" params={{ filmId: point.filmId }} aria-label={name}>
            {dot}
          </Link>
        );
      })}
    </svg>
  );
}

/** Quartiles, or the median alone where they would lie on one another. */
const linesOf = ({
  p25,
  p50,
  p75,
}: NonNullable<Distribution['percentiles']>): readonly (readonly [string, number])[] =>
  p25 === p75
    ? [['P50', p50]]
    : [
        ['P25', p25],
        ['P50', p50],
        ['P75', p75],
      ];

/** From a range of values to a range of the picture; a range of one value lies in the middle. */
const scaleOf =
  (low: number, high: number, from: number, to: number) =>
  (value: number): number =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
