import type { ComplianceView, FilmCompliance } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { examComplianceQuery, filmComplianceQuery } from './protocol-queries.ts';
import { useProtocolWords } from './protocol-words.ts';
import './protocols.css';
import { VerdictLines } from './verdict-lines.tsx';

/** Beside a film: whether its parameters fitted this patient by the table of its device. */
export function FilmComplianceSection({ filmId }: { filmId: string }) {
  const { t } = useTranslation('protocols');
  const found = useQuery(filmComplianceQuery(filmId));
  if (!found.data || found.data.state === 'no-table') return null;
  return (
    <section className="protocol-compliance">
      <h2>{t('compliance.title')}</h2>
      <Compliance compliance={found.data} />
    </section>
  );
}

/** The same of a whole exam. */
export function ExamComplianceCard({ examId }: { examId: string }) {
  const { t } = useTranslation('protocols');
  const found = useQuery(examComplianceQuery(examId));
  if (!found.data) return null;
  return (
    <Card title={t('compliance.title')} className="protocol-compliance">
      {found.data.state === 'no-table' ? (
        <p className="secondary">{t('compliance.noTable')}</p>
      ) : (
        <Compliance compliance={found.data} />
      )}
    </Card>
  );
}

export const toneOfVerdict = (verdict: ComplianceView['verdict']): Tone =>
  verdict === 'within' ? 'good' : verdict === 'deviates' ? 'bad' : 'plain';

function Compliance({ compliance }: { compliance: FilmCompliance }) {
  const { t } = useTranslation('protocols');
  const { state, current, earlier } = compliance;
  return (
    <>
      {state === 'waiting' ? <p className="hint">{t('compliance.waiting')}</p> : null}
      {current.map((verdict) => (
        <Verdict key={verdict.verdictId} verdict={verdict} />
      ))}
      {earlier.length > 0 ? (
        <details>
          <summary>{t('compliance.earlier', { count: earlier.length })}</summary>
          {earlier.map((verdict) => (
            <Verdict key={verdict.verdictId} verdict={verdict} />
          ))}
        </details>
      ) : null}
    </>
  );
}

function Verdict({ verdict }: { verdict: ComplianceView }) {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const time = useHospitalTime();
  const { patient } = verdict;
  return (
    <article className="protocol-verdict">
      <p>
        <StateTag tone={toneOfVerdict(verdict.verdict)}>{t(`verdictState.${verdict.verdict}`)}</StateTag>{' '}
        {verdict.subject === '' ? '' : words.subjectAndPhase(verdict.subject, verdict.phase)}{' '}
        <span className="hint" title={time.full(verdict.judgedAt)}>
          {t('version', { version: verdict.tableVersion })}
        </span>
      </p>
      <p className="hint">
        {words.className(patient.ageClass)}
        {patient.sizeClass === 'any' ? '' : ` · ${words.className(patient.sizeClass)}`}
        {patient.diameterCm === null ? '' : ` · ${t('verdict.diameter', { value: patient.diameterCm.toFixed(1) })}`}
      </p>
      {verdict.reason !== null && verdict.columns.length === 0 ? <p>{t(`reason.${verdict.reason}`)}</p> : null}
      <VerdictLines verdict={verdict} />
    </article>
  );
}
