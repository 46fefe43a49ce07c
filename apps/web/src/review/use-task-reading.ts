import type { FilmDetail, TaskReadingRequest } from '@jiapian/contract';
import { checkReading, type GradeOutcome } from '@jiapian/rules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { contentOf, standardOf, type ScoreSheet } from './score-sheet.ts';
import { saveTaskReading } from './task-queries.ts';
import { forgetDraft } from './use-draft.ts';

/** Where a sheet goes that is no task of the list: saving it there, and leading on, is the desk's. */
export interface Desk {
  readonly save: (reading: TaskReadingRequest) => Promise<void>;
  readonly back: ReactNode;
}

/** Saving a reading beside the first, what it needs besides the sheet, and where to go then. */
export const useTaskReading = (at: {
  readonly detail: FilmDetail;
  readonly taskId: string;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly desk?: Desk | undefined;
}) => {
  const { t } = useTranslation(['tasks', 'errors', 'shell']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const opened = useRef(Date.now());
  const [overrideReason, setOverrideReason] = useState('');
  const [rejectReasonCode, setRejectReasonCode] = useState<string | null>(null);
  const { film, task } = at.detail;
  const standard = standardOf(at.detail);
  const grade = at.sheet.chosen ?? at.outcome.grade;
  const isDeciding = task?.kind === 'arbitration' || task?.kind === 'appeal';
  const content = contentOf(at.sheet);
  const checked = checkReading(standard, {
    ...{ grade, marks: content.marks, conditionsNotMet: content.conditionsNotMet, overrideReason },
    ...{ rejectReason: rejectReasonCode, isRejectConfirmed: true, isCompared: !isDeciding },
  });
  const isReasonMissing = task?.kind === 'arbitration' && content.note.trim() === '';

  const goOn = (nextTaskId: string | null): void => {
    if (nextTaskId) void navigate({ to: '/review-tasks/$taskId', params: { taskId: nextTaskId } });
    else void navigate({ to: '/review-tasks' });
  };
  const save = useMutation({
    mutationFn: async () => {
      const reading: TaskReadingRequest = {
        ...content,
        ...{ grade, overrideReason, rejectReasonCode, standardVersion: standard.version },
        affectsDiagnosis: grade === 'reject' && isDeciding ? 'repeat' : null,
        secondsSpent: Math.round((Date.now() - opened.current) / 1000),
      };
      if (!at.desk) return saveTaskReading(at.taskId, reading);
      await at.desk.save(reading);
      return null;
    },
    onSuccess: (saved) => {
      forgetDraft(film.filmId);
      if (saved === null) return;
      const { disagreements, other, nextTaskId } = saved;
      const words = other
        ? t(disagreements.length > 0 ? 'saved.apart' : 'saved.agreed', { grade: t(`shell:grade.${other.grade}`) })
        : t('saved.decided');
      void message.info(words);
      void client.invalidateQueries({ queryKey: ['tasks'] });
      void client.invalidateQueries({ queryKey: ['films'] });
      goOn(nextTaskId);
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const submit = (): void => {
    if (save.isPending) return;
    if (isReasonMissing) void message.warning(t('reasonNeeded'));
    else if (checked.ok) save.mutate();
    else void message.warning(t(`errors:${checked.reason.code}`));
  };
  return {
    save,
    submit,
    grade,
    isDeciding,
    needsOverride: grade !== at.outcome.grade,
    overrideReason,
    setOverrideReason,
    rejectReasonCode,
    setRejectReasonCode,
  };
};
export type TaskReadingActs = ReturnType<typeof useTaskReading>;
