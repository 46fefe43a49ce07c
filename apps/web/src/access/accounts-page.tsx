import { PlusOutlined } from '@ant-design/icons';
import type { Account } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { accountsQuery, changeAccount, resetPassword } from './access-queries.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { OneTimeSecret } from './one-time-secret.tsx';

export function AccountsPage() {
  return (
    <PermissionGate permission="access.manage">
      <Accounts />
    </PermissionGate>
  );
}

function Accounts() {
  const { t } = useTranslation(['access', 'errors']);
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const accounts = useQuery(accountsQuery);
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  const [secret, setSecret] = useState<{ name: string; password: string } | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['access'] });
  const fail = (error: unknown): void => void message.error(t(`errors:${asProblem(error).code}`));
  const resetting = useMutation({
    mutationFn: (account: Account) => resetPassword(account.accountId),
    onSuccess: ({ oneTimePassword }, account) => setSecret({ name: account.displayName, password: oneTimePassword }),
    onError: fail,
  });
  const disabling = useMutation({
    mutationFn: (account: Account) => changeAccount(account.accountId, { isDisabled: account.disabledAt === null }),
    onSuccess: refresh,
    onError: fail,
  });
  const columns: Column<Account>[] = [
    { key: 'username', title: t('account.username'), render: (account) => account.username },
    { key: 'name', title: t('account.name'), render: (account) => account.displayName },
    {
      key: 'roles',
      title: t('account.roles'),
      render: (account) => account.roles.map((role) => t(`shell:role.${role}`)).join(' · '),
    },
    { key: 'state', title: t('account.state'), render: (account) => <AccountState account={account} /> },
    { key: 'since', title: t('account.since'), isWide: true, render: (account) => time.full(account.createdAt) },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (account) => (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'edit', label: t('account.change'), onClick: () => setEdited(account) },
              { key: 'reset', label: t('account.reset'), onClick: () => resetting.mutate(account) },
              {
                key: 'disable',
                label: t(account.disabledAt === null ? 'account.disable' : 'account.enable'),
                danger: account.disabledAt === null,
                onClick: () => disabling.mutate(account),
              },
            ],
          }}
        >
          <Button type="link" size="small" aria-label={t('account.more', { name: account.displayName })}>
            {t('account.act')}
          </Button>
        </Dropdown>
      ),
    },
  ];
  return (
    <Card
      title={t('account.title')}
      remark={t('account.remark')}
      isFlush
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('account.add')}
        </Button>
      }
    >
      {accounts.isError ? (
        <ProblemNotice problem={asProblem(accounts.error)} onRetry={() => void accounts.refetch()} />
      ) : null}
      <DataTable
        file="accounts"
        label={t('account.title')}
        rows={accounts.data ?? []}
        columns={columns}
        rowKey={(account) => account.accountId}
        onOpen={setEdited}
        isLoading={accounts.isPending}
      />
      {edited ? (
        <AccountDrawer
          account={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            refresh();
            setEdited(null);
          }}
        />
      ) : null}
      {secret ? (
        <OneTimeSecret
          title={t('account.resetTitle', { name: secret.name })}
          text={t('account.resetText')}
          secret={secret.password}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </Card>
  );
}

function AccountState({ account }: { account: Account }) {
  const { t } = useTranslation('access');
  const time = useHospitalTime();
  if (account.disabledAt) return <StateTag tone="plain">{t('account.disabled')}</StateTag>;
  if (account.lockedUntil && Date.parse(account.lockedUntil) > Date.now()) {
    return <StateTag tone="attention">{t('account.locked', { time: time.minute(account.lockedUntil) })}</StateTag>;
  }
  return <StateTag tone="good">{t('account.active')}</StateTag>;
}
