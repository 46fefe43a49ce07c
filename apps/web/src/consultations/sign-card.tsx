import type { Consultation } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { currentStandardQuery } from '../standards/standards-queries.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { signConsultation } from './consultation-queries.ts';
import { DecisionFields } from './decision-fields.tsx';
import { useSigning } from './use-signing.ts';

const CONCLUSION_LENGTH_MAX = 2000;

/** The chair writes what they came to, film by film, and signs it once for all. */
export function SignCard({ held }: { held: Consultation }) {
  const standard = useQuery(currentStandardQuery).data;
  return standard ? <SignForm held={held} standard={standard as ReviewStandard} /> : null;
}

function SignForm({ held, standard }: { held: Consultation; standard: ReviewStandard }) {
  const { t } = useTranslation(['consultations', 'errors']);
  const client = useQueryClient();
  const { message } = App.useApp();
  const signing = useSigning(held, standard);
  const saving = useMutation({
    mutationFn: () => signConsultation(held.consultationId, signing.requestOf(t('sign.together'))),
    onSuccess: () => {
      void message.success(t('sign.done'));
      for (const key of ['tasks', 'films', 'exams']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const submit = (): void => {
    if (signing.conclusion.trim() === '') void message.warning(t('sign.conclusionNeeded'));
    else if (signing.refusal !== null) void message.warning(t(`errors:${signing.refusal}`));
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <Card title={t('sign.title')} remark={t('sign.remark')} className="consultation-sign">
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      {held.list.map((film) => (
        <DecisionFields key={film.number} held={held} film={film} standard={standard} signing={signing} />
      ))}
      <label className="consultation-conclusion">
        {t('conclusion')}
        <Input.TextArea
          rows={3}
          maxLength={CONCLUSION_LENGTH_MAX}
          value={signing.conclusion}
          onChange={(event) => signing.setConclusion(event.target.value)}
        />
      </label>
      <Button type="primary" loading={saving.isPending} onClick={submit}>
        {t('sign.button')}
      </Button>
      <p className="hint">{t('sign.then')}</p>
    </Card>
  );
}
