import type { FilmDetail } from '@jiapian/contract';
import type { ReviewStandard, SeriesMark } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { inLanguage } from './film-words.ts';
import { seriesOf } from './image-slots.ts';

/** In which series of the exam each deducted item was seen; an exam of one series has nothing to tell apart. */
export function SeriesMarks(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly steps: Readonly<Record<string, number>>;
  readonly marks: readonly SeriesMark[];
  readonly isReadOnly: boolean;
  readonly onToggle: (mark: SeriesMark) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const { detail, standard, steps } = props;
  const series = seriesOf(detail.images);
  const items = standard.deductions.filter(({ code }) => (steps[code] ?? 0) > 0);
  if (detail.film.kind !== 'exam' || series.length < 2 || items.length === 0) return null;
  return (
    <section className="sheet-section series-marks">
      <h2>
        {t('series.title')} <small>{t('series.rule')}</small>
      </h2>
      {items.map(({ code, name }) => (
        <div key={code} role="group" aria-label={inLanguage(name, i18n.language)}>
          <h3>{inLanguage(name, i18n.language)}</h3>
          {series.map(({ seriesInstanceUid, image }, index) => {
            const isOn = props.marks.some((mark) => mark.code === code && mark.seriesInstanceUid === seriesInstanceUid);
            return (
              <button
                key={seriesInstanceUid}
                type="button"
                className="condition"
                aria-pressed={isOn}
                disabled={props.isReadOnly}
                onClick={() => props.onToggle({ seriesInstanceUid, code })}
              >
                {detail.images[image]?.seriesDescription || t('series.number', { number: index + 1 })}
              </button>
            );
          })}
        </div>
      ))}
    </section>
  );
}
