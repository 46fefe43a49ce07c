import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ActCap } from './act-cap.tsx';
import type { FilmSearch } from './film-search.ts';
import { filmsQuery, nextFilmsQuery } from './review-queries.ts';
import { QUEUE_ROWS } from './queue-rail.tsx';
import { minutesLeft } from './minutes-left.ts';

/** Over picture and sheet while the reader is away: no patient on the screen, and where the session stands. */
export function PauseCurtain(props: {
  readonly filmId: string;
  readonly search: FilmSearch;
  readonly onResume: () => void;
}) {
  const { t } = useTranslation('review');
  const { filmId, search } = props;
  const list = useQuery(filmsQuery({ ...search, list: search.list ?? 'all' }, undefined, QUEUE_ROWS)).data;
  const next = useQuery(nextFilmsQuery(filmId, search)).data;
  const waiting = list?.counts.waiting ?? 0;
  const minutes = minutesLeft(next?.secondsPerFilm, list?.counts.waiting);
  return (
    <section className="pause" aria-label={t('pause.title')}>
      <h2>{t('pause.title')}</h2>
      {next ? <p>{t('pause.place', { position: next.position, total: next.total })}</p> : null}
      <p>{minutes === null ? t('pause.leftOnly', { count: waiting }) : t('pause.left', { count: waiting, minutes })}</p>
      <p className="secondary">{t('pause.text')}</p>
      <Button type="primary" size="large" autoFocus onClick={props.onResume}>
        <ActCap act="pause" /> {t('pause.resume')}
      </Button>
      <Link to="/review" search={search}>
        {t('pause.list')}
      </Link>
    </section>
  );
}
