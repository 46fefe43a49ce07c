import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { deviceQuery, endConsoleLink, renewConsoleLink } from './protocol-queries.ts';

const qrSize = 168;

/** The code that is stuck to the console: a phone shows the table in force, and no patient. */
export function ConsoleCard(props: {
  readonly deviceId: string;
  readonly link: { code: string; createdAt: string } | null;
  readonly isInForce: boolean;
}) {
  const { t } = useTranslation('protocols');
  const { deviceId, link } = props;
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: deviceQuery(deviceId).queryKey });
  const renewing = useMutation({ mutationFn: () => renewConsoleLink(deviceId), onSuccess });
  const ending = useMutation({ mutationFn: () => endConsoleLink(deviceId), onSuccess });
  const failed = renewing.error ?? ending.error;
  const address = link ? `${location.origin}/console/${link.code}` : '';
  return (
    <Card title={t('console.title')}>
      {failed ? <ProblemNotice problem={asProblem(failed)} /> : null}
      {link ? (
        <div className="protocol-console">
          <QRCode value={address} size={qrSize} bordered={false} color="#000000" bgColor="#ffffff" type="svg" />
          <div>
            <a href={address} target="_blank" rel="noreferrer">
              {t('console.open')}
            </a>
            <p className="hint">{t('console.made', { at: time.full(link.createdAt) })}</p>
            {props.isInForce ? null : <p className="hint">{t('console.notYet')}</p>}
          </div>
        </div>
      ) : (
        <p className="secondary">{t('console.none')}</p>
      )}
      <p className="hint">{t('console.text')}</p>
      {may('protocols.manage') ? (
        <div className="protocol-buttons">
          {link ? (
            <>
              <Popconfirm title={t('console.renewConfirm')} onConfirm={() => renewing.mutate()}>
                <Button size="small" loading={renewing.isPending}>
                  {t('console.renew')}
                </Button>
              </Popconfirm>
              <Popconfirm title={t('console.endConfirm')} onConfirm={() => ending.mutate()}>
                <Button size="small" loading={ending.isPending}>
                  {t('console.end')}
                </Button>
              </Popconfirm>
            </>
          ) : (
            <Button size="small" loading={renewing.isPending} onClick={() => renewing.mutate()}>
              {t('console.make')}
            </Button>
          )}
        </div>
      ) : null}
    </Card>
  );
}
