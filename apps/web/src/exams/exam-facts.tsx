import type { ExamDetail } from '@jiapian/contract';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ExamCover } from './exam-cover.tsx';
import { TechnologistField } from './technologist-field.tsx';

export function ExamFacts({ detail }: { detail: ExamDetail }) {
  const { t } = useTranslation('exams');
  const time = useHospitalTime();
  const { exam } = detail;
  const rows: readonly (readonly [string, string])[] = [
    ['accession', exam.accessionNumber],
    ['patientId', exam.dicomPatientId],
    ['description', exam.description],
    ['bodyPart', exam.bodyPart],
    ['device', exam.deviceName ?? ''],
    ['room', exam.roomName ?? ''],
    ['institution', exam.institutionName],
    ['images', t('seriesAndImages', { series: exam.seriesCount, images: exam.instanceCount })],
  ];
  return (
    <section className="card panel">
      <ExamCover series={detail.series} />
      <div className="panel-body">
        <dl className="facts">
          <dt>{t('fact.examAt')}</dt>
          <dd>{exam.examAtIsKnown ? time.full(exam.examAt) : t('examAtUnknown')}</dd>
          {rows.map(([key, value]) => (
            <FactRow key={key} label={t(`fact.${key}`)} value={value} />
          ))}
          <dt>{t('fact.technologist')}</dt>
          <dd>
            <TechnologistField exam={exam} />
          </dd>
          <dt>{t('fact.study')}</dt>
          <dd>
            <Typography.Text className="mono" copyable={{ tooltips: [t('shell:copy'), t('shell:copied')] }}>
              {exam.studyInstanceUid}
            </Typography.Text>
          </dd>
        </dl>
      </div>
    </section>
  );
}

function FactRow({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('exams');
  return (
    <>
      <dt>{label}</dt>
      <dd>{value || <span className="hint">{t('shell:unknown')}</span>}</dd>
    </>
  );
}
