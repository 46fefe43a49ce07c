import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CorrectionItem } from './correction-item.tsx';
import { CORRECTIONS_PAGE_SIZE, correctionsQuery } from './correction-queries.ts';
import './corrections.css';
import { RulesCard } from './rules-card.tsx';

/** What was corrected, what waits for a signature, and how archives follow. */
export function CorrectionsPage() {
  return (
    <PermissionGate permission="exams.read">
      <Content />
    </PermissionGate>
  );
}

function Content() {
  const { t } = useTranslation('corrections');
  const [list, setList] = useState<'open' | 'all'>('open');
  const pages = usePages(list);
  const corrections = useQuery(correctionsQuery({ list }, pages.cursor));
  const rows = corrections.data?.items ?? [];
  return (
    <>
      <PageHead title={t('page.title')} />
      <div className="correction-columns">
        <Card
          title={t('page.list')}
          isFlush
          actions={
            <Segmented
              size="small"
              value={list}
              onChange={setList}
              options={(['open', 'all'] as const).map((value) => ({ value, label: t(`page.filter.${value}`) }))}
            />
          }
        >
          {corrections.isError ? (
            <ProblemNotice problem={asProblem(corrections.error)} onRetry={() => void corrections.refetch()} />
          ) : null}
          {corrections.data && rows.length === 0 ? <div className="panel-empty">{t(`page.empty.${list}`)}</div> : null}
          <ul className="correction-list">
            {rows.map((row) => (
              <CorrectionItem key={row.correctionId} row={row} isOfExam={false} />
            ))}
          </ul>
          <Pager
            pages={pages}
            pageSize={CORRECTIONS_PAGE_SIZE}
            rows={rows.length}
            total={null}
            nextCursor={corrections.data?.nextCursor}
          />
        </Card>
        <RulesCard />
      </div>
    </>
  );
}
