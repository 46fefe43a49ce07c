import type { Grade } from '@jiapian/kernel';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One line of reason when the reader grades otherwise than the rules. */
export function OverrideDialog(props: {
  readonly chosen: Grade;
  readonly byRule: Grade;
  readonly isSaving: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: (reason: string) => void;
}) {
  const { t } = useTranslation(['review', 'shell']);
  const [reason, setReason] = useState('');
  const confirm = (): void => {
    if (reason.trim() !== '') props.onConfirm(reason.trim());
  };
  return (
    <Modal
      open
      onCancel={props.onCancel}
      title={t('override.asked', {
        chosen: t(`shell:grade.${props.chosen}`),
        byRule: t(`shell:grade.${props.byRule}`),
      })}
      footer={[
        <Button key="back" onClick={props.onCancel}>
          {t('override.back')}
        </Button>,
        <Button key="save" type="primary" disabled={reason.trim() === ''} loading={props.isSaving} onClick={confirm}>
          {t('override.save', { grade: t(`shell:grade.${props.chosen}`) })}
        </Button>,
      ]}
    >
      <label htmlFor="override-reason">{t('override.label')}</label>
      <Input
        id="override-reason"
        autoFocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={confirm}
      />
    </Modal>
  );
}
