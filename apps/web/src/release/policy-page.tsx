import type { HoldPolicyContent } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { DryRunCard } from './dry-run-card.tsx';
import { OpeningFields } from './opening-fields.tsx';
import { PolicyRules } from './policy-rules.tsx';
import './release-page.css';
import { dryRunPolicy, holdPolicyQuery, publishPolicy } from './release-queries.ts';
import { StreamCard } from './stream-card.tsx';
import { SubstitutesField } from './substitutes-field.tsx';

/** What is held and what is not, tried on yesterday before it is switched. */
export function PolicyPage() {
  return (
    <PermissionGate permission="release.read">
      <Policy />
    </PermissionGate>
  );
}

function Policy() {
  const { t } = useTranslation('release');
  const may = useMay();
  const client = useQueryClient();
  const saved = useQuery(holdPolicyQuery);
  const [draft, setDraft] = useState<HoldPolicyContent | null>(null);
  const [isPublishing, setIsPublishing] = useState(false);
  const trying = useMutation({ mutationFn: dryRunPolicy });
  if (saved.isError) return <ProblemNotice problem={asProblem(saved.error)} onRetry={() => void saved.refetch()} />;
  if (!saved.data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const content = draft ?? saved.data.content;
  const isManaging = may('organization.manage');
  const { version } = saved.data;
  return (
    <div className="monitor">
      <Card
        title={t('policy.title')}
        remark={t('policy.remark')}
        actions={
          <span className="badge-row">
            <StateTag tone={draft ? 'attention' : 'plain'}>
              {draft
                ? t('policy.unsaved')
                : version === 0
                  ? t('policy.default')
                  : t('policy.version', { count: version })}
            </StateTag>
            <Button loading={trying.isPending} onClick={() => trying.mutate(content)}>
              {t('policy.dryRun')}
            </Button>
            {draft ? <Button onClick={() => setDraft(null)}>{t('policy.discard')}</Button> : null}
            {isManaging ? (
              <Button type="primary" disabled={draft === null} onClick={() => setIsPublishing(true)}>
                {t('policy.publish')}
              </Button>
            ) : null}
          </span>
        }
      >
        <PolicyRules content={content} isManaging={isManaging} onChange={setDraft} />
        <OpeningFields content={content} isManaging={isManaging} onChange={setDraft} />
        <SubstitutesField content={content} isManaging={isManaging} onChange={setDraft} />
      </Card>
      {trying.isError ? <ProblemNotice problem={asProblem(trying.error)} /> : null}
      {trying.data ? <DryRunCard run={trying.data} /> : null}
      <StreamCard />
      {isPublishing ? (
        <ReasonDialog
          title={t('policy.publishTitle')}
          text={t('policy.publishText')}
          label={t('policy.publishNote')}
          submitText={t('policy.publishTitle')}
          act={(note) => publishPolicy({ content, note, basedOn: version })}
          onDone={() => {
            setIsPublishing(false);
            setDraft(null);
            void client.invalidateQueries({ queryKey: ['release'] });
          }}
          onClose={() => setIsPublishing(false)}
        />
      ) : null}
    </div>
  );
}
