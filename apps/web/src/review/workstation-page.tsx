import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { filmQueryOf } from './review-queries.ts';
import { Workstation } from './workstation.tsx';
import './workstation.css';
import './queue-rail.css';
import './viewer-panel.css';
import './reference-column.css';
import './score-sheet.css';
import './verdict-box.css';
import './grade-bar.css';

const route = getRouteApi('/signed-in/review/$filmId');

export function WorkstationPage() {
  const { t } = useTranslation('review');
  const { filmId } = route.useParams();
  const search = route.useSearch();
  const film = useQuery(filmQueryOf(filmId));
  if (film.data) return <Workstation key={filmId} detail={film.data} search={search} />;
  if (film.isError) {
    return (
      <main className="work-problem">
        <ProblemNotice problem={asProblem(film.error)} onRetry={() => void film.refetch()} />
        <Link to="/review" search={search}>
          {t('head.back')}
        </Link>
      </main>
    );
  }
  return (
    <main className="work work-loading" aria-busy="true" aria-label={t('viewer.loading')}>
      <div className="work-head" />
      <div className="rail" />
      <div className="viewer" />
      <div className="sheet" />
      <div className="grade-bar" />
    </main>
  );
}
