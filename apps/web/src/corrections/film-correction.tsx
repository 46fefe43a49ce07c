import type { FilmRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { CorrectionItem } from './correction-item.tsx';
import { correctionsQuery } from './correction-queries.ts';
import './corrections.css';

type CorrectedFilm = Pick<FilmRow, 'examId' | 'sopInstanceUid' | 'isCorrected'>;

/** That the film was corrected; who did it, when, why, and what it said before, at a click. */
export function FilmCorrection({ film }: { readonly film: CorrectedFilm }) {
  const { t } = useTranslation('corrections');
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  if (!film.isCorrected) return null;
  const mark = <StateTag tone="attention">{t('mark.word')}</StateTag>;
  if (!may('exams.read')) return mark;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setIsOpen}
      destroyOnHidden
      title={t('card.title')}
      content={<FilmCorrections film={film} />}
    >
      <button type="button" className="correction-mark" aria-expanded={isOpen} title={t('mark.plain')}>
        {mark}
      </button>
    </Popover>
  );
}

function FilmCorrections({ film }: { readonly film: CorrectedFilm }) {
  const { t } = useTranslation('corrections');
  const corrections = useQuery(correctionsQuery({ list: 'all', examId: film.examId }));
  if (corrections.error)
    return <ProblemNotice problem={asProblem(corrections.error)} onRetry={() => void corrections.refetch()} />;
  if (corrections.isPending) return <p className="hint">{t('loading')}</p>;
  const rows = corrections.data.items.filter(
    ({ instanceUids }) =>
      instanceUids.length === 0 || film.sopInstanceUid === null || instanceUids.includes(film.sopInstanceUid),
  );
  return (
    <ul className="correction-list correction-of-film">
      {rows.map((row) => (
        <CorrectionItem key={row.correctionId} row={row} isOfExam />
      ))}
    </ul>
  );
}
