import { useTranslation } from 'react-i18next';

/** Words of a peer stay as they are; where our own code stands in front, its sentence takes the place. */
export const useAnswerWords = (): ((answer: string) => string) => {
  const { t } = useTranslation('errors');
  return (answer) => {
    const [, code, rest] = /^(?:[a-z-]+ )?([A-Z]+_[A-Z_]+)(?: · )?(.*)$/s.exec(answer) ?? [];
    if (code === undefined) return answer;
    const sentence = t(code, { defaultValue: code });
    return rest ? `${sentence} (${rest})` : sentence;
  };
};
