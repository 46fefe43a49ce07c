import type { Consultation } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { BenchDialog } from './bench-dialog.tsx';
import {
  conveneConsultation,
  declineConsultation,
  stopConsultation,
  withdrawConsultation,
} from './consultation-queries.ts';

type Dialog = 'convene' | 'decline' | 'stop' | null;

/** What this person may do next with the consultation as a whole. */
export function ConsultationActions({ held }: { held: Consultation }) {
  const { t, i18n } = useTranslation(['consultations', 'errors']);
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog>(null);
  const { consultationId, state, part } = held;
  const done = (): void => {
    setDialog(null);
    void client.invalidateQueries({ queryKey: ['tasks'] });
  };
  const withdrawing = useMutation({
    mutationFn: () => withdrawConsultation(consultationId),
    onSuccess: done,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const isRunning = state === 'judging' || state === 'open';
  const mayStop = isRunning && may('consultations.chair') && !held.isOwnFilm && !part.isAsker;
  return (
    <>
      {state === 'asked' && part.isAsker ? (
        <Popconfirm title={t('withdrawAsk')} onConfirm={() => withdrawing.mutate()}>
          <Button loading={withdrawing.isPending}>{t('withdraw')}</Button>
        </Popconfirm>
      ) : null}
      {mayStop ? <Button onClick={() => setDialog('stop')}>{t('stop.button')}</Button> : null}
      {held.mayConvene ? (
        <>
          <Button onClick={() => setDialog('decline')}>{t('decline.button')}</Button>
          <Button type="primary" onClick={() => setDialog('convene')}>
            {t('convene.button')}
          </Button>
        </>
      ) : null}
      {state === 'signed' ? (
        <Button
          type="primary"
          className="consultation-print"
          href={addressOf(`/consultations/${consultationId}/minutes.pdf`, { locale: i18n.language })}
        >
          {t('print')}
        </Button>
      ) : null}
      {dialog === 'convene' ? (
        <BenchDialog
          of={{ consultationId }}
          title={t('convene.title')}
          submitText={t('convene.submit')}
          save={({ bench }) => conveneConsultation(consultationId, bench)}
          onDone={done}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'decline' || dialog === 'stop' ? (
        <ReasonDialog
          title={t(`${dialog}.title`)}
          text={t(`${dialog}.text`)}
          label={t(`${dialog}.reason`)}
          submitText={t(`${dialog}.button`)}
          act={(reason) =>
            dialog === 'decline'
              ? declineConsultation(consultationId, reason)
              : stopConsultation(consultationId, reason)
          }
          onDone={done}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}
