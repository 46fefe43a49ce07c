import type { ParameterVersion } from '@jiapian/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { StateTag, type Tone } from '../ui/state-tag.tsx';

export const toneOfState = (state: ParameterVersion['state']): Tone =>
  state === 'in-force' ? 'good' : state === 'superseded' || state === 'dropped' ? 'plain' : 'attention';

/** Versions of a device, the newest first, with who signed them. */
export function VersionTable({ versions }: { versions: readonly ParameterVersion[] }) {
  const { t, i18n } = useTranslation('protocols');
  const time = useHospitalTime();
  return (
    <div className="protocol-scroll" tabIndex={0}>
      <table className="protocol-table">
        <thead>
          <tr>
            <th>{t('versions.version')}</th>
            <th>{t('versions.state')}</th>
            <th>{t('versions.from')}</th>
            <th>{t('versions.signed')}</th>
            <th>{t('versions.inForce')}</th>
            <th>{t('versions.print')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one) => (
            <tr key={one.tableId}>
              <th scope="row">
                <Link to="/protocols/tables/$tableId" params={{ tableId: one.tableId }}>
                  {t('version', { version: one.version })}
                </Link>{' '}
                <span className="hint">{t('rows', { count: one.rows })}</span>
              </th>
              <td>
                <StateTag tone={toneOfState(one.state)}>{t(`state.${one.state}`)}</StateTag>
              </td>
              <td>
                {one.draftedFrom
                  ? t('versions.films', { count: one.draftedFrom.films })
                  : one.basedOnVersion === null
                    ? t('versions.empty')
                    : t('versions.based', { version: one.basedOnVersion })}
              </td>
              <td>
                {one.signatures.map(({ role, signerName, signedAt }) => (
                  <div key={role}>
                    {t(`role.${role}`)} {signerName} <span className="hint">{time.full(signedAt)}</span>
                  </div>
                ))}
              </td>
              <td>{one.inForceAt ? time.full(one.inForceAt) : ''}</td>
              <td>
                <a href={addressOf(`/protocols/tables/${one.tableId}/print`, { locale: i18n.language })} download>
                  PDF
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
