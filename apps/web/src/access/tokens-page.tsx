import { PlusOutlined } from '@ant-design/icons';
import type { Role } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { createToken, revokeToken, tokensQuery, type ApiToken } from './access-queries.ts';
import { OneTimeSecret } from './one-time-secret.tsx';
import { RolesField } from './roles-field.tsx';

export function TokensPage() {
  return (
    <PermissionGate permission="access.manage">
      <Tokens />
    </PermissionGate>
  );
}

function Tokens() {
  const { t } = useTranslation(['access', 'errors']);
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const tokens = useQuery(tokensQuery);
  const [isAdding, setIsAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['access'] });
  const revoking = useMutation({
    mutationFn: (token: ApiToken) => revokeToken(token.tokenId),
    onSuccess: refresh,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const columns: Column<ApiToken>[] = [
    { key: 'name', title: t('token.name'), render: (token) => token.name },
    {
      key: 'roles',
      title: t('account.roles'),
      render: (token) => token.roles.map((role) => t(`shell:role.${role}`)).join(' · '),
    },
    { key: 'created', title: t('token.created'), render: (token) => time.full(token.createdAt) },
    {
      key: 'used',
      title: t('token.lastUsed'),
      render: (token) => (token.lastUsedAt ? time.full(token.lastUsedAt) : t('token.neverUsed')),
    },
    {
      key: 'state',
      title: t('account.state'),
      render: (token) => (
        <StateTag tone={token.revokedAt ? 'plain' : 'good'}>
          {t(token.revokedAt ? 'token.revoked' : 'account.active')}
        </StateTag>
      ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (token) =>
        token.revokedAt ? null : (
          <Popconfirm
            title={t('token.revokeText', { name: token.name })}
            okText={t('token.revoke')}
            cancelText={t('shell:cancel')}
            onConfirm={() => revoking.mutate(token)}
          >
            <Button type="link" size="small" danger>
              {t('token.revoke')}
            </Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Card
      title={t('token.title')}
      remark={t('token.remark')}
      isFlush
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setIsAdding(true)}>
          {t('token.add')}
        </Button>
      }
    >
      {tokens.isError ? (
        <ProblemNotice problem={asProblem(tokens.error)} onRetry={() => void tokens.refetch()} />
      ) : null}
      <DataTable
        file="tokens"
        label={t('token.title')}
        rows={tokens.data ?? []}
        columns={columns}
        rowKey={(token) => token.tokenId}
        isLoading={tokens.isPending}
        empty={tokens.isError ? null : <EmptyState title={t('token.empty')} text={t('token.emptyText')} />}
      />
      {isAdding ? (
        <FormDrawer<{ name: string; roles: Role[] }>
          title={t('token.add')}
          initial={{}}
          save={async (values) => setSecret((await createToken(values)).token)}
          onSaved={() => {
            refresh();
            setIsAdding(false);
          }}
          onClose={() => setIsAdding(false)}
        >
          <Form.Item
            name="name"
            label={t('token.name')}
            extra={t('token.nameHint')}
            rules={[{ required: true, whitespace: true, message: t('shell:fieldNeeded') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <RolesField />
        </FormDrawer>
      ) : null}
      {secret ? (
        <OneTimeSecret
          title={t('token.secretTitle')}
          text={t('token.secretText')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </Card>
  );
}
