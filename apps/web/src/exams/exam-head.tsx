import type { ExamDetail } from '@jiapian/contract';
import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CorrectedMark } from '../corrections/corrected-mark.tsx';
import { examTitle } from '../ui/exam-title.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ExamState } from './exam-state.tsx';
import { usePatientWords } from './patient-words.ts';

/** Whose exam, which, and where it stands; a name is shown in full here, every look is in the trail. */
export function ExamHead({ exam, actions }: { exam: ExamDetail['exam']; actions: ReactNode }) {
  const { t, i18n } = useTranslation('exams');
  const patient = usePatientWords();
  const parts = [
    exam.accessionNumber || t('noAccession'),
    exam.patientName || t('patientUnknown'),
    patient.sexAndAge(exam),
    exam.dicomPatientId,
  ].filter((part) => part !== '');
  return (
    <div className="exam-head">
      <Link to="/exams" className="secondary">
        {t('register.title')} <RightOutlined style={{ fontSize: 10 }} />
      </Link>
      <h1>{examTitle(exam, i18n.language)}</h1>
      <span className="secondary">{parts.join(' · ')}</span>
      <CorrectedMark correction={exam.correction} />
      {exam.filmCount > 0 ? <GradeBadge grade={exam.worstGrade} /> : null}
      <ExamState exam={exam} />
      <span className="spacer" />
      {actions}
    </div>
  );
}
