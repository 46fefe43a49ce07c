import { DownloadOutlined } from '@ant-design/icons';
import type { ExamDetail } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { byteSize } from '../ui/byte-size.ts';
import { Card } from '../ui/card.tsx';
import '../ui/data-table.css';
import { StateTag } from '../ui/state-tag.tsx';
import { seriesInstancesQuery } from './exam-queries.ts';
import { transferSyntaxName } from './transfer-syntax-name.ts';

type Series = ExamDetail['series'][number];
type Instance = Series['instances'][number];

/** Series and their objects, as received: checksum, encoding, size, what did not fit. */
export function ExamSeries({ detail }: { detail: ExamDetail }) {
  const { t } = useTranslation('exams');
  return (
    <>
      {detail.series.map((series) => (
        <Card
          key={series.seriesInstanceUid}
          title={t('series.title', {
            number: series.seriesNumber ?? '–',
            name: series.description || series.protocolName || series.modality,
          })}
          remark={[series.modality, series.bodyPart, t('images', { count: series.instanceCount })]
            .filter((part) => part !== '')
            .join(' · ')}
          isFlush
        >
          <SeriesTable examId={detail.exam.examId} series={series} />
        </Card>
      ))}
    </>
  );
}

function SeriesTable({ examId, series }: { examId: string; series: Series }) {
  const { t } = useTranslation('exams');
  const [isWhole, setIsWhole] = useState(false);
  const shown = series.instances.length;
  const rest = useQuery({
    ...seriesInstancesQuery(examId, series.seriesInstanceUid, String(shown)),
    enabled: isWhole,
  });
  const instances = [...series.instances, ...(rest.data?.items ?? [])];
  return (
    <div className="data-table-scroll" style={{ maxHeight: 420 }}>
      <table className="data-table">
        <thead>
          <tr>
            <th style={{ textAlign: 'right', width: 48 }}>{t('instance.number')}</th>
            <th style={{ textAlign: 'left' }}>{t('instance.received')}</th>
            <th style={{ textAlign: 'left' }}>{t('instance.encoding')}</th>
            <th style={{ textAlign: 'right' }}>{t('instance.size')}</th>
            <th style={{ textAlign: 'left' }}>SHA-256</th>
            <th style={{ textAlign: 'left' }}>{t('instance.kept')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {instances.map((instance) => (
            <InstanceRow key={instance.sopInstanceUid} instance={instance} />
          ))}
        </tbody>
      </table>
      {series.instanceCount > instances.length ? (
        <div style={{ padding: 8, textAlign: 'center' }}>
          <Button size="small" loading={rest.isFetching} onClick={() => setIsWhole(true)}>
            {t('series.more', { count: series.instanceCount - instances.length })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function InstanceRow({ instance }: { instance: Instance }) {
  const { t, i18n } = useTranslation('exams');
  const time = useHospitalTime();
  const may = useMay();
  return (
    <tr>
      <td style={{ textAlign: 'right' }}>{instance.instanceNumber ?? '–'}</td>
      <td>{time.second(instance.receivedAt)}</td>
      <td title={instance.transferSyntaxUid}>{transferSyntaxName(instance.transferSyntaxUid)}</td>
      <td style={{ textAlign: 'right' }}>{byteSize(instance.sizeBytes, i18n.language)}</td>
      <td>
        <Tooltip title={<span className="mono">{instance.sha256}</span>}>
          <span className="mono" tabIndex={0}>
            {instance.sha256.slice(0, 8)}…
          </span>
        </Tooltip>
      </td>
      <td>
        {instance.conflictCount > 0 ? (
          <StateTag tone="bad">{t('instance.conflict', { count: instance.conflictCount })}</StateTag>
        ) : (
          <span className="secondary">{t(instance.isImage ? 'instance.unchanged' : 'instance.noImage')}</span>
        )}
      </td>
      <td style={{ textAlign: 'right' }}>
        {may('archive.read') ? (
          <Button
            type="link"
            size="small"
            icon={<DownloadOutlined />}
            href={addressOf(`/instances/${instance.sopInstanceUid}/file`)}
            download
          >
            {t('instance.download')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
