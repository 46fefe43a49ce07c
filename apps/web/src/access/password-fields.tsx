import { PASSWORD_LENGTH_MIN } from '@jiapian/contract';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** A new password typed twice; length is the only rule. */
export function PasswordFields() {
  const { t } = useTranslation('access');
  return (
    <>
      <Form.Item
        name="newPassword"
        label={t('password.new')}
        extra={t('password.rule', { count: PASSWORD_LENGTH_MIN })}
        rules={[
          { required: true, message: t('shell:fieldNeeded') },
          { min: PASSWORD_LENGTH_MIN, message: t('password.short', { count: PASSWORD_LENGTH_MIN }) },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('password.again')}
        dependencies={['newPassword']}
        rules={[
          { required: true, message: t('shell:fieldNeeded') },
          ({ getFieldValue }) => ({
            validator: (_rule, value: unknown) =>
              value === undefined || value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(t('password.differs')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
