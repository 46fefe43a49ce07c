import { positionOf, rejectReasons } from '@jiapian/rules';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { LinkRepeat } from './link-repeat.tsx';
import { closeRepeatOrder, repeatOrdersQuery, type RepeatOrder } from './release-queries.ts';

/** Films that were rejected and are to be taken again. */
export function RepeatCard() {
  const { t, i18n } = useTranslation('release');
  const time = useHospitalTime();
  const may = useMay();
  const orders = useQuery(repeatOrdersQuery);
  const [closing, setClosing] = useState<RepeatOrder | null>(null);
  const [linking, setLinking] = useState<RepeatOrder | null>(null);
  const now = orders.dataUpdatedAt;
  const open = orders.data?.items ?? [];
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Card
      title={t('repeat.title')}
      actions={
        open.length > 0 ? <StateTag tone="attention">{t('repeat.open', { count: open.length })}</StateTag> : null
      }
      isFlush
    >
      {orders.isError ? (
        <ProblemNotice problem={asProblem(orders.error)} onRetry={() => void orders.refetch()} />
      ) : null}
      {orders.data && open.length === 0 ? <div className="panel-empty">{t('repeat.empty')}</div> : null}
      <ul className="row-list">
        {open.map((order) => (
          <li key={order.repeatOrderId} className="row-line">
            <Link to="/exams/$examId" params={{ examId: order.examId }}>
              {order.accessionNumber || t('noAccession')}
            </Link>
            <span>{order.positionCode ? (positionOf(order.positionCode)?.name[language] ?? '') : ''}</span>
            <span className="secondary">
              {rejectReasons.find((reason) => reason.code === order.reasonCode)?.name[language] ?? order.reasonCode}
            </span>
            <span className="hint">{[order.deviceName, time.brief(order.openedAt)].filter(Boolean).join(' · ')}</span>
            {new Date(order.dueAt).getTime() < now ? <StateTag tone="bad">{t('repeat.overdue')}</StateTag> : null}
            {may('review.grade') ? (
              <span className="badge-row">
                <Button type="link" size="small" onClick={() => setLinking(order)}>
                  {t('repeat.link')}
                </Button>
                <Button type="link" size="small" onClick={() => setClosing(order)}>
                  {t('repeat.close')}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {closing ? <CloseDrawer order={closing} onClose={() => setClosing(null)} /> : null}
      {linking ? <LinkRepeat order={linking} onClose={() => setLinking(null)} /> : null}
    </Card>
  );
}

interface CloseForm {
  outcome: 'done' | 'cancelled';
  reason: string | null;
  note: string;
}
const cancelReasons = ['patient-left', 'radiologist-accepts', 'not-needed', 'duplicate', 'other'] as const;

function CloseDrawer({ order, onClose }: { order: RepeatOrder; onClose: () => void }) {
  const { t } = useTranslation('release');
  const client = useQueryClient();
  return (
    <FormDrawer<CloseForm>
      title={t('repeat.closeTitle', { accession: order.accessionNumber || t('noAccession') })}
      initial={{ outcome: 'done', reason: null, note: '' }}
      save={(values) =>
        closeRepeatOrder(order.repeatOrderId, {
          outcome: values.outcome,
          reason: values.outcome === 'cancelled' ? values.reason : null,
          note: values.note,
        })
      }
      onSaved={() => {
        void client.invalidateQueries({ queryKey: ['release'] });
        onClose();
      }}
      onClose={onClose}
      submitText={t('repeat.close')}
    >
      <CloseFields />
    </FormDrawer>
  );
}

function CloseFields() {
  const { t } = useTranslation('release');
  const outcome: unknown = Form.useWatch('outcome');
  return (
    <>
      <Form.Item name="outcome" label={t('repeat.outcome')}>
        <Radio.Group
          options={(['done', 'cancelled'] as const).map((value) => ({ value, label: t(`repeat.${value}`) }))}
        />
      </Form.Item>
      {outcome === 'cancelled' ? (
        <Form.Item
          name="reason"
          label={t('repeat.reason.label')}
          rules={[{ required: true, message: t('shell:fieldNeeded') }]}
        >
          <Select options={cancelReasons.map((value) => ({ value, label: t(`repeat.reason.${value}`) }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="note" label={t('repeat.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </>
  );
}
