import type { TeachingCase } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { saveWords, type Words } from './teaching-queries.ts';

/** Title, tags and the explanation that the quiz gives after an answer. */
export function WordsCard({ detail }: { detail: TeachingCase }) {
  const { t } = useTranslation('teaching');
  const client = useQueryClient();
  const [words, setWords] = useState<Words>(detail);
  const saving = useMutation({
    mutationFn: () => saveWords(detail, { title: words.title, explanation: words.explanation, tags: words.tags }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['teaching'] }),
  });
  return (
    <Card title={t('words.title')}>
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="teaching-words">
        <label>
          {t('words.name')}
          <Input
            value={words.title}
            maxLength={120}
            onChange={(event) => setWords({ ...words, title: event.target.value })}
          />
        </label>
        <label>
          {t('words.tags')}
          <Select
            mode="tags"
            aria-label={t('words.tags')}
            value={[...words.tags]}
            onChange={(tags: string[]) => setWords({ ...words, tags })}
            open={false}
          />
        </label>
        <label>
          {t('words.explanation')}
          <Input.TextArea
            rows={4}
            maxLength={4000}
            value={words.explanation}
            onChange={(event) => setWords({ ...words, explanation: event.target.value })}
          />
        </label>
        <span>
          <Button loading={saving.isPending} onClick={() => saving.mutate()}>
            {t('words.save')}
          </Button>
        </span>
      </div>
    </Card>
  );
}
