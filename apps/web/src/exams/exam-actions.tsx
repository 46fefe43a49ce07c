import type { ExamDetail } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { AskConsultation } from '../consultations/ask-consultation.tsx';
import { CorrectButton } from '../corrections/correct-button.tsx';
import { KeepForTeaching } from '../teaching/keep-for-teaching.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { completeExam, releaseExam } from './exam-queries.ts';

/** What may still be done with the exam as a whole. */
export function ExamActions({ detail }: { detail: ExamDetail }) {
  const { t } = useTranslation(['exams', 'errors', 'print']);
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [isReleasing, setIsReleasing] = useState(false);
  const { exam } = detail;
  const refresh = (): void => {
    for (const key of ['exams', 'films', 'release']) void client.invalidateQueries({ queryKey: [key] });
  };
  const completing = useMutation({
    mutationFn: () => completeExam(exam.examId),
    onSuccess: refresh,
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const isHeld = exam.gateState === 'held' || exam.gateState === 'returned';
  return (
    <>
      {exam.state === 'receiving' && may('exams.correct') ? (
        <Tooltip title={t('exam.completeHint')}>
          <Button loading={completing.isPending} onClick={() => completing.mutate()}>
            {t('exam.complete')}
          </Button>
        </Tooltip>
      ) : null}
      {isHeld && may('release.decide') ? (
        <Button onClick={() => setIsReleasing(true)}>{t('release.button')}</Button>
      ) : null}
      {may('release.operate') && exam.filmCount > 0 ? (
        <Button onClick={() => void navigate({ to: '/exams/$examId/print', params: { examId: exam.examId } })}>
          {t('print:button')}
        </Button>
      ) : null}
      <CorrectButton detail={detail} />
      <AskConsultation exam={exam} />
      <KeepForTeaching examId={exam.examId} />
      {isReleasing ? <ReleaseDialog exam={exam} onDone={refresh} onClose={() => setIsReleasing(false)} /> : null}
    </>
  );
}

/** Letting an exam go before every film is read; the effect is named before it happens. */
export function ReleaseDialog(props: {
  exam: { examId: string; accessionNumber: string; filmCount: number; gradedCount: number };
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('exams');
  const { exam } = props;
  return (
    <ReasonDialog
      title={t('release.title', { accession: exam.accessionNumber || t('noAccession') })}
      text={t('release.text', { unread: exam.filmCount - exam.gradedCount })}
      label={t('release.reason')}
      submitText={t('release.submit')}
      act={(reason) => releaseExam(exam.examId, reason)}
      onDone={() => {
        props.onDone();
        props.onClose();
      }}
      onClose={props.onClose}
    />
  );
}
