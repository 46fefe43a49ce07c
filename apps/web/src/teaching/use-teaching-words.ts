import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentStandardQuery } from '../standards/standards-queries.ts';

interface Named {
  readonly code: string;
  readonly modality: string;
  readonly positionCode: string | null;
  readonly title: string;
}

/** Names of cases, positions and defects in the language of the page. */
export const useTeachingWords = () => {
  const { i18n } = useTranslation();
  const standard = useQuery(currentStandardQuery);
  const isEnglish = i18n.language === 'en';
  const positionName = (code: string | null): string => {
    const position = code === null ? undefined : positionOf(code);
    return position ? (isEnglish ? position.name.en : position.name.zh) : '';
  };
  const defectName = (code: string): string => {
    const item = standard.data?.deductions.find((one) => one.code === code);
    return item ? (isEnglish ? item.name.en : item.name.zh) : code;
  };
  return {
    standard: standard.data,
    positionName,
    defectName,
    defectNames: (codes: readonly string[]): string => codes.map(defectName).join(isEnglish ? ', ' : '、'),
    caseName: ({ title, positionCode, modality, code }: Named): string =>
      title || positionName(positionCode) || `${modality} ${code}`,
  };
};
