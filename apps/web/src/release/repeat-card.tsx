import { positionOf, rejectReasons } from '@jiapian/rules';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { closeRepeatOrder, repeatOrdersQuery, type RepeatOrder } from './release-queries.ts';

/** Films that were rejected and are to be taken again. */
export function RepeatCard() {
  const { t, i18n } = useTranslation('release');
  const time = useHospitalTime();
  const may = useMay();
  const orders = useQuery(repeatOrdersQuery);
  const [closing, setClosing] = useState<RepeatOrder | null>(null);
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
            {may('review.grade') ? (
              <Button type="link" size="small" onClick={() => setClosing(order)}>
                {t('repeat.close')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {closing ? <CloseDrawer order={closing} onClose={() => setClosing(null)} /> : null}
    </Card>
  );
}

function CloseDrawer({ order, onClose }: { order: RepeatOrder; onClose: () => void }) {
  const { t } = useTranslation('release');
  const client = useQueryClient();
  return (
    <FormDrawer<{ outcome: 'done' | 'cancelled'; note: string }>
      title={t('repeat.closeTitle', { accession: order.accessionNumber || t('noAccession') })}
      initial={{ outcome: 'done', note: '' }}
      save={(values) => closeRepeatOrder(order.repeatOrderId, values)}
      onSaved={() => {
        void client.invalidateQueries({ queryKey: ['release'] });
        onClose();
      }}
      onClose={onClose}
      submitText={t('repeat.close')}
    >
      <Form.Item name="outcome" label={t('repeat.outcome')}>
        <Radio.Group
          options={(['done', 'cancelled'] as const).map((value) => ({ value, label: t(`repeat.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('repeat.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
