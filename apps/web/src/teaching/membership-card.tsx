import type { TeachingCase } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { collectionsQuery, setMembership } from './teaching-queries.ts';

/** In which collections the case stands. */
export function MembershipCard({ detail }: { detail: TeachingCase }) {
  const { t } = useTranslation('teaching');
  const client = useQueryClient();
  const collections = useQuery(collectionsQuery);
  const setting = useMutation({
    mutationFn: ({ collectionId, isIn }: { collectionId: string; isIn: boolean }) =>
      setMembership(collectionId, detail.caseId, isIn),
    onSettled: () => client.invalidateQueries({ queryKey: ['teaching'] }),
  });
  const items = collections.data?.items ?? [];
  const held = new Set(detail.collections.map(({ collectionId }) => collectionId));
  return (
    <Card title={t('membership.title')}>
      {items.length === 0 ? <span className="secondary">{t('membership.none')}</span> : null}
      {items.map(({ collectionId, name }) => (
        <div key={collectionId}>
          <Checkbox
            checked={held.has(collectionId)}
            onChange={(event) => setting.mutate({ collectionId, isIn: event.target.checked })}
          >
            {name}
          </Checkbox>
        </div>
      ))}
    </Card>
  );
}
