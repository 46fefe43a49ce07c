import { positionOf, type ReviewStandard } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Switch, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useSession } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NoticeList } from './notice-list.tsx';
import { OwnFigures } from './own-figures.tsx';
import { OwnFilmRow } from './own-film-row.tsx';
import './own-films.css';
import { ownFilmsQuery, ownTrendQuery } from './own-queries.ts';
import { OwnTrendCard } from './own-trend-card.tsx';

const shownDays = 30;

/** A technologist's own page: what I took, what was said of it, how I stand, what to learn. */
export function OwnFilmsPage() {
  const { t, i18n } = useTranslation('home');
  const session = useSession();
  const time = useHospitalTime();
  const [openFilm, setOpenFilm] = useState<string | null | undefined>(undefined);
  const [isReducedOnly, setReducedOnly] = useState(false);
  const films = useQuery(ownFilmsQuery({ fromDay: time.dayBefore(shownDays), toDay: time.dayBefore(0) }));
  const trend = useQuery(ownTrendQuery);
  const standard = films.data?.standard as ReviewStandard | undefined;
  const items = films.data?.items ?? [];
  const shown = isReducedOnly ? items.filter(({ reading }) => (reading?.marks.length ?? 0) > 0) : items;
  // The first film with something to say is open, until the person chooses.
  const first = shown.find(({ reading, acknowledgedAt }) => reading && reading.grade !== 'A' && !acknowledgedAt);
  const open = openFilm === undefined ? first?.film.filmId : openFilm;
  return (
    <>
      <PageHead title={t('own.title')}>
        <span className="secondary">{t('greeting', { name: session?.displayName, day: time.day(new Date()) })}</span>
      </PageHead>
      {films.isError ? <ProblemNotice problem={asProblem(films.error)} onRetry={() => void films.refetch()} /> : null}
      <OwnFigures items={items} />
      <div className="own-columns">
        <Card
          title={t('own.films')}
          remark={t('own.filmsRemark', { days: shownDays })}
          isFlush
          actions={
            <label className="own-filter">
              {t('own.reducedOnly')} <Switch size="small" checked={isReducedOnly} onChange={setReducedOnly} />
            </label>
          }
        >
          {films.isPending ? <Skeleton active style={{ padding: 16 }} /> : null}
          {films.data && shown.length === 0 ? (
            <EmptyState title={t('own.empty.title')} text={t('own.empty.text')} />
          ) : null}
          <ul className="own-list">
            {standard
              ? shown.map((item) => (
                  <OwnFilmRow
                    key={item.film.filmId}
                    item={item}
                    standard={standard}
                    isOpen={item.film.filmId === open}
                    onToggle={() => setOpenFilm(item.film.filmId === open ? null : item.film.filmId)}
                  />
                ))
              : null}
          </ul>
        </Card>
        <div className="own-side">
          {trend.data ? <OwnTrendCard trend={trend.data} /> : null}
          {trend.data && standard && trend.data.learn.length > 0 ? (
            <Card title={t('own.learn')} remark={t('own.learnRemark')}>
              <ul className="own-learn">
                {trend.data.learn.map(({ code, count }) => {
                  const item = standard.deductions.find((each) => each.code === code);
                  return (
                    <li key={code}>
                      <span>{item ? (i18n.language === 'en' ? item.name.en : item.name.zh) : code}</span>
                      <strong>{t('own.times', { count })}</strong>
                      <meter min={0} max={trend.data.learn[0]?.count ?? 1} value={count} />
                    </li>
                  );
                })}
              </ul>
              <LearnFrom position={shown.find(({ reading }) => reading?.marks.length)?.film.positionCode ?? null} />
            </Card>
          ) : null}
          <NoticeList />
        </div>
      </div>
    </>
  );
}

/** What the position asks for, in the words of the library. */
function LearnFrom({ position }: { position: string | null }) {
  const { t, i18n } = useTranslation('home');
  const found = position === null ? undefined : positionOf(position);
  if (!found) return null;
  return (
    <p className="hint">{t('own.learnFrom', { position: i18n.language === 'en' ? found.name.en : found.name.zh })}</p>
  );
}
