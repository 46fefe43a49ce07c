import { roles } from '@jiapian/contract';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';

/** One or more roles, each with what it is for. */
export function RolesField() {
  const { t } = useTranslation('access');
  return (
    <Form.Item
      name="roles"
      label={t('account.roles')}
      extra={t('account.rolesHint')}
      rules={[{ required: true, message: t('shell:fieldNeeded') }]}
    >
      <Select
        mode="multiple"
        options={roles.map((role) => ({ value: role, label: t(`shell:role.${role}`) }))}
        optionRender={(option) => (
          <div>
            <div>{option.label}</div>
            <div className="hint" style={{ whiteSpace: 'normal' }}>
              {t(`roleText.${option.value}`)}
            </div>
          </div>
        )}
      />
    </Form.Item>
  );
}
