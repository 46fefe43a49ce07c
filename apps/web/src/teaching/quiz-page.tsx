import type { TeachingAttempt } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useKeys } from '../ui/key-listener.ts';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AnswerResult } from './answer-result.tsx';
import { CasePicture } from './case-picture.tsx';
import { attemptQuery, caseQuery, endQuiz } from './teaching-queries.ts';
import './teaching-page.css';
import { useTeachingWords } from './use-teaching-words.ts';

const route = getRouteApi('/signed-in/shell/teaching/quiz/$attemptId');

/** A run through a collection: judge blind, then see what the teaching file says. */
export function QuizPage() {
  const { attemptId } = route.useParams();
  const found = useQuery(attemptQuery(attemptId));
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  return found.data ? <Quiz attempt={found.data} /> : null;
}

function Quiz({ attempt }: { attempt: TeachingAttempt }) {
  const { t } = useTranslation('teaching');
  const client = useQueryClient();
  const answers = new Map(attempt.answers.map((answer) => [answer.caseId, answer]));
  const firstOpen = attempt.caseIds.findIndex((caseId) => !answers.has(caseId));
  const [index, setIndex] = useState(Math.max(0, firstOpen));
  const last = attempt.caseIds.length - 1;
  const step = (by: number): void => setIndex((now) => Math.min(last, Math.max(0, now + by)));
  const ending = useMutation({
    mutationFn: () => endQuiz(attempt.attemptId),
    onSettled: () => client.invalidateQueries({ queryKey: ['teaching'] }),
  });
  useKeys((name) => {
    if (name !== 'J' && name !== 'K') return false;
    step(name === 'J' ? 1 : -1);
    return true;
  });
  const caseId = attempt.caseIds[index];
  const isOver = attempt.finishedAt !== null;
  return (
    <>
      <PageHead
        title={t('quiz.title', { name: attempt.collectionName })}
        actions={
          <>
            <Button onClick={() => step(-1)} disabled={index === 0}>
              {t('quiz.previous')}
            </Button>
            <Button onClick={() => step(1)} disabled={index === last}>
              {t('quiz.next')}
            </Button>
            {isOver || !attempt.isOwn ? null : (
              <Button loading={ending.isPending} onClick={() => ending.mutate()}>
                {t('quiz.end')}
              </Button>
            )}
          </>
        }
      >
        <span className="secondary">{t('quiz.progress', { number: index + 1, of: attempt.caseIds.length })}</span>
        {attempt.points === null ? null : <strong>{t('quiz.soFar', { points: attempt.points })}</strong>}
        {isOver ? <span className="secondary">{t('quiz.over')}</span> : null}
        <Link to="/teaching">{t('back')}</Link>
      </PageHead>
      {caseId === undefined ? null : <QuizCase key={caseId} attempt={attempt} caseId={caseId} onNext={() => step(1)} />}
    </>
  );
}

function QuizCase({ attempt, caseId, onNext }: { attempt: TeachingAttempt; caseId: string; onNext: () => void }) {
  const { t } = useTranslation('teaching');
  const found = useQuery(caseQuery(caseId));
  const words = useTeachingWords();
  const answer = attempt.answers.find((one) => one.caseId === caseId);
  const mayAnswer = attempt.isOwn && attempt.finishedAt === null && answer === undefined;
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} />;
  if (!found.data) return null;
  const name = words.positionName(found.data.positionCode) || found.data.modality;
  return (
    <div className="teaching-case">
      <CasePicture detail={found.data} title={name} />
      <div className="teaching-case-side">
        {answer ? (
          <AnswerResult answer={answer} onNext={onNext} />
        ) : mayAnswer ? (
          <AnswerForm attemptId={attempt.attemptId} detail={found.data} />
        ) : (
          <Card title={name}>
            <EmptyState title={t('quiz.unanswered')} />
          </Card>
        )}
      </div>
    </div>
  );
}
