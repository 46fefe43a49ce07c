import type { Correction } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { ChangeTable } from './change-table.tsx';
import { decideCorrection } from './correction-queries.ts';
import { UndoDialog } from './undo-dialog.tsx';

const tones: Readonly<Record<Correction['state'], Tone>> = {
  proposed: 'attention',
  'in-force': 'good',
  refused: 'plain',
  undone: 'plain',
};

/** One correction: what stands beside what, who says so and why, and what may be done about it. */
export function CorrectionItem({ row, isOfExam }: { readonly row: Correction; readonly isOfExam: boolean }) {
  const { t } = useTranslation(['corrections', 'errors']);
  const time = useHospitalTime();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<'undo' | 'refuse' | null>(null);
  const refresh = (): void => {
    setDialog(null);
    for (const key of ['exams', 'films', 'release']) void client.invalidateQueries({ queryKey: [key] });
  };
  const signing = useMutation({
    mutationFn: () => decideCorrection(row.correctionId, { event: 'signed', note: '' }),
    onSuccess: refresh,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const author = row.source === 'hl7' ? t('byHl7') : (row.proposedByName ?? '');
  const decided = row.decidedByName !== null && row.decidedByName !== row.proposedByName ? row.decidedByName : '';
  return (
    <li className="correction-item">
      <header>
        <strong>{t(row.undoes === null ? `kind.${row.kind}` : 'undoOf', { kind: t(`kind.${row.kind}`) })}</strong>
        <StateTag tone={tones[row.state]}>{t(`state.${row.state}`)}</StateTag>
        {isOfExam ? null : (
          <Link to="/exams/$examId" params={{ examId: row.examId }}>
            {row.accessionNumber || t('openExam')}
          </Link>
        )}
        {row.targetExamId ? (
          <Link to="/exams/$examId" params={{ examId: row.targetExamId }}>
            {t('openTarget')}
          </Link>
        ) : null}
        {row.instanceUids.length > 0 ? <span>{t('objects', { count: row.instanceUids.length })}</span> : null}
        <span className="hint">
          {[author, time.full(row.proposedAt), decided ? t('signedBy', { name: decided }) : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </header>
      {row.reason ? <p>{row.reason}</p> : null}
      <ChangeTable before={row.before} after={row.after} />
      {may('exams.correct') ? (
        <div className="badge-row">
          {row.maySign ? (
            <Button size="small" type="primary" loading={signing.isPending} onClick={() => signing.mutate()}>
              {t('sign')}
            </Button>
          ) : null}
          {row.state === 'proposed' ? (
            <Button size="small" onClick={() => setDialog('refuse')}>
              {t('refuse')}
            </Button>
          ) : null}
          {row.state === 'proposed' && !row.maySign ? <span className="hint">{t('needsOther')}</span> : null}
          {row.state === 'in-force' && row.undoes === null ? (
            <Button size="small" onClick={() => setDialog('undo')}>
              {t('undo')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {dialog === 'refuse' ? (
        <ReasonDialog
          title={t('refuseTitle')}
          text={t('refuseText')}
          label={t('form.reason')}
          submitText={t('refuse')}
          act={(note) => decideCorrection(row.correctionId, { event: 'refused', note })}
          onDone={refresh}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'undo' ? (
        <UndoDialog correctionId={row.correctionId} onDone={refresh} onClose={() => setDialog(null)} />
      ) : null}
    </li>
  );
}
