import { PlayCircleOutlined } from '@ant-design/icons';
import { filmPageSchema } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay, useSession } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { overviewQuery } from '../release/release-queries.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { AttentionList } from './attention-list.tsx';
import './home-page.css';
import { NoticeList } from './notice-list.tsx';
import { OwnFilmsPage } from './own-films-page.tsx';
import { TodayFigures } from './today-figures.tsx';

/** First page after sign-in: a technologist's own films, for everybody else the day of the department. */
export function HomePage() {
  const may = useMay();
  return may('review.appeal') && !may('review.grade') ? <OwnFilmsPage /> : <TodayPage />;
}

/** The day at a glance: what came, what waits, what needs a person. */
function TodayPage() {
  const { t } = useTranslation('home');
  const session = useSession();
  const may = useMay();
  const time = useHospitalTime();
  const day = time.dayBefore(0);
  const overview = useQuery({ ...overviewQuery, enabled: may('release.read') });
  const films = useQuery({
    queryKey: ['films', 'today', day],
    queryFn: ({ signal }) => request(filmPageSchema, 'GET', '/films', { query: { day, limit: 1 }, signal }),
    enabled: may('review.read'),
  });
  const counts = films.data?.counts;
  const failed = [overview, films].find((query) => query.isError);
  const isQuiet = counts?.total === 0 && overview.data?.received.exams === 0;
  return (
    <>
      <PageHead title={t('title')} actions={may('review.grade') ? <ContinueButton waiting={counts?.waiting} /> : null}>
        <span className="secondary">{t('greeting', { name: session?.displayName, day: time.day(new Date()) })}</span>
      </PageHead>
      {failed ? <ProblemNotice problem={asProblem(failed.error)} onRetry={() => void failed.refetch()} /> : null}
      <TodayFigures counts={counts} received={overview.data?.received} gate={overview.data?.gate} day={day} />
      {isQuiet ? (
        <div className="card">
          <EmptyState
            title={t('quiet.title')}
            text={t('quiet.text')}
            action={may('organization.read') ? <Link to="/settings/connection">{t('quiet.action')}</Link> : undefined}
          />
        </div>
      ) : null}
      <Card title={t('attention.title')} remark={t('attention.remark')} isFlush>
        <AttentionList overview={overview.data} counts={counts} />
      </Card>
      <div className="home-notices">
        <NoticeList />
      </div>
    </>
  );
}

function ContinueButton({ waiting }: { waiting: number | undefined }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  return (
    <Button
      type="primary"
      icon={<PlayCircleOutlined />}
      disabled={waiting === 0}
      onClick={() => void navigate({ to: '/review', search: { list: 'waiting' } })}
    >
      {waiting === 0 ? t('allRead') : t('continue', { count: waiting ?? 0 })}
    </Button>
  );
}
