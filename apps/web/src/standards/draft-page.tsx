import { PlusOutlined } from '@ant-design/icons';
import type { StandardDraft } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ChangeList } from './change-list.tsx';
import { ConditionDrawer } from './condition-drawer.tsx';
import { ConditionList } from './condition-list.tsx';
import { DeductionDrawer } from './deduction-drawer.tsx';
import { DeductionTable } from './deduction-table.tsx';
import { FaultList } from './fault-list.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { ScaleCard } from './scale-card.tsx';
import { ScaleDrawer } from './scale-drawer.tsx';
import { deleteDraft, draftQuery, draftsQuery, saveDraft } from './standards-queries.ts';
import { TrialCard } from './trial-card.tsx';
import './standards-page.css';

const route = getRouteApi('/signed-in/shell/standards/drafts/$draftId');
type Content = StandardDraft['content'];

export function DraftPage() {
  return (
    <PermissionGate permission="standards.manage">
      <Draft />
    </PermissionGate>
  );
}

/** A draft of the standard: changed item by item, tried on past grades, published with a date. */
function Draft() {
  const { draftId } = route.useParams();
  const draft = useQuery(draftQuery(draftId));
  if (draft.isError) return <ProblemNotice problem={asProblem(draft.error)} onRetry={() => void draft.refetch()} />;
  if (!draft.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return <DraftEditor draft={draft.data} />;
}

/** What is open for change: a row of a list by its code, a new row, or the scale. */
type Editing = { kind: 'deduction' | 'condition'; code: string | null } | { kind: 'scale' } | null;

function DraftEditor({ draft }: { draft: StandardDraft }) {
  const { t } = useTranslation('standards');
  const client = useQueryClient();
  const [editing, setEditing] = useState<Editing>(null);
  const standard = draft.content as ReviewStandard;
  const save = async (content: Content): Promise<void> => {
    const saved = await saveDraft(draft, content);
    client.setQueryData(draftQuery(draft.draftId).queryKey, saved);
    void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
  };
  const close = (): void => setEditing(null);
  return (
    <>
      <DraftHead draft={draft} />
      <div className="standard standard-draft">
        <div style={{ display: 'grid', gap: 12, minWidth: 0 }}>
          <DeductionTable
            standard={standard}
            onOpen={(code) => setEditing({ kind: 'deduction', code })}
            actions={
              <Button
                icon={<PlusOutlined />}
                size="small"
                onClick={() => setEditing({ kind: 'deduction', code: null })}
              >
                {t('draft.addItem')}
              </Button>
            }
          />
          <Card title={t('draft.changesTitle', { version: draft.basedOnVersion })}>
            <ChangeList changes={draft.changes} />
          </Card>
        </div>
        <div className="standard-side">
          {draft.faults.length > 0 ? <FaultList faults={draft.faults} /> : null}
          <TrialCard draft={draft} />
          <ScaleCard
            standard={standard}
            actions={
              <Button size="small" onClick={() => setEditing({ kind: 'scale' })}>
                {t('draft.change')}
              </Button>
            }
          />
          <ConditionList
            standard={standard}
            onOpen={(code) => setEditing({ kind: 'condition', code })}
            actions={
              <Button
                icon={<PlusOutlined />}
                size="small"
                onClick={() => setEditing({ kind: 'condition', code: null })}
              >
                {t('draft.addCondition')}
              </Button>
            }
          />
        </div>
      </div>
      {editing?.kind === 'deduction' ? (
        <DeductionDrawer content={draft.content} code={editing.code} onSave={save} onClose={close} />
      ) : null}
      {editing?.kind === 'condition' ? (
        <ConditionDrawer content={draft.content} code={editing.code} onSave={save} onClose={close} />
      ) : null}
      {editing?.kind === 'scale' ? <ScaleDrawer content={draft.content} onSave={save} onClose={close} /> : null}
    </>
  );
}

function DraftHead({ draft }: { draft: StandardDraft }) {
  const { t, i18n } = useTranslation(['standards', 'errors']);
  const time = useHospitalTime();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [isPublishing, setPublishing] = useState(false);
  const leave = (): void => {
    void client.invalidateQueries({ queryKey: ['standards'] });
    void navigate({ to: '/standards', search: { view: 'versions' } });
  };
  const deleting = useMutation({
    mutationFn: () => deleteDraft(draft.draftId),
    onSuccess: leave,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  return (
    <PageHead
      title={draft.content.name[i18n.language === 'en' ? 'en' : 'zh'] || t('title')}
      actions={
        <>
          <span className="secondary">
            {t('draft.saved', { count: draft.changes.length, at: time.brief(draft.changedAt) })}
          </span>
          <Popconfirm title={t('draft.deleteConfirm')} onConfirm={() => deleting.mutate()}>
            <Button loading={deleting.isPending}>{t('draft.delete')}</Button>
          </Popconfirm>
          <Button type="primary" disabled={draft.faults.length > 0} onClick={() => setPublishing(true)}>
            {t('draft.publish')}
          </Button>
        </>
      }
    >
      <StateTag tone="attention">{t('draft.tag', { version: draft.basedOnVersion })}</StateTag>
      <Link to="/standards" search={{ view: 'versions' }}>
        {t('draft.back')}
      </Link>
      {isPublishing ? <PublishDialog draft={draft} onClose={() => setPublishing(false)} onPublished={leave} /> : null}
    </PageHead>
  );
}
