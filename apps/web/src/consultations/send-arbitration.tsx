import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { BenchDialog } from './bench-dialog.tsx';
import { sendArbitration } from './consultation-queries.ts';

/** An arbitration goes to a consultation instead of being settled here. */
export function SendArbitration({ taskId }: { taskId: string }) {
  const { t } = useTranslation('consultations');
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!may('consultations.chair')) return null;
  return (
    <>
      <Button className="send-arbitration" onClick={() => setOpen(true)}>
        {t('send.button')}
      </Button>
      {isOpen ? (
        <BenchDialog
          of={{ taskId }}
          title={t('send.title')}
          submitText={t('send.submit')}
          question={t('send.question')}
          save={async ({ bench, question }) => {
            const { consultationId } = await sendArbitration({ taskId, question, ...bench });
            void client.invalidateQueries({ queryKey: ['tasks'] });
            await navigate({ to: '/consultations/$consultationId', params: { consultationId } });
          }}
          onDone={() => setOpen(false)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
