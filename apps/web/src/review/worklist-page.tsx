import { CopyOutlined, RightOutlined } from '@ant-design/icons';
import type { FilmRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { copyText } from '../ui/copy-text.ts';
import { DataTable } from '../ui/data-table.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { FilmCountsStrip } from './film-counts-strip.tsx';
import { FilmFilters } from './film-filters.tsx';
import type { FilmSearch } from './film-search.ts';
import { FILM_PAGE_SIZE, filmFilters, filmsQuery } from './review-queries.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { useFilmColumns } from './film-columns.tsx';
import { ResumeButton } from './resume-button.tsx';
import { WorklistEmpty } from './worklist-empty.tsx';
import { countOf, WorklistLists } from './worklist-lists.tsx';
import './worklist.css';

const route = getRouteApi('/signed-in/shell/review');

export function WorklistPage() {
  const { t } = useTranslation('review');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const pages = usePages(JSON.stringify(search));
  const films = useQuery(filmsQuery(search, pages.cursor));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useFilmColumns(pages.index * FILM_PAGE_SIZE);
  const rows = films.data?.items ?? [];
  const counts = films.data?.counts;
  // A list within the filters has its own count; with a grade on top nobody has counted.
  const total = counts && !search.grade ? countOf(counts, search.list ?? 'all') : null;
  const first = rows.find((row) => row.state === 'waiting' && !row.isOwn && (row.lock === null || row.lock.isMine));

  const open = (film: FilmRow): void =>
    void navigate({ to: '/review/$filmId', params: { filmId: film.filmId }, search });
  const filter = (part: Partial<FilmSearch>): void => {
    setSelected(new Set());
    void navigate({ to: '/review', search: { ...search, ...part } });
  };

  return (
    <div className="worklist">
      <PageHead
        title={t('list.title')}
        actions={
          <>
            {may('exams.export') ? <ExportButton path="/films/export" query={{ ...filmFilters(search) }} /> : null}
            {may('review.grade') ? <ResumeButton /> : null}
            {may('review.grade') && first && counts ? (
              <Button type="primary" icon={<RightOutlined />} onClick={() => open(first)}>
                {t('list.continue', { position: counts.total - counts.waiting + 1, total: counts.total })}
              </Button>
            ) : null}
          </>
        }
      />
      <div className="worklist-body">
        <WorklistLists search={search} counts={counts} onFilter={filter} />
        <section className="card worklist-main">
          <FilmCountsStrip counts={counts} search={search} onFilter={filter} />
          <FilmFilters search={search} onFilter={filter} />
          {films.isError ? (
            <ProblemNotice problem={asProblem(films.error)} onRetry={() => void films.refetch()} />
          ) : (
            <DataTable
              label={t('list.label')}
              rows={rows}
              columns={columns}
              rowKey={(row) => row.filmId}
              onOpen={open}
              isLoading={films.isPending}
              selection={{ keys: selected, onChange: setSelected }}
              startKey={first?.filmId}
              empty={<WorklistEmpty search={search} counts={counts} onFilter={filter} />}
            />
          )}
          {selected.size > 0 ? (
            <SelectionBar
              films={rows.filter((row) => selected.has(row.filmId))}
              onOpen={open}
              onClear={() => setSelected(new Set())}
            />
          ) : null}
          <Pager
            pages={pages}
            pageSize={FILM_PAGE_SIZE}
            rows={rows.length}
            total={total}
            nextCursor={films.data?.nextCursor}
          >
            {(['J', 'K', 'X', 'Enter', 'F'] as const).map((key) => (
              <span key={key} className="worklist-key">
                <KeyCap>{key}</KeyCap>
                {keyWords[key] ? t(`table.${keyWords[key]}`, { ns: 'shell' }) : null}
              </span>
            ))}
          </Pager>
        </section>
      </div>
    </div>
  );
}

/** J and K share the word behind K. */
const keyWords: Readonly<Record<string, string>> = { K: 'move', X: 'select', Enter: 'open', F: 'filter' };

function SelectionBar(props: {
  readonly films: readonly FilmRow[];
  readonly onOpen: (film: FilmRow) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation('review');
  const { message } = App.useApp();
  const may = useMay();
  const [isBulkOpen, setBulkOpen] = useState(false);
  const [first] = props.films;
  const copy = async (): Promise<void> => {
    await copyText(props.films.map((film) => film.accessionNumber).join('\n'));
    void message.success(t('copied', { ns: 'shell' }));
  };
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('list.selected', { count: props.films.length })}>
      <strong>{t('list.selected', { count: props.films.length })}</strong>
      {first ? (
        <Button size="small" onClick={() => props.onOpen(first)}>
          {t('list.openSelected')}
        </Button>
      ) : null}
      {may('review.grade') ? (
        <Button size="small" onClick={() => setBulkOpen(true)}>
          {t('bulk.open')}
        </Button>
      ) : null}
      <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
        {t('list.copyAccessions')}
      </Button>
      <span className="spacer" />
      <Button size="small" onClick={props.onClear}>
        {t('list.clear')}
      </Button>
      {isBulkOpen ? <BulkDialog films={props.films} onClose={() => setBulkOpen(false)} onDone={props.onClear} /> : null}
    </div>
  );
}
