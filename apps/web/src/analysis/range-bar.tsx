/** Percentiles on one scale: thin line 10–90 %, block 25–75 %, stroke at the median, the good range tinted behind. */
export function RangeBar(props: {
  readonly from: number;
  readonly to: number;
  readonly good?: readonly [number, number];
  readonly p10: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly label: string;
}) {
  const { from, to, good } = props;
  const at = (value: number): number => (100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from);
  const bar = (low: number, high: number): { x: string; width: string } => ({
    x: `${at(low)}%`,
    width: `${Math.max(0.5, at(high) - at(low))}%`,
  });
  return (
    <svg className="range-bar" role="img" aria-label={props.label} height={22} width="100%">
      {good ? <rect {...bar(good[0], good[1])} y={0} height={22} className="range-good" /> : null}
      <rect {...bar(props.p10, props.p90)} y={10} height={2} className="range-thin" />
      <rect {...bar(props.p25, props.p75)} y={5} height={12} className="range-block" />
      <rect x={`${at(props.median)}%`} y={2} width={2} height={18} className="range-median" />
    </svg>
  );
}
