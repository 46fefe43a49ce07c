import { DeleteOutlined } from '@ant-design/icons';
import type { FilmDetail } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { HintsSection, type HintPlace } from '../analysis/hints-section.tsx';
import { FilmComplianceSection } from '../protocols/compliance-card.tsx';
import { useShownPosition } from '../standards/use-shown-position.ts';
import { PositionHints } from '../standards/position-hints.tsx';
import { ActCap } from './act-cap.tsx';
import { CriteriaList } from './criteria-list.tsx';
import { ExposureFacts } from './exposure-facts.tsx';
import { FilmContext } from './film-context.tsx';
import { inLanguage } from './film-words.ts';
import { FilmChecks } from '../self-checks/film-checks.tsx';
import { ReadingCard } from './reading-card.tsx';
import type { Criteria, Place } from './score-sheet.ts';

/** What this position must show, the marks on this image, and what was said before. */
export function ReferenceColumn(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly places: readonly Place[];
  readonly criteria: Criteria;
  readonly onCriterion: (code: string) => void;
  readonly isReadOnly: boolean;
  readonly onPlace: (place: Place) => void;
  readonly onRemove: (index: number) => void;
  readonly shownHintId: string | null;
  readonly onHint: (place: HintPlace | null) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const { detail, standard } = props;
  const position = useShownPosition(detail.film.positionCode);
  const text = (words: { zh: string; en: string }): string => inLanguage(words, i18n.language);
  return (
    <aside className="reference" data-theme="dark" aria-label={t('reference.label')} tabIndex={0}>
      {detail.readings.length > 0 ? <FilmChecks filmId={detail.film.filmId} standard={standard} /> : null}
      <section>
        <h2>
          {t('reference.title')} <ActCap act="reference" />
        </h2>
        {position ? (
          <>
            <strong>{text(position.name)}</strong>
            <CriteriaList
              position={position}
              criteria={props.criteria}
              isReadOnly={props.isReadOnly}
              onToggle={props.onCriterion}
            />
            <p className="hint">{t(position.verified ? 'reference.verified' : 'reference.unverified')}</p>
          </>
        ) : (
          <p className="secondary">
            {t(detail.film.kind === 'image' ? 'reference.noPosition' : 'reference.crossSectional')}
          </p>
        )}
        <PositionHints
          positionCode={detail.film.positionCode}
          modality={detail.film.modality}
          description={detail.film.description}
          isFolded
        />
      </section>
      <HintsSection
        filmId={detail.film.filmId}
        examId={detail.film.examId}
        shownHintId={props.shownHintId}
        onPlace={props.onHint}
      />
      <FilmComplianceSection filmId={detail.film.filmId} />
      <section>
        <h2>
          {t('marks.title')} <ActCap act="mark" />
        </h2>
        {props.places.length === 0 ? <p className="hint">{t('marks.none')}</p> : null}
        <ul className="marks">
          {props.places.map((place, index) => {
            const item = standard.deductions.find((each) => each.code === place.code);
            return (
              <li key={index}>
                <button type="button" onClick={() => props.onPlace(place)}>
                  <span className="pin">{index + 1}</span>
                  {item ? text(item.name) : t('marks.unnamed')}
                </button>
                {props.isReadOnly ? null : (
                  <button
                    type="button"
                    aria-label={t('marks.remove', { number: index + 1 })}
                    onClick={() => props.onRemove(index)}
                  >
                    <DeleteOutlined />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      </section>
      <FilmContext detail={detail} standard={standard} />
      <section className="narrow-only">
        <h2>{t('exposure.title')}</h2>
        <ExposureFacts detail={detail} />
      </section>
      {detail.readings.length > 0 ? (
        <section>
          <h2>{t('readings.title')}</h2>
          {detail.technologistName ? <p>{t('readings.technologist', { name: detail.technologistName })}</p> : null}
          {detail.readings.map((reading) => (
            <ReadingCard key={reading.readingId} reading={reading} standard={standard} images={detail.images} />
          ))}
        </section>
      ) : null}
      <details>
        <summary>{t('reference.header')}</summary>
        <dl className="header-facts">
          {detail.headerFacts.map((fact) => (
            <div key={fact.keyword}>
              <dt>{fact.keyword}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </aside>
  );
}
