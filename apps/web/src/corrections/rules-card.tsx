import type { CorrectionRules } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { rulesQuery, saveRules } from './correction-queries.ts';

type Destination = CorrectionRules['destinations'][number];

/** Who has to sign, what a merge message does, and what each archive wants. */
export function RulesCard() {
  const { t } = useTranslation(['corrections', 'shell']);
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const rules = useQuery(rulesQuery);
  const [draft, setDraft] = useState<CorrectionRules | null>(null);
  const saving = useMutation({
    mutationFn: saveRules,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['organization', 'correction-rules'] });
      setDraft(null);
      void message.success(t('rules.saved'));
    },
  });
  const shown = draft ?? rules.data;
  const isLocked = !may('organization.manage');
  if (!shown) return null;
  const setPolicy = (policy: Partial<CorrectionRules['policy']>): void =>
    setDraft({ ...shown, policy: { ...shown.policy, ...policy } });
  const setDestination = (destinationId: string, change: Partial<Destination>): void =>
    setDraft({
      ...shown,
      destinations: shown.destinations.map((one) =>
        one.destinationId === destinationId ? { ...one, ...change } : one,
      ),
    });
  return (
    <Card
      title={t('rules.title')}
      remark={isLocked ? t('rules.locked') : undefined}
      actions={
        draft ? (
          <Button size="small" type="primary" loading={saving.isPending} onClick={() => saving.mutate(draft)}>
            {t('shell:save')}
          </Button>
        ) : null
      }
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="correction-rules">
        <label htmlFor="correction-second">{t('rules.second')}</label>
        <Switch
          id="correction-second"
          disabled={isLocked}
          checked={shown.policy.needsSecondSignature}
          onChange={(needsSecondSignature) => setPolicy({ needsSecondSignature })}
        />
        <label htmlFor="correction-merge">{t('rules.merge')}</label>
        <Select
          id="correction-merge"
          disabled={isLocked}
          value={shown.policy.merge}
          onChange={(merge) => setPolicy({ merge })}
          options={(['propose', 'automatic'] as const).map((value) => ({ value, label: t(`rules.mergeWay.${value}`) }))}
        />
      </div>
      <h3>{t('rules.archives')}</h3>
      {shown.destinations.length === 0 ? <p className="secondary">{t('rules.noArchives')}</p> : null}
      {shown.destinations.map((one) => (
        <fieldset key={one.destinationId} className="correction-rules" disabled={isLocked}>
          <legend>{one.name}</legend>
          <label htmlFor={`correction-${one.destinationId}`}>{t('rules.correction')}</label>
          <Select
            id={`correction-${one.destinationId}`}
            disabled={isLocked}
            value={one.correction}
            onChange={(correction) => setDestination(one.destinationId, { correction })}
            options={(['follow', 'note', 'task'] as const).map((value) => ({
              value,
              label: t(`rules.recipe.${value}`),
            }))}
          />
          <label htmlFor={`merge-${one.destinationId}`}>{t('rules.mergeAt')}</label>
          <Select
            id={`merge-${one.destinationId}`}
            disabled={isLocked}
            value={one.merge}
            onChange={(merge) => setDestination(one.destinationId, { merge })}
            options={(['follow', 'note', 'task', 'none'] as const).map((value) => ({
              value,
              label: t(`rules.recipe.${value}`),
            }))}
          />
        </fieldset>
      ))}
    </Card>
  );
}
