import type { FilmDetail } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';

/** Facts in the order of the sheet with unit and decimals; a modality shows those its header has. */
const facts: readonly { readonly name: string; readonly unit: string; readonly digits: number }[] = [
  { name: 'tubeVoltageKv', unit: 'kV', digits: 0 },
  { name: 'exposureMas', unit: 'mAs', digits: 1 },
  { name: 'tubeCurrentMa', unit: 'mA', digits: 0 },
  { name: 'exposureTimeMs', unit: 'ms', digits: 0 },
  { name: 'exposureIndex', unit: 'EI', digits: 0 },
  { name: 'targetExposureIndex', unit: 'EI', digits: 0 },
  { name: 'deviationIndex', unit: 'DI', digits: 1 },
  { name: 'doseAreaProductDgyCm2', unit: 'dGy·cm²', digits: 2 },
  { name: 'ctdiVolMgy', unit: 'mGy', digits: 1 },
  { name: 'distanceSourceToDetectorMm', unit: 'mm', digits: 0 },
  { name: 'sliceThicknessMm', unit: 'mm', digits: 2 },
  { name: 'magneticFieldStrengthT', unit: 'T', digits: 1 },
  { name: 'repetitionTimeMs', unit: 'ms', digits: 0 },
  { name: 'echoTimeMs', unit: 'ms', digits: 1 },
];
/** What a projection sheet says it misses; a CT header is not blamed for having no exposure index. */
const expectedOfProjection = [
  'tubeVoltageKv',
  'exposureMas',
  'exposureIndex',
  'deviationIndex',
  'doseAreaProductDgyCm2',
];

/** Exposure as the header gives it; what the header lacks is 未测, never 0. */
export function ExposureFacts({ detail, isShort }: { detail: FilmDetail; isShort?: boolean }) {
  const { t } = useTranslation(['review', 'shell']);
  const isProjection = ['DX', 'CR', 'MG', 'RF', 'XA', 'PX', 'IO'].includes(detail.film.modality);
  const shown = facts.filter((fact) => {
    const value = detail.exposure[fact.name];
    // The product says more than its factor, and the sheet must not scroll.
    if (fact.name === 'tubeCurrentMa' && typeof detail.exposure['exposureMas'] === 'number') return false;
    return (value !== null && value !== undefined) || (isProjection && expectedOfProjection.includes(fact.name));
  });
  if (shown.length === 0) return null;
  return (
    <dl className={isShort ? 'exposure exposure-short' : 'exposure'}>
      {(isShort ? shown.slice(0, 5) : shown).map(({ name, unit, digits }) => {
        const value = detail.exposure[name];
        return (
          <div key={name}>
            <dt>{t(`exposure.${name}`)}</dt>
            <dd>
              {typeof value === 'number' ? (
                <>
                  <strong>{value.toFixed(digits)}</strong> {unit}
                </>
              ) : (
                <span className="hint">{typeof value === 'string' ? value : t('shell:notMeasured')}</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
