import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import type { MeasuredFilm } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { Pager, usePages } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { type DayRange, MEASURED_FILM_PAGE, measuredFilmsQuery } from './analysis-queries.ts';
import type { FigureFilter } from './figure-filters.tsx';
import { metricWords, reasonWords, shortFigure, unitWords } from './figure-words.ts';

interface Figure {
  readonly metric: string;
  readonly where: string;
}

const mostColumns = 6;

/** Films with the figures that are wanted, sorted by the server; what was not measured stands last. */
export function MeasuredFilmsCard(props: {
  readonly days: DayRange;
  readonly filter: FigureFilter;
  readonly figures: readonly Figure[];
  /** The figure of the chart; the first column until others are chosen. */
  readonly shown: string;
}) {
  const { t, i18n } = useTranslation('analysis');
  const navigate = useNavigate();
  const time = useHospitalTime();
  const may = useMay();
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [sorting, setSorting] = useState<Sorting>({ order: 'desc' });
  const columns = chosen ?? [props.shown];
  const sort = sorting.by !== undefined && columns.includes(sorting.by) ? sorting.by : undefined;
  const asked = { ...props.days, ...props.filter, columns: columns.join(','), sort, order: sorting.order };
  const pages = usePages(JSON.stringify(asked));
  const found = useQuery(measuredFilmsQuery(asked, pages.cursor));
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const nameOf = (figure: string): string => {
    const [metric = '', where = ''] = figure.split('|');
    return metricWords(t, metric, where);
  };
  const table: Column<MeasuredFilm>[] = [
    { key: 'at', title: t('films.at'), render: ({ at }) => time.full(at) },
    { key: 'number', title: t('films.number'), render: (row) => <span className="mono">{row.accessionNumber}</span> },
    { key: 'device', title: t('films.device'), render: ({ deviceName }) => deviceName ?? '' },
    {
      key: 'position',
      title: t('films.position'),
      render: ({ positionCode }) => positionOf(positionCode ?? '')?.name[language] ?? positionCode ?? '',
    },
    ...columns.map((figure, at): Column<MeasuredFilm> => ({
      key: figure,
      align: 'right',
      title: (
        <SortButton
          name={nameOf(figure)}
          order={sort === figure ? sorting.order : null}
          onClick={() => setSorting(nextSorting(sorting, figure))}
        />
      ),
      render: ({ values }) => <FigureCell figure={values[at]} />,
    })),
  ];
  return (
    <Card
      title={t('films.title')}
      remark={t('films.remark')}
      className="analysis-second"
      isFlush
      actions={
        <>
          <Select
            mode="multiple"
            aria-label={t('films.columns')}
            maxCount={mostColumns}
            maxTagCount={2}
            value={[...columns]}
            onChange={(next: string[]) => setChosen(next.length === 0 ? null : next)}
            style={{ minWidth: 280 }}
            options={props.figures.map(({ metric, where }) => {
              const value = where === '' ? metric : `${metric}|${where}`;
              return { value, label: nameOf(value) };
            })}
          />
          {may('exams.export') ? <ExportButton path="/analysis/films/export" query={asked} /> : null}
        </>
      }
    >
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      <DataTable
        key={pages.index}
        label={t('films.title')}
        rows={found.data?.items ?? []}
        columns={table}
        rowKey={({ filmId }) => filmId}
        onOpen={({ filmId }) => void navigate({ to: '/review/$filmId', params: { filmId } })}
        isLoading={found.isPending}
        empty={found.isError ? null : <EmptyState title={t('films.empty.title')} text={t('films.empty.text')} />}
      />
      <Pager
        pages={pages}
        pageSize={MEASURED_FILM_PAGE}
        rows={found.data?.items.length ?? 0}
        total={null}
        nextCursor={found.data?.nextCursor}
      />
    </Card>
  );
}

interface Sorting {
  readonly by?: string;
  readonly order: 'asc' | 'desc';
}

/** Down, up, and by time again. */
const nextSorting = (sorting: Sorting, figure: string): Sorting => {
  if (sorting.by !== figure) return { by: figure, order: 'desc' };
  return sorting.order === 'desc' ? { by: figure, order: 'asc' } : { order: 'desc' };
};

function SortButton(props: {
  readonly name: string;
  readonly order: 'asc' | 'desc' | null;
  readonly onClick: () => void;
}) {
  const { t } = useTranslation('analysis');
  const words = { asc: t('films.ascending'), desc: t('films.descending') };
  return (
    <button
      type="button"
      className="sort-button"
      onClick={props.onClick}
      title={t('films.sortBy', { name: props.name })}
      aria-label={
        props.order === null ? t('films.sortBy', { name: props.name }) : `${props.name}, ${words[props.order]}`
      }
    >
      {props.name}
      {props.order === 'asc' ? <ArrowUpOutlined /> : null}
      {props.order === 'desc' ? <ArrowDownOutlined /> : null}
    </button>
  );
}

function FigureCell({ figure }: { figure: MeasuredFilm['values'][number] | undefined }) {
  const { t } = useTranslation('analysis');
  if (figure === undefined || figure.value === null)
    return <small className="secondary">{figure?.reason ? reasonWords(t, figure.reason) : t('notMeasured')}</small>;
  return (
    <span title={figure.subjects > 1 ? t('films.ofSeveral', { count: figure.subjects }) : undefined}>
      {shortFigure(figure.value)} <small>{unitWords(figure.unit)}</small>
    </span>
  );
}
