import { positionLibrary } from '@jiapian/rules';
import type { PositionSetView } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ownPositionsQuery, saveSet, setsQuery } from './position-queries.ts';
import { SetImport } from './set-import.tsx';

/** Named sets of positions: who is in them, and whether the hospital has held them against the text. */
export function SetList() {
  const { t } = useTranslation('standards');
  const sets = useQuery(setsQuery);
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {sets.isError ? (
        <ProblemNotice problem={asProblem(sets.error)} onRetry={() => void sets.refetch()} />
      ) : (
        <p className="secondary">{t('sets.text')}</p>
      )}
      {sets.data?.items.map((set) => (
        <SetCard key={`${set.code}-${set.version}`} set={set} />
      ))}
    </div>
  );
}

function SetCard({ set }: { set: PositionSetView }) {
  const { t, i18n } = useTranslation(['standards', 'errors']);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const own = useQuery(ownPositionsQuery);
  const [members, setMembers] = useState(set.members);
  const [isConfirmed, setConfirmed] = useState(set.isConfirmed);
  const saving = useMutation({
    mutationFn: () => saveSet({ ...set, members, isConfirmed }),
    onSuccess: () => {
      void message.success(t('sets.saved'));
      void client.invalidateQueries({ queryKey: setsQuery.queryKey });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const named = [...positionLibrary, ...(own.data?.items ?? []).map(({ content }) => content)];
  const options = [...new Map(named.map(({ code, name }) => [code, `${name[language]} ${code}`]))];
  return (
    <Card
      title={set.name[language]}
      remark={
        <>
          {t('sets.count', { count: set.members.length, size: set.size })}{' '}
          <StateTag tone={set.isConfirmed ? 'good' : 'attention'}>
            {t(set.isConfirmed ? 'sets.confirmed' : 'sets.unconfirmed')}
          </StateTag>
        </>
      }
      actions={may('standards.manage') ? <SetImport set={set} /> : null}
    >
      <Select
        mode="multiple"
        style={{ width: '100%' }}
        aria-label={t('sets.members', { name: set.name[language] })}
        placeholder={t('sets.empty')}
        disabled={!may('standards.manage')}
        optionFilterProp="label"
        value={members}
        onChange={setMembers}
        options={options.map(([value, label]) => ({ value, label }))}
      />
      {may('standards.manage') ? (
        <div style={{ display: 'flex', gap: 12, alignItems: 'center', marginTop: 8 }}>
          <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            {t('sets.confirm')}
          </Checkbox>
          <Button size="small" type="primary" loading={saving.isPending} onClick={() => saving.mutate()}>
            {t('sets.save')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
