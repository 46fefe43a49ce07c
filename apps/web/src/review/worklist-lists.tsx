import type { FilmCounts } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { filmLists, type FilmSearch } from './film-search.ts';

type List = (typeof filmLists)[number];
/** Films in one of the lists. */
export const countOf = (counts: FilmCounts, list: List): number =>
  ({
    all: counts.total,
    waiting: counts.waiting,
    'due-soon': counts.dueSoon,
    missed: counts.missed,
    late: counts.late,
    'not-sampled': counts.notSampled,
    rejected: counts.reject,
    graded: counts.A + counts.B + counts.C + counts.reject,
  })[list];

/** The fixed lists at the left. */
export function WorklistLists(props: {
  readonly search: FilmSearch;
  readonly counts: FilmCounts | undefined;
  readonly onFilter: (part: Partial<FilmSearch>) => void;
}) {
  const { t } = useTranslation('review');
  const current = props.search.list ?? 'all';
  return (
    <nav className="card worklist-lists" aria-label={t('list.fixed')}>
      <h2>{t('list.fixed')}</h2>
      <ul>
        {filmLists.map((list) => (
          <li key={list}>
            <button
              type="button"
              aria-current={list === current ? 'true' : undefined}
              onClick={() => props.onFilter({ list: list === 'all' ? undefined : list, grade: undefined })}
            >
              {t(`list.name.${list}`)}
              <span>{props.counts ? countOf(props.counts, list) : ''}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
