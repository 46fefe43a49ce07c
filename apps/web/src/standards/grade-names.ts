import { grades } from '@jiapian/kernel';
import type { ReviewStandard } from '@jiapian/rules';
import i18next from 'i18next';
import { productWords } from '../app/i18n.ts';

/**
 * The hospital's own words for its grades take the place of the product's in `shell:grade`, so that every page shows
 * them without asking; a standard that names none gives the product's words back.
 */
export const showGradeNames = ({ gradeNames }: Pick<ReviewStandard, 'gradeNames'>): void => {
  for (const [locale, language] of [
    ['zh-CN', 'zh'],
    ['en', 'en'],
  ] as const) {
    const words = gradeWords(locale);
    const names = Object.fromEntries(
      grades.map((grade) => [grade, gradeNames?.[grade]?.[language].trim() || words[grade]]),
    );
    if (grades.every((grade) => i18next.getResource(locale, 'shell', `grade.${grade}`) === names[grade])) continue;
    i18next.addResourceBundle(locale, 'shell', { grade: names }, true, true);
  }
};

const gradeWords = (locale: string): Record<string, string> =>
  (productWords(locale, 'shell')['grade'] ?? {}) as Record<string, string>;
