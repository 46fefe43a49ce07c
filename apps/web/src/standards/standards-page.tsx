import type { ReviewStandard } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ConditionList } from './condition-list.tsx';
import { DeductionTable } from './deduction-table.tsx';
import { CrossSectionalCriteria } from './cross-sectional-criteria.tsx';
import { PositionBrowser } from './position-browser.tsx';
import { RejectReasonList } from './reject-reason-list.tsx';
import { SetList } from './set-list.tsx';
import { ScaleCard } from './scale-card.tsx';
import { currentStandardQuery } from './standards-queries.ts';
import { VersionList } from './version-list.tsx';
import './standards-page.css';

/** The standard in force, exactly as the score sheet uses it. */
export function StandardsPage() {
  return (
    <PermissionGate permission="standards.read">
      <Standards />
    </PermissionGate>
  );
}

const route = getRouteApi('/signed-in/shell/standards');
const views = ['standard', 'positions', 'sets', 'versions'] as const;

function Standards() {
  const { t, i18n } = useTranslation('standards');
  const { view = 'standard' } = route.useSearch();
  const navigate = route.useNavigate();
  const standard = useQuery(currentStandardQuery);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <>
      <PageHead
        title={standard.data ? standard.data.name[language] : t('title')}
        actions={
          <Segmented
            value={view}
            onChange={(next) => void navigate({ search: { view: next } })}
            options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
          />
        }
      >
        {standard.data ? <StateTag tone="good">{t('inForce', { version: standard.data.version })}</StateTag> : null}
      </PageHead>
      {standard.isError ? (
        <ProblemNotice problem={asProblem(standard.error)} onRetry={() => void standard.refetch()} />
      ) : null}
      {standard.isPending ? <Skeleton active paragraph={{ rows: 12 }} /> : null}
      {view === 'positions' ? (
        <>
          <PositionBrowser />
          <CrossSectionalCriteria />
        </>
      ) : null}
      {view === 'sets' ? <SetList /> : null}
      {view === 'versions' ? <VersionList /> : null}
      {view === 'standard' && standard.data ? <StandardView standard={standard.data} /> : null}
    </>
  );
}

function StandardView({ standard }: { standard: ReviewStandard }) {
  return (
    <div className="standard">
      <DeductionTable standard={standard} />
      <div className="standard-side">
        <ScaleCard standard={standard} />
        <ConditionList standard={standard} />
        <RejectReasonList standard={standard} />
      </div>
    </div>
  );
}
