import { positionOf } from '@jiapian/rules';

/** What an exam is called: its positions in words, else the description of the device, else its modality. */
export const examTitle = (
  exam: { positionCodes: readonly string[]; description: string; modality: string },
  language: string,
): string => {
  const names = exam.positionCodes.flatMap((code) => {
    const name = positionOf(code)?.name;
    return name ? [language === 'en' ? name.en : name.zh] : [];
  });
  if (names.length > 0) return names.join(language === 'en' ? ', ' : '、');
  return exam.description || exam.modality || (language === 'en' ? 'Unknown exam' : '未知检查');
};
