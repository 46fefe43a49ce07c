import type { RejectionDetail } from '@jiapian/contract';
import { rejectReasons } from '@jiapian/rules';
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { ChangeTable } from '../corrections/change-table.tsx';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import './rejection-page.css';
import { rejectionQuery } from './release-queries.ts';

const route = getRouteApi('/signed-in/shell/release/rejections/$rejectionId');

/** One rejection with every object it names: what the administrator of the archive needs on paper. */
export function RejectionPage() {
  return (
    <PermissionGate permission="release.read">
      <Sheet />
    </PermissionGate>
  );
}

/** What the administrator is asked to do: by hand the archive's own objects are corrected, not only hidden. */
const askOf = (row: RejectionDetail): string => {
  if (row.title === 'revoke') return 'sheet.askRestore';
  return row.correction !== null && row.noteSopInstanceUid === null ? 'sheet.askCorrect' : 'sheet.askHide';
};

function Sheet() {
  const { t, i18n } = useTranslation('release');
  const time = useHospitalTime();
  const { rejectionId } = route.useParams();
  const rejection = useQuery(rejectionQuery(rejectionId));
  if (rejection.isError)
    return <ProblemNotice problem={asProblem(rejection.error)} onRetry={() => void rejection.refetch()} />;
  const row = rejection.data;
  if (!row) return <Skeleton active paragraph={{ rows: 8 }} />;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const reason = rejectReasons.find((one) => one.code === row.reasonCode)?.name[language];
  const facts: [string, string][] = [
    [t('sheet.archive'), [row.destinationName, row.aeTitle].filter(Boolean).join(' · ')],
    [t('sheet.title'), t(`rejection.titleOf.${row.title}`)],
    [t('sheet.reason'), [reason, row.reasonCode].filter(Boolean).join(' · ')],
    [t('sheet.state'), t(`rejection.state.${row.state}`, { count: row.stillVisible ?? row.objects })],
    [t('sheet.patient'), `${row.patientName} · ${row.patientId}`],
    [t('sheet.accession'), row.accessionNumber],
    [t('sheet.study'), row.studyInstanceUid],
    [t('sheet.note'), row.noteSopInstanceUid ?? t('sheet.noNote')],
    [t('sheet.made'), time.full(row.madeAt)],
  ];
  return (
    <>
      <PageHead
        title={t('sheet.heading', { accession: row.accessionNumber || t('noAccession') })}
        actions={
          <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('sheet.print')}
          </Button>
        }
      >
        <Link className="no-print" to="/release">
          {t('sheet.back')}
        </Link>
      </PageHead>
      <Card title={t('sheet.ask')} remark={t(askOf(row), { count: row.objects })}>
        <dl className="sheet-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {row.correction ? <ChangeTable before={row.correction.before} after={row.correction.after} /> : null}
        <table className="sheet-objects">
          <thead>
            <tr>
              <th>{t('sheet.number')}</th>
              <th>{t('sheet.series')}</th>
              <th>{t('sheet.object')}</th>
            </tr>
          </thead>
          <tbody>
            {row.instances.map((instance) => (
              <tr key={instance.sopInstanceUid}>
                <td>{instance.instanceNumber ?? ''}</td>
                <td>{instance.seriesDescription || instance.seriesInstanceUid}</td>
                <td className="mono">{instance.sopInstanceUid}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="sheet-sign">{t('sheet.sign')}</p>
      </Card>
    </>
  );
}
