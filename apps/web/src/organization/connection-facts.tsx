import { useQuery } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { connectionQuery } from './organization-queries.ts';

/** Addresses that mean "this machine itself" or "every address": a device needs the machine's own one. */
const isOwnAddressUnknown = (host: string): boolean => ['0.0.0.0', '::', ''].includes(host);
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** The address a device must be told: the server's own setting, or what the browser reached it by. */
export const hostForDevices = (host: string): string => (isOwnAddressUnknown(host) ? window.location.hostname : host);

/** What a modality must be told to reach us. */
export function ConnectionFacts() {
  const { t } = useTranslation('organization');
  const connection = useQuery(connectionQuery);
  if (connection.isError) {
    return <ProblemNotice problem={asProblem(connection.error)} onRetry={() => void connection.refetch()} />;
  }
  if (!connection.data) return <Skeleton active paragraph={{ rows: 3 }} />;
  const { aeTitle, host, port, dicomweb } = connection.data;
  const rows = [
    ['aeTitle', aeTitle],
    ['host', hostForDevices(host)],
    ['port', String(port)],
    ['dicomweb', dicomweb],
  ] as const;
  return (
    <>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`connection.${name}`)}</dt>
            <dd>
              <Typography.Text className="mono" copyable={{ tooltips: [t('shell:copy'), t('shell:copied')] }}>
                {value}
              </Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
      {isLoopback(host) ? <p className="attention-text">{t('connection.loopback')}</p> : null}
    </>
  );
}
