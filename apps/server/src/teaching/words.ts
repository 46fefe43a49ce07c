import { holdsIdentity } from '@jiapian/dicom/deidentify';
import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findPatientWords } from './source-film.repository.ts';

/** What a person writes beside a case. */
export interface CaseWords {
  title: string;
  explanation: string;
  tags: readonly string[];
}

/** Throws TEACHING_NAMES_PATIENT for words by which the film's patient could be found again. */
export const refusePatientWords = async (unit: UnitOfWork, filmId: string, words: CaseWords): Promise<void> => {
  const identity = (await findPatientWords(unit, filmId)).map((text, index) => ({
    kind: index === 0 ? ('name' as const) : ('id' as const),
    tag: 0,
    text,
    raw: undefined,
  }));
  const texts = [words.title, words.explanation, ...words.tags];
  if (texts.some((text) => holdsIdentity(text, identity))) throw new AppError('TEACHING_NAMES_PATIENT');
};
