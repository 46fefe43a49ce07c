import { connectionSchema, type FilmCounts } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { FilmSearch } from './film-search.ts';

/** An empty queue is good news; an empty department is told how to begin. */
export function WorklistEmpty(props: {
  readonly search: FilmSearch;
  readonly counts: FilmCounts | undefined;
  readonly onFilter: (part: Partial<FilmSearch>) => void;
}) {
  const { t } = useTranslation('review');
  const may = useMay();
  const { search, counts, onFilter } = props;
  const total = counts?.total ?? 0;
  const connection = useQuery({
    queryKey: ['organization', 'connection'],
    queryFn: ({ signal }) => request(connectionSchema, 'GET', '/organization/connection', { signal }),
    enabled: total === 0 && may('organization.read'),
    staleTime: 300_000,
  });
  if (total > 0 && counts && counts.waiting === 0 && (search.list === 'waiting' || search.list === 'due-soon')) {
    return <EmptyState title={t('list.done.title')} text={t('list.done.text', { ...counts })} />;
  }
  const hasFilter = Boolean(
    search.list ?? search.grade ?? search.text ?? search.modality ?? search.deviceId ?? search.day,
  );
  if (hasFilter) {
    const all = {
      list: undefined,
      grade: undefined,
      text: undefined,
      modality: undefined,
      deviceId: undefined,
      day: undefined,
    };
    return (
      <EmptyState
        title={t('list.noMatch.title')}
        text={t('list.noMatch.text')}
        action={<Button onClick={() => onFilter(all)}>{t('list.noMatch.clear')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={t('list.first.title')}
      text={connection.data ? t('list.first.text', { ...connection.data }) : t('list.first.textPlain')}
      action={<Button onClick={() => onFilter({ day: 'any' })}>{t('list.anyDay')}</Button>}
    />
  );
}
