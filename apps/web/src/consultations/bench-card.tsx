import type { Consultation } from '@jiapian/contract';
import { leastJudges } from '@jiapian/rules';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { excuseJudge } from './consultation-queries.ts';

/** Who sits and who has judged; never how, before all have. */
export function BenchCard({ held }: { held: Consultation }) {
  const { t } = useTranslation('consultations');
  const time = useHospitalTime();
  const client = useQueryClient();
  const [excused, setExcused] = useState<string | null>(null);
  const sitting = held.bench.filter(({ excusedAt }) => excusedAt === null);
  const mayExcuse = held.state === 'judging' && held.part.isChair && sitting.length > leastJudges;
  return (
    <Card title={t('bench.title')} remark={sitting.length > 0 ? `${held.judged} / ${held.judges}` : null} isFlush>
      {held.bench.length === 0 ? <div className="panel-empty">{t('bench.none')}</div> : null}
      <ul className="row-list">
        {held.bench.map((judge) => {
          const signed = held.signatures.find(({ name, signs }) => name === judge.name && signs === 'opinion');
          return (
            <li key={judge.accountId} className="row-line">
              <strong>{judge.name}</strong>
              <span className="hint">{judge.post}</span>
              {judge.isChair ? <StateTag tone="plain">{t('bench.chair')}</StateTag> : null}
              <span className="spacer" />
              {judge.excusedAt ? (
                <StateTag tone="plain">{t('bench.excused', { reason: judge.excuse })}</StateTag>
              ) : judge.hasJudged ? (
                <StateTag tone="good">{t('bench.judgedAt', { time: signed ? time.brief(signed.at) : '' })}</StateTag>
              ) : (
                <StateTag tone="attention">{t('bench.waiting')}</StateTag>
              )}
              {mayExcuse && !judge.hasJudged && !judge.isChair && judge.excusedAt === null ? (
                <Button size="small" onClick={() => setExcused(judge.accountId)}>
                  {t('excuse.button')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {excused === null ? null : (
        <ReasonDialog
          title={t('excuse.title')}
          text={t('excuse.text')}
          label={t('excuse.reason')}
          submitText={t('excuse.button')}
          act={(reason) => excuseJudge(held.consultationId, excused, reason)}
          onDone={() => {
            setExcused(null);
            void client.invalidateQueries({ queryKey: ['tasks'] });
          }}
          onClose={() => setExcused(null)}
        />
      )}
    </Card>
  );
}
