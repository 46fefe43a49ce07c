import { useTranslation } from 'react-i18next';

/** The server's reasons are short English clauses; those that people meet are said in their language. */
export const useReasonWords = (): ((reason: string) => string) => {
  const { t } = useTranslation('intake');
  return (reason) => {
    const [clause = reason, details] = reason.split(/:\s(.*)/s);
    const words = t(`clause/${clause}`, { keySeparator: '/', nsSeparator: false, defaultValue: clause });
    return details ? `${words}: ${details}` : words;
  };
};
