import { PASSWORD_LENGTH_MIN, type Account } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { staffQuery } from '../organization/organization-queries.ts';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { changeAccount, createAccount, type AccountValues } from './access-queries.ts';
import { RolesField } from './roles-field.tsx';

/** A cleared choice is undefined in the form and null on the server. */
type AccountForm = Omit<AccountValues, 'staffId'> & { staffId?: string | null };

export function AccountDrawer(props: { account: Account | null; onSaved: () => void; onClose: () => void }) {
  const { t } = useTranslation('access');
  const staff = useQuery(staffQuery);
  const { account } = props;
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <FormDrawer<AccountForm>
      title={t(account ? 'account.change' : 'account.add')}
      initial={account ? { displayName: account.displayName, roles: account.roles, staffId: account.staffId } : {}}
      save={({ username, password, displayName, roles, staffId = null }) =>
        account
          ? changeAccount(account.accountId, { displayName, roles, staffId })
          : createAccount({ username, password, displayName, roles, staffId })
      }
      onSaved={props.onSaved}
      onClose={props.onClose}
    >
      {account ? null : (
        <Form.Item name="username" label={t('account.username')} rules={needed}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      )}
      <Form.Item name="displayName" label={t('account.name')} rules={needed}>
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <RolesField />
      <Form.Item name="staffId" label={t('account.staff')} extra={t('account.staffHint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(staff.data ?? []).map((person) => ({
            value: person.staffId,
            label: `${person.name} · ${person.staffNumber}`,
          }))}
        />
      </Form.Item>
      {account ? null : (
        <Form.Item
          name="password"
          label={t('account.firstPassword')}
          extra={t('account.firstPasswordHint', { count: PASSWORD_LENGTH_MIN })}
          rules={[
            ...needed,
            { min: PASSWORD_LENGTH_MIN, message: t('password.short', { count: PASSWORD_LENGTH_MIN }) },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
    </FormDrawer>
  );
}
