import { fail, ok, type Result } from '@jiapian/kernel';
import type { CalculatorSettings } from './calculator-settings.ts';

/** Why a calculator gives no answer: which input (or result) lies outside which limits; both limits are inside. */
export interface CalculatorRefusal {
  readonly input: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
}
type Answer<Value> = Result<Value, CalculatorRefusal>;

const outside = (settings: CalculatorSettings, input: string, value: number): CalculatorRefusal | null => {
  const { low, high } = settings.limits[input] ?? { low: 0, high: 0 };
  return value >= low && value <= high ? null : { input, low, high, value };
};

const checked = <Value>(
  settings: CalculatorSettings,
  inputs: Readonly<Record<string, readonly number[]>>,
  compute: () => Value,
): Answer<Value> => {
  for (const [input, values] of Object.entries(inputs))
    for (const value of values) {
      const refusal = outside(settings, input, value);
      if (refusal !== null) return fail(refusal);
    }
  return ok(compute());
};

/** Tube voltage in kV for a thickness in cm: kV = 2·thickness + C, C fixed per device and part [GKU]. Refuses inputs and results outside the limits. */
export const kvForThickness = (
  settings: CalculatorSettings,
  given: { thicknessCm: number; constant: number },
): Answer<number> => {
  const kvPerCm = 2;
  const kv = kvPerCm * given.thicknessCm + given.constant;
  return checked(
    settings,
    { thicknessCm: [given.thicknessCm], voltageConstant: [given.constant], tubeVoltageKv: [kv] },
    () => kv,
  );
};

/** mAs at another source–detector distance: mAs₂ = mAs₁·(SID₂ ÷ SID₁)² [S95]. */
export const masForDistance = (
  settings: CalculatorSettings,
  { mas, fromCm, toCm }: { mas: number; fromCm: number; toCm: number },
): Answer<number> => checked(settings, { mas: [mas], distanceCm: [fromCm, toCm] }, () => mas * (toCm / fromCm) ** 2);

/** mAs with another grid: mAs₂ = mAs₁·B₂ ÷ B₁, B the Bucky factor of the ratio [GKU]. A ratio between two of the table is refused. */
export const masForGrid = (
  settings: CalculatorSettings,
  { mas, fromRatio, toRatio }: { mas: number; fromRatio: number; toRatio: number },
): Answer<number> => {
  const factors = [fromRatio, toRatio].map((ratio) => settings.gridFactors.find((row) => row.ratio === ratio)?.factor);
  const [from, to] = factors;
  const ratios = settings.gridFactors.map(({ ratio }) => ratio);
  if (from === undefined || to === undefined)
    return fail({
      input: 'gridRatio',
      low: Math.min(...ratios),
      high: Math.max(...ratios),
      value: from === undefined ? fromRatio : toRatio,
    });
  return checked(settings, { mas: [mas] }, () => (mas * to) / from);
};

/** mAs on an aged generator: mAs₂ = mAs₁·Y₀ ÷ Y, Y the measured output in mGy/mAs [PD]. An output that fell too far is a repair, not a correction. */
export const masForOutput = (
  settings: CalculatorSettings,
  { mas, referenceOutput, presentOutput }: { mas: number; referenceOutput: number; presentOutput: number },
): Answer<number> =>
  checked(
    settings,
    {
      mas: [mas],
      outputMgyPerMas: [referenceOutput, presentOutput],
      outputShare: [presentOutput / referenceOutput],
    },
    () => (mas * referenceOutput) / presentOutput,
  );

/** A contrast injection: volume in ml, iodine in g, rate in ml/s, iodine delivery in gI/s. */
export interface ContrastInjection {
  readonly volumeMl: number;
  readonly iodineG: number;
  readonly rateMlS: number;
  readonly iodineGPerS: number;
}

const milligramsPerGram = 1000;

/** Contrast volume and rate by weight and iodine: V = W·D ÷ c, rate = V ÷ t [GKU]. Refuses a volume, rate or dose outside the limits. */
export const contrastInjection = (
  settings: CalculatorSettings,
  given: { weightKg: number; iodineMgPerKg: number; concentrationMgMl: number; durationS: number },
): Answer<ContrastInjection> => {
  const volumeMl = (given.weightKg * given.iodineMgPerKg) / given.concentrationMgMl;
  const rateMlS = volumeMl / given.durationS;
  return checked(
    settings,
    {
      weightKg: [given.weightKg],
      iodineMgPerKg: [given.iodineMgPerKg],
      concentrationMgMl: [given.concentrationMgMl],
      durationS: [given.durationS],
      volumeMl: [volumeMl],
      rateMlS: [rateMlS],
    },
    () => ({
      volumeMl,
      rateMlS,
      iodineG: (volumeMl * given.concentrationMgMl) / milligramsPerGram,
      iodineGPerS: (rateMlS * given.concentrationMgMl) / milligramsPerGram,
    }),
  );
};
