import { bulkSummarySchema, type FilmRow } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { currentStandardQuery } from '../standards/standards-queries.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** What 甲 for a list will do, film by film, before it does it. */
export function BulkDialog(props: { films: readonly FilmRow[]; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('review');
  const client = useQueryClient();
  const { message } = App.useApp();
  const standard = useQuery(currentStandardQuery).data as { version: number } | undefined;
  const body = { filmIds: props.films.map(({ filmId }) => filmId), standardVersion: standard?.version ?? 1 };
  const summary = useQuery({
    queryKey: ['bulk', body],
    queryFn: ({ signal }) => request(bulkSummarySchema, 'POST', '/films/bulk/summary', { body, signal }),
    enabled: standard !== undefined,
    gcTime: 0,
  });
  const grade = useMutation({
    mutationFn: () => request(bulkSummarySchema, 'POST', '/films/bulk', { body }),
    onSuccess: ({ filmIds }) => {
      void message.success(t('bulk.done', { count: filmIds.length }));
      void client.invalidateQueries({ queryKey: ['films'] });
      props.onDone();
    },
  });
  const problem = summary.error ?? grade.error;
  const count = summary.data?.filmIds.length ?? 0;
  return (
    <Modal
      open
      title={
        <>
          {t('bulk.title')} <GradeBadge grade="A" />
        </>
      }
      okText={t('bulk.submit', { count })}
      okButtonProps={{ disabled: count === 0, loading: grade.isPending }}
      cancelText={t('bulk.back')}
      onCancel={props.onClose}
      onOk={() => grade.mutate()}
    >
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      {summary.isPending && !problem ? <Skeleton active /> : null}
      {summary.data ? (
        <>
          <p>{t('bulk.text', { count })}</p>
          <ul>
            {summary.data.refused.map(({ filmId, because }) => (
              <li key={filmId}>
                {props.films.find((film) => film.filmId === filmId)?.accessionNumber ?? filmId}:{' '}
                {t(`bulk.because.${because}`)}
              </li>
            ))}
          </ul>
          <p className="hint">{t('bulk.undo')}</p>
        </>
      ) : null}
    </Modal>
  );
}
