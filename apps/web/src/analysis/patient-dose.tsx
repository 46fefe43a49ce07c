import type { PatientDose } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { patientDoseQuery } from './analysis-queries.ts';
import { shortFigure } from './figure-words.ts';

const figures: readonly { readonly name: keyof PatientDose['totals']; readonly unit: string }[] = [
  { name: 'dlpMgyCm', unit: 'mGy·cm' },
  { name: 'doseAreaProductDgyCm2', unit: 'dGy·cm²' },
  { name: 'averageGlandularDoseMgy', unit: 'mGy' },
  { name: 'referencePointDoseMgy', unit: 'mGy' },
];

/** What the patient has received here in all exams; asked for only when it is opened, as it reads other exams. */
export function PatientDoseDetails({ examId }: { examId: string }) {
  const { t } = useTranslation('analysis');
  const [isOpen, setOpen] = useState(false);
  const found = useQuery({ ...patientDoseQuery(examId), enabled: isOpen });
  const dose = found.data;
  const shown = figures.filter(({ name }) => dose !== undefined && dose.totals[name] !== null);
  const typed = dose?.exams.filter(({ isTyped }) => isTyped).length ?? 0;
  return (
    <details className="figures" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('patientDose.title')}</summary>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {dose ? <p className="hint">{t('patientDose.exams', { count: dose.exams.length })}</p> : null}
      {typed > 0 ? <p className="hint">{t('patientDose.typed', { count: typed })}</p> : null}
      {dose && shown.length === 0 ? <p className="hint">{t('patientDose.none')}</p> : null}
      <dl>
        {shown.map(({ name, unit }) => (
          <div key={name}>
            <dt>{t(`patientDose.${name}`)}</dt>
            <dd>
              <strong>{shortFigure(dose?.totals[name] ?? 0)}</strong> {unit}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
