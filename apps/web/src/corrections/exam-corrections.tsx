import type { ExamDetail } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { CorrectionItem } from './correction-item.tsx';
import { correctionsQuery } from './correction-queries.ts';
import './corrections.css';
import { OriginalDrawer } from './original-drawer.tsx';

/** Facts beside what the device said of this exam, the last first. */
export function ExamCorrections({ detail }: { readonly detail: ExamDetail }) {
  const { t } = useTranslation('corrections');
  const may = useMay();
  const corrections = useQuery(correctionsQuery({ list: 'all', examId: detail.exam.examId }));
  const [isOpen, setIsOpen] = useState(false);
  const rows = corrections.data?.items ?? [];
  const first = detail.series.flatMap((series) => series.instances)[0]?.sopInstanceUid;
  if (rows.length === 0) return null;
  return (
    <Card
      title={t('card.title')}
      remark={t('card.remark')}
      isFlush
      actions={
        first && may('archive.read') ? (
          <Button size="small" onClick={() => setIsOpen(true)}>
            {t('original.open')}
          </Button>
        ) : null
      }
    >
      <ul className="correction-list">
        {rows.map((row) => (
          <CorrectionItem key={row.correctionId} row={row} isOfExam />
        ))}
      </ul>
      {isOpen && first ? <OriginalDrawer detail={detail} first={first} onClose={() => setIsOpen(false)} /> : null}
    </Card>
  );
}
