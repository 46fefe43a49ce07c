import type { OrderRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import type { Column } from '../ui/data-table.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';

const toneOf: Readonly<Record<OrderRow['state'], Tone>> = {
  expected: 'plain',
  started: 'active',
  arrived: 'good',
  done: 'good',
  cancelled: 'plain',
  discontinued: 'attention',
};

export const useOrderColumns = (): Column<OrderRow>[] => {
  const { t } = useTranslation('orders');
  const time = useHospitalTime();
  return [
    {
      key: 'at',
      title: t('column.scheduledAt'),
      width: 130,
      render: (order) =>
        order.scheduledAt === null ? <span className="hint">{t('noTime')}</span> : time.brief(order.scheduledAt),
    },
    {
      key: 'accession',
      title: t('column.accession'),
      render: (order) => order.accessionNumber || order.fillerOrderNumber || order.placerOrderNumber,
    },
    { key: 'patient', title: t('column.patient'), render: (order) => order.patientName || t('shell:unknown') },
    { key: 'number', title: t('column.patientId'), isWide: true, render: (order) => order.dicomPatientId },
    { key: 'modality', title: t('column.modality'), width: 64, render: (order) => order.modality },
    { key: 'procedure', title: t('column.procedure'), render: (order) => order.procedureName },
    {
      key: 'priority',
      title: t('column.priority'),
      width: 90,
      render: (order) =>
        order.priority === 'emergency' ? (
          <StateTag tone="bad">{t('priority.emergency')}</StateTag>
        ) : (
          t(`priority.${order.priority}`)
        ),
    },
    {
      key: 'ward',
      title: t('column.ward'),
      render: (order) =>
        [t(`class.${order.patientClass}`, { defaultValue: '' }), order.ward].filter((part) => part !== '').join(' · '),
    },
    {
      key: 'device',
      title: t('column.device'),
      isWide: true,
      render: (order) => order.deviceName ?? order.stationAeTitle,
    },
    {
      key: 'state',
      title: t('column.state'),
      width: 130,
      render: (order) =>
        order.isOverdue ? (
          <StateTag tone="attention">{t('overdue')}</StateTag>
        ) : (
          <StateTag tone={toneOf[order.state]}>{t(`state.${order.state}`)}</StateTag>
        ),
    },
    {
      key: 'source',
      title: t('column.source'),
      isWide: true,
      width: 70,
      render: (order) => t(`source.${order.source}`),
    },
  ];
};
