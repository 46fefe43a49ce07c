import type { TeachingCase } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { deductionsFor } from '@jiapian/rules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/key-listener.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { answerQuiz } from './teaching-queries.ts';
import { useTeachingWords } from './use-teaching-words.ts';

const grades: readonly Grade[] = ['A', 'B', 'C', 'reject'];

/** Grade and defects as the learner sees them; keys 1 to 4 choose the grade, Enter saves. */
export function AnswerForm({ attemptId, detail }: { attemptId: string; detail: TeachingCase }) {
  const { t } = useTranslation(['teaching', 'shell']);
  const client = useQueryClient();
  const words = useTeachingWords();
  const [grade, setGrade] = useState<Grade | null>(null);
  const [defects, setDefects] = useState<ReadonlySet<string>>(new Set());
  const answering = useMutation({
    mutationFn: (given: Grade) => answerQuiz(attemptId, { caseId: detail.caseId, grade: given, defects: [...defects] }),
    onSettled: () => client.invalidateQueries({ queryKey: ['teaching'] }),
  });
  const save = (): void => {
    if (grade !== null && !answering.isPending) answering.mutate(grade);
  };
  useKeys((name) => {
    const chosen = grades[Number(name) - 1];
    if (chosen) setGrade(chosen);
    else if (name === 'Enter') save();
    return chosen !== undefined || name === 'Enter';
  });
  const toggle = (code: string, isOn: boolean): void => {
    const next = new Set(defects);
    if (isOn) next.add(code);
    else next.delete(code);
    setDefects(next);
  };
  const items = words.standard ? deductionsFor(words.standard, detail.modality) : [];
  return (
    <Card title={t('quiz.yours')} remark={words.positionName(detail.positionCode)}>
      {answering.isError ? <ProblemNotice problem={asProblem(answering.error)} /> : null}
      <div className="teaching-answer-grades" role="radiogroup" aria-label={t('quiz.grade')}>
        {grades.map((one, index) => (
          <Button
            key={one}
            role="radio"
            aria-checked={grade === one}
            type={grade === one ? 'primary' : 'default'}
            onClick={() => setGrade(one)}
          >
            <GradeShape grade={one} size={9} /> {t(`shell:grade.${one}`)} <KeyCap>{String(index + 1)}</KeyCap>
          </Button>
        ))}
      </div>
      <h3>{t('quiz.defects')}</h3>
      <div className="teaching-answer-list">
        {items.map(({ code }) => (
          <Checkbox key={code} checked={defects.has(code)} onChange={(event) => toggle(code, event.target.checked)}>
            {words.defectName(code)}
          </Checkbox>
        ))}
      </div>
      <p>
        <Button type="primary" disabled={grade === null} loading={answering.isPending} onClick={save}>
          {t('quiz.save')}
        </Button>
      </p>
    </Card>
  );
}
