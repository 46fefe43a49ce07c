import { SettingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { hospitalSettingsQuery } from '../organization/organization-queries.ts';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ActivityCard } from './activity-card.tsx';
import { Corridor } from './corridor.tsx';
import { DestinationBanner } from './destination-banner.tsx';
import { FlowCard } from './flow-card.tsx';
import { ForwardCard } from './forward-card.tsx';
import { GateCard } from './gate-card.tsx';
import { QuarantineCard } from './quarantine-card.tsx';
import './release-page.css';
import { overviewQuery } from './release-queries.ts';
import { OpeningBanner } from './opening-banner.tsx';
import { RejectionCard } from './rejection-card.tsx';
import { RepeatCard } from './repeat-card.tsx';

/** Where films are stuck: the broken thing first, then the corridor from receiving to the PACS. */
export function ReleasePage() {
  return (
    <PermissionGate permission="release.read">
      <Monitor />
    </PermissionGate>
  );
}

function Monitor() {
  const { t } = useTranslation('release');
  const navigate = useNavigate();
  const overview = useQuery(overviewQuery);
  const settings = useQuery(hospitalSettingsQuery);
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <span className="badge-row">
            <Button onClick={() => void navigate({ to: '/release/rejects' })}>{t('rates.title')}</Button>
            <Button onClick={() => void navigate({ to: '/settings/release-policy' })}>{t('policy.title')}</Button>
            <Button icon={<SettingOutlined />} onClick={() => void navigate({ to: '/settings/destinations' })}>
              {t('destinations')}
            </Button>
          </span>
        }
      >
        {settings.data ? <span className="secondary">{t('rule', { count: settings.data.holdMinutes })}</span> : null}
      </PageHead>
      {overview.isError ? (
        <ProblemNotice problem={asProblem(overview.error)} onRetry={() => void overview.refetch()} />
      ) : null}
      {overview.data ? (
        <div className="monitor">
          {overview.data.opening ? <OpeningBanner opening={overview.data.opening} /> : null}
          {overview.data.destinations
            .filter((destination) => destination.isEnabled && destination.isDown)
            .map((destination) => (
              <DestinationBanner key={destination.destinationId} destination={destination} />
            ))}
          <Corridor overview={overview.data} />
          <div className="monitor-half">
            <ForwardCard />
            <GateCard released={overview.data.released} held={overview.data.gate.held} />
          </div>
          <div className="monitor-half">
            <div className="monitor">
              <ActivityCard />
              <RejectionCard />
              <FlowCard flow={overview.data.flow} />
            </div>
            <div className="monitor-pair">
              <RepeatCard />
              <QuarantineCard count={overview.data.quarantine} />
            </div>
          </div>
        </div>
      ) : overview.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : null}
    </>
  );
}
