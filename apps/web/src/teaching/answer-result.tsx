import type { TeachingAnswer } from '@jiapian/contract';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { useTeachingWords } from './use-teaching-words.ts';

/** The answer beside what the teaching file says, with its explanation. */
export function AnswerResult({ answer, onNext }: { answer: TeachingAnswer; onNext: () => void }) {
  const { t } = useTranslation('teaching');
  const { defectNames } = useTeachingWords();
  const list = (codes: readonly string[]): string => (codes.length === 0 ? t('quiz.none') : defectNames(codes));
  return (
    <Card
      title={t('quiz.result')}
      actions={
        <Button size="small" type="primary" onClick={onNext}>
          {t('quiz.next')}
        </Button>
      }
    >
      <div className="teaching-points">{t('runs.points', { points: answer.points })}</div>
      <div className="secondary">{t('quiz.trainingOnly')}</div>
      <dl className="teaching-compare">
        <dt>{t('quiz.reference')}</dt>
        <dd>
          <GradeBadge grade={answer.reference.grade} />
        </dd>
        <dt>{t('quiz.yours')}</dt>
        <dd>
          <GradeBadge grade={answer.grade} />
        </dd>
        <dt>{t('quiz.found')}</dt>
        <dd>{list(answer.found)}</dd>
        <dt>{t('quiz.missed')}</dt>
        <dd>{list(answer.missed)}</dd>
        <dt>{t('quiz.extra')}</dt>
        <dd>{list(answer.extra)}</dd>
      </dl>
      {answer.reference.explanation ? <p className="teaching-explanation">{answer.reference.explanation}</p> : null}
    </Card>
  );
}
