import type { SheetPreview } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';

/** The sheet in small, each film in its field and in its size. */
export function SheetPicture(props: {
  readonly preview: SheetPreview;
  readonly columns: number;
  readonly rows: number;
  readonly nameOf: (filmId: string) => string;
}) {
  const { t } = useTranslation('print');
  const { preview, columns, rows } = props;
  const fieldWidth = preview.widthMm / columns;
  const fieldHeight = preview.heightMm / rows;
  return (
    <figure className="sheet-picture" aria-label={t('picture')}>
      <div
        className="sheet-paper"
        style={{
          aspectRatio: `${preview.widthMm} / ${preview.heightMm}`,
          gridTemplateColumns: `repeat(${columns}, 1fr)`,
          gridTemplateRows: `repeat(${rows}, 1fr)`,
        }}
      >
        {preview.films.slice(0, columns * rows).map((film) => (
          <div key={film.filmId} className="sheet-field">
            <img
              src={addressOf(`/instances/${film.sopInstanceUid ?? ''}/thumbnail`)}
              alt={props.nameOf(film.filmId)}
              data-refused={film.refusal !== null}
              style={{
                width: `${(film.widthMm / fieldWidth) * 100}%`,
                height: `${(film.heightMm / fieldHeight) * 100}%`,
              }}
            />
          </div>
        ))}
      </div>
      <figcaption>
        {preview.magnification === null ? t('noScale') : t('scale', { factor: preview.magnification.toFixed(2) })}
      </figcaption>
    </figure>
  );
}
