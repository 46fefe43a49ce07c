import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { hostForDevices } from './connection-facts.tsx';
import { connectionQuery } from './organization-queries.ts';

/** A line for any terminal with DCMTK that sends a file here. */
export function SendLine() {
  const { t } = useTranslation('shell');
  const connection = useQuery(connectionQuery);
  if (!connection.data) return null;
  const { aeTitle, host, port } = connection.data;
  return (
    <Typography.Paragraph className="mono" copyable={{ tooltips: [t('copy'), t('copied')] }} style={{ margin: 0 }}>
      {`storescu -v -aec ${aeTitle} ${hostForDevices(host)} ${port} image.dcm`}
    </Typography.Paragraph>
  );
}
