import type { FilmDetail, FilmRow } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import type { FilmSearch } from './film-search.ts';
import { useFilmTitle } from './film-title.tsx';
import type { SeriesSpan } from './image-slots.ts';
import { minutesLeft } from './minutes-left.ts';
import { recentReadings } from './recent-readings.ts';
import { filmsQuery, nextFilmsQuery } from './review-queries.ts';
import { thumbnailAddress } from './thumbnail.ts';

/** Rows of the queue that are shown, and among which the films to load ahead are looked for. */
export const QUEUE_ROWS = 30;

/** Where the reader stands: place in the queue, grades so far, images of this film, what comes next. */
export function QueueRail(props: {
  readonly detail: FilmDetail;
  readonly search: FilmSearch;
  readonly series: readonly SeriesSpan[];
  readonly currentSeries: string | undefined;
  readonly onImage: (index: number) => void;
}) {
  const { t } = useTranslation('review');
  const { film, images } = props.detail;
  const titleOf = useFilmTitle();
  const list = useQuery(filmsQuery({ ...props.search, list: props.search.list ?? 'all' }, undefined, QUEUE_ROWS)).data;
  const next = useQuery(nextFilmsQuery(film.filmId, props.search)).data;
  const counts = list?.counts;
  const minutes = minutesLeft(next?.secondsPerFilm, counts?.waiting);
  const upcoming = upcomingOf(list?.items ?? [], film.filmId);
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <div className="rail-place">
        <strong>{next?.position ?? '…'}</strong>
        <span className="hint">/ {next?.total ?? '…'}</span>
        {minutes === null ? null : <span className="rail-minutes">{t('rail.minutes', { count: minutes })}</span>}
      </div>
      {counts && counts.total > 0 ? (
        <>
          <div className="rail-progress" aria-hidden="true">
            {grades.map((grade) => (
              <span
                key={grade}
                className={`fill-${grade}`}
                style={{ width: `${(counts[grade] / counts.total) * 100}%` }}
              />
            ))}
          </div>
          <ul className="rail-counts">
            {grades.map((grade) => (
              <li key={grade} className={`ink-${grade}`}>
                <GradeShape grade={grade} size={8} />
                <span>{counts[grade]}</span>
              </li>
            ))}
            <li className="hint">{t('rail.left', { count: counts.waiting })}</li>
          </ul>
        </>
      ) : null}
      <h2>{t('rail.images', { series: props.series.length, images: images.length })}</h2>
      <ul className="rail-images">
        {props.series.map((series) => {
          const image = images[series.image];
          if (!image) return null;
          return (
            <li key={series.seriesInstanceUid}>
              <button
                type="button"
                aria-current={series.seriesInstanceUid === props.currentSeries}
                onClick={() => props.onImage(series.first)}
                title={image.seriesDescription}
              >
                <img src={thumbnailAddress(image.sopInstanceUid)} alt="" loading="lazy" />
                <span>
                  {image.seriesDescription || t('rail.image')}
                  {series.count > 1 ? ` · ${series.count}` : ''}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <h2>{t('rail.queue')}</h2>
      <ol className="rail-queue">
        {recentReadings()
          .filter((each) => each.filmId !== film.filmId)
          .slice(-3)
          .map((each) => (
            <li key={each.filmId}>
              <Link to="/review/$filmId" params={{ filmId: each.filmId }} search={props.search}>
                <span className="rail-name">{each.title}</span>
                <GradeBadge grade={each.grade} />
              </Link>
            </li>
          ))}
        {upcoming.map((each) => (
          <li key={each.filmId}>
            <Link
              to="/review/$filmId"
              params={{ filmId: each.filmId }}
              search={props.search}
              aria-current={each.filmId === film.filmId ? 'true' : undefined}
            >
              <span className="rail-name">{titleOf(each)}</span>
              {each.grade ? <GradeBadge grade={each.grade} /> : null}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** From this film on; when it is not on the first page of the queue, the page from its start. */
const upcomingOf = (items: readonly FilmRow[], filmId: string): readonly FilmRow[] => {
  const place = items.findIndex((item) => item.filmId === filmId);
  return place < 0 ? items : items.slice(place);
};
