import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { collectionsQuery, dropCollection, openCollection, startQuiz } from './teaching-queries.ts';

/** Collections, each with the quiz over it. */
export function CollectionsCard() {
  const { t } = useTranslation(['teaching', 'errors']);
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const collections = useQuery(collectionsQuery);
  const [isNew, setNew] = useState(false);
  const isManager = may('teaching.manage');
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['teaching'] });
  const onError = (error: unknown): void => void message.error(t(`errors:${asProblem(error).code}`));
  const starting = useMutation({
    mutationFn: startQuiz,
    onSuccess: ({ attemptId }) => void navigate({ to: '/teaching/quiz/$attemptId', params: { attemptId } }),
    onError,
  });
  const dropping = useMutation({ mutationFn: dropCollection, onSuccess: refresh, onError });
  const items = collections.data?.items ?? [];
  return (
    <Card
      title={t('collections.title')}
      isFlush
      actions={
        isManager ? (
          <Button size="small" onClick={() => setNew(true)}>
            {t('collections.new')}
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? (
        <EmptyState
          title={t('collections.empty')}
          text={t(isManager ? 'collections.emptyText' : 'collections.emptyLearner')}
        />
      ) : (
        <ul className="teaching-collections">
          {items.map((one) => (
            <li key={one.collectionId}>
              <span>
                <strong>{one.name}</strong>{' '}
                <span className="secondary">{t('collections.count', { count: one.caseCount })}</span>
                {one.description ? <div className="secondary">{one.description}</div> : null}
              </span>
              <span className="teaching-acts">
                <Button
                  size="small"
                  type="primary"
                  disabled={one.caseCount === 0}
                  loading={starting.isPending && starting.variables === one.collectionId}
                  onClick={() => starting.mutate(one.collectionId)}
                >
                  {t('quiz.start')}
                </Button>
                {isManager ? (
                  <Popconfirm
                    title={t('collections.drop')}
                    description={t('collections.dropText')}
                    onConfirm={() => dropping.mutate(one.collectionId)}
                  >
                    <Button size="small">{t('collections.dropButton')}</Button>
                  </Popconfirm>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isNew ? (
        <FormDrawer<{ name: string; description: string }>
          title={t('collections.new')}
          initial={{ name: '', description: '' }}
          save={openCollection}
          onSaved={() => {
            setNew(false);
            refresh();
          }}
          onClose={() => setNew(false)}
        >
          <Form.Item name="name" label={t('collections.name')} rules={[{ required: true, max: 80 }]}>
            <Input autoFocus />
          </Form.Item>
          <Form.Item name="description" label={t('collections.description')} rules={[{ max: 500 }]}>
            <Input.TextArea rows={3} />
          </Form.Item>
        </FormDrawer>
      ) : null}
    </Card>
  );
}
