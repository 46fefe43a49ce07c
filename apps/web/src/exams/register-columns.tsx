import type { ExamRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import type { Column } from '../ui/data-table.tsx';
import { examTitle } from '../ui/exam-title.ts';
import { CorrectedMark } from '../corrections/corrected-mark.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ExamState } from './exam-state.tsx';
import { usePatientWords } from './patient-words.ts';
import { TechnologistName } from './technologist-name.tsx';

export const useRegisterColumns = (): Column<ExamRow>[] => {
  const { t, i18n } = useTranslation('exams');
  const time = useHospitalTime();
  const patient = usePatientWords();
  return [
    {
      key: 'at',
      title: t('column.examAt'),
      width: 120,
      render: (exam) =>
        exam.examAtIsKnown ? (
          time.brief(exam.examAt)
        ) : (
          <span className="secondary" title={t('examAtUnknown')}>
            {time.brief(exam.examAt)} ?
          </span>
        ),
    },
    {
      key: 'accession',
      title: t('column.accession'),
      render: (exam) => exam.accessionNumber || <span className="hint">{t('noAccession')}</span>,
    },
    {
      key: 'patient',
      title: t('column.patient'),
      render: (exam) => (
        <span className="badge-row">
          {exam.patientName || t('shell:unknown')} <CorrectedMark correction={exam.correction} />
        </span>
      ),
    },
    { key: 'sexAge', title: t('column.sexAge'), isWide: true, render: (exam) => patient.sexAndAge(exam) },
    { key: 'modality', title: t('column.modality'), width: 64, render: (exam) => exam.modality },
    { key: 'exam', title: t('column.exam'), render: (exam) => examTitle(exam, i18n.language) },
    {
      key: 'device',
      title: t('column.device'),
      render: (exam) => exam.deviceName || <span className="hint">{t('deviceUnnamed')}</span>,
    },
    { key: 'room', title: t('column.room'), isWide: true, render: (exam) => exam.roomName ?? '' },
    {
      key: 'technologist',
      title: t('column.technologist'),
      isWide: true,
      render: (exam) => <TechnologistName exam={exam} />,
    },
    { key: 'images', title: t('column.images'), align: 'right', width: 64, render: (exam) => exam.instanceCount },
    {
      key: 'grade',
      title: t('column.grade'),
      width: 130,
      render: (exam) =>
        exam.filmCount === 0 ? (
          <span className="hint">{t('noFilms')}</span>
        ) : (
          <span className="badge-row">
            <GradeBadge grade={exam.worstGrade} />
            {exam.filmCount > 1 ? (
              <span className="hint">
                {exam.gradedCount}/{exam.filmCount}
              </span>
            ) : null}
          </span>
        ),
    },
    { key: 'state', title: t('column.state'), width: 190, render: (exam) => <ExamState exam={exam} /> },
  ];
};
