import { useMutation } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { appealGrade } from './own-queries.ts';

const REASON_LENGTH_MAX = 1000;

/** Why the grade is not right, in the technologist's words; who decides does not see them before deciding. */
export function AppealDialog(props: { filmId: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('home');
  const [reason, setReason] = useState('');
  const appeal = useMutation({
    mutationFn: () => appealGrade(props.filmId, reason.trim()),
    onSuccess: props.onDone,
  });
  return (
    <Modal
      open
      title={t('own.appealTitle')}
      okText={t('own.appealSend')}
      okButtonProps={{ disabled: reason.trim() === '', loading: appeal.isPending }}
      cancelText={t('own.cancel')}
      onCancel={props.onClose}
      onOk={() => appeal.mutate()}
    >
      {appeal.isError ? <ProblemNotice problem={asProblem(appeal.error)} /> : null}
      <p className="secondary">{t('own.appealText')}</p>
      <Input.TextArea
        autoFocus
        rows={4}
        aria-label={t('own.appealReason')}
        placeholder={t('own.appealReason')}
        maxLength={REASON_LENGTH_MAX}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
