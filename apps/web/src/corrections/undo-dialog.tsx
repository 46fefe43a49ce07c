import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { CorrectionPreviewPanel } from './correction-preview.tsx';
import { undoCorrection, undoPreviewQuery } from './correction-queries.ts';

/** Taking a correction back is a fact of its own; what it would change is shown first. */
export function UndoDialog(props: {
  readonly correctionId: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('corrections');
  const preview = useQuery(undoPreviewQuery(props.correctionId));
  return (
    <ReasonDialog
      title={t('undoTitle')}
      text={
        preview.isError ? (
          <ProblemNotice problem={asProblem(preview.error)} />
        ) : preview.data ? (
          <CorrectionPreviewPanel preview={preview.data} />
        ) : (
          <Skeleton active paragraph={{ rows: 3 }} />
        )
      }
      label={t('form.reason')}
      submitText={t('undo')}
      act={(reason) => undoCorrection(props.correctionId, reason)}
      onDone={props.onDone}
      onClose={props.onClose}
    />
  );
}
