import type { Reading } from '@jiapian/contract';
import './marked-picture.css';
import { thumbnailAddress } from './thumbnail.ts';

/** A small picture of a film with the places a reader marked, numbered as in the list beside it. */
export function MarkedPicture(props: {
  readonly cover: { readonly sopInstanceUid: string; readonly rows: number; readonly columns: number };
  readonly places: Reading['places'];
  readonly label: string;
}) {
  const { cover, places } = props;
  const own = places.map((place, index) => ({ ...place, number: index + 1 }));
  const shown = own.filter((place) => place.sopInstanceUid === cover.sopInstanceUid);
  const share = (part: number, whole: number): string => `${whole > 0 ? (part / whole) * 100 : 0}%`;
  return (
    <figure className="marked-picture" role="img" aria-label={props.label}>
      <div className="marked-frame" style={{ aspectRatio: `${cover.columns || 1} / ${cover.rows || 1}` }}>
        <img src={thumbnailAddress(cover.sopInstanceUid)} alt="" />
        {shown.map((place) => (
          <span
            key={place.number}
            className="marked-place"
            style={{
              left: share(place.x, cover.columns),
              top: share(place.y, cover.rows),
              width: share(place.width, cover.columns),
              height: share(place.height, cover.rows),
            }}
          >
            <b>{place.number}</b>
          </span>
        ))}
      </div>
    </figure>
  );
}
