import type { Sourced } from '../local-text.ts';

/** What a hospital may change of the calculators. */
export interface CalculatorSettings {
  /** Lowest and highest value of each input and result, both inside. */
  readonly limits: Readonly<Record<string, { readonly low: number; readonly high: number }>>;
  /** Bucky factor by grid ratio; ratio 0 is no grid. */
  readonly gridFactors: readonly { readonly ratio: number; readonly factor: number }[];
}

/** Inputs and results with limits, with their units. */
export const calculatorInputs: Readonly<Record<string, string>> = {
  thicknessCm: 'cm',
  voltageConstant: 'kV',
  tubeVoltageKv: 'kV',
  mas: 'mAs',
  distanceCm: 'cm',
  outputMgyPerMas: 'mGy/mAs',
  outputShare: '',
  weightKg: 'kg',
  iodineMgPerKg: 'mgI/kg',
  concentrationMgMl: 'mgI/ml',
  durationS: 's',
  volumeMl: 'ml',
  rateMlS: 'ml/s',
};

/**
 * The limits and factors shipped with the product: constants of the voltage rule and grid factors [GKU], contrast of
 * 1.0–1.5 ml/kg at 300–370 mgI/ml and 2.5–5 ml/s [GKU] with room at both ends, the rest [PD].
 */
export const defaultCalculatorSettings: CalculatorSettings = {
  limits: {
    thicknessCm: { low: 3, high: 45 },
    voltageConstant: { low: 20, high: 40 },
    tubeVoltageKv: { low: 40, high: 150 },
    mas: { low: 0.1, high: 600 },
    distanceCm: { low: 50, high: 300 },
    outputMgyPerMas: { low: 0.005, high: 1 },
    outputShare: { low: 0.7, high: 1.3 },
    weightKg: { low: 2, high: 250 },
    iodineMgPerKg: { low: 200, high: 600 },
    concentrationMgMl: { low: 240, high: 400 },
    durationS: { low: 8, high: 60 },
    volumeMl: { low: 5, high: 150 },
    rateMlS: { low: 0.3, high: 6 },
  },
  gridFactors: [
    { ratio: 0, factor: 1 },
    { ratio: 5, factor: 2 },
    { ratio: 6, factor: 3 },
    { ratio: 8, factor: 4 },
    { ratio: 10, factor: 5 },
    { ratio: 12, factor: 5 },
    { ratio: 16, factor: 6 },
  ],
};

/** Where the formula of each calculator comes from; the limits beside it are product defaults. */
export const calculatorSources: Readonly<Record<'kv' | 'distance' | 'grid' | 'output' | 'contrast', Sourced>> = {
  kv: { source: 'GKU', verified: false },
  distance: { source: 'S95', verified: false },
  grid: { source: 'GKU', verified: false },
  output: { source: 'PD', verified: false },
  contrast: { source: 'GKU', verified: false },
};

/** Whether settings are complete and in order: every input has limits, low below high; grid ratios rise, factors are 1 or more. */
export const calculatorSettingsFaults = ({ limits, gridFactors }: CalculatorSettings): string[] => [
  ...Object.keys(calculatorInputs).filter((input) => {
    const own = limits[input];
    return own === undefined || !(own.low > 0) || !(own.low < own.high);
  }),
  ...gridFactors.flatMap(({ ratio, factor }, at) =>
    factor >= 1 && ratio >= 0 && (at === 0 || ratio > (gridFactors[at - 1]?.ratio ?? 0)) ? [] : [`gridFactors.${at}`],
  ),
  ...(gridFactors.length === 0 ? ['gridFactors'] : []),
];
