import type { ExamDetail } from '@jiapian/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { CorrectionDialog } from './correction-dialog.tsx';

/** The way to correct whose images these are, where they belong or which side they show. */
export function CorrectButton({ detail }: { readonly detail: ExamDetail }) {
  const { t } = useTranslation('corrections');
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!may('exams.correct')) return null;
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('button')}</Button>
      {isOpen ? <CorrectionDialog detail={detail} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
