import { Alert, Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** A secret that is shown now and never again. */
export function OneTimeSecret(props: { title: string; text: string; secret: string; onClose: () => void }) {
  const { t } = useTranslation(['access', 'shell']);
  return (
    <Modal
      open
      title={props.title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={props.onClose}>
          {t('access:secret.noted')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={props.text} style={{ marginBottom: 12 }} />
      <Typography.Paragraph
        className="mono"
        style={{ fontSize: 16 }}
        copyable={{ tooltips: [t('shell:copy'), t('shell:copied')] }}
      >
        {props.secret}
      </Typography.Paragraph>
    </Modal>
  );
}
