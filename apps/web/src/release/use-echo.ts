import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { echoDestination } from './release-queries.ts';
import { useAnswerWords } from './use-answer-words.ts';

/** Asks a destination whether it is there and says what it answered. */
export const useEcho = () => {
  const { t } = useTranslation(['release', 'errors']);
  const { message } = App.useApp();
  const wordsOf = useAnswerWords();
  return useMutation({
    mutationFn: echoDestination,
    onSuccess: (echo) => {
      const words = { answer: wordsOf(echo.answer), milliseconds: echo.milliseconds };
      if (echo.isReachable) void message.success(t('echo.reachable', words));
      else void message.error(t('echo.unreachable', words));
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
};
