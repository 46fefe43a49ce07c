import type { ParameterTableView } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { signTable, tableQuery } from './protocol-queries.ts';

/** Two dated signatures of two people; the second puts the table into force. */
export function SignCard({ table }: { table: ParameterTableView }) {
  const { t } = useTranslation(['protocols', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const signing = useMutation({
    mutationFn: (role: 'owner' | 'leader') => signTable(table, role),
    onSuccess: (signed) => {
      client.setQueryData(tableQuery(table.tableId).queryKey, signed);
      void client.invalidateQueries({ queryKey: ['protocols'] });
    },
  });
  const isOpen = ['draft', 'owner-signed', 'leader-signed'].includes(table.state);
  return (
    <Card title={t('sign.title')} remark={t('sign.remark')}>
      {signing.isError ? <ProblemNotice problem={asProblem(signing.error)} /> : null}
      <dl className="protocol-signatures">
        {(['owner', 'leader'] as const).map((role) => {
          const signature = table.signatures.find((one) => one.role === role);
          const refusal = table.maySign[role];
          return (
            <div key={role}>
              <dt>{t(`role.${role}`)}</dt>
              <dd>
                {signature ? (
                  <>
                    <strong>{signature.signerName}</strong> {time.full(signature.signedAt)}
                  </>
                ) : isOpen && may('protocols.sign') && refusal === null ? (
                  <Popconfirm title={t('sign.confirm')} okText={t('sign.yes')} onConfirm={() => signing.mutate(role)}>
                    <Button type="primary" size="small" loading={signing.isPending} disabled={table.faults.length > 0}>
                      {t(`sign.${role}`)}
                    </Button>
                  </Popconfirm>
                ) : (
                  <span className="hint">{isOpen && refusal !== null ? t(`errors:${refusal}`) : t('sign.open')}</span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {table.inForceAt ? <p className="hint">{t('sign.inForce', { at: time.full(table.inForceAt) })}</p> : null}
    </Card>
  );
}
